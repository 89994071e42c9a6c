"""Whole little plans, one for each style of outline: which items are tasks, where they stand, and who does them."""

import pytest

from planbook.model.plan import Plan
from planbook.plans.document import Document, TextLine
from planbook.plans.extraction import extract_plan

TITLE = "云溪省营商环境优化行动方案"

# Left the plan, right its tasks: path > number title | agencies.
STYLES = {
    "articles below chapters; general provisions are no tasks": (
        """第一章 总则
        第一条 为巩固成果，制定本方案。
        第二条 到2025年，覆盖率达到70%。
        第二章 产业发展
        第三条 提升特色产业。新建果园3万亩。〔市农业农村局负责〕
        第四条 完善冷链物流。建设冷库150座。〔市商务局负责〕
        第三章 附则
        第五条 本方案自2022年6月1日起施行，有效期3年。""",
        """第二章 产业发展 > 第三条 提升特色产业 | 市农业农村局
        第二章 产业发展 > 第四条 完善冷链物流 | 市商务局""",
    ),
    "sections below a Han number": (
        """一、主要目标
        到2025年，贷款余额达到1万亿元。
        二、主要任务
        第一节 完善体系
        1. 培育机构
        支持设立专营机构。
        【责任单位：省财政厅】
        第二节 创新产品
        1. 发展保险
        扩大保险覆盖面。
        【责任单位：省林业局】""",
        """二、主要任务 > 第一节 完善体系 > 1 培育机构 | 省财政厅
        二、主要任务 > 第二节 创新产品 > 1 发展保险 | 省林业局""",
    ),
    "a contents list in front": (
        """目 录
        一、总体要求……1
        二、主要任务……2
        （一）开展教育行动……2
        三、工作要求……6
        一、总体要求
        坚持人民至上。
        二、主要任务
        （一）开展教育行动。对企业负责人轮训一遍。责任单位：县应急局。
        （二）开展清零行动。每季度排查隐患。责任单位：县安委会各成员单位。
        三、工作要求
        （一）加强领导。统筹协调。""",
        """二、主要任务 > （一） 开展教育行动 | 县应急局
        二、主要任务 > （二） 开展清零行动 | 县安委会各成员单位
        三、工作要求 > （一） 加强领导 |""",
    ),
    "contents whose headings run in to their text": (
        """目 录
        一、扩大供给
        二、规范服务
        一、扩大供给。新建机构八所。（市民政局负责）
        二、规范服务。制定标准。（市民政局负责）""",
        """一 扩大供给 | 市民政局
        二 规范服务 | 市民政局""",
    ),
    "aims named 目标任务": (
        """一、目标任务
        到2025年，床位达到45张。
        二、重点工作
        1.新建机构。每县一所。（市民政局负责）
        2.培训人员。每年一次。（市人社局负责）""",
        """二、重点工作 > 1 新建机构 | 市民政局
        二、重点工作 > 2 培训人员 | 市人社局""",
    ),
    "a note at the end covers all items above": (
        """一、重点任务
        （一）健全制度
        ①建立清单。制定服务清单。
        ②开展评估。评估结果互认。
        （以上任务由市民政局牵头，市财政局配合）
        （二）扩大供给
        ①建设中心。每县一所。（市民政局负责）""",
        """一、重点任务 > （一）健全制度 > ① 建立清单 | 市民政局 市财政局
        一、重点任务 > （一）健全制度 > ② 开展评估 | 市民政局 市财政局
        一、重点任务 > （二）扩大供给 > ① 建设中心 | 市民政局""",
    ),
    "a scan that made points of full stops": (
        """一、整治内容
        (一)整治村容.拆除残垣断壁，清理河道。（镇执法队负责）
        (二)建设庭院.评选最美庭院。（镇妇联负责）""",
        """一、整治内容 > (一) 整治村容 | 镇执法队
        一、整治内容 > (二) 建设庭院 | 镇妇联""",
    ),
    "an annexed list of names gives no tasks": (
        """一、重点任务
        （一）改造灌区。完善渠系。（县水利局负责）
        （二）扩建仓库。增加仓容。（县粮食局负责）
        附件
        重点项目清单
        1.东干渠灌区改造项目
        2.粮食储备库扩建项目""",
        """一、重点任务 > （一） 改造灌区 | 县水利局
        一、重点任务 > （二） 扩建仓库 | 县粮食局""",
    ),
    "paragraphs with a heading and a note each, below a bare heading": (
        """一、任务分工
        （一）市容环境行动
        整治占道经营。规范疏导区十处。牵头单位：区城管局。责任单位：各街道办事处。
        清洗城市家具。每周清洗公交站亭。牵头单位：区环卫中心。责任单位：区公交公司。
        （二）农贸市场行动
        规范活禽交易。建立巡查机制。（区市场监管局牵头，区农业农村局配合）
        改造农贸市场。完善基础设施。（区商务局牵头）""",
        """一、任务分工 > （一）市容环境行动 > None 整治占道经营 | 区城管局 各街道办事处
        一、任务分工 > （一）市容环境行动 > None 清洗城市家具 | 区环卫中心 区公交公司
        一、任务分工 > （二）农贸市场行动 > None 规范活禽交易 | 区市场监管局 区农业农村局
        一、任务分工 > （二）农贸市场行动 > None 改造农贸市场 | 区商务局""",
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_style(style: str) -> None:
    text, expected = STYLES[style]
    plan = _extract(f"{TITLE}\n{text}")
    assert _shown(plan) == [line.strip() for line in expected.splitlines()]


def test_one_line() -> None:
    text = (
        "一、深化治理（一）治理工业污染。搬迁化工企业。（市经信局负责）（二）治理港口污染。建设岸电。（市交通运输局负责）"
        "二、修复生态（一）保护湿地。新增湿地公园。（市林业局负责）"
    )
    plan = _extract(TITLE + text)
    assert plan.title == TITLE
    assert _shown(plan) == [
        "一、深化治理 > （一） 治理工业污染 | 市经信局",
        "一、深化治理 > （二） 治理港口污染 | 市交通运输局",
        "二、修复生态 > （一） 保护湿地 | 市林业局",
    ]


@pytest.mark.parametrize(
    ("mark", "classification"), [("★内部", "内部"), ("机密★5年", "机密"), ("秘密", "秘密"), ("特急", None)]
)
def test_mark_above_the_notice(mark: str, classification: str | None) -> None:
    plan = _extract(
        f"临浦县安全生产委员会文件\n{mark}\n临安委〔2024〕3号\n临浦县安全生产委员会关于印发《{TITLE}》的通知\n"
        f"各乡镇人民政府：\n请认真落实。\n{TITLE}\n一、重点任务\n（一）改造灌区。完善渠系。（县水利局负责）"
    )
    assert (plan.classification, plan.issuer, plan.document_number, plan.title) == (
        classification,
        "临浦县安全生产委员会",
        "临安委〔2024〕3号",
        TITLE,
    )


def _extract(text: str) -> Plan:
    lines = (TextLine(line.strip(), number) for number, line in enumerate(text.splitlines(), start=1))
    return extract_plan(Document("plan.txt", tuple(lines)))


def _shown(plan: Plan) -> list[str]:
    return [
        f"{' > '.join([*task.path, f'{task.number} {task.title}'])} | "
        f"{' '.join([*task.lead_agencies, *task.supporting_agencies])}".strip()
        for task in plan.tasks
    ]
