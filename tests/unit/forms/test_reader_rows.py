"""Rows that people sorted, inserted, copied, deleted, swapped or wrote themselves."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.reader import read_return
from planbook.forms.tables import survey
from planbook.model.form import Status
from planbook.sheets.raw import CellRange, CellValue, cell_address
from tests.support.tables import issued_book
from tests.unit.forms.return_samples import (
    CODES,
    FILLED,
    FOUR,
    ONE,
    PATENTS,
    SPENDING,
    STRANGER,
    THREE,
    TODAY,
    TWO,
    filled_book,
    found,
    read,
    report,
    return_form,
)


def test_a_return_filled_in_as_meant_has_no_finding() -> None:
    reading = read(filled_book())
    assert reading.findings == ()
    assert [row.task_code for row in reading.task_reports] == list(CODES)
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, 40, 100]
    assert [row.value for row in reading.indicator_reports] == [Decimal("2.7"), 1250]
    assert all(row.raw == () for row in reading.task_reports)


def test_sorted_rows_are_read_by_code() -> None:
    book = filled_book()
    plain = read(book)
    book.tasks.sort_rows(lambda row: str(row[4]))
    reading = read(book)
    assert reading.findings == ()
    assert {row.task_code: replace(row, row=0) for row in reading.task_reports} == {
        row.task_code: replace(row, row=0) for row in plain.task_reports
    }


def test_hidden_rows_are_read() -> None:
    book = filled_book()
    book.tasks.hidden_rows = {book.tasks.row(TWO), book.tasks.row(THREE)}
    assert read(book).findings == ()
    assert len(read(book).task_reports) == 4


def test_rows_inserted_above_between_and_below_do_no_harm() -> None:
    book = filled_book()
    rows = book.tasks.rows
    rows.insert(book.tasks.row(TWO) - 1, [])
    rows.insert(book.tasks.row(THREE) - 1, [None, None, None, "以下为配合任务"])
    rows.insert(0, ["湘江省科技厅报送"])
    rows.append([None, "填报说明：数据截至3月底"])
    reading = read(book)
    assert len(reading.task_reports) == 4
    assert found(reading) == [
        ("text_outside_rows", f"责任清单!D{book.tasks.row(THREE) - 1}"),
        ("text_outside_rows", f"责任清单!B{len(rows)}"),
    ]


def test_a_deleted_row_is_named() -> None:
    book = filled_book()
    del book.tasks.rows[book.tasks.row(TWO) - 1]
    reading = read(book)
    assert found(reading) == [("row_missing", "责任清单")]
    assert dict(reading.findings[0].values)["task_code"] == TWO
    assert [row.task_code for row in reading.task_reports] == [ONE, THREE, FOUR]


def test_a_row_copied_alike_is_taken_once() -> None:
    book = filled_book()
    book.tasks.rows.append(list(book.tasks.rows[book.tasks.row(TWO) - 1]))
    reading = read(book)
    assert found(reading) == [("row_duplicated", f"责任清单!B{len(book.tasks.rows)}")]
    assert report(reading, TWO).completion_percent == 20


def test_a_row_copied_and_filled_in_differently_is_asked_about_cell_by_cell() -> None:
    book = filled_book()
    book.tasks.rows.append(list(book.tasks.rows[book.tasks.row(TWO) - 1]))
    place = book.tasks.place("完成进度(%)")
    book.tasks.rows[-1][place - 1] = 35.0
    reading = read(book)
    conflicts = [at for code, at in found(reading) if code == "cells_conflict"]
    assert conflicts == [book.tasks.address(TWO, "完成进度(%)"), f"责任清单!M{len(book.tasks.rows)}"]
    assert report(reading, TWO).completion_percent is None
    assert ("completion_percent", "20 ‖ 35") in report(reading, TWO).raw
    assert report(reading, TWO).progress == "立项12项，其中8项签订合同。"


def test_an_empty_copy_of_a_row_does_not_count() -> None:
    book = filled_book()
    copy = list(book.tasks.rows[book.tasks.row(TWO) - 1])
    book.tasks.rows.append(copy[: book.tasks.place("进展状态") - 1])
    reading = read(book)
    assert reading.findings == ()
    assert report(reading, TWO).completion_percent == 20


def test_codes_sorted_without_the_rest_are_not_believed() -> None:
    book = filled_book()
    book.tasks.sort_column("任务编号", [ONE, TWO, THREE])
    reading = read(book)
    assert [row.task_code for row in reading.task_reports] == [FOUR]
    assert [code for code, _ in found(reading)] == ["row_misaligned"] * 3
    assert found(reading)[0] == ("row_misaligned", "责任清单!B6")
    values = dict(reading.findings[0].values)
    assert (values["written"], values["issued"]) == ("建设岳麓山实验室", "实施关键技术攻关")


def test_titles_sorted_without_the_rest_are_named_and_the_rows_taken() -> None:
    # 任务内容 still agrees with the code and stands between the titles and what was filled in.
    book = filled_book()
    book.tasks.sort_column("任务名称", [ONE, TWO, THREE])
    reading = read(book)
    assert found(reading) == [("column_sorted_apart", "责任清单!E5")]
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, 40, 100]


def test_a_sorted_column_next_to_the_filled_in_ones_is_not_believed() -> None:
    # The selection that was sorted may have gone on to the right; nothing that stands there tells.
    book = filled_book()
    book.tasks.sort_column("上期进展", [ONE, TWO, FOUR])
    book.drop("指标进度")
    reading = read(book)
    assert [code for code, _ in found(reading)] == ["table_missing", *["row_misaligned"] * 4]
    assert reading.task_reports == ()


def test_a_sorted_column_is_believed_only_where_last_periods_text_still_tells() -> None:
    book = filled_book()
    book.tasks.sort_column("任务内容", [ONE, TWO, THREE])
    reading = read(book)
    assert found(reading) == [
        ("column_sorted_apart", "责任清单!F5"),
        ("row_misaligned", book.tasks.address(TWO, "任务内容")),
        ("row_misaligned", book.tasks.address(THREE, "任务内容")),
    ]
    assert [row.task_code for row in reading.task_reports] == [ONE, FOUR]


def test_deadlines_sorted_without_the_rest_are_seen_though_they_name_no_row() -> None:
    book = filled_book()
    book.tasks.sort_column("完成时限", [ONE, TWO, FOUR])
    reading = read(book)
    # 上期进展 stands further right and is the issued one in ONE and FOUR; TWO has none to prove its place.
    assert ("row_misaligned", book.tasks.address(TWO, "完成时限")) in found(reading)
    assert ("column_sorted_apart", "责任清单!J5") in found(reading)
    assert {row.task_code for row in reading.task_reports} == {ONE, FOUR}


def test_two_rows_with_exchanged_titles_and_texts_are_not_believed() -> None:
    book = filled_book()
    for header in ("任务名称", "任务内容"):
        book.tasks.sort_column(header, [TWO, THREE])
    reading = read(book)
    assert [row.task_code for row in reading.task_reports] == [ONE, FOUR]


def test_changed_issued_cells_are_named_and_the_row_taken() -> None:
    book = filled_book()
    book.tasks.set(ONE, "任务名称", "建设岳麓山实验室（一期）")
    book.tasks.set(TWO, "完成时限", "2025年6月底")
    reading = read(book)
    assert found(reading) == [
        ("issued_cell_changed", book.tasks.address(ONE, "任务名称")),
        ("issued_cell_changed", book.tasks.address(TWO, "完成时限")),
    ]
    assert len(reading.task_reports) == 4


def test_issued_cells_rewritten_by_a_program_are_no_change() -> None:
    book = filled_book()
    book.tasks.set(ONE, "完成时限", 45657.0)  # the date as its serial number
    book.tasks.set(ONE, "任务内容", "完成一期工程\n并投入使用。 ")
    book.tasks.set(TWO, "序号", 99.0)
    assert read(book).findings == ()


def test_a_title_replaced_by_another_text_is_not_believed() -> None:
    book = filled_book()
    book.tasks.set(ONE, "任务名称", "举办中秋文艺晚会")
    book.tasks.set(ONE, "任务内容", "组织演出两场。")
    reading = read(book)
    assert ("row_title_replaced", book.tasks.address(ONE, "任务名称")) in found(reading)
    assert ONE not in {row.task_code for row in reading.task_reports}


def test_another_agencys_row_is_not_taken() -> None:
    book = filled_book()
    row = list(book.tasks.rows[book.tasks.row(ONE) - 1])
    row[book.tasks.place("任务编号") - 1] = STRANGER
    book.tasks.rows.append(row)
    reading = read(book)
    assert found(reading) == [("row_foreign", f"责任清单!B{len(book.tasks.rows)}")]
    assert len(reading.task_reports) == 4


def test_another_agencys_row_of_a_shared_task_is_told_by_its_role() -> None:
    book = filled_book()
    row = list(book.tasks.rows[book.tasks.row(THREE) - 1])
    row[book.tasks.place("承担角色(牵头/配合)") - 1] = "牵头"
    row[book.tasks.place("完成进度(%)") - 1] = 90.0
    book.tasks.rows.append(row)
    reading = read(book)
    assert found(reading) == [("row_foreign", f"责任清单!G{len(book.tasks.rows)}")]
    assert report(reading, THREE).completion_percent == 40


def test_a_row_with_the_other_role_alone_is_asked_about() -> None:
    book = filled_book()
    book.tasks.set(THREE, "承担角色(牵头/配合)", "牵头")
    reading = read(book)
    assert found(reading) == [("row_role_differs", book.tasks.address(THREE, "承担角色(牵头/配合)"))]
    assert THREE not in {row.task_code for row in reading.task_reports}


def test_a_new_task_added_by_hand_is_named_and_not_taken() -> None:
    book = filled_book()
    row = book.tasks.row(FOUR)
    book.tasks.rows.append([5.0, None, None, None, "筹建科技馆", "完成立项", "牵头", *[None] * 4, "达到序时", 30.0])
    reading = read(book)
    assert found(reading) == [("row_added", f"责任清单!E{row + 1}")]
    assert len(reading.task_reports) == 4


def test_a_row_without_a_name_is_named_by_all_that_it_holds() -> None:
    book = filled_book()
    book.tasks.rows.append([*[None] * 11, "超序时", 88.0])
    reading = read(book)
    # Below an empty first row this would be a shifted block; here it is just a row too many.
    (finding,) = (one for one in reading.findings if one.code == "row_added")
    assert dict(finding.values)["title"] == "超序时、88"


def test_numbered_empty_rows_below_are_nothing() -> None:
    book = filled_book()
    book.tasks.rows += [[5.0], [6.0], ["7"]]
    assert read(book).findings == ()


def test_a_row_without_code_is_matched_by_its_title() -> None:
    book = filled_book()
    book.tasks.set(TWO, "任务编号", None)
    reading = read(book)
    assert [code for code, _ in found(reading)] == ["row_matched_by_title"]
    assert report(reading, TWO).completion_percent == 20


def test_a_row_with_a_damaged_code_is_matched_by_its_title() -> None:
    book = filled_book()
    book.tasks.set(TWO, "任务编号", "P1-002X")
    reading = read(book)
    assert [code for code, _ in found(reading)] == ["code_damaged"]
    assert report(reading, TWO).completion_percent == 20


def test_a_code_with_words_around_it_or_in_full_width_is_read() -> None:
    book = filled_book()
    book.tasks.set(TWO, "任务编号", "编号：Ｐ１－００２Ｇ ")
    assert read(book).findings == ()


def test_two_codes_in_one_cell_are_asked_about() -> None:
    book = filled_book()
    address = book.tasks.address(TWO, "任务编号")
    book.tasks.set(TWO, "任务编号", f"{TWO}、{THREE}")
    assert ("row_code_unclear", address) in found(read(book))


def test_a_title_that_two_tasks_have_is_told_apart_by_other_columns_or_asked_about() -> None:
    form = return_form()
    twin = replace(form.tasks[1], title=form.tasks[0].title)
    form = replace(form, tasks=(form.tasks[0], twin, *form.tasks[2:]))
    book = filled_book(form)
    place = book.tasks.key(TWO, "任务内容")
    book.tasks.set(TWO, "任务编号", None)
    assert [code for code, _ in found(read(book, form))] == ["row_matched_by_title"]
    book.tasks.rows[place[0] - 1][2:4] = [None, None]
    for column in (6, 7, 8, 9, 10, 11):
        book.tasks.rows[place[0] - 1][column - 1] = None
    assert ("row_title_ambiguous", f"责任清单!E{place[0]}") in found(read(book, form))


def test_half_a_form_is_taken_by_half_and_the_rest_named() -> None:
    book = issued_book(return_form())
    book.tasks.fill("\n".join(FILLED.strip().splitlines()[:3]))
    reading = read(book)
    assert [row.task_code for row in reading.task_reports] == [ONE, TWO]
    assert found(reading) == [
        ("row_not_filled", book.tasks.address(THREE, "进展状态")),
        ("row_not_filled", book.tasks.address(FOUR, "进展状态")),
        ("row_not_filled", book.indicators.address(SPENDING, "本期完成值")),
        ("row_not_filled", book.indicators.address(PATENTS, "本期完成值")),
    ]


def test_an_empty_form_is_one_finding() -> None:
    reading = read(issued_book(return_form()))
    assert found(reading) == [("form_not_filled", "责任清单")]
    assert reading.task_reports == ()


def test_a_text_merged_over_rows_counts_for_each() -> None:
    book = filled_book()
    first, place = book.tasks.key(ONE, "填报人")
    for code in (TWO, THREE):
        book.tasks.set(code, "填报人", None)
    book.tasks.merged.append(CellRange(first, place, first + 2, place))
    reading = read(book)
    assert [row.reporter for row in reading.task_reports] == ["张三", "张三", "张三", "李四"]
    assert found(reading) == [
        ("merged_cells", book.tasks.address(TWO, "填报人")),
        ("merged_cells", book.tasks.address(THREE, "填报人")),
    ]


def test_a_number_merged_over_rows_is_asked_about() -> None:
    book = filled_book()
    first, place = book.tasks.key(ONE, "完成进度(%)")
    book.tasks.set(TWO, "完成进度(%)", None)
    book.tasks.merged.append(CellRange(first, place, first + 1, place))
    reading = read(book)
    assert [row.completion_percent for row in reading.task_reports] == [None, None, 40, 100]
    assert [at for code, at in found(reading) if code == "merged_number"] == [
        book.tasks.address(ONE, "完成进度(%)"),
        book.tasks.address(TWO, "完成进度(%)"),
    ]


def test_cells_merged_across_columns_are_named() -> None:
    book = filled_book()
    row, place = book.tasks.key(ONE, "存在问题")
    book.tasks.set(ONE, "存在问题", "缺少用地指标，下一步协调。")
    book.tasks.merged.append(CellRange(row, place, row, place + 1))
    reading = read(book)
    assert found(reading) == [("merged_cells", book.tasks.address(ONE, "存在问题"))]
    assert (report(reading, ONE).problems, report(reading, ONE).next_steps) == ("缺少用地指标，下一步协调。", "")


def test_a_header_merged_into_the_first_row_is_no_answer() -> None:
    book = filled_book()
    row, place = book.tasks.key(ONE, "存在问题")
    book.tasks.merged.append(CellRange(row - 1, place, row, place))
    assert report(read(book), ONE).problems == ""


def test_a_row_that_is_copied_very_often_is_bounded() -> None:
    book = filled_book()
    row = book.tasks.rows[book.tasks.row(TWO) - 1]
    book.tasks.rows += [list(row) for _ in range(30)]
    reading = read(book)
    assert [code for code, _ in found(reading)].count("row_copied_often") == 19
    assert report(reading, TWO).status is Status.BEHIND


def test_a_filled_in_row_below_its_empty_twin_is_taken_and_named() -> None:
    book = filled_book()
    rows = book.tasks.rows
    pasted = list(rows[book.tasks.row(TWO) - 1])
    rows[book.tasks.row(TWO) - 1] = pasted[: book.tasks.place("进展状态") - 1]
    rows.append(pasted)
    reading = read(book)
    assert found(reading) == [("row_filled_in_copy", f"责任清单!B{len(rows)}")]
    assert report(reading, TWO).completion_percent == 20


@pytest.mark.parametrize("written", ["P1-OO2G", "p1-0o2g", "P1 - 002G", "Ｐ１－０Ｏ２Ｇ"])
def test_a_code_with_letters_for_digits_is_mended_by_its_check_character(written: str) -> None:
    book = filled_book()
    book.tasks.set(TWO, "任务编号", written)
    at = f"责任清单!B{book.tasks.row(ONE) + 1}"
    for column in ("任务内容", "任务名称"):
        book.tasks.delete_column(column)
    reading = read(book)
    assert found(reading) == [("code_mended", at)]
    assert report(reading, TWO).completion_percent == 20


def test_a_title_retyped_with_other_punctuation_is_known_and_one_with_other_words_asked_about() -> None:
    book = filled_book()
    title, code = book.tasks.key(TWO, "任务名称"), book.tasks.key(TWO, "任务编号")
    book.tasks.set(TWO, "任务名称", "“实施关键技术攻关”。")
    book.tasks.rows[code[0] - 1][code[1] - 1] = None
    reading = read(book)
    assert [name for name, _ in found(reading)] == ["row_matched_by_title", "issued_cell_changed"]
    assert report(reading, TWO).completion_percent == 20
    book.tasks.rows[title[0] - 1][title[1] - 1] = "实施关键技术攻坚"
    reading = read(book)
    at = f"责任清单!{cell_address(*title)}"
    assert found(reading) == [("row_missing", "责任清单"), ("row_title_near", at)]
    assert TWO not in {row.task_code for row in reading.task_reports}


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ([None, "合计", *[None] * 10, 52.5], ["row_of_totals"]),
        ([None] * 4 + ["小 计："] + [None] * 7 + [210.0, "共四项"], ["row_of_totals"]),
        (["注：本表一式两份。", None, None, "单位负责人："], ["text_outside_rows"] * 2),
        ([1.0, 2.0, 3.0, *map(float, range(4, 24))], ["text_outside_rows"]),
        (["填报人：张三", *[None] * 5, "审核人（签字）：", *[None] * 6, "2024年4月2日"], ["text_outside_rows"] * 3),
    ],
)
def test_totals_notes_and_signatures_below_are_no_tasks(row: list[CellValue], codes: list[str]) -> None:
    book = filled_book()
    book.tasks.rows.append(row)
    reading = read(book)
    assert [code for code, _ in found(reading)] == codes
    assert len(reading.task_reports) == 4


def test_a_header_pasted_in_once_more_ends_no_table() -> None:
    book = filled_book()
    header = list(book.tasks.rows[book.tasks.header_row() - 1])
    at = book.tasks.row(THREE)
    book.tasks.rows.insert(at - 1, header)
    reading = read(book)
    assert found(reading) == [("table_copied", f"责任清单!A{at}")]
    assert [row.completion_percent for row in reading.task_reports] == [50, 20, 40, 100]


def test_a_remark_beside_the_title_is_named() -> None:
    book = filled_book()
    book.tasks.rows[2] += [None] * 24 + ["请关注：配套资金未到位"]
    column = len(book.tasks.rows[2])
    assert found(read(book)) == [("text_outside_rows", f"责任清单!{cell_address(3, column)}")]


def test_comments_beside_the_table_are_named() -> None:
    book = filled_book()
    book.tasks.rows.append([None, "说明：数据截至3月底"])
    raw = book.raw()
    sheet = replace(raw.sheets[1], comments={(2, 1): "单位名称有误", (len(book.tasks.rows), 2): "王处已阅"})
    workbook = replace(raw, sheets=(raw.sheets[0], sheet, *raw.sheets[2:]))
    reading = read_return(survey(workbook, DEFAULT_LAYOUT), return_form(), today=TODAY)
    noted = [place for code, place in found(reading) if code == "comment_beside_value"]
    assert noted == ["责任清单!A2", f"责任清单!B{len(book.tasks.rows)}"]
