"""Doubts (疑点): what reports say against each other, against numbers, against last time, and where things drift."""

from dataclasses import dataclass
from enum import StrEnum

from planbook.model.findings import Finding


class DoubtKind(StrEnum):
    """What kind of doubt it is, as the sheet 疑点 groups them."""

    AGENCIES = "牵头与配合不一致"
    CLAIM = "状态与数字不符"
    REGRESS = "进度倒退"
    COPIED = "照抄文字"
    INDICATOR = "指标与目标"
    DEADLINE = "时限后移"
    SILENCE = "连续未报"


@dataclass(frozen=True, slots=True)
class DoubtSource:
    """A place in a return that a doubt rests on; `text` is what stands there."""

    agency: str
    file: str
    sheet: str
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One contradiction or drift.

    Attributes:
        kind: Its kind.
        key: Code of the task or indicator, else the agency's name.
        title: Title of the task, name of the indicator.
        agencies: Whom it concerns, who has to answer first.
        finding: Code and wording, with the arithmetic.
        sources: The places in the returns that it rests on.
    """

    kind: DoubtKind
    key: str
    title: str
    agencies: tuple[str, ...]
    finding: Finding
    sources: tuple[DoubtSource, ...] = ()
