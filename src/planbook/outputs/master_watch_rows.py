"""The rows of 总台账.xlsx that watch over the reporting: silence, corrections, doubts, changes, scores, dispatches."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from planbook.model.dispatch import Dispatch, Outcome
from planbook.model.findings import Severity
from planbook.model.ledger import AgencyStanding, MissingAgency, PeriodLedger
from planbook.outputs import styles
from planbook.outputs.cell_text import china_time
from planbook.outputs.master_notes import KeyedRow
from planbook.outputs.styles import Tint
from planbook.outputs.table_sheet import Cell, CellContent

_LATE: Final = Tint(ink="9B1C16", is_bold=True)
_GOOD: Final = Tint(ink="2F5E1E")
_SILENT: Final = Cell("未报", styles.MISSING)
_SILENCE: Final = "本期没有报送责任清单。"
_RETURN_LABELS: Final = {Severity.ERROR: "退改", Severity.WARNING: "提醒", Severity.NOTE: "说明"}
_SCORE_NAMES: Final = ("报送及时", "填报完整", "退改情况", "工作进度")


def return_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each silent agency, then one for each finding on a return, then what reaches no agency."""
    number = 0
    for number, one in enumerate(ledger.missing, start=1):
        yield KeyedRow(_SILENCE, one.agency, _silent_cells(number, one, ledger.cut_off))
    found = [(one.agency, one.file_name, one.finding) for one in ledger.findings]
    found += [("", "", finding) for finding in ledger.unassigned]
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    for agency, file_name, finding in sorted(found, key=lambda one: ranks[one[2].severity]):
        number += 1
        message, severity = finding.message, finding.severity
        label = Cell(_RETURN_LABELS[severity] if agency else "未落实", styles.SEVERITY_TINTS[severity])
        place = str(finding.location)
        yield KeyedRow(message, agency, [number, label, agency, message, *[None] * 8, file_name, place])


def _silent_cells(number: int, one: MissingAgency, cut_off: date) -> list[CellContent | Cell]:
    overdue = max((cut_off - one.due_on).days, 0) if one.due_on else None
    return [
        number,
        _SILENT,
        one.agency,
        _SILENCE,
        Cell(one.silent_periods, _LATE) if one.silent_periods > 1 else one.silent_periods,
        one.due_on,
        Cell(overdue, _LATE) if overdue else overdue,
        one.tasks,
        one.lead_tasks,
        one.contact,
        one.phone,
        one.email,
        None,
        None,
    ]


def doubt_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each doubt, the gravest first."""
    for number, one in enumerate(ledger.doubts, start=1):
        severity = one.finding.severity
        label = Cell(styles.SEVERITY_LABELS[severity], styles.SEVERITY_TINTS[severity])
        sources = "\n".join(
            f"{source.agency}：{source.file} / {source.sheet} / 第{source.row}行"
            + (f"“{source.text}”" if source.text else "")
            for source in one.sources
        )
        message = one.finding.message
        agencies = "、".join(dict.fromkeys(one.agencies))
        yield KeyedRow(
            message, one.key, [number, label, one.kind.value, one.key, one.title, agencies, message, sources]
        )


def change_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each thing that is otherwise than in the period before."""
    for number, one in enumerate(ledger.changes, start=1):
        moment = china_time(one.at) if one.at else None
        yield KeyedRow(
            one.key,
            one.field,
            [
                number,
                one.subject,
                one.key,
                one.title,
                one.field,
                one.before,
                Cell(one.after, _light_tint(one.after)),
                one.reason,
                one.who,
                moment,
                one.source,
            ],
        )


def _light_tint(text: str) -> Tint | None:
    return next((tint for light, tint in styles.LIGHT_TINTS.items() if light.label == text), None)


def quality_rows(ledger: PeriodLedger) -> Iterator[KeyedRow]:
    """Yield a row for each agency with its score, category by category, the best first."""
    order = {name: place for place, name in enumerate(dict.fromkeys(one.category for one in ledger.agencies))}
    last = len(ledger.agencies)
    ranked = sorted(
        ledger.agencies,
        key=lambda one: (order[one.category], one.score.rank if one.score else last, one.agency),
    )
    for one in ranked:
        yield KeyedRow("", one.agency, _quality_cells(one))


def _quality_cells(one: AgencyStanding) -> list[CellContent | Cell]:
    score = one.score
    points = {item.name: item.points for item in score.items} if score else {}
    grounds = (
        "\n".join(f"{item.name}（满分{item.full.normalize():f}）：{item.ground}" for item in score.items)
        if score
        else ""
    )
    first = Cell(score.rank, _GOOD) if score and score.rank == 1 else score.rank if score else None
    return [
        one.category,
        first,
        one.agency,
        Cell(score.total, Tint(is_bold=True)) if score else None,
        *(points.get(name) for name in _SCORE_NAMES),
        one.due_on,
        china_time(one.returned_at) if one.returned_at else None,
        Cell(one.days_late, _LATE) if one.days_late else one.days_late,
        one.versions,
        Cell(one.errors, _LATE) if one.errors else 0,
        one.warnings,
        one.tasks,
        one.lead_tasks,
        one.completion_percent,
        grounds,
    ]


def dispatch_rows(dispatches: Sequence[Dispatch]) -> Iterator[KeyedRow]:
    """Yield a row for each attempt to reach an agency, trials left out."""
    for one in dispatches:
        if one.is_trial:
            continue
        moment = china_time(one.begun_at).replace(microsecond=0)
        is_bad = one.outcome in (Outcome.REFUSED, Outcome.BOUNCED, Outcome.UNKNOWN, Outcome.DEFERRED)
        yield KeyedRow(
            str(moment),
            one.agency,
            [
                str(moment),
                one.agency,
                one.errand.label,
                one.escalation.label,
                one.channel.label,
                one.recipient,
                "、".join(one.copies),
                one.file_name,
                Cell(one.outcome.label, _LATE if is_bad else _GOOD),
                one.reason,
            ],
        )
