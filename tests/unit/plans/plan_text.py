"""Plans as a clerk would type them, and what was read from them as short lines to compare."""

from textwrap import dedent

from planbook.model.plan import Plan, PlanTask
from planbook.plans.document import Document, TextLine
from planbook.plans.extraction import extract_plan


def document(text: str, name: str = "plan.txt") -> Document:
    lines = dedent(text).strip("\n").splitlines()
    return Document(
        name, tuple(TextLine(" ".join(line.split()), at) for at, line in enumerate(lines, 1) if line.strip())
    )


def read(text: str) -> Plan:
    return extract_plan(document(text))


def outline(plan: Plan) -> list[str]:
    """`二、任务 > （一）平台 | 1 | 建设实验室`, safeguards with a star before the title."""
    return [_outline_line(task) for task in plan.tasks]


def agencies(task: PlanTask) -> str:
    """`省科技厅 + 省财政厅、省教育厅 (explicit)`."""
    leads, supporting = "、".join(task.lead_agencies), "、".join(task.supporting_agencies)
    return f"{leads} + {supporting} ({task.lead_basis.value})" if supporting else f"{leads} ({task.lead_basis.value})"


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in plan.findings}


def _outline_line(task: PlanTask) -> str:
    star = "*" if task.kind.value == "safeguard" else ""
    return f"{' > '.join(task.path)} | {task.number or '—'} | {star}{task.title}"
