import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

from planbook.ledger.faults import in_chinese
from planbook.ledger.store import Ledger, open_ledger
from planbook.model.errors import PlanbookError
from tests.unit.ledger import builders


class ServerError(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("FATAL: something in English\nDETAIL: more of it")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "told"),
    [
        ("55P03", "占用"),
        ("25006", "只读"),
        ("53100", "磁盘空间"),
        ("28P01", "登录"),
        ("08006", "连不上"),
        (None, "连不上"),
        ("XX001", "损坏"),
        ("57014", "something in English"),
    ],
)
def test_server_errors_are_told_in_chinese(sqlstate: str | None, told: str) -> None:
    with pytest.raises(PlanbookError, match=told) as caught, in_chinese("内网/台账"):
        raise OperationalError("SELECT", {}, ServerError(sqlstate))
    assert "内网/台账" in caught.value.message
    assert "DETAIL" not in caught.value.message


def test_own_faults_stay_what_they_are() -> None:
    with pytest.raises(IntegrityError), in_chinese("台账"):
        raise IntegrityError("INSERT", {}, sqlite3.IntegrityError("FOREIGN KEY constraint failed"))


def test_locked_by_another_program(ledger: Ledger, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_ledger(path, wait_s=0.05) as impatient:
        with pytest.raises(PlanbookError, match="占用"):
            builders.add_plan(impatient)
        assert impatient.plans.all() == ()
        other.execute("ROLLBACK")
        assert len(builders.add_plan(impatient)) == 3
    other.close()


def test_read_only_ledger_can_still_be_read(ledger: Ledger, path: Path) -> None:
    def forbid_writing(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    builders.add_plan(ledger)
    event.listen(Engine, "connect", forbid_writing)
    try:
        with open_ledger(path) as read_only:
            assert len(read_only.plans.tasks()) == 3
            with pytest.raises(PlanbookError, match="只读"):
                builders.add_plan(read_only, "另一份计划")
    finally:
        event.remove(Engine, "connect", forbid_writing)


def test_full_disk_changes_nothing(ledger: Ledger, path: Path) -> None:
    tasks = builders.add_plan(ledger)
    form = builders.form(ledger, tasks=tasks)

    def fill_the_disk(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(Engine, "connect", fill_the_disk)
    try:
        with open_ledger(path) as full:
            long = builders.submission(form, progress="长" * 100_000)
            with pytest.raises(PlanbookError, match="磁盘空间"):
                full.submissions.take_in(builders.run(), [long])
            assert full.reports.tasks() == ()
            assert full.check_integrity() == ()
    finally:
        event.remove(Engine, "connect", fill_the_disk)


def test_damaged_file(path: Path) -> None:
    with open_ledger(path, create=True) as ledger:
        builders.add_plan(ledger, tasks=200)
    content = bytearray(path.read_bytes())
    content[4096 * 5 :] = b"\x5a" * (len(content) - 4096 * 5)
    path.write_bytes(content)
    with pytest.raises(PlanbookError), open_ledger(path) as damaged:
        damaged.plans.tasks()
