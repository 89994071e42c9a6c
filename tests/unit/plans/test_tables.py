"""Plans and indicators set as tables."""

from decimal import Decimal

import pytest

from planbook.model.plan import LeadBasis, Plan
from planbook.plans.document import Document, Table, TextLine
from planbook.plans.extraction import extract_plan
from planbook.plans.tables import Column, find_layout
from tests.unit.plans.plan_text import agencies, codes, outline


def table(text: str) -> tuple[tuple[str, ...], ...]:
    """Rows and cells as printed; `~` in a cell is a line feed, `∅` an empty one."""
    return tuple(
        tuple(cell.strip().replace("~", "\n").replace("∅", "") for cell in line.strip().strip("|").split("|"))
        for line in text.strip().splitlines()
    )


def read(*blocks: str) -> Plan:
    built: list[TextLine | Table] = []
    line = 1
    for block in blocks:
        if "|" in block:
            rows = table(block)
            built.append(Table(rows, line))
            line += len(rows)
            continue
        for text in block.strip().splitlines():
            built.append(TextLine(text.strip(), line))
            line += 1
    return extract_plan(Document("plan.docx", tuple(built)))


HEADERS = """
number: 序号 编号 序
task: 重点任务 工作任务 任务名称 工作事项 项目名称 目标任务 主要目标和任务
measure: 具体任务 工作内容 具体举措 主要措施 工作要点 任务内容
lead: 牵头单位 牵头部门 主办单位 主责单位 省级牵头单位
responsible: 责任单位 责任部门 承办单位 实施主体 责任科室 单位 责任单位及责任人
support: 配合单位 协办单位 参与部门
units: 责任分工 牵头单位及配合单位
deadline: 完成时限 完成时间 时间节点 进度安排 时限要求 计划完成时间
goal: 工作目标 预期成果 成果形式 考核指标
category: 类别 所属领域
other: 分管领导 责任人 联系电话 备注 工作进展
"""


@pytest.mark.parametrize(
    ("header", "kind"),
    [(name, line.split(":")[0]) for line in HEADERS.strip().splitlines() for name in line.split(":")[1].split()],
)
def test_column_is_known_by_its_header(header: str, kind: str) -> None:
    rows = ((header, "任务", "责任单位"), ("甲", "完善制度", "市财政局"))
    layout = find_layout(Table(rows, 1))
    assert layout is not None
    assert layout.columns[0].value == kind or (kind == "task" and layout.columns[0] is Column.TASK)


def test_one_row_a_task_header_repeated_on_the_next_page() -> None:
    plan = read(
        "云江市2023年重点工作任务分解表",
        """
        序号 | 重点任务 | 牵头单位 | 责任单位 | 完成时限
        1 | 推进大桥建设，完成主体工程 | 市交通运输局 | 市发改委、市财政局 | 2023年12月底
        2 | 新建中小学3所 | 市教育局 | 各县（区）人民政府 | 2023年8月31日前
        序号 | 重点任务 | 牵头单位 | 责任单位 | 完成时限
        3 | 开展扫黄打非 | 市委宣传部 | 市公安局~市文旅局 | 长期坚持
        """,
    )
    assert outline(plan) == [" | 1 | 推进大桥建设，完成主体工程", " | 2 | 新建中小学3所", " | 3 | 开展扫黄打非"]
    assert [agencies(task) for task in plan.tasks] == [
        "市交通运输局 + 市发改委、市财政局 (explicit)",
        "市教育局 + 各县（区）人民政府 (explicit)",
        "市委宣传部 + 市公安局、市文旅局 (explicit)",
    ]
    assert [str(task.deadline) for task in plan.tasks] == ["2023-12-31", "2023-08-31", "None"]
    assert [task.source.line for task in plan.tasks] == [3, 4, 6]
    assert plan.tasks[0].unit_note == "牵头单位：市交通运输局；责任单位：市发改委、市财政局"
    assert "deadline_ongoing" in codes(plan)


def test_table_that_goes_on_without_a_header() -> None:
    plan = read(
        "序号 | 任务 | 责任单位\n1 | 完善制度 | 市财政局",
        "2 | 健全机制 | 市发改委\n3 | 加强监管 | 市审计局",
    )
    assert outline(plan) == [" | 1 | 完善制度", " | 2 | 健全机制", " | 3 | 加强监管"]


def test_merged_cells_over_rows_with_their_own_agencies_are_a_task_each() -> None:
    plan = read(
        """
        序号 | 类别 | 重点任务 | 具体措施 | 牵头单位 | 配合单位 | 完成时限
        1 | 产业振兴 | 发展特色产业 | 新建高标准农田2万亩 | 县农业农村局 | 县自然资源局 | 2023年底
        1 | 产业振兴 | 发展特色产业 | 培育龙头企业5家 | 县农业农村局 | 县工信局 | 2024年6月底
        2 | 产业振兴 | 推进农旅融合 | 建设采摘园10个 | 县文旅局 | 各乡镇人民政府 | 2023年10月底
        """
    )
    assert outline(plan) == [
        "产业振兴 > 发展特色产业 | 1 | 新建高标准农田2万亩",
        "产业振兴 > 发展特色产业 | 1 | 培育龙头企业5家",
        "产业振兴 | 2 | 推进农旅融合",
    ]
    assert plan.tasks[2].body == "建设采摘园10个"


def test_merged_cells_left_empty_stand_for_the_cell_above() -> None:
    plan = read(
        """
        项目 | 建设内容 | 牵头单位 | 时限要求
        农村饮水提升 | 新建供水工程12处。 | 县水利局 | 2024年11月底前
        ∅ | 改造老旧管网60公里。 | 县住建局 | 2024年12月底前
        """
    )
    assert outline(plan) == ["农村饮水提升 | — | 新建供水工程12处", "农村饮水提升 | — | 改造老旧管网60公里"]
    assert [agencies(task) for task in plan.tasks] == ["县水利局 (explicit)", "县住建局 (explicit)"]


def test_header_of_two_rows() -> None:
    plan = read(
        """
        序号 | 重点任务 | 责任分工 | 责任分工 | 完成时限
        序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限
        1 | 加快园区建设 | 县工信局 | 县发改局 | 2024年
        2 | 优化政务服务 | 县政务局 | 各部门 | 长期
        """
    )
    assert outline(plan) == [" | 1 | 加快园区建设", " | 2 | 优化政务服务"]
    assert agencies(plan.tasks[0]) == "县工信局 + 县发改局 (explicit)"


def test_merged_cells_over_rows_of_the_same_agencies_are_one_task() -> None:
    plan = read(
        """
        序号 | 重点任务 | 具体措施 | 责任单位
        1 | 发展特色产业 | 新建高标准农田。 | 县农业农村局
        1 | 发展特色产业 | 培育龙头企业。 | 县农业农村局
        """
    )
    assert outline(plan) == [" | 1 | 发展特色产业"]
    assert plan.tasks[0].body == "新建高标准农田。\n培育龙头企业。"


def test_rows_over_the_whole_width_are_headings() -> None:
    plan = read(
        """
        序号 | 工作任务 | 责任单位 | 完成时间
        一、提升政务服务 | 一、提升政务服务 | 一、提升政务服务 | 一、提升政务服务
        1 | 推进一网通办。网上可办率达到100%。 | 区行政审批局（牵头）、区大数据局 | 2022年6月
        二、强化要素保障 | 二、强化要素保障 | 二、强化要素保障 | 二、强化要素保障
        2 | 用地保障 | 区自然资源分局、区发改局等 | 2022.12
        """
    )
    assert outline(plan) == ["一、提升政务服务 | 1 | 推进一网通办", "二、强化要素保障 | 2 | 用地保障"]
    assert agencies(plan.tasks[0]) == "区行政审批局 + 区大数据局 (explicit)"
    assert plan.tasks[0].body == "网上可办率达到100%。"
    assert [str(task.deadline) for task in plan.tasks] == ["2022-06-30", "2022-12-31"]


def test_agencies_with_roles_in_one_column() -> None:
    plan = read(
        """
        序号 | 任务内容 | 责任分工
        1 | 完善制度 | 市财政局牵头，市审计局配合
        2 | 健全机制 | 牵头单位：市发改委；责任单位：市科技局、市工信局
        """
    )
    assert [agencies(task) for task in plan.tasks] == [
        "市财政局 + 市审计局 (explicit)",
        "市发改委 + 市科技局、市工信局 (explicit)",
    ]


def test_persons_and_remarks_are_no_agencies() -> None:
    plan = read(
        """
        序号 | 任务 | 牵头领导 | 牵头单位 | 责任人 | 备注
        1 | 完善制度 | 张三 | 市财政局 | 李四 | 重点督办
        """
    )
    assert agencies(plan.tasks[0]) == "市财政局 (explicit)"


def test_table_below_a_section_of_prose() -> None:
    plan = read(
        "临江区三年行动计划\n一、总体要求\n深入贯彻新发展理念。\n二、重点任务",
        "序号 | 任务 | 责任单位\n1 | 建设甲园区 | 区工信局\n2 | 建设乙园区 | 区科技局、区财政局",
        "三、保障措施\n（一）加强领导。落实责任。",
    )
    assert outline(plan) == [
        "二、重点任务 | 1 | 建设甲园区",
        "二、重点任务 | 2 | 建设乙园区",
        "三、保障措施 | （一） | *加强领导",
    ]


def test_annexed_table_gives_the_tasks_of_the_text_their_agencies() -> None:
    plan = read(
        "北川县工业强县方案\n一、主要任务\n1.做强装备制造。引进企业。\n2.做优食品加工。建设园区。\n附件1\n重点任务分工表",
        """
        序号 | 任务 | 牵头单位 | 配合单位 | 完成时限
        1 | 做强装备制造 | 县工信局 | 县投促局 | 2024年12月
        2 | 做优食品加工 | 县农业农村局 | 县市场监管局 | 2025年12月
        """,
    )
    assert outline(plan) == ["一、主要任务 | 1 | 做强装备制造", "一、主要任务 | 2 | 做优食品加工"]
    assert agencies(plan.tasks[1]) == "县农业农村局 + 县市场监管局 (explicit)"
    assert str(plan.tasks[0].deadline) == "2024-12-31"


def test_deadline_column_without_years() -> None:
    rows = "序号 | 任务 | 责任单位 | 完成时限\n1 | 完善制度 | 市财政局 | 6月底前\n2 | 健全机制 | 市发改委 | 年底前"
    dated = read("云江市2024年重点工作任务清单", rows)
    assert [str(task.deadline) for task in dated.tasks] == ["2024-06-30", "2024-12-31"]
    undated = read("云江市重点工作任务清单", rows)
    assert [task.deadline for task in undated.tasks] == [None, None]
    assert "deadline_year_unknown" in codes(undated)


def test_other_tables_give_no_tasks() -> None:
    plan = read(
        "云江市行动方案\n一、推进工作。做好落实。\n二、加强监管。压实责任。\n附件\n联络员名单",
        "序号 | 姓名 | 单位 | 电话\n1 | 张三 | 市科技局 | 12345678",
    )
    assert outline(plan) == [" | 一 | 推进工作", " | 二 | 加强监管"]


def test_row_without_agencies_stays_without() -> None:
    plan = read("序号 | 任务 | 责任单位\n1 | 完善制度 | \n2 | 健全机制 | 市发改委")
    assert plan.tasks[0].lead_basis is LeadBasis.NONE
    assert "agencies_not_stated" in codes(plan)


def test_indicator_table() -> None:
    plan = read(
        "青田市低碳发展方案（2022—2025年）\n一、总体目标\n主要指标见下表。",
        """
        序号 | 指标名称 | 单位 | 2020年 | 2025年 | 属性
        1 | 单位GDP能耗下降 | % | - | [13.5] | 约束性
        2 | 非化石能源占比 | % | 15.2 | 20 | 预期性
        3 | 森林覆盖率 | % | 60.1 | ≥62 | 约束性
        4 | 绿色工厂 | 家 | 10 | 50—60 | 预期性
        """,
        "二、推进转型。落实责任。",
    )
    assert [(each.name, each.operator.value, each.value, each.unit, each.by) for each in plan.indicators] == [
        ("单位GDP能耗下降", "=", Decimal("13.5"), "%", "2025"),
        ("非化石能源占比", "=", Decimal(20), "%", "2025"),
        ("森林覆盖率", ">=", Decimal(62), "%", "2025"),
        ("绿色工厂", "=", Decimal(50), "家", "2025"),
    ]
    assert plan.indicators[3].value_max == Decimal(60)


def test_indicator_table_with_units_in_the_name_and_a_target_column() -> None:
    plan = read(
        "云江市发展方案",
        """
        指标 | 2022年现状值 | 2025年目标值
        技术合同成交额（亿元） | 120 | 300
        高新技术企业（家） | 500 | 1000以上
        5G用户数 | 80万户 | 150万户
        """,
        "一、推进转型。落实责任。\n二、加强监管。压实责任。",
    )
    assert [(each.name, each.operator.value, each.value, each.unit) for each in plan.indicators] == [
        ("技术合同成交额", "=", Decimal(300), "亿元"),
        ("高新技术企业", ">=", Decimal(1000), "家"),
        ("5G用户数", "=", Decimal(150), "万户"),
    ]


def test_numbers_that_count_the_measures_make_each_measure_a_task() -> None:
    plan = read(
        """
        重点工作|序号|工作内容|责任分工|时间节点
        厕所革命|1|摸排整改问题厕所。全面摸排户厕。|县农业农村局牵头，各乡镇政府负责落实|2023年5月底
        厕所革命|2|新建改建户厕。完成改造3200户。|县农业农村局牵头，县财政局配合|2023年11月底
        村庄绿化|3|创建森林乡村。栽植苗木20万株。|县林业局牵头，各乡镇政府配合|2023年4月底
        """
    )
    assert [(task.path, task.number, task.title) for task in plan.tasks] == [
        (("厕所革命",), "1", "摸排整改问题厕所"),
        (("厕所革命",), "2", "新建改建户厕"),
        (("村庄绿化",), "3", "创建森林乡村"),
    ]


def test_a_list_of_problems_is_titled_by_them() -> None:
    plan = read(
        """
        序号|问题|整改目标|整改措施|整改时限|牵头单位|督导单位
        一|污水管网不健全|完成改造25公里|1.编制方案。2.分年度实施。|2024年11月30日前|市住建局|市生态环境局
        二|矿山修复滞后|完成修复320公顷|1.落实“一矿一策”。2.强化验收。|2025年6月|市自然资源局|市林草局
        """
    )
    assert [(task.number, task.title, task.lead_agencies) for task in plan.tasks] == [
        ("一", "污水管网不健全", ("市住建局",)),
        ("二", "矿山修复滞后", ("市自然资源局",)),
    ]
