"""The office's notes as JSON and back: what is remembered of a master workbook between two clicks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from planbook.outputs.office_notes import NoteKey, NoteValue, OfficeColumn, OfficeNote, OfficeNotes


def notes_to_json(notes: OfficeNotes) -> dict[str, Any]:
    """Return notes and columns; findings are said once and not remembered."""
    return {
        "columns": [[one.sheet, one.header] for one in notes.columns],
        "notes": [
            [one.key.sheet, one.key.code, one.key.agency, one.header, *_told(one.value), one.is_percent, one.is_comment]
            for one in notes.notes
        ],
    }


def notes_from_json(content: Mapping[str, Any]) -> OfficeNotes:
    """Return the notes.

    Raises:
        ValueError, KeyError, TypeError: It is not what `notes_to_json` gives.
    """
    return OfficeNotes(
        tuple(OfficeColumn(str(sheet), str(header)) for sheet, header in content["columns"]),
        tuple(
            OfficeNote(NoteKey(sheet, code, agency), header, _value(kind, text), bool(percent), bool(comment))
            for sheet, code, agency, header, kind, text, percent, comment in content["notes"]
        ),
    )


def _told(value: NoteValue) -> tuple[str, str | float | bool]:
    if isinstance(value, datetime):
        return "moment", value.isoformat()
    if isinstance(value, date):
        return "day", value.isoformat()
    return "plain", value


def _value(kind: str, told: str | float | bool) -> NoteValue:
    if kind == "moment":
        return datetime.fromisoformat(str(told))
    if kind == "day":
        return date.fromisoformat(str(told))
    return told
