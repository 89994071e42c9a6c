from decimal import Decimal

import pytest

from planbook.model.agency import Agency, Directory
from planbook.model.assignment import assign
from planbook.model.form import Role
from planbook.model.ledger import LedgerIndicator, LedgerTask
from planbook.model.plan import LeadBasis, Operator, TaskKind

DIRECTORY = Directory(
    (
        Agency("省科技厅", aliases=("省科技局",)),
        Agency("省财政厅"),
        Agency("甲市人民政府", groups=("各市人民政府",)),
        Agency("乙市人民政府", groups=("各市人民政府",)),
        Agency("各市人民政府", is_group=True),
        Agency("各有关单位", is_group=True),
    )
)


def task(lead: str, supporting: str) -> LedgerTask:
    return LedgerTask(
        code="P1-001X",
        plan_sequence=1,
        order=1,
        path=(),
        number="1",
        title="任务",
        body="",
        lead_agencies=tuple(lead.split()),
        supporting_agencies=tuple(supporting.split()),
        lead_basis=LeadBasis.EXPLICIT,
        deadline=None,
        kind=TaskKind.TASK,
        unit_note=None,
        truncated=False,
        source_line=1,
        source_page=None,
        excerpt="",
    )


def indicator(task_code: str | None, agencies: str = "") -> LedgerIndicator:
    return LedgerIndicator(
        "I1-001X", 1, 1, task_code, "指标", Operator.AT_LEAST, Decimal(1), None, "个", None, "", tuple(agencies.split())
    )


@pytest.mark.parametrize(
    ("lead", "supporting", "parts", "codes"),
    [
        ("省科技厅", "省财政厅", "牵头省科技厅 配合省财政厅", []),
        ("省科技局", "省科学技术厅 省财政厅", "牵头省科技厅 配合省财政厅", []),  # one agency under three names
        ("甲市人民政府", "各市人民政府", "牵头甲市人民政府 配合乙市人民政府", []),
        ("", "各市人民政府", "配合甲市人民政府 配合乙市人民政府", []),
        ("省科技厅", "各有关单位", "牵头省科技厅", ["group_without_members"]),
        ("省科技厅", "省气象局", "牵头省科技厅", ["agency_not_in_directory"]),
        ("", "各有关单位", "", ["group_without_members", "task_without_agency"]),
        ("", "", "", ["task_without_agency"]),
    ],
)
def test_parts(lead: str, supporting: str, parts: str, codes: list[str]) -> None:
    result = assign([task(lead, supporting)], [], DIRECTORY)
    assert " ".join(part.role.value + part.agency.name for part in result.parts) == parts
    assert [finding.code for finding in result.findings] == codes


@pytest.mark.parametrize(
    ("task_code", "agencies", "reporters", "codes"),
    [
        ("P1-001X", "", ["省科技厅"], []),
        ("P1-001X", "省财政厅", ["省财政厅"], []),
        (None, "各市人民政府", ["甲市人民政府", "乙市人民政府"], []),
        (None, "", [], ["indicator_without_agency"]),
    ],
)
def test_reporters(task_code: str | None, agencies: str, reporters: list[str], codes: list[str]) -> None:
    result = assign([task("省科技厅", "省财政厅")], [indicator(task_code, agencies)], DIRECTORY)
    assert [agency.name for agency in result.reporters["I1-001X"]] == reporters
    assert [finding.code for finding in result.findings] == codes
    assert all(part.role in Role for part in result.parts)
