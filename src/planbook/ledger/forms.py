"""Issued forms in the ledger: each kept whole, versions counted per agency and period."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Select, func, insert, select

from planbook.ledger.columns import storable
from planbook.ledger.connection import Database
from planbook.ledger.form_codec import encode_form
from planbook.ledger.kept_forms import KeptForm, open_form
from planbook.ledger.records import FormFile, Run
from planbook.ledger.rows import columns_for, insert_all, next_number
from planbook.ledger.runs import note_run
from planbook.ledger.schema import form as form_table
from planbook.ledger.schema import form_indicator, form_task
from planbook.ledger.schema_columns import period_rank
from planbook.model.errors import PlanbookError
from planbook.model.form import Form, Role
from planbook.model.ledger import IssuedForm
from planbook.model.period import Period

_AT_A_TIME: Final = 50


class Forms:
    """The forms that the ledger knows to be issued."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, run: Run, files: Sequence[FormFile]) -> None:
        """Note that `files` were issued, all of them or none; one that is noted already is left alone.

        Raises:
            PlanbookError: A form of the same agency, period and version was issued meanwhile.
        """
        with self._database.writing() as connection:
            for file in files:
                if not _is_known(connection, file.form):
                    _add(connection, run, file)

    def next_version(self, agency: str, period: Period) -> int:
        """Return the version that the next form of `agency` for `period` bears, from 1."""
        with self._database.reading() as connection:
            return _last_version(connection, agency, period) + 1

    def form(self, form_id: str) -> Form | None:
        """Return the form as it was issued, None where this ledger never issued it.

        Raises:
            PlanbookError: What is kept of it is damaged.
        """
        with self._database.reading() as connection:
            content = connection.execute(select(form_table.c.content).where(form_table.c.form_id == form_id)).scalar()
            return None if content is None else open_form(content)

    def of_period(self, period: Period) -> tuple[Form, ...]:
        """Return every form issued for `period`, older versions included, in the order of issue.

        Raises:
            PlanbookError: What is kept of one is damaged.
        """
        query = select(form_table.c.content).where(form_table.c.period == period).order_by(form_table.c.number)
        with self._database.reading() as connection:
            return tuple(open_form(content) for content in connection.execute(query).scalars())

    def kept(self, period: Period) -> Iterator[KeptForm]:
        """Yield the same forms as they are kept, not yet taken apart: few at a time, for they are large."""
        columns = (form_table.c.form_id, form_table.c.agency, form_table.c.content)
        query = select(*columns).where(form_table.c.period == period).order_by(form_table.c.number)
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=_AT_A_TIME)):
                yield KeptForm(*row)

    def issued_tasks(self, period: Period, codes: Sequence[str] | None = None) -> Mapping[tuple[str, str], Role]:
        """Return the agency's part in each task that stands in its newest form for `period`, by (agency, task code).

        With `codes`, only of those tasks.
        """
        newest = newest_forms(period).subquery()
        query = (
            select(form_table.c.agency, form_task.c.task_code, form_task.c.role)
            .join(newest, newest.c.number == form_table.c.number)
            .join(form_task, form_task.c.form_number == form_table.c.number)
        )
        if codes is not None:
            query = query.where(form_task.c.task_code.in_(codes))
        with self._database.reading() as connection:
            return {(agency, code): role for agency, code, role in connection.execute(query)}

    def issued_agencies(self, period: Period) -> tuple[str, ...]:
        """Return the agencies that a form was issued to for `period`, in the order of first issue."""
        query = (
            select(form_table.c.agency)
            .where(form_table.c.period == period)
            .group_by(form_table.c.agency)
            .order_by(func.min(form_table.c.number))
        )
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def first_issue(self, period: Period) -> datetime | None:
        """Return when the first form for `period` was issued, UTC; None where none was."""
        query = select(func.min(form_table.c.issued_at)).where(form_table.c.period == period)
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def periods(self) -> tuple[Period, ...]:
        """Return the periods that forms were issued for, in order."""
        query = select(form_table.c.period).group_by(form_table.c.period, form_table.c.period_rank)
        with self._database.reading() as connection:
            return tuple(connection.execute(query.order_by(form_table.c.period_rank)).scalars())

    def digests(self, period: Period) -> Mapping[str, frozenset[str]]:
        """Return, by agency, the digests of every file that was written for `period`, older versions included."""
        query = select(form_table.c.agency, form_table.c.file_sha256).where(form_table.c.period == period)
        found: dict[str, frozenset[str]] = {}
        with self._database.reading() as connection:
            for agency, sha256 in connection.execute(query):
                found[agency] = found.get(agency, frozenset()) | {sha256}
        return found

    def issued(self, period: Period | None = None) -> tuple[IssuedForm, ...]:
        """Return the newest form of each agency for `period`, or for every period, in the order of issue."""
        newest = newest_forms(period).subquery()
        query = (
            select(*columns_for(IssuedForm, form_table))
            .join(newest, newest.c.number == form_table.c.number)
            .order_by(form_table.c.period_rank, form_table.c.number)
        )
        with self._database.reading() as connection:
            return tuple(IssuedForm(*row) for row in connection.execute(query))


def newest_forms(period: Period | None) -> Select[tuple[int]]:
    """Return the query for the numbers of each agency's newest form for `period`, or for every period."""
    # Numbers follow the versions: both count up under the one write lock.
    query = select(func.max(form_table.c.number).label("number")).group_by(form_table.c.period, form_table.c.agency)
    return query if period is None else query.where(form_table.c.period == period)


def _is_known(connection: Connection, form: Form) -> bool:
    known = connection.execute(select(form_table.c.content).where(form_table.c.form_id == form.form_id)).scalar()
    if known is not None and known != storable(encode_form(form)):
        message = f"form {form.form_id} was recorded with other content"
        raise ValueError(message)
    return known is not None


def _last_version(connection: Connection, agency: str, period: Period) -> int:
    query = select(func.max(form_table.c.version))
    return connection.execute(query.where(form_table.c.agency == agency, form_table.c.period == period)).scalar() or 0


def _add(connection: Connection, run: Run, file: FormFile) -> None:
    form = file.form
    if form.version <= _last_version(connection, form.agency, form.period):
        raise PlanbookError(
            f"{form.agency} {form.period} 的责任清单刚刚由他人下发过第 {form.version} 版，请重新下发一次。"
        )
    number = next_number(connection, form_table.c.number)
    connection.execute(
        insert(form_table),
        {
            "number": number,
            "form_id": form.form_id,
            "agency": form.agency,
            "period": form.period,
            "period_rank": period_rank(form.period),
            "version": form.version,
            "issued_on": form.issued_on,
            "due_on": form.due_on,
            "issued_at": file.issued_at,
            "path": file.path,
            "file_sha256": file.file_sha256,
            "task_count": len(form.tasks),
            "indicator_count": len(form.indicators),
            "content": encode_form(form),
            "run_number": note_run(connection, run),
        },
    )
    tasks = [{"form_number": number, "task_code": task.code, "role": task.role} for task in form.tasks]
    insert_all(connection, form_task, tasks)
    codes = [{"form_number": number, "indicator_code": indicator.code} for indicator in form.indicators]
    insert_all(connection, form_indicator, codes)
