"""The rule table of the lights: rows that an office may edit, the first that applies decides; presets to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from planbook.model.form import Status
from planbook.model.lights import Light


class Condition(StrEnum):
    """What a row asks, as the office writes it.

    OVERDUE: so many days past the effective deadline. BEHIND: so many percentage points behind time-proportional
    progress. NEAR_DUE: so many days or fewer before the deadline. RETURNED: the office sent the report back. STATUS:
    one of these statuses was reported, where points cannot be reckoned (no number, no beginning, no end).
    """

    OVERDUE = "超过时限天数"
    BEHIND = "落后序时百分点"
    NEAR_DUE = "距时限天数"
    RETURNED = "核查退回"
    STATUS = "填报状态"


UNSTATED: Final = "未填"
"""Stands for an empty status in a STATUS row."""


@dataclass(frozen=True, slots=True)
class LightRule:
    """One row: the light, what it asks, from which number on, or which statuses (`Status` values, 未填)."""

    light: Light
    condition: Condition
    threshold: int = 0
    statuses: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the row in words, e.g. `落后序时百分点≥30 亮红灯`."""
        match self.condition:
            case Condition.OVERDUE | Condition.BEHIND:
                asked = f"{self.condition.value}≥{self.threshold}"
            case Condition.NEAR_DUE:
                asked = f"{self.condition.value}≤{self.threshold}"
            case Condition.STATUS:
                asked = f"{self.condition.value}为{'、'.join(self.statuses)}"
            case _:
                asked = self.condition.value
        return f"{asked} 亮{self.light.label}"


@dataclass(frozen=True, slots=True)
class LightRules:
    """The rule table.

    Attributes:
        rows: From top to bottom; the first that applies gives the light, green if none does.
        counts_working_days: Days are working days, and a deadline on a free day rolls to the next worked one.
    """

    rows: tuple[LightRule, ...]
    counts_working_days: bool = False


_STATUSES: Final = (Status.NOT_STARTED.value, Status.BEHIND.value, UNSTATED)


def rule_rows(*, overdue: int = 1, red: int = 30, yellow: int = 10, blue: int = 15) -> tuple[LightRule, ...]:
    """Return the usual rows with these thresholds."""
    return (
        LightRule(Light.RED, Condition.OVERDUE, overdue),
        LightRule(Light.RED, Condition.BEHIND, red),
        LightRule(Light.YELLOW, Condition.BEHIND, yellow),
        LightRule(Light.YELLOW, Condition.RETURNED),
        LightRule(Light.YELLOW, Condition.STATUS, statuses=_STATUSES),
        LightRule(Light.BLUE, Condition.NEAR_DUE, blue),
    )


STANDARD: Final = LightRules(rule_rows())
PRESETS: Final[Mapping[str, tuple[LightRule, ...]]] = MappingProxyType(
    {
        "标准": STANDARD.rows,
        "从严": rule_rows(red=20, yellow=5, blue=30),
        "宽松": (
            LightRule(Light.RED, Condition.OVERDUE, 10),
            LightRule(Light.YELLOW, Condition.OVERDUE, 1),
            *rule_rows(red=40, yellow=20, blue=7)[1:],
        ),
    }
)
