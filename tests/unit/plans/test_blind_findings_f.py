"""Plans of other makes, sixth set: lost or unknown numbers, notes above items, assignments by number, contents."""

from planbook.plans.contents import drop_contents
from planbook.plans.extraction import extract_plan
from planbook.plans.mending import mend
from planbook.plans.segments import split_segments
from tests.unit.plans.plan_text import agencies, codes, document, outline, read


def test_brackets_number_the_items_that_a_closing_sentence_assigns() -> None:
    plan = read("""
        旺苍县优化营商环境若干措施
        一、重点任务
        （一）压减审批时限。完成流程再造。
        （二）规范中介服务。建立中介超市。
        （三）推行告知承诺。公布清单。
        （四）优化水电气报装。压减环节。
        上述（一）（二）（四）项由县行政审批局负责，（三）项由县司法局牵头，县发改局配合。
        二、组织保障
        （一）加强督查。定期通报。（责任单位：县政府督查室）
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "县行政审批局 (presumed)",
        "县行政审批局 (presumed)",
        "县司法局 + 县发改局 (explicit)",
        "县行政审批局 (presumed)",
        "县政府督查室 (presumed)",
    ]
    assert plan.tasks[3].body == "压减环节。"


def test_a_section_of_assignments_speaks_of_numbers_that_run_through_all_sections() -> None:
    plan = read("""
        旺苍县2024年重点工作方案
        一、产业发展
        1.建设工业园区。完成投资10亿元。
        2.发展特色农业。建设基地5万亩。
        二、民生改善
        3.新建学校。新建小学2所。
        4.改造老旧小区。改造20个小区。
        三、责任分工
        第1—2项由县发改局牵头，县经信局配合；第3项由县教育局负责；第4项责任单位为县住建局、县民政局。
    """)
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "建设工业园区 县发改局 + 县经信局 (explicit)",
        "发展特色农业 县发改局 + 县经信局 (explicit)",
        "新建学校 县教育局 (presumed)",
        "改造老旧小区 县住建局 + 县民政局 (presumed)",
    ]


def test_an_assignment_by_number_names_the_section_that_it_means() -> None:
    plan = read("""
        云川市质量提升若干措施
        一、质量提升
        （一）培育品牌。培育品牌20个。
        （二）提升标准。制定标准30项。
        二、服务提升
        （一）优化服务。建设站点5个。
        （二）开展培训。培训500人次。
        三、责任分工
        第一部分第（一）项由市市场监管局负责，第二部分第（一）、（二）项由市商务局牵头，市财政局配合。
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "市市场监管局 (presumed)",
        " (none)",
        "市商务局 + 市财政局 (explicit)",
        "市商务局 + 市财政局 (explicit)",
    ]


def test_the_sentence_that_assigns_may_stand_behind_the_last_item_and_its_note() -> None:
    plan = read("""
        丹阳州新型城镇化若干措施
        一、放宽落户条件。取消限制。（州公安局牵头，州人力资源和社会保障局配合）
        二、加大住房保障。筹集住房3000套。
        三、强化要素保障。新增贷款50亿元。（责任单位：州财政局）
        上述第二项由州住房和城乡建设局负责。
        本措施自2023年5月1日起施行。
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "州公安局 + 州人力资源和社会保障局 (explicit)",
        "州住房和城乡建设局 (presumed)",
        "州财政局 (presumed)",
    ]
    assert plan.tasks[1].unit_note == "第二项由州住房和城乡建设局负责"


def test_notes_on_lines_above_their_items() -> None:
    plan = read("""
        岚山区“两稳一保”攻坚行动方案
        一、稳工业
        〔牵头单位：区发改局；配合单位：区工信局〕
        1．抓项目建设。开工亿元以上项目40个。
        〔牵头单位：区工信局；配合单位：区税务局〕
        2．抓企业培育。净增规上企业30家。
        二、保民生
        〔牵头单位：区人社局；配合单位：区教体局〕
        1．保就业。城镇新增就业8000人。
        三、工作要求
        （一）强化调度。每月召开调度会。
    """)
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "抓项目建设 区发改局 + 区工信局 (explicit)",
        "抓企业培育 区工信局 + 区税务局 (explicit)",
        "保就业 区人社局 + 区教体局 (explicit)",
        "强化调度  (none)",
    ]


def test_lines_of_agencies_below_their_items_stay_with_them() -> None:
    plan = read("""
        桑河县商业体系建设方案
        一、重点任务
        1.建强商贸中心。升级改造商贸中心。
        【牵头单位：县商务局】
        2.改造集贸市场。改造12家。
        【牵头单位：县市场监管局】
        二、其他任务
        1.建设物流中心。推进共同配送。
        【牵头单位：县交通运输局】
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "县商务局 (explicit)",
        "县市场监管局 (explicit)",
        "县交通运输局 (explicit)",
    ]


def test_an_item_whose_number_was_lost_stands_by_itself() -> None:
    plan = read("""
        富阳湖区增值化改革方案
        一、改革任务
        （一）建设服务中心。设置专区。（牵头单位：区政务办）
        （二）建强线上平台。升级平台。（牵头单位：区大数据局）
        完善闭环机制。建立处置流程。（牵头单位：区信访局；配合单位：区司法局）
        （四）规范涉企检查。推行“综合查一次”。（牵头单位：区司法局）
    """)
    assert [f"{task.number or '—'} {task.title} {agencies(task)}" for task in plan.tasks] == [
        "（一） 建设服务中心 区政务办 (explicit)",
        "（二） 建强线上平台 区大数据局 (explicit)",
        "— 完善闭环机制 区信访局 + 区司法局 (explicit)",
        "（四） 规范涉企检查 区司法局 (explicit)",
    ]


def test_without_any_number_each_note_ends_one_item() -> None:
    plan = read("""
        玉门区老旧小区改造提升行动方案
        为推进改造，制定本方案。
        完善基础设施
        改造管网160公里。
        责任单位：区住建局牵头，区水务局配合
        补齐公共服务短板
        新建养老服务站20个。
        责任单位：区民政局牵头，区教育局配合
        健全治理机制
        推行党建引领。
        责任单位：区委组织部牵头，区住建局配合
    """)
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "完善基础设施 区住建局 + 区水务局 (explicit)",
        "补齐公共服务短板 区民政局 + 区教育局 (explicit)",
        "健全治理机制 区委组织部 + 区住建局 (explicit)",
    ]
    assert "items_by_notes" in codes(plan)


def test_marks_of_an_unknown_kind_are_no_part_of_the_title() -> None:
    plan = read("""
        玉门区老旧小区改造提升行动方案
        一、硬件提升
        A.改造管网。改造管网160公里。（区住建局牵头，区水务局配合）
        B.建设养老设施。新建服务站20个。（区民政局牵头，区教育局配合）
        二、软件提升
        A.健全机制。推行党建引领。（责任单位：区委组织部）
        B.培育社区组织。培育社会组织20家。（责任单位：区民政局）
    """)
    assert outline(plan) == [
        "一、硬件提升 | A | 改造管网",
        "一、硬件提升 | B | 建设养老设施",
        "二、软件提升 | A | 健全机制",
        "二、软件提升 | B | 培育社区组织",
    ]


def test_several_notes_of_one_numbered_item_stay_one_task() -> None:
    plan = read("""
        甲江市科技创新行动计划
        一、重点任务
        （一）建设创新平台。建设实验室。（责任单位：市科技局）
        支持企业建设技术中心。（责任单位：市工业和信息化局）
        引进研发机构。（责任单位：市教育局）
        （二）培育创新企业。培育企业。（责任单位：市商务局）
    """)
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "建设创新平台 市科技局 + 市工业和信息化局、市教育局 (presumed)",
        "培育创新企业 市商务局 (presumed)",
    ]


def test_a_line_that_closes_in_a_role_is_not_torn() -> None:
    plan = read("""
        玉门区老旧小区改造实施意见
        重点任务
        完善基础设施。改造管网160公里。责任单位：区住建局牵头，区水务局、国网玉门供电公司配合
        补齐公共服务短板。新建服务站20个。责任单位：区民政局牵头，区教育局、各街道办事处配合
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "区住建局 + 区水务局、国网玉门供电公司 (explicit)",
        "区民政局 + 区教育局、各街道办事处 (explicit)",
    ]


def test_contents_that_lead_to_page_numbers_with_the_title_behind_them() -> None:
    text = """
        目 录
        一、总体要求.................1
        二、重点任务.................2
        （一）增强碳汇能力.........2
        三、组织保障.................4
        云麓省推进林业碳汇发展工作方案
        为落实部署，制定本方案。
        一、总体要求
        森林覆盖率达到59%。
        二、重点任务
        （一）增强碳汇能力。造林200万亩。（省林业局牵头，省财政厅配合）
        三、组织保障
        （一）加强领导。建立机制。（省林业局负责）
    """
    kept = drop_contents(split_segments(mend(document(text)).paragraphs))
    assert [segment.text for segment in kept if "..." in segment.text] == []
    assert outline(extract_plan(document(text))) == [
        "二、重点任务 | （一） | 增强碳汇能力",
        "三、组织保障 | （一） | *加强领导",
    ]


def test_the_last_note_is_read_though_the_text_breaks_off_in_it() -> None:
    plan = read("""
        云麓省林业碳汇工作方案
        一、重点任务
        （一）开展国土绿化。造林200万亩。（省林业局牵头，省财政厅配合）
        （二）加强科技支撑。建设创新平台3个（省科技厅、省林业科学院按职责分
    """)
    assert agencies(plan.tasks[1]) == "省科技厅 + 省林业科学院 (presumed)"
    assert plan.tasks[1].body == "建设创新平台3个"
    assert plan.tasks[1].truncated


def test_the_notice_is_no_task_where_a_page_number_stands_before_it() -> None:
    plan = read(
        "平川市节能减排实施方案.docx由会员分享,可在线阅读。1、平川市人民政府关于印发平川市节能减排实施方案的通知平政发(2022)15号各县区人民政府:现将方案印发给你们。"
        "平川市节能减排实施方案为深入贯彻落实国家和省关于节能减排工作的决策部署,大力推动全市节能减排,促进经济社会发展全面绿色转型,"
        "助力实现碳达峰碳中和目标,结合本市实际,制定本方案。一、重点工程(一)改造传统产业。推进超低排放改造。(市工信局牵头)"
        "(二)推广绿色建筑。绿色建筑占比达到100%。(市住建局牵头)二、保障机制(一)强化责任。分解目标。(市发改委负责)"
    )
    assert [task.title for task in plan.tasks] == ["改造传统产业", "推广绿色建筑", "强化责任"]


def test_a_torn_bracket_still_numbers_its_item() -> None:
    plan = read("""
        文昌县人居环境整治方案
        一、工作任务
        （一）推进厕所革命。改厕3500户。(责任单位：县农业农村局)
        (二〉整治村容村貌。清理私搭乱建。(责任单位：县住建局)
    """)
    assert [task.title for task in plan.tasks] == ["推进厕所革命", "整治村容村貌"]


def test_the_documents_own_number_behind_its_title() -> None:
    plan = read("""
        云江市推进数字乡村建设若干措施（云政办规〔2024〕1号）
        下达日期：2024-03-05
        一、完善基础设施。6月底前新建基站800座。（责任单位：市通管办）
        二、发展智慧农业。建设数字农场5个。（责任单位：市农业农村局）
    """)
    assert (plan.title, plan.document_number) == ("云江市推进数字乡村建设若干措施", "云政办规〔2024〕1号")
    assert str(plan.tasks[0].deadline) == "2024-06-30"


def test_markdown_that_was_pasted_into_another_format() -> None:
    plan = read("""
        **甲江市人工智能应用行动方案**
        ## 一、总体目标
        到2025年，建成智能工厂20家。
        ## 二、重点任务
        **（一）建设平台。**建设算力平台2个。（责任单位：市工信局）
        **（二）培育企业。**培育企业20家。（责任单位：市科技局）
    """)
    assert plan.title == "甲江市人工智能应用行动方案"
    assert outline(plan) == ["二、重点任务 | （一） | 建设平台", "二、重点任务 | （二） | 培育企业"]
    assert plan.tasks[0].body == "建设算力平台2个。"


def test_a_blank_alone_parts_a_heading_from_a_short_text() -> None:
    plan = read("""
        甲江市人工智能应用行动方案
        一、重点任务
        （一）压实责任 层层抓落实
        （二）建设平台 建设平台2个（责任单位：市工信局）
        （三）拓展应用 推动场景落地。
    """)
    assert [(task.title, task.body) for task in plan.tasks] == [
        ("压实责任", "层层抓落实"),
        ("建设平台", "建设平台2个"),
        ("拓展应用", "推动场景落地。"),
    ]


def test_two_halves_of_one_heading_stay_together() -> None:
    plan = read("""
        云江市推进数字乡村建设若干措施
        一、完善数字基础设施。新建5G基站800座。（责任单位：市通管办）
        二、发展智慧农业 建设数字农场
        三、培育人才。培训500人次。（责任单位：市人社局）
    """)
    assert plan.tasks[1].title == "发展智慧农业 建设数字农场"


def test_a_section_of_safeguards_in_running_text_is_one_safeguard() -> None:
    plan = read("""
        甲江市人工智能应用行动方案
        一、重点任务
        （一）建设平台。建设算力平台2个。（责任单位：市工信局）
        二、保障措施
        加强统筹协调，形成工作合力。市财政局要安排专项资金，保障项目实施。市委宣传部要加强宣传。
    """)
    assert outline(plan) == ["一、重点任务 | （一） | 建设平台", " | 二 | *保障措施"]
    assert agencies(plan.tasks[1]) == " (none)"


def test_in_so_many_places_is_a_target() -> None:
    plan = read("""
        甲江市人工智能应用行动方案
        一、重点任务
        （一）拓展应用。在50个场景应用，在全市30个社区推广，在10家以上企业开展试点。按照5个方面要求落实。
        （二）建设平台。建设算力平台2个。（责任单位：市工信局）
    """)
    assert [f"{each.value}{each.unit}" for each in plan.indicators] == ["50个", "30个", "10家", "2个"]


def test_a_list_in_one_sentence_below_a_heading_is_one_item_with_its_note() -> None:
    plan = read("""
        定州湾新区“百日攻坚”行动方案
        一、攻坚任务
        （一）项目建设攻坚
        1.加快在建项目；
        2.推动签约项目落地；
        3.谋划储备项目120个。
        （责任领导：陈某某；牵头单位：新区发展改革局；配合单位：新区建设局）
        （二）营商环境攻坚
        1.推进集成改革；
        2.审批时限再压缩30%。
        （责任领导：周某；牵头单位：新区行政审批局）
    """)
    assert [f"{task.title} {agencies(task)}" for task in plan.tasks] == [
        "项目建设攻坚 新区发展改革局 + 新区建设局 (explicit)",
        "营商环境攻坚 新区行政审批局 (explicit)",
    ]
    assert plan.tasks[0].body.startswith("1.加快在建项目；")


def test_measures_that_end_in_stops_stay_tasks_under_one_note() -> None:
    plan = read("""
        定州湾新区“百日攻坚”行动方案
        一、攻坚任务
        （一）项目建设攻坚
        1.加快在建项目。倒排工期。
        2.推动签约项目。加快落地。
        （牵头单位：新区发展改革局）
        （二）营商环境攻坚
        1.推进集成改革。优化流程。
        2.压缩审批时限。再压缩30%。
        （牵头单位：新区行政审批局）
    """)
    assert [agencies(task) for task in plan.tasks] == [
        "新区发展改革局 (explicit)",
        "新区发展改革局 (explicit)",
        "新区行政审批局 (explicit)",
        "新区行政审批局 (explicit)",
    ]


def test_of_two_numbers_at_the_head_of_a_line_the_typed_one_counts() -> None:
    plan = read("""
        云阳市政务数据共享开放工作方案
        1. 一、工作目标
        归集数据50亿条。
        2. 二、重点任务
        （一）完善制度。出台细则3项。（责任单位：市数据局）
        （二）推进归集。编制目录。（责任单位：市直各部门）
    """)
    assert outline(plan) == ["二、重点任务 | （一） | 完善制度", "二、重点任务 | （二） | 推进归集"]


def test_findings_name_an_item_as_it_is_printed() -> None:
    plan = read("""
        云江市推进数字乡村建设若干措施
        一、完善基础设施。新建基站800座。
        二、发展智慧农业。建设数字农场5个。
    """)
    named = [dict(each.values)["task"] for each in plan.findings if each.code == "agencies_not_stated"]
    assert named == ["一、完善基础设施", "二、发展智慧农业"]
