"""Plans of other makes, fourth set: torn words, points for stops, lost stops, bold headings, aims beside tasks."""

import time

import pytest

from planbook.plans.departments import is_department
from planbook.plans.indicators import Passage, find_indicators
from tests.unit.plans.plan_text import agencies, outline, read


def test_a_page_number_within_a_word_of_the_note_makes_no_agency() -> None:
    plan = read("""
        三江市残疾预防计划
        1.开展宣传教育。举办活动10场。(市残联牵头,市教育局、市妇联等按职责分工负 4 责)
        2.建设资源库。推出作品30部。(市残联负责)
    """)
    assert agencies(plan.tasks[0]) == "市残联 + 市教育局、市妇联 (explicit)"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("责任科室：保护科、各管护站分管领导：马东", ("保护科", "各管护站")),
        ("责任单位：市司法局（牵头）；市市场监管局、市应急局等执法部门", ("市司法局", "市市场监管局", "市应急局")),
        ("牵头单位：县林草局  配合单位：县供销社  各乡（镇）", ("县林草局", "县供销社", "各乡（镇）")),
    ],
)
def test_notes_run_together(note: str, expected: tuple[str, ...]) -> None:
    plan = read(f"""
        某县工作方案
        一、任务
        1.推进一件工作。新增企业10家。
        {note}
        2.推进另一件工作。加强调度。
        责任单位：县统计局
    """)
    assert plan.tasks[0].lead_agencies + plan.tasks[0].supporting_agencies == expected


def test_points_that_stand_for_stops() -> None:
    plan = read(
        "淮安县农村路2024年计划 一、目标 新改建公路180公里. 二、主要任务 "
        "1.加快路网建设.完成升级改造45公里.（牵头单位.县交通运输局，责任单位.各镇人民政府） "
        "2.提升管养水平.落实“路长制”.（牵头单位.县交通运输局，责任单位.县财政局） "
        "3.深化交邮融合.建成配送中心1个.（牵头单位.县交通运输局，责任单位.县商务局）"
    )
    assert [task.title for task in plan.tasks] == ["加快路网建设", "提升管养水平", "深化交邮融合"]
    assert agencies(plan.tasks[1]) == "县交通运输局 + 县财政局 (explicit)"


def test_a_number_behind_a_lost_stop_in_a_document_on_one_line() -> None:
    measure = "完善工作体系，健全工作机制，强化要素保障，推动任务落实，建立台账清单，定期开展调度。" * 6
    plan = read(
        f"三江市残疾预防计划 一、主要行动 (一)知识普及行动。{measure} (二)伤害防控行动。{measure} "
        "二、组织实施 (一)健全机制。市政府残工委统筹 (二)加强监测评估。做好评估工作。"
    )
    assert [task.title for task in plan.tasks] == ["知识普及行动", "伤害防控行动", "健全机制", "加强监测评估"]


def test_headings_in_quotation_marks_run_in_before_a_colon() -> None:
    plan = read("""
        望海区2025年民生实事项目责任分解
        1.“学有优教”工程：新建中小学2所、幼儿园4所。
        牵头单位：区教育局；完成时间：2025年8月。
        2.“病有良医”工程：建成区第二人民医院。
        牵头单位：区卫生健康局；完成时间：2025年11月。
    """)
    assert [task.title for task in plan.tasks] == ["“学有优教”工程", "“病有良医”工程"]


def test_aims_that_stand_beside_the_measures_of_each_section() -> None:
    plan = read("""
        新洲市营商环境2023年实施方案
        一、打造法治环境
        1.目标任务
        执法投诉办结率100%。
        2.重点举措
        （1）开展执法监督。制定清单。
        责任单位：市司法局
        （2）加强司法保护。推进改革。
        责任单位：市中院
        二、打造政务环境
        1.目标任务
        网上可办率达到95%以上。
        2.重点举措
        （1）推进“一窗综办”。优化流程。
        责任单位：市政务服务局
        （2）推动“免证办”。拓展场景。
        责任单位：市公安局
    """)
    assert [task.title for task in plan.tasks] == ["开展执法监督", "加强司法保护", "推进“一窗综办”", "推动“免证办”"]
    assert [f"{each.value}{each.unit}" for each in plan.indicators] == ["100%", "95%"]


def test_safeguards_of_a_trial() -> None:
    plan = read("""
        某区土地整治试点实施方案
        一、试点任务
        任务一：农用地整理
        建成农田1.2万亩。
        责任主体：区农业农村局
        配合主体：区水务局
        二、试点保障
        （一）组织保障。成立领导小组。
        （二）资金保障。投入8亿元。
    """)
    assert outline(plan) == [
        "一、试点任务 | 任务一 | 农用地整理",
        "二、试点保障 | （一） | *组织保障",
        "二、试点保障 | （二） | *资金保障",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建社区公园20个，碧道50公里", ["20个", "50公里"]),
        ("建成区28%以上面积达到海绵城市要求", ["28%"]),
        ("报废汽车回收量增加约一倍", ["1倍"]),
        ("投放证券化产品3单", ["3单"]),
        ("户均配变容量不低于2.7千伏安", ["2.7千伏安"]),
        ("建成绕城高速西段等4条高速公路", ["4条"]),
        ("发行专项债券50亿元", ["50亿元"]),
        ("围绕汽车、机械等3个行业开展诊断", []),
        ("建设中心1个，占地20亩", ["1个"]),
    ],
)
def test_targets_in_lists_and_parts(text: str, expected: list[str]) -> None:
    found = find_indicators(Passage(f"{text}。", in_aims=True, earliest=2023))
    assert [f"{each.value}{each.unit or ''}" for each in found] == expected


def test_a_line_of_the_site_below_the_plan_is_never_its_title() -> None:
    plan = read("""
        【政策】珠山市关于加快推进新型工业化的若干意见（全文）
        2023-08-07 16:40 发布于某某产业园
        一、发展目标
        到2027年，总产值突破6000亿元。
        二、主要任务
        1. 做强主导产业。实施“链长制”。（牵头单位：市工业和信息化局）
        2. 突破关键技术。组织项目60项。（牵头单位：市科技局；责任单位：珠山大学等高校院所）
        扫码关注我们 获取更多政策
    """)
    assert plan.title == "珠山市关于加快推进新型工业化的若干意见（全文）"
    assert [agencies(task) for task in plan.tasks] == [
        "市工业和信息化局 (explicit)",
        "市科技局 + 珠山大学 (explicit)",
    ]


def test_a_notice_with_items_of_its_own_stands_before_the_title() -> None:
    plan = read("""
        现将有关事项通知如下：
        一、压实责任。各责任单位要加强组织领导。
        二、加强督办。纳入考核。
        某市2020年主要目标任务责任分解方案
        一、经济发展
        1.地区生产总值增长6%。（责任单位：市发改委）
        2.工业投资增长10%。（责任单位：市经信局）
    """)
    assert plan.title == "某市2020年主要目标任务责任分解方案"
    assert [task.lead_agencies for task in plan.tasks] == [("市发改委",), ("市经信局",)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("高新技术企业数量由2022年的312家增加到620家以上", "高新技术企业数量"),
        ("技术合同成交额占GDP比重由1.2%提高到2.5%", "技术合同成交额占GDP比重"),
        ("居民参与率由72%提高到80%", "居民参与率"),
        ("万元GDP用水量较2020年下降18%", "万元GDP用水量下降"),
    ],
)
def test_names_leave_out_where_a_target_starts_from(text: str, name: str) -> None:
    (found,) = find_indicators(Passage(f"{text}。", in_aims=True, earliest=2022))
    assert found.name == name


def test_measures_are_tasks_where_there_are_no_others() -> None:
    plan = read("""
        金沙市支持乡村振兴工作方案
        一、主要目标
        涉农贷款加权平均利率下降0.3个百分点。
        二、工作措施
        1.设立补偿基金。首期规模2亿元。（牵头：市财政局；配合：市金融办）
        2.扩大信用贷款。评定信用村400个。（牵头：市农商行）
        三、组织保障
        （一）健全机制。建立会商制度。
        （二）强化激励。安排奖补资金。
    """)
    assert [task.kind.value for task in plan.tasks] == ["task", "task", "safeguard", "safeguard"]
    assert (str(plan.indicators[0].value), plan.indicators[0].unit) == ("0.3", "个百分点")


@pytest.mark.parametrize("field", ["综合执法", "安全生产", "金融监督", "工业和信息化"])
def test_telling_departments_never_takes_long(field: str) -> None:
    start = time.perf_counter()
    assert not is_department(f"{field * 5}甲")
    assert time.perf_counter() - start < 2
