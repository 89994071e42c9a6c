"""Full disks, wrong clocks and colleagues at work: a clear sentence, nothing lost, and the next run makes it good."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from planbook.actions.intentions.base import Circumstances
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.intentions.returns import ConsolidateRequest
from planbook.workspace.folder import open_workspace
from tests.integration.conftest import Office
from tests.support import crash_acts
from tests.support.command import CommandResult, planbook
from tests.support.returns import filled_form

ROOT = Path(__file__).parents[2]


def with_returns(office: Office) -> Office:
    for number, form in enumerate(list(office.forms.values())[:8]):
        (office.inbox / f"{number}.xlsx").write_bytes(filled_form(form, percent=number))
    return office


def consolidated_copy(office: Office, folder: Path) -> str:
    copy = folder / "不受打扰" / office.root.name
    shutil.copytree(office.root, copy)
    crash_acts.act("consolidate", str(copy))
    return crash_acts.state(copy)


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is made with Linux's mount namespaces")
@pytest.mark.parametrize("kib_free", [0, 60, 200])
def test_a_full_disk(office: Office, tmp_path: Path, kib_free: int) -> None:
    expected = consolidated_copy(with_returns(office), tmp_path)
    disk = tmp_path / "小盘"
    disk.mkdir()
    alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    command = [*alone, sys.executable, "-m", "tests.support.small_disk", str(office.root), str(disk), str(kib_free)]
    run = subprocess.run(
        [*command, "consolidate", "--period", "2024Q1"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    said = json.loads(run.stdout)
    assert "Traceback" not in said["error"]
    assert said["code"] == 2
    assert "磁盘" in said["error"]
    assert crash_acts.faults(office.root) == []
    crash_acts.act("consolidate", str(office.root))
    assert crash_acts.state(office.root) == expected


def test_two_consolidations_at_once(office: Office, tmp_path: Path) -> None:
    alone = tmp_path / "不受打扰" / office.root.name
    shutil.copytree(with_returns(office).root, alone)
    assert planbook("consolidate", "--period", "2024Q1", workspace=alone).code in (0, 1)
    runs: list[CommandResult] = []

    def consolidate() -> None:
        runs.append(planbook("consolidate", "--period", "2024Q1", workspace=office.root))

    threads = [threading.Thread(target=consolidate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [run for run in runs if run.code != 2]
    assert done
    assert all("正在一键汇总" in run.error for run in runs if run.code == 2)
    verdicts = Counter(file["verdict"] for run in done for file in run.result["files"])
    assert verdicts["accepted"] == 8
    assert crash_acts.state(office.root, by_own_clock=False) == crash_acts.state(alone, by_own_clock=False)
    assert crash_acts.faults(office.root) == []


def test_a_database_that_somebody_else_is_writing_to(office: Office, tmp_path: Path) -> None:
    expected = consolidated_copy(with_returns(office), tmp_path)
    other = sqlite3.connect(office.root / "planbook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        run = planbook("consolidate", "--period", "2024Q1", workspace=office.root)
    finally:
        other.rollback()
        other.close()
    assert run.code == 2
    assert "台账" in run.error
    crash_acts.act("consolidate", str(office.root))
    assert crash_acts.state(office.root) == expected


def test_a_clock_set_back(office: Office) -> None:
    """A version that comes later is in force, whatever this machine's clock says, and the clerk hears of the clock."""
    agency, form = next(iter(office.forms.items()))
    (office.inbox / "第一版.xlsx").write_bytes(filled_form(form, percent=30))
    assert planbook("consolidate", "--period", "2024Q1", workspace=office.root).code in (0, 1)
    (office.inbox / "第二版.xlsx").write_bytes(filled_form(form, percent=90))
    in_2024 = Circumstances(open_workspace(office.root), crash_acts.NOW, crash_acts.TODAY)
    ending = INTENTIONS["consolidate"].run(in_2024, ConsolidateRequest("2024Q1"))
    findings = ending.json["findings"]
    assert isinstance(findings, list)
    assert "clock_set_back" in [finding["code"] for finding in findings]
    percents = {row["completion_percent"] for (name, _), row in office.export().items() if name == agency}
    assert percents - {None} == {90}
    assert crash_acts.faults(office.root) == []
