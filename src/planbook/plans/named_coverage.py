"""Assignments by number (第一、三项由…负责, 上述（一）（四）项由…牵头), within a group or over several sections."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from planbook.plans.named_items import NAMED_ITEMS, SECTION_BEFORE, parse_item_numbers
from planbook.plans.numbering import Style
from planbook.plans.numbers import parse_ordinal
from planbook.plans.outline import Node
from planbook.plans.role_words import parse_plain_note, parse_roles
from planbook.plans.unit_notes import UnitNote

_LEVELS: Final = (Style.HAN_PAREN, Style.ARABIC, Style.ARTICLE, Style.HAN, Style.WORDED, Style.ARABIC_PAREN)


def find_named_coverage(
    root: Node, leaves: set[Node], cities: Sequence[str] = ()
) -> Iterator[tuple[Node, tuple[Node, tuple[UnitNote, ...]]]]:
    """Yield the items that a sentence assigns by their numbers, with the item at which it stands.

    The numbers are those of the group below or beside the sentence; where that group does not have them all, those of
    a section that the sentence names, or of the whole text, provided that no number comes twice there.
    """
    for source in root.walk():
        raw = "".join(("\n" if segment.starts_line else "") + segment.text for segment in source.segments)
        plain = "".join(("\n" if segment.starts_line else "") + segment.plain for segment in source.segments)
        for said in NAMED_ITEMS.finditer(plain):
            words = raw[slice(*said.span("words"))].rstrip(" ，,、)）。")
            is_labelled = not words.startswith("由")
            entries = (
                parse_roles(words.replace("为", "：", 1) if "：" not in words and ":" not in words else words, cities)
                if is_labelled
                else parse_plain_note(words, cities, allows_bare_list=False)
            )
            if not entries:
                continue
            note = UnitNote(said.start(), said.end(), tuple(entries), text=raw[said.start() : said.end()])
            numbers = parse_item_numbers(said["numbers"])
            before = plain[max(said.start() - 60, 0) : said.start()]
            for child in _named(root, source, numbers, leaves, before, is_bracketed="(" in said["numbers"]):
                yield child, (source, (note,))


def _named(
    root: Node, source: Node, numbers: set[int], leaves: set[Node], before: str, *, is_bracketed: bool
) -> list[Node]:
    """Return the items with `numbers` that a sentence at `source` means."""
    section = SECTION_BEFORE.search(before)
    if section:
        ordinal = parse_ordinal(section["part"] or section["han"])
        tops = [top for top in root.children if top.marker and top.marker.ordinal == ordinal]
        return _with_numbers([leaf for top in tops for leaf in top.leaves() if leaf in leaves], numbers)
    beside = [child for child in source.children if child in leaves] or [
        child for child in (source.parent.children if source.parent else []) if child in leaves
    ]
    found = _with_numbers(beside if len(beside) > 1 else [], numbers)
    if len(found) == len(numbers):
        return found
    styles = [Style.HAN_PAREN] if is_bracketed else _LEVELS
    everywhere = [leaf for leaf in root.leaves() if leaf in leaves]
    for style in styles:
        spread = _with_numbers([leaf for leaf in everywhere if leaf.marker and leaf.marker.style is style], numbers)
        if len(spread) == len(numbers):
            return spread
    last = _section_before(root, source)
    in_last = _with_numbers([leaf for leaf in last.leaves() if leaf in leaves], numbers) if last else []
    return in_last if len(in_last) > len(found) else found


def _section_before(root: Node, source: Node) -> Node | None:
    """Return the section that ends where a sentence in a section of its own begins (三、责任分工)."""
    if source not in root.children:
        return None
    index = root.children.index(source)
    return root.children[index - 1] if index else None


def _with_numbers(nodes: Sequence[Node], numbers: set[int]) -> list[Node]:
    counted = Counter(node.marker.ordinal for node in nodes if node.marker)
    return [
        node for node in nodes if node.marker and node.marker.ordinal in numbers and counted[node.marker.ordinal] == 1
    ]
