"""Whether a returned row still is one row: its code beside the issued cells that were issued with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz

from planbook.forms.issued import IssuedValue
from planbook.forms.layout import Field, SheetLayout
from planbook.forms.tables import FoundTable, compared

_STILL_THE_SAME_TEXT: Final = 60.0  # likeness in percent from which a text counts as edited, not replaced
_LEAST_SORTED: Final = 2
_COMPARED_LENGTH: Final = 2_000


@dataclass(frozen=True, slots=True)
class IssuedTable:
    """What was issued in one of the form's tables, as texts to compare with.

    Attributes:
        layout: The table.
        texts: Compared text of each issued cell, by code and field, in the order of issue.
        telling: Fields in which a text names its row: each differs from every other.
    """

    layout: SheetLayout
    texts: Mapping[str, Mapping[Field, str]]
    telling: frozenset[Field]

    @classmethod
    def of(cls, layout: SheetLayout, rows: Sequence[Mapping[Field, IssuedValue]]) -> "IssuedTable":
        """Return the table issued with `rows`, 序号 left out, since people renumber."""
        texts: dict[str, Mapping[Field, str]] = {
            str(row[layout.code_field]): {
                Field(column.field): compared(column.kind, row[column.field])
                for column in layout.issued_columns
                if column.field not in (Field.SEQUENCE, Field.EXTRA, layout.code_field) and column.field in row
            }
            for row in rows
        }
        fields = {wanted for cells in texts.values() for wanted in cells}
        telling = frozenset(
            wanted
            for wanted in fields
            if wanted in _NAMING and all(count == 1 for text, count in _counted(texts, wanted).items() if text)
        )
        return cls(layout, texts, telling)

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

    One contiguous selection can be sorted at a time, so a column that still agrees with the code and stands
    between a sorted column and the filled-in ones proves that those have not moved.

    Args:
        table: The returned table.
        issued: What was issued.
        rows: Code of each row number.
    """
    found = {
        row: {wanted: table.compared(row, wanted) for wanted in cells if table.columns.place(wanted)}
        for row, code in rows.items()
        for cells in (issued.texts[code],)
    }
    sorted_apart = {
        wanted
        for wanted in {wanted for cells in found.values() for wanted in cells}
        if _is_sorted_apart([(cells.get(wanted, ""), issued.texts[rows[row]][wanted]) for row, cells in found.items()])
    }
    return {row: _fit(table, issued, rows[row], cells, sorted_apart) for row, cells in found.items()}


def _fit(
    table: FoundTable, issued: IssuedTable, code: str, cells: Mapping[Field, str], sorted_apart: set[Field]
) -> RowFit:
    own = issued.texts[code]
    differing = [wanted for wanted, text in cells.items() if text != own[wanted]]
    misplaced = tuple(
        wanted
        for wanted in differing
        if wanted in sorted_apart or (wanted in issued.telling and issued.codes_with(wanted, cells[wanted]))
    )
    changed = tuple(wanted for wanted in differing if wanted not in misplaced)
    suspicious = sorted_apart.union(misplaced)
    if suspicious:
        agreeing = [
            wanted for wanted in cells if wanted in issued.telling and own[wanted] and cells[wanted] == own[wanted]
        ]
        fit = Fit.SURE_THOUGH_SORTED if _is_shielded(table, agreeing, suspicious) else Fit.MISPLACED
        return RowFit(fit, changed, misplaced)
    titles = [wanted for wanted in (Field.TASK_TITLE, Field.INDICATOR_NAME) if wanted in changed and cells[wanted]]
    if titles and not any(_is_like(cells[wanted], own[wanted]) for wanted in titles):
        body = cells.get(Field.TASK_BODY, "")
        if not body or body != own.get(Field.TASK_BODY):
            return RowFit(Fit.REPLACED, changed)
    return RowFit(Fit.SURE, changed)


def _is_shielded(table: FoundTable, agreeing: Sequence[Field], suspicious: set[Field]) -> bool:
    """Return whether an agreeing column stands between every suspicious column and the filled-in ones."""
    places = {match.column.field: match.place for match in table.columns.matched if match.column.is_issued}
    filled_in = [match.place for match in table.columns.matched if not match.column.is_issued]
    issued_order = [match.place for match in table.columns.matched if match.column.is_issued]
    if not filled_in or max(issued_order) > min(filled_in):
        return False
    last_suspicious = max(places[wanted] for wanted in suspicious)
    return any(places[wanted] >= last_suspicious for wanted in agreeing)


def _is_sorted_apart(pairs: Sequence[tuple[str, str]]) -> bool:
    """Return whether a column holds its own issued texts in other rows; `pairs` are (found, issued)."""
    differing = [(found, own) for found, own in pairs if found != own]
    if len(differing) < _LEAST_SORTED:
        return False
    found, own = Counter(text for text, _ in differing), Counter(text for _, text in differing)
    if len(found) < 2 and len(own) < 2:
        return False
    common = sum((found & own).values())
    return common == len(differing) or (len(differing) > 3 and common >= 0.8 * len(differing))


def _is_like(text: str, own: str) -> bool:
    return fuzz.ratio(text[:_COMPARED_LENGTH], own[:_COMPARED_LENGTH]) >= _STILL_THE_SAME_TEXT


def _counted(texts: Mapping[str, Mapping[Field, str]], wanted: Field) -> Counter[str]:
    return Counter(cells.get(wanted, "") for cells in texts.values())
