"""Starting at logon: what stands where on each system, and that it goes again."""

import configparser
import plistlib
from pathlib import Path

import pytest

from planbook.server.autostart import RUN_NAME, LogonPlaces, install_autostart, logon_places, uninstall_autostart
from planbook.server.keeping import keep_running


class MemoryRegistry:
    """A Run key in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {"别家": "x.exe"}
        self.writes = 0

    def read(self, name: str) -> str | None:
        return self.values.get(name)

    def write(self, name: str, value: str) -> None:
        self.writes += 1
        self.values[name] = value

    def remove(self, name: str) -> None:
        self.values.pop(name, None)


def windows(home: Path) -> LogonPlaces:
    scripts = home / "Program Files" / "planbook"
    scripts.mkdir(parents=True)
    for name in ("python.exe", "pythonw.exe"):
        (scripts / name).touch()
    return logon_places(platform="win32", environment={}, home=home, executable=str(scripts / "python.exe"))


def linux(home: Path, *, systemd: bool, executable: str = "/opt/planbook/bin/python") -> LogonPlaces:
    home.mkdir(exist_ok=True)
    return logon_places(
        platform="linux", environment={}, home=home, executable=executable, systemd=home if systemd else home / "none"
    )


def test_windows_run_key(tmp_path: Path) -> None:
    places, registry = windows(tmp_path), MemoryRegistry()
    links: list[tuple[str, ...]] = []
    for _ in range(2):
        install_autostart(places, registry, lambda path, command: links.append((str(path), *command)))
    assert registry.writes == 1
    assert links[0][0].endswith("Start Menu/Programs/责任台账.lnk")
    assert links[0][-3:] == ("serve", "--open", "--keep")
    assert registry.values[RUN_NAME] == f'"{tmp_path}/Program Files/planbook/pythonw.exe" -P -m planbook serve --keep'
    uninstall_autostart(places, registry)
    assert registry.values == {"别家": "x.exe"}


def test_a_registry_that_refuses_is_said(tmp_path: Path) -> None:
    from planbook.model.errors import PlanbookError

    class Refusing(MemoryRegistry):
        def write(self, name: str, value: str) -> None:
            raise PermissionError(name, value)

    with pytest.raises(PlanbookError):
        install_autostart(windows(tmp_path), Refusing())


def test_without_a_shortcut_the_service_starts_all_the_same(tmp_path: Path) -> None:
    def refuse(path: Path, _command: object) -> None:
        raise OSError(path)

    registry = MemoryRegistry()
    told = install_autostart(windows(tmp_path), registry, refuse)
    assert "planbook serve --open" in told[1]
    assert RUN_NAME in registry.values


def test_a_macs_launch_agent(tmp_path: Path) -> None:
    python = '/Users/张三/py "3" & <x>/bin/python3'
    places = logon_places(platform="darwin", environment={}, home=tmp_path, executable=python)
    for _ in range(2):
        told = install_autostart(places, MemoryRegistry())
    assert places.agent == tmp_path / "Library" / "LaunchAgents" / "org.planbook.service.plist"
    assert str(places.agent) in told[0]
    agent = plistlib.loads(places.agent.read_bytes())
    assert agent["ProgramArguments"] == [python, "-P", "-m", "planbook", "serve", "--keep"]
    assert agent["RunAtLoad"]
    assert agent["AbandonProcessGroup"]  # jobs go on when it ends
    uninstall_autostart(places, MemoryRegistry())
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []


def test_systemd_starts_it_and_starts_it_again(tmp_path: Path) -> None:
    places, registry = linux(tmp_path / "家", systemd=True), MemoryRegistry()
    install_autostart(places, registry)
    install_autostart(places, registry)
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser's manual says
    unit.read(places.unit, encoding="utf-8")
    assert unit["Service"]["ExecStart"] == "/opt/planbook/bin/python -P -m planbook serve"
    assert (unit["Service"]["Restart"], unit["Service"]["KillMode"]) == ("on-failure", "process")
    assert places.wanted.resolve() == places.unit.resolve()
    assert not places.autostart.exists()
    uninstall_autostart(places, registry)
    assert [path for path in (tmp_path / "家").rglob("*") if not path.is_dir()] == []


@pytest.mark.parametrize(
    ("executable", "quoted"),
    [("/opt/planbook/bin/python", "/opt/planbook/bin/python"), ('/家 里/50%"$/python', '"/家 里/50%%\\"\\$/python"')],
)
def test_xdg_autostart_and_menu(tmp_path: Path, executable: str, quoted: str) -> None:
    places = linux(tmp_path, systemd=False, executable=executable)
    install_autostart(places, MemoryRegistry())
    entry = places.autostart.read_text(encoding="utf-8")
    assert f"Exec={quoted} -P -m planbook serve --keep\n" in entry
    assert "X-GNOME-Autostart-enabled=true" in entry
    assert "serve --open --keep\n" in places.menu.read_text(encoding="utf-8")
    uninstall_autostart(places, MemoryRegistry())
    assert not places.menu.exists()


def test_a_crash_is_followed_by_a_start_and_an_ending_by_none() -> None:
    codes = [1, -9, 1, 0]
    starts: list[object] = []
    pauses: list[float] = []
    now = iter([0.0, 1.0, 1.0, 2.0, 2.0, 100.0, 100.0])

    def run(options: object) -> int:
        starts.append(options)
        return codes.pop(0)

    assert keep_running(["--port=1"], first=["--open"], run=run, pause=pauses.append, clock=lambda: next(now)) == 0
    assert starts == [["--port=1", "--open"], ["--port=1"], ["--port=1"], ["--port=1"]]
    assert pauses == [1.0, 2.0, 1.0]  # the third had run for a while


@pytest.mark.parametrize("code", [0, 2, 130])
def test_what_ends_in_order_is_not_started_again(code: int) -> None:
    assert keep_running([], run=lambda _options: code, pause=pytest.fail) == code  # type: ignore[arg-type]  # never called
