"""A cell deleted or inserted within a row, or among the headers: the row is asked about, not read a column off."""

import pytest

from planbook.sheets.raw import CellValue, cell_address
from tests.support.tables import EditableBook
from tests.unit.forms.return_samples import CODES, FOUR, ONE, TWO, filled_book, found, read


def _cells(book: EditableBook, code: str) -> list[CellValue]:
    cells = book.tasks.rows[book.tasks.row(code) - 1]
    cells.extend([None] * (23 - len(cells)))
    return cells


@pytest.mark.parametrize("header", ["进展状态", "完成进度(%)", "本期进展情况", "存在问题", "申请延期至", "佐证材料"])
def test_a_cell_deleted_within_a_row_costs_that_row(header: str) -> None:
    book = filled_book()
    cells = _cells(book, TWO)
    del cells[book.tasks.place(header) - 1]
    cells.append(None)
    reading = read(book)
    named = [at for code, at in found(reading) if code == "row_cells_shifted"]
    assert [at.split("!")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVW") for at in named] == [str(book.tasks.row(TWO))]
    assert [one.task_code for one in reading.task_reports] == [code for code in CODES if code != TWO]


@pytest.mark.parametrize("header", ["进展状态", "完成进度(%)", "本期进展情况", "佐证材料", "填报人"])
def test_a_cell_inserted_within_a_row_costs_that_row(header: str) -> None:
    book = filled_book()
    place = book.tasks.place(header)
    _cells(book, TWO).insert(place - 1, None)
    reading = read(book)
    assert "row_cells_shifted" in [code for code, _ in found(reading)]
    assert TWO not in [one.task_code for one in reading.task_reports]


def test_a_header_deleted_costs_every_row() -> None:
    book = filled_book()
    headers = book.tasks.rows[book.tasks.header_row() - 1]
    del headers[book.tasks.place("完成进度(%)") - 1]
    reading = read(book)
    assert reading.task_reports == ()
    assert [code for code, _ in found(reading)].count("row_cells_shifted") == len(CODES)


def test_telephone_and_name_exchanged_are_no_shift() -> None:
    book = filled_book()
    book.tasks.set(ONE, "填报人", "0731-88888888")
    book.tasks.set(ONE, "联系电话", "张三")
    reading = read(book)
    assert ("phone_implausible", book.tasks.address(ONE, "联系电话")) in found(reading)
    assert len(reading.task_reports) == 4


def test_answers_that_are_wrong_in_place_stay_where_they_are() -> None:
    book = filled_book()
    book.tasks.set(FOUR, "完成进度(%)", "大部分")
    book.tasks.set(FOUR, "填报日期", "上周五")
    book.tasks.set(FOUR, "联系电话", "见通讯录")
    reading = read(book)
    assert "row_cells_shifted" not in [code for code, _ in found(reading)]
    assert len(reading.task_reports) == 4


def test_the_finding_stands_where_the_cells_begin_to_be_wrong() -> None:
    book = filled_book()
    place = book.tasks.place("完成进度(%)")
    _cells(book, TWO).insert(place - 1, None)
    at = cell_address(book.tasks.row(TWO), place)
    assert ("row_cells_shifted", f"责任清单!{at}") in found(read(book))
