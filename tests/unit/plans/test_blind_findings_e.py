"""Plans of other makes, fifth set: items assigned by number, assignments that run in, spoken numbers, lost stops."""

from planbook.plans.agency_names import split_agencies
from tests.unit.plans.plan_text import agencies, outline, read


def test_a_closing_sentence_assigns_the_items_that_it_numbers_and_no_others() -> None:
    plan = read("""
        江右省中医药发展任务分工
        一、健全服务体系
        1. 建设国家中医医学中心1个。
        2. 推动县级中医医院达到二级甲等水平。
        3. 社区卫生服务中心全部设置中医馆。
        第1项由省卫生健康委牵头，省财政厅配合；第2、3项由省中医药局牵头，各市县人民政府负责。
        二、提升产业水平
        4. 建设道地药材基地50万亩。
        5. 培育中成药品种5个。
        第4项由省农业农村厅、省林业局负责。第5项由省工业和信息化厅牵头，省药监局参与。
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "省卫生健康委 + 省财政厅 (explicit)",
        "省中医药局 + 各市县人民政府 (explicit)",
        "省中医药局 + 各市县人民政府 (explicit)",
        "省农业农村厅 + 省林业局 (presumed)",
        "省工业和信息化厅 + 省药监局 (explicit)",
    ]


def test_an_assignment_that_closes_the_last_sentence_of_an_article() -> None:
    plan = read("""
        白沙市审计整改实施细则
        第一条 完善项目前期管理 项目单位应当自收到报告之日起30日内完成核查，由市发改委牵头，市财政局配合。
        第二条 规范招标投标。严禁应招未招，由市公共资源交易中心负责。
        第三条 压实责任。项目建设由项目单位负责。
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "市发改委 + 市财政局 (explicit)",
        "市公共资源交易中心 (presumed)",
        " (none)",
    ]


def test_lost_stops_before_an_assignment_and_before_the_next_number_on_one_line() -> None:
    plan = read(
        "海棠市“无废城市”建设行动方案为贯彻落实国家部署，制定本方案。一、工作目标到2025年，利用率达到95%。"
        "二、主要任务（一）农业领域1、回收农膜。建成回收网点120个由市农业农村局牵头，市供销社配合（二）生活领域"
        "2、推行垃圾分类。覆盖率达到100%。由市城管局牵头，市住建局配合。"
        "三、保障措施（一）广泛宣传发动。由市委宣传部牵头，市融媒体中心配合。第 3 页 共 3 页"
    )
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "回收农膜 市农业农村局 + 市供销社 (explicit)",
        "推行垃圾分类 市城管局 + 市住建局 (explicit)",
        "广泛宣传发动 市委宣传部 + 市融媒体中心 (explicit)",
    ]


def test_spoken_numbers_belong_to_their_item_or_open_noted_points_without_becoming_titles() -> None:
    plan = read("""
        岐阳县乡村振兴有效衔接2023年工作方案
        一、动态监测方面
        一是健全监测机制。每季度排查一次。（责任单位：县乡村振兴局、各镇街）
        二是加强兜底保障。低保标准提高到6500元。（责任单位：县民政局）
        二、保障方面
        一是压实责任，二是严格考核，三是选树典型。（责任单位：县委农办）
    """)
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "健全监测机制 县乡村振兴局 + 各镇街 (presumed)",
        "加强兜底保障 县民政局 (presumed)",
        "保障方面 县委农办 (presumed)",
    ]


def test_bullets_that_share_one_note_stay_with_their_item_even_where_one_stands_alone() -> None:
    plan = read("""
        丰原区便民生活圈行动计划
        行动一、补齐网点短板行动
        ◆ 新建社区商业中心12个。
        ◆ 改造农贸市场5个。
        【牵头单位】区商务局
        【责任单位】区市场监管局、各街道
        行动二、提升智慧水平行动
        ◆ 上线小程序，入驻商户达到1000家。
        【牵头单位】区大数据中心
        【责任单位】区商务局
        行动三、强化支撑行动
        ◆ 落实租金减免。
        【牵头单位】区财政局
        【责任单位】区国资办
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "区商务局 + 区市场监管局、各街道 (explicit)",
        "区大数据中心 + 区商务局 (explicit)",
        "区财政局 + 区国资办 (explicit)",
    ]


def test_bullets_with_a_closing_assignment_each() -> None:
    plan = read("""
        临泉湖区生态环境分局2025年工作要点
        一、蓝天保卫战
        ■ 工业源治理 推进12家重点企业深度治理。大气科牵头，执法大队配合。
        ■ 扬尘治理 工地“六个百分百”达标率100%。大气科牵头，区住建局配合。
        二、碧水保卫战
        ■ 断面达标 国省考断面优良率100%。水生态科牵头，监测站配合。
    """)
    assert outline(plan) == [
        "一、蓝天保卫战 | — | 工业源治理",
        "一、蓝天保卫战 | — | 扬尘治理",
        "二、碧水保卫战 | — | 断面达标",
    ]


def test_sums_of_money_beside_the_agencies_and_starred_section_names() -> None:
    plan = read("""
        黔东县食用菌产业2023年重点任务
        ★任务目标：产值突破30亿元。
        ★重点任务：
        （1）菌种攻关：选育新品种2个以上。
        实施主体:县农业农村局，资金:350万元
        （2）利益联结：带动农户5000户以上。
        实施主体:县科技局、县供销社，总投资：20万元
        ★工作要求：每月25日前将进展情况报专班办公室。
    """)
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "菌种攻关 县农业农村局 (presumed)",
        "利益联结 县科技局 + 县供销社 (presumed)",
    ]


def test_a_label_before_the_title_and_the_year_of_the_document_number() -> None:
    plan = read("""
        关于落实重点工作分工的意见
        榕政办〔2022〕17号
        一、任务名称：低效用地整治
        目标：盘活低效用地1200亩。
        牵头部门：市自然资源局
        完成时限：6月底前
        二、任务名称：企业综合评价
        目标：评价覆盖率100%。
        牵头部门：市经信局
        完成时限：12月底前
    """)
    assert [task.title for task in plan.tasks] == ["低效用地整治", "企业综合评价"]
    assert [str(task.deadline) for task in plan.tasks] == ["2022-06-30", "2022-12-31"]


def test_numbered_fields_are_no_tasks() -> None:
    plan = read("""
        远安市夏季攻势行动任务清单
        一、蓝天类任务
        （一）餐饮油烟整治
        1、任务内容：安装油烟在线监测500套。
        2、牵头单位：市城管局
        3、责任单位：各区政府
        4、完成时限：2024年8月31日
        二、碧水类任务
        （二）入河排污口整治
        1、任务内容：整治排污口86个。
        2、牵头单位：市生态环境局
        3、责任单位：市水利局、市住建局
        4、完成时限：2024年10月31日
    """)
    assert outline(plan) == ["一、蓝天类任务 | （一） | 餐饮油烟整治", "二、碧水类任务 | （二） | 入河排污口整治"]
    assert [agencies(task) for task in plan.tasks] == [
        "市城管局 + 各区政府 (explicit)",
        "市生态环境局 + 市水利局、市住建局 (explicit)",
    ]
    assert [str(task.deadline) for task in plan.tasks] == ["2024-08-31", "2024-10-31"]


def test_divisions_behind_a_stop_and_two_issuers_parted_by_a_blank() -> None:
    plan = read("""
        省科学技术厅 省财政厅关于印发《普法工作计划》的通知
        普法工作计划
        一、聚焦重点对象
        1、领导干部。年度考试参考率100%。（普法与依法治理科、市委党校）
        2、村居干部。每村培育“法律明白人”3名。（基层科）
    """)
    assert plan.issuer == "省科学技术厅、省财政厅"
    assert [agencies(task) for task in plan.tasks] == [
        "普法与依法治理科 + 市委党校 (presumed)",
        "基层科 (presumed)",
    ]


def test_a_clause_of_force_that_a_page_ran_into_the_last_measure() -> None:
    plan = read("""
        关于推进低空经济发展的若干措施
        1.建设基础设施。建成通用机场20个。省发展改革委牵头，省交通运输厅配合。
        2.强化人才支撑。支持高校设置相关专业。省教育厅负责。本措施自2024年9月1日起施行，有效期3年。
    """)
    assert [task.title for task in plan.tasks] == ["建设基础设施", "强化人才支撑"]
    assert agencies(plan.tasks[1]) == "省教育厅 (presumed)"


def test_worded_numbers_that_count_through_below_bracketed_ones() -> None:
    plan = read("""
        宜南区数字孪生城市建设行动计划
        二、主要任务
        （一）夯实数字底座行动
        重点任务1：统一时空底图。建成三维模型。
        主要责任部门：区资规局。配合部门：区大数据局。
        重点任务2：物联感知体系。部署感知终端5万个。
        主要责任部门：区城管局。配合部门：区水务局。
        （二）场景应用示范行动
        重点任务3：智慧交通治理。平均车速提升8%。
        主要责任部门：区公安分局。配合部门：区交通局。
    """)
    assert outline(plan) == [
        "二、主要任务 > （一）夯实数字底座行动 | 重点任务1 | 统一时空底图",
        "二、主要任务 > （一）夯实数字底座行动 | 重点任务2 | 物联感知体系",
        "二、主要任务 > （二）场景应用示范行动 | 重点任务3 | 智慧交通治理",
    ]


def test_a_range_of_articles_bracketed_words_and_boxed_headings() -> None:
    plan = read("""
        青州湾市支持现代渔业高质量发展的措施
        一、支持深远海养殖。给予补助。
        二、支持种业创新。建设良种场2家。
        三、【精深加工】推动预制菜产业园建设，产值达到50亿元。
        以上第一条至第二条由市海洋发展局牵头落实；第三条由市工业和信息化局牵头，市海洋发展局配合。
        四、支持远洋渔业。更新改造渔船20艘。市财政局负责落实。
    """)
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "支持深远海养殖 市海洋发展局 (explicit)",
        "支持种业创新 市海洋发展局 (explicit)",
        "精深加工 市工业和信息化局 + 市海洋发展局 (explicit)",
        "支持远洋渔业 市财政局 (presumed)",
    ]


def test_a_lead_named_at_the_heading_with_helpers_named_at_the_items() -> None:
    plan = read("""
        省卫生健康委2022年重点工作责任分解
        一、疫情防控（牵头委领导：张某；牵头处室：疾控处）
        1.完善监测预警体系，设置哨点医院60家。
        2.加强疫苗接种，加强针接种率达到80%。
        二、医改（牵头委领导：李某；牵头处室：体改处）
        3.推广三明医改经验。（配合处室：医政处、药政处）
        4.建设国家区域医疗中心2个。（配合处室：规划处）
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "疾控处 (explicit)",
        "疾控处 (explicit)",
        "体改处 + 医政处、药政处 (explicit)",
        "体改处 + 规划处 (explicit)",
    ]


def test_a_complete_name_among_departments_takes_no_suffix() -> None:
    names = split_agencies("省教育厅、省红十字会、省档案馆、省社科规划、省地震局、省气象局")
    assert [each.name for each in names] == [
        "省教育厅", "省红十字会", "省档案馆", "省社科规划", "省地震局", "省气象局",
    ]  # fmt: skip
    assert [each.name for each in split_agencies("省科技、省教育厅")] == ["省科技厅", "省教育厅"]
