"""The built add-in in LibreOffice: it opens, answers, and a button really starts planbook."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

import pytest

from planbook import __version__
from planbook.excel.arguments import decode_argument, encode_argument
from planbook.excel.build_addin import ADDIN
from tests.support.click_recorder import recording_service, write_session
from tests.support.macros import run_macros

HOSTILE_BOOK: Final = "/tmp/台 账/\"甲\" 'b' 100%PATH%=a&b|c$(x)`y`/𠮷 报表=1 %HOME%.xlsx"  # noqa: S108 (only a name)
RECORDER: Final = """#!{python}
import json, sys
from pathlib import Path
Path({target!r}).with_suffix(".part").write_text(json.dumps(sys.argv[1:]), encoding="utf-8")
Path({target!r}).with_suffix(".part").rename({target!r})
"""

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]


def write_interpreter(user_folder: Path, interpreter: Path) -> None:
    user_folder.mkdir(parents=True, exist_ok=True)
    text = f"version={__version__}\ninterpreter={encode_argument(str(interpreter))}\n"
    (user_folder / "excel-addin.txt").write_text(text, encoding="ascii")


def wait_for(path: Path) -> str:
    for _ in range(200):
        if path.exists():
            return path.read_text(encoding="utf-8")
        time.sleep(0.05)
    pytest.fail(f"nothing wrote {path}")


def test_a_button_starts_planbook_and_a_hostile_path_arrives_intact(tmp_path: Path) -> None:
    target = tmp_path / "arguments.json"
    interpreter = tmp_path / "解释器 100%HOME%=x" / "python 3"
    interpreter.parent.mkdir()
    interpreter.write_text(RECORDER.format(python=sys.executable, target=str(target)), encoding="utf-8")
    interpreter.chmod(0o755)
    user_folder = tmp_path / "用户 文件夹"
    write_interpreter(user_folder, interpreter)
    canary, _, encoded = run_macros(
        ADDIN,
        [
            ("PlanbookRibbon.PlanbookCanary",),
            ("PlanbookClick.ClickButtonIn", "planbookConsolidate", HOSTILE_BOOK, "任务台账", "$B$5"),
            ("PlanbookText.EncodeText", HOSTILE_BOOK),
        ],
        user_folder=user_folder,
    )
    assert canary == f"planbook {__version__}"
    assert encoded == encode_argument(HOSTILE_BOOK)
    assert json.loads(wait_for(target))[:4] == ["-P", "-m", "planbook", "excel-click"]
    given = dict(one.removeprefix("--").split("=", 1) for one in json.loads(wait_for(target))[4:])
    assert {name: decode_argument(value) for name, value in given.items()} == {
        "button": "planbookConsolidate",
        "book": HOSTILE_BOOK,
        "hwnd": "0",
        "sheet": "任务台账",
        "selection": "$B$5",
    }


def test_a_button_reaches_the_running_service_where_macros_can_only_start_programs(tmp_path: Path) -> None:
    write_interpreter(tmp_path, Path(sys.executable))
    stop = threading.Event()
    with recording_service() as service:

        def beat() -> None:
            while not stop.wait(1):
                write_session(tmp_path, service.server_port)

        write_session(tmp_path, service.server_port)
        heart = threading.Thread(target=beat)
        heart.start()
        press = ("PlanbookClick.ClickButtonIn", "planbookConsolidate", HOSTILE_BOOK, "任务台账", "$B$5")
        run_macros(ADDIN, [press], user_folder=tmp_path)
        end = time.monotonic() + 60
        while not service.requests and time.monotonic() < end:
            time.sleep(0.05)
        stop.set()
        heart.join()
    ((path, _, click),) = service.requests
    assert path == "/excel/click"
    assert (click["button"], click["book"], click["sheet"]) == ("planbookConsolidate", HOSTILE_BOOK, "任务台账")


def test_what_is_missing_is_said_in_chinese(tmp_path: Path) -> None:
    start = ("PlanbookShell.StartPlanbook", "x")
    (not_installed,) = run_macros(ADDIN, [start], user_folder=tmp_path)
    assert "planbook addin install --host excel" in str(not_installed)
    assert str(tmp_path / "excel-addin.txt") in str(not_installed)
    write_interpreter(tmp_path, tmp_path / "没有的 python")
    (no_interpreter,) = run_macros(ADDIN, [start], user_folder=tmp_path)
    assert str(tmp_path / "没有的 python") in str(no_interpreter)


def test_a_package_beside_the_workbook_is_not_taken_for_planbook(tmp_path: Path) -> None:
    (tmp_path / "planbook.py").write_text("raise SystemExit('hostile')", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-P", "-m", "planbook", "--version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert run.stdout.strip() == f"planbook {__version__}"
