"""Returns read on a cluster, or taken into PostgreSQL, end in the same ledger as those that one machine takes in."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.integration.conftest import Office
from tests.support import crash_acts
from tests.support.cluster import running_cluster
from tests.support.command import planbook
from tests.support.postgres import PostgresServer, running_postgres
from tests.support.returns import filled_form

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with running_cluster() as address:
        yield address


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running_postgres() as started:
        yield started


def with_returns(office: Office) -> None:
    """Answers of every kind: whole, twice, an older version, doubtful, blank, damaged, empty, and in an archive."""
    forms = list(office.forms.items())
    for number, (agency, form) in enumerate(forms):
        content = filled_form(form, percent=number, text=f"完成第{number}项\n=1+1，𠮷 100%")
        (office.inbox / f"{number}.xlsx").write_bytes(content)
        if number % 5 == 0:
            (office.inbox / f"{agency}（再报）.xlsx").write_bytes(filled_form(form, percent="大部分", text="又有进展"))
    (office.inbox / "副本.xlsx").write_bytes((office.inbox / "0.xlsx").read_bytes())
    (office.inbox / "空表.xlsx").write_bytes(forms[0][1].read_bytes())
    with ZipFile(office.inbox / "打包.zip", "w") as archive:
        archive.writestr("里面.xlsx", filled_form(forms[1][1], percent=88))
    (office.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04" + bytes(500))
    (office.inbox / "空.xlsx").write_bytes(b"")


def exported(root: Path) -> bytes:
    command = [sys.executable, "-m", "planbook", "-w", str(root), "export", "--json"]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout


def test_every_way_gives_the_same_export_byte_for_byte(
    office: Office, cluster: str, server: PostgresServer, tmp_path: Path
) -> None:
    with_returns(office)
    ways = ("单机", "集群", "PostgreSQL", "集群和PostgreSQL")
    roots = {way: tmp_path / way / office.root.name for way in ways}
    for root in roots.values():
        shutil.copytree(office.root, root)
    results: dict[str, Any] = {}
    for way, root in roots.items():
        if "PostgreSQL" in way:
            moved = planbook("ledger", "migrate", "--to", server.new_database(), workspace=root)
            assert moved.code == 0, moved.error
        fields = {"period": crash_acts.PERIOD, "cluster": cluster if "集群" in way else ""}
        results[way] = dict(crash_acts.carry_out("consolidate", root, fields).json)
    for way, root in roots.items():
        assert results[way]["summary"] == results["单机"]["summary"], way
        assert _without_root(results[way]["files"], root) == _without_root(results["单机"]["files"], roots["单机"]), way
        assert crash_acts.state(root) == crash_acts.state(roots["单机"]), way
    assert results["单机"]["summary"]["accepted"] == len(office.forms)
    assert results["单机"]["summary"]["rejected"] == 3
    exports = {way: exported(root) for way, root in roots.items()}
    assert exports["单机"].count(b'"task_title"') > 80
    for way in ways[1:]:
        assert exports[way] == exports["单机"], way


def _without_root(files: list[dict[str, object]], root: Path) -> str:
    return str(files).replace(str(root), "")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "tcp://"])
def test_a_cluster_that_is_not_there(office: Office, address: str) -> None:
    with_returns(office)
    run = planbook("consolidate", "--period", "2024Q1", "--cluster", address, workspace=office.root)
    assert run.code == 2
    assert "集群" in run.error
    assert office.export() == {}
