"""How well the outline explains the unit notes, and what to do where it does not.

Each unit note ends one item. Where the lowest items that the numbers give hold several notes each, numbering was lost
or is of an unknown kind, and the notes tell better than the numbers where one item ends and the next begins.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planbook.model.plan import SourcePosition
from planbook.plans.numbering import Marker, Style
from planbook.plans.outline import Node
from planbook.plans.segments import LONGEST_HEADING, Segment
from planbook.plans.unit_notes import find_unit_notes
from planbook.plans.unnumbered import UNKNOWN_MARK, unnumbered_item

_FEWEST_NOTES: Final = 3
_NOTE_WORDS: Final = re.compile(
    r"(?:牵头|责任|配合|主办|承办|主责|实施)(?:责任)?(?:单位|部门)\s*:|\([^()\n]{2,120}(?:牵头|负责|配合|落实)\)|[牵头负责配合]{2}[。)\s]*$"
)
_OPENS_PLAN: Final = re.compile(
    r"(?:制定|提出|印发|分解|通知|明确|安排)[^。]{0,24}(?:如下)?[。:]\s*$|^为[^。]{6,}[。:]\s*$"
)
_BARE_HEADING: Final = re.compile(r"[^。；;！？!?:：]{2,45}[:：]?")


@dataclass(slots=True)
class _Block:
    """Lines of one item by its note: from behind the last note to the end of this one."""

    segments: list[Segment]


def count_notes(texts: Sequence[str]) -> int:
    """Return in how many of some folded texts agencies are named, roughly."""
    return sum(_NOTE_WORDS.search(text) is not None for text in texts)


def part_at_notes(root: Node, cities: Sequence[str] = ()) -> tuple[SourcePosition, ...]:
    """Part sections that hold several notes into items that end with one note each; return where.

    Only where more notes stand so than are explained by an item of their own. A numbered item with text of its own
    keeps all of its notes, and so does a lowest heading below a section: paragraphs without number belong to it.
    """
    blocks: dict[Node, list[_Block]] = {}
    explained = 0
    for node in root.walk():
        if node.is_lost_heading:
            continue
        lines = node.segments[1:] if _has_bare_heading(node) else node.segments
        if count_notes([line.plain for line in lines]) < 1:
            continue
        found = _blocks(lines, cities)
        if len(found) > 1 and _may_be_parted(node, found):
            blocks[node] = found
        elif found:
            explained += 1
    unexplained = sum(len(found) for found in blocks.values())
    if unexplained < _FEWEST_NOTES or unexplained <= explained:
        return ()
    usual = _usual_length([block for found in blocks.values() for block in found])
    for node, found in blocks.items():
        _part(node, found, usual)
    return tuple(found[0].segments[0].position for found in blocks.values())


def _has_bare_heading(node: Node) -> bool:
    if node.marker is None or not node.segments:
        return False
    text = node.segments[0].plain[node.marker.end :].strip()
    return _BARE_HEADING.fullmatch(text) is not None


def _may_be_parted(node: Node, found: Sequence[_Block]) -> bool:
    if node.children and node.marker is not None:
        return False
    if node.marker is None:
        return True
    if not _has_bare_heading(node):
        return False
    is_section = node.marker.style.value <= Style.HAN.value
    return is_section or all(UNKNOWN_MARK.match(block.segments[0].text) for block in found)


def _blocks(lines: Sequence[Segment], cities: Sequence[str]) -> list[_Block]:
    """Part lines behind every one that a note ends; lines of notes alone belong to the item above them."""
    found: list[_Block] = []
    waiting: list[Segment] = []
    for line in lines:
        covered, is_end = _noted(line.text, cities)
        if covered and not waiting and found:
            found[-1].segments.append(line)
            continue
        waiting.append(line)
        if is_end:
            found.append(_Block(waiting))
            waiting = []
    return found


def _noted(text: str, cities: Sequence[str]) -> tuple[bool, bool]:
    """Return whether a line holds nothing but a note, and whether a note ends it."""
    stripped = text.rstrip(" 。；;")
    last = next((note for note in reversed(find_unit_notes(stripped, cities)) if note.entries), None)
    is_end = last is not None and last.end >= len(stripped)
    return is_end and last is not None and not stripped[: last.start].strip(), is_end


def _usual_length(blocks: Sequence[_Block]) -> int:
    """Lines that most items have, notes left out."""
    return Counter(len(block.segments) for block in blocks).most_common(1)[0][0]


def _part(node: Node, found: Sequence[_Block], usual: int) -> None:
    first = node.segments.index(found[0].segments[0])
    # What stands before the first item is the section's own: its heading, a preamble.
    spare = _preamble([block.segments for block in found])
    kept = [*node.segments[:first], *found[0].segments[:spare]]
    items = [found[0].segments[spare:], *(block.segments for block in found[1:])]
    children: list[Node] = []
    parent = node
    for lines in items:
        extra = len(lines) - usual
        is_headed = extra > 0 and all(_BARE_HEADING.fullmatch(line.plain.strip()) for line in lines[:extra])
        if is_headed and children and len(lines[0].text) <= LONGEST_HEADING:
            section = Node(Marker(Style.HEADING, 0, "", 0, 0), lines[:extra], parent=node)
            children.append(section)
            parent = section
            lines = lines[extra:]  # noqa: PLW2901 - the heading stands above the item
        item = unnumbered_item(lines, parent)
        (children if parent is node else parent.children).append(item)
    node.segments = kept
    node.children = [*children, *node.children]


def _preamble(blocks: Sequence[Sequence[Segment]]) -> int:
    """Return how many lines of the first item stand before it: those above the mark that all others open with."""
    first, *others = blocks
    if all(UNKNOWN_MARK.match(lines[0].text) for lines in others):
        marked = [index for index, line in enumerate(first) if UNKNOWN_MARK.match(line.text)]
        return marked[-1] if marked else 0
    count = 0
    while count < len(first) - 1 and _OPENS_PLAN.search(first[count].plain):
        count += 1
    return count
