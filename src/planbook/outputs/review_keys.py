"""Which plan and which item a row of the review table is: codes, provisional codes, rows that went missing."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from planbook.model.findings import Finding
from planbook.model.ledger import LedgerPlan
from planbook.outputs.review_layout import header_of
from planbook.outputs.review_rows import ReviewBase, ReviewIndicatorRow, ReviewTaskRow
from planbook.outputs.review_values import title_key

CodedRow = ReviewTaskRow | ReviewIndicatorRow

_PLAN_NUMBER: Final = re.compile(r"[Pp](\d{1,4})")


def is_new(code: str) -> bool:
    """Return whether a row with this code was added by the clerk."""
    return not code or code.startswith("新")


def absent_rows(sheet: str, titles: Mapping[str, str], seen: set[str], base: ReviewBase | None) -> list[Finding]:
    """Return a finding for each row that the table once had and the clerk deleted; that alone retires nothing.

    Without the hidden sheet it is not known which rows there were: then rows are missed only between others of
    their own plan.
    """
    if base:
        missed = [code for code in titles if code not in seen and (sheet, code) in base.digests]
    else:
        plans = {code.partition("-")[0] for code in seen if code in titles}
        missed = [code for code in titles if code not in seen and code.partition("-")[0] in plans]
    return [Finding.of("review_row_absent", code=code, title=titles[code]) for code in missed]


def plan_differs(row: CodedRow, plan: LedgerPlan) -> Finding | None:
    """Return a finding where a row with a code stands under another plan than its own: it is another table's."""
    if not row.plan_title or "plan_title" in row.unreadable or title_key(row.plan_title) == title_key(plan.title):
        return None
    return Finding.of("review_plan_differs", row.place.location("plan_title"), code=row.code, title=plan.title)


def find_plan(row: CodedRow, plans: Mapping[int, LedgerPlan], findings: list[Finding]) -> LedgerPlan | None:
    """Return the plan that an added row belongs to; the only plan where the row names none."""
    location = row.place.location("plan_title")
    if not row.plan_title:
        if len(plans) == 1:
            return next(iter(plans.values()))
        findings.append(Finding.of("review_plan_empty", location))
        return None
    numbered = _PLAN_NUMBER.fullmatch(row.plan_title.strip())
    if numbered and int(numbered[1]) in plans:
        return plans[int(numbered[1])]
    wanted = title_key(row.plan_title)
    found = [plan for plan in plans.values() if title_key(plan.title) == wanted]
    if len(found) > 1:  # a plan that was imported beside another of the same title
        numbers = "、".join(f"P{plan.sequence}" for plan in found)
        findings.append(Finding.of("review_plan_ambiguous", location, title=row.plan_title, numbers=numbers))
        return None
    if not found:
        findings.append(Finding.of("review_plan_unknown", location, title=row.plan_title))
        return None
    return found[0]


def next_provisional(taken: set[str]) -> str:
    """Return the first provisional code that is free, and take it."""
    number = 1
    while f"新{number}" in taken:
        number += 1
    taken.add(f"新{number}")
    return f"新{number}"


def shown_only_edits(sheet: str, row: CodedRow, now: CodedRow, fields: Sequence[str]) -> list[Finding]:
    """Return a finding for each cell that was changed although it is there to check against only."""
    return [
        Finding.of("review_shown_only", row.place.location(name), header=header_of(sheet, name))
        for name in fields
        if name in row.place.columns and getattr(row, name) != getattr(now, name)
    ]


def unknown_code(sheet: str, row: CodedRow, base: ReviewBase | None) -> list[Finding]:
    """Return what to say of a code that the ledger does not have: it was retired meanwhile, or never was.

    A row to be deleted that is deleted already says nothing.
    """
    location = row.place.location("code")
    if base is None or (sheet, row.code) not in base.digests:
        return [Finding.of("review_code_unknown", location, code=row.code)]
    return [Finding.of("review_code_retired", location, code=row.code)] if row.is_kept else []
