"""Coverage of notes: which items a note holds for beside its own, and roles that open the items instead of a note."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from planbook.plans.items import ItemText
from planbook.plans.named_coverage import find_named_coverage
from planbook.plans.numbering import Style
from planbook.plans.numbers import parse_ordinal
from planbook.plans.outline import Node
from planbook.plans.role_words import Role
from planbook.plans.unit_notes import UnitNote, find_opening_roles

_COUNTED_ABOVE: Final = re.compile(r"[（(\[【]?(?:以上|上述|前述)([两二三四五六七八九十]|\d{1,2})[项条点款]")
_FEWEST_OPENINGS: Final = 3


def find_coverage(
    root: Node, items: dict[Node, ItemText], leaves: set[Node], cities: Sequence[str] = ()
) -> dict[Node, tuple[Node, tuple[UnitNote, ...]]]:
    """Return, for items without agencies of their own, the item whose note covers them.

    A note at a heading covers what stands below it. A note behind the last of several items covers them all where it
    stands on a line of its own or says so (以上…), and where this document does so again and again, or has its other
    notes one level up; never where items of this style carry notes of their own.
    """
    covering: dict[Node, tuple[Node, tuple[UnitNote, ...]]] = {}
    for node in root.walk():
        own = tuple(note for note in items[node].notes if note.entries)
        above = covering.get(node.parent) if node.parent else None
        if node is not root and own and node.children:
            covering[node] = (node, own)
        elif above and (not own or only_help(own)):
            covering[node] = above
    covering.update(_counted_coverage(root, items, leaves))
    covering.update(find_named_coverage(root, leaves, cities))
    groups = [group for node in root.walk() if len(group := [child for child in node.children if child in leaves]) > 1]
    own_notes = {_style(group) for group in groups if _noted_before_last(group, items)}
    last_only = [group for group in groups if _noted(group[-1], items) and not _noted_before_last(group, items)]
    habit = Counter(_style(group) for group in last_only)
    for group in last_only:
        last = group[-1]
        notes = tuple(note for note in items[last].notes if note.entries)
        beside = last.parent.parent.children if last.parent and last.parent.parent else []
        is_habit = habit[_style(group)] > 1 or any(each in leaves and _noted(each, items) for each in beside)
        if not notes:
            continue
        is_said = "以上" in items[last].raw[notes[-1].start : notes[-1].start + 6]
        if is_said or (_style(group) not in own_notes and (is_habit or _stands_alone(items[last], notes[-1]))):
            covering.update(dict.fromkeys(group[:-1], (last, notes)))
    return covering


def only_help(notes: Sequence[UnitNote]) -> bool:
    """Return whether notes name none but those that help, so that the lead is still the one named above."""
    return all(entry.role is Role.SUPPORT for note in notes for entry in note.entries)


def _counted_coverage(
    root: Node, items: dict[Node, ItemText], leaves: set[Node]
) -> Iterator[tuple[Node, tuple[Node, tuple[UnitNote, ...]]]]:
    """Yield the items that a note counts (以上三项由……牵头), with the item that it stands at."""
    for node in root.walk():
        siblings = [child for child in node.children if child in leaves]
        for index, child in enumerate(siblings):
            for note in items[child].notes:
                said = _COUNTED_ABOVE.match(items[child].raw[note.start : note.end])
                count = parse_ordinal(said[1].replace("两", "二")) if said and note.entries else None
                for covered in siblings[max(index - (count or 1) + 1, 0) : index]:
                    yield covered, (child, (note,))


def _style(group: Sequence[Node]) -> Style | None:
    return group[0].marker.style if group[0].marker else None


def _noted_before_last(group: Sequence[Node], items: dict[Node, ItemText]) -> bool:
    return any(_noted(child, items) for child in group[:-1])


def _noted(node: Node, items: dict[Node, ItemText]) -> bool:
    return any(note.entries for below in node.walk() for note in items[below].notes)


def _stands_alone(item: ItemText, note: UnitNote) -> bool:
    before = item.raw[: note.start].rstrip(" ")
    return before.endswith("\n")


def find_opening_agencies(leaves: Sequence[Node], items: dict[Node, ItemText], cities: Sequence[str]) -> None:
    """Read 市住建局牵头，市城管局配合，完成……, where most items of the document open so and carry no other note."""
    opening = {leaf: note for leaf in leaves if (note := find_opening_roles(items[leaf].raw, cities))}
    if len(opening) < _FEWEST_OPENINGS or len(opening) * 2 < len(leaves):
        return
    for leaf, note in opening.items():
        if not any(each.entries for each in items[leaf].notes):
            items[leaf] = replace(items[leaf], notes=(note, *items[leaf].notes))
