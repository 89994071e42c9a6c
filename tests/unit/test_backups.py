import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from planbook.workspace.backups import attempt_backup, back_up_daily, last_backup

_DAY = date(2024, 4, 30)


def _ledger(folder: Path, rows: int) -> Path:
    path = folder / "planbook.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS report (number INTEGER)")
        connection.executemany("INSERT INTO report VALUES (?)", [(number,) for number in range(rows)])
        connection.commit()
    return path


def _rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])


def test_one_copy_a_day_as_it_stood_before_the_first_write(tmp_path: Path) -> None:
    ledger, folder = _ledger(tmp_path, 3), tmp_path / "backups"
    assert last_backup(folder) is None
    copy = back_up_daily(ledger, folder, _DAY)
    _ledger(tmp_path, 5)
    assert back_up_daily(ledger, folder, _DAY) is None
    assert copy is not None
    assert (_rows(copy), _rows(ledger)) == (3, 8)
    assert last_backup(folder) == _DAY
    assert [path.name for path in folder.iterdir()] == ["planbook_2024-04-30.db"]


def test_a_writer_at_work_is_no_hindrance(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, 3)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO report VALUES (9)")
        copy = back_up_daily(ledger, tmp_path / "backups", _DAY)
        assert copy is not None
        assert _rows(copy) == 3


def test_two_weeks_are_kept_and_never_nothing(tmp_path: Path) -> None:
    ledger, folder = _ledger(tmp_path, 1), tmp_path / "backups"
    for offset in range(20):
        back_up_daily(ledger, folder, _DAY + timedelta(days=offset))
    (folder / "planbook_迁出_20240401.db").write_bytes(b"")
    kept = sorted(path.name for path in folder.glob("planbook_2024*"))
    assert (len(kept), kept[0]) == (14, "planbook_2024-05-06.db")
    back_up_daily(ledger, folder, _DAY + timedelta(days=400))
    assert sorted(path.name for path in folder.iterdir()) == ["planbook_2025-06-04.db", "planbook_迁出_20240401.db"]


def test_no_work_fails_for_want_of_a_copy(tmp_path: Path) -> None:
    ledger = tmp_path / "planbook.db"
    ledger.write_bytes(b"no database at all" * 1000)
    assert not attempt_backup(ledger, tmp_path / "backups", _DAY)
    (tmp_path / "taken").write_text("a file where the folder should be")
    assert not attempt_backup(ledger, tmp_path / "taken", _DAY)
