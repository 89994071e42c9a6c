"""Findings of one return as they come up, handed out in the order in which a clerk goes through the workbook."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from planbook.model.findings import Finding, Location

_MOST: Final = 3_000
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class FindingLog:
    """Collects findings; the same one at the same place is kept once.

    A sheet made of rubbish could give millions. Beyond a few thousand one finding says that there are more.
    """

    def __init__(self, sheet_names: Sequence[str]) -> None:
        self._order = {name: place for place, name in enumerate(sheet_names)}
        self._found: dict[Finding, None] = {}

    def add(self, code: str, location: Location, **values: object) -> None:
        """Add a finding."""
        if len(self._found) < _MOST:
            self._found[Finding.of(code, location, **values)] = None
        else:
            self._found[Finding.of("too_many_findings", most=_MOST)] = None

    def place(self, findings: Iterable[Finding], **values: object) -> None:
        """Add located findings, each with further values."""
        for finding in findings:
            self.add(finding.code, finding.location, **{**dict(finding.values), **values})

    def in_order(self) -> tuple[Finding, ...]:
        """Return the findings by sheet, row and column; those without a place come first."""
        return tuple(sorted(self._found, key=self._key))

    def _key(self, finding: Finding) -> tuple[int, int, int, str]:
        sheet = self._order.get(finding.location.sheet or "", -1)
        match = _CELL.fullmatch(finding.location.cell or "")
        letters, row = (match[1], int(match[2])) if match else ("", 0)
        column = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters)))
        return sheet, row, column, finding.code
