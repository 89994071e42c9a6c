"""Two small plans in the ledger, and the review table over them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from planbook.model.agency import Agency, Directory
from planbook.model.codes import CodeKind, make_code
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.model.review import ReviewChange, ReviewFinding
from planbook.outputs.review_comparison import compare_review
from planbook.outputs.review_reader import read_review
from planbook.outputs.review_rows import ReviewReading
from planbook.outputs.review_writer import write_review
from tests.unit.outputs.workbooks import read

OFFICE, WORKSPACE = "云川省人民政府办公厅", "workspace-1"

PLANS = (
    LedgerPlan(
        1,
        "云川省科技创新行动计划（2023—2025年）",
        "云川省人民政府",
        "云政发〔2023〕5号",
        date(2023, 1, 1),
        date(2025, 12, 31),
        None,
        "plan1.docx",
        "1" * 64,
    ),
    LedgerPlan(2, "青城市实施方案", None, None, None, None, "内部", "plan2.docx", "2" * 64),
)


def task_code(plan: int, item: int) -> str:
    return make_code(CodeKind.TASK, plan, item)


def indicator_code(plan: int, item: int) -> str:
    return make_code(CodeKind.INDICATOR, plan, item)


T1, T2, T3, T4 = task_code(1, 1), task_code(1, 2), task_code(1, 3), task_code(2, 1)
I1, I2, I3 = indicator_code(1, 1), indicator_code(1, 2), indicator_code(2, 1)

_TASK = LedgerTask(
    code=T1,
    plan_sequence=1,
    order=1,
    path=("二、重点任务", "（一）平台建设"),
    number="1",
    title="建设省实验室",
    body="支持高校、企业共建。\n——建成3家。",
    lead_agencies=("省科技厅",),
    supporting_agencies=("省财政厅", "各县（市、区）人民政府"),
    lead_basis=LeadBasis.PRESUMED,
    deadline=date(2024, 12, 31),
    kind=TaskKind.TASK,
    unit_note="（责任单位：省科技厅、省财政厅，各县（市、区）人民政府）",
    truncated=False,
    source_line=41,
    source_page=3,
    excerpt="1.建设省实验室。支持高校、企业共建。\n——建成3家。",
)
TASKS = (
    _TASK,
    replace(
        _TASK,
        code=T2,
        order=2,
        number="2",
        title="培育高新技术企业",
        body="=壮大企业群体",
        supporting_agencies=(),
        deadline=None,
    ),
    replace(
        _TASK,
        code=T3,
        order=3,
        path=("三、保障措施",),
        number=None,
        title="加强组织领导",
        lead_agencies=(),
        supporting_agencies=(),
        lead_basis=LeadBasis.NONE,
        kind=TaskKind.SAFEGUARD,
        deadline=None,
        unit_note=None,
        source_page=None,
    ),
    replace(
        _TASK, code=T4, plan_sequence=2, order=1, title="成果转化", lead_agencies=("市科技局",), supporting_agencies=()
    ),
)

_INDICATOR = LedgerIndicator(
    code=I1,
    plan_sequence=1,
    order=1,
    task_code=T2,
    name="高新技术企业数量",
    operator=Operator.AT_LEAST,
    value=Decimal("15000"),
    value_max=None,
    unit="家",
    by="2025",
    quote="高新技术企业达到15000家",
)
INDICATORS = (
    _INDICATOR,
    replace(
        _INDICATOR, code=I2, order=2, task_code=None, name="研发投入强度", operator=Operator.EQUAL,
        value=Decimal("2.90"), value_max=Decimal("3.1"), unit="%", by="2025-06-30", agencies=("省统计局",),
    ),
    replace(
        _INDICATOR, code=I3, plan_sequence=2, task_code=T4, name="技术合同成交额", value=Decimal("1.2"),
        unit="万亿元", by=None,
    ),
)  # fmt: skip

DIRECTORY = Directory(
    (
        Agency("省科技厅", ("省科学技术厅",), (), "张三", "027-8888", "kjt@yc.gov.cn", "省"),
        Agency("省财政厅", email="czt@yc.gov.cn"),
        Agency("省统计局"),
        Agency("各县（市、区）人民政府", is_group=True),
        Agency("东湖县人民政府", groups=("各县（市、区）人民政府",), phone="07158123456"),
        Agency("市科技局"),
    )
)

FINDINGS = (
    ReviewFinding(Finding.of("task_without_agency", code=T3, title="加强组织领导"), T3, 1),
    ReviewFinding(Finding.of("review_group_unlisted", group="各县"), None, 1),
)


def review_table(directory: Directory = DIRECTORY, tasks: tuple[LedgerTask, ...] = TASKS) -> bytes:
    return write_review(PLANS, tasks, INDICATORS, directory, FINDINGS, office=OFFICE, workspace_id=WORKSPACE)


@cache
def plain_table() -> bytes:
    """The review table over the sample as it stands."""
    return review_table()


def reading_of(content: bytes) -> ReviewReading:
    return read_review(read(content))


def changes_of(
    content: bytes, tasks: tuple[LedgerTask, ...] = TASKS, indicators: tuple[LedgerIndicator, ...] = INDICATORS
) -> ReviewChange:
    return compare_review(reading_of(content), PLANS, tasks, indicators, DIRECTORY, workspace_id=WORKSPACE)


def codes(change: ReviewChange | ReviewReading) -> list[str]:
    return [finding.code for finding in change.findings]
