"""The rows of 总台账.xlsx: what the period's ledger says, cell by cell, with where it came from."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from planbook.model.attainment import Attainment, attainment
from planbook.model.findings import Severity
from planbook.model.form import Role, Status
from planbook.model.ledger import (
    Assignment,
    IndicatorStanding,
    MissingAgency,
    PeriodLedger,
    ReceivedIndicator,
    TaskStanding,
)
from planbook.model.plan import Operator
from planbook.model.submission import TaskReport
from planbook.outputs import styles
from planbook.outputs.cell_text import china_time, plain_number
from planbook.outputs.master_notes import KeyedRow
from planbook.outputs.styles import Tint
from planbook.outputs.table_sheet import Cell, CellContent

_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.MORE_THAN: "＞",
    Operator.EQUAL: "",
    Operator.AT_MOST: "≤",
    Operator.LESS_THAN: "＜",
    Operator.ABOUT: "约",
}
_STATUS_TINTS = {
    Status.NOT_STARTED: Tint(ink="9B1C16"),
    Status.BEHIND: Tint(ink="9B1C16"),
    Status.DONE: Tint(ink="2F5E1E"),
}
_ATTAINMENT_TINTS = {
    Attainment.REACHED: Tint(ink="2F5E1E"),
    Attainment.BELOW: Tint(ink="9B1C16"),
    Attainment.SILENT: Tint(ink=styles.MUTED_INK),
}
_SILENT_TINT = Tint(ink=styles.MUTED_INK)
_UPWARD = (Operator.AT_LEAST, Operator.MORE_THAN, Operator.EQUAL)
_DOWNWARD = (Operator.AT_MOST, Operator.LESS_THAN)


def task_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each task: what its lead reports, how its co-units stand, its light."""
    for standing in ledger.tasks:
        task = standing.task
        leads = [one for one in standing.assignments if one.role is Role.LEAD]
        yield KeyedRow(
            task.code,
            "",
            [
                task.code,
                standing.plan.title,
                " / ".join(task.path),
                task.title,
                task.body,
                "、".join(task.lead_agencies),
                "、".join(task.supporting_agencies),
                task.deadline,
                standing.days_left,
                Cell(standing.light.light.label, styles.LIGHT_TINTS[standing.light.light]),
                standing.light.ground,
                _lead_status(leads),
                _of_leads(leads, lambda report: report.completion_percent),
                _of_leads(leads, lambda report: report.progress),
                _of_leads(leads, lambda report: report.problems),
                _of_leads(leads, lambda report: report.next_steps),
                _of_leads(leads, lambda report: report.expected_completion),
                _of_leads(leads, lambda report: report.extension_to),
                "\n".join(_state(one) for one in standing.assignments if one.role is Role.SUPPORT),
                "\n".join(_source(one) for one in leads if one.received),
            ],
        )


def _lead_status(leads: Sequence[Assignment]) -> Cell:
    if len(leads) != 1:
        return Cell("\n".join(_state(lead) for lead in leads))
    (lead,) = leads
    if lead.received is None:
        return Cell(_silence(lead), _SILENT_TINT)
    status = lead.received.report.status
    return Cell(status.value if status else "", _STATUS_TINTS.get(status) if status else None)


def _of_leads(
    leads: Sequence[Assignment], value: Callable[[TaskReport], Decimal | date | str | None]
) -> Decimal | date | str | None:
    """Return one lead's value as such; those of several as lines, texts with the agency, the rest in its order."""
    values = [(lead.agency, value(lead.received.report) if lead.received else None) for lead in leads]
    if len(values) == 1:
        return values[0][1]
    if any(isinstance(one, str) for _, one in values):
        return "\n".join(f"【{agency}】{one}" for agency, one in values if one)
    return "\n".join(_words(one) for _, one in values) if any(one is not None for _, one in values) else None


def _words(value: Decimal | date | str | None) -> str:
    if value is None:
        return "—"
    return f"{plain_number(value)}%" if isinstance(value, Decimal) else str(value)


def _silence(assignment: Assignment) -> str:
    return "未报送" if assignment.is_issued else "未下发"


def _state(assignment: Assignment) -> str:
    """Return how one agency stands, e.g. `省财政厅：达到序时（60%）`."""
    if assignment.received is None:
        return f"{assignment.agency}：{_silence(assignment)}"
    report = assignment.received.report
    status = report.status.value if report.status else "状态未填"
    percent = "" if report.completion_percent is None else f"（{plain_number(report.completion_percent)}%）"
    return f"{assignment.agency}：{status}{percent}"


def _source(assignment: Assignment) -> str:
    received = assignment.received
    return f"{received.file_name} / {received.report.sheet} / 第{received.report.row}行" if received else ""


def report_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each agency's part in each task, reported or not, by agency."""
    parts = [(standing, one) for standing in ledger.tasks for one in standing.assignments]
    order = list(dict.fromkeys(one.agency for _, one in parts))
    places = {agency: place for place, agency in enumerate(order)}
    for standing, one in sorted(parts, key=lambda part: places[part[1].agency]):
        yield KeyedRow(standing.task.code, one.agency, [*_part_cells(standing, one), *_report_cells(one)])


def _part_cells(standing: TaskStanding, one: Assignment) -> list[CellContent | Cell]:
    silence = Cell("已报", Tint(ink="2F5E1E")) if one.received else Cell(_silence(one), _SILENT_TINT)
    return [one.agency, standing.task.code, standing.task.title, standing.plan.title, one.role.value, silence]


def _report_cells(one: Assignment) -> list[CellContent | Cell]:
    received = one.received
    if received is None:
        return [None] * 18
    report = received.report
    status = Cell(report.status.value, _STATUS_TINTS.get(report.status)) if report.status else Cell(None)
    return [
        status,
        report.completion_percent,
        report.progress,
        report.problems,
        report.next_steps,
        report.expected_completion,
        report.extension_to,
        report.evidence,
        report.reporter,
        report.phone,
        report.reported_on,
        report.remarks,
        _pairs(report.raw),
        _pairs(report.extras),
        received.file_name,
        report.sheet,
        report.row,
        china_time(received.received_at),
    ]


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{name}：{text}" for name, text in pairs)


def indicator_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each indicator and agency that reports it; one without agency where nobody does."""
    for standing in ledger.indicators:
        received = {one.agency: one for one in standing.received}
        agencies = list(dict.fromkeys((*standing.agencies, *received))) or [""]
        for agency in agencies:
            yield KeyedRow(
                standing.indicator.code,
                agency,
                [*_target_cells(standing), agency, *_value_cells(standing, received.get(agency))],
            )


def _target_cells(standing: IndicatorStanding) -> list[CellContent | Cell]:
    indicator = standing.indicator
    return [
        indicator.code,
        indicator.task_code or "",
        standing.plan.title,
        indicator.name,
        target_in_words(standing),
        indicator.value,
        indicator.value_max,
        indicator.unit,
        indicator.by or "",
    ]


def target_in_words(standing: IndicatorStanding) -> str:
    """Return an indicator's target as people write it: `≥1200`, `3–5`."""
    indicator = standing.indicator
    value = plain_number(indicator.value)
    if indicator.value_max is not None:
        return f"{value}–{plain_number(indicator.value_max)}"
    return f"{_SIGNS[indicator.operator]}{value}"


def _value_cells(standing: IndicatorStanding, received: ReceivedIndicator | None) -> list[CellContent | Cell]:
    verdict = attainment(standing, received)
    judged = Cell(verdict.value, _ATTAINMENT_TINTS.get(verdict))
    if received is None:
        return [None, None, None, judged, None, None, None, None, None]
    report = received.report
    value, target, operator = report.value, standing.indicator.value, standing.indicator.operator
    share = gap = None
    if value is not None and operator in _UPWARD:
        share = (value * 100 / target).quantize(Decimal("0.1")) if target > 0 else None
        gap = max(target - value, Decimal(0))
    elif value is not None and operator in _DOWNWARD:
        gap = max(value - target, Decimal(0))
    source = f"{received.file_name} / {report.sheet} / 第{report.row}行"
    moment = china_time(received.received_at)
    remarks = "；".join(text for text in (report.remarks, _pairs(report.extras)) if text)
    return [value, share, gap, judged, report.raw, report.data_source, remarks, source, moment]


def missing_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each agency that has not returned its form."""
    for number, one in enumerate(ledger.missing, start=1):
        overdue = _overdue_days(one, ledger.cut_off)
        cells: list[CellContent | Cell] = [
            number,
            one.agency,
            one.tasks,
            one.lead_tasks,
            one.issued_on,
            one.due_on,
            Cell(overdue, Tint(ink="9B1C16", is_bold=True)) if overdue else overdue,
            one.contact,
            one.phone,
            one.email,
        ]
        yield KeyedRow("", one.agency, cells)


def _overdue_days(one: MissingAgency, cut_off: date) -> int | None:
    return max((cut_off - one.due_on).days, 0) if one.due_on else None


def finding_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each finding on a return, the gravest first, then what reaches no agency."""
    found = [(one.agency, one.file_name, one.finding) for one in ledger.findings]
    found += [("", "", finding) for finding in ledger.unassigned]
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    ordered = sorted(found, key=lambda one: ranks[one[2].severity])
    for number, (agency, file_name, finding) in enumerate(ordered, start=1):
        severity = finding.severity
        label = Cell(styles.SEVERITY_LABELS[severity], styles.SEVERITY_TINTS[severity])
        message = finding.message
        yield KeyedRow(message, agency, [number, label, agency, file_name, str(finding.location), message])
