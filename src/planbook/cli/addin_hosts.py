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

    return install_addin(addin_places())


def _uninstall_excel() -> Told:
    from planbook.excel.addin_places import addin_places
    from planbook.excel.installing import uninstall_addin

    return uninstall_addin(addin_places())


def _check_excel() -> "tuple[Check, ...]":
    from planbook.excel.addin_checks import check_addin
    from planbook.excel.addin_places import addin_places
    from planbook.excel.windows_registry import WindowsRegistry

    return check_addin(addin_places(), WindowsRegistry())


ADDIN_HOSTS: Final[Mapping[str, AddinHost]] = MappingProxyType(
    {"excel": AddinHost("Excel", _build_excel, _install_excel, _uninstall_excel, _check_excel)}
)
