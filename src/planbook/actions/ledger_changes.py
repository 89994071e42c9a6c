"""What is otherwise than in the period before: decisions, edits of the plans, lights, progress."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from planbook.actions.task_standings import LedgerFacts
from planbook.model.decisions import Decision, DecisionKind
from planbook.model.history import HistoryEntry
from planbook.model.ledger import LedgerChange, TaskStanding
from planbook.model.lights import Light
from planbook.model.period import Period

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger

_TASK: Final = "任务"


def changes_since(
    ledger: "Ledger", facts: LedgerFacts, period: Period, before: Period | None
) -> tuple[LedgerChange, ...]:
    """Return what the office changed between the ledgers of `before` and `period`: decisions, then edits.

    Edits count from the first issue of `before` on; in a ledger's first period, from its own.
    """
    titles = {task.code: task.title for task in facts.tasks}
    decisions = [
        one
        for group in facts.decisions.values()
        for one in group
        if one.holds_in(period) and not (before and one.holds_in(before))
    ]
    made = [_decided(one, titles.get(one.task_code, "")) for one in sorted(decisions, key=lambda one: one.number)]
    since = ledger.forms.first_issue(before or period)
    edits = [] if since is None else [_edited(*one) for one in ledger.history.task_edits(since)]
    return (*made, *edits)


def _decided(one: Decision, title: str) -> LedgerChange:
    before, after = "", one.kind.value
    if one.kind is DecisionKind.EXTEND:
        before, after = str(one.from_date or ""), str(one.to_date)
    elif one.kind is DecisionKind.REASSIGN:
        before, after = one.agency, one.to_agency
    place = f"{one.sheet}!{one.cell}" if one.cell else ""
    source = " ".join(part for part in (one.file, place) if part)
    return LedgerChange(
        _TASK, one.task_code, title, one.kind.value, before, after, one.reason, one.who, one.decided_at, source
    )


def _edited(code: str, title: str, entry: HistoryEntry) -> LedgerChange:
    return LedgerChange(_TASK, code, title, "任务分解表", "", entry.text, "", entry.who, entry.at, entry.file)


def reported_changes(standing: TaskStanding) -> Iterator[LedgerChange]:
    """Yield what the reports on a task changed since the period before."""
    before = standing.previous
    if before is None:
        return
    code, title = standing.task.code, standing.task.title
    if before.light.light is not standing.light.light:
        yield LedgerChange(
            _TASK, code, title, "亮灯", before.light.light.label, standing.light.light.label, standing.light.ground
        )
    past, now = before.completion_percent, standing.completion_percent
    if past != now and now is not None and standing.light.light is not Light.GREY:
        shown = "" if past is None else f"{past.normalize():f}%"
        yield LedgerChange(_TASK, code, title, "完成进度", shown, f"{now.normalize():f}%")
