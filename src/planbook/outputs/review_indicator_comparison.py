"""What the 指标 sheet changes: edited, added and retired indicators, each under a task that still stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planbook.model.findings import Finding
from planbook.model.ledger import LedgerIndicator, LedgerPlan
from planbook.model.review import FieldChange
from planbook.outputs.review_keys import (
    absent_rows,
    find_plan,
    is_new,
    next_provisional,
    plan_differs,
    shown_only_edits,
    unknown_code,
)
from planbook.outputs.review_layout import INDICATORS_SHEET
from planbook.outputs.review_merging import Merged, merge
from planbook.outputs.review_rows import INDICATOR_FIELDS, ReviewBase, ReviewIndicatorRow, shown_indicator
from planbook.outputs.review_task_comparison import TaskComparison

_SUBJECT = "指标"


@dataclass(slots=True)
class IndicatorComparison:
    """The outcome, in the sheet's order; like `TaskComparison`."""

    kept: dict[str, LedgerIndicator] = field(default_factory=dict)
    updated: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def compare_indicators(
    rows: Sequence[ReviewIndicatorRow] | None,
    indicators: Sequence[LedgerIndicator],
    plans: Mapping[int, LedgerPlan],
    tasks: TaskComparison,
    base: ReviewBase | None,
) -> IndicatorComparison:
    """Return what `rows` change in `indicators` (those of the ledger), given what becomes of the tasks.

    Without the sheet (`rows` None) only the indicators of retired tasks change.
    """
    ledger = {indicator.code: indicator for indicator in indicators}
    outcome = IndicatorComparison(kept=dict(ledger))
    provisional = {row.code for row in rows or () if row.code}
    for written in rows or ():
        if "code" in written.unreadable:
            continue
        row = replace(written, task_code=tasks.known_as.get(written.task_code, written.task_code))
        if is_new(row.code):
            if not _is_added_before(row, ledger, base, outcome):
                _add(row, plans, tasks, provisional, outcome)
        elif indicator := ledger.get(row.code):
            _take_edits(row, indicator, plans[indicator.plan_sequence], base, tasks=tasks, outcome=outcome)
        else:
            outcome.findings += unknown_code(INDICATORS_SHEET, row, base)
    if rows is not None:
        seen = {row.code for row in rows}
        outcome.findings += absent_rows(
            INDICATORS_SHEET, {code: one.name for code, one in ledger.items()}, seen, base
        )  # fmt: skip
    _retire_with_tasks(tasks, outcome)
    outcome.updated = [code for code, one in outcome.kept.items() if code in ledger and one != ledger[code]]
    return outcome


def _is_added_before(
    row: ReviewIndicatorRow,
    ledger: Mapping[str, LedgerIndicator],
    base: ReviewBase | None,
    outcome: IndicatorComparison,
) -> bool:
    """Return whether an earlier confirmation of this very table added the row."""
    if base is None:
        return False
    fields = ("task_code", "name", "value", "value_max", "unit", "by")
    for indicator in (one for one in ledger.values() if (INDICATORS_SHEET, one.code) not in base.digests):
        shown = shown_indicator(indicator, "")
        if all(getattr(row, name) == getattr(shown, name) for name in fields):
            named = {"code": indicator.code, "title": indicator.name}
            outcome.findings.append(Finding.of("review_added_before", row.place.location("name"), **named))
            return True
    return False


def _add(
    row: ReviewIndicatorRow,
    plans: Mapping[int, LedgerPlan],
    tasks: TaskComparison,
    provisional: set[str],
    outcome: IndicatorComparison,
) -> None:
    if not row.is_kept:
        return
    task = tasks.kept.get(row.task_code)
    plan = plans[task.plan_sequence] if task and not row.plan_title else find_plan(row, plans, outcome.findings)
    if plan is None:
        return
    fault = _task_fault(row, plan.sequence, tasks)
    if fault:
        outcome.findings.append(fault)
    if fault or row.unreadable or row.value is None:
        return
    code = row.code or next_provisional(provisional)
    in_plan = [one.order for one in outcome.kept.values() if one.plan_sequence == plan.sequence]
    outcome.kept[code] = LedgerIndicator(
        code=code,
        plan_sequence=plan.sequence,
        order=max(in_plan, default=0) + 1,
        task_code=row.task_code or None,
        name=row.name,
        operator=row.operator,
        value=row.value,
        value_max=row.value_max,
        unit=row.unit,
        by=row.by or None,
        quote=row.quote,
        agencies=row.agencies,
        note=row.note,
        is_confirmed=True,
    )
    outcome.added.append(code)
    outcome.changes.append(FieldChange(_SUBJECT, code, "新增", "", row.name))


def _take_edits(
    row: ReviewIndicatorRow,
    indicator: LedgerIndicator,
    plan: LedgerPlan,
    base: ReviewBase | None,
    *,
    tasks: TaskComparison,
    outcome: IndicatorComparison,
) -> None:
    difference = plan_differs(row, plan)
    if difference:
        outcome.findings.append(difference)
        return
    if not row.is_kept:
        _retire(indicator, outcome)
        return
    now = shown_indicator(indicator, plan.title)
    digests = base.digests.get((INDICATORS_SHEET, indicator.code)) if base else None
    merged = merge(
        INDICATORS_SHEET, _SUBJECT, indicator.code, now=now, table=row, base=digests, fields=INDICATOR_FIELDS
    )  # fmt: skip
    outcome.findings += merged.findings
    outcome.findings += shown_only_edits(INDICATORS_SHEET, row, now, ("quote",))
    if "task_code" in merged.edited and (fault := _task_fault(row, plan.sequence, tasks)):
        outcome.findings.append(fault)
        return
    outcome.changes += merged.changes
    outcome.kept[indicator.code] = _apply(indicator, merged)


def _task_fault(row: ReviewIndicatorRow, plan_sequence: int, tasks: TaskComparison) -> Finding | None:
    if not row.task_code:
        return None
    task = tasks.kept.get(row.task_code)
    if task is None:
        return Finding.of("review_task_unknown", row.place.location("task_code"), code=row.task_code)
    if task.plan_sequence != plan_sequence:
        return Finding.of("review_task_of_other_plan", row.place.location("task_code"), code=row.task_code)
    return None


def _retire(indicator: LedgerIndicator, outcome: IndicatorComparison) -> None:
    del outcome.kept[indicator.code]
    outcome.retired.append(indicator.code)
    outcome.changes.append(FieldChange(_SUBJECT, indicator.code, "删除", indicator.name, ""))


def _retire_with_tasks(tasks: TaskComparison, outcome: IndicatorComparison) -> None:
    """Retire what still belongs to a task that goes: nobody would be left to report it."""
    gone = set(tasks.retired)
    for indicator in [one for one in outcome.kept.values() if one.task_code in gone]:
        _retire(indicator, outcome)
        named = {"task": indicator.task_code, "code": indicator.code, "name": indicator.name}
        outcome.findings.append(Finding.of("review_indicator_goes_with_task", **named))


def _apply(indicator: LedgerIndicator, merged: Merged[ReviewIndicatorRow]) -> LedgerIndicator:
    row, edited = merged.row, merged.edited
    return replace(
        indicator,
        task_code=row.task_code or None,
        name=row.name if "name" in edited else indicator.name,
        operator=row.operator,
        value=indicator.value if row.value is None else row.value,
        value_max=row.value_max,
        unit=row.unit if "unit" in edited else indicator.unit,
        by=(row.by or None) if "by" in edited else indicator.by,
        agencies=row.agencies if "agencies" in edited else indicator.agencies,
        note=row.note if "note" in edited else indicator.note,
        is_confirmed=True,
    )
