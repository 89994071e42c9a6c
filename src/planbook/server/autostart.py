"""Starting the service at logon: Windows' Run key, a Mac's launch agent, XDG autostart, a systemd unit; a menu."""

import os
import plistlib
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from planbook import __version__
from planbook.model.errors import PlanbookError
from planbook.server.session import read_session
from planbook.workspace.replacing import replace_file, unwritable

RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
RUN_NAME: Final = "planbook"
_UNIT: Final = "planbook.service"
_ENTRY: Final = "planbook.desktop"
_AGENT: Final = "org.planbook.service"


class RunRegistry(Protocol):
    """The values of HKCU's Run key."""

    def read(self, name: str) -> str | None:
        """Return a value, None where there is none."""

    def write(self, name: str, value: str) -> None:
        """Set a value."""

    def remove(self, name: str) -> None:
        """Remove a value; one that is not there is no error."""


class WindowsRunRegistry:
    """The Run key of this Windows user."""

    def read(self, name: str) -> str | None:
        """Return a value, None where there is none."""
        if sys.platform != "win32":
            return None
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                return str(winreg.QueryValueEx(key, name)[0])
        except OSError:
            return None

    def write(self, name: str, value: str) -> None:
        """Set a value."""
        if sys.platform == "win32":
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

    def remove(self, name: str) -> None:
        """Remove a value; one that is not there is no error."""
        if sys.platform == "win32":
            import winreg

            with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY, 0, winreg.KEY_SET_VALUE) as key:
                winreg.DeleteValue(key, name)


@dataclass(frozen=True, slots=True)
class LogonPlaces:
    """Where things are started from, for one user.

    Attributes:
        platform: As `sys.platform` names it.
        interpreter: The Python that planbook is installed in.
        configuration: XDG's folder of settings.
        applications: The folder of menu entries: XDG's, or Windows' start menu.
        has_systemd: Whether systemd runs the user's session.
        agents: The folder of a Mac's launch agents.
    """

    platform: str
    interpreter: Path
    configuration: Path
    applications: Path
    has_systemd: bool
    agents: Path

    @property
    def agent(self) -> Path:
        """A Mac's launch agent."""
        return self.agents / f"{_AGENT}.plist"

    @property
    def unit(self) -> Path:
        """The systemd user unit."""
        return self.configuration / "systemd" / "user" / _UNIT

    @property
    def wanted(self) -> Path:
        """The link that has systemd start the unit at logon."""
        return self.configuration / "systemd" / "user" / "default.target.wants" / _UNIT

    @property
    def autostart(self) -> Path:
        """The XDG autostart entry."""
        return self.configuration / "autostart" / _ENTRY

    @property
    def menu(self) -> Path:
        """The entry in the desk's menu."""
        return self.applications / ("责任台账.lnk" if self.platform == "win32" else _ENTRY)

    def command(self, *options: str) -> tuple[str, ...]:
        """Return the command that runs the service."""
        return (str(self.interpreter), "-P", "-m", "planbook", "serve", *options)


def logon_places(
    *,
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    home: Path | None = None,
    executable: str = sys.executable,
    systemd: Path = Path("/run/systemd/system"),
) -> LogonPlaces:
    """Return the places on this system."""
    base = home or Path.home()
    interpreter = Path(executable)
    if platform == "win32":
        windowless = interpreter.with_name("pythonw.exe")
        interpreter = windowless if windowless.exists() else interpreter
    configuration = Path(environment.get("XDG_CONFIG_HOME") or base / ".config")
    applications = Path(environment.get("XDG_DATA_HOME") or base / ".local" / "share") / "applications"
    if platform == "win32":
        roaming = Path(environment.get("APPDATA") or base / "AppData" / "Roaming")
        applications = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    has_systemd = platform.startswith("linux") and systemd.is_dir()
    agents = base / "Library" / "LaunchAgents"
    return LogonPlaces(platform, interpreter, configuration, applications, has_systemd, agents)


def write_shortcut(path: Path, command: Sequence[str]) -> None:
    """Write a Windows shortcut; nothing but Windows itself can.

    Raises:
        OSError: It cannot.
    """
    values = {"LINK": str(path), "TARGET": command[0], "ARGUMENTS": subprocess.list2cmdline(command[1:])}
    script = (
        "$s = (New-Object -ComObject WScript.Shell).CreateShortcut($env:PLANBOOK_LINK);"
        "$s.TargetPath = $env:PLANBOOK_TARGET; $s.Arguments = $env:PLANBOOK_ARGUMENTS; $s.Save()"
    )
    environment = {**os.environ, **{f"PLANBOOK_{name}": value for name, value in values.items()}}
    shell = ["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", script]
    try:
        subprocess.run(shell, env=environment, capture_output=True, timeout=60, check=True)  # noqa: S603 (our own text)
    except subprocess.SubprocessError as error:
        raise OSError(*error.args) from error


def install_autostart(
    places: LogonPlaces, registry: RunRegistry, shortcut: Callable[[Path, Sequence[str]], None] = write_shortcut
) -> tuple[str, ...]:
    """Have the service start at logon and begin again after a crash; return what to tell the clerk.

    Doing it again changes nothing.

    Raises:
        PlanbookError: Something cannot be written.
    """
    if places.platform == "win32":
        value = subprocess.list2cmdline(places.command("--keep"))
        if registry.read(RUN_NAME) != value:
            try:
                registry.write(RUN_NAME, value)
            except OSError as error:
                message = "写不了登录启动项（注册表 Run），请联系信息中心放行，或每天运行 planbook serve。"
                raise PlanbookError(message) from error
        told = "登录后自动启动本机服务：已设好（注册表 Run）。"
        try:
            places.menu.parent.mkdir(parents=True, exist_ok=True)
            shortcut(places.menu, places.command("--open", "--keep"))
        except OSError:
            return (told, "开始菜单里的“责任台账”没有建成；打开页面请运行 planbook serve --open。")
        return (told,)
    if places.platform == "darwin":
        _put(places.agent, _agent_text(places.command("--keep")))
        return (f"登录后自动启动本机服务：已设好（{places.agent}）。",)
    _put(places.menu, _desktop_entry(places.command("--open", "--keep"), in_menu=True))
    if places.has_systemd:
        _put(places.unit, _unit_text(places.command()))
        try:
            places.wanted.parent.mkdir(parents=True, exist_ok=True)
            if not places.wanted.is_symlink():
                places.wanted.symlink_to(places.unit)
        except OSError as error:
            raise unwritable(places.wanted, error) from error
        _remove(places.autostart)
        return (f"登录后自动启动本机服务：已设好（{places.unit}）。",)
    _put(places.autostart, _desktop_entry(places.command("--keep"), in_menu=False))
    return (f"登录后自动启动本机服务：已设好（{places.autostart}）。",)


def uninstall_autostart(places: LogonPlaces, registry: RunRegistry) -> None:
    """Take back what `install_autostart` did."""
    if places.platform == "win32":
        registry.remove(RUN_NAME)
        _remove(places.menu)
        return
    if places.platform == "darwin":
        _remove(places.agent)
        return
    for path in (places.wanted, places.unit, places.autostart, places.menu):
        _remove(path)


def start_now(places: LogonPlaces, session_file: Path) -> None:
    """Start the service at once, apart from this process, unless one of this version runs already.

    One of another version is ended first; jobs that it began go on to their end.
    """
    session = read_session(session_file)
    if session and session.is_alive(time.time()):
        if session.version == __version__:
            return
        _end_service(session.pid)
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    with suppress(OSError):  # it will start at the next logon
        subprocess.Popen(  # noqa: S603 (planbook itself)
            places.command("--keep"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
            creationflags=flags,
        )


def _end_service(pid: int) -> None:
    """End a service by its number, if that still is one."""
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if {"planbook", "serve"} <= set(process.cmdline()):
            process.terminate()
            process.wait(timeout=15)


def _put(path: Path, text: str) -> None:
    content = text.encode()
    if not path.is_file() or path.read_bytes() != content:
        replace_file(path, content)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _desktop_entry(command: Sequence[str], *, in_menu: bool) -> str:
    # Exec has quoting rules of its own: double quotes, a backslash before some letters, and % doubled.
    quoted = " ".join(_for_desktop(part) for part in command)
    shown = "Categories=Office;\n" if in_menu else "NoDisplay=true\nX-GNOME-Autostart-enabled=true\n"
    head = "[Desktop Entry]\nType=Application\nName=责任台账\nComment=行动计划责任台账\nTerminal=false\n"
    return f"{head}Exec={quoted}\n{shown}"


def _for_desktop(part: str) -> str:
    escaped = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in part).replace("%", "%%")
    return f'"{escaped}"' if escaped != part or " " in part else part


def _agent_text(command: Sequence[str]) -> str:
    # A job that has begun goes on to its end when the service stops; `--keep` starts it anew after a crash.
    agent = {"Label": _AGENT, "ProgramArguments": list(command), "RunAtLoad": True, "AbandonProcessGroup": True}
    return plistlib.dumps(agent).decode()


def _unit_text(command: Sequence[str]) -> str:
    start = shlex.join(command).replace("%", "%%").replace("$", "$$")
    return (
        "[Unit]\nDescription=planbook 责任台账本机服务\n\n"
        f"[Service]\nExecStart={start}\nRestart=on-failure\nRestartSec=2\n"
        # A job that has begun goes on to its end when the service stops.
        "KillMode=process\n\n"
        "[Install]\nWantedBy=default.target\n"
    )
