"""A clerk's afternoon in Excel: the ledger stays open, notes are typed into it, and the one button is clicked."""

import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import openpyxl
import pytest

from planbook.excel.addin_places import addin_places
from planbook.excel.click import Click
from planbook.excel.installing import install_addin
from planbook.excel.native import WindowsNative
from planbook.excel.receiving import handle_click, log_file
from planbook.excel.xlwings_host import XlwingsHost, attach_to_excel
from planbook.workspace.folder import open_workspace
from planbook.workspace.known_workspaces import known_workspaces
from tests.integration.conftest import Office, issued_office, office_copy
from tests.support.excel_engine import FakeApp, FakeBook, FakeSheet, running_excels
from tests.support.filling import columns_of
from tests.support.returns import filled_form
from tests.support.service import running_service

NOW: Final = datetime(2024, 4, 8, 1, tzinfo=UTC)
TODAY: Final = date(2024, 4, 8)
HWND: Final = 4660
NOTE: Final = "=请某市 3 日内说明原因"  # a clerk may begin with any sign: it stays text


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANBOOK_USER_FOLDER", str(tmp_path / "用户"))
    return tmp_path / "用户"


@pytest.fixture
def excel() -> Iterator[FakeApp]:
    with running_excels(11, HWND) as (_, mine):
        yield mine


@pytest.fixture(scope="module")
def _consolidated_once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = issued_office(tmp_path_factory.mktemp("office"))
    first = next(iter(office.forms.values()))
    office.inbox.mkdir(parents=True, exist_ok=True)
    (office.inbox / "第一份.xlsx").write_bytes(filled_form(first))
    office.consolidate()
    return office


@pytest.fixture
def office(_consolidated_once: Office, tmp_path: Path, home: Path) -> Office:
    """An office that has taken in its first agency's return."""
    copy = office_copy(_consolidated_once, tmp_path / "台账")
    known_workspaces().remember(open_workspace(copy.root))
    return copy


@pytest.fixture
def master(office: Office) -> Path:
    return office.root / "outputs" / "2024Q1_总台账.xlsx"


def click(button: str) -> bool:
    return handle_click(Click(button, hwnd=HWND), attach_to_excel, now=NOW, today=TODAY)


def opened(excel: FakeApp, path: Path) -> FakeBook:
    return next(book for book in excel.books_ if book.path == path)


def task_sheet(book: FakeBook) -> FakeSheet:
    return next(sheet for sheet in book.sheets_ if sheet.name == "任务台账")


def drop_in_returns(office: Office, count: int) -> list[str]:
    agencies = list(office.forms)[1 : count + 1]
    for agency in agencies:
        (office.inbox / f"{agency}.xlsx").write_bytes(filled_form(office.forms[agency], text=f"{agency}的进展"))
    return agencies


def test_a_clerks_afternoon(excel: FakeApp, office: Office, master: Path) -> None:
    excel.books.open(str(master))
    sheet = task_sheet(opened(excel, master))
    header, columns = columns_of(sheet.cells_, "任务编号")
    note = f"{columns['领导批示']}{header + 2}"
    code = sheet.cells_[f"{columns['任务编号']}{header + 2}"].value
    sheet.range(note).raw_value = NOTE
    sheet.cells_[note].data_type = "s"
    lights = [sheet.cells_[f"{columns['亮灯']}{row}"].value for row in range(header + 1, sheet.cells_.max_row + 1)]
    field = list(columns).index("亮灯") + 1
    sheet.api.AutoFilter.Range.AutoFilter(field, [f"={lights[1]}"], 7)
    sheet.activate()
    sheet.range(note).select()
    agencies = drop_in_returns(office, 3)

    assert click("planbookConsolidate"), excel.alerts

    reports = {agency for agency, _ in office.export()}
    assert set(agencies) <= reports
    assert excel.lost == []
    again = opened(excel, master)
    assert again.api.Saved
    assert again.front.name == "任务台账"
    after = task_sheet(again)
    header, columns = columns_of(after.cells_, "任务编号")
    row = next(row for row in range(header + 1, 99) if after.cells_[f"{columns['任务编号']}{row}"].value == code)
    assert after.cells_[f"{columns['领导批示']}{row}"].value == NOTE
    assert excel.selected is not None
    assert excel.selected.address == f"${columns['领导批示']}${row}"
    assert after.api.AutoFilter.Filters(field).Criteria1 == [f"={lights[1]}"]
    assert len(excel.alerts) == 1
    assert excel.alerts[0].startswith("新收 3 份")
    assert excel.statuses[-1] is False
    assert any("一键汇总 3/3" in str(status) for status in excel.statuses)


def test_a_correction_workbook_that_is_open_is_named_and_nothing_is_lost(
    excel: FakeApp, office: Office, master: Path
) -> None:
    correction = master.parent / "退改单" / "2024Q1" / "某市_退改单.xlsx"
    correction.parent.mkdir(parents=True, exist_ok=True)
    openpyxl.Workbook().save(correction)
    for path in (correction, master):
        excel.books.open(str(path))
    task_sheet(opened(excel, master)).range("Z9").raw_value = "没存的"
    before = master.read_bytes()
    agencies = drop_in_returns(office, 1)

    assert not click("planbookConsolidate")

    assert "某市_退改单.xlsx" in excel.alerts[0]
    assert str(log_file()) in excel.alerts[0]
    assert master.read_bytes() == before
    assert not opened(excel, master).api.Saved
    assert not set(agencies) & {agency for agency, _ in office.export()}


def test_another_excel_that_holds_the_ledger_is_said(excel: FakeApp, office: Office, master: Path) -> None:
    (master.parent / f"~${master.name}").write_bytes(b"")
    drop_in_returns(office, 1)
    assert not click("planbookConsolidate")
    assert master.name in excel.alerts[0]


def test_esc_stops_and_the_next_click_goes_on(excel: FakeApp, office: Office, master: Path) -> None:
    excel.books.open(str(master))
    agencies = drop_in_returns(office, 3)
    presses = iter([False, False, True])

    def attach(pressed: Click) -> XlwingsHost:
        host = attach_to_excel(pressed)
        return XlwingsHost(host._app, pressed, WindowsNative(), lambda: next(presses, False))

    assert not handle_click(Click("planbookConsolidate", hwnd=HWND), attach, now=NOW, today=TODAY)
    assert "已停下" in excel.alerts[0]
    assert opened(excel, master).api.Saved
    assert click("planbookConsolidate")
    assert set(agencies) <= {agency for agency, _ in office.export()}


def test_where_a_cell_came_from(excel: FakeApp, office: Office, master: Path) -> None:
    agencies = drop_in_returns(office, 2)
    excel.books.open(str(master))
    assert click("planbookConsolidate")
    sheet = next(one for one in opened(excel, master).sheets_ if one.name == "单位明细")
    header, columns = columns_of(sheet.cells_, "任务编号")
    row = next(
        row
        for row in range(header + 1, sheet.cells_.max_row + 1)
        if sheet.cells_[f"{columns['单位']}{row}"].value == agencies[1]
    )
    sheet.activate()
    sheet.range(f"{columns['本期进展情况']}{row}").select()

    assert click("planbookSource")

    assert excel.front is not None
    assert excel.front.name == f"{agencies[1]}.xlsx"
    assert excel.opened[-1] == (f"{agencies[1]}.xlsx", 3, False, True)  # macros off, no links, read-only
    assert excel.selected is not None
    assert excel.selected.raw_value == f"{agencies[1]}的进展"


def test_the_ledger_is_opened_where_it_was_not(excel: FakeApp, office: Office, master: Path) -> None:
    master.unlink()
    assert click("planbookLedger")
    assert [book.path for book in excel.books_] == [master]


def test_a_mac_hands_its_click_over_to_the_service(office: Office, home: Path, tmp_path: Path) -> None:
    """A Mac's macros can only start a command, by a script; the service takes the click all the same."""
    python = tmp_path / "py 三 $(x)" / "python 3"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    places = addin_places(platform="darwin", environment={}, home=tmp_path / "张三", executable=str(python))
    install_addin(places)
    assert places.script is not None
    script = places.script.read_text(encoding="utf-8")
    assert 'do shell script quoted form of interpreter & " -P -m planbook " & arguments' in script
    arguments = 'excel-click "--button=planbookDoctor" "--book=" "--hwnd=0" "--sheet=" "--selection="'
    line = f"{shlex.quote(str(python))} -P -m planbook {arguments}"  # what the script has the shell run
    with running_service(home, office.root):
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        wait_for_log("planbookDoctor")
    alone = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert alone.returncode == 2  # the service is gone: the command does it itself, and finds no Excel here
    assert "连不上 Excel" in alone.stderr


def wait_for_log(text: str) -> None:
    for _ in range(600):
        if log_file().exists() and text in log_file().read_text(encoding="utf-8"):
            return
        time.sleep(0.1)
    pytest.fail(f"the log says nothing of {text}")


def test_a_click_through_the_service(office: Office, home: Path) -> None:
    """Where no Excel can be reached, the service takes the click all the same and its log says why nothing came."""
    with running_service(home, office.root) as service:
        answer = service.ask("POST", "/excel/click", {"button": "planbookDoctor", "hwnd": 1, "instance": "1"})
        assert answer.status == 202
        wait_for_log("planbookDoctor")
        assert "连不上 Excel" in log_file().read_text(encoding="utf-8")
