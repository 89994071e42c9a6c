"""Delivers many messages: at a bearable pace, with second tries where they help, each act told before and after."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from planbook.mail.courier import Parcel
from planbook.mail.transmission import Fate, Receipt
from planbook.model.dispatch import Outcome

_MINUTE_S: Final = 60.0
_MOST_LOST: Final = 3  # connections that fail one after the other: the server is away
_WORTH_ANOTHER_TRY: Final = (Fate.LATER, Fate.LOST)
_NOT_TRIED: Final = Receipt(Fate.LOST)
_OUTCOMES: Final = {
    Fate.ACCEPTED: Outcome.SENT,
    Fate.REFUSED: Outcome.REFUSED,
    Fate.LATER: Outcome.DEFERRED,
    Fate.FULL: Outcome.DEFERRED,
    Fate.LOST: Outcome.DEFERRED,
    Fate.ACCOUNT: Outcome.DEFERRED,
    Fate.UNANSWERED: Outcome.UNKNOWN,
}


def outcome_of(receipt: Receipt) -> Outcome:
    """Return what a try's receipt means for a dispatch."""
    return _OUTCOMES[receipt.fate]


class Recorder(Protocol):
    """Who is told of each act."""

    def begin(self, parcel: Parcel) -> None:
        """Note that a parcel is about to leave; only when this returns does it."""

    def settle(self, parcel: Parcel, receipt: Receipt) -> None:
        """Note what became of it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How messages are delivered.

    Attributes:
        per_minute: At most so many begun in any minute; 0 for no limit.
        retry_seconds: Pauses before each new try of what may fare better later.
        sleep: Waits; raises what ends the waiting.
        clock: Seconds that only go forward.
    """

    per_minute: int = 0
    retry_seconds: tuple[int, ...] = ()
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


def deliver(parcels: Sequence[Parcel], carry: Callable[[Parcel], Receipt], recorder: Recorder, manner: Manner) -> None:
    """Deliver `parcels` by `carry`; every one is settled when this returns, whatever became of it.

    What the server asks to try later is tried again after all others, in each pause once. Where it does not let us
    in, or was never reached, nothing more is tried and the rest is settled with that reason.
    """
    tour = _Tour(carry, recorder, manner)
    pending = [(parcel, _NOT_TRIED) for parcel in parcels]
    for pause in (0, *manner.retry_seconds):
        if pause:
            manner.sleep(pause)
        pending = tour.go(pending)
        if not pending or tour.is_hopeless:
            break
    for parcel, receipt in pending:
        tour.settle(parcel, receipt)


class _Tour:
    """One delivery's way around; `is_hopeless` once no other message would fare better."""

    def __init__(self, carry: Callable[[Parcel], Receipt], recorder: Recorder, manner: Manner) -> None:
        self._carry = carry
        self._recorder = recorder
        self._pace = _Pace(manner)
        self._begun: set[str] = set()
        self._has_reached_anyone = False
        self.is_hopeless = False

    def go(self, pending: Sequence[tuple[Parcel, Receipt]]) -> list[tuple[Parcel, Receipt]]:
        """Try each once; return those that are not settled, with what was last said of them."""
        again: list[tuple[Parcel, Receipt]] = []
        lost = 0
        for index, (parcel, _) in enumerate(pending):
            self._pace.wait()
            receipt = self._try(parcel)
            lost = lost + 1 if receipt.fate is Fate.LOST else 0
            if receipt.fate in _WORTH_ANOTHER_TRY:
                again.append((parcel, receipt))
            else:
                self._recorder.settle(parcel, receipt)
            if receipt.fate is Fate.ACCOUNT or lost == _MOST_LOST:
                self.is_hopeless = receipt.fate is Fate.ACCOUNT or not self._has_reached_anyone
                untried = [one for one, _ in pending[index + 1 :]]
                earlier = [(one, receipt if receipt.fate is Fate.ACCOUNT else said) for one, said in again]
                return earlier + [(one, receipt) for one in untried]
        return again

    def settle(self, parcel: Parcel, receipt: Receipt) -> None:
        """Settle a parcel, begun first where it never got that far."""
        self._begin(parcel)
        self._recorder.settle(parcel, receipt)

    def _try(self, parcel: Parcel) -> Receipt:
        self._begin(parcel)
        receipt = self._carry(parcel)
        self._has_reached_anyone |= receipt.fate not in (Fate.LOST, Fate.ACCOUNT)
        return receipt

    def _begin(self, parcel: Parcel) -> None:
        if parcel.attempt not in self._begun:
            self._recorder.begin(parcel)
            self._begun.add(parcel.attempt)


class _Pace:
    """Keeps to so many a minute: in any sixty seconds no more than that are begun."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._begun: deque[float] = deque()

    def wait(self) -> None:
        """Wait until one more may be begun, and count it."""
        most = self._manner.per_minute
        if not most:
            return
        now = self._manner.clock()
        while self._begun and now - self._begun[0] >= _MINUTE_S:
            self._begun.popleft()
        if len(self._begun) >= most:
            self._manner.sleep(_MINUTE_S - (now - self._begun[0]))
            self._begun.popleft()
        self._begun.append(self._manner.clock())
