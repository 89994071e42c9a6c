"""Workbooks made of rubbish: nothing breaks the reader, everything that it says can be said, and work is bounded."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.forms.candidates import Candidate
from planbook.forms.checks import CheckContext, run_checks
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.identify import identify
from planbook.forms.manifest import open_seal
from planbook.forms.reader import read_return
from planbook.forms.tables import survey
from planbook.sheets.grid import arrange_rows
from planbook.sheets.raw import CellRange, CellValue, RawSheet, RawWorkbook, Visibility
from tests.support.tables import KEY
from tests.unit.forms.return_samples import (
    CODES,
    SPENDING,
    STRANGER,
    TODAY,
    filled_book,
    found,
    places,
    read,
    report,
    return_form,
)

FORM = return_form()
_HEADERS = [column.label for sheet in DEFAULT_LAYOUT.sheets for column in sheet.columns]
_CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.sampled_from(
        [
            *CODES,
            SPENDING,
            STRANGER,
            "P2-001C",
            "P1-",
            *[task.title for task in FORM.tasks],
            "填报单位：省财政厅",
            "填报期：9999年13月",
        ]
    ),
    st.sampled_from(["达到序时", "同上", "85%", "/", "_planbook", "planbook", "=A1", "2024年3月底"]),
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.just(timedelta(days=3)),
)
_KEYS = st.tuples(st.integers(1, 12), st.integers(1, 26))


@st.composite
def _sheets(draw: st.DrawFn, name: str) -> RawSheet:
    headers = draw(st.lists(st.sampled_from([*_HEADERS, "其他", ""]), max_size=25))
    rows: list[list[CellValue]] = draw(st.lists(st.lists(_CELLS, max_size=25), max_size=8))
    rows.insert(draw(st.integers(0, len(rows))), [*headers])
    corners = draw(st.lists(st.tuples(_KEYS, _KEYS), max_size=3))
    return RawSheet(
        name,
        draw(st.sampled_from(Visibility)),
        rows,
        errors=dict.fromkeys(draw(st.lists(_KEYS, max_size=3)), "#N/A"),
        empty_formulas=frozenset(draw(st.lists(_KEYS, max_size=2))),
        percent_cells=frozenset(draw(st.lists(_KEYS, max_size=4))),
        merged=tuple(CellRange(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in corners),
        comments=dict.fromkeys(draw(st.lists(_KEYS, max_size=2)), "批注"),
        pictures_in_cells=frozenset(draw(st.lists(_KEYS, max_size=2))),
    )


@settings(max_examples=150, deadline=None)
@given(st.builds(lambda *sheets: RawWorkbook(sheets), _sheets("一"), _sheets("二")))
def test_rubbish_is_read_without_fault(workbook: RawWorkbook) -> None:
    seal = open_seal(workbook, [KEY], FORM.workspace_id)
    identify(survey(workbook, DEFAULT_LAYOUT), seal, {FORM.form_id: Candidate.of(FORM)}, asked=FORM.period)
    reading = read_return(survey(workbook, DEFAULT_LAYOUT), FORM, today=TODAY)
    assert {row.task_code for row in reading.task_reports} <= set(CODES)
    places((*reading.findings, *run_checks(CheckContext(reading, TODAY))))


def test_a_stray_cell_in_the_last_row_costs_nothing() -> None:
    book = filled_book()
    raw = book.raw()
    sheet = raw.sheets[1]
    rows = dict(enumerate(sheet.rows, start=1)) | {1_048_576: [None] * 16_383 + ["x"]}
    stray = RawSheet(sheet.name, sheet.visibility, arrange_rows(rows, 1_048_576), merged=sheet.merged)
    reading = read_return(survey(RawWorkbook((stray,)), DEFAULT_LAYOUT), FORM, today=TODAY)
    assert len(reading.task_reports) == 4
    assert ("text_outside_rows", "责任清单!XFD1048576") in found(reading)


def test_thousands_of_rows_and_merged_ranges_are_bounded() -> None:
    book = filled_book()
    book.tasks.rows += [["x", STRANGER, *["同上"] * 20] for _ in range(4_000)]
    book.tasks.merged += [CellRange(row, 1, row + 1, 30) for row in range(10, 4_000, 2)]
    reading = read(book)
    assert report(reading, CODES[0]).completion_percent == 50
    assert ("too_many_findings", "") in found(reading)


def test_rows_beyond_what_a_form_can_have_are_named_and_not_read() -> None:
    book = filled_book()
    book.tasks.rows += [["x"]] * 20_000
    assert ("sheet_cut_off", "责任清单") in found(read(book))


def test_a_day_far_away_is_no_day() -> None:
    book = filled_book()
    book.tasks.set(CODES[0], "预计完成时间", date(9999, 12, 31))
    assert found(read(book)) == [("date_out_of_reach", book.tasks.address(CODES[0], "预计完成时间"))]
