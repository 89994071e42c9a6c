"""Cells that hold something else than the form asks for: each is named at its address, and none is taken for empty."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from planbook.sheets.raw import CellRange, CellValue
from tests.support.tables import EditableSheet
from tests.unit.forms.return_samples import ONE, PATENTS, SPENDING, TWO, filled_book, found, read, report


@pytest.mark.parametrize(
    ("header", "cell", "code", "field"),
    [
        ("完成进度(%)", "过半", "number_inexact", "completion_percent"),
        ("完成进度(%)", "30-40", "number_is_range", "completion_percent"),
        ("完成进度(%)", 0.85, "percent_fraction", "completion_percent"),
        ("完成进度(%)", 185.0, "percent_out_of_range", "completion_percent"),
        ("完成进度(%)", "同上", "value_refers_elsewhere", "completion_percent"),
        ("完成进度(%)", date(2024, 5, 1), "value_is_date", "completion_percent"),
        ("完成进度(%)", "见附件", "number_unreadable", "completion_percent"),
        ("进展状态", "推进中", "status_unknown", "status"),
        ("进展状态", 3.0, "status_unknown", "status"),
        ("填报日期", "2024年2月30日", "date_impossible", "reported_on"),
        ("填报日期", "3月底", "date_without_day", "reported_on"),
        ("预计完成时间", "尽快", "date_unreadable", "expected_completion"),
        ("申请延期至", "3月至6月", "date_is_range", "extension_to"),
    ],
)
def test_a_value_that_is_not_certain_is_not_taken(header: str, cell: CellValue, code: str, field: str) -> None:
    book = filled_book()
    book.tasks.set(TWO, header, cell)
    reading = read(book)
    assert found(reading) == [(code, book.tasks.address(TWO, header))]
    assert getattr(report(reading, TWO), field) is None
    assert dict(report(reading, TWO).raw)[field]
    assert reading.tasks[1].cells.unread == {header}


@pytest.mark.parametrize(
    ("state", "percent", "codes"),
    [
        ("达到序时", Decimal(1), []),
        ("已完成", None, ["percent_fraction"]),
        ("推进中", None, ["status_unknown", "percent_fraction"]),
    ],
)
def test_a_bare_one_is_one_percent_only_where_the_task_is_surely_not_finished(
    state: str, percent: Decimal | None, codes: list[str]
) -> None:
    book = filled_book()
    book.tasks.set(TWO, "进展状态", state)
    book.tasks.set(TWO, "完成进度(%)", 1.0)
    reading = read(book)
    assert [code for code, _ in found(reading)] == codes
    assert report(reading, TWO).completion_percent == percent


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("完成进度(%)", "８５％", "completion_percent", Decimal(85)),
        ("完成进度(%)", "三成", "completion_percent", Decimal(30)),
        ("进展状态", "慢序时", "status", "滞后序时"),
        ("填报日期", "2024年3月31日", "reported_on", date(2024, 3, 31)),
        ("填报日期", datetime.combine(date(2024, 3, 31), time(9)), "reported_on", date(2024, 3, 31)),
        ("填报日期", 45382.0, "reported_on", date(2024, 3, 31)),
        ("预计完成时间", "2024年3月底", "expected_completion", date(2024, 3, 31)),
        ("联系电话", 13812345678.0, "phone", "13812345678"),
        ("佐证材料", 3.0, "evidence", "3"),
        ("备注", date(2024, 3, 31), "remarks", "2024-03-31"),
        ("存在问题", "无", "problems", "无"),
    ],
)
def test_a_value_written_in_another_way_is_taken(header: str, cell: CellValue, field: str, value: object) -> None:
    book = filled_book()
    book.tasks.set(TWO, header, cell)
    assert getattr(report(read(book), TWO), field) == value


def test_85_percent_typed_into_a_percent_cell_is_85() -> None:
    book = filled_book()
    book.tasks.set(TWO, "完成进度(%)", 0.85)
    book.tasks.percent_cells.add(book.tasks.key(TWO, "完成进度(%)"))
    reading = read(book)
    assert reading.findings == ()
    assert report(reading, TWO).completion_percent == 85
    assert report(reading, TWO).raw == (("completion_percent", "85%"),)


def test_a_percent_cell_in_a_text_column_is_kept_as_shown() -> None:
    book = filled_book()
    book.tasks.set(TWO, "备注", 0.07)
    book.tasks.percent_cells.add(book.tasks.key(TWO, "备注"))
    assert report(read(book), TWO).remarks == "7%"


def test_text_numbers_are_numbers() -> None:
    book = filled_book()
    book.tasks.set(TWO, "完成进度(%)", "20")
    book.indicators.set(PATENTS, "本期完成值", "1,250")
    reading = read(book)
    assert reading.findings == ()
    assert report(reading, TWO).completion_percent == 20
    assert reading.indicator_reports[1].value == 1250
    assert reading.indicator_reports[1].raw == "1,250"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda sheet, key: sheet.errors.update({key: "#DIV/0!"}), "cell_error_value"),
        (lambda sheet, key: sheet.empty_formulas.add(key), "cell_formula_empty"),
        (lambda sheet, key: sheet.pictures.add(key), "cell_picture"),
    ],
)
@pytest.mark.parametrize("header", ["完成进度(%)", "本期进展情况", "填报日期", "备注"])
def test_what_a_reader_hides_is_never_taken_for_empty(
    spoil: Callable[[EditableSheet, tuple[int, int]], None], code: str, header: str
) -> None:
    book = filled_book()
    book.tasks.set(TWO, header, None)
    spoil(book.tasks, book.tasks.key(TWO, header))
    reading = read(book)
    assert found(reading) == [(code, book.tasks.address(TWO, header))]
    assert header in reading.tasks[1].cells.unread


def test_a_row_with_nothing_but_an_error_value_counts_as_filled_in() -> None:
    book = filled_book()
    row = book.tasks.row(TWO)
    del book.tasks.rows[row - 1][11:]
    book.tasks.errors[book.tasks.key(TWO, "完成进度(%)")] = "#REF!"
    reading = read(book)
    assert ("cell_error_value", book.tasks.address(TWO, "完成进度(%)")) in found(reading)
    assert ("completion_percent", "#REF!") in report(reading, TWO).raw


def test_a_picture_formula_read_as_text_is_a_picture() -> None:
    book = filled_book()
    book.tasks.set(TWO, "佐证材料", '=DISPIMG("ID_4F2A",1)')
    reading = read(book)
    assert found(reading) == [("cell_picture", book.tasks.address(TWO, "佐证材料"))]
    assert report(reading, TWO).evidence == ""


def test_a_comment_in_place_of_a_value_is_named() -> None:
    book = filled_book()
    book.tasks.set(TWO, "存在问题", None)
    book.tasks.comments[book.tasks.key(TWO, "存在问题")] = "张三:\n资金不到位"
    book.tasks.comments[book.tasks.key(TWO, "本期进展情况")] = "领导已阅"
    book.tasks.comments[book.tasks.key(ONE, "任务名称")] = "建议调整名称"
    assert found(read(book)) == [
        ("comment_beside_value", book.tasks.address(ONE, "任务名称")),
        ("comment_beside_value", book.tasks.address(TWO, "本期进展情况")),
        ("comment_instead_of_value", book.tasks.address(TWO, "存在问题")),
    ]


def test_a_row_answered_in_comments_alone_is_both_unfilled_and_commented() -> None:
    book = filled_book()
    del book.tasks.rows[book.tasks.row(TWO) - 1][11:]
    book.tasks.comments[book.tasks.key(TWO, "本期进展情况")] = "已立项12项"
    assert found(read(book)) == [
        ("row_not_filled", book.tasks.address(TWO, "进展状态")),
        ("comment_instead_of_value", book.tasks.address(TWO, "本期进展情况")),
    ]


def test_a_mark_for_nothing_is_empty_by_intention() -> None:
    book = filled_book()
    book.tasks.set(TWO, "申请延期至", "/")
    book.tasks.set(TWO, "备注", "—")
    reading = read(book)
    assert found(reading) == [("value_blank_by_mark", book.tasks.address(TWO, "申请延期至"))]
    assert report(reading, TWO).extension_to is None
    assert report(reading, TWO).remarks == "—"


def test_the_same_as_above_is_asked_about_in_texts_too() -> None:
    book = filled_book()
    book.tasks.set(TWO, "本期进展情况", "同上")
    reading = read(book)
    assert found(reading) == [("value_refers_elsewhere", book.tasks.address(TWO, "本期进展情况"))]
    assert report(reading, TWO).progress == ""
    assert report(reading, TWO).raw == (("progress", "同上"),)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (1250.5, Decimal("1250.5"), []),
        ("约1250亿元", Decimal(1250), ["value_approximate"]),
        ("0.125万亿元", Decimal(1250), ["value_converted"]),
        ("1250万美元", None, ["unit_unclear"]),
        ("过千", None, ["number_inexact"]),
    ],
)
def test_indicators_are_read_in_their_unit(cell: CellValue, value: Decimal | None, codes: list[str]) -> None:
    book = filled_book()
    book.indicators.set(PATENTS, "本期完成值", cell)
    reading = read(book)
    assert found(reading) == [(code, book.indicators.address(PATENTS, "本期完成值")) for code in codes]
    assert reading.indicator_reports[1].value == value
    assert reading.indicator_reports[1].raw == str(cell)


def test_an_indicator_in_a_percent_cell_is_in_percent() -> None:
    book = filled_book()
    book.indicators.set(SPENDING, "本期完成值", 0.027)
    book.indicators.percent_cells.add(book.indicators.key(SPENDING, "本期完成值"))
    reading = read(book)
    assert reading.findings == ()
    assert reading.indicator_reports[0].value == Decimal("2.7")


def test_formulas_and_commands_stay_text() -> None:
    book = filled_book()
    book.tasks.set(TWO, "本期进展情况", "=cmd|' /C calc'!A0")
    assert report(read(book), TWO).progress == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("header", "new", "cell", "value", "codes"),
    [
        ("本期完成值", "本期完成值（万元）", 5200.0, None, ["unit_changed"]),
        ("本期完成值", "本期完成值(单位：亿元)", 5200.0, Decimal(5200), []),
        ("本期完成值", "本期完成值（截至3月底）", 5200.0, Decimal(5200), []),
        ("本期完成值", "本期完成值（万元）", "5200亿元", Decimal(5200), []),
    ],
)
def test_a_unit_added_to_the_header_leaves_bare_numbers_unclear(
    header: str, new: str, cell: CellValue, value: Decimal | None, codes: list[str]
) -> None:
    book = filled_book()
    book.indicators.set(SPENDING, header, "2.7%")
    book.indicators.set(PATENTS, header, cell)
    at = book.indicators.address(PATENTS, header)
    book.indicators.rename(header, new)
    reading = read(book)
    assert {row.indicator_code: row.value for row in reading.indicator_reports}[PATENTS] == value
    assert found(reading) == [(code, at) for code in codes]


def test_a_unit_typed_over_the_issued_one_leaves_a_bare_number_unclear() -> None:
    book = filled_book()
    book.indicators.set(PATENTS, "计量单位", "万元")
    at = book.indicators.address(PATENTS, "本期完成值")
    reading = read(book)
    assert found(reading) == [
        ("issued_cell_changed", book.indicators.address(PATENTS, "计量单位")),
        ("unit_changed", at),
    ]
    assert {row.indicator_code: row.value for row in reading.indicator_reports}[PATENTS] is None
    book.indicators.set(PATENTS, "本期完成值", "52000000万元")
    assert {row.indicator_code: row.value for row in read(book).indicator_reports}[PATENTS] == 5200


@pytest.mark.parametrize(
    ("header", "is_clear"),
    [("完成进度（%）", True), ("完成进度（百分比）", True), ("完成进度（成）", False), ("完成进度（小数）", False)],
)
def test_percentages_under_a_header_with_another_unit_are_asked_about(header: str, is_clear: bool) -> None:
    book = filled_book()
    at = book.tasks.address(ONE, "完成进度(%)")
    book.tasks.rename("完成进度(%)", header)
    reading = read(book)
    assert ((("unit_changed", at) in found(reading)), report(reading, ONE).completion_percent) == (
        (False, 50) if is_clear else (True, None)
    )


def test_a_bare_number_for_a_date_is_unclear_in_a_workbook_that_counts_from_1904() -> None:
    book = filled_book()
    book.tasks.set(ONE, "预计完成时间", 46000.0)
    assert report(read(book), ONE).expected_completion == date(2025, 12, 9)
    book.tasks.counts_from_1904 = True
    reading = read(book)
    assert report(reading, ONE).expected_completion is None
    assert found(reading) == [("date_ambiguous", book.tasks.address(ONE, "预计完成时间"))]


def test_what_a_merged_range_hides_is_neither_taken_nor_lost() -> None:
    book = filled_book()
    book.tasks.set(TWO, "存在问题", "资金未到位")  # WPS and LibreOffice keep it when the cells are merged
    row, place = book.tasks.key(TWO, "存在问题")
    book.tasks.merged.append(CellRange(row - 1, place, row, place))
    reading = read(book)
    assert found(reading) == [("merged_hides_value", book.tasks.address(TWO, "存在问题"))]
    assert report(reading, TWO).problems == ""
    assert dict(report(reading, TWO).raw)["problems"] == "资金未到位"


def test_what_a_range_merged_across_hides_is_not_taken_either() -> None:
    book = filled_book()
    book.tasks.set(TWO, "存在问题", "资金未到位")
    row, place = book.tasks.key(TWO, "存在问题")
    book.tasks.merged.append(CellRange(row, place - 1, row, place))
    reading = read(book)
    assert ("merged_hides_value", book.tasks.address(TWO, "存在问题")) in found(reading)
    assert report(reading, TWO).problems == ""
