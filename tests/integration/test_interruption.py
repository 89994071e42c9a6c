"""kill -9 at any moment: what stands is whole, and a rerun ends where an undisturbed run would have."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planbook.samples import sample_plan
from tests.integration.conftest import Office
from tests.support.command import planbook
from tests.support.returns import filled_form


def kill_after(seconds: float, *arguments: str | Path, workspace: Path) -> None:
    command = [sys.executable, "-m", "planbook", "-w", str(workspace), *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.kill()
    process.wait()


def is_whole(root: Path) -> bool:
    checks = {check["subject"]: check for check in planbook("doctor", workspace=root).result["checks"]}
    return bool(checks["台账数据库"]["good"] and checks["回表存档"]["good"])


@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.7, 1.0, 1.5])
def test_consolidation_killed(office: Office, tmp_path: Path, seconds: float) -> None:
    for number, form in enumerate(list(office.forms.values())[:12]):
        (office.inbox / f"{number}.xlsx").write_bytes(filled_form(form, percent=number))
    undisturbed = Office.__new__(Office)
    undisturbed.root = tmp_path / "不受打扰"
    shutil.copytree(office.root, undisturbed.root)
    undisturbed.consolidate()

    kill_after(seconds, "consolidate", "--period", "2024Q1", workspace=office.root)
    assert is_whole(office.root)
    assert len({agency for agency, _ in office.export()}) in (0, 12)
    result = office.consolidate()
    assert {file["verdict"] for file in result["files"]} <= {"accepted", "duplicate"}
    assert office.export() == undisturbed.export()
    assert Path(result["ledger"]).exists()


@pytest.mark.parametrize("seconds", [0.3, 0.6, 0.9, 1.3])
def test_import_and_issue_killed(tmp_path: Path, seconds: float) -> None:
    root = tmp_path / "台账"
    plan = sample_plan(tmp_path)
    assert planbook("init", root).code == 0
    kill_after(seconds, "import", plan, workspace=root)
    assert is_whole(root)
    imported = planbook("import", plan, workspace=root)
    assert [one["tasks"] for one in imported.result["plans"]] == [29]
    kill_after(seconds, "issue", "--period", "2024Q1", workspace=root)
    assert is_whole(root)
    issued = planbook("issue", "--period", "2024Q1", workspace=root)
    forms = {Path(form["path"]).name for form in issued.result["forms"]}
    on_disk = {path.name for path in (root / "forms" / "2024Q1").glob("*.xlsx")}
    assert on_disk == forms
    again = planbook("issue", "--period", "2024Q1", workspace=root)
    assert [form["is_new"] for form in again.result["forms"]] == [False] * len(forms)
    assert all("issued_form" not in finding["code"] for finding in again.result["findings"])
