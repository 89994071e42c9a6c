"""Whether a returned row still is one row: its code beside the issued cells that were issued with it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz

from planbook.forms.issued import IssuedValue
from planbook.forms.layout import Field, SheetLayout
from planbook.forms.tables import FoundTable, compared

_STILL_THE_SAME_TEXT: Final = 60.0  # likeness in percent from which a text counts as edited, not replaced
_LEAST_SORTED: Final = 2
_MOST_OF: Final = 0.8
_COMPARED_LENGTH: Final = 2_000


class IssuedTable:
    """What was issued in one of the form's tables, as values and as texts to compare with.

    The texts are made when somebody asks for them: most returns hold the very values that were issued.

    Attributes:
        layout: The table.
        rows: Values by code and field, in the order of issue; 序号 left out, since people renumber, and the code.
    """

    def __init__(self, layout: SheetLayout, rows: Mapping[str, Mapping[Field, IssuedValue]]) -> None:
        self.layout = layout
        self.rows = rows

    @classmethod
    def of(cls, layout: SheetLayout, rows: Sequence[Mapping[Field, IssuedValue]]) -> "IssuedTable":
        """Return the table issued with `rows`."""
        left_out = (Field.SEQUENCE, Field.EXTRA, layout.code_field)
        fields = [column.field for column in layout.issued_columns if column.field not in left_out]
        return cls(
            layout,
            {str(row[layout.code_field]): {field: row[field] for field in fields if field in row} for row in rows},
        )

    @cached_property
    def texts(self) -> Mapping[str, Mapping[Field, str]]:
        """Compared text of each issued cell, by code and field, in the order of issue."""
        kinds = {column.field: column.kind for column in reversed(self.layout.issued_columns)}
        return {
            code: {wanted: compared(kinds[wanted], value) for wanted, value in cells.items()}
            for code, cells in self.rows.items()
        }

    @cached_property
    def telling(self) -> frozenset[Field]:
        """Fields in which a text names its row: each differs from every other."""
        fields = {wanted for cells in self.texts.values() for wanted in cells}
        return frozenset(
            wanted
            for wanted in fields
            if wanted in _NAMING and all(count == 1 for text, count in _counted(self.texts, wanted).items() if text)
        )

    def codes_with(self, wanted: Field, text: str) -> tuple[str, ...]:
        """Return the codes of the rows in which `wanted` was issued as `text`."""
        return tuple(code for code, cells in self.texts.items() if text and cells.get(wanted) == text)


_NAMING: Final = frozenset((Field.TASK_TITLE, Field.TASK_BODY, Field.INDICATOR_NAME, Field.PREVIOUS_PROGRESS))


class Fit(StrEnum):
    """How sure it is that a row's filled-in cells belong to its code.

    SURE: nothing speaks against it. SURE_THOUGH_SORTED: some issued column was sorted by itself, but issued
    columns nearer to the filled-in ones still stand beside their code. MISPLACED: issued cells of another row
    stand in it. REPLACED: its title is not the issued one, nor is anything else that would tell.
    """

    SURE = "sure"
    SURE_THOUGH_SORTED = "sure_though_sorted"
    MISPLACED = "misplaced"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class RowFit:
    """What the issued cells of one row say.

    Attributes:
        fit: Whether the row may be taken.
        changed: Fields whose text is neither the issued one nor another row's.
        misplaced: Fields that hold another row's text.
    """

    fit: Fit
    changed: tuple[Field, ...] = ()
    misplaced: tuple[Field, ...] = ()


def fit_rows(table: FoundTable, issued: IssuedTable, rows: Mapping[int, str]) -> Mapping[int, RowFit]:
    """Return how well each row of `table` fits the code that it goes by.

    One contiguous selection is sorted at a time. So where columns were sorted by themselves, another one that still
    agrees with the code and stands between them and the filled-in ones proves that those have not moved. And
    where the issued cells of every misplaced row are together those of another row, only codes and the rest were
    moved against each other, and a row that was not moved is as it was.

    Args:
        table: The returned table.
        issued: What was issued.
        rows: Code of each row number.
    """
    if _is_as_issued(table, issued, rows):
        return dict.fromkeys(rows, RowFit(Fit.SURE))
    found = {
        row: {wanted: table.compared(row, wanted) for wanted in issued.texts[code] if table.columns.place(wanted)}
        for row, code in rows.items()
    }
    lost = len(issued.texts) - len(set(rows.values()))
    sorted_apart = {
        wanted
        for wanted in next(iter(found.values()), {})
        if _is_sorted_apart([(cells[wanted], issued.texts[rows[row]][wanted]) for row, cells in found.items()], lost)
    }
    misplaced = {row: _misplaced(issued, rows[row], cells, sorted_apart) for row, cells in found.items()}
    suspicious = sorted_apart.union(*misplaced.values())
    is_coherent = all(_are_of_one_row(issued, found[row]) for row, fields in misplaced.items() if fields)
    fits = {}
    for row, cells in found.items():
        own = issued.texts[rows[row]]
        changed = tuple(
            wanted for wanted, text in cells.items() if text != own[wanted] and wanted not in misplaced[row]
        )
        if sorted_apart or misplaced[row]:
            agreeing = {wanted for wanted in issued.telling if own[wanted] and cells.get(wanted) == own[wanted]}
            stayed = is_coherent and not misplaced[row] and bool(agreeing)
            is_sure = stayed or _is_shielded(table, agreeing, suspicious)
            keeps_its_number = _keeps_its_number(table, issued, row, rows[row])
            fit = Fit.SURE_THOUGH_SORTED if is_sure and keeps_its_number else Fit.MISPLACED
        else:
            fit = Fit.REPLACED if _is_replaced(cells, own, changed) else Fit.SURE
        fits[row] = RowFit(fit, changed, misplaced[row])
    return fits


def _is_as_issued(table: FoundTable, issued: IssuedTable, rows: Mapping[int, str]) -> bool:
    """Return whether every issued cell that is still there holds the very value that was issued beside its code."""
    for row, code in rows.items():
        cells = table.sheet.rows[row - 1]
        for wanted, value in issued.rows[code].items():
            place = table.columns.place(wanted)
            if place and (cells[place - 1] if place <= len(cells) else None) != (value or None):
                return False
    return True


def _misplaced(
    issued: IssuedTable, code: str, cells: Mapping[Field, str], sorted_apart: set[Field]
) -> tuple[Field, ...]:
    own = issued.texts[code]
    return tuple(
        wanted
        for wanted, text in cells.items()
        if text != own[wanted]
        and (wanted in sorted_apart or (wanted in issued.telling and issued.codes_with(wanted, text)))
    )


def _are_of_one_row(issued: IssuedTable, cells: Mapping[Field, str]) -> bool:
    """Return whether the texts of a row were all issued in one and the same row."""
    return any(all(own[wanted] == text for wanted, text in cells.items()) for own in issued.texts.values())


def _is_replaced(cells: Mapping[Field, str], own: Mapping[Field, str], changed: Sequence[Field]) -> bool:
    """Return whether the title is quite another one, and no unchanged text speaks for the row."""
    titles = [wanted for wanted in (Field.TASK_TITLE, Field.INDICATOR_NAME) if wanted in changed and cells[wanted]]
    if not titles or any(_is_like(cells[wanted], own[wanted]) for wanted in titles):
        return False
    body = cells.get(Field.TASK_BODY)
    return not body or body != own[Field.TASK_BODY]


def _keeps_its_number(table: FoundTable, issued: IssuedTable, row: int, code: str) -> bool:
    """Return whether 序号 does not speak for another row; asked only where something else does."""
    number = table.compared(row, Field.SEQUENCE)
    return not number or number == str(list(issued.texts).index(code) + 1)


def _is_shielded(table: FoundTable, agreeing: Collection[Field], suspicious: Collection[Field]) -> bool:
    """Return whether an agreeing column stands between the suspicious columns and the filled-in ones."""
    places = {match.column.field: match.place for match in table.columns.matched if match.column.is_issued}
    filled_in = [match.place for match in table.columns.matched if not match.column.is_issued]
    if not suspicious or not filled_in or max(places.values()) > min(filled_in):
        return False
    last_suspicious = max(places[wanted] for wanted in suspicious)
    return any(places[wanted] > last_suspicious for wanted in agreeing)


def _is_sorted_apart(pairs: Sequence[tuple[str, str]], lost: int) -> bool:
    """Return whether a column holds its own issued texts in other rows.

    Args:
        pairs: Text found and text issued, for each row.
        lost: How many of the issued rows are not there: their texts may have gone with them.
    """
    differing = [(found, own) for found, own in pairs if found != own]
    common = (Counter(text for text, _ in differing) & Counter(text for _, text in differing)).total()
    return common >= _LEAST_SORTED and common >= min(len(differing) - lost, _MOST_OF * len(differing))


def _is_like(text: str, own: str) -> bool:
    return fuzz.ratio(text[:_COMPARED_LENGTH], own[:_COMPARED_LENGTH]) >= _STILL_THE_SAME_TEXT


def _counted(texts: Mapping[str, Mapping[Field, str]], wanted: Field) -> Counter[str]:
    return Counter(cells.get(wanted, "") for cells in texts.values())
