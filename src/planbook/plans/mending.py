"""Mending: the document's lines freed of noise and put together again into the paragraphs that the author wrote."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from planbook.model.plan import SourcePosition
from planbook.plans.characters import CJK, narrow
from planbook.plans.debris import (
    drop_inline_page_numbers,
    drop_page_counters,
    drop_page_numbers,
    drop_running_heads,
)
from planbook.plans.document import Document, Table, TextLine
from planbook.plans.furniture import find_tail, is_furniture
from planbook.plans.passages import Block, DraftLine, Paragraph, join_lines
from planbook.plans.spam import find_spam, remove_spam
from planbook.plans.wrapping import find_continuations

MOST_CHARACTERS: Final = 1_000_000
"""Longest text that is read: more than a thousand pages; what follows is left out and said so."""

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_BLOCK_TAG: Final = re.compile(r"</?(?:p|div|br|li|tr|td|h[1-6]|section|ul|ol|table)\b[^<>]{0,300}>", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\[nrt]")
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6});")
_SPACED_OUT: Final = re.compile(rf"(?<=[{CJK}，。、：；（）()\d]) (?=[{CJK}，。、：；（）()\d])")
_LEAST_SPACED_LINES: Final = 3
_TORN_LABEL: Final = re.compile(
    r"(?:责 ?任|牵 ?头|配 ?合|协 ?办|主 ?办|参 ?与|完 ?成) ?(?:单 ?位|部 ?门|时 ?限|时 ?间)(?= ?[:：])"
)
_TORN_DECIMAL: Final = re.compile(rf"([{CJK}]\d{{1,4}})(?: [.．] ?| ?[.．] )(\d{{1,2}}(?=[%亿万个]))")

# A page number within a word of the notes, of which one alone tells no run: 按职责分工负 4 责.
_PARTED_WORD: Final = re.compile(
    "|".join(
        rf"(?<={word[0]}) ?\d{{1,3}} ?(?={word[1]})"
        for word in ("负责", "牵头", "配合", "责任", "单位", "部门", "政府")
    )
)
_POINT_STOP: Final = re.compile(rf"(?<=[{CJK}%”）)])[.．](?=\s*(?:[{CJK}“（(\d]|$))")
_POINT_LABEL: Final = re.compile(r"((?:牵头|责任|配合|主办|协办|参与|承办)(?:单位|部门))。")
_FEWEST_POINTS: Final = 4
_UNIT = r"(?:[%万亿家个户人名项件吨亩元座所条处台套场次类辆批门种]|分(?![之析])|公里|平方|个百分点)"
_LETTER_FOR_ZERO: Final = re.compile(rf"(?<=[{CJK}])(\d{{1,4}})([OoＯ]{{1,3}})(?= ?{_UNIT})")
_TORN_NUMBER: Final = re.compile(rf"(?<=[{CJK}])(?<![表图件栏第]) ?(\d{{1,3}}) (\d{{1,3}}(?:\.\d+)?)(?= ?{_UNIT})")


@dataclass(frozen=True, slots=True)
class MendedText:
    """What mending leaves.

    Attributes:
        blocks: Paragraphs and tables in reading order.
        spam: Inserted words that were taken out.
        spam_count: How many times.
        spam_position: Where first.
        left_out: Characters beyond the longest text that is read.
    """

    blocks: tuple[Block, ...]
    spam: tuple[str, ...] = ()
    spam_count: int = 0
    spam_position: SourcePosition | None = None
    left_out: int = 0

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs alone."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))


def mend(document: Document) -> MendedText:
    """Return the document's text without page debris, web furniture and spam, in whole paragraphs.

    Nothing is rewritten beyond that: letters, digits and % become half width, everything else stays as printed.
    """
    blocks, left_out = _bounded(document.blocks)
    lines = [block for block in blocks if isinstance(block, TextLine)]
    drafts = _clean(lines)
    tail = find_tail([draft.text for draft in drafts])
    drafts = drop_running_heads(drop_page_numbers(drafts[:tail]))
    while drop_page_counters(drafts):  # a copy of a copy carries two series
        pass
    drop_inline_page_numbers(drafts)
    spam = find_spam([draft.text for draft in drafts])
    spam_count, spam_position = 0, None
    for draft in drafts:
        draft.text, removed = remove_spam(draft.text, spam)
        if removed and spam_position is None:
            spam_position = SourcePosition(draft.source.line, draft.source.page)
        spam_count += removed
    find_continuations(drafts)
    return MendedText(_assemble(drafts, blocks), spam, spam_count, spam_position, left_out)


def _bounded(blocks: Sequence[TextLine | Table]) -> tuple[list[TextLine | Table], int]:
    kept: list[TextLine | Table] = []
    size = left_out = 0
    for block in blocks:
        length = (
            len(block.text) if isinstance(block, TextLine) else sum(len(cell) for row in block.rows for cell in row)
        )
        if size + length <= MOST_CHARACTERS and not left_out:
            size += length
            kept.append(block)
        elif isinstance(block, TextLine) and not left_out:
            kept.append(TextLine(block.text[: MOST_CHARACTERS - size], block.line, block.page))
            left_out += length - (MOST_CHARACTERS - size)
        else:
            left_out += length
    return kept, left_out


def _clean(lines: Sequence[TextLine]) -> list[DraftLine]:
    drafts = []
    has_points = _has_points_for_stops(lines)
    is_spaced = sum(_is_spaced_out(line.text) for line in lines) >= _LEAST_SPACED_LINES
    for line in lines:
        for part in _source_parts(line.text):
            text = _TORN_NUMBER.sub(r"\1\2", _TORN_DECIMAL.sub(r"\1.\2", narrow(part)))
            if is_spaced or _is_spaced_out(text):
                text = _SPACED_OUT.sub("", text)
            text = _LETTER_FOR_ZERO.sub(lambda number: number[1] + "0" * len(number[2]), text)
            text = _PARTED_WORD.sub("", text)
            if has_points:
                text = _POINT_LABEL.sub(r"\1：", _POINT_STOP.sub("。", text))
            # A label that a stray blank tears apart would be taken for part of the first agency's name.
            text = _TORN_LABEL.sub(lambda label: label[0].replace(" ", ""), text)
            text = text.strip().strip("|").strip()
            if text and not is_furniture(text):
                bold = line.bold_prefix if text == line.text else 0
                drafts.append(DraftLine(text, line, len(text) if line.bold_prefix >= len(line.text) else bold))
    return drafts


def _has_points_for_stops(lines: Sequence[TextLine]) -> bool:
    """Return whether scanning made nearly every 。 of the text a point."""
    points = stops = 0
    for line in lines:
        points += len(_POINT_STOP.findall(line.text))
        stops += line.text.count("。")
    return points > _FEWEST_POINTS and points > stops * 4


def _is_spaced_out(text: str) -> bool:
    """Return whether scanning set a line apart character by character."""
    blanks = len(_SPACED_OUT.findall(text)) if text.count(" ") > 4 else 0
    return blanks > 4 and blanks * 3 >= len(text) - text.count(" ")


def _source_parts(text: str) -> Sequence[str]:
    """Part a line of copied page source at its paragraph tags, and take the other tags out of it."""
    if "<" in text:
        text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    if "\\" in text:
        text = _ESCAPED.sub("\n", text).replace('\\"', '"')
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return text.split("\n")


def _assemble(drafts: Sequence[DraftLine], blocks: Sequence[TextLine | Table]) -> tuple[Block, ...]:
    """Return paragraphs and tables in reading order."""
    by_source: dict[int, list[DraftLine]] = defaultdict(list)
    for draft in drafts:
        by_source[id(draft.source)].append(draft)
    assembled: list[Block] = []
    group: list[DraftLine] = []

    def close() -> None:
        if group and any(draft.text for draft in group):
            assembled.append(join_lines(group))
        group.clear()

    for block in blocks:
        if isinstance(block, Table):
            close()
            assembled.append(block)
            continue
        for draft in by_source.get(id(block), ()):
            if not draft.is_continuation:
                close()
            group.append(draft)
    close()
    return tuple(assembled)
