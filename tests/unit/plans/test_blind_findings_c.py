"""Plans of other makes, third set: bullets and run-in roles as tasks, counted notes, ends, misread ones, baselines."""

import pytest

from planbook.plans.agency_names import split_agencies
from planbook.plans.indicators import Passage, find_indicators
from tests.unit.plans.plan_text import agencies, outline, read


def test_bullets_with_notes_below_bare_headings_are_tasks() -> None:
    plan = read("""
        园区优化营商环境攻坚方案
        一、攻坚目标
        全年新增经营主体5000户。
        二、攻坚任务
        （一）聚焦审批提速
        ●推行“拿地即开工”。整合立项、规划等环节。责任部门：行政审批局（牵头）、建设局
        ●深化“一业一证”改革。逐步扩大行业。责任部门：行政审批局（牵头）、市场监管局
    """)
    assert outline(plan) == [
        "二、攻坚任务 > （一）聚焦审批提速 | — | 推行“拿地即开工”",
        "二、攻坚任务 > （一）聚焦审批提速 | — | 深化“一业一证”改革",
    ]
    assert agencies(plan.tasks[0]) == "行政审批局 + 建设局 (explicit)"


def test_bullets_without_notes_belong_to_their_item() -> None:
    plan = read("""
        某市消费提振方案
        一、重点任务
        1.提振消费。开展以下工作：
        ——办好展会。
        ——发放消费券。
        （责任单位：市商务局）
        2.稳定外贸。开拓市场。（责任单位：市商务局）
    """)
    assert [task.title for task in plan.tasks] == ["提振消费", "稳定外贸"]


def test_roles_that_open_every_item_are_its_agencies() -> None:
    plan = read("""
        平江市2024年创建攻坚行动任务分解
        （一）市卫健委牵头，市教育局、市融媒体中心配合，6月底前建成健康步道10条。
        （二）市城管局牵头，各街道办事处配合，3月底前完成占道经营清零。
        （三）市交通运输局牵头，市公安局、国铁平江站配合，规范“两站”秩序。
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "市卫健委 + 市教育局、市融媒体中心 (explicit)",
        "市城管局 + 各街道办事处 (explicit)",
        "市交通运输局 + 市公安局、国铁平江站 (explicit)",
    ]
    assert plan.tasks[0].title.startswith("市卫健委牵头")


def test_one_item_that_opens_so_stays_text() -> None:
    plan = read("""
        某市创新方案
        （一）市科技局牵头，市财政局配合，建设实验室。
        （二）建设中试基地。（责任单位：市工信局）
        （三）建设孵化器。（责任单位：市科技局）
    """)
    assert plan.tasks[0].lead_agencies == ()


def test_a_note_covers_as_many_items_as_it_counts() -> None:
    plan = read("""
        滨海市海洋经济攻坚方案
        一、主攻方向
        （一）做强港口物流。加快航道建设。
        （二）做优现代渔业。建设海洋牧场。
        （三）做大海工装备。突破关键技术。
        （以上两项由市海洋发展局牵头，市工信局配合）
        （四）做深滨海旅游。打造品牌。
        （第四项由市文化和旅游局牵头）
    """)
    assert [task.lead_agencies for task in plan.tasks] == [
        (),
        ("市海洋发展局",),
        ("市海洋发展局",),
        ("市文化和旅游局",),
    ]


def test_a_clause_of_force_behind_the_last_measure_takes_nothing_with_it() -> None:
    plan = read("""
        关于推进制造业发展的若干措施
        1. 完善金融服务。推广技改专项贷。责任单位：省地方金融监管局
        2. 降低物流成本。对集群企业予以运费补贴。责任单位：省商务厅、中国铁路云川局集团有限公司
        本措施自印发之日起施行，有效期3年。
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "省地方金融监管局 (presumed)",
        "省商务厅 + 中国铁路云川局集团有限公司 (presumed)",
    ]


def test_a_misread_one_is_believed_where_two_follows() -> None:
    plan = read("""
        长丰县数字乡村推进计划
        一、重点任务
        l、夯实数字底座。推进农村光网建设。责任单位：县经信局，移动公司、电信公司、联通公司
        2、发展智慧农业。推动互联网建设。责任单位：县农业农村局
    """)
    assert [task.number for task in plan.tasks] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各县（区）党委、政府，市直有关单位", ["各县（区）党委、政府", "市直有关单位"]),
        ("高新区党工委、管委会，市发改委", ["高新区党工委、管委会", "市发改委"]),
    ],
)
def test_two_bodies_of_one_place_are_one_name(text: str, expected: list[str]) -> None:
    assert [each.name for each in split_agencies(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高新技术企业由2022年的312家增加到620家以上，贡献率由52%提高到60%", ["620家", "60%"]),
        ("政府风险补偿资金池规模扩大至5000万元", ["5000万元"]),
        ("为科技型企业融资20亿元", ["20亿元"]),
        ("新建数据中心PUE降至1.25以下", ["1.25"]),
        ("孕产妇死亡率控制在10/10万以下", ["10/10万"]),
        ("企业满意度达到95分以上", ["95分"]),
        ("举办展会4期", ["4期"]),
        ("年飞行架次达30万架次", ["30万架次"]),
        ("建成50万平方米标准厂房", ["50万平方米"]),
        ("设立50亿元蓝色产业基金", ["50亿元"]),
        ("补贴发放及时率100%", ["100%"]),
        ("对2013年以来改造的户厕全面摸排，整改率达到100%", ["100%"]),
        ("十三五以来，建成实验室5个", []),
        ("对首次认定的企业给予奖励，最高不超过50万元", []),
        ("建设4.0版本的平台", []),
    ],
)
def test_targets_and_what_is_none(text: str, expected: list[str]) -> None:
    found = find_indicators(Passage(f"{text}。", in_aims=True, earliest=2023))
    assert [f"{each.value}{each.unit or ''}" for each in found] == expected


def test_the_year_of_the_preamble_is_that_of_dates_without_one() -> None:
    plan = read("""
        华东学院建设任务落实方案
        现将2024年度重点任务分解如下。
        一、党的建设
        1.完成组织换届，4月30日前完成。【牵头部门】党委组织部
    """)
    assert str(plan.tasks[0].deadline) == "2024-04-30"


@pytest.mark.parametrize(
    ("head", "title", "issuer"),
    [
        (
            "成文日期：2023年04月18日\n临川市人民政府办公室关于印发临川市科技企业行动计划（2023—2025年）的通知",
            "临川市科技企业行动计划（2023—2025年）",
            "临川市人民政府办公室",
        ),
        (
            "江政办发〔2024〕3号　签发人：周立新\n江城市人民政府办公室\n关于印发《江城市工作要点》的通知",
            "江城市工作要点",
            "江城市人民政府办公室",
        ),
        (
            "中共云川省委办公厅 云川省人民政府办公厅印发《关于推动绿色发展的实施意见》",
            "关于推动绿色发展的实施意见",
            "中共云川省委办公厅、云川省人民政府办公厅",
        ),
    ],
)
def test_title_and_issuer(head: str, title: str, issuer: str) -> None:
    body = "\n一、总体要求\n坚持创新。\n二、重点任务\n1.建设平台。抓紧建设。（责任单位：市科技局）"
    plan = read(head + body)
    assert (plan.title, plan.issuer) == (title, issuer)


def test_closing_parties_of_a_label_keep_their_order() -> None:
    plan = read("""
        某省绿色矿山方案
        一、任务
        1.加快改造。每年改造一批。（责任单位：各市政府，省自然资源厅、省国资委按职责分工负责）
    """)
    assert plan.tasks[0].lead_agencies + plan.tasks[0].supporting_agencies == ("各市政府", "省自然资源厅", "省国资委")


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("责任单位：市发改委、市财政局（除标注“分别牵头”外，列第一位为牵头或汇总单位，下同）", "市发改委、市财政局"),
        ("责任单位：发改局、工商联（列第一位者为牵头或汇总单位，下同）", "发改局、工商联"),
        ("（就业处、失保处）", "就业处、失保处"),
        ("——由省工信厅会同省发展改革委和有关市（州）组织落实。", "省工信厅、省发展改革委、有关市（州）"),
        ("（省生态环境厅、水利厅、长江委、长航局）", "省生态环境厅、省水利厅、长江委、长航局"),
        ("（责任单位：市生态环境局、赤水河管理局）", "市生态环境局、赤水河管理局"),
        ("（责任单位：市科技局、财政局、总工会）", "市科技局、市财政局、市总工会"),
        ("（财政部，各省、自治区、直辖市人民政府负责）", "财政部、各省、自治区、直辖市人民政府"),
        ("（主管单位：县交通运输局；主体责任单位：县公交公司；分值：3分）", "县交通运输局、县公交公司"),
        ("（配合单位：各窗口单位；牵头单位：县行政审批局；完成时限：2023年12月）", "县行政审批局、各窗口单位"),
        ("责任单位：市商务局\n市文旅局（市文物局）\n团市委", "市商务局、市文旅局（市文物局）、团市委"),
    ],
)
def test_wordings_of_notes(note: str, expected: str) -> None:
    lines = "\n".join(f"        {line}" for line in note.split("\n"))
    plan = read(f"""
        某市工作方案
        一、重点任务
        1.推进一件工作。新增企业10家。
{lines}
        2.推进另一件工作。加强调度。（责任单位：市统计局）
    """)
    task = plan.tasks[0]
    assert "、".join((*task.lead_agencies, *task.supporting_agencies)) == expected


def test_a_place_of_the_title_is_no_office_of_the_city() -> None:
    plan = read("""
        黔山市数字经济方案
        一、建设数据中心。上架率达到65%。
        责任单位：市大数据局、市发展改革委、黔山供电局
        二、发展智慧农业。建设基地20个。
        责任单位：市农业农村局
    """)
    assert plan.tasks[0].supporting_agencies == ("市发展改革委", "黔山供电局")


def test_measures_stand_below_the_actions_that_hold_them() -> None:
    plan = read("""
        枣林市支持民营经济行动计划
        专项行动一：市场准入优化行动
        举措1：清理隐性壁垒，建立处理机制。责任单位：市发展改革委。
        举措2：开展专项整治。责任单位：市住建局。
        专项行动二：融资纾困行动
        举措1：设立转贷资金池。责任单位：市财政局。
    """)
    assert [(task.path[-1], task.number) for task in plan.tasks] == [
        ("专项行动一：市场准入优化行动", "举措1"),
        ("专项行动一：市场准入优化行动", "举措2"),
        ("专项行动二：融资纾困行动", "举措1"),
    ]


def test_an_exhortation_at_the_end_is_no_task() -> None:
    plan = read("""
        高新区打造科创走廊的实施方案
        一、主要工作
        1、建设平台。引进机构6家。（责任单位：科技创新局）
        2、集聚人才。引进团队5个。（责任单位：党群工作部）
        二、有关要求
        各单位要提高认识，明确任务。
    """)
    assert [task.title for task in plan.tasks] == ["建设平台", "集聚人才"]


def test_a_name_of_5g_is_no_number() -> None:
    plan = read("""
        黔山市数字经济方案
        一、建设千兆城市。新建基站5000个。
        责任单位：市大数据局
        专栏1 重点工程
        1.千兆光网工程。新建端口2万个。
        2.5G工程。新建5G基站6000个。
        二、建设数据中心。上架率达到65%。
        责任单位：市发展改革委
    """)
    assert [task.title for task in plan.tasks] == ["建设千兆城市", "建设数据中心"]
    assert {f"{each.value}{each.unit}" for each in plan.indicators} >= {"2万个", "6000个"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高企数量翻一番、研发投入翻一番、技术交易额翻两番", ["2倍", "2倍", "4倍"]),
        ("实现“五个翻番”", []),
        ("研发平台由现有的46家增至80家", ["80家"]),
        ("抽检柴油车5000辆次", ["5000辆次"]),
        ("白酒产量达到40万千升", ["40万千升"]),
        ("力争为企业减负60亿元", ["60亿元"]),
        ("年销售旅游年卡30万张", ["30万张"]),
    ],
)
def test_more_targets(text: str, expected: list[str]) -> None:
    found = find_indicators(Passage(f"{text}。", in_aims=True, earliest=2023))
    assert [f"{each.value}{each.unit or ''}" for each in found] == expected
