import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import planbook.ledger
from planbook.ledger.migration import HEAD
from planbook.ledger.schema import METADATA
from planbook.ledger.store import Ledger, open_ledger
from planbook.model.errors import PlanbookError


def test_migrations_end_in_the_schema_that_the_code_uses(ledger: Ledger, path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_head_is_the_newest_revision() -> None:
    scripts = ScriptDirectory(Path(planbook.ledger.__file__).with_name("migrations"))
    assert scripts.get_current_head() == HEAD


def test_workspace_id_is_made_once(path: Path) -> None:
    ids = set()
    for create in (True, False, True):
        with open_ledger(path, create=create) as ledger:
            ids.add(ledger.workspace_id)
    assert len(ids) == 1
    assert len(ids.pop()) == 32


def test_reopening_does_without_alembic(ledger: Ledger, path: Path) -> None:
    code = (
        "import sys; from planbook.ledger.store import open_ledger; open_ledger(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 0


def test_sqlite_is_set_up_for_several_readers_and_a_writer(ledger: Ledger) -> None:
    with ledger._database.reading() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in _SET_UP}
    assert pragmas == _SET_UP


_SET_UP = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 10000}


def test_restored_backup_gets_its_write_ahead_log_back(path: Path) -> None:
    open_ledger(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    with open_ledger(path) as ledger, ledger._database.reading() as reading:
        assert reading.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


@pytest.mark.parametrize("name", ["台账.db", "a b.db", "何时?.db", "100%25.db", "#1.db"])
def test_path_is_taken_literally(tmp_path: Path, name: str) -> None:
    open_ledger(f"sqlite:///{tmp_path / name}", create=True).close()
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    open_ledger(tmp_path / name).close()


def test_missing_file_is_not_made_by_opening_it(path: Path) -> None:
    with pytest.raises(PlanbookError, match=r"planbook\.db"):
        open_ledger(path)
    assert not path.exists()


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(PlanbookError):
        open_ledger(tmp_path / "无此文件夹" / "planbook.db", create=True)


def test_empty_file_becomes_a_ledger_only_on_request(path: Path) -> None:
    path.touch()
    with pytest.raises(PlanbookError, match="init"):
        open_ledger(path)
    assert path.stat().st_size == 0
    open_ledger(path, create=True).close()
    open_ledger(path).close()


def test_file_that_is_no_database(path: Path) -> None:
    path.write_bytes("这是一份普通的文件。".encode() * 100)
    for create in (False, True):
        with pytest.raises(PlanbookError, match="不是"):
            open_ledger(path, create=create)
    assert path.read_bytes().startswith("这是".encode())


def test_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE run (x)")
    connection.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(PlanbookError, match="别的内容"):
            open_ledger(path, create=create)
    assert path.read_bytes() == before


def test_ledger_of_a_newer_planbook(ledger: Ledger, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(PlanbookError, match="升级"):
        open_ledger(path)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://u:secret@host/db", "不支持"),
        ("://", "无法识别"),
        ("postgresql://u:secret@host:port/db", "无法识别"),
    ],
)
def test_unusable_url(url: str, told: str) -> None:
    with pytest.raises(PlanbookError, match=told) as caught:
        open_ledger(url)
    assert "secret" not in caught.value.message


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(PlanbookError, match="psycopg"):
        open_ledger("postgresql://u:secret@localhost/db")
