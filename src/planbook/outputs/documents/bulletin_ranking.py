"""Ranks the agencies of each category for the bulletin (分类考核: 省直 are not measured against 园区)."""

from collections.abc import Iterable

from planbook.model.decisions import ClosureState
from planbook.model.form import Role, Status
from planbook.model.ledger import AgencyStanding, Assignment, PeriodLedger, TaskStanding
from planbook.model.lights import Light
from planbook.outputs.cell_text import plain_number
from planbook.outputs.documents import wording
from planbook.outputs.documents.bulletin_fields import CategoryFields, RankFields


def rank_categories(ledger: PeriodLedger) -> tuple[CategoryFields, ...]:
    """Return the categories with their agencies, the best first; agencies that lead nothing come last, unplaced."""
    led = _led(ledger.tasks)
    categories: dict[str, list[AgencyStanding]] = {}
    for one in ledger.agencies:
        categories.setdefault(one.category, []).append(one)
    return tuple(
        CategoryFields(category, tuple(_rank(one, led.get(one.agency, [])) for one in sorted(members, key=_by_rank)))
        for category, members in categories.items()
    )


def _led(tasks: Iterable[TaskStanding]) -> dict[str, list[tuple[TaskStanding, Assignment]]]:
    led: dict[str, list[tuple[TaskStanding, Assignment]]] = {}
    for standing in tasks:
        for one in standing.assignments:
            if one.role is Role.LEAD:
                led.setdefault(one.agency, []).append((standing, one))
    return led


def _by_rank(one: AgencyStanding) -> tuple[bool, int, str]:
    return (one.score is None, one.score.rank if one.score else 0, one.agency)


def _rank(one: AgencyStanding, led: list[tuple[TaskStanding, Assignment]]) -> RankFields:
    lights = dict(one.lights)
    return RankFields(
        place=str(one.score.rank) if one.score else wording.NONE,
        agency=one.agency,
        tasks=len(led),
        reported=sum(part.received is not None for _, part in led),
        done=sum(_is_done(standing, part) for standing, part in led),
        average=wording.percent(one.completion_percent),
        red=lights.get(Light.RED, 0),
        yellow=lights.get(Light.YELLOW, 0),
        score=plain_number(one.score.total) if one.score else wording.NONE,
    )


def _is_done(standing: TaskStanding, part: Assignment) -> bool:
    is_claimed = part.received is not None and part.received.report.status is Status.DONE
    return is_claimed or standing.closure.state is ClosureState.CLOSED
