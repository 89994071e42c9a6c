"""Faults in random mixture: a value may be asked about, but never lands in another task, and never goes unsaid."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.reader import read_return
from planbook.forms.tables import survey
from planbook.model.codes import CodeKind, make_code
from planbook.model.findings import Finding, needs_person
from planbook.model.form import Form, FormTask, Role
from planbook.sheets.raw import CellRange, CellValue
from tests.support.tables import EditableBook, issued_book
from tests.unit.forms.return_samples import STRANGER, TODAY, return_form

_SIZE = 8
_CODES = [make_code(CodeKind.TASK, 1, item) for item in range(1, _SIZE + 1)]
_TITLES = ["建设实验室", "攻关关键技术", "培育企业", "兑现奖补", "引进人才", "搭建平台", "转化成果", "开放合作"]


def _form() -> Form:
    tasks = tuple(
        FormTask(
            code,
            "科技创新行动计划",
            "二、重点任务" if item % 2 else "三、保障措施",
            title,
            f"围绕{title}，制定年度清单，逐项落实。",
            Role.LEAD if item % 3 else Role.SUPPORT,
            ("省科技厅",),
            (),
            date(2024, 6 + item % 3 * 3, 30),
            f"上期{title}已启动。" if item % 2 else "",
        )
        for item, (code, title) in enumerate(zip(_CODES, _TITLES, strict=True), start=1)
    )
    return return_form(tasks=tasks, indicators=())


FORM = _form()


def _filled() -> EditableBook:
    """Every cell says whose it is: percentages are ten times the item, texts name the code."""
    book = issued_book(FORM)
    for item, code in enumerate(_CODES, start=1):
        values: dict[str, CellValue] = {
            "进展状态": "达到序时",
            "完成进度(%)": item * 10.0,
            "本期进展情况": f"关于{code}的进展",
            "存在问题": f"关于{code}的问题",
        }
        for header, value in values.items():
            book.tasks.set(code, header, value)
    return book


def _sort_rows(book: EditableBook, random: Random) -> None:
    order = random.sample(_CODES, _SIZE)
    book.tasks.sort_rows(lambda row: str(order.index(str(row[1]))) if row[1:2] and row[1] in order else "9")


def _sort_issued_column(book: EditableBook, random: Random) -> None:
    header = random.choice(
        ["任务编号", "任务名称", "任务内容", "上期进展", "所属章节", "完成时限", "承担角色(牵头/配合)"]
    )
    book.tasks.sort_column(header, random.sample(_present(book), len(_present(book))), rotate=random.randint(1, 3))


def _sort_from_a_column_on(book: EditableBook, random: Random) -> None:
    """Sort a selection that begins within the issued columns and takes in everything right of it."""
    first = book.tasks.place(random.choice(["任务名称", "任务内容", "完成时限", "上期进展"]))
    rows = [book.tasks.row(code) for code in _present(book)]
    tails = [book.tasks.rows[row - 1][first - 1 :] for row in rows]
    random.shuffle(tails)
    for row, tail in zip(rows, tails, strict=True):
        book.tasks.rows[row - 1][first - 1 :] = tail


def _insert(book: EditableBook, random: Random) -> None:
    book.tasks.rows.insert(
        random.randint(0, len(book.tasks.rows)), random.choice([[], ["小计"], [None, None, None, "小结", "共八项"]])
    )


def _copy_row(book: EditableBook, random: Random) -> None:
    row = list(book.tasks.rows[book.tasks.row(random.choice(_present(book))) - 1])
    if random.random() < 0.5:
        row[book.tasks.place("完成进度(%)") - 1] = 77.0
    book.tasks.rows.append(row)


def _delete_row(book: EditableBook, random: Random) -> None:
    if len(_present(book)) > 2:
        del book.tasks.rows[book.tasks.row(random.choice(_present(book))) - 1]


def _move_column(book: EditableBook, random: Random) -> None:
    headers = [str(header).rstrip("*") for header in book.tasks.rows[book.tasks.header_row() - 1] if header]
    book.tasks.move_column(random.choice(headers), random.randint(1, len(headers)))


def _foreign_row(book: EditableBook, random: Random) -> None:
    row = list(book.tasks.rows[book.tasks.row(random.choice(_present(book))) - 1])
    row[book.tasks.place("任务编号") - 1] = STRANGER
    row[book.tasks.place("本期进展情况") - 1] = "别处的进展"
    book.tasks.rows.insert(random.randint(book.tasks.header_row(), len(book.tasks.rows)), row)


def _lose_code(book: EditableBook, random: Random) -> None:
    place = book.tasks.place("任务编号")
    row = book.tasks.row(random.choice(_present(book)))
    book.tasks.rows[row - 1][place - 1] = random.choice([None, "P1-", "待定"])


def _swap_titles(book: EditableBook, random: Random) -> None:
    for header in random.sample(["任务名称", "任务内容", "上期进展", "任务编号"], 2):
        book.tasks.sort_column(header, random.sample(_present(book), 2))


def _merge(book: EditableBook, random: Random) -> None:
    row = random.choice([book.tasks.row(code) for code in _present(book)])
    place = book.tasks.place(random.choice(["完成进度(%)", "进展状态"]))
    if row < len(book.tasks.rows) and len(book.tasks.rows[row]) >= place:
        book.tasks.rows[row][place - 1] = None
        book.tasks.merged.append(CellRange(row, place, row + 1, place))


def _copy_sheet(book: EditableBook, random: Random) -> None:
    copy = deepcopy(book.tasks)
    copy.name = f"副本{len(book.sheets)}"
    book.sheets.append(copy)


def _unrecognisable_header(book: EditableBook, random: Random) -> None:
    header = random.choice(["完成进度(%)", "存在问题"])
    if header in [str(label or "").rstrip("*") for label in book.tasks.rows[book.tasks.header_row() - 1]]:
        book.tasks.rename(header, "其他事项")


_Fault = Callable[[EditableBook, Random], None]
_MOVES: list[_Fault] = [
    _sort_rows,
    _sort_issued_column,
    _sort_from_a_column_on,
    _insert,
    _delete_row,
    _move_column,
    _foreign_row,
    _lose_code,
    _swap_titles,
    _copy_sheet,
    _unrecognisable_header,
]
# What these type anew is no longer the row's own value, which a second fault may then rightly report.
_FAULTS: list[_Fault] = [*_MOVES, _copy_row, _merge]


def _present(book: EditableBook) -> list[str]:
    cells = {cell for row in book.tasks.rows for cell in row}
    return [code for code in _CODES if code in cells]


def _read(book: EditableBook) -> tuple[dict[str, tuple[Decimal | None, str, str]], tuple[Finding, ...]]:
    reading = read_return(survey(book.raw(), DEFAULT_LAYOUT), FORM, today=TODAY)
    reports = {row.task_code: (row.completion_percent, row.progress, row.problems) for row in reading.task_reports}
    return reports, reading.findings


def _assert_nothing_lands_wrongly(book: EditableBook) -> None:
    reports, findings = _read(book)
    lost = False
    for item, code in enumerate(_CODES, start=1):
        percent, progress, problems = reports.get(code, (None, "", ""))
        assert percent in (None, item * 10), (code, percent)
        assert progress in ("", f"关于{code}的进展")
        assert problems in ("", f"关于{code}的问题")
        lost = lost or percent is None or not progress or not problems
    assert not lost or needs_person(findings)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(_FAULTS))
def test_no_single_fault_puts_a_value_into_another_task(seed: int, fault: _Fault) -> None:
    book = _filled()
    fault(book, Random(seed))  # noqa: S311  # replays a fault, guards no secret
    _assert_nothing_lands_wrongly(book)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.sampled_from(_MOVES), min_size=2, max_size=2, unique=True))
def test_nor_do_two(seed: int, faults: list[_Fault]) -> None:
    random = Random(seed)  # noqa: S311  # likewise
    book = _filled()
    for fault in faults:
        fault(book, random)
    _assert_nothing_lands_wrongly(book)
