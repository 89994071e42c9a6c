"""Answers moved without their tasks: named wherever that can be seen, and only there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from planbook.model.codes import CodeKind, make_code
from planbook.model.form import FormTask, Role
from planbook.sheets.raw import CellValue, cell_address
from tests.support.tables import EditableBook, issued_book
from tests.unit.forms.return_samples import found, read, return_form

_CODES = [make_code(CodeKind.TASK, 1, item) for item in range(1, 9)]
_FORM = return_form(
    tasks=tuple(
        FormTask(code, "行动计划", "二、重点任务", f"任务{name}", "", Role.LEAD, ("省科技厅",), (), None, "")
        for name, code in zip("甲乙丙丁戊己庚辛", _CODES, strict=True)
    ),
    indicators=(),
)
_SORTED_BY_PINYIN = ["安排资金", "办理手续", "出台办法", "对接企业", "加快施工", "开展评估", "启动招标", "完成验收"]


def _book(**columns: Sequence[CellValue]) -> EditableBook:
    book = issued_book(_FORM)
    for header, values in columns.items():
        for code, value in zip(_CODES, values, strict=False):
            book.tasks.set(code, {"完成进度": "完成进度(%)"}.get(header, header), value)
    return book


def _named(book: EditableBook) -> list[str]:
    return [at for code, at in found(read(book, _FORM)) if code == "answers_seem_sorted"]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("完成进度", [5.0, 10.0, 20.0, 35.0, 50.0, 60.0, 85.0, 100.0]),
        ("完成进度", [100.0, "95%", 90.0, 60.0, "35", 20.0, 10.0, 5.0]),
        ("完成进度", [5.0, 10.0, 20.0, 35.0, 50.0, 60.0, 85.0, None]),
        ("完成进度", [5.0, 10.0, 20.0, 35.0, 50.0, 60.0]),  # six different numbers
        ("预计完成时间", [date(2024, 4 + item // 2, 9 + item) for item in range(8)]),
        ("存在问题", [f"缺口{number}万元" for number in (1305, 214, 37, 4001, 55, 6, 72, 9)]),
        ("本期进展情况", _SORTED_BY_PINYIN),
        ("本期进展情况", sorted(_SORTED_BY_PINYIN)),
        ("本期进展情况", _SORTED_BY_PINYIN[::-1]),
    ],
)
def test_answers_in_order_are_named(header: str, values: list[CellValue]) -> None:
    book = _book(**{header: values})
    assert _named(book) == [book.tasks.header_address({"完成进度": "完成进度(%)"}.get(header, header))]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("完成进度", [5.0, 20.0, 10.0, 35.0, 50.0, 60.0, 85.0, 100.0]),  # not in order
        ("完成进度", [50.0] * 5 + [60.0] * 3),  # two answers only
        ("完成进度", [10.0, 20.0, 40.0, 50.0]),  # too few for order to mean anything
        ("完成进度", [None, 10.0, 20.0, 35.0, 50.0, 60.0, 85.0, 100.0]),  # no program sorts empty cells first
        ("本期进展情况", [f"第{item}阶段已完成" for item in range(1, 9)]),
        ("填报日期", [f"2024-03-{day}" for day in range(11, 19)]),
        ("联系电话", ["13800000001"] * 3 + ["13800000002"] * 3 + ["13800000003"] * 2),  # who answers for neighbours
    ],
)
def test_answers_that_may_well_stand_so_are_not(header: str, values: list[CellValue]) -> None:
    assert _named(_book(**{header: values})) == []


def test_rows_that_were_sorted_with_their_answers_are_in_order_by_right() -> None:
    book = _book(完成进度=[50.0, 10.0, 85.0, 35.0, 5.0, 60.0, 20.0, 100.0])
    place = book.tasks.place("完成进度(%)")
    rows = book.tasks.rows
    top = book.tasks.header_row()
    rows[top:] = sorted(rows[top:], key=lambda row: float(str(row[place - 1])))
    assert _named(book) == []


def test_few_answers_in_order_are_named_where_status_and_percentage_fall_out() -> None:
    book = _book(
        进展状态=["已完成", "达到序时", "未启动", "达到序时"],
        完成进度=[0.0, 40.0, 45.0, 100.0],
    )
    assert _named(book) == [book.tasks.header_address("完成进度(%)")]


def _pasted_low(by: int) -> EditableBook:
    """The form with all answers pasted `by` rows below where they belong."""
    book = _book(进展状态=["达到序时"] * 8, 完成进度=[float(10 + item * 37 % 80) for item in range(8)])
    first, place = book.tasks.row(_CODES[0]) - 1, book.tasks.place("进展状态") - 1
    rows = book.tasks.rows
    rows += [[] for _ in range(by)]
    for row in rows[first:]:
        row.extend([None] * (place + 12 - len(row)))
    answers = [row[place:] for row in rows[first:]]
    for row, moved in zip(rows[first:], answers[-by:] + answers[:-by], strict=True):
        row[place:] = moved
    return book


@pytest.mark.parametrize("by", [1, 3])
def test_answers_pasted_too_low_are_not_taken(by: int) -> None:
    book = _pasted_low(by)
    reading = read(book, _FORM)
    assert reading.task_reports == ()
    at = f"责任清单!L{book.tasks.row(_CODES[-1]) + 1}"
    assert ("answers_shifted", at) in found(reading)


def test_an_answer_below_a_form_whose_first_row_is_filled_in_is_no_shift() -> None:
    book = _pasted_low(1)
    book.tasks.set(_CODES[0], "进展状态", "达到序时")
    reading = read(book, _FORM)
    assert "answers_shifted" not in [code for code, _ in found(reading)]
    assert len(reading.task_reports) == 8


def test_five_numbers_in_order_are_named_where_one_denies_its_status() -> None:
    statuses = ["达到序时", "已完成", "达到序时", "滞后序时", "达到序时"]
    book = _book(进展状态=statuses, 完成进度=[5.0, 10.0, 20.0, 35.0, 50.0])
    assert _named(book) == [book.tasks.header_address("完成进度(%)")]
    book.tasks.set(_CODES[1], "进展状态", "达到序时")
    assert _named(book) == []


@pytest.mark.parametrize("header", ["完成进度(%)", "进展状态", "本期进展情况"])
def test_one_answer_pushed_below_the_last_task_condemns_its_column(header: str) -> None:
    """A cell was inserted: the third row is empty, everything below it has moved down by one."""
    filled: dict[str, list[CellValue]] = {
        "进展状态": ["达到序时"] * 8,
        "完成进度(%)": [30.0, 12.0, 85.0, 35.0, 50.0, 60.0, 20.0, 90.0],
        "本期进展情况": list(_SORTED_BY_PINYIN[3:] + _SORTED_BY_PINYIN[:3]),
    }
    moved = filled[header]
    filled[header] = [*moved[:2], None, *moved[2:7]]
    book = _book(**filled)
    book.tasks.rows.append([*[None] * (book.tasks.place(header) - 1), moved[7]])
    reading = read(book, _FORM)
    at = cell_address(len(book.tasks.rows), book.tasks.place(header))
    assert ("answers_column_shifted", f"责任清单!{at}") in found(reading)
    assert len(reading.task_reports) == 8
    kept = {
        "完成进度(%)": [one.completion_percent is not None for one in reading.task_reports],
        "进展状态": [one.status is not None for one in reading.task_reports],
        "本期进展情况": [one.progress != "" for one in reading.task_reports],
    }
    assert {name: set(there) for name, there in kept.items()} == {name: {name != header} for name in kept}


def test_a_number_below_a_full_column_is_no_shift() -> None:
    book = _book(完成进度=[30.0, 12.0, 85.0, 35.0, 50.0, 60.0, 20.0, 90.0], 进展状态=["达到序时"] * 8)
    book.tasks.rows.append([*[None] * (book.tasks.place("完成进度(%)") - 1), 47.8])
    reading = read(book, _FORM)
    assert "answers_column_shifted" not in [code for code, _ in found(reading)]
    assert reading.task_reports[7].completion_percent == 90


def test_expected_days_may_follow_the_deadlines() -> None:
    days = [date(2024, month, 28) for month in range(4, 12)]
    tasks = tuple(replace(task, deadline=day) for task, day in zip(_FORM.tasks, days, strict=True))
    form = replace(_FORM, tasks=tasks)
    book = issued_book(form)
    for code, day in zip(_CODES, days, strict=True):
        book.tasks.set(code, "预计完成时间", day)
    assert "answers_seem_sorted" not in [code for code, _ in found(read(book, form))]


_LONG = [make_code(CodeKind.TASK, 1, item) for item in range(1, 21)]
_LONG_FORM = return_form(
    tasks=tuple(
        FormTask(code, "行动计划", "二、重点任务", f"事项{code}", "", Role.LEAD, ("省科技厅",), (), None, "")
        for code in _LONG
    ),
    indicators=(),
)


@pytest.mark.parametrize(("first", "last", "is_seen"), [(4, 15, True), (8, 13, False)])
def test_numbers_sorted_within_a_selection_are_named(first: int, last: int, is_seen: bool) -> None:
    numbers = [float(item * 37 % 89 + 2) for item in range(20)]
    numbers[first:last] = sorted(numbers[first:last])
    book = issued_book(_LONG_FORM)
    for code, number in zip(_LONG, numbers, strict=True):
        book.tasks.set(code, "完成进度(%)", number)
    # One row was copied to the end since: that alone does not say that the rows were sorted.
    book.tasks.rows.append(list(book.tasks.rows[book.tasks.row(_LONG[2]) - 1]))
    codes = [code for code, _ in found(read(book, _LONG_FORM))]
    assert ("answers_seem_sorted" in codes) is is_seen


def test_a_required_column_empty_at_the_last_task_alone_may_have_moved_up() -> None:
    filled: dict[str, Sequence[CellValue]] = {
        "进展状态": ["达到序时"] * 8,
        "完成进度(%)": [30.0, 12.0, 85.0, 35.0, 50.0, 60.0, 20.0, None],
        "本期进展情况": _SORTED_BY_PINYIN[3:] + _SORTED_BY_PINYIN[:3],
        "填报人": ["张三"] * 8,
        "联系电话": ["13800000001"] * 8,
        "填报日期": ["2024-03-28"] * 8,
    }
    book = _book(**filled)
    address = book.tasks.address(_CODES[-1], "完成进度(%)")
    assert [at for code, at in found(read(book, _FORM)) if code == "answers_seem_moved_up"] == [address]
    book.tasks.set(_CODES[3], "完成进度(%)", None)
    assert "answers_seem_moved_up" not in [code for code, _ in found(read(book, _FORM))]
