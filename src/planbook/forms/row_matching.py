"""Which task or indicator each row of the returned tables reports on, and which rows cannot be told."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from planbook.forms.alignment import Fit, IssuedTable, RowFit, fit_rows
from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import Field, SheetKind
from planbook.forms.matching import identifying_fields
from planbook.forms.parsed import shown
from planbook.forms.tables import FoundTable
from planbook.forms.unplaced_rows import report_unplaced
from planbook.model.codes import mend_code
from planbook.model.form import Role

_ROLES: Final = frozenset(role.value for role in Role)
_PUNCTUATION: Final = re.compile(r"[\W_]+")
_AS_ISSUED: Final = RowFit(Fit.SURE)
_MOST_COPIES: Final = 12
_NEAR_TITLE: Final = 75.0  # likeness in percent
_TITLES: Final = {SheetKind.TASKS: Field.TASK_TITLE, SheetKind.INDICATORS: Field.INDICATOR_NAME}


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row that reports on `code`."""

    table: FoundTable
    row: int
    code: str


def match_rows(tables: Sequence[FoundTable], issued: IssuedTable, log: FindingLog) -> Mapping[str, list[MatchedRow]]:
    """Return the rows that may be taken, by code; every other row with content is in `log`.

    A code is listed with no rows where rows of it were found and none may be taken, so that nobody calls the
    row deleted.
    """
    found: dict[str, list[MatchedRow]] = {}
    for table in tables:
        named = list(_named_rows(table, issued, log))
        fits = fit_rows(table, issued, {match.row: match.code for match in named})
        own_roles = {match.code for match in named if not _is_of_other_role(match, fits[match.row])}
        for match in named:
            kept = found.setdefault(match.code, [])
            if _may_be_taken(match, fits[match.row], issued, own_roles, log):
                kept.append(match)
        _report_sorted_columns(table, fits.values(), log)
    for code, rows in found.items():
        for match in rows[_MOST_COPIES:]:
            place = match.table.location(match.row, match.table.layout.code_field)
            log.add("row_copied_often", place, task_code=code)
        del rows[_MOST_COPIES:]
    return found


def _named_rows(table: FoundTable, issued: IssuedTable, log: FindingLog) -> Iterator[MatchedRow]:
    """Yield the rows that go by a code of this form, by their code cell or else by their title."""
    code_field, title_field = table.layout.code_field, _TITLES[table.layout.kind]
    for row, cells in table.rows:
        codes = table.codes(row)
        if len(codes) == 1 and codes[0] in issued.rows:
            yield MatchedRow(table, row, codes[0])
            continue
        place = table.location(row, code_field)
        if len(set(codes)) > 1:
            log.add("row_code_unclear", place, codes="、".join(codes))
        elif codes and codes[0] in issued.rows:
            yield MatchedRow(table, row, codes[0])
        elif codes:
            log.add("row_foreign", place, task_code=codes[0], title=shown(table.text(row, title_field)))
        else:
            written = table.text(row, code_field)
            mended = mend_code(written)
            by_title = _codes_by_title(table, row, issued)
            if mended in issued.rows and mended is not None:
                by_title = (mended,)
            if len(by_title) == 1:
                code = "code_mended" if mended else "code_damaged" if written else "row_matched_by_title"
                log.add(code, place, written=shown(written), task_code=by_title[0])
                yield MatchedRow(table, row, by_title[0])
            elif by_title:
                log.add("row_title_ambiguous", table.location(row, title_field), codes="、".join(by_title))
            elif near := _code_with_near_title(table, row, issued):
                values = {
                    "written": shown(table.text(row, title_field)),
                    "issued": shown(issued.texts[near][title_field]),
                }
                log.add("row_title_near", table.location(row, title_field), task_code=near, **values)
            else:
                report_unplaced(table, row, cells, log)


def _codes_by_title(table: FoundTable, row: int, issued: IssuedTable) -> tuple[str, ...]:
    """Return the codes whose issued title stands in the row; same titles are told apart by the other columns."""
    title = _TITLES[table.layout.kind]
    written = _words(table.compared(row, title))
    found = tuple(code for code, cells in issued.texts.items() if written and _words(cells.get(title, "")) == written)
    for wanted in table.layout.sealed_fields:
        text = table.compared(row, wanted) if len(found) > 1 and wanted is not table.layout.code_field else ""
        found = tuple(code for code in found if issued.texts[code].get(wanted, "") == text) if text else found
    return found


def _code_with_near_title(table: FoundTable, row: int, issued: IssuedTable) -> str | None:
    """Return the one code whose title is like the row's, retyped by hand: near enough to ask, not to believe."""
    title = _TITLES[table.layout.kind]
    written = _words(table.compared(row, title))
    likeness = {
        code: fuzz.ratio(written, _words(cells.get(title, ""))) for code, cells in issued.texts.items() if written
    }
    near = [code for code, share in likeness.items() if share >= _NEAR_TITLE]
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=4_096)
def _words(text: str) -> str:
    """Return a title without punctuation, which people add and leave out when they retype it."""
    return _PUNCTUATION.sub("", text) or text


def _is_of_other_role(match: MatchedRow, fit: RowFit) -> bool:
    """Return whether the row's role is the other one: tasks are shared, and this may be another agency's row."""
    return Field.ROLE in fit.changed and match.table.compared(match.row, Field.ROLE) in _ROLES


def _may_be_taken(
    match: MatchedRow, fit: RowFit, issued: IssuedTable, own_roles: Collection[str], log: FindingLog
) -> bool:
    if fit == _AS_ISSUED:
        return True
    table, row, own = match.table, match.row, issued.texts[match.code]
    if fit.fit is Fit.MISPLACED:
        wanted = _torn_field(table, fit)
        named = _naming_field(table, fit, wanted)  # the code itself says nothing to a reader
        values = {"written": shown(table.text(row, named)), "issued": shown(own.get(named, ""))}
        log.add("row_misaligned", table.location(row, wanted), task_code=match.code, **values)
        return False
    if fit.fit is Fit.REPLACED:
        wanted = _TITLES[table.layout.kind]
        values = {"written": shown(table.text(row, wanted)), "issued": shown(own.get(wanted, ""))}
        log.add("row_title_replaced", table.location(row, wanted), task_code=match.code, **values)
        return False
    if _is_of_other_role(match, fit):
        place = table.location(row, Field.ROLE)
        if match.code in own_roles:
            log.add("row_foreign", place, task_code=match.code, title=shown(table.text(row, Field.TASK_TITLE)))
        else:
            log.add("row_role_differs", place, task_code=match.code, issued=own[Field.ROLE])
        return False
    for wanted in fit.changed:
        column = table.layout.column(wanted)
        log.add(
            "issued_cell_changed",
            table.location(row, wanted),
            column=column.header if column else wanted.value,
            written=shown(table.text(row, wanted)) or "（空）",
            issued=shown(own[wanted]) or "（空）",
        )
    return True


def _torn_field(table: FoundTable, fit: RowFit) -> Field:
    """Return the cell that shows best how a row was torn: its code where title and all else are another row's."""
    title = _TITLES[table.layout.kind]
    naming = {wanted for wanted in identifying_fields(table.layout) if table.columns.place(wanted)}
    if not fit.misplaced or naming - {table.layout.code_field} <= set(fit.misplaced):
        return table.layout.code_field
    return title if title in fit.misplaced else fit.misplaced[0]


def _naming_field(table: FoundTable, fit: RowFit, torn: Field) -> Field:
    """Return the field whose text, as found and as issued, shows a reader that a row was torn."""
    title = _TITLES[table.layout.kind]
    if torn is not table.layout.code_field:
        return torn
    return title if title in fit.misplaced or not fit.misplaced else fit.misplaced[0]


def _report_sorted_columns(table: FoundTable, fits: Collection[RowFit], log: FindingLog) -> None:
    """Name each column that was sorted by itself once, at its header, where its rows could be taken all the same."""
    for match in table.columns.matched:
        rows = sum(match.column.field in fit.misplaced for fit in fits if fit.fit is Fit.SURE_THOUGH_SORTED)
        if rows:
            place = table.location_at(table.header_row, match.place)
            log.add("column_sorted_apart", place, column=match.column.header, rows=rows)
