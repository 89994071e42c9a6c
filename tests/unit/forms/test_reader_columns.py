"""Columns and headers that people moved, renamed, copied, added or lost, and sheets they moved about."""

from copy import deepcopy
from dataclasses import replace

import pytest

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.layout import Column, Field, FormLayout, ValueKind
from planbook.sheets.raw import Visibility
from tests.support.tables import EditableBook, EditableSheet, issued_book, sheet_of
from tests.unit.forms.return_samples import CODES, FILLED, ONE, TWO, filled_book, found, read, report, return_form


def test_moved_columns_are_read_by_their_headers() -> None:
    book = filled_book()
    plain = read(book)
    book.tasks.move_column("完成进度(%)", 2)
    book.tasks.move_column("任务编号", 9)
    reading = read(book)
    assert reading.findings == ()
    assert reading.task_reports == plain.task_reports


def test_an_inserted_title_moves_the_headers_and_nothing_else() -> None:
    book = filled_book()
    plain = read(book)
    for _ in range(7):
        book.tasks.rows.insert(0, ["附件1", "责任清单"])
    reading = read(book)
    assert reading.findings == ()
    assert [row.row for row in reading.task_reports] == [row.row + 7 for row in plain.task_reports]


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("完成进度(%)", "完成进度（%）"),
        ("完成进度(%)", "完成进度"),
        ("完成进度(%)", " 完成 进度% "),
        ("任务编号", "任务编号："),
        ("进展状态", "进展狀態（必填）"),
        ("本期进展情况", "本期\n进展情况"),
    ],
)
def test_headers_retyped_with_other_signs_are_the_same(header: str, written: str) -> None:
    book = filled_book()
    book.tasks.rename(header, written)
    assert read(book).findings == ()


@pytest.mark.parametrize(
    ("header", "written", "code"),
    [
        ("本期进展情况", "本期进展情況说", "header_misspelt"),
        ("进展状态", "进展壮态", "header_misspelt"),
        ("完成进度(%)", "完成率", "header_renamed"),
        ("本期进展情况", "工作进展", "header_renamed"),
        ("填报人", "填表人", "header_renamed"),
    ],
)
def test_a_header_with_a_typo_or_another_name_is_read_and_named(header: str, written: str, code: str) -> None:
    book = filled_book()
    address = book.tasks.header_address(header)
    plain = read(book)
    book.tasks.rename(header, written)
    reading = read(book)
    assert found(reading) == [(code, address)]
    assert reading.task_reports == plain.task_reports


def test_a_header_that_could_be_two_columns_is_not_guessed() -> None:
    book = filled_book()
    address = book.indicators.header_address("本期完成值")
    book.indicators.rename("本期完成值", "下期完成值")
    reading = read(book)
    assert ("required_column_missing", "指标进度!A5") in found(reading)
    assert ("column_unknown", address) in found(reading)
    assert all(row.value is None for row in reading.indicator_reports)


def test_a_header_renamed_beyond_recognition_is_not_guessed_by_its_place() -> None:
    book = filled_book()
    address = book.tasks.header_address("完成进度(%)")
    book.tasks.rename("完成进度(%)", "领导评价")
    reading = read(book)
    assert found(reading) == [("required_column_missing", "责任清单!A5"), ("column_unknown", address)]
    assert all(row.completion_percent is None for row in reading.task_reports)


def test_a_deleted_column_is_named_once() -> None:
    book = filled_book()
    book.tasks.delete_column("填报日期")
    book.tasks.delete_column("备注")
    assert found(read(book)) == [("column_missing", "责任清单!A5"), ("required_column_missing", "责任清单!A5")]


def test_an_added_column_is_named_only_if_something_stands_in_it() -> None:
    book = filled_book()
    book.tasks.insert_column(12, ["分管领导", "王五", "赵六"])
    book.tasks.insert_column(3, ["科室"])
    reading = read(book)
    assert found(reading) == [("column_unknown", "责任清单!M5")]
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, 40, 100]


def test_content_right_of_the_table_without_header_is_named() -> None:
    book = filled_book()
    row = book.tasks.rows[book.tasks.row(TWO) - 1]
    row.extend([None] * (25 - len(row)))
    row.append("请领导审阅")
    assert found(read(book)) == [("column_without_header", f"责任清单!Z{book.tasks.row(TWO)}")]


def test_a_copied_column_must_say_the_same() -> None:
    book = filled_book()
    percents: list[object] = ["完成进度(%)", 50.0, 20.0, 45.0, 100.0]
    book.tasks.insert_column(14, percents)  # type: ignore[arg-type]  # cell values
    reading = read(book)
    assert found(reading) == [("cells_conflict", "责任清单!M8"), ("cells_conflict", "责任清单!N8")]
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, None, 100]


def test_codes_lost_with_their_column_are_made_good_by_titles() -> None:
    book = filled_book()
    book.tasks.delete_column("任务编号")
    reading = read(book)
    codes = [code for code, _ in found(reading)]
    assert codes == ["code_column_missing", *["row_matched_by_title"] * 4]
    assert [row.task_code for row in reading.task_reports] == list(CODES)


def test_a_renamed_sheet_is_found_by_its_headers() -> None:
    book = filled_book()
    book.tasks.name = "Sheet1"
    reading = read(book)
    assert reading.findings == ()
    assert reading.task_reports[0].sheet == "Sheet1"


def test_a_sheet_copied_twice_counts_once() -> None:
    book = filled_book()
    copy = deepcopy(book.tasks)
    copy.name = "责任清单 (2)"
    book.sheets.append(copy)
    reading = read(book)
    assert {code for code, _ in found(reading)} == {"table_copied", "row_duplicated"}
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, 40, 100]


def test_a_filled_in_copy_beside_the_empty_original_is_what_was_meant() -> None:
    book = issued_book(return_form())
    copy = deepcopy(filled_book().tasks)
    copy.name = "已填"
    book.sheets.append(copy)
    reading = read(book)
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, 40, 100]
    assert ("table_copied", "已填!A5") in found(reading)


def test_copies_that_disagree_are_asked_about() -> None:
    book = filled_book()
    copy = deepcopy(book.tasks)
    copy.name = "改后"
    copy.set(ONE, "完成进度(%)", 55.0)
    book.sheets.append(copy)
    reading = read(book)
    assert report(reading, ONE).completion_percent is None
    assert [at for code, at in found(reading) if code == "cells_conflict"] == ["责任清单!M6", "改后!M6"]


def test_a_table_moved_below_another_one_in_the_same_sheet_is_read() -> None:
    book = filled_book()
    plain = read(book)
    book.tasks.rows += [[], *book.indicators.rows]
    book.drop("指标进度")
    reading = read(book)
    assert [row.value for row in reading.indicator_reports] == [row.value for row in plain.indicator_reports]
    assert reading.task_reports == plain.task_reports


def test_everything_pasted_as_values_into_a_new_workbook_is_read() -> None:
    book = filled_book()
    pasted = EditableBook([EditableSheet("Sheet1", book.tasks.rows), EditableSheet("Sheet2", book.indicators.rows)])
    reading = read(pasted)
    assert reading.findings == ()
    assert len(reading.task_reports) == 4


def test_codes_and_answers_alone_in_a_new_workbook_are_read() -> None:
    reading = read(EditableBook([sheet_of("Sheet1", FILLED)]))
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, 40, 100]
    assert {code for code, _ in found(reading)} == {"column_missing", "table_missing"}


def test_codes_without_headers_are_never_read_by_place() -> None:
    rows = "\n".join(FILLED.strip().splitlines()[1:])
    reading = read(EditableBook([sheet_of("Sheet1", rows)]))
    assert found(reading) == [("header_not_found", "Sheet1!A1")]
    assert reading.task_reports == ()


def test_a_missing_table_is_named() -> None:
    book = filled_book()
    book.drop("指标进度")
    assert [code for code, _ in found(read(book))] == ["table_missing"]


def test_an_unknown_sheet_is_named() -> None:
    book = filled_book()
    book.sheets.append(sheet_of("附表", "项目 | 金额\n一期 | 300"))
    assert found(read(book)) == [("sheet_not_read", "附表")]


def test_a_hidden_sheet_is_read_and_a_very_hidden_one_is_not() -> None:
    book = filled_book()
    book.tasks.visibility = Visibility.HIDDEN
    assert len(read(book).task_reports) == 4
    book.tasks.visibility = Visibility.VERY_HIDDEN
    assert read(book).task_reports == ()


def test_another_agencys_table_pasted_in_is_not_taken_though_its_codes_are_shared() -> None:
    book = filled_book()
    other = deepcopy(book.tasks)
    other.name = "发改委"
    other.rows[1] = ["填报单位：省发展和改革委员会"]
    for code in CODES:
        other.set(code, "完成进度(%)", 99.0)
    book.sheets.append(other)
    reading = read(book, other_agencies=("省发展改革委", "省财政厅"))
    assert found(reading) == [("table_copied", "发改委!A5"), ("table_of_other_agency", "发改委!A5")]
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, 40, 100]


def test_an_office_within_the_agency_may_sign() -> None:
    book = filled_book()
    book.tasks.rows[1] = ["填报单位：省科技厅规划处"]
    assert read(book, other_agencies=("省财政厅",)).findings == ()
    book.tasks.rows[1] = ["填报单位：规划与资源配置处"]
    assert [code for code, _ in found(read(book))] == ["agency_name_changed"]


def test_a_table_of_another_period_pasted_in_is_not_taken() -> None:
    book = filled_book()
    book.tasks.rows[2] = ["填报期：2023年第四季度　　截止日期：2024年1月10日"]
    reading = read(book)
    assert ("table_of_other_period", "责任清单!A5") in found(reading)
    assert reading.task_reports == ()


def test_an_offices_own_layout_is_read_by_its_own_headers() -> None:
    tasks = DEFAULT_LAYOUT.tasks
    own = Column(Field.EXTRA, "经费到位(万元)", 10, ValueKind.TEXT)
    columns = tuple(
        replace(column, header="目前做到哪一步") if column.field is Field.PROGRESS else column
        for column in tasks.columns
        if column.field is not Field.EVIDENCE
    )
    layout: FormLayout = replace(DEFAULT_LAYOUT, tasks=replace(tasks, columns=(*columns, own)))
    book = issued_book(return_form(), layout)
    book.tasks.fill(FILLED.replace("本期进展情况", "目前做到哪一步"))
    book.tasks.set(ONE, "经费到位(万元)", 1200.0)
    reading = read(book, layout=layout)
    assert report(reading, ONE).progress == "一期主体结构封顶，设备采购完成招标。"
    assert report(reading, ONE).extras == (("经费到位(万元)", "1200"),)
    assert {code for code, _ in found(reading)} == {"row_not_filled"}  # the two indicators
