"""How long a click in Excel takes beside the work itself: without the resident service, with it, and handed over to it.

    python -m benchmarks.bench_excel_click [TIMES]

Limits: 1.5 s without, 0.4 s with; the same 0.4 s where macros can only start a command (a Mac) that hands the click
over. Excel is the tests' stand-in, so its own answers cost nothing; what it costs to be
there is measured apart and taken off, as is the work of the button (体检).
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measuring import Row, report
from planbook.actions.make_workspace import make_workspace
from planbook.workspace.known_workspaces import KnownWorkspaces

STAND_IN = Path(__file__).with_name("excel_stand_in.py")
BUTTON = "planbookDoctor"
LIMITS_S = {"without the service": 1.5, "with the service": 0.4, "handed over to it": 0.4}


def without_service(environment: dict[str, str]) -> tuple[float, float]:
    """Return seconds by the clock, and of the processor, which a busy machine does not change."""
    command = [sys.executable, "-P", str(STAND_IN), "click", BUTTON]
    started = time.perf_counter()
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    took = time.perf_counter() - started
    costs = json.loads(run.stdout.splitlines()[-1])
    return took - costs["work"] - costs["stand_in"], costs["cpu"]


def post(session: dict[str, Any]) -> None:
    headers = {"Content-Type": "application/json", "X-Planbook-Token": session["token"]}
    body = json.dumps({"button": BUTTON, "hwnd": 7, "instance": "7"})
    connection = http.client.HTTPConnection("127.0.0.1", session["port"], timeout=30)
    connection.request("POST", "/excel/click", body, headers)
    assert connection.getresponse().status == 202
    connection.close()


def start(environment: dict[str, str]) -> None:
    """Press the button as a Mac does: by a command."""
    click = ["excel-click", f"--button={BUTTON}", "--hwnd=7"]
    subprocess.run([sys.executable, "-P", "-m", "planbook", *click], env=environment, check=True)


def with_service(environment: dict[str, str], home: Path, times: int, *, by_command: bool) -> list[float]:
    command = [sys.executable, "-P", str(STAND_IN), "serve"]
    took = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        try:
            while not (home / "service.json").exists():
                time.sleep(0.05)
            session = json.loads((home / "service.json").read_text(encoding="ascii"))
            for _ in range(times + 1):
                time.sleep(0.2)  # the one before is told a moment before it is let go of
                started = time.perf_counter()
                if by_command:
                    start(environment)
                else:
                    post(session)
                costs = json.loads(service.stdout.readline())
                took.append(time.perf_counter() - started - costs["work"])
        finally:
            service.terminate()
    return took[1:]  # the first click after logon loads what the later ones find


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "user"
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PLANBOOK_USER_FOLDER"] = str(home)
        KnownWorkspaces(home / "workspaces.json").remember(make_workspace(Path(folder) / "w", office="x", contact=""))
        without_service(environment)  # compiles what has to be compiled
        cold = [without_service(environment) for _ in range(times)]
        taken = {
            "without the service": [clock for clock, _ in cold],
            "with the service": with_service(environment, home, times, by_command=False),
            "handed over to it": with_service(environment, home, times, by_command=True),
        }
    processor = {"without the service": statistics.median(used for _, used in cold)}
    rows = []
    for how, seconds in taken.items():
        middle = statistics.median(seconds)
        verdict = "" if middle <= LIMITS_S[how] else ", TOO SLOW"
        name = f"click {how}, worst of {len(seconds)}: {max(seconds):.2f} s"
        rows.append(
            Row(name, middle, processor.get(how), None, middle / LIMITS_S[how], f"limit {LIMITS_S[how]} s{verdict}")
        )
    report("a click in Excel", rows)


if __name__ == "__main__":
    main()
