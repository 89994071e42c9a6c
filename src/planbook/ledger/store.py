"""Opening the ledger; what can be done with it stands with the noun that it is done to."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select

from planbook.ledger.agencies import Agencies
from planbook.ledger.basis import Basis, read_basis, read_chain
from planbook.ledger.claims import Claims
from planbook.ledger.collected import Collected
from planbook.ledger.connection import Database, connect
from planbook.ledger.decisions import Decisions
from planbook.ledger.dispatches import Dispatches
from planbook.ledger.forms import Forms
from planbook.ledger.history import History
from planbook.ledger.integrity import check_integrity
from planbook.ledger.mail_schema import dispatch, dispatch_outcome
from planbook.ledger.migration import HEAD, revision_of, upgrade
from planbook.ledger.plans import Plans
from planbook.ledger.received_files import ReceivedFiles
from planbook.ledger.reports import Reports
from planbook.ledger.reviews import Reviews
from planbook.ledger.schema import run, workspace
from planbook.ledger.submissions import Submissions
from planbook.ledger.undoing import Undoing
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding


class Ledger:
    """An open ledger (台账).

    Attributes:
        workspace_id: Tells this ledger from any other, for good; forms carry it.
        plans: Plans, tasks and indicators.
        reviews: The clerk's changes to them.
        agencies: The directory.
        forms: Issued forms.
        submissions: What agencies reported, every version.
        files: Every received file, taken in or not.
        claims: Whose the unclaimed files are, as a clerk decided.
        reports: What the submissions in force say.
        decisions: What the office decided on its tasks.
        dispatches: What went out, and what became of it.
        collected: What was fetched from mailboxes and watched folders.
        undoing: Taking consolidations back.
        history: Everything that happened to a task.
    """

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self.workspace_id = workspace_id
        self.plans = Plans(database)
        self.reviews = Reviews(database)
        self.agencies = Agencies(database)
        self.forms = Forms(database)
        self.submissions = Submissions(database)
        self.files = ReceivedFiles(database)
        self.claims = Claims(database)
        self.reports = Reports(database)
        self.decisions = Decisions(database)
        self.dispatches = Dispatches(database)
        self.collected = Collected(database)
        self.undoing = Undoing(database)
        self.history = History(database)

    @contextmanager
    def snapshot(self, as_of: datetime | None = None) -> Iterator["Ledger"]:
        """Give this ledger for reading, every answer in the block from one state: figures that must add up.

        With `as_of`, UTC, that state is the one of that moment.
        """
        with self._database.snapshot(as_of) as database:
            yield Ledger(database, self.workspace_id)

    def state(self) -> tuple[int | str, ...]:
        """Return what differs if anything was entered since it was asked for: the ledger only grows.

        A ledger that was put back from a backup and grew anew may have as many runs; its last one is another.
        """
        grown = (run.c.number, dispatch.c.number, dispatch_outcome.c.position)
        with self._database.reading() as connection:
            last = connection.execute(select(run.c.key).order_by(run.c.number.desc()).limit(1)).scalar() or ""
            counts = [
                connection.execute(select(func.count(column), func.coalesce(func.max(column), 0))).one()[place]
                for column in grown
                for place in (0, 1)
            ]
        return (*counts, last)

    def basis(self) -> Basis:
        """Return what tells whether work done on an earlier state still holds."""
        with self._database.reading() as connection:
            return read_basis(connection)

    def grew_out_of(self, earlier: Basis) -> bool:
        """Return whether this is the same ledger as `earlier` was, with nothing taken away since."""
        with self._database.reading() as connection:
            return read_chain(connection, earlier.runs) == earlier.chain

    def check_integrity(self) -> tuple[Finding, ...]:
        """Return what is wrong with the ledger; nothing if it is whole. See `integrity.check_integrity`."""
        return check_integrity(self._database)

    def close(self) -> None:
        """Close the database; the ledger is of no use afterwards."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def open_ledger(target: Path | str, *, create: bool = False, wait_s: float = 10.0) -> Ledger:
    """Open the ledger at `target`, its schema brought up to date.

    Args:
        target: An SQLite file, as a path or `sqlite:///PATH`, or a `postgresql://` URL.
        create: Make a new ledger if there is none.
        wait_s: Seconds that a write waits for another writer.

    Raises:
        PlanbookError: There is no ledger, it is no ledger, it is damaged, locked, read-only, or of a newer planbook.
    """
    database = connect(target, create=create, wait_s=wait_s)
    try:
        return Ledger(database, _bring_up(database, create=create))
    except BaseException:
        database.close()
        raise


def _bring_up(database: Database, *, create: bool) -> str:
    with database.reading() as connection:
        revision = revision_of(connection)
        workspace_id = _workspace_id(connection) if revision == HEAD else ""
    if workspace_id:
        with suppress(PlanbookError):  # a restored backup; one that can only be read is read all the same
            database.use_write_ahead_log()
        return workspace_id
    if revision is None and not create:
        raise PlanbookError(f"台账数据库 {database.place} 是空的，请先用 planbook init 建立工作区。")
    database.use_write_ahead_log()
    with database.writing() as connection:
        if revision_of(connection) != HEAD:  # someone else may have been quicker
            upgrade(connection)
        if revision is None and not connection.execute(select(workspace.c.workspace_id)).first():
            connection.execute(insert(workspace), {"workspace_id": uuid4().hex, "created_at": datetime.now(UTC)})
        return _workspace_id(connection)


def _workspace_id(connection: Connection) -> str:
    return str(connection.execute(select(workspace.c.workspace_id)).scalar_one())
