"""Where agencies belong: the category that they are ranked in and the leaders that they answer to."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from planbook.model.agency import Agency, Directory, agency_from_name
from planbook.model.agency_level import category_of, level_of
from planbook.model.ledger import Affiliation, IndicatorStanding, MissingAgency
from planbook.model.tallies import TaskTally

_SEPARATORS: Final = re.compile(r"[、,，;；/／\n]+")


def affiliations_of(names: Iterable[str], directory: Directory) -> tuple[Affiliation, ...]:
    """Return where each agency of `names` belongs, each once."""
    return tuple(_affiliation(name, directory) for name in dict.fromkeys(names))


def _affiliation(name: str, directory: Directory) -> Affiliation:
    agency = directory.find(name) or agency_from_name(name)
    return Affiliation(name, category_in(agency, directory), leaders_of(agency))


def category_in(agency: Agency, directory: Directory) -> str:
    """Return the category of an agency; one whose level nobody knows is of the level of its groups (各市州人民政府)."""
    level = agency.level or level_of(agency.name)
    if not level:
        groups = (directory.find(name) or agency_from_name(name) for name in agency.groups)
        level = next((group.level for group in groups if group.level), "")
    return category_of(agency.name, level)


def leaders_of(agency: Agency) -> tuple[str, ...]:
    """Return the leaders that an agency answers to; its cell may name several."""
    names = (" ".join(name.split()) for name in _SEPARATORS.split(agency.leader))
    return tuple(dict.fromkeys(name for name in names if name))


def named_agencies(
    tasks: Iterable[TaskTally], indicators: Iterable[IndicatorStanding], missing: Iterable[MissingAgency]
) -> Iterator[str]:
    """Yield every agency that a period's ledger names, some of them often."""
    for task in tasks:
        for part in task.parts:
            yield part.agency
    for indicator in indicators:
        yield from indicator.agencies
        for received in indicator.received:
            yield received.agency
    for one in missing:
        yield one.agency
