"""The same indicator in several plans: found by name, targets compared where scope, unit and due day agree."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from planbook.model.ledger import LedgerIndicator, LedgerPlan

_SCALES: Final = (
    ("万亿", 12), ("千亿", 11), ("百亿", 10), ("十亿", 9), ("亿", 8), ("千万", 7), ("百万", 6), ("十万", 5), ("万", 4),
)  # fmt: skip
_SAME_WORDS: Final = (
    (r"^(?:全省|全市|全县|全区|全州|全社会|我省|我市|本省|本市)+", ""),
    (r"地区生产总值|国内生产总值", "GDP"),
    (r"研究与试验发展\(?(?:R&D)?\)?|研发\(R&D\)|R&D", "研发"),
    (r"(?:经费)?投入强度", "投入强度"),
    (r"(?:总额|总金额|金额)$", "额"),
    (r"(?:的)?(?:占比|比重|比例)$", "比重"),
    (r"(?<=..)(?:总数量|总数|数量|个数|家数|数)$", ""),
)
_AREA: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,6}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,4}?(?<!城)市|[\u4e00-\u9fff]{2,12}?自治州|[\u4e00-\u9fff]{2,4}?[州盟])?"
    r"(?:[\u4e00-\u9fff]{1,4}?[县区旗])?"
)


@dataclass(frozen=True, slots=True)
class ComparedIndicator:
    """One indicator beside its namesakes.

    Attributes:
        indicator: The indicator.
        plan: Its plan.
        area: Whose target it is, from the plan's issuer or title; empty where neither names a place.
        comparable: Its lower (or only) target without 万 and 亿, with the unit that is then left.
        differs_from: Codes of namesakes that set another target for the same area, unit and day.
    """

    indicator: LedgerIndicator
    plan: LedgerPlan
    area: str
    comparable: tuple[Decimal, str]
    differs_from: tuple[str, ...] = ()


def compare_same_indicators(
    indicators: Iterable[LedgerIndicator], plans: Mapping[int, LedgerPlan]
) -> tuple[tuple[ComparedIndicator, ...], ...]:
    """Return the indicators that several plans have, and those of which one plan says two things, group by group.

    Different years, units and areas are no contradiction: the province's target is not the city's. A target
    without a due day is never compared, as nobody can say for when it holds.
    """
    grouped: dict[str, list[LedgerIndicator]] = {}
    for indicator in indicators:
        if key := indicator_key(indicator.name):
            grouped.setdefault(key, []).append(indicator)
    found: list[tuple[ComparedIndicator, ...]] = []
    for members in grouped.values():
        if len(members) < 2:
            continue
        compared = tuple(_compare(members, plans))
        if len({one.plan.sequence for one in compared}) > 1 or any(one.differs_from for one in compared):
            found.append(compared)
    return tuple(found)


def _compare(members: Sequence[LedgerIndicator], plans: Mapping[int, LedgerPlan]) -> Iterator[ComparedIndicator]:
    scopes = {plan: area_of(plans[plan]) for plan in {one.plan_sequence for one in members}}

    def ground(one: LedgerIndicator) -> tuple[str, str, str]:
        # Without a place in title or issuer a plan can only contradict itself.
        scope = scopes[one.plan_sequence] or f"#{one.plan_sequence}"
        return scope, to_base_unit(one.value, one.unit)[1], _due_day(one)

    differing: dict[str, tuple[str, ...]] = {}
    for (_, _, due), group in groupby(sorted(members, key=ground), key=ground):
        same_ground = list(group)
        for one in same_ground if due else ():
            others = (other.code for other in same_ground if _target(other) != _target(one))
            differing[one.code] = tuple(others)
    for one in sorted(members, key=lambda one: (one.plan_sequence, one.order, one.code)):
        yield ComparedIndicator(
            one,
            plans[one.plan_sequence],
            scopes[one.plan_sequence],
            to_base_unit(one.value, one.unit),
            differing.get(one.code, ()),
        )


def _target(one: LedgerIndicator) -> tuple[Decimal, Decimal]:
    high = one.value if one.value_max is None else one.value_max
    return to_base_unit(one.value, one.unit)[0], to_base_unit(high, one.unit)[0]


def _due_day(one: LedgerIndicator) -> str:
    by = one.by or ""
    return f"{by}-12-31" if len(by) == 4 else by


def indicator_key(name: str) -> str:
    """Return a key that is equal for two wordings of one indicator's name; 新增 and 累计 keep things apart."""
    key = re.sub(r"[\s“”\"'《》]", "", unicodedata.normalize("NFKC", name))
    for pattern, same in _SAME_WORDS:
        key = re.sub(pattern, same, key)
    return key


def to_base_unit(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return a quantity without 万 and 亿: 1.2 万亿元 is (1200000000000, 元)."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", unit)).replace("元人民币", "元")
    for word, power in _SCALES:
        if plain.startswith(word):
            return value * 10**power, plain.removeprefix(word)
    return value, plain


def area_of(plan: LedgerPlan) -> str:
    """Return the place that a plan is for (云川省, 长沙市岳麓区), empty where issuer and title name none."""
    for text in (plan.title.removeprefix("《"), plan.issuer or ""):
        if (match := _AREA.match(text)) and match[0]:
            return match[0]
    return ""
