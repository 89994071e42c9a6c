"""Structure: which items are tasks, under which headings, with which number, title and body."""

import pytest

from planbook.plans.document import Document, TextLine
from planbook.plans.extraction import extract_plan
from tests.unit.plans.plan_text import agencies, codes, document, outline, read

PLANS = {
    "chapters, sections and articles, a contents list in front": (
        """
        云江市数字经济促进方案
        目　录
        第一章 总体要求 ........ 1
        第二章 重点任务 ........ 2
        第一节 夯实基础 ........ 2
        第二节 壮大产业 ........ 3
        第三章 保障措施 ........ 5
        第一章 总体要求
        深入贯彻新发展理念。
        第二章 重点任务
        第一节 夯实基础
        第一条 建设新型网络。推进千兆光网建设。
        第二条 布局算力设施。建设算力中心。
        第二节 壮大产业
        第三条 培育龙头企业。引进软件企业。
        第三章 保障措施
        第四条 加强组织领导。成立工作专班。
        第五条 本方案自发布之日起施行，有效期三年。
        """,
        [
            "第二章 重点任务 > 第一节 夯实基础 | 第一条 | 建设新型网络",
            "第二章 重点任务 > 第一节 夯实基础 | 第二条 | 布局算力设施",
            "第二章 重点任务 > 第二节 壮大产业 | 第三条 | 培育龙头企业",
            "第三章 保障措施 | 第四条 | *加强组织领导",
        ],
    ),
    "sections are the lowest items; the background gives none": (
        """
        清溪市人才发展规划
        第一章 发展基础与形势
        第一节 发展基础
        全市人才总量达到50万人。
        第二章 主要任务
        第一节 引进高层次人才
        实施英才计划。
        第二节 培育本土人才
        加强技能培训。
        第三章 组织实施
        第一节 加强组织领导
        坚持党管人才。
        """,
        [
            "第二章 主要任务 | 第一节 | 引进高层次人才",
            "第二章 主要任务 | 第二节 | 培育本土人才",
            "第三章 组织实施 | 第一节 | *加强组织领导",
        ],
    ),
    "four levels, numbering that runs on through the sections": (
        """
        东岭省智能化改造方案
        一、主要任务
        （一）实施诊断行动
        1.遴选服务商。建立资源池。
        2.开展诊断。组织免费诊断。
        （二）实施标杆行动
        3.培育标杆工厂。建设智能工厂。
        4.推广典型案例。
        （1）编制案例集。每年编制案例集。
        （2）组织现场会。召开现场会。
        二、组织实施
        （一）压实责任。健全机制。
        """,
        [
            "一、主要任务 > （一）实施诊断行动 | 1 | 遴选服务商",
            "一、主要任务 > （一）实施诊断行动 | 2 | 开展诊断",
            "一、主要任务 > （二）实施标杆行动 | 3 | 培育标杆工厂",
            "一、主要任务 > （二）实施标杆行动 > 4.推广典型案例 | （1） | 编制案例集",
            "一、主要任务 > （二）实施标杆行动 > 4.推广典型案例 | （2） | 组织现场会",
            "二、组织实施 | （一） | *压实责任",
        ],
    ),
    "a flat list of measures": (
        """
        关于支持总部经济发展的若干措施
        一、支持企业落户。对新落户企业给予支持。
        二、支持人才引进。落实人才政策。
        三、强化宣传引导。营造良好氛围。
        四、加强组织保障。建立联席会议制度。
        五、本措施自2023年5月1日起施行，有效期2年。
        """,
        [" | 一 | 支持企业落户", " | 二 | 支持人才引进", " | 三 | 强化宣传引导", " | 四 | *加强组织保障"],
    ),
    "items without headings take their first sentence": (
        """
        长宁市为民办实事方案
        一、工作任务
        1.新增城镇就业4万人，完善就业服务体系。
        2.改造城镇老旧小区120个。惠及居民3万户以上，完善配套设施。
        3.新建农村公路300公里，完成危桥改造40座。建立长效机制。
        4.建设社区食堂50个，提升为老服务能力。鼓励社会力量参与。
        """,
        [
            "一、工作任务 | 1 | 新增城镇就业4万人，完善就业服务体系",
            "一、工作任务 | 2 | 改造城镇老旧小区120个",
            "一、工作任务 | 3 | 新建农村公路300公里，完成危桥改造40座",
            "一、工作任务 | 4 | 建设社区食堂50个，提升为老服务能力",
        ],
    ),
    "headings parted from the text by a colon or a line": (
        """
        平湖市旅游行动
        一、重点任务
        （一）打造精品景区：创建高等级景区。
        （二）丰富旅游业态：培育精品民宿，完善配套设施。
        （三）强化市场监管，规范旅游秩序
        开展专项整治。
        畅通投诉渠道。
        """,
        [
            "一、重点任务 | （一） | 打造精品景区",
            "一、重点任务 | （二） | 丰富旅游业态",
            "一、重点任务 | （三） | 强化市场监管，规范旅游秩序",
        ],
    ),
    "tasks numbered in words": (
        """
        滨河区提升行动
        任务一：打造精品街区。改造街区5条。
        任务二：完善配套设施。新建停车场10个。
        """,
        [" | 任务一 | 打造精品街区", " | 任务二 | 完善配套设施"],
    ),
    "dotted numbers": (
        """
        云岭州乡村建设方案
        1 总体要求
        1.1 指导思想
        全面贯彻新发展理念。
        2 重点任务
        2.1 畅通农村道路
        新改建农村公路。
        2.2 保障农村供水
        提升供水能力。
        3 保障措施
        3.1 加强组织领导
        落实责任。
        """,
        ["2 重点任务 | 2.1 | 畅通农村道路", "2 重点任务 | 2.2 | 保障农村供水", "3 保障措施 | 3.1 | *加强组织领导"],
    ),
    "circled items are tasks on lines of their own, and text within a sentence": (
        """
        绿色工厂建设方案
        （一）推进节能改造。重点做好：①改造电机；②改造锅炉；③淘汰落后设备。
        （二）推进清洁生产
        ①开展审核。完成审核。
        ②推广技术。推广先进技术。
        """,
        [" | （一） | 推进节能改造", "（二）推进清洁生产 | ① | 开展审核", "（二）推进清洁生产 | ② | 推广技术"],
    ),
    "articles keep the list that they introduce": (
        """
        促进民营经济发展办法
        第一条 加大融资支持：
        （一）设立风险补偿资金；
        （二）推广信用贷款；
        （三）降低融资成本。
        第二条 支持科技创新。支持企业建设研发机构。
        """,
        [" | 第一条 | 加大融资支持", " | 第二条 | 支持科技创新"],
    ),
    "a list that ends in semicolons belongs to its item": (
        """
        平安云江建设方案
        一、主要任务
        1.推进三项整治。围绕突出问题，集中开展以下整治：
        （1）道路交通整治；
        （2）消防安全整治；
        （3）燃气安全整治。
        2.健全机制。完善责任体系。
        """,
        ["一、主要任务 | 1 | 推进三项整治", "一、主要任务 | 2 | 健全机制"],
    ),
    "a box between two tasks belongs to neither": (
        """
        文化强市行动
        一、重点任务
        （一）繁荣文艺创作。推出精品力作。（责任单位：市委宣传部）
        专栏1 文艺精品工程
        1.舞台艺术。创作剧目10部。
        2.影视创作。摄制电影5部。
        （二）完善公共文化。建设图书馆。（责任单位：市文旅局）
        """,
        ["一、重点任务 | （一） | 繁荣文艺创作", "一、重点任务 | （二） | 完善公共文化"],
    ),
    "misprinted, missing and repeated numbers are kept as printed": (
        """
        教育提质行动方案
        一、主要任务
        （一）优化布局
        1.新建学校。建成投用。
        2.改建学校。完成改造。
        2.增加学位。扩大供给。
        4.建设宿舍。改善条件。
        （三）强化师资
        1.引进名师。落实待遇。
        """,
        [
            "一、主要任务 > （一）优化布局 | 1 | 新建学校",
            "一、主要任务 > （一）优化布局 | 2 | 改建学校",
            "一、主要任务 > （一）优化布局 | 2 | 增加学位",
            "一、主要任务 > （一）优化布局 | 4 | 建设宿舍",
            "一、主要任务 > （三）强化师资 | 1 | 引进名师",
        ],
    ),
    "an unusual nesting is learnt from the document": (
        """
        港口发展计划
        1、建设港区
        （一）扩建码头。提升吞吐能力。
        （二）完善航道。疏浚进港航道。
        2、发展物流
        （一）培育企业。引进航运企业。
        （二）开通航线。加密班轮航线。
        3、优化服务
        （一）提升效率。压缩通关时间。
        """,
        [
            "1、建设港区 | （一） | 扩建码头",
            "1、建设港区 | （二） | 完善航道",
            "2、发展物流 | （一） | 培育企业",
            "2、发展物流 | （二） | 开通航线",
            "3、优化服务 | （一） | 提升效率",
        ],
    ),
    "sections known by name where all first-level numbers are missing": (
        """
        养老服务提升方案
        总体要求
        坚持以人民为中心。
        重点任务
        （一）完善设施。新建服务中心。
        （二）培育人才。培训护理员。
        保障措施
        （一）加强领导。健全机制。
        """,
        ["重点任务 | （一） | 完善设施", "重点任务 | （二） | 培育人才", "保障措施 | （一） | *加强领导"],
    ),
    "aims that are shared out among agencies are tasks": (
        """
        主要目标任务责任分解方案
        一、经济社会发展的主要预期目标
        （一）地区生产总值增长7%以上
        责任单位：区发展和改革局
        （二）居民收入与经济增长基本同步
        二、产业升级
        （三）建成投产项目20个。
        责任单位：区科技和经信局
        """,
        [
            "一、经济社会发展的主要预期目标 | （一） | 地区生产总值增长7%以上",
            "一、经济社会发展的主要预期目标 | （二） | 居民收入与经济增长基本同步",
            "二、产业升级 | （三） | 建成投产项目20个",
        ],
    ),
    "a notice with numbered demands around the plan, annexes behind it": (
        """
        东山区人民政府办公室关于印发东山区稳增长工作方案的通知
        各街道办事处：
        现将方案印发给你们，并就有关事项通知如下：
        一、各单位要高度重视，抓好落实。
        二、各单位要按时报送进展。
        东山区人民政府办公室
        2023年1月3日
        东山区稳增长工作方案
        一、重点任务
        （一）扩大投资。开工项目50个。
        （二）促进消费。发放消费券。
        附件：1.重点项目清单
        2.联络员名单
        附件2
        联络员名单
        1.张三，区发改局
        2.李四，区财政局
        """,
        ["一、重点任务 | （一） | 扩大投资", "一、重点任务 | （二） | 促进消费"],
    ),
}


@pytest.mark.parametrize("name", PLANS)
def test_outline(name: str) -> None:
    text, expected = PLANS[name]
    assert outline(read(text)) == expected


@pytest.mark.parametrize("name", [name for name in PLANS if "notice" not in name and "line" not in name])
def test_outline_is_the_same_with_every_line_twice_as_far_apart(name: str) -> None:
    text, expected = PLANS[name]
    assert outline(read(text.replace("\n", "\n\n"))) == expected


COLLAPSIBLE = ["four levels, numbering that runs on through the sections", "a flat list of measures"]


@pytest.mark.parametrize("name", COLLAPSIBLE)
def test_outline_is_the_same_on_one_line(name: str) -> None:
    text, expected = PLANS[name]
    (line,) = ["".join(each.strip() for each in text.strip().splitlines())]
    assert outline(extract_plan(document(line))) == expected


def test_body_holds_bullets_and_paragraphs_but_neither_heading_nor_note() -> None:
    plan = read(
        """
        数字政府方案
        一、重点任务
        （一）建设政务云。统筹建设云平台。
        ——扩容计算资源。按需扩容。
        ——优化存储资源。分级存储。
        同步建设灾备中心。
        （责任单位：市大数据局）
        （二）建设数据平台。归集公共数据。（责任单位：市大数据局）
        """
    )
    assert (
        plan.tasks[0].body
        == "统筹建设云平台。\n——扩容计算资源。按需扩容。\n——优化存储资源。分级存储。\n同步建设灾备中心。"
    )
    assert plan.tasks[0].excerpt.startswith("（一）建设政务云。")
    assert plan.tasks[0].excerpt.endswith("（责任单位：市大数据局）")
    assert plan.tasks[0].unit_note == "（责任单位：市大数据局）"
    assert plan.tasks[0].source.line == 3


def test_last_item_ends_before_signature_date_and_terms() -> None:
    plan = read(
        """
        信用建设方案
        一、主要任务
        （一）完善制度。出台管理办法。
        （二）强化应用。推广信用产品。
        本方案自印发之日起施行，有效期至2025年12月31日。
        云江市人民政府办公室
        2023年5月8日
        （此件公开发布）
        """
    )
    assert plan.tasks[-1].body == "推广信用产品。"


def test_closing_words_to_all_offices_are_no_part_of_the_last_item() -> None:
    plan = read(
        """
        信用建设方案
        一、主要任务
        （一）完善制度。出台管理办法。
        二、组织实施
        （二）压实责任。建立台账。
        各地各部门要结合实际，制定具体措施，抓好落实。
        """
    )
    assert plan.tasks[-1].body == "建立台账。"


def test_note_behind_several_items_covers_them_all() -> None:
    plan = read(
        """
        智能制造方案
        一、主要任务
        （一）实施诊断行动
        1.遴选服务商。建立资源池。
        2.开展诊断。组织免费诊断。
        （省工信厅牵头，省财政厅配合）
        （二）实施标杆行动（责任单位：省科技厅）
        1.培育工厂。建设智能工厂。
        2.推广案例。编制案例集。
        """
    )
    assert [agencies(task) for task in plan.tasks] == [
        "省工信厅 + 省财政厅 (explicit)",
        "省工信厅 + 省财政厅 (explicit)",
        "省科技厅 (presumed)",
        "省科技厅 (presumed)",
    ]
    assert "note_covers_several" in codes(plan)


INLINE_NOTES = {
    "again and again: it covers the group": (
        """
        （一）诊断行动
        1.遴选服务商。建立资源池。
        2.开展诊断。组织诊断。（责任单位：省工信厅）
        （二）标杆行动
        1.培育工厂。建设工厂。
        2.推广案例。编制案例。（责任单位：省科技厅）
        """,
        ["省工信厅", "省工信厅", "省科技厅", "省科技厅"],
    ),
    "the other notes stand one level up: it covers the group": (
        """
        （一）诊断行动。组织诊断。（责任单位：省工信厅）
        （二）标杆行动
        1.培育工厂。建设工厂。
        2.推广案例。编制案例。（责任单位：省科技厅）
        """,
        ["省工信厅", "省科技厅", "省科技厅"],
    ),
    "only once: nobody knows, so it is left open": (
        """
        （一）诊断行动
        1.遴选服务商。建立资源池。
        2.开展诊断。组织诊断。（责任单位：省工信厅）
        （二）标杆行动
        1.培育工厂。建设工厂。
        2.推广案例。编制案例。
        """,
        ["", "省工信厅", "", ""],
    ),
}


@pytest.mark.parametrize("name", INLINE_NOTES)
def test_note_in_the_last_item_only(name: str) -> None:
    text, leads = INLINE_NOTES[name]
    assert ["、".join(task.lead_agencies) for task in read(f"智能制造方案\n一、主要任务{text}").tasks] == leads


def test_note_of_the_last_item_is_its_own_where_each_item_has_one() -> None:
    plan = read(
        """
        智能制造方案
        一、主要任务
        （一）诊断行动
        1.遴选服务商。建立资源池。（省科技厅负责）
        2.开展诊断。组织免费诊断。（省工信厅负责）
        （二）标杆行动
        1.培育工厂。建设智能工厂。
        2.推广案例。编制案例集。（省工信厅负责）
        """
    )
    assert [agencies(task) for task in plan.tasks[2:]] == [" (none)", "省工信厅 (presumed)"]


def test_headings_lost_throughout() -> None:
    first = "推进平台建设，完善服务体系，提升综合能力，形成工作合力，持续扩大覆盖面，打造样板。"
    plan = read(
        f"""
        关于推进科技创新的意见
        1.建设平台。{first}
        2.培育企业。{first}
        1.引进人才。{first}
        2.打造基地。{first}
        （1）工程机械领域。{first}
        （2）新材料领域。{first}
        （1）航空航天领域。{first}
        （2）生命健康领域。{first}
        1.优化服务。{first}
        （一）强化组织领导。{first}
        （二）强化政策支持。{first}
        """
    )
    assert all(task.path == () for task in plan.tasks)
    assert [task.number for task in plan.tasks] == [
        "1", "2", "1", "2", "（1）", "（2）", "（1）", "（2）", "1", "（一）", "（二）",
    ]  # fmt: skip
    assert [task.kind.value for task in plan.tasks[-3:]] == ["task", "safeguard", "safeguard"]
    assert "headings_lost" in codes(plan)


def test_truncated_end() -> None:
    plan = read(
        """
        河湖保护意见
        一、重点工作
        （一）管控岸线。完成确权登记。（市水利局牵头）
        （二）防治污染。整治入河排污口。（市生态环境局牵头）
        （三）强化执法。打击非法采砂。（责任单位：市水利局、市公安局、国家金融监督管
        """
    )
    assert [task.truncated for task in plan.tasks] == [False, False, True]
    assert agencies(plan.tasks[-1]) == "市水利局 + 市公安局 (presumed)"
    assert {"document_truncated", "agency_cut_off"} <= codes(plan)


def test_text_without_items_is_said_to_have_none() -> None:
    plan = read("关于天气的报告\n今天天气很好。\n明天也很好。")
    assert plan.tasks == ()
    assert "no_tasks_found" in codes(plan)


def test_headings_by_style_and_bold_beginnings() -> None:
    lines = [
        ("关于发展渔业的实施方案", 1, 0),
        ("重点任务", 2, 0),
        ("优化养殖布局", 3, 0),
        ("发展深水网箱。", None, 0),
        ("责任单位：县农业农村局", None, 0),
        ("提升加工水平", 3, 0),
        ("建设产业园。", None, 0),
        ("保障措施", 2, 0),
        ("加强组织领导", 3, 0),
        ("成立领导小组。", None, 0),
    ]
    styled = Document(
        "x.docx", tuple(TextLine(text, at, None, level, bold) for at, (text, level, bold) in enumerate(lines, 1))
    )
    assert outline(extract_plan(styled)) == [
        "重点任务 | — | 优化养殖布局",
        "重点任务 | — | 提升加工水平",
        "保障措施 | — | *加强组织领导",
    ]
    bold_lines = [
        ("养老服务方案", 0),
        ("一、重点任务", 6),
        ("完善设施网络。新建社区养老服务中心。（区民政局牵头）", 7),
        ("培育专业队伍。培训养老护理员。（区人社局牵头）", 7),
    ]
    bold = Document(
        "x.docx", tuple(TextLine(text, at, None, None, width) for at, (text, width) in enumerate(bold_lines, 1))
    )
    assert outline(extract_plan(bold)) == ["一、重点任务 | — | 完善设施网络", "一、重点任务 | — | 培育专业队伍"]
