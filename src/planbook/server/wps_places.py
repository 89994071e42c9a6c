"""Where WPS keeps add-ins on each system, and where an IT department's settings would stand."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LINUX_ROOTS: Final = (
    "/opt/kingsoft/wps-office",
    "/opt/apps/cn.wps.wps-office-pro/files/kingsoft/wps-office",  # UOS
    "/opt/apps/cn.wps.wps-office/files/kingsoft/wps-office",
)


@dataclass(frozen=True, slots=True)
class WpsPlaces:
    """The places of one user.

    Attributes:
        addins: The user's folder of JS add-ins.
        program: Where WPS is installed, None where it was not found.
    """

    addins: Path
    program: Path | None = None

    @property
    def register(self) -> Path:
        """publish.xml: the add-ins that this user installed, of every vendor."""
        return self.addins / "publish.xml"

    @property
    def enterprise_register(self) -> Path:
        """jsplugins.xml: the add-ins that the IT department rolled out."""
        return self.addins / "jsplugins.xml"

    @property
    def trust(self) -> Path:
        """authaddin.json: what the user allowed; WPS alone writes it."""
        return self.addins / "authaddin.json"

    @property
    def policy(self) -> Path | None:
        """oem.ini of the installed WPS, where the IT department's way is written."""
        return self.program / "office6" / "cfgs" / "oem.ini" if self.program else None


def wps_places(
    *,
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    home: Path | None = None,
    root: Path = Path("/"),
) -> WpsPlaces:
    """Return the places on this system; `root` is where its file system begins."""
    base = home or Path.home()
    if platform == "win32":
        roaming = Path(environment.get("APPDATA") or base / "AppData" / "Roaming")
        local = Path(environment.get("LOCALAPPDATA") or base / "AppData" / "Local")
        versions = sorted((local / "Kingsoft" / "WPS Office").glob("*/office6"))
        program = versions[-1].parent if versions else None
        return WpsPlaces(roaming / "kingsoft" / "wps" / "jsaddons", program)
    found = next((place for each in _LINUX_ROOTS if (place := root / each.lstrip("/")).is_dir()), None)
    return WpsPlaces(base / ".local" / "share" / "Kingsoft" / "wps" / "jsaddons", found)
