"""Where the add-in and its settings belong on each system."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planbook.workspace.user_folder import user_folder

ADDIN_NAME: Final = "planbook.xlam"
SETTINGS_NAME: Final = "excel-addin.txt"
SCRIPT_NAME: Final = "planbook.applescript"


@dataclass(frozen=True, slots=True)
class AddinPlaces:
    """The places of one user.

    Attributes:
        startup: Folder whose add-ins Excel opens at each start; trusted by default.
        settings: What the macros read: which Python to start.
        interpreter: That Python.
        script: The AppleScript that starts it on a Mac, else None.
    """

    startup: Path
    settings: Path
    interpreter: Path
    script: Path | None = None

    @property
    def addin(self) -> Path:
        """The add-in's file."""
        return self.startup / ADDIN_NAME


def addin_places(
    *,
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    home: Path | None = None,
    executable: str = sys.executable,
) -> AddinPlaces:
    """Return the places on this system; on Linux, which has no Excel, those beneath the user's folder of planbook."""
    base = home or Path.home()
    settings = user_folder() / SETTINGS_NAME
    interpreter = Path(executable)
    if platform == "win32":
        roaming = Path(environment.get("APPDATA") or base / "AppData" / "Roaming")
        windowless = interpreter.with_name("pythonw.exe")
        return AddinPlaces(
            roaming / "Microsoft" / "Excel" / "XLSTART", settings, windowless if windowless.exists() else interpreter
        )
    if platform == "darwin":
        library = base / "Library"
        content = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
        scripts = library / "Application Scripts" / "com.microsoft.Excel"
        return AddinPlaces(content / "Startup.localized" / "Excel", settings, interpreter, script=scripts / SCRIPT_NAME)
    return AddinPlaces(user_folder() / "XLSTART", settings, interpreter)
