"""Issued forms laid down in a file for the processes that read returns: each takes out those that it needs.

A thousand forms are tens of megabytes. Sent to every worker they would stand in memory several times over, and a
worker that reads three returns needs three of them.
"""

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planbook.ledger.kept_forms import KeptForm, open_form
from planbook.model.errors import PlanbookError
from planbook.model.form import Form

_LONGEST_READING_S: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class SpooledForm:
    """A form in the file, and what tells whose it is.

    Attributes:
        form_id: The form's.
        agency: The form's.
        file: The file.
        start: Where in it the form begins, in bytes.
        size: Its length in bytes.
    """

    form_id: str
    agency: str
    file: Path
    start: int
    size: int

    def opened(self) -> Form:
        """Return the form.

        Raises:
            PlanbookError: What is kept of it is damaged, or the file is gone.
        """
        try:
            with self.file.open("rb") as file:
                file.seek(self.start)
                content = file.read(self.size)
        except OSError as error:
            raise PlanbookError(f"读不了 {self.file}，请重试。") from error
        form = open_form(content.decode(errors="replace"))
        if form.form_id != self.form_id:
            raise PlanbookError(f"{self.file} 在汇总时被改动，请重试。")
        return form


def spool_forms(forms: Iterable[KeptForm], file: Path) -> tuple[SpooledForm, ...]:
    """Lay `forms` down in `file` and return where each of them is.

    Raises:
        PlanbookError: The file cannot be written.
    """
    spooled: list[SpooledForm] = []
    start = 0
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(file)
        with file.open("wb") as target:
            for form in forms:
                content = form.content.encode()
                target.write(content)
                spooled.append(SpooledForm(form.form_id, form.agency, file, start, len(content)))
                start += len(content)
    except OSError as error:
        raise PlanbookError(f"写不了 {file}，请检查磁盘空间和权限后再试。") from error
    return tuple(spooled)


def _clear_away(file: Path) -> None:
    """Remove what processes left that were killed while they read."""
    for other in file.parent.glob(f"{file.name.rpartition('_')[0]}_*"):
        with suppress(OSError):
            if other != file and time.time() - other.stat().st_mtime > _LONGEST_READING_S:
                other.unlink()
