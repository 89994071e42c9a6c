"""A click handed over to the running service by the command that the add-in starts."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from planbook.cli.click_handover import hand_over
from planbook.excel.arguments import encode_argument
from tests.support.click_recorder import recording_service, write_session

HOSTILE_BOOK: Final = '/tmp/台 账/"甲" 100%PATH%=a&b\r\nX-Evil: 1 𠮷.xlsx'  # noqa: S108 (only a name)
CLICK: Final = ("--button=planbookConsolidate", f"--book={encode_argument(HOSTILE_BOOK)}", "--hwnd=4660", "--sheet=")


@pytest.fixture
def service() -> Iterator[Any]:
    with recording_service() as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANBOOK_USER_FOLDER", str(tmp_path))
    return tmp_path


def test_the_service_gets_the_click_intact(home: Path, service: Any) -> None:
    write_session(home, service.server_port)
    assert hand_over(CLICK)
    ((path, headers, click),) = service.requests
    assert path == "/excel/click"
    assert headers["Host"] == f"127.0.0.1:{service.server_port}"
    assert headers["X-Planbook-Token"] == "t0ken"
    assert "X-Evil" not in headers
    assert click == {
        "button": "planbookConsolidate",
        "book": HOSTILE_BOOK,
        "hwnd": 4660,
        "instance": "4660",
        "sheet": "",
        "selection": "",
    }


@pytest.mark.parametrize("status", [401, 409, 500])
def test_a_service_that_does_not_take_it_leaves_it_to_the_command(home: Path, service: Any, status: int) -> None:
    service.status = status
    write_session(home, service.server_port)
    assert not hand_over(CLICK)


def test_what_is_no_running_service_of_this_version_is_not_asked(home: Path, service: Any) -> None:
    assert not hand_over(CLICK)
    for other in ({"heartbeat": int(time.time()) - 60}, {"version": "0.0.9"}, {"token": None, "heartbeat": "x"}):
        write_session(home, service.server_port, **other)
        assert not hand_over(CLICK)
    (home / "service.json").write_text("{", encoding="ascii")
    assert not hand_over(CLICK)
    assert service.requests == []


def test_a_service_that_died_a_moment_ago_leaves_it_to_the_command(home: Path, service: Any) -> None:
    service.shutdown()
    service.server_close()
    write_session(home, service.server_port)
    assert not hand_over(CLICK)


@pytest.mark.parametrize("arguments", [("--button",), ("--other=x",), ("--button=~00",), ("planbookDoctor",)])
def test_arguments_that_no_macro_writes_are_left_to_the_command(
    home: Path, service: Any, arguments: tuple[str, ...]
) -> None:
    write_session(home, service.server_port)
    assert not hand_over(arguments)
    assert service.requests == []


def test_handing_over_imports_next_to_nothing() -> None:
    script = "import json, sys, planbook.cli.click_handover; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, check=True)
    modules = set(json.loads(done.stdout))
    assert not modules.intersection(("click", "http.client", "email", "xlwings", "dataclasses", "planbook.cli.root"))


def test_the_started_command_goes_through_the_service(home: Path, service: Any) -> None:
    write_session(home, service.server_port)
    command = [sys.executable, "-P", "-m", "planbook", "excel-click", *CLICK]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [click["book"] for _, _, click in service.requests] == [HOSTILE_BOOK]
