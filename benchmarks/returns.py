"""Makes a workspace whose forms have come back filled in, for the benchmarks that take returns in.

Many tasks, each with about thirty agencies, so that each agency's form has about thirty rows; what the agencies say is
in `answers.py`. The corpus is kept between runs: the same arguments give the same tasks and values.
"""

import random
import shutil
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.answers import answer_form
from benchmarks.bench_issue import sentence
from planbook.actions.import_plans import import_plans
from planbook.actions.issue_forms import issue_forms
from planbook.actions.make_workspace import make_workspace
from planbook.model.period import Period
from planbook.workspace.folder import Workspace, open_workspace

PERIOD = Period.parse("2024Q1")
NOW = datetime(2024, 3, 20, 1, tzinfo=UTC)
ROWS = 30
_AGENCIES_A_TASK = 30


def plan_text(agencies: int, rows: int) -> str:
    """Return a plan whose tasks give each of that many agencies `rows` rows."""
    dice = random.Random(agencies)
    lines = ["湘江省科技创新三年行动计划（2023—2025年）", "", "一、重点任务", ""]
    count = max(rows, agencies * rows // _AGENCIES_A_TASK)
    share = -(-agencies * rows // count)
    for place in range(count):
        names = [f"湘江省第{(place * share + offset) % agencies + 1}工作局" for offset in range(share)]
        lines.append(
            f"{place + 1}．{sentence(dice, 5)}。{sentence(dice, dice.randint(20, 60))}。"
            f"（责任单位：{'、'.join(names)}）"
        )
    return "\n".join(lines)


def filled_workspace(folder: Path, agencies: int, rows: int = ROWS) -> Workspace:
    """Return a fresh copy of a workspace in `folder` with that many returned forms in its inbox."""
    kept = folder / f"answers-{agencies}x{rows}"
    if not (kept / "complete").exists():
        shutil.rmtree(kept, ignore_errors=True)
        _make(kept / "workspace", agencies, rows)
        (kept / "complete").touch()
    fresh = folder / "workspace"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(kept / "workspace", fresh)
    return open_workspace(fresh)


def _make(root: Path, agencies: int, rows: int) -> None:
    workspace = make_workspace(root, office="湘江省督查室", contact="李明 0731-88880000")
    plan = root.parent / "行动计划.txt"
    plan.write_text(plan_text(agencies, rows), encoding="utf-8")
    import_plans(workspace, [plan], now=NOW)
    issued = issue_forms(workspace, PERIOD, now=NOW, today=date(2024, 3, 20))
    inbox = workspace.inbox(PERIOD)
    inbox.mkdir(parents=True, exist_ok=True)
    jobs = [(number, form.path, inbox / form.path.name) for number, form in enumerate(issued.forms)]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_fill, jobs, chunksize=20))


def _fill(job: tuple[int, Path, Path]) -> None:
    number, form, target = job
    target.write_bytes(answer_form(form.read_bytes(), number))
