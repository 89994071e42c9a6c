"""Scores (评分) of agencies by an office's table, ranked within their category (分类考核), every point explained."""

from dataclasses import dataclass
from decimal import Decimal


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
    rank: int
    ranked: int
