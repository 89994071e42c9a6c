"""Scores (评分) of agencies by an office's table, ranked within their category (分类考核), every point explained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from planbook.model.lights import Light

_CENT: Final = Decimal("0.01")


class ScoreKind(StrEnum):
    """What is scored, as the office's table names it."""

    TIMELINESS = "报送及时"
    COMPLETENESS = "填报完整"
    CORRECTIONS = "退改情况"
    PROGRESS = "工作进度"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row of the table: what, the most points, and the points taken off each time where that applies."""

    kind: ScoreKind
    full: Decimal
    step: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ScoreRules:
    """The table."""

    rows: tuple[ScoreRow, ...]


STANDARD_SCORES: Final = ScoreRules(
    (
        ScoreRow(ScoreKind.TIMELINESS, Decimal(30), Decimal(3)),
        ScoreRow(ScoreKind.COMPLETENESS, Decimal(20)),
        ScoreRow(ScoreKind.CORRECTIONS, Decimal(20), Decimal(4)),
        ScoreRow(ScoreKind.PROGRESS, Decimal(30)),
    )
)


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One row of an agency's score.

    Attributes:
        name: 报送及时, 填报完整, 退改情况, 工作进度.
        full: Most points that it can give.
        points: Points given, to two decimals.
        ground: The arithmetic in one Chinese sentence.
    """

    name: str
    full: Decimal
    points: Decimal
    ground: str


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """An agency's score: its items, their sum, and its rank among `ranked` agencies of its category (ties share)."""

    items: tuple[ScoreItem, ...]
    total: Decimal
    rank: int = 0
    ranked: int = 0


@dataclass(frozen=True, slots=True)
class Conduct:
    """What an agency did in a period, as far as it is scored.

    Attributes:
        is_returned: It returned its form.
        days_late: Days after the due day on which the first return came in; 0 in time or without due day.
        day_unit: What those days are called.
        required: Cells that it had to fill in.
        filled: Those of them that it filled in.
        resent: Returns that came after the first.
        errors: Errors on the return in force.
        lights: Lights of its own reports: of the tasks that it leads, of all of its tasks where it leads none.
        leads: It leads tasks.
    """

    is_returned: bool
    days_late: int
    day_unit: str
    required: int
    filled: int
    resent: int
    errors: int
    lights: Mapping[Light, int]
    leads: bool


def score(conduct: Conduct, rules: ScoreRules) -> AgencyScore:
    """Return the score of one agency, not ranked yet."""
    items = tuple(_item(row, conduct) for row in rules.rows)
    return AgencyScore(items, sum((item.points for item in items), Decimal(0)))


def ranks(totals: Sequence[Decimal]) -> tuple[int, ...]:
    """Return each total's rank, from 1; equal totals share the better rank (1, 2, 2, 4)."""
    ordered = sorted(totals, reverse=True)
    first = {total: place for place, total in reversed(list(enumerate(ordered, start=1)))}
    return tuple(first[total] for total in totals)


def _item(row: ScoreRow, conduct: Conduct) -> ScoreItem:
    points, ground = _KINDS[row.kind](row, conduct)
    return ScoreItem(row.kind.value, row.full, max(points, Decimal(0)).quantize(_CENT), ground)


def _timeliness(row: ScoreRow, conduct: Conduct) -> tuple[Decimal, str]:
    if not conduct.is_returned:
        return Decimal(0), "本期未报送，0分"
    if conduct.days_late == 0:
        return row.full, f"按时报送，{_plain(row.full)}分"
    lost = row.step * conduct.days_late
    return row.full - lost, (
        f"迟报{conduct.days_late}{conduct.day_unit}，{_plain(row.full)}−{_plain(row.step)}×{conduct.days_late}"
        f"={_down_to_nothing(row.full - lost)}"
    )


def _completeness(row: ScoreRow, conduct: Conduct) -> tuple[Decimal, str]:
    if not conduct.is_returned or conduct.required == 0:
        return Decimal(0), "本期未报送，0分"
    points = (row.full * conduct.filled / conduct.required).quantize(_CENT)
    return (
        points,
        f"应填{conduct.required}格，填了{conduct.filled}格，{_plain(row.full)}×{conduct.filled}÷{conduct.required}={_plain(points)}分",
    )


def _corrections(row: ScoreRow, conduct: Conduct) -> tuple[Decimal, str]:
    if not conduct.is_returned:
        return Decimal(0), "本期未报送，0分"
    half = row.step / 2
    points = row.full - row.step * conduct.resent - half * conduct.errors
    return points, (
        f"重报{conduct.resent}次，现有错误{conduct.errors}处，{_plain(row.full)}−{_plain(row.step)}×{conduct.resent}"
        f"−{_plain(half)}×{conduct.errors}={_down_to_nothing(points)}"
    )


_WORTH: Final = {Light.GREEN: Decimal(1), Light.BLUE: Decimal(1), Light.YELLOW: Decimal("0.5")}


def _progress(row: ScoreRow, conduct: Conduct) -> tuple[Decimal, str]:
    counted = {light: count for light, count in conduct.lights.items() if count and light is not Light.WHITE}
    total = sum(counted.values())
    whose = "牵头" if conduct.leads else "配合"
    if not total:
        return row.full, f"没有在计时的{whose}任务，{_plain(row.full)}分"
    worth = sum((_WORTH.get(light, Decimal(0)) * count for light, count in counted.items()), Decimal(0))
    points = (row.full * worth / total).quantize(_CENT)
    shown = "、".join(f"{light.label}{count}" for light, count in counted.items())
    return points, f"{whose}任务{total}项（{shown}），{_plain(row.full)}×{_plain(worth)}÷{total}={_plain(points)}分"


_KINDS: Final[Mapping[ScoreKind, Callable[[ScoreRow, Conduct], tuple[Decimal, str]]]] = {
    ScoreKind.TIMELINESS: _timeliness,
    ScoreKind.COMPLETENESS: _completeness,
    ScoreKind.CORRECTIONS: _corrections,
    ScoreKind.PROGRESS: _progress,
}


def _down_to_nothing(points: Decimal) -> str:
    """Return what an equation comes to, and what that is worth where it comes to less than nothing."""
    return f"{_plain(points)}分" if points >= 0 else f"−{_plain(-points)}，扣完为止，0分"


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
