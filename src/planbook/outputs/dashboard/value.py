"""The one value that the dashboard's view draws: plain text and numbers, dates as YYYY-MM-DD, names as in its JSON."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PeriodName:
    """A period: `2024Q1` and 2024年第一季度."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class LightTotal:
    """Tasks of one light, and how many there were in the period before (None where there was none)."""

    light: str
    label: str
    count: int
    before: int | None


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """The figures of one period, for the trend."""

    label: str
    lights: Mapping[str, int]
    issued: int
    returned: int


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks of one plan or section by light."""

    title: str
    total: int
    lights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RankedAgency:
    """An agency in the ranking of its category; `rank` is None where it leads nothing."""

    rank: int | None
    agency: str
    lead_tasks: int
    percent: float | None
    lights: Mapping[str, int]
    score: float | None
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """The agencies of one category, the best first."""

    title: str
    agencies: tuple[RankedAgency, ...]


@dataclass(frozen=True, slots=True)
class SilentAgency:
    """An agency that has not returned its form."""

    agency: str
    tasks: int
    lead_tasks: int
    due_on: str | None
    days_late: int
    contact: str


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """One contradiction."""

    kind: str
    title: str
    agencies: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's part in a task, with what it reports this period."""

    agency: str
    role: str
    status: str
    percent: float | None
    progress: str
    problems: str
    next_steps: str
    expected: str | None
    extension_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class PastReport:
    """What one agency reported in one period."""

    agency: str
    status: str
    progress: str


@dataclass(frozen=True, slots=True)
class PastStanding:
    """How a task stood in one period."""

    label: str
    light: str
    ground: str
    percent: float | None
    reports: tuple[PastReport, ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision of the office."""

    on: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task with its drill-down."""

    code: str
    title: str
    body: str
    plan: str
    path: tuple[str, ...]
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    deadline: str | None
    original_deadline: str | None
    days_left: int | None
    light: str
    ground: str
    state: str
    percent: float | None
    parts: tuple[Part, ...]
    history: tuple[PastStanding, ...]
    decisions: tuple[DecisionLine, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """An indicator's value in one period."""

    label: str
    number: float


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator with its values."""

    code: str
    task: str | None
    plan: str
    name: str
    target: str
    target_number: float
    unit: str
    by: str | None
    now: str
    attainment: str
    ground: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class DashboardValue:
    """Everything that the dashboard shows; `scope` says which part it is of, empty for all."""

    office: str
    period: PeriodName
    scope: str
    is_public: bool
    cut_off: str
    made_at: str
    plans: tuple[str, ...]
    issued: int
    returned: int
    closed: int
    lights: tuple[LightTotal, ...]
    history: tuple[PastPeriod, ...]
    groups_by: str
    groups: tuple[TaskGroup, ...]
    categories: tuple[Category, ...]
    missing: tuple[SilentAgency, ...]
    doubts: tuple[DoubtLine, ...]
    tasks: tuple[TaskLine, ...]
    indicators: tuple[IndicatorLine, ...]
    version: int = 1


def dashboard_json(value: DashboardValue) -> str:
    """Return `value` as JSON that can stand in any page: no `<`, no `&` and no line separators in it."""
    text = json.dumps(value, default=_by_name, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _by_name(noun: Any) -> dict[str, object]:
    return {field.name: getattr(noun, field.name) for field in dataclasses.fields(noun)}
