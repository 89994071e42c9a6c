"""Reads what Windows' registry says of Excel: who answers for it, and what policy forbids."""

import sys
from typing import Protocol


class Registry(Protocol):
    """Values by key and name, a key beginning with its hive: HKCU, HKLM, HKCR; None where there is none."""

    def read(self, key: str, name: str = "") -> str | int | bytes | None:
        """Return a value, the key's own where `name` is empty."""

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names of a key's values."""


class WindowsRegistry:
    """The registry of this computer; empty elsewhere."""

    def read(self, key: str, name: str = "") -> str | int | bytes | None:
        """Return a value, the key's own where `name` is empty."""
        if sys.platform != "win32":
            return None
        import winreg

        try:
            with winreg.OpenKey(*_opened(key)) as opened:
                value: str | int | bytes | None = winreg.QueryValueEx(opened, name)[0]
                return value
        except OSError:
            return None

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names of a key's values."""
        if sys.platform != "win32":
            return ()
        import winreg

        try:
            with winreg.OpenKey(*_opened(key)) as opened:
                return tuple(winreg.EnumValue(opened, place)[0] for place in range(winreg.QueryInfoKey(opened)[1]))
        except OSError:
            return ()


def _opened(key: str) -> tuple[int, str]:
    import winreg

    hive, _, path = key.partition("\\")
    roots = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE", "HKCR": "HKEY_CLASSES_ROOT"}
    root: int = getattr(winreg, roots[hive])
    return root, path
