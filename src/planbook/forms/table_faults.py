"""What is odd about the tables of a return as a whole: missing, foreign, copied, with columns lost or added."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import FormLayout
from planbook.forms.matching import HeaderMatch
from planbook.forms.pages import title_texts
from planbook.forms.parsed import cell_text, fold, shown
from planbook.forms.tables import FoundTable, Survey, says_whose
from planbook.model.agency import agency_key
from planbook.model.findings import Location
from planbook.model.form import Form
from planbook.model.period import Period
from planbook.sheets.raw import cell_address

_PERIOD: Final = re.compile(
    r"([12][0-9]{3})年?(?:第?([一二三四1-4])季度|([0-9]{1,2})月份?|([上下])半年|(?:全?年度?)?)(?:[(].{0,40}[)])?"
)
# 附件1, ××厅2024年第一季度任务完成情况表(定稿): a title of the agency's own takes nothing away.
_TITLE: Final = re.compile(
    r"附[件表][0-9一二三四五六七八九十]{0,3}:?|[^。;,:]{0,60}(?:表|清单|台账|情况|进展|汇总|报送|填报)(?:\([^()]{1,20}\))?"
)


def is_same_agency(named: str, agency: str) -> bool:
    """Return whether a sheet that names `named` may be `agency`'s: the same name, or one with an office within it."""
    first, second = agency_key(fold(named)), agency_key(agency)
    return not first or first == second or first in second or second in first


def other_agency(named: str, agency: str, agencies: Iterable[str]) -> str | None:
    """Return the one of `agencies` that a sheet names in place of `agency`; None where it names none of them."""
    key = agency_key(fold(named))
    if key == agency_key(agency):
        return None
    return next((other for other in agencies if agency_key(other) == key), None)


def named_period(text: str) -> Period | None:
    """Return the period that a sheet's label names, None where it names none."""
    match = _PERIOD.fullmatch(re.sub(r"\s+", "", fold(text)))
    if not match:
        return None
    year = int(match[1])
    if match[2]:
        return Period(year, 3 * (int(match[2]) if match[2].isascii() else "一二三四".index(match[2]) + 1) - 2, 3)
    if match[3]:
        return Period(year, int(match[3]), 1) if 1 <= int(match[3]) <= 12 else None
    if match[4]:
        return Period(year, 1 if match[4] == "上" else 7, 6)
    return Period(year, 1, 12)


def own_tables(
    tables: Sequence[FoundTable], form: Form, other_agencies: Collection[str], log: FindingLog
) -> tuple[FoundTable, ...]:
    """Return the tables that may be the form's; those that say they are another agency's or period's are not.

    Tasks are shared, so another agency's table pasted in may hold the very codes of this form.
    """
    kept = []
    for table in tables:
        place = Location(sheet=table.sheet.name, cell=cell_address(table.header_row, 1))
        period = named_period(table.facts.period)
        other = other_agency(table.facts.agency, form.agency, other_agencies)
        if other:
            log.add("table_of_other_agency", place, agency=other, own=form.agency)
            continue
        if not is_same_agency(table.facts.agency, form.agency):
            log.add("agency_name_changed", place, agency=shown(table.facts.agency), own=form.agency)
        if period and period != form.period:
            log.add("table_of_other_period", place, period=period.label, own=form.period.label)
            continue
        if table.facts.period and not period:
            log.add("period_name_changed", place, period=shown(table.facts.period), own=form.period.label)
        kept.append(table)
    return tuple(kept)


def report_survey(found: Survey, own: Collection[FoundTable], form: Form, log: FindingLog) -> None:
    """Report tables that are missing, or there beside the first of `own`; codes outside tables; sheets not read."""
    layout = found.layout
    for sheet_layout, is_expected in ((layout.tasks, form.tasks), (layout.indicators, form.indicators)):
        tables = [table for table in found.tables if table.layout.kind is sheet_layout.kind]
        mine = next((table for table in own if table.layout.kind is sheet_layout.kind), None)
        for table in tables:
            if mine and table is not mine:
                log.add("table_copied", table.location_at(table.header_row, 1), other=mine.sheet.name)
        if is_expected and not tables and not found.outside:
            log.add("table_missing", Location(), table=sheet_layout.name)
    for sheet, (row, place) in found.outside:
        log.add("header_not_found", Location(sheet=sheet.name, cell=cell_address(row, place)))
    for sheet in found.cut_off:
        log.add("sheet_cut_off", Location(sheet=sheet.name))
    for sheet in found.untouched:
        log.add("sheet_not_read", Location(sheet=sheet.name))


def report_columns(table: FoundTable, log: FindingLog) -> None:
    """Report headers that were understood with a doubt, and columns that are missing, unknown or without header."""
    for match in table.columns.matched:
        if match.match is not HeaderMatch.SAME:
            code = "header_misspelt" if match.match is HeaderMatch.MISSPELT else "header_renamed"
            at = table.location_at(table.header_row, match.place)
            log.add(code, at, written=shown(match.header), column=match.column.header)
    at = table.location_at(table.header_row, 1)
    for column in table.layout.columns:
        if table.columns.places(column):
            continue
        if not column.is_issued:
            code = "required_column_missing" if column.is_required else "column_missing"
            log.add(code, at, column=column.header)
        elif column.field is table.layout.code_field:
            log.add("code_column_missing", at, column=column.header)
    _report_surplus_columns(table, log)


def _report_surplus_columns(table: FoundTable, log: FindingLog) -> None:
    """Report columns that the form has not got, where something stands in them beside a task."""
    filled = _filled_rows(table, {match.place for match in table.columns.matched})
    headers = dict(table.columns.unknown)
    for place, rows in filled.items():
        if place in headers:
            at = table.location_at(table.header_row, place)
            log.add("column_unknown", at, written=shown(headers[place]), rows=len(rows))
        else:
            written = cell_text(table.sheet.value(rows[0], place))
            at = table.location_at(rows[0], place)
            log.add("column_without_header", at, written=shown(written), rows=len(rows))


def report_above(table: FoundTable, form: Form, layout: FormLayout, log: FindingLog) -> None:
    """Report texts above the headers that were not issued: a remark written beside the title is easily lost."""
    issued = {fold(text) for text in title_texts(form, layout, table.layout)}
    for row, cells in table.above:
        for place, cell in enumerate(cells, start=1):
            text = cell_text(cell)
            words = fold(text)
            if text and words not in issued and not says_whose(words) and not _TITLE.fullmatch(words):
                log.add("text_outside_rows", table.location_at(row, place), text=shown(text))


def report_comments(table: FoundTable, rows: Collection[int], log: FindingLog) -> None:
    """Report comments on all but the headers and the filled-in cells of `rows`, which are reported with these."""
    filled_in = {match.place for match in table.columns.matched if not match.column.is_issued}
    within = {row for row, _ in (*table.above, *table.rows)}
    for (row, place), comment in table.sheet.comments.items():
        if row in within and not (row in rows and place in filled_in) and comment.strip():
            column = "下发内容" if row in rows else "表格以外"
            log.add("comment_beside_value", table.location_at(row, place), column=column, comment=shown(comment))


def _filled_rows(table: FoundTable, known: Collection[int]) -> Mapping[int, list[int]]:
    """Return the rows with content by column, `known` columns left out; only rows with a code, where there are any."""
    has_codes = table.columns.place(table.layout.code_field) is not None
    filled: dict[int, list[int]] = {}
    for row, cells in table.rows:
        places = [place for place, cell in enumerate(cells, start=1) if cell not in (None, "") and place not in known]
        if places and (not has_codes or table.codes(row)):
            for place in places:
                if cell_text(cells[place - 1]):
                    filled.setdefault(place, []).append(row)
    return dict(sorted(filled.items()))
