"""What the office typed into 总台账.xlsx beside planbook's own columns, kept by row key and heading."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from planbook.model.findings import Finding

NoteValue = str | float | bool | date | datetime
"""A cell of the office's own, as typed."""

COMMENT_PREFIX = "单元格批注·"
"""Marks, on 失联批注, what was the comment of a cell: the heading of its column follows."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """The row that a note belongs to.

    Attributes:
        sheet: Worksheet of the specification.
        code: Task or indicator code, or whatever text tells the sheet's rows apart; empty where it has none.
        agency: Agency, empty where the sheet tells rows apart without.
    """

    sheet: str
    code: str
    agency: str


@dataclass(frozen=True, slots=True)
class OfficeNote:
    """One filled cell of the office's own, or the comment of a cell (`is_comment`).

    `header` is the heading of its column. `is_percent` tells that a number was shown as percent. `key.code` and
    `key.agency` are both empty for a row that the office wrote itself: `value` then is the whole row in words.
    """

    key: NoteKey
    header: str
    value: NoteValue
    is_percent: bool = False
    is_comment: bool = False


@dataclass(frozen=True, slots=True)
class OfficeColumn:
    """A column that the office added; kept even while it is empty."""

    sheet: str
    header: str


@dataclass(frozen=True, slots=True)
class OfficeNotes:
    """Everything that the office added to a 总台账.

    Attributes:
        columns: Columns that it added, from left to right.
        notes: What it typed, each (key, header) once.
        findings: What could not be kept as it was.
    """

    columns: tuple[OfficeColumn, ...] = ()
    notes: tuple[OfficeNote, ...] = ()
    findings: tuple[Finding, ...] = ()


NO_NOTES = OfficeNotes()


def join_notes(notes: Iterable[OfficeNote]) -> tuple[OfficeNote, ...]:
    """Return `notes` with each (key, header) once: what differs is kept line under line, what is equal once.

    Two rows with one code come from copying a row; neither note may get lost.
    """
    joined: dict[tuple[NoteKey, str, bool], OfficeNote] = {}
    lines: dict[tuple[NoteKey, str, bool], list[str]] = {}
    for note in notes:
        # Rows of the office's own have no key: each is a note by itself.
        place = (note.key, note.header if note.key.code or note.key.agency else note_text(note), note.is_comment)
        known = joined.setdefault(place, note)
        said = lines.setdefault(place, [note_text(known)])
        if known is note:
            continue
        if note_text(note) not in said:
            # A refreshed ledger may hold both lines already and meet one of them again.
            if note_text(note) in "\n".join(said).split("\n"):
                continue
            said.append(note_text(note))
            joined[place] = replace(known, value="\n".join(said), is_percent=False)
    return tuple(joined.values())


def note_text(note: OfficeNote) -> str:
    """Return a note's value as the office sees it."""
    value = note.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        shown, suffix = (value * 100, "%") if note.is_percent else (value, "")
        return f"{shown:.10g}{suffix}"
    return str(value)
