"""Reads 任务分解表.xlsx back: columns by header, rows by code, wherever a clerk moved them."""

import re
from dataclasses import replace
from typing import Final

from planbook.model.agency import agency_key, is_open_group
from planbook.model.codes import CodeKind, is_valid_code
from planbook.model.findings import Finding
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.outputs.review_base import read_base
from planbook.outputs.review_cells import RowCells, read_rows
from planbook.outputs.review_directory import check_agencies
from planbook.outputs.review_layout import (
    AGENCIES_SHEET,
    BASIS_LABELS,
    INDICATORS_SHEET,
    KIND_LABELS,
    NO,
    OPERATOR_LABELS,
    TASKS_SHEET,
    YES,
)
from planbook.outputs.review_rows import ReviewAgencyRow, ReviewIndicatorRow, ReviewReading, ReviewTaskRow
from planbook.outputs.review_table import find_table
from planbook.outputs.review_values import parse_mailbox, tidy_name
from planbook.sheets.raw import RawWorkbook

_PROVISIONAL: Final = re.compile(r"新\d{1,4}")
_NO_CODE: Final = ("新", "新增", "无", "-", "—", "/")
_KINDS: Final = {label: kind for kind, label in KIND_LABELS.items()} | {"保障": TaskKind.SAFEGUARD}
_BASES: Final = {label: basis for basis, label in BASIS_LABELS.items()} | {
    "明确": LeadBasis.EXPLICIT,
    "无": LeadBasis.NONE,
}
_OPERATORS: Final = {label: operator for operator, label in OPERATOR_LABELS.items()} | {
    **dict.fromkeys((">=", "≥", "≧", "达到", "达", "不少于", "以上", "大于等于"), Operator.AT_LEAST),
    **dict.fromkeys((">", "＞", "突破", "大于", "高于"), Operator.MORE_THAN),
    **dict.fromkeys(("=", "＝"), Operator.EQUAL),
    **dict.fromkeys(("<=", "≤", "≦", "不超过", "以内", "小于等于"), Operator.AT_MOST),
    **dict.fromkeys(("<", "＜", "小于", "少于"), Operator.LESS_THAN),
    **dict.fromkeys(("~", "～", "≈", "左右", "大约"), Operator.ABOUT),
}
_PERCENT_UNITS: Final = ("", "%", "％")


def read_review(workbook: RawWorkbook) -> ReviewReading:
    """Return what a clerk's 任务分解表.xlsx says.

    Rows may be sorted, moved and inserted, columns moved, added and left out, sheets renamed; nothing is read by
    position. A row without 任务编号 is a new task, a merged cell stands in each of its rows.

    Returns:
        The rows of each sheet. Whatever makes no sense is among the findings with its cell: unknown and repeated
        codes, empty titles, dates, numbers and words that cannot be read, agencies entered twice, aliases that
        mean two agencies, groups within themselves, bad mailboxes, error values. `review_task_sheet_missing`
        where there is no task table at all.
    """
    findings: list[Finding] = []
    base = read_base(workbook)
    agencies, has_agencies = _read_agencies(workbook, findings)
    known = frozenset(name for row in agencies for name in (row.name, *row.aliases))
    tasks, has_tasks = _read_tasks(workbook, known, findings)
    indicators, has_indicators = _read_indicators(workbook, known, findings)
    found = zip((TASKS_SHEET, INDICATORS_SHEET, AGENCIES_SHEET), (has_tasks, has_indicators, has_agencies), strict=True)
    return ReviewReading(
        tasks, indicators, agencies, base, frozenset(name for name, is_there in found if is_there), tuple(findings)
    )


def _read_tasks(
    workbook: RawWorkbook, known: frozenset[str], findings: list[Finding]
) -> tuple[tuple[ReviewTaskRow, ...], bool]:
    table = find_table(workbook, TASKS_SHEET, findings)
    rows: list[ReviewTaskRow] = []
    seen: dict[str, str] = {}
    for cells in read_rows(table, findings):
        code = _read_code(cells, CodeKind.TASK, seen)
        title = cells.text("title")
        is_kept = cells.is_kept()
        if not title and is_kept:
            cells.refuse("title", "review_title_empty")
        leads = cells.names("leads", known)
        supports = cells.names("supports", known)
        rows.append(
            ReviewTaskRow(
                code=code,
                plan_title=cells.text("plan_title"),
                section=cells.text("section"),
                number=cells.text("number"),
                kind=cells.choice("kind", _KINDS, TaskKind.TASK, "、".join(KIND_LABELS.values())),
                title=title,
                body=cells.text("body"),
                leads=leads,
                supports=_without_leads(cells, leads, supports),
                basis=cells.choice("basis", _BASES, LeadBasis.NONE, "、".join(BASIS_LABELS.values())),
                deadline=cells.day("deadline"),
                excerpt=cells.text("excerpt"),
                unit_note=cells.text("unit_note"),
                note=cells.text("note"),
                is_kept=is_kept,
                place=cells.place,
                unreadable=frozenset(cells.unreadable),
            )
        )
    return tuple(rows), table is not None


def _without_leads(cells: RowCells, leads: tuple[str, ...], supports: tuple[str, ...]) -> tuple[str, ...]:
    lead_keys = {agency_key(name) for name in leads}
    twice = [name for name in supports if agency_key(name) in lead_keys]
    if twice:
        location = cells.place.location("supports")
        cells.findings.append(Finding.of("review_lead_also_supporting", location, names="、".join(twice)))
    return tuple(name for name in supports if name not in twice)


def _read_code(cells: RowCells, kind: CodeKind, seen: dict[str, str]) -> str:
    """Return the row's code: valid, provisional, or empty for a row that the clerk added."""
    code = cells.code("code")
    if not code or code in _NO_CODE:
        return ""
    if not _PROVISIONAL.fullmatch(code) and not (is_valid_code(code) and code.startswith(kind.value)):
        cells.refuse("code", "review_code_invalid", code=code)
        return code
    address = cells.place.location("code").cell or ""
    if code in seen:
        cells.refuse("code", "review_code_twice", code=code, first=seen[code])
    seen.setdefault(code, address)
    return code


def _read_indicators(
    workbook: RawWorkbook, known: frozenset[str], findings: list[Finding]
) -> tuple[tuple[ReviewIndicatorRow, ...], bool]:
    table = find_table(workbook, INDICATORS_SHEET, findings)
    rows: list[ReviewIndicatorRow] = []
    seen: dict[str, str] = {}
    for cells in read_rows(table, findings):
        code = _read_code(cells, CodeKind.INDICATOR, seen)
        is_kept = cells.is_kept()
        row = ReviewIndicatorRow(
            code=code,
            plan_title=cells.text("plan_title"),
            task_code=cells.code("task_code"),
            name=cells.text("name"),
            operator=cells.choice("operator", _OPERATORS, Operator.AT_LEAST, "、".join(OPERATOR_LABELS.values())),
            value=cells.number("value"),
            value_max=cells.number("value_max"),
            unit=_read_unit(cells),
            by=cells.due("by"),
            agencies=cells.names("agencies", known),
            quote=cells.text("quote"),
            note=cells.text("note"),
            is_kept=is_kept,
            place=cells.place,
        )
        if is_kept:
            _check_indicator(cells, row)
        rows.append(replace(row, unreadable=frozenset(cells.unreadable)))
    return tuple(rows), table is not None


def _read_unit(cells: RowCells) -> str:
    """Return the unit; a target typed as `85%` makes the cell a percentage, whose unit then is %."""
    unit = cells.text("unit")
    if not cells.is_percent("value"):
        return unit
    if unit not in _PERCENT_UNITS and not unit.startswith("个百分点"):
        cells.refuse("value", "review_percent_against_unit", unit=unit)
    return unit or "%"


def _check_indicator(cells: RowCells, row: ReviewIndicatorRow) -> None:
    if not row.name:
        cells.refuse("name", "review_title_empty")
    if row.value is None and "value" not in cells.unreadable:
        cells.refuse("value", "review_target_empty")
    if row.value is not None and row.value_max is not None and row.value_max <= row.value:
        cells.refuse("value_max", "review_range_reversed", low=row.value, high=row.value_max)


def _read_agencies(workbook: RawWorkbook, findings: list[Finding]) -> tuple[tuple[ReviewAgencyRow, ...], bool]:
    table = find_table(workbook, AGENCIES_SHEET, findings)
    rows: list[ReviewAgencyRow] = []
    for cells in read_rows(table, findings):
        name = tidy_name(cells.text("name"))
        if not name:
            cells.refuse("name", "review_title_empty")
        email = cells.text("email")
        if email and not parse_mailbox(email):
            cells.refuse("email", "review_mailbox_invalid", text=email)
        rows.append(
            ReviewAgencyRow(
                name=name,
                aliases=cells.names("aliases", ()),
                groups=cells.names("groups", ()),
                is_group=cells.choice("is_group", {YES: True, NO: False}, is_open_group(name), f"{YES}、{NO}"),
                level=cells.text("level"),
                contact=cells.text("contact"),
                phone=cells.text("phone"),
                email=parse_mailbox(email) or "",
                leader=cells.text("leader"),
                place=cells.place,
                unreadable=frozenset(cells.unreadable),
            )
        )
    findings += check_agencies(rows)
    return tuple(rows), table is not None
