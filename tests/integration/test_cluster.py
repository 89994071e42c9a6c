"""Returns read on a cluster end in the same ledger as those read on one machine, hostile ones included."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.conftest import Office
from tests.support import crash_acts
from tests.support.command import planbook
from tests.support.returns import filled_form


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Address of a cluster of two workers, started as a person would."""
    command = [sys.executable, "-m", "planbook", "cluster", "local", "2", "--port", "0", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        said = "".join(iter(process.stdout.readline, "}\n")) + "}"
        yield json.loads(said)["address"]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def with_returns(office: Office) -> None:
    for number, form in enumerate(office.forms.values()):
        (office.inbox / f"{number}.xlsx").write_bytes(filled_form(form, percent=number, text=f"完成第{number}项"))
    (office.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04" + bytes(500))
    (office.inbox / "空.xlsx").write_bytes(b"")


def test_a_cluster_gives_the_same_ledger(office: Office, cluster: str, tmp_path: Path) -> None:
    with_returns(office)
    alone = tmp_path / "单机" / office.root.name
    shutil.copytree(office.root, alone)
    here = planbook("consolidate", "--period", "2024Q1", workspace=alone).result
    there = planbook("consolidate", "--period", "2024Q1", "--cluster", cluster, workspace=office.root).result
    assert there["summary"] == here["summary"]
    assert there["summary"]["accepted"] == len(office.forms)
    assert there["summary"]["rejected"] == 2
    assert crash_acts.state(office.root) == crash_acts.state(alone)
    export = [planbook("export", workspace=root).result for root in (alone, office.root)]
    assert json.dumps(export[0]) == json.dumps(export[1])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "tcp://"])
def test_a_cluster_that_is_not_there(office: Office, address: str) -> None:
    with_returns(office)
    run = planbook("consolidate", "--period", "2024Q1", "--cluster", address, workspace=office.root)
    assert run.code == 2
    assert "集群" in run.error
    assert office.export() == {}
