"""Ranks the agencies of each category for the bulletin (分类考核: 省直 are not measured against 园区)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planbook.model.decisions import ClosureState
from planbook.model.form import Role, Status
from planbook.model.ledger import AgencyStanding, Assignment, PeriodLedger, TaskStanding
from planbook.model.lights import Light
from planbook.outputs.cell_text import plain_number
from planbook.outputs.documents import wording
from planbook.outputs.documents.bulletin_fields import CategoryFields, RankFields


@dataclass(frozen=True, slots=True)
class Ranked:
    """An agency with the codes of the tasks behind each figure of its row.

    Attributes:
        standing: How it stands.
        led: Tasks that it leads.
        reported: Those of them that it reported on.
        done: Those that are closed or that it reports done.
        red: Those with a red light.
        yellow: Those with a yellow one.
    """

    standing: AgencyStanding
    led: tuple[str, ...]
    reported: tuple[str, ...]
    done: tuple[str, ...]
    red: tuple[str, ...]
    yellow: tuple[str, ...]


def rank_agencies(ledger: PeriodLedger) -> Mapping[str, Sequence[Ranked]]:
    """Return the agencies by category, the best first; agencies that lead nothing come last, unplaced."""
    led = _led(ledger.tasks)
    categories: dict[str, list[AgencyStanding]] = {}
    for one in ledger.agencies:
        categories.setdefault(one.category, []).append(one)
    return {
        category: [_ranked(one, led.get(one.agency, [])) for one in sorted(members, key=_by_rank)]
        for category, members in categories.items()
    }


def category_fields(ranking: Mapping[str, Sequence[Ranked]]) -> tuple[CategoryFields, ...]:
    """Return the ranking as the template names it."""
    return tuple(CategoryFields(category, tuple(map(_rank, members))) for category, members in ranking.items())


def _led(tasks: Iterable[TaskStanding]) -> Mapping[str, list[tuple[TaskStanding, Assignment]]]:
    led: dict[str, list[tuple[TaskStanding, Assignment]]] = {}
    for standing in tasks:
        for one in standing.assignments:
            if one.role is Role.LEAD:
                led.setdefault(one.agency, []).append((standing, one))
    return led


def _by_rank(one: AgencyStanding) -> tuple[bool, int, str]:
    return (one.score is None, one.score.rank if one.score else 0, one.agency)


def _ranked(one: AgencyStanding, led: Sequence[tuple[TaskStanding, Assignment]]) -> Ranked:
    return Ranked(
        one,
        led=tuple(standing.task.code for standing, _ in led),
        reported=tuple(standing.task.code for standing, part in led if part.received is not None),
        done=tuple(standing.task.code for standing, part in led if _is_done(standing, part)),
        red=tuple(standing.task.code for standing, _ in led if standing.light.light is Light.RED),
        yellow=tuple(standing.task.code for standing, _ in led if standing.light.light is Light.YELLOW),
    )


def _rank(ranked: Ranked) -> RankFields:
    one = ranked.standing
    return RankFields(
        place=str(one.score.rank) if one.score else wording.NONE,
        agency=one.agency,
        tasks=len(ranked.led),
        reported=len(ranked.reported),
        done=len(ranked.done),
        average=wording.percent(one.completion_percent),
        red=len(ranked.red),
        yellow=len(ranked.yellow),
        score=plain_number(one.score.total) if one.score else wording.NONE,
    )


def _is_done(standing: TaskStanding, part: Assignment) -> bool:
    is_claimed = part.received is not None and part.received.report.status is Status.DONE
    return is_claimed or standing.closure.state is ClosureState.CLOSED
