"""What the 单位 sheet changes in the office's directory, and which agencies of tasks it has to take in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from planbook.model.agency import Agency, Directory, agency_from_name, agency_key
from planbook.model.findings import Finding, Location
from planbook.model.review import FieldChange
from planbook.outputs.review_directory import agency_of, make_directory
from planbook.outputs.review_layout import AGENCIES_SHEET, header_of
from planbook.outputs.review_merging import merge
from planbook.outputs.review_rows import AGENCY_FIELDS, ReviewAgencyRow, ReviewBase, shown_agency

_SUBJECT = "单位"


class DirectoryComparison:
    """Compares the 单位 sheet with the directory; `changes` and `findings` say what it comes to."""

    def __init__(self, directory: Directory, base: ReviewBase | None) -> None:
        self._before = directory
        self._base = base
        # By the names before: an agency that is renamed keeps its place.
        self._agencies: dict[str, Agency] = {agency.name: agency for agency in directory.agencies}
        self._removed: list[Agency] = []
        self.changes: list[FieldChange] = []
        self.findings: list[Finding] = []

    def take_rows(self, rows: Sequence[ReviewAgencyRow]) -> None:
        """Take over what the sheet says of agencies that the directory has and of new ones."""
        known = {shown_agency(agency).name: agency for agency in self._before.agencies}
        named = {row.name for row in rows}
        met: set[str] = set()
        for row in rows:
            if not row.name or "name" in row.unreadable:
                continue
            agency = known.get(row.name) or self._renamed(row, named)
            if agency is None:
                self._agencies[row.name] = agency_of(row)
                self.changes.append(FieldChange(_SUBJECT, row.name, "新增", "", ""))
            else:
                met.add(agency.name)
                self._take_edits(row, agency, is_renamed=row.name not in known)
        for shown, agency in known.items():
            if agency.name not in met and self._base and (AGENCIES_SHEET, shown) in self._base.digests:
                del self._agencies[agency.name]
                self._removed.append(agency)

    def _renamed(self, row: ReviewAgencyRow, named: set[str]) -> Agency | None:
        """Return the agency that `row` is under a new name: its old name is an alias or only spelt differently."""
        for name in (row.name, *row.aliases):
            agency = self._before.find(name)
            if agency and shown_agency(agency).name not in named and agency.is_group == row.is_group:
                return agency
        return None

    def _take_edits(self, row: ReviewAgencyRow, agency: Agency, *, is_renamed: bool) -> None:
        now = shown_agency(agency)
        digests = self._base.digests.get((AGENCIES_SHEET, now.name)) if self._base else None
        merged = merge(AGENCIES_SHEET, _SUBJECT, row.name, now=now, table=row, base=digests, fields=AGENCY_FIELDS)
        if is_renamed:
            header = header_of(AGENCIES_SHEET, "name")
            self.changes.append(FieldChange(_SUBJECT, row.name, header, agency.name, row.name))
        self.changes += merged.changes
        self.findings += merged.findings
        taken = agency_of(merged.row)
        edits: dict[str, Any] = {name: getattr(taken, name) for name in merged.edited}
        if is_renamed:
            edits["name"] = row.name
        self._agencies[agency.name] = replace(agency, **edits)

    def finish(self, used: Iterable[tuple[str, Location]]) -> Directory:
        """Return the directory from now on.

        Args:
            used: Names that tasks and indicators carry from now on, with the cell that each stands in. Agencies
                that 单位 no longer lists but that are used stay; unknown ones come in.
        """
        agencies = list(self._agencies.values())
        directory = Directory(tuple(agencies))
        unknown: dict[str, tuple[str, Location]] = {}
        for name, location in used:
            if directory.find(name) is None:
                unknown.setdefault(agency_key(name), (name, location))
        for agency in self._removed:
            claims = [key for key, (name, _) in unknown.items() if self._before.find(name) == agency]
            if claims:
                agencies.append(agency)
                location = Location(sheet=AGENCIES_SHEET)
                self.findings.append(Finding.of("review_agency_still_used", location, name=agency.name))
            else:
                self.changes.append(FieldChange(_SUBJECT, agency.name, "删除", "", ""))
            for key in claims:
                del unknown[key]
        for name, location in unknown.values():
            agencies.append(agency_from_name(name))
            self.findings.append(Finding.of("review_agency_unlisted", location, name=name))
            self.changes.append(FieldChange(_SUBJECT, name, "新增", "", ""))
        return make_directory(agencies)
