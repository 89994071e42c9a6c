"""A plan's edition: what the document in force says of each task and indicator, beside how the ledger has it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.plan import Plan

Item = TypeVar("Item", LedgerTask, LedgerIndicator)


@dataclass(frozen=True, slots=True)
class Known(Generic[Item]):
    """A task or indicator that the ledger has given a code.

    Attributes:
        now: As it stands, reviewed or not.
        reading: As the reader found it in the document in force; None for what the office added by itself, and for
            what an earlier document held and this one does not.
        is_retired: It is no longer issued.
    """

    now: Item
    reading: Item | None
    is_retired: bool

    @property
    def said(self) -> Item:
        """What the document says, or the office where no document does."""
        return self.reading or self.now


@dataclass(frozen=True, slots=True)
class PlanEdition:
    """A plan at its newest version (from 1) with all that ever got a code of it, retired ones included."""

    plan: LedgerPlan
    version: int
    tasks: tuple[Known[LedgerTask], ...]
    indicators: tuple[Known[LedgerIndicator], ...]


def tasks_as_read(plan: Plan, sequence: int) -> tuple[LedgerTask, ...]:
    """Return the tasks of `plan` as plan `sequence` of the ledger has them, still without codes."""
    return tuple(
        LedgerTask(
            code="",
            plan_sequence=sequence,
            order=order,
            path=task.path,
            number=task.number,
            title=task.title,
            body=task.body,
            lead_agencies=task.lead_agencies,
            supporting_agencies=task.supporting_agencies,
            lead_basis=task.lead_basis,
            deadline=task.deadline,
            kind=task.kind,
            unit_note=task.unit_note,
            truncated=task.truncated,
            source_line=task.source.line,
            source_page=task.source.page,
            excerpt=task.excerpt,
        )
        for order, task in enumerate(plan.tasks, start=1)
    )


def indicators_as_read(
    plan: Plan, sequence: int, task_codes: Sequence[str], reporters: Sequence[tuple[str, ...]] = ()
) -> tuple[LedgerIndicator, ...]:
    """Return the indicators of `plan`, still without codes of their own.

    Args:
        plan: The plan as read.
        sequence: Its number in the ledger.
        task_codes: The code of each of its tasks, in its order.
        reporters: Who reports each indicator, in its order; nobody where it is shorter.
    """
    return tuple(
        LedgerIndicator(
            code="",
            plan_sequence=sequence,
            order=order,
            task_code=None if indicator.task is None else task_codes[indicator.task],
            name=indicator.name,
            operator=indicator.operator,
            value=indicator.value,
            value_max=indicator.value_max,
            unit=indicator.unit,
            by=indicator.by,
            quote=indicator.quote,
            agencies=reporters[order - 1] if order <= len(reporters) else (),
        )
        for order, indicator in enumerate(plan.indicators, start=1)
    )
