"""Wrapped lines: which line goes on where the one before broke off at the edge of a page."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from planbook.plans.brackets import open_bracket_tail
from planbook.plans.characters import CJK, SENTENCE_END, fold
from planbook.plans.debris import is_broken_off
from planbook.plans.note_ends import ends_with_role
from planbook.plans.numbering import match_marker
from planbook.plans.passages import DraftLine
from planbook.plans.role_words import FIELD_LABEL, ROLE_LABEL

_STARTS_ANEW: Final = re.compile(
    rf"\s*(?:[—–-]{{2}}|[●•·■◆▪►※★□○]|附\s*件|附\s*表|专\s?栏|\(?(?:{ROLE_LABEL}|{FIELD_LABEL})\s*:|"
    r"(?:本|此)(?:行动|工作|实施)?(?:方案|计划|措施|意见|办法|通知)自|(?:任务|工作|主要|具体|目标|预期|建设)(?:内容|目标|措施|举措|任务|成果)\s*:)"
)
_NEW_BLOCK: Final = re.compile(r"\s*(?:[—–-]{2}|[●•·■◆▪►※★□○]|附\s*件|专\s?栏)")
_OPEN_LABEL: Final = re.compile(r".{0,6}(?:单位|部门|领导)\s*:|.{0,8}$")
_AGENCY_WORDS: Final = re.compile(r"[厅局委办部]、|牵头|负责|政府")
_BROKEN_LINE: Final = re.compile(r"(?:\d|[,，、][^。；;：:）)]*)$")
_LONGEST_HEADING: Final = 45
_LONGEST_NOTE: Final = 800
_GOES_ON: Final = frozenset("，,、；;。)）】]")
_WIDEST_PAGE: Final = 60
_NARROWEST_PAGE: Final = 18


def find_continuations(drafts: Sequence[DraftLine]) -> None:
    """Mark each line that goes on where the one before broke off."""
    measure, width = _page_measure(drafts)
    text = ""  # the paragraph so far
    for before, line in pairwise(drafts):
        text = (text + before.text if before.is_continuation else before.text)[-_LONGEST_NOTE:]
        if line.is_continuation or line.source.is_note or _is_item(line):
            continue
        tail = open_bracket_tail(fold(text))
        if tail is not None and _is_open_note(tail) and not _NEW_BLOCK.match(line.text):
            line.is_continuation = True
        elif _STARTS_ANEW.match(fold(line.text)) or (
            ends_with_role(fold(before.text)) and line.text[0] not in _GOES_ON
        ):
            continue
        elif line.is_after_cut:
            is_torn = _BROKEN_LINE.search(before.text[-60:]) is not None and not _is_item(before)
            line.is_continuation = is_torn or is_broken_off(before.text)
        elif width and measure(before.text) >= width * 0.9 and before.source.heading_level is None:
            # A full line may end with a sentence by chance; only a shorter one ends its paragraph there.
            is_next = line.source.line <= before.source.line + 1
            line.is_continuation = is_next and (
                before.text[-1] not in SENTENCE_END or measure(before.text) >= width - 0.5
            )
        else:
            line.is_continuation = _is_torn_sentence(before, line)


def _is_open_note(tail: str) -> bool:
    """Return whether a bracket that is not closed yet holds agencies."""
    return _OPEN_LABEL.match(tail) is not None or ("。" not in tail and _AGENCY_WORDS.search(tail) is not None)


def _is_torn_sentence(before: DraftLine, line: DraftLine) -> bool:
    """Running text without a stop at its end goes on in the next line, even where few lines are wrapped."""
    plain = fold(before.text)
    is_heading = len(plain) <= _LONGEST_HEADING and match_marker(plain) is not None and "。" not in plain
    is_list_end = _STARTS_ANEW.match(plain) is not None and plain[-1] not in "、,"
    is_next = line.source.line <= before.source.line + 1 and before.source.heading_level is None
    return (
        is_next and not is_heading and not is_list_end and is_broken_off(plain) and bool(re.search("[,。;、]", plain))
    )


def _is_item(line: DraftLine) -> bool:
    return line.source.heading_level is not None or match_marker(fold(line.text)) is not None


def _page_measure(drafts: Sequence[DraftLine]) -> tuple[Callable[[str], float], float]:
    """Return how to measure a line of a hard-wrapped text, and its full width; 0 where lines are paragraphs.

    Programs wrap by characters or by printed width; the measure by which more lines are full is the right one. In a
    wrapped text several lines are as wide as the widest and end within a sentence; where lines are paragraphs, hardly
    any line ends so.
    """
    best: tuple[int, Callable[[str], float], float] = (0, _characters, 0)
    for measure in (_characters, _columns):
        widths = [measure(draft.text) for draft in drafts]
        width = max(widths, default=0)
        full = [draft for draft, each in zip(drafts, widths, strict=True) if each >= width - 1.5]
        torn = [draft for draft in full if re.search(rf"[{CJK}A-Za-z\d，、,]$", draft.text)]
        is_page = _NARROWEST_PAGE <= width <= _WIDEST_PAGE and len(torn) > 2 and len(torn) * 2 >= len(full)
        if is_page and len(full) > best[0]:
            best = (len(full), measure, width)
    return best[1], best[2]


def _characters(text: str) -> float:
    return len(text)


def _columns(text: str) -> float:
    """Width of a text as printed, in ideographs."""
    return sum(0.5 if character.isascii() else 1 for character in text)
