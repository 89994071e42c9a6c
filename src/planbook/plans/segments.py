"""Segments: paragraphs parted at the item numbers that the numbers around them bear out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from planbook.model.plan import SourcePosition
from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.brackets import last_bracket
from planbook.plans.characters import CJK, SENTENCE_END
from planbook.plans.note_ends import ends_with_assignment
from planbook.plans.numbering import Marker, Style, candidate_offsets, match_marker
from planbook.plans.passages import Paragraph
from planbook.plans.role_words import FIELD_LABEL, ROLE_LABEL

LONGEST_HEADING: Final = 45
"""Characters beyond which a text is no bare heading."""

_LONGEST_TITLE: Final = 90
_LONGEST_GAP: Final = 500
_SECOND: Final = 2
_ONE_LINE: Final = 400  # characters: a document without line ends
_MOST_AHEAD: Final = 40
_MOST_CANDIDATES: Final = 4000  # of one paragraph; a whole plan on one line has some hundred
_NOT_IN_HEADING: Final = re.compile(r"[。；;!?！？]")
_UNIT_WORDS: Final = re.compile(r"单位|部门|牵头|负责|配合|主办|厅|局|委|政府")
_UNIT_LABEL: Final = re.compile(rf"\s*\(?(?:{ROLE_LABEL})\s*:")
_LABEL_AHEAD: Final = re.compile(rf"(?<![、和及])(?:(?P<role>{ROLE_LABEL})|{FIELD_LABEL})\s*:")
_OFFICES_OF_PLACES: Final = re.compile(r"(?:街道|园区|[镇乡市区县州])\)?$")
_LONGEST_FIELD: Final = 16
_OPEN_NOTE: Final = re.compile(
    r"(?:\([^()]{0,6}|[牵头责任配合主办]{2})(?:单位|部门)\s*:(?:[^()。]|\([^()]{1,10}\))*(?:[厅局委办部院会府司团区中心]|部门|单位)$"
)
_ENDS_ASSIGNMENT: Final = re.compile(
    r"牵头[^。;]{1,80}(?:配合|参与|参加|协助|协同|落实|负责)$|[厅局委办部府会]牵头(?:负责|落实|实施)?$"
)
_SHORTEST_ITEM: Final = 8
_HEADING_AHEAD: Final = re.compile(r"[^。；;，,:()]{3,30}[。:]")
_REFERENCE: Final = re.compile(r"[项款条类种目和与及或、至到所的]")
_SECTION_NAMES: Final = re.compile(
    r"(?:总体要求|总体思路|指导思想|基本原则|(?:主要|工作|发展|总体|行动)目标|(?:重点|主要|工作)任务|重点工作|主要措施|工作举措|"
    r"重点举措|(?:组织|工作)?保障(?:措施)?|组织实施|工作要求|组织领导)"
)
_STARRED_SECTION: Final = re.compile(rf"\s*[★☆◆■▲●▶]\s*(?:{_SECTION_NAMES.pattern}|任务目标)\s*:")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one paragraph that belongs to one item.

    Attributes:
        text: Its text, the item's number included.
        plain: The same, folded.
        marker: The number that it begins with, its offsets counted within `text`; None for text that goes on.
        starts_line: It begins a paragraph of the document.
        position: Where it begins.
        heading_level: Level of the document's own style.
        bold: How many of its leading characters are bold.
    """

    text: str
    plain: str = field(repr=False)
    marker: Marker | None
    starts_line: bool
    position: SourcePosition
    heading_level: int | None = None
    bold: int = 0


@dataclass(slots=True)
class _Numbers:
    """The numbers seen so far, by style: what would be next."""

    last: dict[Style, int] = field(default_factory=dict)
    deepest: Style | None = None
    box: dict[Style, int] | None = None
    spaced: frozenset[Style] = frozenset()

    def continues(self, marker: Marker) -> bool:
        known = self.last.get(marker.style)
        return known is not None and marker.ordinal == known + 1

    def goes_on(self, marker: Marker) -> bool:
        """Return whether a number follows the last of its style, or opens a list below it."""
        is_deeper = self.deepest is None or marker.style.value > self.deepest.value
        return self.is_plausible(marker) and (marker.ordinal > 1 or is_deeper)

    def is_plausible(self, marker: Marker) -> bool:
        known = self.last.get(marker.style)
        if known is None:
            return marker.ordinal <= 1
        return marker.ordinal == 1 or known < marker.ordinal <= known + 2

    def accept(self, marker: Marker) -> None:
        self.last[marker.style] = marker.ordinal
        self.deepest = marker.style

    def is_boxed(self, marker: Marker, *, has_note: bool) -> bool:
        """Return whether a number stands within a 专栏 box, whose own numbering starts at 1."""
        if self.box is None:
            return False
        if marker.style.value < Style.HAN_PAREN.value:
            return False
        within = marker.ordinal == 1 or marker.ordinal == self.box.get(marker.style, 0) + 1
        if self.continues(marker) and (has_note or not (within and self.box.get(marker.style))):
            return False
        if within:
            self.box[marker.style] = marker.ordinal
        return within


def split_segments(paragraphs: Sequence[Paragraph]) -> list[Segment]:
    """Return the paragraphs parted at every item number that the numbers around it bear out.

    At the head of a paragraph a number is nearly always believed; within one only after the end of a sentence or of a
    unit note, or where it opens the first item below a bare heading (二、行动举措(一)自主创新行动1.争创…).
    """
    firsts = _borne_out([_first_marker(each.plain) for each in paragraphs])
    numbers = _Numbers(spaced=_spaced_styles(firsts))
    has_sections = any(marker and marker.style.value <= Style.HAN.value for marker in firsts)
    segments: list[Segment] = []
    before = ""
    for paragraph, first in zip(paragraphs, firsts, strict=True):
        is_torn = _is_torn(before) and paragraph.heading_level is None and not _opens_in_bold(paragraph)
        markers = _markers(paragraph, first, numbers, has_sections=has_sections, is_torn=is_torn)
        before = paragraph.plain
        cuts = [0, *(marker.start for marker in markers if marker.start > 0), len(paragraph.text)]
        by_start = {marker.start: marker for marker in markers}
        for start, end in pairwise(cuts):
            if paragraph.text[start:end].strip():
                segment = _segment(paragraph, start, end, by_start.get(start))
                segments.append(replace(segment, starts_line=False) if is_torn and not segment.marker else segment)
    return segments


def _is_torn(plain: str) -> bool:
    """Return whether a paragraph of running text breaks off within a word: a page's end parted it from the next."""
    if ends_with_assignment(plain):
        return False
    return "。" in plain and re.search(rf"[{CJK}A-Za-z\d]\s*$", plain) is not None


def _first_marker(plain: str) -> Marker | None:
    """Return the number at the head of a paragraph; of two, a list's own before the one typed (1. 一、…), the typed."""
    first = match_marker(plain)
    if first is None or first.style is not Style.ARABIC or first.is_uncertain:
        return first
    typed = match_marker(plain, first.end) if plain[first.end - 1 : first.end] == " " else None
    is_outer = typed is not None and typed.style in {Style.HAN, Style.HAN_PAREN} and not typed.is_uncertain
    return replace(typed, start=first.start) if typed is not None and is_outer else first


def _opens_in_bold(paragraph: Paragraph) -> bool:
    return 0 < paragraph.bold_prefix < len(paragraph.text)


def _segment(paragraph: Paragraph, start: int, end: int, marker: Marker | None) -> Segment:
    text = paragraph.text[start:end]
    if marker:
        shifted = replace(marker, start=0, end=min(marker.end, end) - start)
        wide = paragraph.text[marker.start] == "（"
        printed = marker.printed.replace("(", "（").replace(")", "）") if wide else marker.printed
        marker = replace(shifted, printed=printed)
    return Segment(
        text,
        paragraph.plain[start:end],
        marker,
        start == 0,
        paragraph.position(start),
        paragraph.heading_level if start == 0 else None,
        max(min(paragraph.bold_prefix, end) - start, 0),
    )


def _markers(
    paragraph: Paragraph, first: Marker | None, numbers: _Numbers, *, has_sections: bool, is_torn: bool
) -> list[Marker]:
    """Return the believed item numbers of one paragraph, in order; `first` is the one at its head.

    Behind a torn paragraph only the number that comes next is one: 全省统 | 一、有效支撑 is no first section.
    """
    plain = paragraph.plain
    found: list[Marker] = []
    if first and (numbers.goes_on(first) if is_torn else _is_item_start(first, numbers)):
        if not numbers.is_boxed(first, has_note="单位" in plain or "牵头" in plain or "负责" in plain):
            found.append(first)
            _accept(first, numbers)
    else:
        heading = _heading_without_number(paragraph, has_sections=has_sections)
        if heading:
            numbers.box = None
            return [heading]
    offsets = [offset for offset in candidate_offsets(plain) if not found or offset >= found[0].end][:_MOST_CANDIDATES]
    candidates = [marker for offset in offsets if (marker := match_marker(plain, offset)) and marker.start > 0]
    for index, marker in enumerate(candidates):
        if found and marker.start < found[-1].end:
            continue
        begin = found[-1].end if found else 0
        if numbers.is_boxed(marker, has_note=False):
            continue
        following = candidates[index : index + _MOST_AHEAD]
        if _is_believed(plain, begin, following, numbers, found[-1] if found else None):
            found.append(marker)
            _accept(marker, numbers)
    return found


def _accept(marker: Marker, numbers: _Numbers) -> None:
    if marker.style is Style.BOX:
        numbers.box = {}
        return
    numbers.box = None
    numbers.accept(marker)


def _borne_out(firsts: Sequence[Marker | None]) -> list[Marker | None]:
    """Return the numbers, a misread 1 (l、) made certain where the next of its style at the head of a line is 2."""
    following: dict[Style, int] = {}
    certain: list[Marker | None] = []
    for marker in reversed(firsts):
        if marker and marker.is_uncertain and marker.ordinal == 1 and following.get(marker.style) == _SECOND:
            marker = replace(marker, is_uncertain=False)  # noqa: PLW2901 - the marker as believed
        if marker:
            following[marker.style] = marker.ordinal
        certain.append(marker)
    return certain[::-1]


def _is_item_start(marker: Marker, numbers: _Numbers) -> bool:
    """Return whether a number at the head of a paragraph is one."""
    if not marker.is_uncertain:
        return True
    opens_spaced = marker.ordinal == 1 and marker.style in numbers.spaced
    is_torn = marker.style is Style.HAN_PAREN and numbers.is_plausible(marker)
    return opens_spaced or is_torn or numbers.continues(marker)


def _spaced_styles(firsts: Iterable[Marker | None]) -> frozenset[Style]:
    """Return the styles that this document sets off by a blank alone (1 总体要求, 2 重点任务)."""
    seen: dict[Style, int] = {}
    for marker in firsts:
        if marker and marker.is_uncertain and marker.ordinal == seen.get(marker.style, 0) + 1:
            seen[marker.style] = marker.ordinal
    return frozenset(style for style, last in seen.items() if last > 1)


def _heading_without_number(paragraph: Paragraph, *, has_sections: bool) -> Marker | None:
    """Return a marker for a heading that has no number: by the document's style, or by its name (保障措施)."""
    if not has_sections and _STARRED_SECTION.match(paragraph.plain):
        return Marker(Style.HEADING, 0, "", 0, 0)
    if len(paragraph.text) > LONGEST_HEADING or _NOT_IN_HEADING.search(paragraph.text[:-1]):
        return None
    if paragraph.heading_level is not None:
        return Marker(Style.HEADING, 0, "", 0, 0, level=min(paragraph.heading_level, 9) - 10)
    if not has_sections and _SECTION_NAMES.fullmatch(paragraph.plain.strip("() :。★☆◆■▲●▶")):
        return Marker(Style.HEADING, 0, "", 0, 0)
    return None


def _is_believed(plain: str, begin: int, candidates: Sequence[Marker], numbers: _Numbers, above: Marker | None) -> bool:
    """Return whether the first of `candidates`, within a paragraph, numbers an item.

    Args:
        plain: The paragraph, folded.
        begin: Offset of the text since the last number.
        candidates: This number and those that may follow.
        numbers: The numbers so far.
        above: The last number of this paragraph, None before the first.
    """
    marker = candidates[0]
    gap = plain[max(begin, marker.start - _LONGEST_GAP) : marker.start].rstrip()
    if not gap:
        return False
    if marker.is_uncertain and not numbers.continues(marker):
        return False
    if gap[-1] in SENTENCE_END or (gap[-1] in "”\"' " and gap.rstrip("”\"' ")[-1:] in SENTENCE_END):
        is_sequence = numbers.is_plausible(marker) or marker.style.value < Style.ARABIC.value
        return is_sequence and not _opens_enumeration(plain, candidates)
    is_set_off = plain[marker.start - 1] == " " and (
        (len(plain) > _ONE_LINE and marker.style in {Style.HAN, Style.HAN_PAREN})
        or (len(plain) > _ONE_LINE // 3 and marker.style is Style.HAN_PAREN and not marker.is_uncertain)
    )
    if numbers.continues(marker) and (is_set_off or _lost_stop(plain, gap, marker)):
        return True
    if _names_agencies(last_bracket(gap) or "") or _OPEN_NOTE.search(gap) or _ends_labelled(plain, gap, marker):
        return numbers.is_plausible(marker) or marker.style.value < Style.ARABIC.value
    if above is None and begin == 0 and _opens_document(gap, candidates, numbers):
        return True
    if len(gap) > LONGEST_HEADING or _NOT_IN_HEADING.search(gap) or gap.count(",") > 2:
        return False
    if above is None or not re.search(rf"[{CJK}”\"):]$", gap):
        return False
    opens_below = marker.rank > above.rank and numbers.is_plausible(marker)
    follows_bare = numbers.continues(marker) and marker.style.value <= Style.HAN_PAREN.value
    return (opens_below and not _opens_enumeration(plain, candidates)) or follows_bare


def _names_agencies(bracket: str) -> bool:
    return _UNIT_WORDS.search(bracket) is not None or any(
        ends_as_agency(name) for name in re.split(r"[、,;；，]", bracket) if len(name) > _SECOND
    )


def _ends_labelled(plain: str, gap: str, marker: Marker) -> bool:
    """Return whether a number follows a labelled note at once: 责任单位:市科技局,各镇(街道)2.优化……."""
    last = gap[max(gap.rfind(mark) for mark in "。;") + 1 :]
    labels = list(_LABEL_AHEAD.finditer(last))
    if not labels:
        return False
    if plain[marker.start - 1] == " " and _UNIT_LABEL.match(last):
        return True
    value = last[labels[-1].end() :].strip()
    names = re.split(r"[、,]", value)
    is_named = labels[-1]["role"] is not None and (ends_as_agency(names[-1]) or _OFFICES_OF_PLACES.search(names[-1]))
    return bool(value) and (bool(is_named) or (labels[-1]["role"] is None and len(value) <= _LONGEST_FIELD))


def _lost_stop(plain: str, gap: str, marker: Marker) -> bool:
    """Return whether a number that comes next stands where a stop was lost: behind …配合, or in a text on one line.

    第(二)项 and (一)、(二) in running text are no such numbers.
    """
    if marker.style not in {Style.HAN, Style.HAN_PAREN, Style.ARABIC}:
        return False
    if _ENDS_ASSIGNMENT.search(gap):
        return True
    is_bracketed = marker.style is Style.HAN_PAREN and not marker.is_uncertain and len(plain) > _ONE_LINE // 3
    is_reference = gap[-1] in "第条款项和与及或、至到-—" or _REFERENCE.match(plain, marker.end) is not None
    has_heading = _HEADING_AHEAD.match(plain, marker.end) is not None
    return is_bracketed and has_heading and len(gap) > _SHORTEST_ITEM and not is_reference


def _opens_document(gap: str, candidates: Sequence[Marker], numbers: _Numbers) -> bool:
    """Return whether the first section follows the title at once, in a document on one line."""
    marker = candidates[0]
    is_title = len(gap) <= _LONGEST_TITLE and not _NOT_IN_HEADING.search(gap) and re.search(rf"[{CJK}”)]$", gap)
    if numbers.last or marker.ordinal != 1 or not is_title:
        return False
    return marker.style in {Style.HAN, Style.CHAPTER, Style.SECTION, Style.ARTICLE, Style.HAN_PAREN} and any(
        other.style is marker.style and other.ordinal == 2 for other in candidates[1:]
    )


def _opens_enumeration(plain: str, candidates: Sequence[Marker]) -> bool:
    """Return whether a first number opens a list within a sentence, as (1)…；(2)…；(3)… do."""
    first = candidates[0]
    if first.ordinal != 1:
        return False
    for marker in candidates[1:]:
        if marker.style is first.style and marker.ordinal == 2:
            return plain[max(marker.start - 4, 0) : marker.start].rstrip()[-1:] in "；;,，、"
    return False
