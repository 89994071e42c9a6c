"""A workspace on a real PostgreSQL server: the same export, byte for byte, moved over, worked on, and moved back."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.conftest import Office
from tests.support.command import planbook
from tests.support.postgres import PostgresServer, running_postgres
from tests.support.returns import filled_form

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running_postgres() as started:
        yield started


def exported(root: Path, *arguments: str) -> bytes:
    command = [sys.executable, "-m", "planbook", "-w", str(root), "export", "--json", *arguments]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout


def test_a_shared_ledger(office: Office, server: PostgresServer) -> None:
    for agency in ("省农业农村厅", "省水利厅", "省民政厅"):
        (office.inbox / f"{agency}.xlsx").write_bytes(filled_form(office.forms[agency], text="完成前期工作 𠮷 100%"))
    office.consolidate()
    code = next(task for _, task in office.export())
    assert planbook("close", code, "--reason", "已验收", workspace=office.root).code == 0
    before = exported(office.root)
    url = server.new_database()
    moved = planbook("ledger", "migrate", "--to", url, workspace=office.root)
    assert (moved.code, moved.result["added"]) == (0, sum(moved.result["rows"].values())), moved.error
    assert not (office.root / "planbook.db").exists()
    assert Path(moved.result["put_aside"]).is_file()
    assert exported(office.root) == before
    assert exported(office.root, "--as-of", "2020-01-01") == b'{\n "reports": [],\n "indicators": []\n}\n'

    (office.inbox / "省水利厅.xlsx").write_bytes(filled_form(office.forms["省水利厅"], percent=77))
    assert [one["verdict"] for one in office.consolidate()["files"]].count("accepted") == 1
    after = exported(office.root)
    assert after != before
    assert planbook("undo", workspace=office.root).code == 0
    assert exported(office.root) == before
    assert planbook("doctor", workspace=office.root).code == 0

    back = planbook("ledger", "migrate", "--to", "sqlite", workspace=office.root)
    assert (back.code, back.result["rows"]["undone_run"]) == (0, 1), back.error
    assert exported(office.root) == before
    again = planbook("ledger", "migrate", "--to", "sqlite", workspace=office.root)
    assert (again.code, "不用搬" in again.error) == (2, True)
