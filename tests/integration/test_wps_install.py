"""The command that installs the WPS add-in, in a temporary home: files, logon, the service, and all of it gone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from planbook.server.session import Session, read_session
from planbook.server.wps_addin import FOLDER


class Home:
    """A user's home; commands in it see no other."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.session_file = root / "planbook" / "service.json"
        self.environment = {**os.environ, "HOME": str(root), "PLANBOOK_USER_FOLDER": str(root / "planbook")}
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            self.environment.pop(name, None)

    def planbook(self, *arguments: str) -> list[str]:
        """Run a command and return what it told."""
        command = [sys.executable, "-m", "planbook", "--json", *arguments]
        run = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)
        assert run.returncode == 0, run.stderr
        told: list[str] = json.loads(run.stdout)["told"]
        return told

    def session(self, *, other_than: int = 0, timeout_s: float = 60) -> Session:
        """Return the running service, once one runs whose process is another."""
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            found = read_session(self.session_file)
            if found and found.pid != other_than and psutil.pid_exists(found.pid):
                return found
            time.sleep(0.1)
        message = "no service came up"
        raise AssertionError(message)

    def end_service(self) -> None:
        """End the service and whoever keeps it running."""
        found = read_session(self.session_file)
        if found is None or not psutil.pid_exists(found.pid):
            return
        service = psutil.Process(found.pid)
        keeper = service.parent()
        if keeper and "--keep" in keeper.cmdline():
            keeper.kill()
        service.terminate()
        service.wait(timeout=30)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path / "家")
    made.root.mkdir()
    yield made
    made.end_service()


def test_installed_started_and_removed(home: Home) -> None:
    addins = home.root / ".local" / "share" / "Kingsoft" / "wps" / "jsaddons"
    told = home.planbook("addin", "install", "--host", "wps")
    assert any("允许" in sentence for sentence in told)
    assert str(home.session_file) in (addins / FOLDER / "js" / "config.js").read_text(encoding="utf-8")
    first = home.session()
    home.planbook("addin", "install", "--host", "wps")
    assert home.session().pid == first.pid
    entries = [path.name for path in (home.root / ".config").rglob("planbook.*")]
    assert entries in (["planbook.desktop"], ["planbook.service", "planbook.service"])
    home.planbook("addin", "uninstall", "--host", "wps")
    assert [path.name for path in (home.root / ".config").rglob("planbook.*")] == []
    assert [path.name for path in addins.iterdir()] == ["publish.xml"]


def test_a_service_that_crashes_comes_back(home: Home) -> None:
    home.planbook("addin", "install", "--host", "wps")
    first = home.session()
    os.kill(first.pid, signal.SIGKILL)
    second = home.session(other_than=first.pid)
    assert second.token != first.token
