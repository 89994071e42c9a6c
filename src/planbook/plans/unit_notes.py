"""Unit notes: where in an item its agencies are named, and which words in it say what their roles are."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.brackets import bracket_pairs
from planbook.plans.characters import CJK, SENTENCE_END, fold
from planbook.plans.named_items import NAMED_ITEMS, SECTION_BEFORE
from planbook.plans.role_words import (
    FIELD_LABEL,
    LABEL_IN_BRACKETS,
    ROLE_LABEL,
    RoleEntry,
    has_label,
    parse_plain_note,
    parse_roles,
)

_ANGLES: Final = str.maketrans("〈〉<>", "()()")
_LONGEST_NOTE: Final = 2500
_NEAR: Final = 40
_MOST_NOTES: Final = 300  # of one item
_HINT: Final = re.compile(
    r"单位|部门|牵头|负责|配合|主办|协办|承办|责任|参与|落实|时限|时间|期限|[厅局委办部院署联会队处室司团行心科股]等?[、，,；;\s)]|政府|领导|分工|实施|指导|年.{0,9}前"
)
_OPEN_LABEL: Final = re.compile(rf"\(\s*(?:{ROLE_LABEL})\s*:")
_LINE_LABEL: Final = re.compile(
    rf"(?:^|(?<=[\n。；;\s]))\(?(?:{ROLE_LABEL}|{FIELD_LABEL})\s*:|(?:^|(?<=[\n。；;\s]))(?:{LABEL_IN_BRACKETS})"
)
_OPENING_ROLES: Final = re.compile(
    r"由?[^。;；\n]{2,60}?牵头(?:负责|组织)?[,，](?:[^。;；\n]{2,90}?(?:配合|协助|参与|协同)[,，])?"
)
_CLOSING_ASSIGNMENT: Final = re.compile(
    r"(?<=[,，])由[省市区县州镇][^由。;；,，\n]{2,40}负责(?:落实|实施)?[\s。]*$|"
    r"由(?=[省市区县州镇国各])[^由。;；\n]{2,60}牵头[^由。;；\n]{0,12}[,，][^由。;；\n]{2,160}(?:配合|参与|参加|协助|协同)(?:落实|实施)?[\s。]*$"
)
_TORN_DUTY: Final = re.compile(r"(?<=[厅局委办部院会府司团区心门位])(?:按照?(?:各自)?职?责?分?工?负?责?|负责?)$")
_ONE_NAME: Final = re.compile(rf"[{CJK}]{{2,24}}(?:\([{CJK}、]{{1,16}}\)[{CJK}]{{0,8}})?")
_DASH: Final = re.compile(r"\s*[—–-]{1,3}\s*")
_SEPARATED: Final = re.compile(r"[\s;；,，。.、]*")


@dataclass(frozen=True, slots=True)
class UnitNote:
    """A stretch of an item that names agencies, a deadline or the like, and is no part of its body.

    Attributes:
        start: Offset of its first character, bracket included.
        end: Offset behind its last.
        entries: Roles and names, in order; empty for a note that gives only a date or a score.
        is_open: Its bracket is never closed.
        text: What it says, where it stands outside of the item's text; empty where the offsets tell.
    """

    start: int
    end: int
    entries: tuple[RoleEntry, ...]
    is_open: bool = False
    text: str = ""


def find_unit_notes(text: str, cities: Sequence[str] = ()) -> tuple[UnitNote, ...]:
    """Return the unit notes of an item's text, in order; notes that follow one another directly are one.

    Three forms are known: in brackets of any shape, with a label (责任单位：…) or a verb (…牵头，…配合); a label at the
    head of a line or sentence; a closing sentence that does nothing but assign (由市科技局牵头，市财政局配合。).
    """
    plain = fold(text).translate(_ANGLES)
    notes = sorted([*_bracketed(text, plain, cities), *_open_bracket(text, plain, cities)], key=lambda note: note.start)
    named = [note for note in _named_sentences(plain) if not any(_meets(note, each) for each in notes)]
    notes = _merged([*notes, *named, *_labelled(text, plain, notes, cities)], plain)
    return tuple(_merged([*notes, *_closing_sentences(text, plain, notes, cities)], plain))


def cut_notes(text: str, notes: Sequence[UnitNote]) -> str:
    """Return `text` without `notes`, and without the stop that stood behind one."""
    parts: list[str] = []
    start = 0
    for note in notes:
        before = text[start : note.start].rstrip(" ")
        parts.append(before)
        start = note.end
        last = before.rstrip()[-1:]
        if (not last or last in f"{SENTENCE_END};；") and text[start : start + 1] in "。；;，,":
            start += 1
    parts.append(text[start:])
    return "".join(parts).strip()


def find_opening_roles(text: str, cities: Sequence[str] = ()) -> UnitNote | None:
    """Return the roles that an item's first clauses state (市住建局牵头，市城管局配合，完成……).

    They stay in its text.
    """
    match = _OPENING_ROLES.match(fold(text))
    entries = parse_plain_note(text[: match.end()].rstrip("，,"), cities, allows_bare_list=False) if match else None
    return UnitNote(0, match.end(), entries) if match and entries else None


def _bracketed(text: str, plain: str, cities: Sequence[str]) -> Iterator[UnitNote]:
    covered = count = 0
    for start, end in bracket_pairs(plain):
        if count >= _MOST_NOTES:
            return
        if start < covered or end - start > _LONGEST_NOTE:
            continue
        if not _HINT.search(plain, start, end + 1):
            continue
        entries = _parse_bracket(text, plain, start, end, cities)
        if entries is not None:
            covered, count = end + 1, count + 1
            yield UnitNote(start, end + 1, entries)


def _parse_bracket(text: str, plain: str, start: int, end: int, cities: Sequence[str]) -> tuple[RoleEntry, ...] | None:
    inner = text[start + 1 : end]
    if has_label(plain[start + 1 : end]):
        return parse_roles(inner, cities)
    line = plain[plain.rfind("\n", 0, start) + 1 : start]
    if is_agency_line(line) and plain[end + 1 : end + 2].strip() == "":
        return None  # 市文旅局（市文物局） on a line of its own is one name
    before = plain[:start].rstrip(" ")[-1:]
    is_at_end = before in SENTENCE_END or plain[end + 1 : end + 3].strip(" 。；;")[:1] in ("", "\n")
    is_after_stop = bool(before) and before in f"{SENTENCE_END}\n"
    entries = parse_plain_note(inner, cities, allows_bare_list=is_at_end and bool(before), is_after_stop=is_after_stop)
    # A date within the heading (启动阶段（2023年3月前）。制定……) is part of it.
    return entries if entries or is_at_end or is_after_stop else None


def _open_bracket(text: str, plain: str, cities: Sequence[str]) -> Iterator[UnitNote]:
    """A labelled note whose closing bracket was lost runs to the end of its line or sentence."""
    closed = {start for start, _ in bracket_pairs(plain)}
    covered = 0
    for match in islice(_OPEN_LABEL.finditer(plain), 2 * _MOST_NOTES):
        if match.start() in closed or match.start() < covered:
            continue
        stops = [
            at for at in (plain.find(mark, match.end(), match.end() + _LONGEST_NOTE) for mark in "\n。") if at >= 0
        ]
        end = min(stops, default=min(len(plain), match.end() + _LONGEST_NOTE))
        covered = end
        yield UnitNote(match.start(), end, parse_roles(text[match.start() + 1 : end], cities), is_open=True)
    last = plain.rfind("(")
    if last >= 0 and last not in closed and last >= covered and plain[:last].strip():
        entries = _torn_plain_note(text[last + 1 :], cities)
        if entries:
            yield UnitNote(last, len(text), entries, is_open=True)


def _torn_plain_note(words: str, cities: Sequence[str]) -> tuple[RoleEntry, ...] | None:
    """Return the roles of a note without label that the end of the text cuts off: (省科技厅、省财政厅按职责分."""
    plain = fold(words).rstrip(" 。")
    torn = _TORN_DUTY.search(plain)
    whole = words[: torn.start()] + "负责" if torn else words
    if len(plain) > _LONGEST_NOTE or re.search(r"[。\n]", plain):
        return None
    return parse_plain_note(whole, cities, allows_bare_list=True, is_after_stop=True)


def _labelled(text: str, plain: str, notes: Sequence[UnitNote], cities: Sequence[str]) -> Iterator[UnitNote]:
    covered = 0
    starts = [note.start for note in notes]
    for match in islice(_LINE_LABEL.finditer(plain), 2 * _MOST_NOTES):
        start = match.start()
        if start < covered or _overlaps(notes, starts, start, start + 1):
            continue
        index = bisect_left(starts, match.end())
        end = _end_of_label(plain, match.end(), starts[index] if index < len(starts) else len(plain))
        covered = end
        yield UnitNote(start, end, parse_roles(text[start:end].strip(" \n"), cities))


def is_agency_line(line: str) -> bool:
    """Return whether a folded line is nothing but the name of an agency."""
    name = line.strip().rstrip(",，;；、")
    return _ONE_NAME.fullmatch(name) is not None and ends_as_agency(name)


def _line_at(plain: str, start: int, limit: int) -> str:
    end = plain.find("\n", start, limit)
    return plain[start : limit if end < 0 else end]


def _end_of_label(plain: str, start: int, limit: int) -> int:
    """A labelled line ends with the line; one that closes a sentence, with that sentence."""
    limit = min(limit, start + _LONGEST_NOTE)
    end = plain.find("\n", start, limit)
    while end >= 0 and (
        plain[max(end - 4, 0) : end].rstrip()[-1:] in "、,，" or is_agency_line(_line_at(plain, end + 1, limit))
    ):  # the list was wrapped, or has a line for each agency
        end = plain.find("\n", end + 1, limit)
    end = limit if end < 0 else end
    stop = plain.find("。", start, end)
    return stop + 1 if stop >= 0 else end


def _named_sentences(plain: str) -> Iterator[UnitNote]:
    """Sentences that assign items by number, which need not be the one that they stand at: no part of its body."""
    covered = 0
    for match in NAMED_ITEMS.finditer(plain):
        section = SECTION_BEFORE.search(plain, max(match.start() - 60, 0), match.start())
        start = section.start() if section else match.start()
        before = plain[max(start - _NEAR, 0) : start].rstrip(" ")
        if match.start() < covered or (before and before[-1] not in f"{SENTENCE_END};\n"):
            continue
        stops = [at for at in (plain.find(mark, match.end()) for mark in "\n。") if at >= 0]
        end = min(stops, default=len(plain))
        covered = end + (plain[end : end + 1] == "。")
        if before:
            yield UnitNote(start, covered, ())


def _meets(note: UnitNote, other: UnitNote) -> bool:
    return note.start < other.end and other.start < note.end


def _closing_sentences(text: str, plain: str, notes: Sequence[UnitNote], cities: Sequence[str]) -> Iterator[UnitNote]:
    """A last sentence of a line that only says who leads and who helps."""
    offset = 0
    starts = [note.start for note in notes]
    for line in plain.split("\n"):
        end = offset + len(line)
        sentences = line.rstrip(" 。").rfind("。")
        start = offset + sentences + 1 if sentences >= 0 else offset
        offset = end + 1
        start = _behind_lost_stop(plain, start, end)
        sentence = text[start:end]
        is_dashed = sentences >= 0 and _DASH.match(sentence) is not None  # ……。——市科技局、市财政局
        if not 4 < len(sentence) < 300 or not (is_dashed or re.search(r"牵头|负责|配合|主办|落实", sentence)):
            continue
        if NAMED_ITEMS.search(plain, plain.rfind("\n", 0, start) + 1, end):
            continue  # 第四项由……牵头 speaks of other items
        if _overlaps(notes, starts, start, end) or (start == 0 and end == len(plain)):
            continue
        words = sentence.strip(" 。—–-")
        entries = parse_plain_note(words, cities, allows_bare_list=is_dashed, is_after_stop=is_dashed)
        if entries:
            yield UnitNote(start, end, entries)


def _behind_lost_stop(plain: str, start: int, end: int) -> int:
    """Return where a sentence's closing assignment begins: 建成网点120个由市农业局牵头，市供销社配合."""
    match = _CLOSING_ASSIGNMENT.search(plain, start, end)
    return match.start() if match and match.start() > start else start


def _merged(notes: Sequence[UnitNote], plain: str) -> list[UnitNote]:
    groups: list[list[UnitNote]] = []
    for note in sorted(notes, key=lambda each: each.start):
        if groups and _SEPARATED.fullmatch(plain, groups[-1][-1].end, note.start):
            groups[-1].append(note)
        else:
            groups.append([note])
    return [
        UnitNote(
            group[0].start,
            group[-1].end,
            tuple(entry for note in group for entry in note.entries),
            any(note.is_open for note in group),
        )
        for group in groups
    ]


def _overlaps(notes: Sequence[UnitNote], starts: Sequence[int], start: int, end: int) -> bool:
    """Return whether any of `notes`, which stand in order and apart, shares a character with start…end."""
    index = bisect_left(starts, end) - 1
    return index >= 0 and notes[index].end > start
