"""The office programs that planbook has an add-in for; each front plugs its own in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from planbook.actions.examine import Check

Told: TypeAlias = tuple[str, ...]
"""Sentences for the clerk."""


@dataclass(frozen=True, slots=True)
class AddinHost:
    """An office program.

    Attributes:
        label: Its name in sentences.
        build: Builds the add-in from the source tree and returns where it stands.
        install: Installs or upgrades it for this user.
        uninstall: Removes it.
        check: The preconditions, for doctor; no fault where it is not installed.
    """

    label: str
    build: Callable[[], Path]
    install: Callable[[], Told]
    uninstall: Callable[[], Told]
    check: Callable[[], "tuple[Check, ...]"]


def _build_excel() -> Path:
    from planbook.excel.build_addin import write_addin

    return write_addin()


def _install_excel() -> Told:
    from planbook.excel.addin_places import addin_places
    from planbook.excel.installing import install_addin

    return (*install_addin(addin_places()), *_start_at_logon())


def _uninstall_excel() -> Told:
    from planbook.excel.addin_places import addin_places
    from planbook.excel.installing import uninstall_addin

    told = uninstall_addin(addin_places())
    _start_no_more()
    return told


def _check_excel() -> "tuple[Check, ...]":
    from planbook.excel.addin_checks import check_addin
    from planbook.excel.addin_places import addin_places
    from planbook.excel.windows_registry import WindowsRegistry

    return check_addin(addin_places(), WindowsRegistry())


def _build_wps() -> Path:
    from planbook.server.wps_addin import pack_for_it

    return pack_for_it(Path.cwd() / "planbook-wps")


def _install_wps() -> Told:
    from planbook.server.wps_addin import addin_files
    from planbook.server.wps_installing import install_addin
    from planbook.server.wps_places import wps_places
    from planbook.workspace.user_folder import session_file

    return (*install_addin(wps_places(), addin_files(session_file())), *_start_at_logon())


def _uninstall_wps() -> Told:
    from planbook.server.wps_installing import uninstall_addin
    from planbook.server.wps_places import wps_places

    told = uninstall_addin(wps_places())
    _start_no_more()
    return told


def _check_wps() -> "tuple[Check, ...]":
    from planbook.server.wps_checks import check_addin
    from planbook.server.wps_places import wps_places
    from planbook.workspace.user_folder import session_file

    return check_addin(wps_places(), session_file())


def _start_at_logon() -> Told:
    """Have the service start at logon and now: WPS cannot start it, and Excel's clicks are quicker with it."""
    from planbook.server.autostart import WindowsRunRegistry, install_autostart, logon_places, start_now
    from planbook.workspace.user_folder import session_file

    places = logon_places()
    told = install_autostart(places, WindowsRunRegistry())
    start_now(places, session_file())
    return told


def _start_no_more() -> None:
    """Call the start at logon off once no add-in is left that uses the service."""
    from planbook.excel.addin_places import addin_places
    from planbook.excel.installing import installed_version as excel_version
    from planbook.server.autostart import WindowsRunRegistry, logon_places, uninstall_autostart
    from planbook.server.wps_installing import installed_version as wps_version
    from planbook.server.wps_places import wps_places

    if excel_version(addin_places()) is None and wps_version(wps_places()) is None:
        uninstall_autostart(logon_places(), WindowsRunRegistry())


ADDIN_HOSTS: Final[Mapping[str, AddinHost]] = MappingProxyType(
    {
        "excel": AddinHost("Excel", _build_excel, _install_excel, _uninstall_excel, _check_excel),
        "wps": AddinHost("WPS", _build_wps, _install_wps, _uninstall_wps, _check_wps),
    }
)
