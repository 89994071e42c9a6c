"""The sheets of 任务分解表.xlsx as values: what each cell shows, and in which colour."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from planbook.model.agency import Directory
from planbook.model.assignment import assign
from planbook.model.catalogue import CATALOGUE
from planbook.model.confidence import Confidence, confidence_in
from planbook.model.findings import NOWHERE, Finding, Location, Severity
from planbook.model.form import Role
from planbook.model.plan import LeadBasis
from planbook.outputs import review_layout as layout
from planbook.outputs import styles
from planbook.outputs.review_contents import ReviewContents
from planbook.outputs.review_layout import ReviewColumn
from planbook.outputs.review_rows import (
    ReviewAgencyRow,
    ReviewIndicatorRow,
    ReviewRow,
    ReviewTaskRow,
    in_words,
    shown_agency,
    shown_indicator,
    shown_task,
)
from planbook.outputs.styles import Align, Tint
from planbook.outputs.table_sheet import Cell, CellContent, TableColumn, TableSheet

_QUOTED: Final = frozenset({"excerpt", "unit_note", "quote"})
_CONFIDENCE_TINTS: Final = {
    Confidence.HIGH: styles.NEW,
    Confidence.MEDIUM: styles.WARNING_TINT,
    Confidence.LOW: styles.ERROR_TINT,
}
_TEXT_FIELDS: Final = frozenset({"number", "phone", "by", "code", "task_code"})


def _table_columns(sheet: str) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(
            column.header,
            column.width,
            column.align,
            tint=_column_tint(column),
            header_tint=styles.EDITABLE_HEADER if column.is_editable else styles.ISSUED_HEADER,
            # Telephone numbers and item numbers keep their zeros, and 1-2 does not turn into a date.
            number_format="@" if column.field in _TEXT_FIELDS else "General",
            is_elastic=column.is_elastic,
        )
        for column in layout.SHEET_COLUMNS[sheet]
    )


def _column_tint(column: ReviewColumn) -> Tint:
    if column.field in _QUOTED:
        return styles.QUOTED
    return styles.EDITABLE if column.is_editable else styles.ISSUED


def task_sheet(contents: ReviewContents) -> tuple[TableSheet, list[ReviewRow]]:
    """Return 任务分解, and its rows as reading them back untouched gives them."""
    rows: list[list[CellContent | Cell]] = []
    shown: list[ReviewRow] = []
    for task in contents.tasks:
        row = shown_task(task, contents.plans[task.plan_sequence].title)
        shown.append(row)
        findings = contents.hints.get(task.code, ())
        hint, tint = _hint(findings)
        confidence = confidence_in(task, findings)
        tints = {"code": tint, "hint": tint, "confidence": _CONFIDENCE_TINTS[confidence], **_doubtful_agencies(row)}
        if task.truncated:
            tints["body"] = styles.WARNING_TINT
        position = str(Location(page=task.source_page, line=task.source_line or None))
        values = {"hint": hint, "confidence": confidence, "position": position, "handling": layout.KEEP}
        rows.append(_cells(layout.TASK_COLUMNS, row, values, tints))
    remarks = ("浅黄表头的栏目可直接修改；红、黄、蓝底为需要核对之处，理由见“提示”栏。改完保存，再执行“确认任务”。",)
    sheet = TableSheet(
        layout.TASKS_SHEET, "重点任务分解表", remarks, _table_columns(layout.TASKS_SHEET), rows,
        frozen_columns=6, tab_colour="E9B93C",
    )  # fmt: skip
    return sheet, shown


def _doubtful_agencies(row: ReviewTaskRow) -> dict[str, Tint]:
    if row.leads and row.basis is LeadBasis.PRESUMED:
        return {"leads": styles.WARNING_TINT, "basis": styles.WARNING_TINT}
    if not row.leads and not row.supports:
        return dict.fromkeys(("leads", "supports", "basis"), styles.MISSING)
    if not row.leads:
        return dict.fromkeys(("leads", "basis"), styles.WARNING_TINT)
    return {}


def indicator_sheet(contents: ReviewContents) -> tuple[TableSheet, list[ReviewRow]]:
    """Return 指标 likewise."""
    rows: list[list[CellContent | Cell]] = []
    shown: list[ReviewRow] = []
    for indicator in contents.indicators:
        row = shown_indicator(indicator, contents.plans[indicator.plan_sequence].title)
        shown.append(row)
        hint, tint = _hint(contents.hints.get(indicator.code, ()))
        tints = {"code": tint, "hint": tint}
        rows.append(_cells(layout.INDICATOR_COLUMNS, row, {"hint": hint, "handling": layout.KEEP}, tints))
    remarks = ("方案总体目标不属于某项任务，“任务编号”留空；“报送单位”留空的，由所属任务的牵头单位报送。",)
    sheet = TableSheet(
        layout.INDICATORS_SHEET, "指标表", remarks, _table_columns(layout.INDICATORS_SHEET), rows,
        frozen_columns=4, tab_colour="6FAE5A",
    )  # fmt: skip
    return sheet, shown


def agency_sheet(contents: ReviewContents) -> tuple[TableSheet, list[ReviewRow]]:
    """Return 单位 likewise, but of the rows only those that the directory already has."""
    rows: list[list[CellContent | Cell]] = []
    shown: list[ReviewRow] = []
    counts = Counter(
        (part.agency.name, part.role)
        for part in assign(contents.tasks, contents.indicators, contents.directory).parts
    )  # fmt: skip
    for agency in contents.directory.agencies:
        row = shown_agency(agency)
        is_listed = agency.name not in contents.unlisted
        if is_listed:
            shown.append(row)
        hints, tints = _agency_hints(row, contents.directory, is_listed=is_listed)
        if near := contents.agency_hints.get(agency.name):
            text, tints["hint"] = _hint(near)
            tints["name"] = tints["hint"]
            hints = "\n".join(part for part in (text, hints) if part)
        values: dict[str, CellContent] = {
            "hint": hints,
            "lead_count": None if agency.is_group else counts[(agency.name, Role.LEAD)],
            "support_count": None if agency.is_group else counts[(agency.name, Role.SUPPORT)],
        }
        rows.append(_cells(layout.AGENCY_COLUMNS, row, values, tints))
    remarks = ("同一单位的不同写法填入“简称/别名”；单位组在各成员的“单位组”中填写组名，即可按成员下发。",)
    sheet = TableSheet(
        layout.AGENCIES_SHEET, "单位名录", remarks, _table_columns(layout.AGENCIES_SHEET), rows,
        frozen_columns=1, tab_colour="4F8FCB",
    )  # fmt: skip
    return sheet, shown


def _agency_hints(row: ReviewAgencyRow, directory: Directory, *, is_listed: bool) -> tuple[str, dict[str, Tint]]:
    hints: list[str] = []
    tints: dict[str, Tint] = {}
    if not is_listed:
        hints.append("新出现的单位，请核对名称。")
        tints["name"] = styles.NEW
    if row.is_group and not directory.members(row.name):
        hints.append("单位组还没有成员，下发时会被略过。")
        tints["is_group"] = tints["hint"] = styles.WARNING_TINT
    if not row.is_group and not row.email:
        hints.append("未填邮箱。")
        tints["email"] = styles.NOTE_TINT
    return "".join(hints), tints


def findings_sheet(contents: ReviewContents) -> TableSheet:
    """Return 提示: every finding, the gravest first."""
    columns = (
        TableColumn("序号", 7, Align.CENTRE),
        TableColumn("级别", 8, Align.CENTRE),
        TableColumn("来源方案", 36),
        TableColumn("编号", 11, Align.CENTRE),
        TableColumn("名称", 32),
        TableColumn("位置", 16, Align.CENTRE),
        TableColumn("提示", 84),
    )
    names = {task.code: task.title for task in contents.tasks}
    names |= {indicator.code: indicator.name for indicator in contents.indicators}
    rows: list[list[CellContent | Cell]] = []
    ordered = sorted(contents.findings, key=lambda one: list(Severity).index(one.finding.severity))
    for number, one in enumerate(ordered, start=1):
        severity = one.finding.severity
        plan = contents.plans.get(one.plan_sequence or _plan_of(one.code))
        rows.append(
            [
                number,
                Cell(styles.SEVERITY_LABELS[severity], styles.SEVERITY_TINTS[severity]),
                plan.title if plan else "",
                one.code or "",
                one.agency or names.get(one.code or "", ""),
                str(one.finding.location),
                _wording(one.finding),
            ]
        )
    remarks = ("读取方案时发现的、需要人工核对的问题；改动请在“任务分解”“指标”“单位”表中进行。",)
    return TableSheet(layout.FINDINGS_SHEET, "提示汇总", remarks, columns, rows, paper="A4", tab_colour="C8453B")


def _plan_of(code: str | None) -> int:
    number = (code or "").partition("-")[0][1:]
    return int(number) if number.isdecimal() else 0


def _hint(findings: Sequence[Finding]) -> tuple[str, Tint]:
    if not findings:
        return "", styles.ISSUED
    worst = min((finding.severity for finding in findings), key=list(Severity).index)
    return "\n".join(_wording(finding) for finding in findings), styles.SEVERITY_TINTS[worst]


def _wording(finding: Finding) -> str:
    return CATALOGUE[finding.code].render(NOWHERE, dict(finding.values))


def _cells(
    columns: Sequence[ReviewColumn], row: ReviewRow, values: Mapping[str, CellContent], tints: Mapping[str, Tint]
) -> list[CellContent | Cell]:
    return [
        Cell(
            values[column.field] if column.field in values else _content(row, column.field),
            tints.get(column.field),
        )
        for column in columns
    ]


def _content(row: ReviewRow, field: str) -> CellContent:
    """Return a row's value as its cell holds it: numbers and dates as such, everything else in words."""
    value = getattr(row, field)
    is_number = isinstance(row, ReviewIndicatorRow) and field in ("value", "value_max")
    return value if is_number or field == "deadline" else in_words(value)
