"""The rows of 总台账.xlsx: what the period's ledger says, cell by cell, with where it came from."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from planbook.model.attainment import attainment
from planbook.model.decisions import Decision
from planbook.model.form import Role, Status
from planbook.model.ledger import (
    Assignment,
    IndicatorStanding,
    PeriodLedger,
    ReceivedIndicator,
    TaskStanding,
)
from planbook.model.lights import LightReading
from planbook.model.plan import Operator
from planbook.model.submission import TaskReport
from planbook.outputs import styles
from planbook.outputs.cell_text import china_time, plain_number
from planbook.outputs.master_notes import KeyedRow
from planbook.outputs.master_tints import ATTAINMENT_TINTS, REPORTED, SILENT, STATE_TINTS, STATUS_TINTS
from planbook.outputs.table_sheet import Cell, CellContent

_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.MORE_THAN: "＞",
    Operator.EQUAL: "",
    Operator.AT_MOST: "≤",
    Operator.LESS_THAN: "＜",
    Operator.ABOUT: "约",
}
_STATUSES = {status: Cell(status.value, STATUS_TINTS.get(status)) for status in Status}
_LIGHTS = {light: Cell(light.label, tint) for light, tint in styles.LIGHT_TINTS.items()}
_UPWARD = (Operator.AT_LEAST, Operator.MORE_THAN, Operator.EQUAL)
_DOWNWARD = (Operator.AT_MOST, Operator.LESS_THAN)
_REPORTED = Cell("已报", REPORTED)


def task_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each task."""
    return map(task_row, ledger.tasks)


def task_row(standing: TaskStanding) -> KeyedRow:
    """Return a task's row: what its leads report, how its co-units stand, its light, what was decided on it."""
    task, deadline = standing.task, standing.deadline
    leads = [one for one in standing.assignments if one.role is Role.LEAD]
    supporting = [one for one in standing.assignments if one.role is Role.SUPPORT]
    cells: list[CellContent | Cell] = [
        task.code,
        standing.plan.title,
        " / ".join(task.path),
        task.title,
        _names(task.lead_agencies, leads),
        _names(task.supporting_agencies, supporting),
        deadline.effective or task.deadline,
        standing.days_left,
        light_cell(standing.light),
        _lead_status(standing, leads),
        _of_leads(leads, lambda report: report.completion_percent),
        _gain(standing.completion_percent, standing.previous.completion_percent if standing.previous else None),
        _of_leads(leads, lambda report: report.progress),
        _of_leads(leads, lambda report: report.problems),
        _of_leads(leads, lambda report: report.next_steps),
        Cell(standing.closure.state.value, STATE_TINTS.get(standing.closure.state)),
        "\n".join(_decided(one) for one in standing.decisions),
        standing.light.ground,
        light_cell(standing.previous.light) if standing.previous else None,
        deadline.original if deadline.extensions else None,
        deadline.extensions or None,
        _of_leads(leads, lambda report: report.expected_completion),
        _of_leads(leads, lambda report: report.extension_to),
        task.body,
        "\n".join(_state(standing, one) for one in supporting),
        "\n".join(_source(one) for one in leads if one.received),
        "\n".join(_archived(one.received.file_sha256) for one in leads if one.received),
    ]
    return KeyedRow(task.code, "", cells)


def _names(planned: Sequence[str], parts: Sequence[Assignment]) -> str:
    """Return who has that part: the agencies as they stand in the period, else the plan's own words."""
    return "、".join(one.agency for one in parts) or "、".join(planned)


def light_cell(light: LightReading) -> Cell:
    """Return a light as a coloured cell."""
    return _LIGHTS[light.light]


def _gain(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return now - before if now is not None and before is not None else None


def _decided(one: Decision) -> str:
    """Return one decision in words: `2024-04-08 延期 2024-06-30→2024-09-30：用地批复晚（核查人张三；佐证…）`."""
    days = f"{one.from_date}→{one.to_date}" if one.to_date else ""
    agencies = "→".join(name for name in (one.agency, one.to_agency) if name)
    what = " ".join(part for part in (str(one.decided_on), one.kind.value, days, agencies) if part)
    marks = [f"{name}{text}" for name, text in (("核查人", one.checker), ("佐证：", one.evidence)) if text]
    reason = f"：{one.reason}" if one.reason else ""
    return what + reason + (f"（{'；'.join(marks)}）" if marks else "")


def _archived(sha256: str) -> str:
    """Return where a return is kept, as a path to be seen, not followed: a link would be somebody's to bend."""
    return f"archive/{sha256[:2]}/{sha256}" if sha256 else ""


def _lead_status(standing: TaskStanding, leads: Sequence[Assignment]) -> Cell:
    if len(leads) != 1:
        return Cell("\n".join(_state(standing, lead) for lead in leads))
    (lead,) = leads
    if lead.received is None:
        return Cell(_silence(standing, lead), SILENT)
    status = lead.received.report.status
    return Cell(status.value if status else "", STATUS_TINTS.get(status) if status else None)


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


def _silence(standing: TaskStanding, assignment: Assignment) -> str:
    if standing.closure.rests and not assignment.is_issued:
        return "不需报送"
    return "未报送" if assignment.is_issued else "未下发"


def _state(standing: TaskStanding, assignment: Assignment) -> str:
    """Return how one agency stands, e.g. `省财政厅：达到序时（60%）`."""
    if assignment.received is None:
        return f"{assignment.agency}：{_silence(standing, assignment)}"
    report = assignment.received.report
    status = report.status.value if report.status else "状态未填"
    percent = "" if report.completion_percent is None else f"（{plain_number(report.completion_percent)}%）"
    return f"{assignment.agency}：{status}{percent}"


def _source(assignment: Assignment) -> str:
    received = assignment.received
    if received is None or not received.file_name:
        return ""
    return f"{received.file_name} / {received.report.sheet} / 第{received.report.row}行"


def report_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each agency's part in each task, reported or not, task by task."""
    for standing in ledger.tasks:
        yield from part_rows(standing)


def part_rows(standing: TaskStanding) -> Iterator[KeyedRow]:
    """Yield a row for each agency's part in a task, reported or not."""
    for one in standing.assignments:
        yield KeyedRow(standing.task.code, one.agency, [*_part_cells(standing, one), *_report_cells(standing, one)])


def _part_cells(standing: TaskStanding, one: Assignment) -> list[CellContent | Cell]:
    silence = _REPORTED if one.received else Cell(_silence(standing, one), SILENT)
    light = light_cell(one.light) if one.light else None
    return [standing.task.code, standing.task.title, one.agency, one.role.value, silence, light]


def _report_cells(standing: TaskStanding, one: Assignment) -> list[CellContent | Cell]:
    received = one.received
    ground = one.light.ground if one.light else None
    if received is None:
        return [*[None] * 9, standing.plan.title, ground, *[None] * 11]
    report = received.report
    before = one.previous.report.completion_percent if one.previous else None
    status = _STATUSES[report.status] if report.status else None
    return [
        status,
        report.completion_percent,
        _gain(report.completion_percent, before),
        report.progress,
        report.problems,
        report.next_steps,
        report.reporter,
        report.phone,
        report.reported_on,
        standing.plan.title,
        ground,
        report.expected_completion,
        report.extension_to,
        report.evidence,
        report.remarks,
        _pairs(report.raw),
        _pairs(report.extras),
        received.file_name,
        report.sheet,
        report.row or None,
        china_time(received.received_at),
        _archived(received.file_sha256),
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
                [*_target_cells(standing), agency, *_value_cells(standing, agency, received.get(agency))],
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


def _value_cells(
    standing: IndicatorStanding, agency: str, received: ReceivedIndicator | None
) -> list[CellContent | Cell]:
    verdict = attainment(standing, received)
    judged = Cell(verdict.value, ATTAINMENT_TINTS.get(verdict))
    before = next((one.report.value for one in standing.previous if one.agency == agency), None)
    trend = standing.trend
    outlook = [trend.forecast, trend.ground] if trend else [None, None]
    if received is None:
        return [before, None, None, None, judged, *outlook, None, None, None, None, None]
    report = received.report
    value, target, operator = report.value, standing.indicator.value, standing.indicator.operator
    share = gap = None
    if value is not None and operator in _UPWARD:
        share = (value * 100 / target).quantize(Decimal("0.1")) if target > 0 else None
        gap = max(target - value, Decimal(0))
    elif value is not None and operator in _DOWNWARD:
        gap = max(value - target, Decimal(0))
    source = f"{received.file_name} / {report.sheet} / 第{report.row}行" if received.file_name else ""
    moment = china_time(received.received_at)
    remarks = "；".join(text for text in (report.remarks, _pairs(report.extras)) if text)
    words = (report.raw, report.data_source, remarks, source, moment)
    return [before, value, share, gap, judged, *outlook, *words]
