"""Tasks without numbers: bold run-in headings, paragraphs with notes of their own, bullets with notes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from planbook.plans.characters import squeeze
from planbook.plans.numbering import UNNUMBERED, Style
from planbook.plans.outline import Node
from planbook.plans.segments import Segment

TASK_SECTION: Final = re.compile(
    r"(?:重点|主要|工作|具体|核心|总体|目标|建设|行动)*(?:任务|举措|措施|工作|内容|行动|工程)(?:安排|分工|及分工|清单|分解|及责任分工)?"
)
"""Pattern of a heading that only says that tasks follow; for squeezed text."""

# Numbers and marks that are none of the usual ones: A. / ★ / 【1】 / 1-1 / 1| .
UNKNOWN_MARK: Final = re.compile(
    r"\s*(?:(?P<number>[A-Za-z]\s?[.、．)）]|[【\[（(]\s?(?:\d{1,2}|[A-Za-z])\s?[】\]）)]|\d{1,2}[-—–]\d{1,2}\s?[.、]?|\d{1,2}\s?[|｜/])"
    r"|[★☆◆◇■▲△●▶►※□○✦➤♦◎])\s*(?=\S)"
)
_HEADED_AND_NOTED: Final = re.compile(
    r"[^。；;，,:()]{4,20}。[^\n]*[。)]\s*\(?(?:牵头|责任|主办|主责)(?:单位|部门)\s*:|[^。；;，,:()]{4,20}。[^\n]*\([^()]{2,80}(?:牵头|负责|配合)[^()]{0,80}\)。?\s*$"
)
_NOTE_LINE: Final = re.compile(r"\s*[(]?(?:牵头|责任|主办|主责|配合)(?:责任)?(?:单位|部门)\s*:")
_NO_STOP: Final = re.compile(r"[^。；;，,:：]{2,45}")
_NOTED: Final = re.compile(
    r"(?:单位|部门)\s*:|\([^()]*(?:牵头|负责|配合)[^()]*\)|[。\n][^。;\n]{2,40}牵头[,，][^。;\n]{2,80}(?:配合|参与|负责|落实)。?\s*$"
)
_BULLET: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}[是要](?=[^的否求])[:：,，]?|[—–-]{1,2}|[●•·■◆▪►※○]|[①-⑳])"
)


def number_unnumbered(root: Node) -> None:
    """Part the paragraphs of a section that has tasks without numbers: bold run-in headings, or each with its note."""
    bulleted = _bulleted_tasks(root)
    is_habit = any(len(_bold_starts(node)) > 1 for node in root.walk() if not node.children)
    for node in list(root.walk()):
        if node.children or len(node.segments) < 2:
            continue
        starts = bulleted.get(node) or _unnumbered_starts(node, fewest_bold=1 if is_habit else 2)
        if not starts:
            continue
        segments = node.segments
        cuts = [*starts, len(segments)]
        node.segments = segments[: starts[0]]
        for start, end in pairwise(cuts):
            item = [_without_bullet(segments[start]), *segments[start + 1 : end]]
            node.children.append(unnumbered_item(item, node))


def part_lost_numbers(root: Node) -> None:
    """Part a paragraph from the item before it where its number was lost: heading and note of its own.

    Only where the items of the document carry one note each: else a second note is one more of the same item.
    """
    leaves = [
        node for node in root.leaves() if node.parent and any(_NOTED.search(each.plain) for each in node.segments)
    ]
    found = {node: starts for node in leaves if (starts := _lost_starts(node))}
    if len(found) * 3 > len(leaves):
        return
    for node, starts in found.items():
        parent = node.parent or root
        cuts = [*starts, len(node.segments)]
        parted = [Node(UNNUMBERED, list(node.segments[start:end]), parent=parent) for start, end in pairwise(cuts)]
        node.segments = node.segments[: starts[0]]
        at = parent.children.index(node) + 1
        parent.children[at:at] = parted


def _lost_starts(node: Node) -> list[int]:
    """Indices of the paragraphs with heading and note of their own, each behind a note that closes what is above."""
    return [
        index
        for index in range(1, len(node.segments))
        if node.segments[index].starts_line
        and node.segments[index].marker is None
        and not _BULLET.match(node.segments[index].text)
        and _HEADED_AND_NOTED.match(node.segments[index].plain)
        and _NOTED.search(node.segments[index - 1].plain)
        and "。" in node.segments[0].plain
    ]


def _bulleted_tasks(root: Node) -> dict[Node, list[int]]:
    """Indices of the bullets that are tasks: below bare headings, where all of the document's carry notes."""
    found: dict[Node, list[int]] = {}
    shared: set[Node | None] = set()  # parents of items whose bullets share one note
    for node in root.walk():
        if node.children or (node.marker and node.marker.style.value > Style.HAN_PAREN.value):
            continue
        bullets = [index for index, each in enumerate(node.segments) if index and _BULLET.match(each.text)]
        if len(bullets) == 1 and "二是" in node.segments[bullets[0]].plain:
            continue  # 一是……，二是…… on one line is running text
        if not bullets or (node.marker and not _NO_STOP.fullmatch(node.segments[0].text.strip(" 。"))):
            continue
        texts = [
            "\n".join(each.plain for each in node.segments[start:end])
            for start, end in pairwise([*bullets, len(node.segments)])
        ]
        if all(_NOTED.search(text) for text in texts):
            found[node] = bullets
        else:
            shared.add(node.parent)
    found = {node: bullets for node, bullets in found.items() if len(bullets) > 1 or node.parent not in shared}
    return found if sum(len(bullets) for bullets in found.values()) > 1 else {}


def _without_bullet(segment: Segment) -> Segment:
    bullet = _BULLET.match(segment.text)
    if not bullet or segment.marker:
        return segment
    end = len(segment.text) - len(segment.text[bullet.end() :].lstrip())
    return replace(segment, text=segment.text[end:], plain=segment.plain[end:], bold=max(segment.bold - end, 0))


def _bold_starts(node: Node) -> list[int]:
    """Indices of the paragraphs that begin with a bold heading, run in."""
    first = 1 if node.marker else 0
    return [
        index
        for index, segment in enumerate(node.segments[first:], start=first)
        if segment.marker is None and 4 <= segment.bold < len(segment.text) - 2 and not _BULLET.match(segment.text)
    ]


def _unnumbered_starts(node: Node, *, fewest_bold: int) -> list[int]:
    bold = _bold_starts(node)
    if len(bold) >= fewest_bold:
        return bold
    first = 1 if node.marker else 0
    later = node.segments[first:]
    heading = squeeze(node.segments[0].text[node.marker.end :]) if node.marker else ""
    if node.marker and not TASK_SECTION.fullmatch(heading):
        return _headed_and_noted(later, first) if _NO_STOP.fullmatch(node.segments[0].text.strip()) else []
    if not node.marker and any(child for child in node.children):
        return []
    noted = [
        index
        for index, segment in enumerate(later, start=first)
        if re.search(r"(?:单位|部门)\s*:|牵头", segment.plain) and len(segment.text) > 20
    ]
    if len(noted) > 1:
        # Notes on lines of their own say where items end, not where they begin.
        return [] if any(_NOTE_LINE.match(node.segments[index].plain) for index in noted) else noted
    long = [index for index, segment in enumerate(later, start=first) if len(segment.text) > 30]
    return (
        [index for index in long if not _BULLET.match(node.segments[index].text)]
        if node.marker and len(long) > 1
        else []
    )


def _headed_and_noted(paragraphs: Sequence[Segment], first: int) -> list[int]:
    """Indices of paragraphs below a bare heading where each has a heading of its own, run in, and its own note."""
    if len(paragraphs) < 2 or any(
        _BULLET.match(each.text) or not _HEADED_AND_NOTED.match(each.plain) for each in paragraphs
    ):
        return []
    return list(range(first, first + len(paragraphs)))


def unnumbered_item(lines: Sequence[Segment], parent: Node) -> Node:
    """Return an item of lines that begin without a known number; a mark of an unknown kind (A.、★) is taken off."""
    mark = UNKNOWN_MARK.match(lines[0].text)
    if not mark:
        return Node(UNNUMBERED, list(lines), parent=parent)
    printed = (mark["number"] or "").strip(" .、．|｜/")
    end = mark.end()
    first = replace(
        lines[0], text=lines[0].text[end:], plain=lines[0].plain[end:], bold=max(lines[0].bold - end, 0), marker=None
    )
    marker = replace(UNNUMBERED, printed=printed) if printed else UNNUMBERED
    return Node(marker, [first, *lines[1:]], parent=parent)
