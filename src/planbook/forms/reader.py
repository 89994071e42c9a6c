"""Reads a returned workbook as the return of one form: reports, and a finding for whatever is not certain."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Final, NamedTuple

from planbook.forms.alignment import IssuedTable
from planbook.forms.filled import FilledCells, Source, gather_sources, percent_text
from planbook.forms.finding_log import FindingLog
from planbook.forms.issued import issued_rows
from planbook.forms.layout import Field, SheetLayout
from planbook.forms.misplaced_texts import report_misplaced_texts
from planbook.forms.moved_answers import find_shifted_columns, find_shifted_tables, report_columns_moved_up
from planbook.forms.other_pages import report_other_pages
from planbook.forms.parsed import Parsed
from planbook.forms.plain_rows import PlainCells, PlainRow, PlainTable
from planbook.forms.return_reading import ReadCells, ReadIndicator, ReadTask, ReturnReading
from planbook.forms.row_matching import MatchedRow, match_rows
from planbook.forms.row_reading import CellContent, Parser, Remembering, RowReading
from planbook.forms.shifted_cells import find_shift
from planbook.forms.sorted_answers import report_sorted_answers
from planbook.forms.table_faults import own_tables, report_above, report_columns, report_comments, report_survey
from planbook.forms.tables import FoundTable, Survey
from planbook.forms.values import (
    DateSetting,
    parse_date,
    parse_percent,
    parse_phone,
    parse_quantity,
    parse_status,
    parse_text,
)
from planbook.model.findings import Location
from planbook.model.form import Form, FormIndicator, FormTask, Status
from planbook.model.submission import IndicatorReport, TaskReport


@dataclass(frozen=True, slots=True)
class _Answer:
    """The rows that answer one code, none where they may not be taken, and their cells."""

    rows: tuple[MatchedRow, ...]
    content: PlainRow | Mapping[str, list[Source]]
    is_filled: bool

    @classmethod
    def of(cls, rows: Sequence[MatchedRow], plain: PlainRow | None, torn: Collection[tuple[int, str]]) -> "_Answer":
        """Return the answer that stands in `rows`; `plain` is their only one, if it is plain.

        Columns that were `torn` from their tasks are left out.
        """
        if plain and not torn:
            return cls(tuple(rows), plain, plain.is_filled)
        sources = gather_sources((row.table, row.row) for row in rows)
        for table, header in torn:
            sources[header] = [source for source in sources.get(header, ()) if id(source.table) != table]
        return cls(tuple(rows), sources, any(source.written for found in sources.values() for source in found))

    def cells(self, log: FindingLog) -> RowReading:
        """Return the cells, to be read."""
        return PlainCells(self.content, log) if isinstance(self.content, PlainRow) else FilledCells(self.content, log)


class _Days(NamedTuple):
    """How days are read: what they are read against, and parsers for those that lie ahead and behind."""

    setting: DateSetting
    ahead: Parser[date]
    behind: Parser[date]


def read_return(found: Survey, form: Form, *, today: date, other_agencies: Collection[str] = ()) -> ReturnReading:
    """Return what the workbook that was surveyed reports on `form`.

    Tables, columns and rows are found by what they say, wherever they stand. A value is taken only where it is
    certain to which task it belongs and what it means; otherwise the field is None or empty, what was written
    stands in `raw`, and a finding names the cell. Whether what was taken makes sense is for
    `planbook.forms.checks`.

    Args:
        found: What of the form is found in the workbook, by the layout that the form was written by.
        form: The form that it answers, as issued.
        today: Day of reading; a date without a year is understood by it.
        other_agencies: Names of agencies that got forms; a table that says it is another's of them is not taken.
    """
    log = FindingLog(found.sheet_names)
    layout = found.layout
    tables = own_tables(found.tables, form, other_agencies, log)
    report_survey(found, tables, form, log)
    report_other_pages(found.pages, form, layout, log)
    for table in tables:
        report_above(table, form, layout, log)
        report_columns(table, log)
    tasks = _find_answers(tables, form, layout.tasks, log)
    indicators = _find_answers(tables, form, layout.indicators, log)
    answers = (*tasks.values(), *indicators.values())
    if answers and all(answer.rows and not answer.is_filled for answer in answers):
        log.add("form_not_filled", Location(sheet=tables[0].sheet.name))
    else:
        _report_unfilled(tasks, layout.tasks, log)
        _report_unfilled(indicators, layout.indicators, log)
    setting = DateSetting(form.period, today)
    days = _Days(setting, _day_parser(setting), _day_parser(replace(setting, is_past=True)))
    read_tasks = tuple(
        read
        for task in form.tasks
        if task.code in tasks and tasks[task.code].is_filled
        if (read := _read_task(task, tasks[task.code], layout.tasks, days=days, log=log))
    )
    read_indicators = tuple(
        _read_indicator(indicator, indicators[indicator.code], layout.indicators, log)
        for indicator in form.indicators
        if indicator.code in indicators and indicators[indicator.code].is_filled
    )
    if report_misplaced_texts(read_tasks, form, log):
        read_tasks = ()
    return ReturnReading(form, layout, read_tasks, read_indicators, log.in_order())


def _find_answers(
    tables: Sequence[FoundTable], form: Form, sheet: SheetLayout, log: FindingLog
) -> Mapping[str, _Answer]:
    """Return the answer to each code of one of the form's tables that was found, with copies put together."""
    own = [table for table in tables if table.layout.kind is sheet.kind]
    issued = IssuedTable.of(sheet, tuple(issued_rows(form, sheet.kind)))
    matched = match_rows(own, issued, log)
    shifted = find_shifted_tables(matched, log)
    matched = {code: [row for row in rows if id(row.table) not in shifted] for code, rows in matched.items()}
    if own:
        for code in issued.rows:
            if code not in matched:
                log.add("row_missing", Location(sheet=own[0].sheet.name), task_code=code, title=_title(issued, code))
    torn = find_shifted_columns(matched, log)
    answers = {}
    plain = {id(table): PlainTable(table) for table in own}
    for code, rows in matched.items():
        alone = [_Answer.of((row,), plain[id(row.table)].row(row.row), torn) for row in rows]
        kept = [answer.rows[0] for answer in alone if answer.is_filled] or rows[:1]
        is_one = len(kept) == len(alone) == 1
        answers[code] = alone[0] if is_one else _Answer.of(kept, None, torn)
        _report_copies(kept, log)
        if len(kept) == 1 and len(rows) > 1 and answers[code].is_filled:
            _report_filled_copy(kept[0], rows, log)
    report_columns_moved_up(matched, log)
    report_sorted_answers(matched, {code: place for place, code in enumerate(issued.rows)}, log)
    for table in own:
        report_comments(table, {row.row for answer in answers.values() for row in answer.rows}, log)
    return answers


def _report_copies(rows: Sequence[MatchedRow], log: FindingLog) -> None:
    """Note rows that were filled in more than once: alike, or each with what the other lacks."""
    if len(rows) < 2:
        return
    first = _written(rows[0])
    for row in rows[1:]:
        code = "row_duplicated" if _written(row) == first else "row_pieced_together"
        place = row.table.location(row.row, row.table.layout.code_field)
        log.add(code, place, task_code=row.code, other=rows[0].table.location_at(rows[0].row, 1))


def _report_filled_copy(filled: MatchedRow, rows: Sequence[MatchedRow], log: FindingLog) -> None:
    """Name a filled-in row below its empty twin: it may have been pasted in from somebody else's form."""
    others = [row for row in rows if row.table.sheet.name == filled.table.sheet.name and row.row < filled.row]
    if others:
        place = filled.table.location(filled.row, filled.table.layout.code_field)
        log.add("row_filled_in_copy", place, task_code=filled.code, other=others[0].table.location_at(others[0].row, 1))


def _written(row: MatchedRow) -> Mapping[str, tuple[str, ...]]:
    sources = gather_sources([(row.table, row.row)])
    return {header: tuple(source.written for source in found) for header, found in sources.items()}


def _title(issued: IssuedTable, code: str) -> str:
    cells = issued.texts[code]
    return cells.get(Field.TASK_TITLE) or cells.get(Field.INDICATOR_NAME) or ""


def _report_unfilled(answers: Mapping[str, _Answer], sheet: SheetLayout, log: FindingLog) -> None:
    first = next((column.field for column in sheet.fill_in_columns if column.is_required), sheet.code_field)
    for code, answer in answers.items():
        if answer.rows and not answer.is_filled:
            row = answer.rows[0]
            log.add("row_not_filled", row.table.location(row.row, first), task_code=code)
            answer.cells(log).note_comments()


def _read_task(task: FormTask, answer: _Answer, sheet: SheetLayout, *, days: _Days, log: FindingLog) -> ReadTask | None:
    """Return what is reported on `task`; None where its cells stand in the wrong columns."""
    cells = answer.cells(log)

    def text(wanted: Field) -> str:
        return cells.read(sheet.column(wanted), _text) or ""

    def percent() -> Decimal | None:
        is_unfinished = state is not None and state is not Status.DONE
        return cells.read(sheet.column(Field.COMPLETION_PERCENT), _unfinished_percent if is_unfinished else _percent)

    first = answer.rows[0]
    state = cells.read(sheet.column(Field.STATUS), _status)
    report = TaskReport(
        task_code=task.code,
        role=task.role,
        status=state,
        completion_percent=percent(),
        progress=text(Field.PROGRESS),
        problems=text(Field.PROBLEMS),
        next_steps=text(Field.NEXT_STEPS),
        expected_completion=cells.read(sheet.column(Field.EXPECTED_COMPLETION), days.ahead),
        extension_to=cells.read(sheet.column(Field.EXTENSION_TO), days.ahead),
        evidence=text(Field.EVIDENCE),
        reporter=text(Field.REPORTER),
        phone=cells.read(sheet.column(Field.PHONE), _phone) or "",
        reported_on=cells.read(sheet.column(Field.REPORTED_ON), days.behind),
        remarks=text(Field.REMARKS),
        sheet=first.table.sheet.name,
        row=first.row,
        extras=_extras(sheet, cells),
        raw=tuple(cells.raw),
    )
    if (cells.unread or _phone(CellContent(report.phone)).findings) and _is_shifted(answer, days.setting, log):
        return None
    return ReadTask(task, report, _read_cells(sheet, first, cells))


def _is_shifted(answer: _Answer, setting: DateSetting, log: FindingLog) -> bool:
    """Return whether the cells of a row stand in the wrong columns, with a finding where they begin to."""
    for match in answer.rows:
        place = find_shift(match.table, match.row, setting)
        if place is not None:
            log.add("row_cells_shifted", match.table.location_at(match.row, place), task_code=match.code)
            return True
    return False


def _read_indicator(indicator: FormIndicator, answer: _Answer, sheet: SheetLayout, log: FindingLog) -> ReadIndicator:
    cells = answer.cells(log)
    first = answer.rows[0]
    value = cells.read(
        sheet.column(Field.VALUE),
        lambda cell: parse_quantity(
            cell.value, indicator.unit, is_percent_cell=cell.is_percent_cell, stated_unit=cell.stated_unit
        ),
    )
    report = IndicatorReport(
        indicator_code=indicator.code,
        value=value,
        raw=dict(cells.raw).get(Field.VALUE.value, cells.written(sheet.column(Field.VALUE))),
        data_source=cells.read(sheet.column(Field.DATA_SOURCE), _text) or "",
        remarks=cells.read(sheet.column(Field.REMARKS), _text) or "",
        sheet=first.table.sheet.name,
        row=first.row,
        extras=_extras(sheet, cells),
    )
    return ReadIndicator(indicator, report, _read_cells(sheet, first, cells))


def _parse_percent(cell: CellContent, *, is_surely_unfinished: bool) -> Parsed[Decimal]:
    return parse_percent(
        cell.value,
        is_percent_cell=cell.is_percent_cell,
        is_surely_unfinished=is_surely_unfinished,
        stated_unit=cell.stated_unit,
    )


_status: Final = Remembering[Status](lambda cell: parse_status(cell.value))
_phone: Final = Remembering[str](lambda cell: parse_phone(cell.value))
_percent: Final = Remembering[Decimal](partial(_parse_percent, is_surely_unfinished=False))
_unfinished_percent: Final = Remembering[Decimal](partial(_parse_percent, is_surely_unfinished=True))


@lru_cache(maxsize=16)
def _day_parser(setting: DateSetting) -> Remembering[date]:
    return Remembering(lambda cell: parse_date(cell.value, replace(setting, counts_from_1904=cell.counts_from_1904)))


def _text(cell: CellContent) -> Parsed[str]:
    return parse_text(percent_text(cell.value) if cell.is_percent_cell else cell.value)


def _extras(sheet: SheetLayout, cells: RowReading) -> tuple[tuple[str, str], ...]:
    """Return the office's own columns, read as text."""
    columns = sheet.own_columns
    return (
        () if not columns else tuple((column.header, text) for column in columns if (text := cells.read(column, _text)))
    )


def _read_cells(sheet: SheetLayout, first: MatchedRow, cells: RowReading) -> ReadCells:
    letters = first.table.columns.fill_in_letters
    return ReadCells(sheet, first.table.sheet.name, first.row, letters, frozenset(cells.unread), cells.blank)
