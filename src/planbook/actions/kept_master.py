"""What is kept of a master workbook for the next one: each task's rows and what was made of the task.

It is never the truth: it may be deleted at any moment, and what is damaged, of another ledger, of another version or of
other circumstances is as good as nothing. A seal with the workspace's key tells whether it is what was kept; JSON and
plain bytes stand in it, nothing that could run.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from planbook.actions.period_ledger import TaskOutcome
from planbook.model.decisions import ClosureState
from planbook.model.doubts import Doubt, DoubtKind, DoubtSource
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerChange, PeriodSummary
from planbook.model.lights import Light
from planbook.model.period import Period
from planbook.model.tallies import PartTally, TaskTally
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.ledger.basis import Basis
    from planbook.outputs.task_sheets import KeptAround, KeptRows
    from planbook.sheets.deflated import Piece

_MARK: Final = b"planbook-kept-1\n"
_SEAL: Final = hashlib.sha256().digest_size
_LENGTH: Final = 8
_LIGHTS: Final = tuple(Light)


@dataclass(frozen=True, slots=True)
class KeptMaster:
    """What is kept.

    Attributes:
        basis: The state of the ledger that it was made from.
        outcomes: What was made of each task, in the ledger's order.
        rows: The rows of each of them.
        around: What goes with the rows.
        past: Figures of the periods before, without what they were counted from.
    """

    basis: "Basis"
    outcomes: tuple[TaskOutcome, ...]
    rows: "tuple[KeptRows, ...]"
    around: "KeptAround"
    past: tuple[PeriodSummary, ...]


def save_kept(workspace: Workspace, period: Period, circumstances: str, kept: KeptMaster | None) -> None:
    """Keep it for workbooks made in the same `circumstances`; None keeps nothing. What cannot be kept is not missed."""
    path = workspace.kept_master(period)
    with suppress(PlanbookError, OSError):
        if kept is None:
            path.unlink(missing_ok=True)
            return
        content = _encode(circumstances, kept)
        replace_file(path, b"".join((_MARK, _seal(workspace, content), content)))


def load_kept(workspace: Workspace, period: Period, circumstances: str) -> KeptMaster | None:
    """Return what was kept in the same `circumstances`, None where there is nothing of use."""
    try:
        content = workspace.kept_master(period).read_bytes()
        start = len(_MARK) + _SEAL
        sealed, seal = content[start:], content[len(_MARK) : start]
        if content[: len(_MARK)] != _MARK or not hmac.compare_digest(seal, _seal(workspace, sealed)):
            return None
        return _decode(circumstances, sealed)
    except (OSError, PlanbookError, ValueError, KeyError, IndexError, TypeError, ArithmeticError):
        return None


def _seal(workspace: Workspace, content: bytes) -> bytes:
    return hmac.digest(workspace.keys()[0], _MARK + content, "sha256")


def _encode(circumstances: str, kept: KeptMaster) -> bytes:
    agencies: dict[str, int] = {}
    basis = kept.basis
    pieces: list[Piece] = [*kept.around.links]
    tasks = []
    for outcome, rows in zip(kept.outcomes, kept.rows, strict=True):
        pieces += rows.pieces
        tasks.append(
            [
                _tally_values(outcome.tally, agencies),
                [_doubt_values(one) for one in outcome.doubts],
                [_change_values(one) for one in outcome.changes],
                rows.first_rows,
                rows.needs,
            ]
        )
    head = {
        "circumstances": circumstances,
        "basis": [basis.runs, basis.chain, basis.facts, basis.in_force],
        "past": [_summary_values(one) for one in kept.past],
        "tasks": tasks,
        "agencies": list(agencies),
        "widths": kept.around.widths,
        "pieces": [[len(one.packed), one.crc, one.size, one.shift] for one in pieces],
    }
    encoded = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join((len(encoded).to_bytes(_LENGTH), encoded, *[one.packed for one in pieces]))


def _decode(circumstances: str, content: bytes) -> KeptMaster | None:
    from planbook.ledger.basis import Basis
    from planbook.outputs.task_sheets import KeptAround, KeptRows

    end = _LENGTH + int.from_bytes(content[:_LENGTH])
    head: Mapping[str, Any] = json.loads(content[_LENGTH:end].decode("utf-8", "surrogatepass"))
    if head["circumstances"] != circumstances:
        return None
    agencies = head["agencies"]
    pieces = _pieces(content, end, head["pieces"])
    widths = tuple(map(tuple, head["widths"]))
    sheets = len(widths)
    outcomes, rows = [], []
    for number, (tally, doubts, changes, first_rows, needs) in enumerate(head["tasks"], start=1):
        outcome = TaskOutcome(_tally(tally, agencies), tuple(map(_doubt, doubts)), tuple(map(_change, changes)))
        parts = tuple([one.agency for one in outcome.tally.parts])
        own = pieces[number * sheets : (number + 1) * sheets]
        outcomes.append(outcome)
        rows.append(KeptRows(outcome.tally.code, parts, tuple(first_rows), own, tuple(map(tuple, needs))))
    past = tuple(map(_summary, head["past"]))
    return KeptMaster(Basis(*head["basis"]), tuple(outcomes), tuple(rows), KeptAround(widths, pieces[:sheets]), past)


def _pieces(content: bytes, start: int, marks: Iterable[Sequence[int]]) -> "tuple[Piece, ...]":
    from planbook.sheets.deflated import Piece

    found = []
    for length, crc, size, shift in marks:
        found.append(Piece(content[start : start + length], crc, size, shift))
        start += length
    return tuple(found)


def _tally_values(one: TaskTally, agencies: dict[str, int]) -> list[object]:
    parts = [
        [
            agencies.setdefault(part.agency, len(agencies)),
            part.is_lead + 2 * part.is_issued + 4 * part.is_reported + 8 * part.is_done,
            -1 if part.light is None else _LIGHTS.index(part.light),
            _text(part.percent),
            part.filled,
        ]
        for part in one.parts
    ]
    light = _LIGHTS.index(one.light)
    percent = _text(one.percent)
    return [
        one.code,
        one.plan_sequence,
        one.plan_title,
        one.path,
        light,
        one.state.value,
        one.days_left,
        percent,
        parts,
    ]


def _tally(values: Sequence[Any], agencies: Sequence[str]) -> TaskTally:
    code, plan, title, path, light, state, days_left, percent, parts = values
    known: dict[str | None, Decimal | None] = {None: None}
    found = []
    for agency, flags, own, reported, filled in parts:
        if reported not in known:
            known[reported] = Decimal(reported)
        found.append(
            PartTally(
                agencies[agency],
                bool(flags & 1),
                bool(flags & 2),
                None if own < 0 else _LIGHTS[own],
                bool(flags & 4),
                bool(flags & 8),
                known[reported],
                filled,
            )
        )
    mean = None if percent is None else Decimal(percent)
    return TaskTally(
        code, plan, title, tuple(path), _LIGHTS[light], ClosureState(state), days_left, mean, tuple(found)
    )  # fmt: skip


def _doubt_values(one: Doubt) -> list[object]:
    sources = [[source.agency, source.file, source.sheet, source.row, source.text] for source in one.sources]
    return [one.kind.value, one.key, one.title, one.agencies, one.finding.code, one.finding.values, sources]


def _doubt(values: Sequence[Any]) -> Doubt:
    kind, key, title, agencies, code, named, sources = values
    finding = Finding(code, values=tuple((name, value) for name, value in named))
    return Doubt(DoubtKind(kind), key, title, tuple(agencies), finding, tuple(DoubtSource(*one) for one in sources))


def _change_values(one: LedgerChange) -> list[str]:
    return [one.subject, one.key, one.title, one.field, one.before, one.after, one.reason]


def _change(values: Sequence[str]) -> LedgerChange:
    subject, key, title, field, before, after, reason = values
    return LedgerChange(subject, key, title, field, before, after, reason)


def _summary_values(one: PeriodSummary) -> list[object]:
    lights = [[light.value, count] for light, count in one.lights]
    return [
        str(one.period),
        one.issued_agencies,
        one.returned_agencies,
        lights,
        one.closed,
        _text(one.completion_percent),
    ]


def _summary(values: Sequence[Any]) -> PeriodSummary:
    period, issued, returned, lights, closed, percent = values
    counts = tuple((Light(light), count) for light, count in lights)
    mean = None if percent is None else Decimal(percent)
    return PeriodSummary(Period.parse(period), issued, returned, counts, closed, mean)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
