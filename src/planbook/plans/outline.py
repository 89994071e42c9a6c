"""Outline: the tree that item numbers make of a document's segments."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from planbook.plans.characters import SENTENCE_END
from planbook.plans.numbering import UNNUMBERED, Marker, Style
from planbook.plans.segments import LONGEST_HEADING, Segment
from planbook.plans.unit_notes import cut_notes, find_unit_notes

_UNIT_WORDS: Final = re.compile(r"\([^()]*(?:单位\s*:|牵头|负责|配合)|^(?:牵头|责任)单位\s*:")
_FIELD: Final = re.compile(r"\s*[^。；;，,:\d]{2,10}:")
_UNIT_FIELD: Final = re.compile(r"\s*(?:牵头|责任|主办|承办|配合|实施|主责|协办)(?:责任)?(?:单位|部门|主体)\s*:")
_CLOSED_LIST_ITEM: Final = re.compile(r"[；;，,]\s*$")


@dataclass(slots=True, eq=False)
class Node:
    """An item, or the document (no marker): its own text and the items below it."""

    marker: Marker | None
    segments: list[Segment] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = field(default=None, repr=False)
    boxes: list["Node"] = field(default_factory=list)
    is_lost_heading: bool = False

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it, in the document's order."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(node.children))

    def leaves(self) -> Iterator["Node"]:
        """Yield the lowest items, in the document's order."""
        return (node for node in self.walk() if node.marker and not node.children)


def build_outline(segments: Sequence[Segment]) -> Node:
    """Return the document as a tree of items; text without a number belongs to the item before it."""
    ranks = _ranks([segment.marker for segment in segments if segment.marker])
    root = Node(None)
    stack = [root]
    box: Node | None = None
    for segment in segments:
        marker = segment.marker
        if marker is None:
            if box and _is_note(segment.text):
                box = None  # a box has no agencies: they are the item's around it
            (box or stack[-1]).segments.append(segment)
            continue
        if marker.style is Style.BOX:
            box = Node(marker, [segment], parent=stack[-1])
            stack[-1].boxes.append(box)
            continue
        box = None
        while len(stack) > 1 and _rank(stack[-1], ranks) >= ranks[marker.style, marker.level]:
            stack.pop()
        parent = _under_lost_heading(stack, marker)
        node = Node(marker, [segment], parent=parent)
        parent.children.append(node)
        stack.append(node)
    _part_lost_runs(root)
    _join_fields(root)
    _join_enumerations(root)
    return root


def _is_note(text: str) -> bool:
    notes = find_unit_notes(text)
    return bool(notes) and bool(notes[0].entries) and not cut_notes(text, notes)


def _ranks(markers: Sequence[Marker]) -> dict[tuple[Style, int], int]:
    """Return the depth of every style of this document.

    The usual order holds unless the document shows another: a style is moved below one that is usually deeper where
    its numbering starts anew after that one at least twice, and never the other way about. For chapters and sections
    (二、… 第一节…) once is enough, where the deeper one had already reached its second number.
    """
    starts: Counter[tuple[Style, Style]] = Counter()
    seen: set[Style] = set()
    for before, marker in pairwise(markers):
        if marker.ordinal == 1 and marker.style is not before.style:
            is_late = marker.style.value < Style.HAN.value and marker.style not in seen and before.ordinal > 1
            starts[marker.style, before.style] += 2 if is_late else 1
        seen |= {before.style, marker.style}
    keys = {(marker.style, marker.level) for marker in markers}
    ranks = {key: (key[0].value + key[1]) * 10 for key in keys}
    if _is_worded_below_bracketed(markers):
        starts[Style.WORDED, Style.HAN_PAREN] = 2
    for (inner, outer), count in starts.items():
        is_reversed = inner.value < outer.value and count > 1 and not starts[outer, inner]
        if is_reversed and Style.HEADING not in (inner, outer):
            for key in keys:
                if key[0] is inner:
                    ranks[key] = max(ranks[key], outer.value * 10 + 5)
    return ranks


def _is_worded_below_bracketed(markers: Sequence[Marker]) -> bool:
    """Return whether 任务1, 任务2… count through below (一), (二)…, which never start anew behind one of them."""
    pairs = [(one, two) for one, two in pairwise(markers) if {one.style, two.style} == {Style.WORDED, Style.HAN_PAREN}]
    opens = any(two.style is Style.WORDED and two.ordinal == 1 for _, two in pairs)
    back = [two.ordinal for _, two in pairs if two.style is Style.HAN_PAREN]
    return opens and bool(back) and min(back) > 1


def _rank(node: Node, ranks: dict[tuple[Style, int], int]) -> int:
    if node.marker is None:
        return -1000 if node.parent is None else _rank(node.children[0], ranks) - 1 if node.children else -1000
    return ranks[node.marker.style, node.marker.level]


def _under_lost_heading(stack: list[Node], marker: Marker) -> Node:
    """Return the parent of a new item; numbering that starts anew below one heading shows that a heading was lost."""
    parent = stack[-1]
    before = next(
        (child.marker for child in reversed(parent.children) if child.marker and child.marker.style is marker.style),
        None,
    )
    is_anew = marker.ordinal == 1 and before is not None and before.ordinal > 1
    if not is_anew or parent.parent is None:
        return parent
    lost = Node(None, parent=parent.parent, is_lost_heading=True)
    parent.parent.children.append(lost)
    stack[-1] = lost
    return lost


def has_lost_headings(root: Node) -> bool:
    """Return whether first-level numbering starts anew time and again without any heading above it."""
    starts = [child.marker.style for child in root.children if child.marker and child.marker.ordinal == 1]
    return starts.count(Style.ARABIC) > 1


def _part_lost_runs(root: Node) -> None:
    """Take runs out of an item that they cannot belong to, in a text whose headings were all lost.

    A run of deeper numbers after a complete item is then the next section's, not that item's; and where every item
    is one paragraph, a second paragraph is a section of its own.
    """
    if not has_lost_headings(root):
        return
    parted: list[Node] = []
    for child in root.children:
        parted.append(child)
        text = child.segments[-1].text.rstrip() if child.segments else ""
        if child.children and len(text) > LONGEST_HEADING and text[-1] in SENTENCE_END:
            for grandchild in child.children:
                grandchild.parent = root
            parted.extend(child.children)
            child.children = []
    items = [node for child in parted for node in (child.children if child.is_lost_heading else [child])]
    lone = sum(len(item.segments) == 1 for item in items)
    root.children = []
    for item in items:
        item.parent = root
        root.children.append(item)
        follows = item.segments[1:]
        if len(items) - lone <= 2 and follows and len(follows[0].text) > LONGEST_HEADING:
            item.segments = item.segments[:1]
            root.children.append(Node(UNNUMBERED, follows, parent=root))


def _join_fields(root: Node) -> None:
    """Give the fields of a form back to their item: 1、任务内容：… 2、牵头单位：… 3、完成时限：…."""
    for node in list(root.walk()):
        if node.marker is None or len(node.children) < 2 or any(child.children for child in node.children):
            continue
        texts = [child.segments[0].plain[child.marker.end :] for child in node.children if child.marker]
        if all(_FIELD.match(text) for text in texts) and any(_UNIT_FIELD.match(text) for text in texts):
            for child in node.children:
                first = child.segments[0]
                end = child.marker.end if child.marker else 0
                bare = replace(
                    first, text=first.text[end:], plain=first.plain[end:], marker=None, starts_line=True, bold=0
                )
                node.segments.extend([bare, *child.segments[1:]])
                node.boxes.extend(child.boxes)
            node.children = []


def _join_enumerations(root: Node) -> None:
    """Give lists within a sentence back to their item: (1)…； (2)…； (3)…。 below a text that introduces them."""
    for node in list(root.walk()):
        if node.marker is None or not node.children:
            continue
        if any(child.children for child in node.children) or not _is_enumeration(node):
            continue
        for child in node.children:
            node.segments.extend(child.segments)
            node.boxes.extend(child.boxes)
        node.children = []


def _is_one_sentence(node: Node) -> bool:
    """Return whether the items below a bare heading are one sentence, parted by ；, that one note ends.

    （一）项目攻坚 | 1.加快建设； | 2.推动签约； | 3.谋划储备。 | （牵头单位：…） is one item with a list.
    """
    texts = ["\n".join(segment.plain for segment in child.segments) for child in node.children]
    noted = [index for index, text in enumerate(texts) if _UNIT_WORDS.search(text)]
    return (
        len(texts) > 1
        and all(re.search(r"[；;]\s*$", text) for text in texts[:-1])
        and sum("。" in text for text in texts[:-1]) * 2 <= len(texts) - 1
        and noted == [len(texts) - 1]
        and len(node.children[-1].segments) > 1
    )


def _is_enumeration(node: Node) -> bool:
    styles = {child.marker.style for child in node.children if child.marker}
    last_text = node.segments[-1].text.rstrip()
    is_introduced = last_text[-1:] in ":：" and node.marker is not None and node.marker.style is Style.ARTICLE
    highest = Style.HAN_PAREN if is_introduced else Style.ARABIC
    if not styles or min(style.value for style in styles) < highest.value:
        return False
    own = sum(len(segment.text) for segment in node.segments)
    if own <= LONGEST_HEADING and last_text[-1:] not in ":：，,":
        return _is_one_sentence(node)
    if sum(bool(_UNIT_WORDS.search(segment.plain)) for child in node.children for segment in child.segments) > 1:
        return False
    open_ends = [bool(_CLOSED_LIST_ITEM.search(child.segments[-1].text)) for child in node.children[:-1]]
    return bool(open_ends) and sum(open_ends) * 2 >= len(open_ends)
