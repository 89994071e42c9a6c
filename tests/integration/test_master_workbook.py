"""总台账 as the office works in it: decisions entered in it, notes kept, slices and the public version beside it."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planbook.model.errors import PlanbookError
from tests.integration.conftest import Office
from tests.integration.test_decisions import Clerk, sole_lead_tasks
from tests.support.filling import columns_of
from tests.support.returns import filled_form
from tests.support.validity import assert_valid_workbook

TASKS = "任务台账"


@pytest.fixture
def clerk(office: Office) -> Clerk:
    for agency in ("省农业农村厅", "省水利厅"):
        (office.inbox / f"{agency}.xlsx").write_bytes(filled_form(office.forms[agency]))
    clerk = Clerk(office.root)
    clerk.press("consolidate", period="2024Q1")
    return clerk


def master_of(clerk: Clerk) -> Path:
    return clerk.at.workspace.root / "outputs" / "2024Q1_总台账.xlsx"


class TaskSheet:
    """任务台账 under somebody's hands: cells by task and header."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.header, self.columns = columns_of(sheet, "任务编号")

    def cell(self, task: str, header: str) -> str:
        rows = range(self.header + 1, self.sheet.max_row + 1)
        row = next(row for row in rows if self.sheet[f"{self.columns['任务编号']}{row}"].value == task)
        return f"{self.columns[header]}{row}"

    def tasks(self) -> list[str]:
        letter = self.columns["任务编号"]
        return [str(self.sheet[f"{letter}{row}"].value) for row in range(self.header + 1, self.sheet.max_row + 1)]

    def value(self, task: str, header: str) -> Any:
        return self.sheet[self.cell(task, header)].value


def edit(path: Path, change: Callable[[TaskSheet], None]) -> None:
    book = load_workbook(path)
    change(TaskSheet(book[TASKS]))
    book.save(path)


def seen(path: Path) -> TaskSheet:
    return TaskSheet(load_workbook(path)[TASKS])


def enter(path: Path, task: str, **cells: str) -> None:
    def type_in(sheet: TaskSheet) -> None:
        for name, text in cells.items():
            sheet.sheet[sheet.cell(task, name)] = text

    edit(path, type_in)


def test_decisions_are_taken_over_and_what_cannot_be_stays_with_its_reason(office: Office, clerk: Clerk) -> None:
    path = master_of(clerk)
    closed, suspended, refused, unclear, *_ = seen(path).tasks()
    enter(path, closed, 决定="同意销号", 决定依据="验收通过", 核查人="张三", 佐证="验收单", 领导批示="好")
    enter(path, suspended, 决定="暂缓", 决定依据="等批复")
    enter(path, refused, 决定="恢复", 督查意见="盯紧")
    enter(path, unclear, 决定="办结了吧", 核查人="李四")
    cells = {task: seen(path).cell(task, "决定") for task in (refused, unclear)}
    ending = clerk.press("consolidate", period="2024Q1")
    findings: Any = ending.json["findings"]
    said = {(one["code"], one["location"]) for one in findings}
    assert ("decision_nothing_to_resume", f"{TASKS}!{cells[refused]}") in said
    assert ("decision_kind_unknown", f"{TASKS}!{cells[unclear]}") in said
    after = seen(path)
    assert (after.value(closed, "办理状态"), after.value(suspended, "办理状态")) == ("已销号", "暂缓")
    assert "验收通过" in after.value(closed, "已作决定")
    assert "核查人张三" in after.value(closed, "已作决定")
    assert [after.value(closed, name) for name in ("决定", "决定依据", "佐证", "核查人", "领导批示")] == [
        None, None, None, None, "好",
    ]  # fmt: skip
    assert [after.value(refused, name) for name in ("决定", "督查意见")] == ["恢复", "盯紧"]
    assert [after.value(unclear, name) for name in ("决定", "核查人")] == ["办结了吧", "李四"]
    assert after.value(suspended, "亮灯") == "白灯"
    again: Any = clerk.press("consolidate", period="2024Q1").json["findings"]
    assert {one["code"] for one in again} & {"decision_nothing_to_resume", "decisions_taken_over"} == {
        "decision_nothing_to_resume"
    }
    assert len(seen(path).value(closed, "已作决定").splitlines()) == 1


def test_an_entry_met_twice_is_taken_once(office: Office, clerk: Clerk) -> None:
    task = seen(master_of(clerk)).tasks()[0]
    path = master_of(clerk)
    enter(path, task, 决定="暂缓", 决定依据="等批复")
    entered = path.read_bytes()
    clerk.press("ledger", period="2024Q1")
    path.write_bytes(entered)  # as if the power had gone before the workbook was replaced
    ending = clerk.press("ledger", period="2024Q1")
    assert not ending.needs_person
    assert seen(path).value(task, "决定") is None
    assert len(seen(path).value(task, "已作决定").splitlines()) == 1


def test_decisions_stay_typed_when_the_click_fails(office: Office, clerk: Clerk) -> None:
    task = seen(master_of(clerk)).tasks()[0]
    path = master_of(clerk)
    enter(path, task, 决定="暂缓", 领导批示="要办好")
    with pytest.raises(PlanbookError):
        clerk.press("consolidate", period="2024Q1", paths=(office.root / "没有这个文件.xlsx",))
    assert [seen(path).value(task, name) for name in ("决定", "领导批示")] == ["暂缓", "要办好"]
    clerk.press("consolidate", period="2024Q1")
    assert [seen(path).value(task, name) for name in ("决定", "领导批示", "办理状态")] == [None, "要办好", "暂缓"]


def written_at(path: Path) -> tuple[int, int, int]:
    """Return what tells one writing of a file from the next; when it was last read is no part of it."""
    known = path.stat()
    return known.st_ino, known.st_size, known.st_mtime_ns


def test_nothing_new_writes_nothing_and_a_note_alone_does(office: Office, clerk: Clerk) -> None:
    path = master_of(clerk)
    before = written_at(path)
    clerk.press("consolidate", period="2024Q1")
    assert written_at(path) == before
    task = seen(master_of(clerk)).tasks()[0]
    enter(path, task, 领导批示="要办好")
    clerk.press("consolidate", period="2024Q1")
    written = written_at(path)
    assert seen(path).value(task, "领导批示") == "要办好"
    clerk.press("consolidate", period="2024Q1")
    assert written_at(path) == written
    (office.inbox / "省商务厅.xlsx").write_bytes(filled_form(office.forms["省商务厅"]))
    clerk.press("consolidate", period="2024Q1")
    assert written_at(path) != written
    assert seen(path).value(task, "领导批示") == "要办好"


def test_slices_and_the_public_version_leave_the_offices_own_alone(office: Office, clerk: Clerk) -> None:
    path = master_of(clerk)
    task = sole_lead_tasks(office, "省农业农村厅")[0]
    enter(path, task, 领导批示="要办好", 决定="暂缓")
    before = path.read_bytes()
    sliced = clerk.press("ledger", period="2024Q1", agency="省农业农村厅").opens[0]
    public = clerk.press("ledger", period="2024Q1", public=True).opens[0]
    assert path.read_bytes() == before
    assert len({path, sliced, public}) == 3
    assert seen(sliced).value(task, "领导批示") == "要办好"
    assert "决定" not in seen(sliced).columns
    assert not {"领导批示", "存在问题", "来源文件"} & set(seen(public).columns)
    for one in (sliced, public):
        assert_valid_workbook(one)


SECRETS = (
    "王二麻子",
    "0271234567",
    "征地资金没有到位",
    "正在催办",
    "佐证材料甲",
    "备注乙",
    "要害怕",
    "回表_秘密名.xlsx",
)


def test_the_public_version_tells_nothing_of_the_offices_business(office: Office, clerk: Clerk) -> None:
    form = office.forms["省商务厅"]
    answers = {
        "填报人": SECRETS[0], "联系电话": SECRETS[1], "存在问题": SECRETS[2], "下一步措施": SECRETS[3],
        "佐证材料": SECRETS[4], "备注": SECRETS[5], "本期进展情况": f"已开工。{SECRETS[2]}，找{SECRETS[0]}",
    }  # fmt: skip
    (office.inbox / SECRETS[7]).write_bytes(filled_with(form, answers))
    clerk.press("consolidate", period="2024Q1")
    task = seen(master_of(clerk)).tasks()[0]
    enter(master_of(clerk), task, 决定="暂缓", 决定依据=SECRETS[6], 督查意见=SECRETS[6])
    clerk.press("consolidate", period="2024Q1")
    whole, public = master_of(clerk), clerk.press("ledger", period="2024Q1", public=True).opens[0]
    told = everything(whole)
    assert [secret for secret in SECRETS if secret not in told] == []
    shown = everything(public)
    assert [secret for secret in SECRETS if secret in shown] == []
    assert "已开工" in shown


def everything(path: Path) -> str:
    """Return every part of a workbook as text."""
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def filled_with(form: Path, answers: dict[str, str]) -> bytes:
    """Return a form filled in, every row with `answers` where its columns have them."""
    book_path = form.with_name("filled.xlsx")
    book_path.write_bytes(filled_form(form))
    book = load_workbook(book_path)
    sheet = book["责任清单"]
    header, columns = columns_of(sheet, "任务编号")
    for row in range(header + 1, sheet.max_row + 1):
        if sheet[f"{columns['任务编号']}{row}"].value:
            for name, letter in columns.items():
                plain = name.rstrip("*")
                if plain in answers:
                    sheet[f"{letter}{row}"] = answers[plain]
    book.save(book_path)
    content = book_path.read_bytes()
    book_path.unlink()
    return content
