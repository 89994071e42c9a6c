"""Workbooks are let go for an action and come back as they were; whatever happens, nothing typed is lost."""

from pathlib import Path

import openpyxl
import pytest

from planbook.actions.progress import Stopped
from planbook.excel.host import Viewpoint
from planbook.excel.releasing import Held, released
from planbook.model.errors import PlanbookError
from tests.support.memory_host import MemoryHost

STOOD = Viewpoint("任务台账", "$C$7", 7, 3, "P1-001A", "领导批示")


def a_book(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "任务台账"
    book.save(path)
    return path


def note_in(path: Path) -> object:
    return openpyxl.load_workbook(path)["任务台账"]["C7"].value


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return a_book(tmp_path / "outputs" / "2024Q1_总台账.xlsx")


@pytest.fixture
def host(master: Path) -> MemoryHost:
    host = MemoryHost()
    host.put(master, viewpoint=STOOD)
    host.type(master.name, "任务台账", "C7", "请抓紧")
    return host


def test_what_was_typed_is_saved_before_the_file_is_let_go(host: MemoryHost, master: Path) -> None:
    with released(host, Held((master,))):
        assert note_in(master) == "请抓紧"
        assert host.open_books() == ()
    assert host.books[master.name].viewpoint == STOOD
    assert host.acts == [f"{verb} {master.name}" for verb in ("save", "close", "open", "restore")]


@pytest.mark.parametrize("error", [PlanbookError("没做成"), Stopped(), KeyboardInterrupt(), MemoryError()])
def test_it_is_opened_again_however_the_work_ends(host: MemoryHost, master: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), released(host, Held((master,))):
        raise error
    assert host.books[master.name].viewpoint == STOOD
    assert note_in(master) == "请抓紧"


def test_a_workbook_that_cannot_be_saved_stops_the_work_before_anything_is_closed(
    host: MemoryHost, master: Path
) -> None:
    host.refuses_to_save = True
    with pytest.raises(PlanbookError), released(host, Held((master,))):
        pytest.fail("the work must not begin")
    assert host.acts == []
    assert not host.books[master.name].is_saved


def test_unsaved_notes_in_a_read_only_workbook_stop_the_work(host: MemoryHost, master: Path) -> None:
    host.books[master.name].is_read_only = True
    with pytest.raises(PlanbookError) as refused, released(host, Held((master,))):
        pytest.fail("the work must not begin")
    assert master.name in refused.value.message
    assert host.acts == []


def test_another_of_our_outputs_is_named_and_nothing_is_touched(host: MemoryHost, master: Path, tmp_path: Path) -> None:
    correction = a_book(tmp_path / "outputs" / "退改单" / "2024Q1" / "某市_退改单.xlsx")
    host.put(correction)
    with pytest.raises(PlanbookError) as refused, released(host, Held((master,), (correction.parent,))):
        pytest.fail("the work must not begin")
    assert "某市_退改单.xlsx" in refused.value.message
    assert host.acts == []


def test_workbooks_that_have_nothing_to_do_with_it_stay_open(host: MemoryHost, master: Path, tmp_path: Path) -> None:
    other = a_book(tmp_path / "别的.xlsx")
    host.put(other)
    host.type(other.name, "任务台账", "A1", "没存的")
    with released(host, Held((master,), (tmp_path / "outputs" / "退改单",))):
        assert [book.name for book in host.open_books()] == ["别的.xlsx"]
    assert not host.books["别的.xlsx"].is_saved
    assert host.front == "别的.xlsx"


def test_a_file_that_is_gone_afterwards_is_said(host: MemoryHost, master: Path) -> None:
    with released(host, Held((master,))) as notes:
        master.unlink()
    assert len(notes) == 1
    assert master.name in notes[0]
