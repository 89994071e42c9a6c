"""What bulletin, letters and board report on: a period that was issued, its ledger now or on a past day."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from planbook.actions.opening import ledger_as_of
from planbook.actions.period_ledger import build_period_ledger
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.model.publication import publish, secret_plans
from planbook.model.slices import WHOLE, Scope, slice_ledger, without_plans
from planbook.workspace.folder import Workspace, file_name_for

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger
    from planbook.model.ledger import PeriodLedger

_MOST_EARLIER: Final = 7
"""Periods before this one that the board goes back to: two years of quarters with this one."""


@dataclass(frozen=True, slots=True)
class View:
    """Which ledger a report shows.

    Attributes:
        as_of: It is shown as it was at the end of this day; None for now.
        scope: Which part of it.
        is_public: It is for publication: without contacts, problems, doubts and internal notes.
    """

    as_of: date | None = None
    scope: Scope = WHOLE
    is_public: bool = False

    @property
    def suffix(self) -> str:
        """What sets the file of this view apart from the plain one's."""
        part = "" if self.scope.is_whole else f"_{file_name_for(self.scope.label)}"
        return part + ("_公开版" if self.is_public else "") + (f"_截至{self.as_of}" if self.as_of else "")


@dataclass(frozen=True, slots=True)
class ReportedPeriod:
    """A period with its ledger and, where they were asked for, those of the periods before it, the earliest first."""

    period: Period
    ledger: "PeriodLedger"
    earlier: tuple["PeriodLedger", ...] = ()


def read_reported_period(
    workspace: Workspace,
    period: Period | None,
    view: View,
    *,
    now: datetime,
    today: date,
    with_earlier: bool = False,
) -> ReportedPeriod:
    """Return what a report on `period`, or on the last that was issued, shows.

    Raises:
        PlanbookError: Nothing was issued for it, or the ledger cannot be read.
    """
    as_of = min(view.as_of, today) if view.as_of else None
    day = as_of or today
    with _settled(workspace, as_of) as seen:
        issued = issued_periods(seen)
        shown = issued_period(period, issued)
        ledger = build_period_ledger(seen, workspace.settings, shown, now=now, today=day, as_of=as_of)
        secret = secret_plans(ledger) if view.is_public else frozenset[int]()
        is_past_wanted = with_earlier or bool(secret) or not view.scope.is_whole
        earlier = earlier_ledgers(seen, workspace, shown, issued, now=now, today=day) if is_past_wanted else ()
    if secret:  # not even counted: neither now nor in the figures of the past
        ledger = without_plans(ledger, secret, earlier)
        earlier = tuple(without_plans(one, secret) for one in earlier)
    cut = slice_ledger(ledger, view.scope, earlier)
    past = tuple(_sliced(earlier, view.scope)) if with_earlier else ()
    if not view.is_public:
        return ReportedPeriod(shown, cut, past)
    return ReportedPeriod(shown, publish(cut), tuple(publish(one) for one in past))


def _sliced(ledgers: Iterable["PeriodLedger"], scope: Scope) -> Iterator["PeriodLedger"]:
    """Yield what of the ledgers lies within `scope`; a period that had nothing of it is left out."""
    for ledger in ledgers:
        with suppress(PlanbookError):
            yield slice_ledger(ledger, scope)


@contextmanager
def _settled(workspace: Workspace, as_of: date | None) -> Iterator["Ledger"]:
    with ledger_as_of(workspace, as_of) as ledger:
        if as_of:
            yield ledger
        else:
            with ledger.snapshot() as seen:
                yield seen


def issued_periods(ledger: "Ledger") -> tuple[Period, ...]:
    """Return the periods that forms were issued for, the earliest first."""
    return tuple(sorted({form.period for form in ledger.forms.issued()}))


def issued_period(wanted: Period | None, issued: tuple[Period, ...]) -> Period:
    """Return the wanted period, or the last that was issued.

    Raises:
        PlanbookError: Nothing was issued for it, so that there is nothing to report on.
    """
    if not issued:
        raise PlanbookError("还没有下发过责任清单，没有可写的内容，请先运行 planbook issue --period 期。")
    if wanted and wanted not in issued:
        known = "、".join(str(one) for one in issued[-4:])
        raise PlanbookError(f"{wanted.label}（{wanted}）没有下发过责任清单，没有可写的内容；下发过的有 {known}。")
    return wanted or issued[-1]


def earlier_ledgers(
    ledger: "Ledger", workspace: Workspace, period: Period, issued: tuple[Period, ...], *, now: datetime, today: date
) -> tuple["PeriodLedger", ...]:
    """Return the ledgers of the periods of the same length before `period`, the earliest first, at most seven."""
    before = [one for one in issued if one < period and one.months == period.months][-_MOST_EARLIER:]
    return tuple(build_period_ledger(ledger, workspace.settings, one, now=now, today=today) for one in before)
