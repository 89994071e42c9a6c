"""Connections to the ledger's database: SQLite as planbook needs it set up, PostgreSQL alike, one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from planbook.ledger.faults import in_chinese
from planbook.ledger.vantage import look_back
from planbook.model.errors import PlanbookError

_SQLITE_PREFIX: Final = "sqlite:///"
_WRITES: Final = "planbook_writes"
_WRITE_LOCK: Final = 0x706C616E626F6F6B  # “planbook”; PostgreSQL advisory locks are named by a number


class Database:
    """A database that is read in snapshots and written by one at a time.

    Attributes:
        place: What to call it in a message: the file, or server and database; never a password.
        is_sqlite: Whether it is an SQLite file.
    """

    def __init__(self, engine: Engine, place: str, *, wait_s: float, pinned: Connection | None = None) -> None:
        self.place = place
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._engine = engine
        self._wait_s = wait_s
        self._pinned = pinned

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state for as long as the block runs, whatever others write meanwhile.

        Raises:
            PlanbookError: The database cannot be read.
        """
        if self._pinned is not None:
            yield self._pinned
            return
        # In WAL mode, an SQLite transaction keeps to the state that it first saw; PostgreSQL must be asked to.
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with in_chinese(self.place), self._engine.connect() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that no other writer shares; it is kept whole, or nothing of it is.

        Raises:
            PlanbookError: Another writer did not finish in time, or the database cannot be written.
        """
        if self._pinned is not None:
            message = "a snapshot is for reading"
            raise RuntimeError(message)
        with in_chinese(self.place), self._engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                if not self.is_sqlite:
                    wait_ms = str(max(1, int(self._wait_s * 1000)))
                    connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": wait_ms})
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITE_LOCK})
                yield connection

    @contextmanager
    def snapshot(self, as_of: datetime | None = None) -> Iterator["Database"]:
        """Give this database for reading with every read in the block seeing the same state: now's, or a past one."""
        with self.reading() as connection:
            if as_of is not None and self._pinned is None:  # within a snapshot there is nothing but its own state
                look_back(connection, as_of)
            yield Database(self._engine, self.place, wait_s=self._wait_s, pinned=connection)

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """Give a server's connection without a transaction, for locks that last as long as it does.

        Raises:
            PlanbookError: The server cannot be reached.
        """
        with in_chinese(self.place), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    def use_write_ahead_log(self) -> None:
        """Make an SQLite file use WAL, so that readers and the writer do not shut each other out.

        Raises:
            PlanbookError: The file's place does not allow it.
        """
        if not self.is_sqlite:
            return
        with in_chinese(self.place):
            connection = self._engine.raw_connection()  # the mode cannot change inside a transaction
            try:
                cursor = connection.cursor()
                mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
                if mode != "wal":
                    mode = cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0]
            finally:
                connection.close()
        if mode != "wal":
            raise PlanbookError(f"台账数据库 {self.place} 所在的磁盘不支持多人读写，请把工作区放到本机磁盘上。")

    def close(self) -> None:
        """Close every connection; SQLite then folds its write-ahead log into the file."""
        self._engine.dispose()


def connect(target: Path | str, *, create: bool, wait_s: float) -> Database:
    """Return the database at `target`, not yet looked into.

    Args:
        target: An SQLite file, as a path or as `sqlite:///PATH` (taken literally: `?` and `%` are part of the name),
            or a `postgresql://` URL.
        create: An SQLite file that is not there yet may come into being.
        wait_s: Seconds to wait for another writer.

    Raises:
        PlanbookError: No such file, or no usable URL.
    """
    if isinstance(target, str) and "://" in target and not target.startswith(_SQLITE_PREFIX):
        return _connect_server(target, wait_s)
    path = Path(target.removeprefix(_SQLITE_PREFIX) if isinstance(target, str) else target)
    if not create and not path.is_file():
        raise PlanbookError(f"找不到台账数据库 {path}，请确认工作区完整，或先用 planbook init 建立工作区。")
    engine = create_engine(URL.create("sqlite", database=str(path.absolute())))
    _prepare_sqlite(engine, wait_s)
    return Database(engine, str(path), wait_s=wait_s)


def _connect_server(target: str, wait_s: float) -> Database:
    advice = "数据库应写成 postgresql://用户:密码@服务器/数据库"
    try:
        url = make_url(target)
    except (ArgumentError, ValueError) as error:
        raise PlanbookError(f"设置中的数据库地址无法识别，{advice}。") from error
    if url.get_backend_name() != "postgresql":
        raise PlanbookError(f"不支持“{url.drivername}”数据库，{advice}，或留空使用 SQLite。")
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise PlanbookError("连接 PostgreSQL 需要组件 psycopg，请先安装：pip install 'psycopg[binary]'。") from error
    return Database(engine, f"{url.host or ''}/{url.database or ''}", wait_s=wait_s)


def _prepare_sqlite(engine: Engine, wait_s: float) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(wait_s * 1000)}")
        cursor.execute("PRAGMA foreign_keys=ON")
        # FULL: once a clerk is told that a return is in, a power cut must not take it out again.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that reads first and then finds it taken would fail without waiting.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
