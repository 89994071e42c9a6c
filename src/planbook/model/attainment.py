"""Whether an indicator's reported value reaches its target (达标)."""

from enum import StrEnum

from planbook.model.ledger import IndicatorStanding, ReceivedIndicator
from planbook.model.plan import Operator


class Attainment(StrEnum):
    """Whether an indicator's reported value reaches its target."""

    REACHED = "已达标"
    BELOW = "未达标"
    UNCLEAR = "无法判断"
    SILENT = "未报送"


def attainment_of(standing: IndicatorStanding) -> Attainment:
    """Return whether what was reported reaches the target; reports that disagree leave it unclear."""
    found = {attainment(standing, received) for received in standing.received}
    if not found:
        return Attainment.SILENT
    return found.pop() if len(found) == 1 else Attainment.UNCLEAR


def attainment(standing: IndicatorStanding, received: ReceivedIndicator | None) -> Attainment:
    """Return whether one report reaches the target; a plan's 达到 N and 建成 N both mean at least N."""
    if received is None:
        return Attainment.SILENT
    value, target = received.report.value, standing.indicator.value
    if value is None or standing.indicator.operator is Operator.ABOUT:
        return Attainment.UNCLEAR
    is_reached = {
        Operator.AT_LEAST: value >= target,
        Operator.EQUAL: value >= target,
        Operator.MORE_THAN: value > target,
        Operator.AT_MOST: value <= target,
        Operator.LESS_THAN: value < target,
    }[standing.indicator.operator]
    return Attainment.REACHED if is_reached else Attainment.BELOW
