from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from planbook.model.errors import PlanbookError
from planbook.model.ledger import PeriodLedger
from planbook.outputs.cell_text import clean_text
from planbook.outputs.master_writer import write_master
from planbook.outputs.office_note_reader import read_office_notes
from planbook.outputs.office_notes import NO_NOTES, NoteKey, OfficeColumn, OfficeNote, OfficeNotes, note_text
from planbook.sheets.raw import RawSheet, RawWorkbook, Visibility, column_letters
from tests.support.office import edit_workbooks
from tests.support.validity import assert_valid_workbook
from tests.unit.outputs.sample_master import LEDGER, without_task
from tests.unit.outputs.sample_review import I3, T1, T2, T4
from tests.unit.outputs.workbooks import Clerk, column, edited, read, row_of, table

TASKS, REPORTS, INDICATORS, MISSING = "任务台账", "单位明细", "指标台账", "未报与退改"


@cache
def first_master() -> bytes:
    return write_master(LEDGER)


def notes_of(content: bytes) -> OfficeNotes:
    return read_office_notes(read(content))


def refreshed(content: bytes, ledger: PeriodLedger = LEDGER) -> bytes:
    return write_master(ledger, notes_of(content))


def said(notes: OfficeNotes) -> dict[tuple[str, str, str, str], str]:
    return {(one.key.sheet, one.key.code, one.key.agency, one.header): note_text(one) for one in notes.notes}


def after(change: Callable[[Clerk], object], content: bytes | None = None) -> bytes:
    return edited(content or first_master(), change)


def add_column(clerk: Clerk, sheet: str, header: str, values: dict[str, object], key: str) -> None:
    target = clerk.sheet(sheet)
    place = target.max_column + 1
    target.cell(clerk.row(sheet, key), place).value = header
    for row, value in values.items():
        target.cell(clerk.row(sheet, row), place).value = value  # type: ignore[assignment]


def test_a_fresh_master_has_no_notes() -> None:
    assert notes_of(first_master()) == NO_NOTES
    assert notes_of(refreshed(first_master())) == NO_NOTES


def test_notes_and_added_columns_survive_the_refresh() -> None:
    def change(clerk: Clerk) -> None:
        clerk.put(TASKS, T1, "领导批示", "=请抓紧\n办理")
        clerk.put(TASKS, T2, "督查意见", "已约谈")
        add_column(clerk, TASKS, "经费(万元)", {T1: 120.5, T4: date(2024, 5, 1)}, "领导批示")
        add_column(clerk, TASKS, "空列", {}, "领导批示")
        add_column(clerk, REPORTS, "核实", {"东湖县人民政府": "属实"}, "报送情况")
        add_column(clerk, INDICATORS, "口径", {I3: "全口径"}, "指标编号")
        add_column(clerk, MISSING, "催报", {"东湖县人民政府": "已电话"}, "应报日期")
        add_column(clerk, MISSING, "处理", {"省财政厅": "已退回"}, "催报")
        cell = clerk.sheet(TASKS).cell(clerk.row(TASKS, T1), clerk.column(TASKS, "领导批示"))
        cell.data_type = "s"

    content = after(change)
    notes = notes_of(content)
    assert {key[:2] + key[3:]: text for key, text in said(notes).items() if key[0] == TASKS} == {
        (TASKS, T1, "领导批示"): "=请抓紧\n办理",
        (TASKS, T2, "督查意见"): "已约谈",
        (TASKS, T1, "经费(万元)"): "120.5",
        (TASKS, T4, "经费(万元)"): "2024-05-01",
    }
    assert said(notes)[(REPORTS, T1, "东湖县人民政府", "核实")] == "属实"
    assert said(notes)[(INDICATORS, I3, "市科技局", "口径")] == "全口径"
    assert {key[2:]: text for key, text in said(notes).items() if key[0] == MISSING} == {
        ("东湖县人民政府", "催报"): "已电话",
        ("省财政厅", "处理"): "已退回",
    }
    assert [one.header for one in notes.columns if one.sheet == TASKS] == ["经费(万元)", "空列"]
    again = refreshed(content)
    assert notes_of(again) == notes
    assert refreshed(again) == again
    assert read(again).sheet("失联批注") is None


def test_sorted_inserted_and_moved_rows_and_columns_keep_their_notes() -> None:
    def change(clerk: Clerk) -> None:
        clerk.put(TASKS, T1, "核查结论", "属实")
        clerk.put(TASKS, T4, "核查结论", "不实")
        sheet = clerk.sheet(TASKS)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=7)]
        for number, values in enumerate(reversed(rows), start=4):
            for place, value in enumerate(values, start=1):
                sheet.cell(number, place).value = value
                if isinstance(value, str):
                    sheet.cell(number, place).data_type = "s"
        sheet.insert_rows(5, 2)
        sheet.insert_rows(1)
        sheet.insert_cols(2)
        sheet.title = "台账"

    notes = notes_of(after(change))
    assert said(notes) == {(TASKS, T1, "", "核查结论"): "属实", (TASKS, T4, "", "核查结论"): "不实"}
    assert notes.findings == ()


def test_note_of_a_task_that_is_gone_waits_and_comes_home() -> None:
    content = after(lambda clerk: clerk.put(TASKS, T2, "领导批示", "要办好"))
    gone = refreshed(content, without_task(LEDGER, T2))
    orphans = read(gone).sheet("失联批注")
    assert orphans
    (orphan,) = table(orphans, "列名")
    assert list(orphan.values()) == [TASKS, T2, None, "领导批示", "要办好"]
    still_gone = refreshed(gone, without_task(LEDGER, T2))
    assert still_gone == gone
    back = refreshed(still_gone)
    assert said(notes_of(back)) == {(TASKS, T2, "", "领导批示"): "要办好"}
    assert read(back).sheet("失联批注") is None


def test_two_rows_of_one_task_keep_both_notes() -> None:
    def change(clerk: Clerk) -> None:
        clerk.put(TASKS, T1, "督查意见", "甲")
        clerk.add(TASKS, T1, 任务编号=T1, 督查意见="乙")
        clerk.add(TASKS, T1, 任务编号=f" {T1.lower()}", 督查意见="甲")

    content = after(change)
    assert set(said(notes_of(content)).values()) == {"甲\n乙"}
    again = edited(refreshed(content), lambda clerk: clerk.add(TASKS, T1, 任务编号=T1, 督查意见="乙"))
    assert set(said(notes_of(again)).values()) == {"甲\n乙"}


def test_rows_of_the_offices_own_are_kept_as_a_note() -> None:
    content = after(lambda clerk: clerk.add(TASKS, T1, 任务名称="合计", 领导批示="略"))
    (note,) = notes_of(content).notes
    assert (note.key, note.value) == (NoteKey(TASKS, "", ""), "任务名称：合计；领导批示：略")
    assert notes_of(refreshed(refreshed(content))).notes == (note,)


def test_comments_on_cells_survive() -> None:
    def change(clerk: Clerk) -> None:
        for key, header in ((T1, "完成进度"), (T2, "领导批示")):
            cell = clerk.sheet(TASKS).cell(clerk.row(TASKS, key), clerk.column(TASKS, header))
            cell.comment = Comment(f"核一下{header}", "张处")

    content = after(change)
    again = refreshed(content)
    for one in (content, again, refreshed(again, without_task(LEDGER, T2))):
        assert {(note.key.code, note.header, note.value) for note in notes_of(one).notes if note.is_comment} == {
            (T1, "完成进度", "核一下完成进度"),
            (T2, "领导批示", "核一下领导批示"),
        }


def test_added_column_that_is_called_like_one_of_ours() -> None:
    def change(clerk: Clerk) -> None:
        sheet = clerk.sheet(REPORTS)
        add_column(clerk, REPORTS, "备注", {"东湖县人民政府": "右"}, "报送情况")
        sheet.insert_cols(2)
        sheet.cell(clerk.row(REPORTS, "报送情况"), 2).value = "填报人"
        sheet.cell(clerk.row(REPORTS, "东湖县人民政府"), 2).value = "左"

    notes = said(notes_of(after(change)))
    assert notes == {
        (REPORTS, T1, "东湖县人民政府", "备注"): "右",
        (REPORTS, T1, "东湖县人民政府", "填报人"): "左",
    }


def test_what_cannot_be_kept_is_said() -> None:
    def change(clerk: Clerk) -> None:
        clerk.put(TASKS, T1, "领导批示", "=NA()")
        clerk.put(TASKS, T2, "领导批示", "#N/A")
        clerk.workbook.create_sheet("汇总").cell(1, 1).value = "x"
        clerk.workbook.create_sheet("空表")

    content = after(change)
    notes = notes_of(content)
    assert [finding.code for finding in notes.findings] == [
        "notes_formula_without_value",
        "notes_cell_error",
        "notes_sheet_not_kept",
    ]
    assert said(notes) == {(TASKS, T2, "", "领导批示"): "#N/A"}


def test_percentages_stay_percentages() -> None:
    note = OfficeNote(NoteKey(TASKS, T1, ""), "占比", 0.25, is_percent=True)
    content = write_master(LEDGER, OfficeNotes(notes=(note,)))
    assert notes_of(content).notes == (note,)
    assert notes_of(content).columns == (OfficeColumn(TASKS, "占比"),)


def test_sheet_without_its_headings_is_never_written_over() -> None:
    empty, strange = (
        RawWorkbook((RawSheet(name, Visibility.VISIBLE, [["随便"], [1.0]]),)) for name in ("Sheet1", TASKS)
    )
    assert [one.code for one in read_office_notes(empty).findings] == ["notes_sheet_not_kept"]
    assert read_office_notes(RawWorkbook((RawSheet(TASKS, Visibility.VISIBLE, [[None]]),))) == NO_NOTES
    with pytest.raises(PlanbookError):
        read_office_notes(strange)


def test_without_the_codes_only_noted_rows_are_kept() -> None:
    def change(clerk: Clerk) -> None:
        clerk.put(TASKS, T1, "领导批示", "要办好")
        clerk.sheet(TASKS).delete_cols(clerk.column(TASKS, "任务编号"))

    (note,) = notes_of(after(change)).notes
    assert "；领导批示：要办好；" in f"{note.value}；"


NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from("=+-@'\"<>&\n\r\t_x000D_\x00\x0b\ufeff😀")), min_size=1, max_size=60
)


VALUES = st.one_of(NASTY, st.floats(-1e12, 1e12), st.booleans(), st.datetimes(datetime.fromisoformat("1950-01-01")))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(NASTY, VALUES), min_size=5, max_size=12))
def test_any_note_comes_to_rest_after_one_refresh(typed: list[tuple[str, str | float | datetime]]) -> None:
    notes = [
        OfficeNote(NoteKey(TASKS, code, ""), f"列{place}{header}", value)
        for place, (header, value) in enumerate(typed)
        for code in (T1, "P9-999X")
    ]
    content = write_master(LEDGER, OfficeNotes(notes=tuple(notes)))
    kept = said(notes_of(content))
    for note in notes:
        header = " ".join(clean_text(note.header).split())
        if clean_text(str(note.value)).strip():
            assert (TASKS, note.key.code, "", header) in kept
            if isinstance(note.value, str):
                assert kept[(TASKS, note.key.code, "", header)] == clean_text(note.value)
    again = refreshed(content)
    assert said(notes_of(again)) == kept
    assert refreshed(again) == again


@pytest.mark.office
def test_notes_typed_in_another_office_program_survive_three_refreshes(tmp_path: Path) -> None:
    ledger_file = tmp_path / "总台账.xlsx"
    content = first_master()
    expected: dict[tuple[str, str, str, str], str] = {}
    for turn in range(3):
        ledger_file.write_bytes(content)
        sheet = read(content).sheet(TASKS)
        assert sheet
        first, last = row_of(sheet, T1), row_of(sheet, T4)
        end = len(sheet.rows[first - 2])
        letters = [column_letters(place) for place in range(1, 80)]
        note = letters[column(sheet, "领导批示") - 1]
        steps: list[tuple[str | int | float | bool, ...]] = [
            ("type", TASKS, f"{note}{row_of(sheet, T2)}", f"第{turn}次批示"),
            ("type", TASKS, f"{letters[end]}{first - 1}", f"自加列{turn}"),
            ("type", TASKS, f"{letters[end]}{row_of(sheet, T4)}", f"自加{turn}"),
            ("sort", TASKS, f"A{first}:{letters[end]}{last}", 1 + turn, False),
            ("insert_rows", TASKS, first + 1, 2),
            ("insert_columns", TASKS, 3),
            ("comment", TASKS, f"B{last}", f"批注{turn}"),
            ("save", str(ledger_file)),
        ]
        edit_workbooks([(ledger_file, steps)])
        expected[(TASKS, T2, "", "领导批示")] = f"第{turn}次批示"
        expected[(TASKS, T4, "", f"自加列{turn}")] = f"自加{turn}"
        notes = notes_of(ledger_file.read_bytes())
        assert {key: text for key, text in said(notes).items() if "批注" not in text} == expected
        assert sum("批注" in note_text(one) for one in notes.notes) >= 1
        content = write_master(LEDGER, notes)


@pytest.mark.validator
def test_master_with_notes_and_comments_is_valid() -> None:
    notes = OfficeNotes(
        columns=(OfficeColumn(TASKS, "空列"),),
        notes=(
            OfficeNote(NoteKey(TASKS, T1, ""), "领导批示", "批"),
            OfficeNote(NoteKey(TASKS, T1, ""), "完成进度", "核", is_comment=True),
            OfficeNote(NoteKey(TASKS, "P9-999X", ""), "经费", 12.5),
        ),
    )
    assert_valid_workbook(write_master(LEDGER, notes))
