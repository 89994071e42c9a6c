"""Plans as web pages leave them, and notes that hold more than agencies."""

from tests.unit.plans.plan_text import agencies, read


def test_links_to_attachments_below_a_plan_are_no_items() -> None:
    plan = read("""
        临江市推动低空经济发展行动方案
        一、重点任务
        （一）建设起降网络。建成起降点30个。（责任单位：市发展改革委）
        二、保障措施
        （一）强化保障。市财政安排专项资金。（责任单位：市财政局）
        （二）守牢底线。健全管理制度。（责任单位：市公安局）
        附件下载：
        1. 临江市推动低空经济发展行动方案.pdf
        相关文档
        一图读懂：临江市低空经济行动方案
    """)
    assert [task.title for task in plan.tasks] == ["建设起降网络", "强化保障", "守牢底线"]
    assert plan.tasks[-1].body == "健全管理制度。"


def test_the_signature_of_the_notice_around_a_plan_names_its_issuer() -> None:
    plan = read("""
        关于印发《南岭省促进民营经济发展行动计划》的通知
        南政发〔2023〕7号
        各市、州、县人民政府：
        现将《南岭省促进民营经济发展行动计划》印发给你们，请认真组织实施。
        南岭省人民政府
        2023年4月18日
        南岭省促进民营经济发展行动计划
        一、主要行动
        （一）畅通准入。完成专项整治。（责任单位：省发展改革委）
        （二）支持融资。降低费率。（责任单位：省财政厅）
    """)
    assert plan.issuer == "南岭省人民政府"


def test_one_agency_in_a_bracket_with_and_others() -> None:
    plan = read("""
        云泽市节能减排工作方案
        一、重点工程
        1．园区提升。建成示范园区。【市发展改革委牵头，市工业和信息化局等配合】
        2．公共机构提升。加快既有建筑改造。【市机关事务管理局等】
    """)
    assert [agencies(task) for task in plan.tasks][1] == "市机关事务管理局 (presumed)"
    assert plan.tasks[1].body == "加快既有建筑改造。"


def test_a_blank_alone_parts_a_labelled_note_from_the_next_number() -> None:
    plan = read(
        "雁山区改革行动计划 一、主要措施 （一）推进标准化。 1.统一清单。编制目录。责任单位：区行政审批局，各镇（街道） "
        "2.优化指南。压减材料。责任单位：区行政审批局牵头，区直各部门配合 3.推行通办。推出主题20个。责任单位：区人社局"
    )
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "统一清单 区行政审批局 + 各镇（街道） (presumed)",
        "优化指南 区行政审批局 + 区直各部门 (explicit)",
        "推行通办 区人社局 (presumed)",
    ]


def test_dates_within_a_note_are_deadlines_or_nothing_and_never_agencies() -> None:
    plan = read("""
        滨海新城产业倍增行动任务清单
        （一）产业倍增
        1、主导产业翻番。产值达到120亿元。（新城经发局；2026年12月）
        2、龙头企业引育。引进企业2家。（新城投促局牵头，经发局、财政局配合；每年12月底前报送进展）
        3、盘活用地。处置低效用地1500亩。（经发局、自然资源局；2025年底）
        4、中小企业培育。（经发局、科创局；持续推进）
    """)
    assert [(agencies(task), str(task.deadline)) for task in plan.tasks] == [
        ("新城经发局 (presumed)", "2026-12-31"),
        ("新城投促局 + 经发局、财政局 (explicit)", "None"),
        ("经发局 + 自然资源局 (presumed)", "2025-12-31"),
        ("经发局 + 科创局 (presumed)", "None"),
    ]


def test_a_note_behind_a_box_is_the_items_around_it() -> None:
    plan = read("""
        桐山市气象高质量发展实施意见
        一、主要任务
        （一）增强创新能力。加强攻关。（市科技局牵头）
        （二）加强基础能力。完善站网。
        专栏1 气象监测工程
        新建X波段天气雷达3部，布设监测站5个。
        【牵头单位：市气象局；责任单位：市发展改革委】
        （三）筑牢防线。健全机制。（市应急局牵头）
    """)
    assert [agencies(task) for task in plan.tasks][1] == "市气象局 + 市发展改革委 (explicit)"
    assert plan.tasks[1].body == "完善站网。"
    assert "X波段天气雷达" in [one.name for one in plan.indicators]


def test_what_a_bracket_within_a_note_says_is_of_its_own_agency_alone() -> None:
    plan = read("""
        湘南省创新行动计划
        一、重点任务
        （一）壮大企业。实施计划。［省工业和信息化厅、省国资委（省科技厅指导）、省税务局］
        （二）集聚人才。引进人才。（省委组织部、省科技厅）
    """)
    assert agencies(plan.tasks[0]) == "省工业和信息化厅 + 省国资委、省税务局、省科技厅 (presumed)"


def test_a_section_behind_a_note_of_offices_without_a_common_ending_on_one_line() -> None:
    plan = read(
        "铜城市科技服务业任务分解 一、完善平台 1.打造市场。建立制度。（市科技局） 2.建设平台。完善服务。"
        "（市金融办、人民银行铜城市中心支行；2025年底前） 二、组织保障 3．加强领导。建立联席会议。（市科技局）"
    )
    assert [(task.title, task.path) for task in plan.tasks] == [
        ("打造市场", ("一、完善平台",)),
        ("建设平台", ("一、完善平台",)),
        ("加强领导", ("二、组织保障",)),
    ]


def test_what_money_is_given_for_is_no_target_and_targets_without_a_subject_take_the_one_before() -> None:
    plan = read("""
        武陵市科技服务业行动方案（2024-2026年）
        一、主要目标
        技术合同成交额年均增长20%、突破1500亿元。全社会研发经费投入突破90亿元，占GDP比重超过3%。
        二、重点任务
        1.引进机构。每引进1家给予一次性奖励100万元，建设工业设计中心2O个。（市科技局）
        2.支持攻关。单个项目支持不低于200万元，设立1亿元科技成果转化基金。（市财政局）
    """)
    assert [f"{one.name} {one.value}{one.unit}" for one in plan.indicators] == [
        "技术合同成交额年均增长 20%",
        "技术合同成交额 1500亿元",
        "全社会研发经费投入 90亿元",
        "全社会研发经费投入占GDP比重 3%",
        "工业设计中心 20个",
        "科技成果转化基金 1亿元",
    ]
