"""Daily copies of the SQLite ledger, taken before the first write of a day and kept for two weeks."""

import os
import re
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

KEPT_DAYS: Final = 14
_NAME: Final = re.compile(r"planbook_(\d{4}-\d{2}-\d{2})\.db")


def back_up_daily(ledger: Path, folder: Path, today: date) -> Path | None:
    """Copy `ledger` into `folder` unless today's copy is there; return the new copy, None where none was needed.

    The copy is made by the database itself (VACUUM INTO): whole, whatever others are writing meanwhile. Copies older
    than two weeks go, but never the last one.

    Raises:
        OSError: The folder cannot be written.
        sqlite3.Error: The ledger cannot be read.
    """
    import sqlite3

    copy = folder / f"planbook_{today}.db"
    if copy.exists() or not ledger.is_file():
        return None
    folder.mkdir(exist_ok=True)
    part = folder / f".{copy.name}.part"
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))
    with part.open("rb+") as file:  # on disk before it bears its name
        os.fsync(file.fileno())
    part.replace(copy)
    _clear(folder, today)
    return copy


def attempt_backup(ledger: Path, folder: Path, today: date) -> bool:
    """Take the day's copy, and say whether that went well.

    A full disk or a damaged ledger shows in the work itself and in doctor: no click fails for want of a copy.
    """
    if (folder / f"planbook_{today}.db").exists():
        return True
    import sqlite3

    try:
        back_up_daily(ledger, folder, today)
    except (OSError, sqlite3.Error):
        return False
    return True


def last_backup(folder: Path) -> date | None:
    """Return the day of the newest copy, None where there is none."""
    return max(_copies(folder), default=None)


def _clear(folder: Path, today: date) -> None:
    for day, copy in sorted(_copies(folder).items())[:-1]:
        if day <= today - timedelta(days=KEPT_DAYS):
            with suppress(OSError):
                copy.unlink()


def _copies(folder: Path) -> dict[date, Path]:
    matches = ((path, _NAME.fullmatch(path.name)) for path in folder.glob("planbook_*.db"))
    return {date.fromisoformat(match[1]): path for path, match in matches if match}
