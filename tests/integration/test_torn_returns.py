"""Cells inserted and deleted in LibreOffice, and words written where no answer belongs: nothing lands a cell off."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

import pytest

from planbook.actions.read_return_file import ArchivedFile, ReadingContext, ReturnFile, ReturnReader
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.writer import write_form
from planbook.model.codes import CodeKind, make_code
from planbook.model.form import FormTask, Role
from planbook.sheets.raw import cell_address
from tests.support.form_in_hand import FIELDS, PERCENT, PROGRESS, FormInHand
from tests.support.office import edit_workbooks
from tests.support.tables import KEY
from tests.unit.forms.return_samples import return_form

_CODES: Final = [make_code(CodeKind.TASK, 1, item) for item in range(1, 13)]
_FORM: Final = return_form(
    tasks=tuple(
        FormTask(code, "行动计划", "二、重点任务", f"事项{code}", "", Role.LEAD, ("省科技厅",), (), None, "")
        for code in _CODES
    ),
    indicators=(),
)


def _returned(tmp_path: Path, fault: Callable[[FormInHand], None]) -> tuple[FormInHand, ReturnFile]:
    path, saved = tmp_path / "下发.xlsx", tmp_path / "回表.xlsx"
    path.write_bytes(write_form(_FORM, DEFAULT_LAYOUT, KEY))
    hand = FormInHand(_FORM, path, Random(5))  # noqa: S311  # replays the same return, guards no secret
    fault(hand)
    edit_workbooks([(path, [*hand.steps, ("save", str(saved))])])
    context = ReadingContext(_FORM.workspace_id, (KEY,), _FORM.period, date(2024, 4, 9), (_FORM,), (DEFAULT_LAYOUT,))
    return hand, ReturnReader(context).read(ArchivedFile("", saved))


def _found(read: ReturnFile) -> set[tuple[str, str]]:
    return {(finding.code, str(finding.location)) for finding in read.findings}


def _wrong(hand: FormInHand, read: ReturnFile, *, but: Sequence[str] = ()) -> list[tuple[str, str, object]]:
    """Return what was taken and not meant so, columns in `but` left out."""
    return [
        (report.task_code, header, value)
        for report in read.task_reports
        for header, name in FIELDS.items()
        if header not in but
        and (value := getattr(report, name)) not in (None, "")
        and str(value) != str(hand.meant.get((report.task_code, header)))
    ]


@pytest.mark.office
def test_a_cell_inserted_in_a_row_pushes_the_others_right(tmp_path: Path) -> None:
    code = _CODES[4]
    hand, read = _returned(tmp_path, lambda hand: hand.do("insert_cell", hand.address(code, PERCENT), "right"))
    assert ("row_cells_shifted", hand.at(code, PERCENT)) in _found(read)
    assert [report.task_code for report in read.task_reports] == [one for one in _CODES if one != code]
    assert _wrong(hand, read) == []


@pytest.mark.office
def test_a_cell_inserted_in_a_column_pushes_the_others_down(tmp_path: Path) -> None:
    hand, read = _returned(tmp_path, lambda hand: hand.do("insert_cell", hand.address(_CODES[4], PERCENT), "down"))
    below = cell_address(hand.row(_CODES[-1]) + 1, hand.column(PERCENT))
    assert ("answers_column_shifted", f"{hand.sheet}!{below}") in _found(read)
    assert {report.completion_percent for report in read.task_reports} == {None}
    assert len(read.task_reports) == len(_CODES)
    assert _wrong(hand, read) == []


@pytest.mark.office
def test_a_cell_deleted_in_a_column_pulls_the_others_up(tmp_path: Path) -> None:
    hand, read = _returned(tmp_path, lambda hand: hand.do("delete_cell", hand.address(_CODES[4], PROGRESS), "up"))
    assert ("answers_seem_moved_up", hand.at(_CODES[-1], PROGRESS)) in _found(read)
    assert _wrong(hand, read, but=[PROGRESS]) == []


@pytest.mark.office
def test_words_on_the_instruction_sheet_are_named(tmp_path: Path) -> None:
    def write(hand: FormInHand) -> None:
        hand.steps.append(("unprotect", "填报说明"))
        hand.steps.append(("type", "填报说明", "E5", "第3项已移交省财政厅，请核。"))
        hand.steps.append(("comment", "填报说明", "A3", "请宽限一周"))

    hand, read = _returned(tmp_path, write)
    assert {("text_outside_rows", "填报说明!E5"), ("comment_beside_value", "填报说明!A3")} <= _found(read)
    assert _wrong(hand, read) == []
    assert len(read.task_reports) == len(_CODES)
