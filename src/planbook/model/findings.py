"""Findings: what validation has to say about user data, as code, place and values; never an exception."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from planbook.model.pickling import PickledByFields


class Severity(StrEnum):
    """How much a finding weighs: an error needs a person, a warning wants a look, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Location(PickledByFields):
    """Where in a document or workbook a finding stands; every part may be unknown.

    Attributes:
        file: File name as the clerk sees it.
        sheet: Worksheet name.
        cell: Address in A1 notation, e.g. `F12`.
        line: Line of a text document, from 1.
        page: Page of a paged document, from 1.
    """

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        """Return the place as one short text, e.g. `责任清单!F12` or `第3页第41行`; empty where nothing is known."""
        if self.sheet and self.cell:
            return f"{self.sheet}!{self.cell}"
        if self.sheet or self.cell:
            return self.sheet or self.cell or ""
        page = f"第{self.page}页" if self.page else ""
        line = f"第{self.line}行" if self.line else ""
        return page + line or (self.file or "")


NOWHERE = Location()


@dataclass(frozen=True, slots=True)
class Finding(PickledByFields):
    """One validation result.

    Attributes:
        code: Key into the catalogue (`planbook.model.catalogue`), which owns severity and wording.
        location: Where it stands.
        values: What the message names, as (name, text) pairs in the catalogue template's terms.
    """

    code: str
    location: Location = NOWHERE
    values: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of(cls, code: str, location: Location = NOWHERE, /, **values: object) -> "Finding":
        """Return a finding with `values` given by name; each is shown as text."""
        return cls(code, location, tuple((name, str(value)) for name, value in values.items()))

    @property
    def severity(self) -> Severity:
        """Severity as the catalogue states it."""
        from planbook.model.catalogue import CATALOGUE

        return CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        """Chinese sentence: where, what, and the remedy."""
        from planbook.model.catalogue import CATALOGUE

        return CATALOGUE[self.code].render(self.location, dict(self.values))


def needs_person(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is an error or a warning, i.e. someone must look."""
    return any(finding.severity is not Severity.NOTE for finding in findings)
