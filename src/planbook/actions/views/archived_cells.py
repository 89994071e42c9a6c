"""Provenance down to the cell: the archived sheet around a row, as text, read in a process of its own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planbook.actions.opening import opened_ledger
from planbook.model.errors import PlanbookError
from planbook.workspace.folder import Workspace

_AROUND: Final = 3
_MOST_COLUMNS: Final = 40
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class ArchivedRow:
    """A row of an archived sheet: its number and its cells as text."""

    row: int
    cells: tuple[str, ...]
    is_header: bool
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class ArchivedCells:
    """The rows around the one that a value came from, with its table's header row first."""

    file_name: str
    sha256: str
    sheet: str
    row: int
    columns: tuple[str, ...]
    rows: tuple[ArchivedRow, ...]


@dataclass(frozen=True)
class _Asked:
    sheet: str
    row: int


def see_archived_cells(workspace: Workspace, sha256: str, sheet: str, row: int) -> ArchivedCells:
    """Return what stands in the archived return `sha256`, in `sheet` around `row`, exactly as it came in.

    Raises:
        PlanbookError: No such file was received, the archive no longer holds it unaltered, or it cannot be read.
    """
    from planbook.sheets.isolation import run_isolated

    with opened_ledger(workspace) as ledger:
        known = ledger.files.known([sha256]).get(sha256)
    if known is None:
        raise PlanbookError("台账里没有收到过这个文件，看不了来源。")
    if not workspace.is_archived(sha256):
        raise PlanbookError(f"存档里的“{known.file_name}”不见了或被改动过，看不了来源，请从备份恢复存档。")
    outcome = next(iter(run_isolated(read_rows_around, [workspace.archived(sha256)], context=_Asked(sheet, row))))
    if outcome.result is None:
        reason = outcome.finding.message if outcome.finding else "读取时出错"
        raise PlanbookError(f"存档的“{known.file_name}”现在读不出来：{reason.rstrip('。')}。")
    columns, rows = outcome.result
    return ArchivedCells(known.file_name, sha256, sheet, row, columns, rows)


def read_rows_around(path: Path, asked: _Asked) -> tuple[tuple[str, ...], tuple[ArchivedRow, ...]]:
    """Return column letters and the rows around the asked one; runs in a worker process."""
    from planbook.forms.default_layout import DEFAULT_LAYOUT
    from planbook.forms.tables import survey
    from planbook.sheets.raw import column_letters
    from planbook.sheets.reading import read_workbook

    workbook = read_workbook(path)
    sheet = workbook.sheet(asked.sheet)
    if sheet is None:
        return (), ()
    tables = [one for one in survey(workbook, DEFAULT_LAYOUT).tables if one.sheet.name == asked.sheet]
    headers = [one.header_row for one in tables if one.header_row < asked.row]
    header = max(headers, default=0)
    numbers = range(max(1, asked.row - _AROUND), min(len(sheet.rows), asked.row + _AROUND) + 1)
    wanted = [number for number in ([header] if header else []) if number not in numbers] + list(numbers)
    width = min(_MOST_COLUMNS, max((len(sheet.rows[number - 1]) for number in wanted), default=0))
    rows = tuple(
        ArchivedRow(
            row=number,
            cells=tuple(
                _text(sheet.value(number, place), sheet.errors.get((number, place))) for place in range(1, width + 1)
            ),
            is_header=number == header,
            is_wanted=number == asked.row,
        )
        for number in wanted
    )
    return tuple(column_letters(place) for place in range(1, width + 1)), rows


def _text(value: object, error: str | None) -> str:
    if error:
        return error
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:_LONGEST]
