"""Small plans, forms and submissions for the ledger's tests; what a test does not name is of no concern to it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from planbook.ledger.records import FormFile, Run
from planbook.ledger.store import Ledger
from planbook.model.agency import Agency, Directory
from planbook.model.findings import Finding
from planbook.model.form import Form, FormIndicator, FormTask, Role, Status
from planbook.model.ledger import LedgerIndicator, LedgerTask
from planbook.model.period import Period
from planbook.model.plan import Indicator, LeadBasis, Operator, Plan, PlanTask, SourcePosition, TaskKind
from planbook.model.review import ReviewChange
from planbook.model.submission import Anchor, IndicatorReport, Submission, TaskReport

Q1, Q2 = Period.parse("2024Q1"), Period.parse("2024Q2")
SCIENCE, FINANCE = "省科技厅", "省财政厅"


def at(day: int, hour: int = 9, month: int = 4) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=UTC)


def run(command: str = "consolidate") -> Run:
    return Run(command, "王科员", at(1), period=Q1)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def plan_task(title: str) -> PlanTask:
    return PlanTask(
        path=("二、重点任务", "（一）平台"),
        number="1",
        title=title,
        body=f"{title}，确保见效。",
        lead_agencies=(SCIENCE,),
        supporting_agencies=(FINANCE,),
        lead_basis=LeadBasis.EXPLICIT,
        deadline=date(2024, 12, 31),
        kind=TaskKind.TASK,
        unit_note="牵头单位：省科技厅；配合单位：省财政厅",
        truncated=False,
        source=SourcePosition(41, 3),
        excerpt=f"1.{title}，确保见效。",
    )


def plan(title: str = "科技创新行动计划", tasks: int = 3) -> Plan:
    indicator = Indicator(
        name="技术合同成交额",
        operator=Operator.AT_LEAST,
        value=Decimal("1.20"),
        value_max=None,
        unit="万亿元",
        by="2025",
        quote="技术合同成交额达到1.20万亿元",
        task=0,
    )
    return Plan(
        title=title,
        issuer="省人民政府办公厅",
        document_number="鄂政办发〔2023〕11号",
        period_start=date(2023, 1, 1),
        period_end=None,
        classification=None,
        tasks=tuple(plan_task(f"任务{number}") for number in range(1, tasks + 1)),
        indicators=(indicator, replace(indicator, name="研发经费投入强度", value_max=Decimal(3), task=None)),
        findings=(),
        public=True,
    )


def add_plan(ledger: Ledger, title: str = "科技创新行动计划", tasks: int = 3) -> tuple[LedgerTask, ...]:
    return ledger.plans.add(
        run("import"), plan(title, tasks), file_name=f"{title}.docx", file_sha256=digest(title), imported_at=at(1)
    ).tasks


def review(
    *,
    updated: Sequence[LedgerTask] = (),
    added: Sequence[LedgerTask] = (),
    retired: Sequence[str] = (),
    updated_indicators: Sequence[LedgerIndicator] = (),
    added_indicators: Sequence[LedgerIndicator] = (),
    retired_indicators: Sequence[str] = (),
    agencies: Sequence[Agency] = (),
    findings: Sequence[Finding] = (),
) -> ReviewChange:
    return ReviewChange(
        updated_tasks=tuple(updated),
        added_tasks=tuple(added),
        retired_codes=tuple(retired),
        updated_indicators=tuple(updated_indicators),
        added_indicators=tuple(added_indicators),
        retired_indicator_codes=tuple(retired_indicators),
        directory=Directory(tuple(agencies)),
        changes=(),
        findings=tuple(findings),
    )


_ids = count(1)


def form(
    ledger: Ledger,
    agency: str = SCIENCE,
    period: Period = Q1,
    *,
    tasks: Sequence[LedgerTask] = (),
    indicators: Sequence[str] = (),
    role: Role = Role.LEAD,
    issued_at: datetime | None = None,
) -> Form:
    """Issue a form and return it."""
    rows = [
        FormTask(task.code, "计划", "二、重点任务", task.title, task.body, role, (SCIENCE,), (), task.deadline)
        for task in tasks
    ]
    values = [FormIndicator(code, "", "技术合同成交额", "≥1.20", "万亿元", "2025") for code in indicators]
    issued = Form(
        form_id=f"{next(_ids):032x}",
        workspace_id=ledger.workspace_id,
        agency=agency,
        period=period,
        version=ledger.forms.next_version(agency, period),
        issued_on=date(2024, 4, 1),
        due_on=date(2024, 4, 10),
        office="省政府督查室",
        contact="李主任 027-12345678",
        tasks=tuple(rows),
        indicators=tuple(values),
    )
    path = f"forms/{period}/{period}_{agency}_责任清单.xlsx"
    ledger.forms.record(run("issue"), [FormFile(issued, path, digest(issued.form_id), issued_at or at(1))])
    return issued


def task_report(code: str, progress: str = "按计划推进", percent: str | None = "85.0", row: int = 5) -> TaskReport:
    return TaskReport(
        task_code=code,
        role=Role.LEAD,
        status=Status.ON_SCHEDULE,
        completion_percent=None if percent is None else Decimal(percent),
        progress=progress,
        problems="",
        next_steps="继续\n推进",
        expected_completion=date(2024, 12, 1),
        extension_to=None,
        evidence="附件1",
        reporter="张三",
        phone="027-87654321",
        reported_on=date(2024, 4, 3),
        remarks="",
        sheet="责任清单",
        row=row,
        raw=(("完成进度", "百分之八十五"),),
        extras=(("本地栏", "甲"), ("本地栏", "乙")),
    )


def indicator_report(code: str, value: str | None = "0.10") -> IndicatorReport:
    return IndicatorReport(
        indicator_code=code,
        value=None if value is None else Decimal(value),
        raw=f"约{value}",
        data_source="统计局",
        remarks="",
        sheet="指标进度",
        row=4,
    )


def submission(
    answered: Form,
    *,
    file: str = "回表.xlsx",
    saved_at: datetime | None = None,
    received_at: datetime | None = None,
    progress: str = "按计划推进",
    findings: Sequence[Finding] = (),
    task_reports: Sequence[TaskReport] | None = None,
) -> Submission:
    """A return that answers every row of `answered`; `file` stands for its name and bytes."""
    reports = [task_report(task.code, progress, row=row) for row, task in enumerate(answered.tasks, start=5)]
    return Submission(
        form_id=answered.form_id,
        file_sha256=digest(file),
        file_name=file,
        anchor=Anchor.MANIFEST,
        saved_at=saved_at,
        received_at=received_at or at(8),
        task_reports=tuple(reports if task_reports is None else task_reports),
        indicator_reports=tuple(indicator_report(indicator.code) for indicator in answered.indicators),
        findings=tuple(findings),
    )
