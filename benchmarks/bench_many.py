"""Whether taking in many returned forms costs each the same as taking in few, and no more memory for all of them.

    python -m benchmarks.bench_many [FORMS ...]

By default 1,000 and 3,000 forms of 5 rows; 1000 10000 100000 is what a ministry collects (hours and 20 GB).
The forms are issued as usual and filled in by putting texts into the cells of the finished packages, which takes some
milliseconds a form. The ratio is what a form costs of the processor against what it costs at the first size.
"""

import io
import random
import re
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from benchmarks.bench_issue import sentence
from benchmarks.measuring import Measured, Row, measure, report
from benchmarks.returns import NOW, PERIOD
from planbook.actions.issue_forms import issue_forms
from planbook.actions.make_workspace import make_workspace
from planbook.actions.opening import new_run, opened_ledger
from planbook.model.agency import Agency
from planbook.model.plan import LeadBasis, Plan, PlanTask, SourcePosition, TaskKind
from planbook.workspace.folder import Workspace

ROWS = 5
TASKS = 900
ANSWERS = {
    "L": "达到序时",
    "M": 40,
    "N": "完成前期工作",
    "T": "张三",
    "U": "13800000000",
    "V": 45384,  # 2 April 2024
}
"""What is filled into the columns of the default layout."""

SHEET = "xl/worksheets/sheet2.xml"
EMPTY = re.compile(r'<c r="([LMNTUV])(\d+)" s="(\d+)"/>')
FIRST_ROW = 6


def plan_of(agencies: int) -> Plan:
    """Return a plan whose tasks give each agency some rows."""
    dice = random.Random(agencies)
    count = min(TASKS, agencies)
    share = -(-agencies * ROWS // count)
    tasks = []
    for place in range(count):
        names = tuple(f"湘江省第{(place * share + offset) % agencies + 1}工作局" for offset in range(share))
        title = sentence(dice, 5)
        tasks.append(
            PlanTask(
                path=("一、重点任务",), number=str(place + 1), title=title, body=f"{title}，{sentence(dice, 30)}。",
                lead_agencies=names[:1], supporting_agencies=names[1:], lead_basis=LeadBasis.EXPLICIT, deadline=None,
                kind=TaskKind.TASK, unit_note=None, truncated=False, source=SourcePosition(place, None), excerpt=title,
            )
        )  # fmt: skip
    return Plan(
        title="湘江省科技创新三年行动计划（2023—2025年）", issuer=None, document_number=None, period_start=None,
        period_end=None, classification=None, tasks=tuple(tasks), indicators=(), findings=(), public=True,
    )  # fmt: skip


def returned(root: Path, agencies: int) -> Workspace:
    """Return a workspace with that many answers in its inbox."""
    workspace = make_workspace(root, office="湘江省督查室", contact="")
    with opened_ledger(workspace) as ledger:
        run = new_run("import", NOW)
        ledger.plans.add(run, plan_of(agencies), file_name="行动计划.txt", file_sha256="a" * 64, imported_at=NOW)
        names = [f"湘江省第{number}工作局" for number in range(1, agencies + 1)]
        ledger.agencies.replace(run, [Agency(name) for name in names])
    issued = issue_forms(workspace, PERIOD, now=NOW, today=date(2024, 3, 20))
    inbox = workspace.inbox(PERIOD)
    inbox.mkdir(parents=True, exist_ok=True)
    for number, form in enumerate(issued.forms):
        (inbox / form.path.name).write_bytes(filled(form.path.read_bytes(), number))
    return workspace


def filled(form: bytes, number: int) -> bytes:
    """Return an issued form with its cells filled in, its own number in each text."""

    def cell(match: re.Match[str]) -> str:
        column, row, style = match.groups()
        answer = ANSWERS[column]
        if int(row) < FIRST_ROW:
            return match[0]
        if isinstance(answer, int):
            return f'<c r="{column}{row}" s="{style}"><v>{answer}</v></c>'
        text = f"{answer}，第{number}家" if column == "N" else answer
        return f'<c r="{column}{row}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'

    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == SHEET:
                content = EMPTY.sub(cell, content.decode()).encode()
            target.writestr(part, content)
    return file.getvalue()


def take_in(workspace: Workspace) -> Measured:
    command = [sys.executable, "-m", "planbook", "-w", str(workspace.root), "consolidate"]
    return measure([*command, "--period", str(PERIOD), "--json"], code=None)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1000, 3000]
    rows: list[Row] = []
    first = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="planbook-many-") as folder:
            took = take_in(returned(Path(folder) / "workspace", size))
        if took.output.count('"accepted"') < size:
            raise SystemExit("not every form was accepted")
        each = took.cpu_seconds / size
        first = first or each
        name = f"{size} forms of {ROWS} rows, {each * 1000:.2f} ms of the processor each"
        rows.append(Row(name, took.seconds, took.cpu_seconds, took.peak_mb, each / first, f"a form of {sizes[0]}"))
    report("many returned forms", rows)


if __name__ == "__main__":
    main()
