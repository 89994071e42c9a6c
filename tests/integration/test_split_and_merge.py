"""The clerk splits one task in two and merges two into one in the review table; confirm takes it over."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from planbook.actions.confirm_tasks import confirm_tasks
from planbook.actions.import_plans import import_plans
from planbook.actions.make_workspace import make_workspace
from planbook.actions.opening import opened_ledger
from planbook.model.ledger import LedgerIndicator, LedgerTask
from planbook.samples import sample_plan
from planbook.workspace.folder import Workspace
from tests.unit.outputs.workbooks import Clerk, edited

NOW = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
TASKS, INDICATORS = "任务分解", "指标"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path / "台账", office="云川省督查室", contact="")
    import_plans(made, [sample_plan(tmp_path)], now=NOW)
    return made


def standing(workspace: Workspace) -> tuple[list[LedgerTask], list[LedgerIndicator]]:
    with opened_ledger(workspace) as ledger:
        return list(ledger.plans.tasks()), list(ledger.plans.indicators())


def confirm(workspace: Workspace, table: bytes) -> list[str]:
    edited_table = workspace.root / "改好的.xlsx"
    edited_table.write_bytes(table)
    result = confirm_tasks(workspace, edited_table, now=NOW)
    assert result.is_applied, [finding.message for finding in result.findings]
    return [str(change) for change in result.changes]


def test_split(workspace: Workspace) -> None:
    tasks, indicators = standing(workspace)
    measured = next(one for one in indicators if one.task_code)
    old = next(task for task in tasks if task.code == measured.task_code)

    def split(clerk: Clerk) -> None:
        clerk.put(TASKS, old.code, "任务内容", "第一件事。")
        clerk.add(
            TASKS, old.code, 任务编号="新1", 任务名称="第二件事", 任务内容="第二件事。", 牵头单位="省档案馆"
        )  # fmt: skip
        clerk.put(INDICATORS, measured.code, "任务编号", "新1")

    confirm(workspace, edited(workspace.review_table.read_bytes(), split))
    now, measures = standing(workspace)
    place = [task.code for task in now].index(old.code)
    first, second = now[place], now[place + 1]
    assert (first.code, first.title, first.body, first.lead_agencies) == (
        old.code, old.title, "第一件事。", old.lead_agencies,
    )  # fmt: skip
    assert (second.title, second.body, second.lead_agencies) == ("第二件事", "第二件事。", ("省档案馆",))
    assert second.code not in {task.code for task in tasks}
    assert len(now) == len(tasks) + 1
    assert {one.code: one.task_code for one in measures}[measured.code] == second.code


def test_merge(workspace: Workspace) -> None:
    tasks, indicators = standing(workspace)
    measured = next(one for one in indicators if one.task_code)
    gone = next(task for task in tasks if task.code == measured.task_code)
    kept = next(task for task in tasks if task.code != gone.code)

    def merge(clerk: Clerk) -> None:
        clerk.put(TASKS, kept.code, "任务内容", kept.body + gone.body)
        clerk.put(TASKS, gone.code, "处理", "删除")
        clerk.put(INDICATORS, measured.code, "任务编号", kept.code)

    changes = confirm(workspace, edited(workspace.review_table.read_bytes(), merge))
    assert f"删除任务 {gone.code}：{gone.title}" in changes
    now, measures = standing(workspace)
    assert [task.code for task in now] == [task.code for task in tasks if task is not gone]
    assert next(task.body for task in now if task.code == kept.code) == kept.body + gone.body
    assert {one.code: one.task_code for one in measures}[measured.code] == kept.code
