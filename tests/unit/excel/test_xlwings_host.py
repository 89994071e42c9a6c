"""The xlwings host over an Excel in memory: it finds its Excel, reads the selection, comes back to the same place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import xlwings
from openpyxl.styles import PatternFill

from planbook.excel.click import Click
from planbook.excel.host import OpenBook
from planbook.excel.native import WindowsNative
from planbook.excel.xlwings_host import XlwingsHost, attach_to_excel
from planbook.model.codes import CodeKind, make_code
from planbook.model.errors import PlanbookError
from tests.support.excel_engine import FakeApp, Native, running_excels
from tests.support.excel_filters import Icon

CODES = [make_code(CodeKind.TASK, 1, number) for number in range(1, 7)]


def write_table(path: Path, codes: list[str]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务台账"
    sheet.append(["某省任务台账"])
    sheet.append(["任务编号", "任务名称", "亮灯", "领导批示"])
    for number, code in enumerate(codes, start=1):
        sheet.append([code, f"任务{number}", "红灯" if number % 2 else "绿灯", ""])
    sheet.auto_filter.ref = f"A2:D{sheet.max_row}"
    book.create_sheet("说明")["A1"] = "说明"
    book.save(path)
    return path


@pytest.fixture
def excel() -> Iterator[FakeApp]:
    with running_excels(7, 9) as (_, mine):
        yield mine


def host(click: Click) -> XlwingsHost:
    return attach_to_excel(click)


def open_book(excel: FakeApp, path: Path) -> OpenBook:
    excel.books.open(str(path))
    return OpenBook(path.name, path)


def test_the_excel_of_the_click_is_found_among_several(excel: FakeApp, tmp_path: Path) -> None:
    open_book(excel, write_table(tmp_path / "总台账.xlsx", CODES))
    assert [book.name for book in host(Click("b", hwnd=9)).open_books()] == ["总台账.xlsx"]
    assert host(Click("b", hwnd=7)).open_books() == ()
    assert host(Click("b", book=str(tmp_path / "总台账.xlsx"))).open_books()[0].path == tmp_path / "总台账.xlsx"


def test_an_excel_that_is_gone_is_said(excel: FakeApp) -> None:
    with pytest.raises(PlanbookError):
        host(Click("b", hwnd=12345))


@pytest.mark.parametrize(
    ("place", "rows", "header"),
    [
        ("任务台账!$B$4", [4], "任务名称"),
        ("任务台账!$C$3:$D$5,$A$8", [3, 4, 5, 8], "亮灯"),
        ("任务台账!$D:$D", [3, 4, 5, 6, 7, 8], "领导批示"),
        ("任务台账!$A$1:$A$2", [], "任务编号"),
        ("说明!$A$1", [1], ""),
    ],
)
def test_selected_rows_are_read(excel: FakeApp, tmp_path: Path, place: str, rows: list[int], header: str) -> None:
    sheet, selection = place.split("!")
    open_book(excel, write_table(tmp_path / "a.xlsx", CODES))
    selected = host(Click("b", hwnd=9, sheet=sheet, selection=selection)).selection()
    assert selected is not None
    assert [row.row for row in selected.rows] == rows
    assert selected.column_header == header
    for row in selected.rows:
        if sheet == "任务台账":
            assert dict(row.cells)["任务编号"] == CODES[row.row - 3]


def test_rows_that_a_filter_hides_are_not_meant(excel: FakeApp, tmp_path: Path) -> None:
    open_book(excel, write_table(tmp_path / "a.xlsx", CODES))
    sheet = excel.books_[0].sheets_[0]
    sheet.api.AutoFilter.Range.AutoFilter(3, ["=红灯"], 7)
    selected = host(Click("b", hwnd=9, sheet="任务台账", selection="$A$3:$A$8")).selection()
    assert selected is not None
    assert [dict(row.cells)["亮灯"] for row in selected.rows] == ["红灯"] * 3


def test_without_a_selection_in_the_click_the_live_one_counts(excel: FakeApp, tmp_path: Path) -> None:
    open_book(excel, write_table(tmp_path / "a.xlsx", CODES))
    excel.books_[0].sheets_[0].range("B5").select()
    selected = host(Click("b", hwnd=9)).selection()
    assert selected is not None
    assert [row.row for row in selected.rows] == [5]


def test_the_clerk_comes_back_to_the_same_task_and_filter(excel: FakeApp, tmp_path: Path) -> None:
    path = write_table(tmp_path / "总台账.xlsx", CODES)
    book = open_book(excel, path)
    sheet = excel.books_[0].sheets_[0]
    sheet.activate()
    sheet.api.AutoFilter.Range.AutoFilter(3, ["=绿灯"], 7)
    sheet.range("B4").select()
    at = host(Click("b", hwnd=9))
    view = at.viewpoint(book)
    assert (view.row_code, view.column_header, view.address) == (CODES[1], "任务名称", "$B$4")
    at.close(book)
    write_table(path, [make_code(CodeKind.TASK, 1, 50), make_code(CodeKind.TASK, 1, 51), *CODES])
    assert at.restore(at.open(path), view) == ()
    assert excel.selected is not None
    assert excel.selected.address == "$B$6"
    again = excel.books_[0].sheets_[0]
    assert again.api.AutoFilter.Filters(3).Criteria1 == ["=绿灯"]
    assert excel.lost == []


RED: Final = 0x3C14DC  # as Excel counts: blue first
FILTERS: Final[tuple[tuple[str, str, Any, int, Any, set[int]], ...]] = (
    ("one value", "亮灯", "=红灯", 0, None, {4, 6, 8}),
    ("two values", "亮灯", ["=红灯", "=绿灯"], 7, None, set()),
    ("contains, or begins", "任务名称", "=*1*", 2, "=任务2*", set()),
    ("the first three", "完成进度", "3", 3, None, {3, 4, 5}),
    ("the last tenth", "完成进度", "10", 6, None, set()),
    ("ticked months and days", "完成时限", None, 7, [1, "2/1/2024", 2, "4/2/2024"], {3, 5, 7, 8}),
    ("above average", "完成进度", 33, 11, None, set()),
    ("this month", "完成时限", 7, 11, None, set()),
    ("cell colour", "亮灯", RED, 8, None, {4, 6, 8}),
    ("font colour", "任务名称", RED, 9, None, set()),
    ("no fill", "亮灯", None, 12, None, set()),
    ("icon", "完成进度", Icon(5, 2), 10, None, set()),
    ("no icon", "完成进度", None, 14, None, set()),
)


def write_coloured_table(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务台账"
    sheet.append(["某省任务台账"])
    sheet.append(["任务编号", "任务名称", "亮灯", "完成进度", "完成时限"])
    for number, code in enumerate(CODES, start=1):
        light = "红灯" if number % 2 else "绿灯"
        sheet.append([code, f"任务{number}", light, number * 10, date(2024, number, 1 + number % 3)])
        sheet.cell(number + 2, 3).fill = PatternFill("solid", "DC143C" if light == "红灯" else "00FF00")
    sheet.auto_filter.ref = "A2:E8"
    book.save(path)
    return path


@pytest.mark.parametrize("kept", [pytest.param(one[1:], id=one[0]) for one in FILTERS])
def test_every_kind_of_filter_is_set_again(
    excel: FakeApp, tmp_path: Path, kept: tuple[str, Any, int, Any, set[int]]
) -> None:
    header, criteria1, operator, criteria2, hidden = kept
    path = write_coloured_table(tmp_path / "总台账.xlsx")
    book = open_book(excel, path)
    field = ["任务编号", "任务名称", "亮灯", "完成进度", "完成时限"].index(header) + 1
    sheet = excel.books_[0].sheets_[0]
    sheet.api.AutoFilter.Range.AutoFilter(field, criteria1, operator, criteria2)
    assert sheet.hidden_rows == hidden
    at = host(Click("b", hwnd=9))
    at.save(book)
    view = at.viewpoint(book)
    at.close(book)
    write_coloured_table(path)  # written anew: nobody filters there
    assert at.restore(at.open(path), view) == ()
    again = excel.books_[0].sheets_[0]
    one = again.filters_[field - 1]
    assert one.On
    assert one.Operator == operator
    if isinstance(criteria1, Icon):
        assert (one.criteria1.Parent.ID, one.criteria1.Index) == (criteria1.Parent.ID, criteria1.Index)
    else:
        assert one.criteria1 == criteria1
    assert one.criteria2 == criteria2
    assert again.hidden_rows == hidden
    assert excel.books_[0].api.Saved  # nothing was typed: nobody is asked whether to save it


def test_a_filter_that_excel_does_not_tell_is_named(excel: FakeApp, tmp_path: Path) -> None:
    path = write_coloured_table(tmp_path / "总台账.xlsx")
    book = open_book(excel, path)
    excel.books_[0].sheets_[0].api.AutoFilter.Range.AutoFilter(4, "3", 3)  # and not saved: the file knows nothing
    at = host(Click("b", hwnd=9))
    view = at.viewpoint(book)
    at.close(book)
    write_coloured_table(path)
    (note,) = at.restore(at.open(path), view)
    assert "完成进度" in note


def test_a_filter_that_cannot_be_restored_is_said(excel: FakeApp, tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.xlsx", CODES)
    book = open_book(excel, path)
    excel.books_[0].sheets_[0].api.AutoFilter.Range.AutoFilter(3, ["=绿灯"], 7)
    at = host(Click("b", hwnd=9))
    view = at.viewpoint(book)
    at.close(book)
    other = openpyxl.load_workbook(path)
    other["任务台账"]["C2"] = "改了名"
    other.save(path)
    notes = at.restore(at.open(path), view)
    assert len(notes) == 1
    assert "亮灯" in notes[0]


def test_what_is_typed_between_save_and_close_is_saved_too(excel: FakeApp, tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.xlsx", CODES)
    book = open_book(excel, path)
    xlwings.apps[9].books["a.xlsx"].sheets["任务台账"].range("D3").value = "同意"
    host(Click("b", hwnd=9)).close(book)
    assert openpyxl.load_workbook(path)["任务台账"]["D3"].value == "同意"
    assert excel.lost == []


def test_a_hostile_workbook_is_opened_without_macros_and_links(excel: FakeApp, tmp_path: Path) -> None:
    path = write_table(tmp_path / "回表.xlsx", CODES)
    opened = host(Click("b", hwnd=9)).open(path, is_hostile=True)
    assert opened.is_read_only
    assert excel.opened == [("回表.xlsx", 3, False, True)]
    assert excel.api.AutomationSecurity == 1


def test_the_clerk_is_asked_by_excels_own_dialogs(excel: FakeApp, tmp_path: Path) -> None:
    asked: list[tuple[object, ...]] = []

    def get_open_filename(*arguments: object) -> object:
        asked.append(arguments)
        return (r"C:\方案\行动 计划.docx",)

    def input_box(*arguments: object) -> object:
        asked.append(arguments)
        return False

    folder = Native(Show=lambda: -1, SelectedItems=lambda _number: str(tmp_path))
    excel.api.GetOpenFilename = get_open_filename
    excel.api.InputBox = input_box
    excel.api.FileDialog = lambda _kind: folder
    at = host(Click("b", hwnd=9))
    assert at.ask_files("导入方案", (("方案文件", "*.docx;*.pdf"),)) == (Path(r"C:\方案\行动 计划.docx"),)
    assert asked[0][0] == "方案文件 (*.docx;*.pdf),*.docx;*.pdf"
    assert at.ask_folder("工作区") == tmp_path
    assert at.ask_text("理由" * 400, "销号") is None
    assert len(str(asked[1][0])) <= 255
    excel.answers = ["yes", "no"]
    assert at.confirm("发吗", "分发")
    assert not at.confirm("发吗", "分发")


def test_what_excel_refuses_is_said_in_chinese(excel: FakeApp, tmp_path: Path) -> None:
    book = open_book(excel, write_table(tmp_path / "a.xlsx", CODES))
    excel.books_[0].api.ReadOnly = True
    excel.books_[0].api.Saved = False
    with pytest.raises(PlanbookError) as refused:
        host(Click("b", hwnd=9)).save(book)
    assert "a.xlsx" in refused.value.message


def test_a_workbook_in_a_cloud_or_never_saved_has_no_path(excel: FakeApp, tmp_path: Path) -> None:
    open_book(excel, write_table(tmp_path / "a.xlsx", CODES))
    for name in ("https://d.docs.live.net/x/a.xlsx", "工作簿1"):
        excel.books_[0].path = Path(name)
        assert host(Click("b", hwnd=9)).open_books()[0].path is None


def test_a_handler_finds_its_book_through_a_mock_caller(excel: FakeApp, tmp_path: Path) -> None:
    open_book(excel, write_table(tmp_path / "a.xlsx", CODES))
    book = xlwings.apps[9].books["a.xlsx"]
    book.set_mock_caller()
    app = xlwings.Book.caller().app
    at = XlwingsHost(app, Click("b"), WindowsNative(), lambda: True)
    front = at.active_book()
    assert front is not None
    assert front.name == "a.xlsx"
    assert at.wants_to_stop()
    at.show_status("一键汇总 1/3")
    assert excel.statuses == ["一键汇总 1/3"]
