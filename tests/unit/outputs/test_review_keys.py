from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planbook.model.ledger import LedgerPlan
from planbook.model.plan import LeadBasis, TaskKind
from planbook.outputs.review_keys import find_plan
from planbook.outputs.review_rows import ReviewTaskRow

if TYPE_CHECKING:
    from planbook.model.findings import Finding

FIRST = LedgerPlan(1, "甲计划", None, None, None, None, None, "甲.docx", "a")
PLANS = {1: FIRST, 2: replace(FIRST, sequence=2, file_sha256="b"), 3: replace(FIRST, sequence=3, title="乙计划")}


def row(plan_title: str) -> ReviewTaskRow:
    return ReviewTaskRow("", plan_title, "", "", TaskKind.TASK, "任务", "", (), (), LeadBasis.NONE, None, "", "", "")


@pytest.mark.parametrize(
    ("plan_title", "sequence", "codes"),
    [
        ("乙计划", 3, []),
        ("甲计划", None, ["review_plan_ambiguous"]),
        ("P2", 2, []),
        (" p1 ", 1, []),
        ("P9", None, ["review_plan_unknown"]),
        ("", None, ["review_plan_empty"]),
    ],
)
def test_an_added_row_goes_to_the_plan_that_it_names(plan_title: str, sequence: int | None, codes: list[str]) -> None:
    findings: list[Finding] = []
    found = find_plan(row(plan_title), PLANS, findings)
    assert (found.sequence if found else None, [finding.code for finding in findings]) == (sequence, codes)
