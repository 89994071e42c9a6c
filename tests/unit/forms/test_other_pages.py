"""What is written on the instruction sheet or a correction's cover: named at its cell, never taken for an answer."""

import pytest

from planbook.forms.checks import CheckContext, run_checks
from planbook.forms.correction import FaultyReturn, write_correction
from planbook.forms.correction_faults import find_faults
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.sheets.raw import cell_address
from planbook.sheets.reading import read_workbook
from tests.support.tables import KEY, EditableBook, EditableSheet, sheet_of
from tests.unit.forms.return_samples import TODAY, TWO, filled_book, found, read, return_form

GUIDE = "填报说明"


def _row(sheet: EditableSheet, label: str) -> int:
    return next(number for number, row in enumerate(sheet.rows, start=1) if row and row[0] == label)


def test_the_instructions_as_issued_say_nothing() -> None:
    assert found(read(filled_book())) == []


def test_a_note_on_the_instruction_sheet_is_named() -> None:
    book = filled_book()
    guide = book[GUIDE]
    row = _row(guide, "联系方式")
    guide.rows[row - 1] += [None] * (5 - len(guide.rows[row - 1]))
    guide.rows[row - 1][4] = "我局第3项任务已移交省财政厅，请核。"
    guide.rows.append(["另：本季度数据为快报数"])
    assert found(read(book)) == [
        ("text_outside_rows", f"{GUIDE}!{cell_address(row, 5)}"),
        ("text_outside_rows", f"{GUIDE}!A{len(guide.rows)}"),
    ]


@pytest.mark.parametrize(
    ("label", "text", "code"),
    [
        ("填报单位", "省交通运输厅", "agency_name_changed"),
        ("填报单位", "省科技厅规划处", "text_outside_rows"),
        ("填报期", "2024年第二季度", "period_name_changed"),
        ("填报期", "去年", "period_name_changed"),
        ("截止日期", "2024年5月1日", "text_outside_rows"),
    ],
)
def test_facts_changed_on_the_instruction_sheet_are_named(label: str, text: str, code: str) -> None:
    book = filled_book()
    row = _row(book[GUIDE], label)
    book[GUIDE].rows[row - 1][1] = text
    assert found(read(book)) == [(code, f"{GUIDE}!B{row}")]


def test_a_comment_on_the_instruction_sheet_is_named() -> None:
    book = filled_book()
    book[GUIDE].comments[3, 1] = "请延后一周"
    assert found(read(book)) == [("comment_beside_value", f"{GUIDE}!A3")]


def test_a_sheet_of_the_agencys_own_is_not_taken_for_the_instructions() -> None:
    book = filled_book()
    book.sheets.append(sheet_of("本单位汇总", "填报单位：省科技厅\n事项 | 数量\n立项 | 12\n结题 | 8"))
    assert found(read(book)) == [("sheet_not_read", "本单位汇总")]


def _correction() -> EditableBook:
    """A correction of a return with two faults, as it is sent to the agency."""
    book = filled_book()
    book.tasks.set(TWO, "完成进度(%)", "过半")
    book.tasks.set(TWO, "进展状态", "推进中")
    reading = read(book)
    findings = (*reading.findings, *run_checks(CheckContext(reading, TODAY)))
    returned = FaultyReturn(
        DEFAULT_LAYOUT, "回表.xlsx", "0" * 64, reading.task_reports, (), find_faults(reading, findings)
    )
    raw = read_workbook(write_correction(return_form(), returned, KEY).workbook)
    return EditableBook(
        [EditableSheet(sheet.name, [list(row) for row in sheet.rows], sheet.visibility) for sheet in raw.sheets],
        dict(raw.custom_properties),
    )


def test_answers_on_the_cover_of_a_correction_are_named() -> None:
    book = _correction()
    cover = book.sheets[0]
    row = next(number for number, cells in enumerate(cover.rows, start=1) if all(cells[:4]) and "!" in str(cells[0]))
    cover.rows[row - 1].append("已改")
    cover.rows += [[], ["第2项状态应为达到序时"]]
    outside = [at for code, at in found(read(book)) if code == "text_outside_rows"]
    assert outside == [f"{cover.name}!E{row}", f"{cover.name}!A{len(cover.rows)}"]


def test_the_cover_as_sent_says_nothing() -> None:
    assert "text_outside_rows" not in [code for code, _ in found(read(_correction()))]


def test_a_period_that_a_table_names_in_no_known_way_is_named() -> None:
    book = filled_book()
    row = next(n for n, cells in enumerate(book.tasks.rows, start=1) if any("填报期：" in str(cell) for cell in cells))
    book.tasks.rows[row - 1][0] = "填报期：去年冬季"
    assert ("period_name_changed", "责任清单!A5") in found(read(book))
    assert len(read(book).task_reports) == 4
