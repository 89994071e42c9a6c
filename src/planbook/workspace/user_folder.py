"""The user's own folder of planbook: what belongs to a person at a computer and to no workspace."""

import os
import sys
from pathlib import Path
from typing import Final

OVERRIDE: Final = "PLANBOOK_USER_FOLDER"
SESSION_NAME: Final = "service.json"
STALE_S: Final = 15.0
"""A session file older than this was left behind; five missed beats are no death: laptops wake up, scanners look."""


def user_folder() -> Path:
    r"""Return the folder, not made yet: of this user, on this computer, read by the add-ins too.

    The add-ins compute the same path in their own languages (VBA, JavaScript), so it must stay simple:
    `%LOCALAPPDATA%\planbook`, `~/Library/Group Containers/UBF8T346G9.Office/planbook` on a Mac (the one place
    that Excel's sandbox reads without asking), `~/.local/share/planbook` elsewhere.
    """
    override = os.environ.get(OVERRIDE)
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "planbook"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Group Containers" / "UBF8T346G9.Office" / "planbook"
    return Path.home() / ".local" / "share" / "planbook"


def session_file() -> Path:
    """Return where the running service says its port and token; its time of change is its heartbeat."""
    return user_folder() / SESSION_NAME
