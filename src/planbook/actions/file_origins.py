"""Where a received file came from, as far as it was collected by planbook: provenance for people, never identity."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.model.submission import FileOutcome

if TYPE_CHECKING:
    from planbook.ledger.records import Origin
    from planbook.ledger.store import Ledger

_CHINA: Final = timezone(timedelta(hours=8))


def with_origins(ledger: "Ledger", outcomes: Sequence[FileOutcome]) -> tuple[FileOutcome, ...]:
    """Return the outcomes with the origin of each file that was collected.

    The same bytes may have come from several senders: the one whose file lies at the outcome's place counts.
    """
    known = ledger.collected.origins([outcome.sha256 for outcome in outcomes if outcome.sha256])
    return tuple(
        replace(outcome, origin=_described(_nearest(known[outcome.sha256], outcome.path)))
        if outcome.sha256 in known
        else outcome
        for outcome in outcomes
    )


def _nearest(origins: Sequence["Origin"], path: str) -> "Origin":
    name = Path(path).name
    return next((origin for origin in origins if Path(origin.path).name == name), origins[0])


def _described(origin: "Origin") -> str:
    day = f"{origin.sent_at.astimezone(_CHINA):%Y-%m-%d %H:%M} " if origin.sent_at else ""
    if not origin.sender:
        return f"{day}文件夹 {origin.source} 中的“{origin.name}”"
    return f"{day}{origin.sender} 来信“{origin.subject}”，附件“{origin.name}”"
