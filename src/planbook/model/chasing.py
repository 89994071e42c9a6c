"""How far an agency that has not answered is to be chased on a given day."""

from dataclasses import dataclass
from datetime import date

from planbook.model.dispatch import Escalation


@dataclass(frozen=True, slots=True)
class ChasingRules:
    """When each step of chasing is taken.

    Attributes:
        days_before_due: Days before the due date from which on an agency is reminded.
        days_overdue: Days after it for the first urging.
        days_long_overdue: Days after it for the second.
        days_to_leader: Days after it from which on the leader gets a copy.
        leaders: Their mail addresses.
    """

    days_before_due: int = 3
    days_overdue: int = 1
    days_long_overdue: int = 5
    days_to_leader: int = 10
    leaders: tuple[str, ...] = ()

    def escalation(self, due_on: date | None, today: date) -> Escalation:
        """Return the step that an agency has come to by `today`; NONE without a due date or long before it."""
        if due_on is None:
            return Escalation.NONE
        days = (today - due_on).days
        steps = (
            (self.days_to_leader, Escalation.TO_LEADER),
            (self.days_long_overdue, Escalation.LONG_OVERDUE),
            (self.days_overdue, Escalation.OVERDUE),
            (-self.days_before_due, Escalation.DUE_SOON),
        )
        return next((step for limit, step in steps if days >= limit), Escalation.NONE)
