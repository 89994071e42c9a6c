import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from planbook.forms.checks.context import CheckContext
from planbook.forms.checks.run import run_checks
from planbook.forms.correction import FaultyReturn, write_correction
from planbook.forms.correction_faults import Fault, find_faults
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.manifest import open_seal
from planbook.forms.reader import read_return
from planbook.forms.reference_writer import render_reference
from planbook.forms.return_reading import ReturnReading
from planbook.forms.tables import survey
from planbook.model.findings import Finding, Severity
from planbook.model.form import Form
from planbook.sheets.reading import read_workbook
from tests.support.tables import KEY, EditableBook
from tests.support.validity import assert_valid_workbook
from tests.unit.forms.return_samples import (
    FOUR,
    ONE,
    PATENTS,
    SPENDING,
    THREE,
    TODAY,
    TWO,
    filled_book,
    read,
    return_form,
)

_RED, _YELLOW = "FFF8B4A8", "FFFFE08A"


def faults_of(reading: ReturnReading) -> tuple[Fault, ...]:
    return find_faults(reading, (*reading.findings, *run_checks(CheckContext(reading, TODAY))))


def parts(content: bytes) -> Mapping[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name).decode("latin-1") for name in package.namelist()}


def corrected(book: EditableBook, form: Form | None = None) -> bytes:
    """Return the correction workbook of a return."""
    form = form or return_form()
    reading = read(book, form)
    returned = FaultyReturn(
        reading.layout, "回表.xlsx", "0" * 64, reading.task_reports, reading.indicator_reports, faults_of(reading)
    )
    return write_correction(form, returned, KEY).workbook


def cells(content: bytes, sheet: str) -> Mapping[tuple[str, str], tuple[object, str]]:
    """Return value and colour of each cell by code and header."""
    rows = load_workbook(BytesIO(content))[sheet].iter_rows(min_row=5)
    headers = [str(cell.value).rstrip("*") for cell in next(rows)]
    code = headers.index("任务编号" if sheet == "责任清单" else "指标编号")
    return {
        (str(row[code].value), header): (cell.value, str(cell.fill.fgColor.rgb))
        for row in rows
        for header, cell in zip(headers, row, strict=True)
    }


def test_faults_know_their_task_and_column_wherever_they_stood() -> None:
    book = filled_book()
    book.tasks.move_column("完成进度(%)", 1)
    book.tasks.rename("填报人", "填表人")
    book.tasks.sort_rows(lambda row: str(row[3]))
    book.tasks.set(TWO, "完成进度(%)", "过半")
    book.tasks.set(THREE, "填表人", None)
    book.indicators.set(PATENTS, "本期完成值", "若干")
    found = {(fault.finding.code, fault.code, fault.column) for fault in faults_of(read(book)) if fault.is_error}
    assert found == {
        ("number_inexact", TWO, "完成进度(%)"),
        ("required_missing", THREE, "填报人"),
        ("number_inexact", PATENTS, "本期完成值"),
    }


def test_the_workbook_holds_what_was_reported_and_shows_what_is_wrong() -> None:
    book = filled_book()
    book.tasks.move_column("完成进度(%)", 1)
    book.tasks.set(ONE, "完成进度(%)", "过半")
    book.tasks.set(ONE, "预计完成时间", "三月初")
    book.tasks.set(TWO, "进展状态", "已完成")
    book.tasks.set(THREE, "填报人", None)
    book.tasks.set(THREE, "备注", "=SUM(A1)")
    book.tasks.set(FOUR, "联系电话", "12")
    book.indicators.set(SPENDING, "本期完成值", "若干")
    book.indicators.set(SPENDING, "数据来源", "同上")
    content = corrected(book)
    tasks, indicators = cells(content, "责任清单"), cells(content, "指标进度")
    assert tasks[ONE, "完成进度(%)"] == ("过半", _RED)
    assert tasks[ONE, "预计完成时间"] == ("三月初", _RED)
    assert tasks[TWO, "完成进度(%)"] == (20, _RED)
    assert tasks[THREE, "填报人"] == (None, _RED)
    assert tasks[FOUR, "联系电话"] == ("12", _YELLOW)
    assert indicators[SPENDING, "本期完成值"] == ("若干", _RED)
    assert indicators[SPENDING, "数据来源"] == ("同上", _RED)
    assert tasks[THREE, "备注"][0] == "=SUM(A1)"
    assert str(tasks[ONE, "填报日期"][0])[:10] == "2024-04-02"
    assert tasks[FOUR, "本期进展情况"][0] == "奖补资金1.2亿元全部拨付到企业。"
    assert indicators[PATENTS, "本期完成值"][0] == 1250
    coloured = [key for key, (_, colour) in tasks.items() if colour in (_RED, _YELLOW)]
    assert len(coloured) == 5


def test_whole_rows_and_columns_are_marked() -> None:
    book = filled_book()
    book.tasks.rows = [row for row in book.tasks.rows if TWO not in row]
    book.tasks.delete_column("联系电话")
    tasks = cells(corrected(book), "责任清单")
    assert {header for (code, header), (_, colour) in tasks.items() if code == TWO and colour == _RED} == {
        column.header for column in DEFAULT_LAYOUT.tasks.fill_in_columns if column.is_required
    }
    assert all(tasks[code, "联系电话"][1] == _RED for code in (ONE, TWO, THREE, FOUR))


def test_the_first_sheet_names_the_cells_of_this_workbook() -> None:
    book = filled_book()
    book.tasks.move_column("完成进度(%)", 1)
    book.tasks.set(ONE, "完成进度(%)", "过半")
    content = corrected(book)
    cover = load_workbook(BytesIO(content)).worksheets[0]
    (line,) = [row for row in cover.iter_rows(values_only=True) if ONE in str(row[1])]
    sheet, _, address = str(line[0]).partition("!")
    assert (sheet, load_workbook(BytesIO(content))[sheet][address].value) == ("责任清单", "过半")
    assert line[3] == "责任清单!A6"


@pytest.mark.parametrize("classification", [None, "秘密"])
def test_it_is_a_valid_return_itself(classification: str | None) -> None:
    form = return_form(classification=classification)
    book = filled_book(form)
    book.tasks.set(ONE, "完成进度(%)", "过半")
    book.tasks.set(ONE, "申请延期至", date(2025, 3, 31))
    reading = read(book, form)
    raw = read_workbook(corrected(book, form))
    manifest = open_seal(raw, [KEY], form.workspace_id).manifest
    assert manifest is not None
    assert (manifest.form_id, manifest.layout_version) == (form.form_id, DEFAULT_LAYOUT.version)
    again = read_return(survey(raw, manifest.layout(DEFAULT_LAYOUT)), form, today=TODAY)
    assert [finding.code for finding in again.findings] == [finding.code for finding in reading.findings]
    for before, after in zip(reading.task_reports, again.task_reports, strict=True):
        values = ("status", "completion_percent", "progress", "extension_to", "phone", "reported_on", "remarks", "raw")
        assert [getattr(before, name) for name in values] == [getattr(after, name) for name in values]
    assert [one.value for one in again.indicator_reports] == [one.value for one in reading.indicator_reports]


def test_the_notice_says_how_much_and_how() -> None:
    form = return_form(classification="内部")
    book = filled_book(form)
    book.tasks.set(ONE, "完成进度(%)", "过半")
    reading = read(book, form)
    faults = faults_of(reading)
    returned = FaultyReturn(reading.layout, "回表.xlsx", "0" * 64, reading.task_reports, (), faults)
    notice = write_correction(form, returned, KEY).notice
    errors = sum(fault.is_error for fault in faults)
    for part in (form.agency, "回表.xlsx", f"{errors} 处", form.contact, "内部", form.office):
        assert part in notice


@pytest.mark.validator
def test_it_is_valid() -> None:
    book = filled_book()
    book.tasks.set(ONE, "完成进度(%)", "过半")
    book.tasks.set(TWO, "本期进展情况", "长" * 3000)
    assert_valid_workbook(corrected(book))


@given(text=st.text(max_size=300), many=st.integers(0, 900))
@settings(max_examples=15, deadline=None)
def test_any_words_and_any_number_of_faults_can_be_written(text: str, many: int) -> None:
    reading = read(filled_book())
    named = Finding.of("required_missing", column=text)
    faults = [Fault(named, ONE, "填报人"), *[Fault(Finding.of("row_added", title=text))] * many]
    assert named.severity is Severity.ERROR
    returned = FaultyReturn(reading.layout, text, "0" * 64, reading.task_reports, (), faults)
    raw = read_workbook(write_correction(reading.form, returned, KEY).workbook)
    again = read_return(survey(raw, DEFAULT_LAYOUT), reading.form, today=TODAY)
    assert again.task_reports == reading.task_reports


def test_it_is_what_the_slow_writer_gives() -> None:
    book = filled_book()
    book.tasks.set(ONE, "完成进度(%)", "大部分")
    book.tasks.set(TWO, "进展状态", None)
    book.indicators.set(SPENDING, "本期完成值", "3左右<&>")
    fast = corrected(book)
    with patch("planbook.forms.correction.render_package", lambda pages, cover: render_reference(pages, cover=cover)):
        slow = corrected(book)
    assert fast != slow
    assert parts(fast) == parts(slow)


def test_a_sheet_of_the_office_may_have_the_covers_name() -> None:
    layout = replace(DEFAULT_LAYOUT, instructions_name="退改说明")
    reading = read(filled_book(), layout=layout)
    returned = FaultyReturn(layout, "回表.xlsx", "0" * 64, reading.task_reports, reading.indicator_reports, ())
    book = load_workbook(BytesIO(write_correction(return_form(), returned, KEY).workbook))
    assert book.sheetnames[:2] == ["退改说明2", "退改说明"]
