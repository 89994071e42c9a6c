"""Every row of the tables in docs/reading-rules.md holds."""

import re
from pathlib import Path

import pytest

from planbook.model.plan import LeadBasis, Plan
from planbook.plans.document import Document, TextLine
from planbook.plans.extraction import extract_plan

PAGE = (Path(__file__).parents[3] / "docs" / "reading-rules.md").read_text(encoding="utf-8")
BASES = {"明示": LeadBasis.EXPLICIT, "推定": LeadBasis.PRESUMED}


def rows(heading: str) -> list[list[str]]:
    section = PAGE.split(f"、{heading}\n")[1].split("\n## ")[0]
    cells = [re.split(r"\s*\|\s*", line.strip("| ")) for line in section.splitlines() if line.startswith("|")]
    return cells[2:]


def read(*lines: str) -> Plan:
    text = ("云川省科技创新行动计划", "一、总体要求", "坚持创新驱动。", "二、重点任务", *lines)
    return extract_plan(Document("plan.txt", tuple(TextLine(line, n) for n, line in enumerate(text, start=1))))


def names(cell: str) -> tuple[str, ...]:
    return () if cell == "—" else tuple(cell.split("、"))


@pytest.mark.parametrize(("note", "leads", "supports", "basis"), rows("责任单位"))
def test_responsibility(note: str, leads: str, supports: str, basis: str) -> None:
    plan = read(
        f"（一）建设创新平台。完善平台体系，提升服务能力。{note}",
        "（二）培育创新企业。健全梯度培育机制。（责任单位：省商务厅）",
    )
    task = plan.tasks[0]
    assert (task.lead_agencies, task.supporting_agencies) == (names(leads), names(supports))
    assert task.lead_basis is BASES[basis]
    assert task.body == "完善平台体系，提升服务能力。"


@pytest.mark.parametrize(("text", "deadline"), rows("时限"))
def test_deadline(text: str, deadline: str) -> None:
    (task,) = read(f"（一）建设创新平台。完善平台体系，{text}。（责任单位：省科技厅）").tasks
    assert str(task.deadline or "—") == deadline


@pytest.mark.parametrize(("text", "name", "operator", "value", "unit"), rows("指标"))
def test_indicator(text: str, name: str, operator: str, value: str, unit: str) -> None:
    (found,) = read(f"（一）建设创新平台。完善平台体系，{text}。（责任单位：省科技厅）").indicators
    assert (found.name, found.operator.value, str(found.value), found.unit or "—") == (name, operator, value, unit)
