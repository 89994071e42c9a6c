"""Counts that a document states: each with what was counted, and all of them held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.model.errors import PlanbookError


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a document states, with the tasks, indicators or agencies behind it, none of them twice."""

    name: str
    counted: tuple[str, ...]

    @property
    def number(self) -> int:
        """The number."""
        return len(self.counted)


@dataclass(frozen=True, slots=True)
class Total:
    """A count that must be the sum of others: the same things, each in exactly one of the parts."""

    whole: Count
    parts: tuple[Count, ...]


def refuse_unless_reconciled(totals: Sequence[Total], stated: Sequence[tuple[Count, int]] = ()) -> None:
    """Raise unless every total is the sum of its parts, and every count is the number that the ledger states.

    Raises:
        PlanbookError: Some figures do not add up; a document that says so must not leave the house.
    """
    faults = [
        f"“{one.whole.name}”{one.whole.number}，各项之和{sum(part.number for part in one.parts)}"
        for one in totals
        if sorted(one.whole.counted) != sorted(key for part in one.parts for key in part.counted)
    ]
    wholes = {one.whole.name: one.whole for one in totals}
    faults += [f"“{one.name}”中有重复计数的" for one in wholes.values() if len(set(one.counted)) < len(one.counted)]
    faults += [f"“{count.name}”{count.number}，台账{number}" for count, number in stated if count.number != number]
    if faults:
        raise PlanbookError(f"数字对不上，没有生成文件：{'；'.join(faults)}。请运行 planbook doctor 检查台账后再试。")
