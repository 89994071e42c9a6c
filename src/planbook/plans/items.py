"""Items: the text of one outline item parted into heading, body and unit notes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from planbook.plans.characters import CJK, SENTENCE_END, fold
from planbook.plans.numbering import Style
from planbook.plans.outline import Node
from planbook.plans.segments import Segment
from planbook.plans.unit_notes import UnitNote, cut_notes, find_unit_notes

_LONGEST_OWN_LINE: Final = 60
_LONGEST_TITLE_SENTENCE: Final = 60
_SENTENCE: Final = re.compile(rf"[^{SENTENCE_END}\n]*[{SENTENCE_END}]+[”’\"』」]?|[^{SENTENCE_END}\n]+")
_MISREAD_STOP: Final = re.compile(rf"(?<=[{CJK}”)）])\.(?=[{CJK}“])")
_COLON_HEADING: Final = re.compile(r"((?:“[^“”\n]{1,16}”|[^。；;，,:\n“”]){2,25}):\s*(?=\S)")
# A scan's stray blank parts no heading: its last word and the stop follow (推进老旧小区 改造。聚焦…).
_BLANK_HEADING: Final = re.compile(r"([^。；;，,:\n ]{4,30}) +(?=\S{8})(?![^。；;，,:\n ]{2,6}。[^\s(])")
_SHORT_BEHIND_BLANK: Final = re.compile(r"([^。；;，,:\n ]{4,20}) +(?P<rest>[^\n 。]{2,}。?)$")
_SHORT_SECTION: Final = re.compile(r"([^。；;，,:\n ]{0,6}(?:目标|要求|任务|措施|保障|原则|思想|时间)) +(?=\S{6})")
_TITLE_LABEL: Final = re.compile(r"^(?:任务|事项|项目|行动|工作|改革|攻坚|举措)(?:名称|事项)\s*[:：]\s*(?=\S)")
_BOXED_HEADING: Final = re.compile(r"【([^【】]{2,16})】\s*(?=\S{4})")
_LISTING: Final = re.compile(r"(?:以下|如下|包括|即|其中|例如|分别|主要有|分为)$")
_TITLE_EDGES: Final = " 　。.:：;；、,，\n"


@dataclass(frozen=True, slots=True)
class ItemText:
    """The text of one item.

    Attributes:
        raw: Everything that the item says, its number left out, one line a paragraph.
        clean: The same without unit notes.
        notes: Unit notes, their offsets within `raw`.
        bold: How many leading characters of `raw` are bold.
    """

    raw: str
    clean: str
    notes: tuple[UnitNote, ...]
    bold: int

    @property
    def note_text(self) -> str:
        """The notes verbatim, one a line."""
        return "\n".join(self.raw[note.start : note.end].strip() for note in self.notes)


@dataclass(frozen=True, slots=True)
class HeadingHabit:
    """How the items of a document begin: with a heading run in to the text, or at once with their first sentence.

    Attributes:
        longest: Length of the longest first sentence that is a heading.
        most_commas: How many commas a heading may have.
        by_blank: A blank alone parts heading and text, however short the text.
    """

    longest: int
    most_commas: int
    by_blank: bool = False


SHORT_HEADINGS: Final = HeadingHabit(45, 2)
UNKNOWN_HABIT: Final = HeadingHabit(30, 1)
NO_HEADINGS: Final = HeadingHabit(16, 0)


def read_item(node: Node, cities: Sequence[str] = ()) -> ItemText:
    """Return the text of an item and its unit notes.

    What follows the last note in paragraphs of its own is no more of it (furniture, a remark).
    """
    raw, bold = _assemble(node.segments)
    notes = find_unit_notes(raw, cities)
    if notes:
        raw = _without_afterthought(raw, notes)
        notes = tuple(note for note in notes if note.end <= len(raw))
    return ItemText(raw, cut_notes(raw, notes), notes, bold)


def heading_of(item: ItemText, node: Node) -> str:
    """Return the heading of a section: its first line, or what stands before the end of the first sentence."""
    first = item.clean.split("\n", 1)[0].strip()
    if node.marker and node.marker.style is Style.HEADING:
        return first.strip(_TITLE_EDGES)
    sentence = _first_sentence(first)
    section = _SHORT_SECTION.match(fold(sentence))
    if section or len(first) > _LONGEST_OWN_LINE or len(sentence) < len(first):
        plain = fold(sentence)
        ahead = section or _COLON_HEADING.match(plain) or _BLANK_HEADING.match(plain)
        first = sentence[: ahead.end(1)] if ahead else sentence
    return first.strip(_TITLE_EDGES)


def printed_heading(node: Node, heading: str) -> str:
    """Return a section's heading as printed, number included."""
    if not node.segments or node.marker is None:
        return heading
    number = re.sub(r"\s+", "", node.segments[0].text[: node.marker.end])
    if node.marker.style in {Style.HAN, Style.HAN_PAREN}:
        number = re.sub(r"^\d{1,3}[.、．]", "", number)  # a list's own number before the typed one
    if fold(node.marker.printed) not in fold(number):
        number = node.marker.printed + ("、" if node.marker.style is Style.HAN else "")
    if node.marker.style in {Style.ARABIC, Style.HAN} and number == node.marker.printed:
        number += " "
    is_worded = node.marker.style in {Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE}
    return f"{number} {heading}" if is_worded and heading else number + heading


def find_habit(items: Iterable[ItemText]) -> HeadingHabit:
    """Return how items begin, judged by all of one style: the median length of their first sentences."""
    lengths = []
    items = tuple(items)
    parted = sum(_SHORT_BEHIND_BLANK.match(fold(item.clean)) is not None for item in items)
    if parted > 1 and parted * 2 > len(items):
        return HeadingHabit(UNKNOWN_HABIT.longest, UNKNOWN_HABIT.most_commas, by_blank=True)
    for item in items:
        first = item.clean.split("\n", 1)[0]
        sentence = _first_sentence(first)
        if len(sentence) < len(first):
            lengths.append(len(sentence))
    if len(lengths) < 3:
        return UNKNOWN_HABIT
    return SHORT_HEADINGS if median(lengths) <= 28 else NO_HEADINGS


def split_title(item: ItemText, habit: HeadingHabit) -> tuple[str, str]:
    """Return title and body of a task.

    A heading is a line of its own, a bold beginning, or a short first sentence with more text behind it. Without a
    heading the first sentence is the title and stays in the body.
    """
    text = _TITLE_LABEL.sub("", item.clean)
    first, _, rest = text.partition("\n")
    bold = first[: item.bold].strip(_TITLE_EDGES) if item.bold and item.bold <= len(first) else ""
    if 2 <= len(bold) <= _LONGEST_OWN_LINE and _stands_alone(first, item.bold) and len(bold) < len(text) - 4:
        return bold, text[item.bold :].lstrip(_TITLE_EDGES)
    boxed = _BOXED_HEADING.match(first)
    if boxed:
        return boxed[1], text[boxed.end() :].lstrip(_TITLE_EDGES)
    sentence = _first_sentence(first)
    if rest and len(sentence) == len(first) and _is_own_line(first):
        return first.strip(_TITLE_EDGES), rest.strip()
    short = None if rest else _SHORT_BEHIND_BLANK.match(fold(first))
    # Two halves of one heading (发展智慧农业 建设数字农场) have no stop and no figure.
    if short and (habit.by_blank or item.notes or re.search(r"[。\d]", short["rest"])):
        return first[: short.end(1)].strip(_TITLE_EDGES), first[short.start("rest") :]
    run_in = _run_in_heading(first, habit)
    if run_in and (len(run_in) < len(first.rstrip()) or rest):
        return run_in.strip(_TITLE_EDGES), text[len(run_in) :].lstrip(_TITLE_EDGES)
    return _title_of_sentence(sentence), text.strip()


def _assemble(segments: Sequence[Segment]) -> tuple[str, int]:
    parts: list[str] = []
    bold = 0
    for index, segment in enumerate(segments):
        text = segment.text
        if index == 0 and segment.marker:
            stripped = text[segment.marker.end :].lstrip()
            bold = max(segment.bold - (len(text) - len(stripped)), 0)
            parts.append(stripped.rstrip())
            continue
        parts.append(("\n" if segment.starts_line and parts else "") + text.strip())
    raw = "".join(parts)
    return raw.lstrip("\n"), bold if not raw.startswith("\n") else 0


def _without_afterthought(raw: str, notes: Sequence[UnitNote]) -> str:
    last = notes[-1]
    line_end = raw.find("\n", last.end)
    before = raw[: last.start].strip()
    is_after_body = "\n" in before or _first_sentence(before) != before or len(before) > _LONGEST_OWN_LINE
    if line_end < 0 or not is_after_body:
        return raw
    return raw[:line_end]


def _first_sentence(text: str) -> str:
    match = _SENTENCE.match(text)
    sentence = match[0] if match else text
    stop = _MISREAD_STOP.search(sentence)  # a scan makes 。 a point
    return sentence[: stop.end()] if stop else sentence


def _is_own_line(first: str) -> bool:
    """A heading on a line of its own has no stop, or is short."""
    stripped = first.rstrip()
    if len(stripped) > _LONGEST_OWN_LINE:
        return False
    return stripped[-1:] not in SENTENCE_END + "；;，,、" or (len(stripped) <= 30 and stripped.count("，") <= 1)


def _stands_alone(first: str, bold: int) -> bool:
    return bold >= len(first) or first[bold - 1] in _TITLE_EDGES + SENTENCE_END or first[bold] in _TITLE_EDGES


def _run_in_heading(first: str, habit: HeadingHabit) -> str:
    """Return the heading at the beginning of a paragraph, its stop included; empty where there is none."""
    plain = fold(first)
    colon = _COLON_HEADING.match(plain)
    if colon and not _LISTING.search(colon[1]):
        return first[: colon.end()]
    blank = _BLANK_HEADING.match(plain)
    if blank and not re.match(r"[A-Za-z\d]", plain[blank.end(1) - 1]):
        return first[: blank.end()]
    sentence = _first_sentence(first)
    commas = fold(sentence).count(",")
    is_short = len(sentence) <= habit.longest and commas <= habit.most_commas
    return sentence if is_short and len(sentence) < len(first.rstrip()) else ""


def _title_of_sentence(sentence: str) -> str:
    """A first sentence as title; one that runs over several lines is cut at its first clause."""
    if len(sentence) > _LONGEST_TITLE_SENTENCE:
        clause = re.match(r"[^，,；;]{8,60}(?=[，,；;])", sentence)
        if clause:
            return clause[0].strip(_TITLE_EDGES)
    return sentence.strip(_TITLE_EDGES)
