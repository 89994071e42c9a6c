"""Intentions that report on a period: the board, the bulletin, the letters."""

from dataclasses import dataclass
from typing import Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.period import Period


@dataclass(frozen=True, slots=True)
class DashboardRequest:
    """Period of the board; none means the last that was issued."""

    period: str | None = None


def _dashboard(at: Circumstances, request: DashboardRequest) -> Ending:
    from planbook.actions.reporting_json import dashboard_json
    from planbook.actions.write_dashboard import write_dashboard_file

    period = Period.parse(request.period) if request.period else None
    result = write_dashboard_file(at.workspace, period, now=at.now, today=at.today)
    lines = (f"{result.period.label}看板：任务 {result.tasks} 项。", f"看板：{result.path}")
    return Ending(dashboard_json(result), lines, opens=(result.path,))


INTENTIONS: Final[tuple[Intention[Any], ...]] = (Intention("dashboard", "看板", DashboardRequest, _dashboard),)
