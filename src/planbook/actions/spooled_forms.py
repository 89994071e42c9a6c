"""Issued forms laid down in a file for the processes that read returns: each takes out those that it needs.

A thousand forms are tens of megabytes. Sent to every worker they would stand in memory several times over, and a
worker that reads three returns needs three of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from planbook.ledger.kept_forms import KeptForm, open_form
from planbook.model.errors import PlanbookError
from planbook.model.form import Form


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
        with file.open("wb") as target:
            for form in forms:
                content = form.content.encode()
                target.write(content)
                spooled.append(SpooledForm(form.form_id, form.agency, file, start, len(content)))
                start += len(content)
    except OSError as error:
        raise PlanbookError(f"写不了 {file}，请检查磁盘空间和权限后再试。") from error
    return tuple(spooled)
