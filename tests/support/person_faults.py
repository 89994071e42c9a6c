"""What people do to forms, each fault by a person's means, with the finding that must name it."""

import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Final

from planbook.model.codes import CodeKind, make_code
from planbook.sheets.raw import cell_address, column_letters
from tests.support.form_in_hand import (
    DAY,
    EXPECTED,
    FIELDS,
    NEXT_STEPS,
    PERCENT,
    PHONE,
    PROBLEMS,
    PROGRESS,
    REPORTER,
    STATUS,
    FormInHand,
)

Fault = Callable[[FormInHand], None]
CODE, TITLE, BODY = "任务编号", "任务名称", "任务内容"
FOREIGN: Final = make_code(CodeKind.TASK, 9, 1)


def sort_rows(hand: FormInHand) -> None:
    """Sort whole rows by one of their columns."""
    is_ascending = hand.random.random() < 0.5
    hand.do("sort", hand.everything(), hand.column(PHONE), is_ascending)
    first = hand.task_rows[0] - 1
    tasks = sorted(hand.codes, key=lambda code: str(hand.meant[code, PHONE]), reverse=not is_ascending)
    hand.rows[first : first + len(tasks)] = tasks


def filter_rows(hand: FormInHand) -> None:
    """Leave the form filtered, most rows hidden."""
    area = hand.everything().split(":")
    hand.do("filter", f"A{int(area[0][1:]) - 1}:{area[1]}", hand.column(STATUS), "已完成")


def hide_rows(hand: FormInHand) -> None:
    hand.do("hide_rows", hand.row(hand.some()[0]), 2)


def insert_rows(hand: FormInHand) -> None:
    """Insert a row above the table, one between its rows with words in it, and write one below."""
    between = hand.insert_row(hand.row(hand.some()[0]))
    write_beside(hand, between, TITLE, "以下为二季度重点", "text_outside_rows")
    write_beside(hand, hand.append_row(), CODE, "数据截至3月底", "text_outside_rows")
    hand.insert_row(hand.header_row)


def write_beside(hand: FormInHand, mark: str, header: str, value: object, finding: str) -> None:
    """Write into a row that is no task's."""
    hand.do("type", hand.address(mark, header), value)
    hand.find(finding, lambda: hand.at(mark, header))


def insert_title(hand: FormInHand) -> None:
    """Insert a title above, which moves the headers down."""
    hand.insert_row(1)
    hand.insert_row(1)
    hand.do("type", "A1", "附件2")


def duplicate_row(hand: FormInHand) -> None:
    """Copy a row and insert the copy below the table, changed or not."""
    code, last = hand.some()[0], column_letters(len(hand.columns))
    mark = hand.append_row()
    hand.do("copy_range", f"A{hand.row(code)}:{last}{hand.row(code)}", hand.sheet, f"A{hand.row(mark)}")
    if hand.random.random() < 0.5:
        write_beside(hand, mark, PERCENT, 1.5, "cells_conflict")
        hand.ask(code, "cells_conflict", PERCENT)
    else:
        hand.find("row_duplicated", lambda: hand.at(mark, CODE))


def delete_row(hand: FormInHand) -> None:
    code = hand.some()[0]
    hand.do("delete_rows", hand.row(code), 1)
    del hand.rows[hand.row(code) - 1]
    hand.ask_row(code)
    hand.find("row_missing", lambda: hand.sheet)


def sort_codes_alone(hand: FormInHand) -> None:
    """Sort the codes' column without the others: nothing fits any more."""
    hand.do("sort", hand.area(CODE, CODE), 1, False)
    for code in hand.codes:
        hand.ask_row(code)
    hand.find("row_misaligned", lambda: hand.at(hand.codes[0], CODE))


def sort_titles_alone(hand: FormInHand) -> None:
    hand.do("sort", hand.area(TITLE, TITLE), 1, False)
    hand.find("column_sorted_apart", lambda: hand.header_at(TITLE))


def sort_answers_alone(hand: FormInHand) -> None:
    """Sort one fill-in column by itself."""
    hand.do("sort", hand.area(PERCENT, PERCENT), 1, True)
    hand.ask_column(PERCENT)
    hand.find("answers_seem_sorted", lambda: hand.header_at(PERCENT))


def insert_column(hand: FormInHand) -> None:
    """Insert a column of one's own and write into it."""
    place, mark = hand.column(PROGRESS), hand.mark("column")
    hand.do("insert_columns", place)
    hand.columns.insert(place - 1, mark)
    hand.do("type", cell_address(hand.header_row, place), "责任处室")
    hand.do("type", hand.address(hand.some()[0], mark), "规划处")
    hand.find("column_unknown", lambda: hand.header_at(mark))


def move_column(hand: FormInHand) -> None:
    """Cut a fill-in column and put it first."""
    header = hand.random.choice([PERCENT, PROGRESS, REPORTER, DAY])
    hand.do("insert_columns", 1)
    mark = hand.mark("column")
    hand.columns.insert(0, mark)
    letters, last = column_letters(hand.column(header)), len(hand.rows) + 3
    hand.do("move_range", f"{letters}{hand.header_row}:{letters}{last}", f"A{hand.header_row}")
    place = hand.column(header)
    hand.columns[0], hand.columns[place - 1] = header, mark


def delete_column(hand: FormInHand) -> None:
    header, code = hand.random.choice([(PROBLEMS, "column_missing"), (REPORTER, "required_column_missing")])
    hand.do("delete_columns", hand.column(header))
    hand.columns.remove(header)
    hand.ask_column(header)
    hand.find(code, lambda: f"{hand.sheet}!A{hand.header_row}")


def rename_headers(hand: FormInHand) -> None:
    """Retype headers: another sign, a unit, a typo, another name."""
    for header, written, code in (
        (PERCENT, "完成 进度（％）", None),
        (PROGRESS, "本期进展情況", None),
        (NEXT_STEPS, "下一步措失", "header_misspelt"),
        (PROBLEMS, "存在的问题", "header_renamed"),
    ):
        hand.do("type", cell_address(hand.header_row, hand.column(header)), written)
        if code:
            hand.find(code, lambda header=header: hand.header_at(header))  # type: ignore[misc]


def rename_header_beyond_recognition(hand: FormInHand) -> None:
    hand.do("type", cell_address(hand.header_row, hand.column(PROGRESS)), "工作情况")
    hand.ask_column(PROGRESS)
    hand.find("required_column_missing", lambda: f"{hand.sheet}!A{hand.header_row}")
    hand.find("column_unknown", lambda: hand.header_at(PROGRESS))


def merge_status(hand: FormInHand) -> None:
    """Merge one status over three rows."""
    codes = hand.neighbours(3)
    status = hand.meant[codes[0], STATUS]
    for code in codes[1:]:
        hand.do("type", hand.address(code, STATUS), "")
        hand.meant[code, STATUS] = status
    hand.do("merge", f"{hand.address(codes[0], STATUS)}:{hand.address(codes[-1], STATUS)}")
    for code in codes[1:]:
        hand.find("merged_cells", lambda code=code: hand.at(code, STATUS))  # type: ignore[misc]


def merge_percent(hand: FormInHand) -> None:
    codes = hand.neighbours(2)
    hand.do("type", hand.address(codes[1], PERCENT), "")
    hand.do("merge", f"{hand.address(codes[0], PERCENT)}:{hand.address(codes[1], PERCENT)}")
    for code in codes:
        hand.ask(code, "merged_number", PERCENT)


def write_freely(hand: FormInHand) -> None:
    """Paste over the validations what a clerk would say."""
    first, second, third, fourth, fifth, sixth = hand.some(6)
    hand.type(first, PERCENT, "过半", None)
    hand.ask(first, "number_inexact", PERCENT)
    hand.type(second, STATUS, "基本完成", None)
    hand.ask(second, "status_unknown", STATUS)
    hand.type(third, STATUS, "正常推进", "达到序时")
    hand.find("status_synonym", lambda: hand.at(third, STATUS))
    hand.type(fourth, PERCENT, "百分之八十五", Decimal(85))
    hand.type(fifth, EXPECTED, "2024年11月底", "2024-11-30")
    hand.find("date_end_assumed", lambda: hand.at(fifth, EXPECTED))
    hand.type(sixth, PROBLEMS, "同上", None)
    hand.ask(sixth, "value_refers_elsewhere", PROBLEMS)


def type_percent_signs(hand: FormInHand) -> None:
    """Type 85% as at the keyboard (stored 0.85), as a text, and 0.85 as a number of its own."""
    first, second, third = hand.some(3)
    hand.enter(first, PERCENT, "85%", Decimal(85))
    hand.type(second, PERCENT, "８５％", Decimal(85))
    hand.type(third, PERCENT, 0.85, Decimal(85))
    hand.ask(third, "percent_fraction", PERCENT)


def change_issued_cells(hand: FormInHand) -> None:
    code = hand.some()[0]
    hand.do("type", hand.address(code, BODY), "改后的内容，与原文不同。")
    hand.find("issued_cell_changed", lambda: hand.at(code, BODY))


def rename_sheet(hand: FormInHand) -> None:
    hand.do("rename_sheet", "Sheet1")
    hand.sheet = "Sheet1"


def copy_sheet_twice(hand: FormInHand) -> None:
    hand.do("copy_sheet", "责任清单_2", 9)
    hand.do("copy_sheet", "责任清单_3", 9)
    hand.find("table_copied", lambda: f"责任清单_3!A{hand.header_row}")


def delete_manifest(hand: FormInHand) -> None:
    hand.steps.append(("delete_sheet", "_planbook"))


def move_to_new_workbook(hand: FormInHand) -> None:
    hand.do("move_sheet_to_new")


def paste_as_values(hand: FormInHand) -> None:
    hand.do("paste_values", "工作表1")
    hand.sheet = "工作表1"


def add_foreign_row(hand: FormInHand) -> None:
    """Paste another agency's row below."""
    row = hand.row(hand.append_row())
    for header, value in ((CODE, FOREIGN), (TITLE, "别的单位的任务"), (STATUS, "达到序时"), (PERCENT, 33)):
        hand.do("type", cell_address(row, hand.column(header)), value)
    mark = hand.rows[row - 1]
    hand.find("row_foreign", lambda: hand.at(mark, CODE))


def add_task_by_hand(hand: FormInHand) -> None:
    mark = hand.append_row()
    row = hand.row(mark)
    for header, value in ((TITLE, "新增：筹建科技馆"), (STATUS, "未启动"), (PERCENT, 0), (PROGRESS, "报批立项")):
        hand.do("type", cell_address(row, hand.column(header)), value)
    hand.find("row_added", lambda: hand.at(mark, TITLE))


def add_totals_and_notes(hand: FormInHand) -> None:
    totals = hand.append_row()
    write_beside(hand, totals, TITLE, "合计", "row_of_totals")
    hand.do("type", hand.address(totals, PERCENT), 52.5)
    write_beside(hand, hand.append_row(), CODE, "注：本表一式两份。", "text_outside_rows")


def fill_half(hand: FormInHand) -> None:
    """Leave the lower half of the rows empty."""
    for code in hand.untouched()[len(hand.codes) // 2 :]:
        hand.touched.add(code)
        for header in FIELDS:
            hand.do("clear", hand.address(code, header))
            hand.meant.pop((code, header), None)
        hand.find("row_not_filled", lambda code=code: hand.at(code, hand.first_required))  # type: ignore[misc]


def answer_in_comments(hand: FormInHand) -> None:
    code, other = hand.some(2)
    hand.do("type", hand.address(code, PROGRESS), "")
    hand.do("comment", hand.address(code, PROGRESS), "已完成招标")
    hand.meant.pop((code, PROGRESS))
    hand.find("comment_instead_of_value", lambda: hand.at(code, PROGRESS))
    hand.do("comment", hand.address(other, PERCENT), "预计月底到60")
    hand.find("comment_beside_value", lambda: hand.at(other, PERCENT))


def leave_errors(hand: FormInHand) -> None:
    first, second = hand.some(2)
    hand.enter(first, PERCENT, "=1/0", None)
    hand.ask(first, "cell_error_value", PERCENT)
    hand.enter(second, PROGRESS, "=NA()", None)
    hand.ask(second, "cell_error_value", PROGRESS)


def compute_answers(hand: FormInHand) -> None:
    code = hand.some()[0]
    hand.enter(code, PERCENT, "=30+12", Decimal(42))


def type_numbers_as_text(hand: FormInHand) -> None:
    for code in hand.some(3):
        hand.type(code, PERCENT, "47.5", Decimal("47.5"))
        hand.type(code, PHONE, 13800001111, "13800001111")


def stray_cell(hand: FormInHand) -> None:
    hand.do("type", "XFD1048576", "x")
    hand.find("text_outside_rows", lambda: f"{hand.sheet}!XFD1048576")


def damage_codes(hand: FormInHand) -> None:
    """Retype codes in lower case, in full width, with letters for digits, and delete one."""
    first, second, third, fourth = hand.some(4)
    wide = str.maketrans(
        {character: chr(ord(character) + 0xFEE0) for character in "PI0123456789-ABCDEFGHJKLMNQRSTUVWXY"}
    )
    hand.do("type", hand.address(first, CODE), first.lower())
    hand.do("type", hand.address(second, CODE), second.translate(wide))
    hand.do("type", hand.address(third, CODE), third.replace("0", "O").replace("1", "I"))
    hand.find("code_mended", lambda: hand.at(third, CODE))
    hand.do("type", hand.address(fourth, CODE), "")
    hand.find("row_matched_by_title", lambda: hand.at(fourth, CODE))


def repeat_headers(hand: FormInHand) -> None:
    """Paste the header row once more into the middle of the table."""
    code = hand.codes[len(hand.codes) // 2]
    mark = hand.insert_row(hand.row(code))
    last, row = column_letters(len(hand.columns)), hand.row(mark)
    hand.do("copy_range", f"A{hand.header_row}:{last}{hand.header_row}", hand.sheet, f"A{row}")
    hand.find("table_copied", lambda: f"{hand.sheet}!A{hand.row(mark)}")


def picture_in_cell(hand: FormInHand) -> None:
    """Put a picture into a cell as WPS does."""
    code = hand.some()[0]
    hand.type(code, PROGRESS, "图片占位", None)
    hand.ask(code, "cell_picture", PROGRESS)

    def edit(content: bytes) -> bytes:
        return _replace(content, "xl/sharedStrings.xml", "图片占位", "=DISPIMG(&quot;ID_7F2A&quot;,1)")

    hand.edits.append(edit)


def formula_without_result(hand: FormInHand) -> None:
    """Leave a formula that a program wrote without computing it."""
    code = hand.some()[0]
    hand.enter(code, PERCENT, "=31415+1", None)
    hand.ask(code, "cell_formula_empty", PERCENT)
    hand.edits.append(lambda content: _replace(content, None, "<v>31416</v>", ""))


def save_as(suffix: str) -> Fault:
    """Return the fault of saving under another format."""

    def save(hand: FormInHand) -> None:
        hand.suffix = suffix

    save.__name__ = f"save_as_{suffix}"
    return save


def _replace(content: bytes, part: str | None, old: str, new: str) -> bytes:
    """Return a package with a text replaced in one part, or in every part that has it."""
    written = BytesIO()
    done = 0
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            raw = source.read(name)
            if part in (None, name) and old.encode() in raw:
                raw, done = raw.replace(old.encode(), new.encode()), done + 1
            target.writestr(name, raw)
    assert done, old
    return written.getvalue()


SORTS: Final[tuple[Fault, ...]] = (sort_rows, sort_codes_alone, sort_titles_alone, sort_answers_alone)
ANSWERS: Final[tuple[Fault, ...]] = (
    merge_status,
    merge_percent,
    write_freely,
    type_percent_signs,
    change_issued_cells,
    fill_half,
    answer_in_comments,
    leave_errors,
    compute_answers,
    type_numbers_as_text,
    damage_codes,
)
STRUCTURE: Final[tuple[Fault, ...]] = (
    filter_rows,
    hide_rows,
    insert_rows,
    insert_title,
    duplicate_row,
    delete_row,
    insert_column,
    move_column,
    delete_column,
    rename_headers,
    rename_header_beyond_recognition,
    add_foreign_row,
    add_task_by_hand,
    add_totals_and_notes,
    stray_cell,
    repeat_headers,
)
BY_HAND: Final[tuple[Fault, ...]] = (picture_in_cell, formula_without_result)
SHEETS: Final[tuple[Fault, ...]] = (
    rename_sheet,
    copy_sheet_twice,
    delete_manifest,
    move_to_new_workbook,
    paste_as_values,
    save_as("xls"),
    save_as("et"),
    save_as("ods"),
    save_as("xlsm"),
)
"""The faults in the order in which people can make them: what moves everything first, the workbook's own last."""
