"""Mending: noise that copying, scanning and the web leave is taken out, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.plans.document import Document, Table, TextLine
from planbook.plans.mending import MOST_CHARACTERS, mend
from tests.unit.plans.plan_text import codes, document, read


def mended(text: str) -> str:
    return "\n".join(paragraph.text for paragraph in mend(document(text)).paragraphs)


LONG = "加快建设高水平创新平台，完善科技服务体系，推动产业链与创新链深度融合，提升企业自主创新能力" * 4


def test_counters_of_sharing_sites_are_taken_out_and_the_page_is_joined() -> None:
    text = f"""
    1、云江市科技创新行动计划一、总体要求坚持创新驱动。{LONG}持续放大“自主
    2、创新”优势。{LONG}高新技术产业增
    3、加值达7000亿元。{LONG}（责任单位：市科技局、三
    4、江市人民政府）6.培育企业。{LONG}。（责任单位：市科技局）7
    5、.深化合作。{LONG}。
    """
    joined = mended(text)
    assert "“自主创新”优势" in joined
    assert "产业增加值达7000亿元" in joined
    assert "三江市人民政府）6.培育企业" in joined
    assert "市科技局）7.深化合作" in joined
    assert "\n" not in joined


def test_honest_numbering_of_the_same_form_stays() -> None:
    items = [f"{number}、推进重点工作。{LONG}。" for number in range(1, 6)]
    assert mended("\n".join(items)).count("、推进重点工作") == 5
    headed = "\n".join(
        f"（{han}）强化科技创新平台支撑能力建设\n{number}、{LONG}。" for number, han in enumerate("一二三", 1)
    )
    assert [line[:2] for line in mended(headed).splitlines() if "、加快" in line[:4]] == ["1、", "2、", "3、"]


@pytest.mark.parametrize("mark", ["- {} -", "— {} —", "第 {} 页", "第{}页 共9页", "{}", "{} / 9", "Page {} of 9"])
def test_page_numbers_on_lines_of_their_own(mark: str) -> None:
    text = "\n".join(
        ["推动规模以上工业总产值突破1", mark.format(3), "200亿元，新增规模以上工业企", mark.format(4), "业50家。"]
    )
    assert mended(text) == "推动规模以上工业总产值突破1200亿元，新增规模以上工业企业50家。"


def test_page_numbers_within_a_line_are_known_by_running_on() -> None:
    text = f"{LONG}，达到12- 3 -00亿元，{LONG}，建成- 4 -平台，{LONG}，引进- 5 -人才。"
    assert mended(text) == f"{LONG}，达到1200亿元，{LONG}，建成平台，{LONG}，引进人才。"


def test_a_single_number_between_dashes_stays() -> None:
    assert mended("实施“1-3-5”工程，建设2 - 3 个平台。") == "实施“1-3-5”工程，建设2 - 3 个平台。"


def test_hard_wrapped_lines_become_paragraphs_and_headings_stay_lines() -> None:
    text = """
    一、总体要求
    深入贯彻新发展理念，坚持创新驱动发展战略，加快建
    设高水平创新平台，完善科技服务体系，推动产业链与创
    新链深度融合，提升企业自主创新能力和核心竞争力。
    二、重点任务
    （一）建设创新平台。支持龙头企业牵头组建创新联合
    体，推动高校院所与企业共建实验室，形成协同创新格
    局。（责任单位：市科技局、市发展改革委、市财政
    局）
    """
    lines = mended(text).splitlines()
    assert [line[:6] for line in lines] == ["一、总体要求", "深入贯彻新发", "二、重点任务", "（一）建设创"]
    assert lines[1].endswith("核心竞争力。")
    assert lines[3].endswith("市财政局）")


def test_note_over_several_lines_is_put_together_though_brackets_stand_within_it() -> None:
    text = """
    推进平台建设。
    （牵头单位：各县（市、区）人民政府、市人力
    资源和社会保障局；责任单位：市住房和城乡建设
    局）
    （由市科技局、各县（市、
    区）人民政府负责）
    """
    assert mended(text).splitlines()[1:] == [
        "（牵头单位：各县（市、区）人民政府、市人力资源和社会保障局；责任单位：市住房和城乡建设局）",
        "（由市科技局、各县（市、区）人民政府负责）",
    ]


def test_note_that_is_never_closed_swallows_no_bullet() -> None:
    text = "（责任单位：市科技局、市财政局\n——扩容资源。按需扩容。"
    assert mended(text) == text


def test_paragraphs_of_their_own_are_not_joined() -> None:
    text = "（一）建设高水平科技创新载体，夯实创新高地基础\n加快创新型城市建设，培育创新型区县。\n推动园区发展。"
    assert mended(text) == text


def test_running_heads_at_page_edges() -> None:
    page = "推进平台建设，完善服务体系。"
    text = "\n".join(f"云江市人民政府公报\n{page}\n- {number} -" for number in range(1, 5))
    assert mended(text) == "\n".join([page] * 4)


def test_lines_that_honestly_recur_stay() -> None:
    text = "\n".join(f"{number}.推进重点工作。\n责任单位：市科技局" for number in range(1, 6))
    assert mended(text).count("责任单位：市科技局") == 5


@pytest.mark.parametrize(
    "bar",
    [
        "当前位置：首页 > 政务公开 > 政策文件",
        "首页 >> 通知公告 >> 正文",
        "【字体：大 中 小】",
        "字号：大 中 小",
        "打印本页",
        "分享到：",
        "来源：市政府办公室 发布时间：2023-05-06",
        "浏览次数：123",
        "扫一扫在手机打开当前页",
        "上一篇：关于印发工作要点的通知",
    ],
)
def test_bars_of_web_pages(bar: str) -> None:
    assert (
        mended(f"{bar}\n云江市行动方案\n一、推进工作。做好落实。\n{bar}") == "云江市行动方案\n一、推进工作。做好落实。"
    )


def test_everything_behind_a_footer_is_left_out() -> None:
    text = "一、推进工作。做好落实。\n相关链接\n政策图解\n版权所有 云江市人民政府\n友情链接"
    assert mended(text) == "一、推进工作。做好落实。"


def test_footer_words_before_the_last_item_cut_nothing() -> None:
    text = "相关链接\n一、推进工作。做好落实。\n二、加强版权所有者权益保护。落实责任。"
    assert "二、加强版权所有者" in mended(text)


SPAM = """
加快推进平台开云体育官网建设，完善服务体系。 → 加快推进平台建设，完善服务体系。
以乐鱼体育app重要思想为指导，推进工作。 → 以重要思想为指导，推进工作。
坚持以足彩app哪个是正规的新思想为指导。 → 坚持以新思想为指导。
加强河道kaiyun整治，改善水质。 → 加强河道整治，改善水质。
"""


@pytest.mark.parametrize(("text", "clean"), [line.split(" → ") for line in SPAM.strip().splitlines()])
def test_inserted_advertising(text: str, clean: str) -> None:
    assert mended(text) == clean


def test_advertising_of_unknown_name_is_known_by_recurring() -> None:
    text = "打造示范平台Q体育，形成合力。推进体制机制Q体育改革。完善Q体育服务体系。"
    assert mended(text) == "打造示范平台，形成合力。推进体制机制改革。完善服务体系。"


@pytest.mark.parametrize(
    "text",
    [
        "发行体育彩票，用好彩票公益金，发展竞技体育和全民健身。",
        "推动AI赋能，发展5G、工业互联网，建设AIGC平台，推进AI应用，强化AI治理。",
        "与米兰、江南等地开展合作，建设半岛经济带。",
        "发展3D打印、VR体验、eVTOL等新业态，eVTOL试飞，eVTOL验证。",
    ],
)
def test_honest_words_are_no_advertising(text: str) -> None:
    assert mended(text) == text


def test_removed_advertising_is_reported() -> None:
    plan = read("工作方案\n一、推进开云体育官网平台建设。落实责任。")
    assert "spam_removed" in codes(plan)
    assert [finding.location.line for finding in plan.findings if finding.code == "spam_removed"] == [2]


def test_page_source_is_parted_at_its_paragraph_tags() -> None:
    text = r"<p>\n　　一、总体目标</p><p align=\"left\">加快发展&nbsp;经济。</p><p><b>二、重点任务</b></p>"
    assert mended(text).splitlines() == ["一、总体目标", "加快发展\xa0经济。", "二、重点任务"]


def test_letters_and_digits_become_half_width_punctuation_stays() -> None:
    assert mended("１．到２０２５年，Ｒ＆Ｄ投入占比达到３．５％（含）。") == "1．到2025年，R&D投入占比达到3．5%（含）。"


def test_blanks_of_scanning_are_closed_up() -> None:
    text = """
    一 、工 作 目 标
    到 2025 年 ， 新 增 灌 溉 面 积 3 万 亩 。
    ( 一 ) 建 设 骨 干 工 程 。 完 成 水 库 除 险 加 固 12 座 。
    责 任 单 位 ： 县 水 利 局 、 县 财 政 局
    """
    assert mended(text).splitlines() == [
        "一、工作目标",
        "到2025年，新增灌溉面积3万亩。",
        "(一)建设骨干工程。完成水库除险加固12座。",
        "责任单位：县水利局、县财政局",
    ]
    assert mended("比重达到2 .9%，增长3. 5个百分点。") == "比重达到2.9%，增长3.5个百分点。"
    assert mended("牵头单位：省科技厅 配合单位：省财政厅") == "牵头单位：省科技厅 配合单位：省财政厅"


def test_position_of_joined_text_is_the_line_it_stood_on() -> None:
    (paragraph,) = mend(document("推动规模以上工业总产值突破1\n- 3 -\n200亿元，新增企业50家。")).paragraphs
    assert paragraph.position(0).line == 1
    assert paragraph.position(paragraph.text.index("新增")).line == 3


def test_text_beyond_the_limit_is_left_out_and_said_so() -> None:
    lines = tuple(TextLine("推进工作。" * 1000, number) for number in range(1, MOST_CHARACTERS // 5000 + 3))
    found = mend(Document("long.txt", lines))
    assert sum(len(paragraph.text) for paragraph in found.paragraphs) == MOST_CHARACTERS
    assert found.left_out == 10_000


def test_tables_keep_their_place() -> None:
    table = Table((("序号", "任务"),), 2)
    blocks = mend(Document("x", (TextLine("前文。", 1), table, TextLine("后文。", 3)))).blocks
    assert [block if isinstance(block, Table) else block.text for block in blocks] == ["前文。", table, "后文。"]


@given(st.lists(st.text(alphabet="推进平台建设，。（）一二、；： \n", max_size=40), max_size=12))
def test_no_sentence_is_lost(lines: list[str]) -> None:
    source = Document("x", tuple(TextLine(line, at) for at, line in enumerate(lines, 1) if line.strip()))
    kept = "".join(paragraph.text for paragraph in mend(source).paragraphs)
    words = [character for line in lines for character in line if character in "推进平台建设"]
    assert [character for character in kept if character in "推进平台建设"] == words
