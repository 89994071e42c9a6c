"""Reads the decisions that the office entered into 总台账.xlsx: each with its cell, each entry told from any other."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planbook.model.codes import is_valid_code
from planbook.model.decisions import DecisionKind, DecisionRequest
from planbook.model.findings import Finding, Location
from planbook.model.period import Period
from planbook.outputs import master_layout as layout
from planbook.outputs.office_note_reader import Headings, find_noted_sheet, read_headings, row_key
from planbook.outputs.office_notes import OfficeNotes
from planbook.outputs.review_values import parse_date, text_of, tidy_name
from planbook.sheets.raw import RawSheet, RawWorkbook, cell_address

# 同意延期, 准予销号: an approval and what is approved.
_APPROVAL: Final = re.compile(r"^(?:同意|予以|准予|批准|拟|已)")
_KINDS: Final[Mapping[str, DecisionKind]] = {kind.value: kind for kind in DecisionKind}


@dataclass(frozen=True, slots=True)
class EnteredDecisions:
    """The decisions that stand in the workbook, and what of them makes no sense."""

    requests: tuple[DecisionRequest, ...] = ()
    findings: tuple[Finding, ...] = ()


NONE_ENTERED: Final = EnteredDecisions()


def read_decisions(workbook: RawWorkbook, period: Period, file_name: str, digest: str) -> EnteredDecisions:
    """Return the decisions that the office entered.

    Args:
        workbook: 总台账 as its users left it.
        period: Its period, from which on the decisions hold.
        file_name: Its name, for findings.
        digest: Of its bytes; tells entries of one writing from another's where its stamp is gone.

    Findings:
        decision_kind_unknown, decision_incomplete, decision_day_unreadable (errors): each with its cell.
    """
    tasks = layout.NOTED_SHEETS[layout.TASKS_SHEET]
    sheet = find_noted_sheet(workbook, tasks)
    headings = read_headings(sheet, tasks) if sheet else None
    if sheet is None or headings is None:
        return NONE_ENTERED
    hidden = workbook.sheet(layout.CHARTS_SHEET)
    stamp = (text_of(hidden.value(1, layout.STAMP_COLUMN)) if hidden else "") or digest
    requests: list[DecisionRequest] = []
    findings: list[Finding] = []
    for entry in _entries(sheet, headings, file_name):
        request = entry.request(period, stamp, findings)
        if request:
            requests.append(request)
    return EnteredDecisions(tuple(requests), tuple(findings))


def without_decisions(notes: OfficeNotes, codes: frozenset[str]) -> OfficeNotes:
    """Return `notes` without what was entered for the tasks of `codes`, whose decisions are taken over."""
    kept = tuple(
        note
        for note in notes.notes
        if note.is_comment
        or note.key.sheet != layout.TASKS_SHEET
        or note.key.code not in codes
        or note.header not in layout.DECISION_HEADERS
    )
    return OfficeNotes(notes.columns, kept, notes.findings)


def has_decisions(notes: OfficeNotes) -> bool:
    """Return whether anything stands in a column for decisions."""
    return any(
        note.key.sheet == layout.TASKS_SHEET and note.header in layout.DECISION_HEADERS and not note.is_comment
        for note in notes.notes
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row's decision columns: texts, dates and cells by header, as far as they are filled in."""

    code: str
    texts: Mapping[str, str]
    days: Mapping[str, date | None]
    places: Mapping[str, Location]

    def request(self, period: Period, stamp: str, findings: list[Finding]) -> DecisionRequest | None:
        """Return what is asked for; None where it makes no sense, which `findings` then say."""
        if layout.DECISION not in self.texts:
            header = next(iter(self.texts))
            findings.append(Finding.of("decision_incomplete", self.places[header], task=self.code, header=header))
            return None
        place, text = self.places[layout.DECISION], self.texts[layout.DECISION]
        kind = _KINDS.get(_APPROVAL.sub("", "".join(unicodedata.normalize("NFKC", text).split())))
        if kind is None:
            findings.append(Finding.of("decision_kind_unknown", place, task=self.code, text=text))
            return None
        unread = [header for header, day in self.days.items() if day is None]
        if kind is DecisionKind.EXTEND and unread:
            header = unread[0]
            values = {"task": self.code, "header": header, "text": self.texts[header], "kind": kind.value}
            findings.append(Finding.of("decision_day_unreadable", self.places[header], **values))
            return None
        told = "\x1f".join((stamp, self.code, *(f"{header}={text}" for header, text in self.texts.items())))
        return DecisionRequest(
            task_code=self.code,
            kind=kind,
            reason=self.texts.get(layout.REASON, ""),
            evidence=self.texts.get(layout.EVIDENCE, ""),
            checker=self.texts.get(layout.CHECKER, ""),
            to_date=self.days.get(layout.EXTENDED_TO),
            asked_on=self.days.get(layout.ASKED_ON),
            agency=tidy_name(self.texts.get(layout.FROM_AGENCY, "")),
            to_agency=tidy_name(self.texts.get(layout.TO_AGENCY, "")),
            period=None if kind is DecisionKind.REASSIGN else period,
            location=place,
            key=hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        )


def _entries(sheet: RawSheet, headings: Headings, file_name: str) -> Iterator[_Entry]:
    tasks = layout.NOTED_SHEETS[layout.TASKS_SHEET]
    columns = [(header, place) for place, header in headings.office.items() if header in layout.DECISION_HEADERS]
    order = {header: number for number, header in enumerate(layout.DECISION_HEADERS)}
    for row, stored in enumerate(sheet.rows, start=1):
        if row <= headings.row or not stored:
            continue
        code = row_key(sheet, tasks, headings, row).code
        if not is_valid_code(code):
            continue
        filled = [(header, place) for header, place in columns if text_of(sheet.value(row, place))]
        filled.sort(key=lambda one: order[one[0]])
        if filled:
            cells = dict(reversed(filled))  # of two alike, the first counts
            yield _Entry(
                code,
                {header: text_of(sheet.value(row, cells[header])).strip() for header, _ in filled},
                {
                    header: parse_date(sheet.value(row, cells[header]))
                    for header in (layout.EXTENDED_TO, layout.ASKED_ON)
                    if header in cells
                },
                {
                    header: Location(file=file_name, sheet=sheet.name, cell=cell_address(row, place))
                    for header, place in cells.items()
                },
            )
