"""Taking in submissions: each whole or not at all, none twice, older ones kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Select, Table, func, select

from planbook.ledger.connection import Database
from planbook.ledger.finding_codec import finding_row
from planbook.ledger.in_force import effective_at, submissions_in_force
from planbook.ledger.records import KeptSubmission, Run, SubmissionRecord, TakenIn
from planbook.ledger.rows import batches, columns_for, insert_all, next_number, row_for
from planbook.ledger.runs import note_run
from planbook.ledger.schema import form as form_table
from planbook.ledger.schema import (
    form_indicator,
    form_task,
    indicator_report,
    submission,
    submission_finding,
    task_report,
)
from planbook.ledger.schema import run as run_table
from planbook.ledger.undoing import undone_runs
from planbook.model.period import Period
from planbook.model.submission import IndicatorReport, Submission, TaskReport, Verdict

Report = TypeVar("Report", TaskReport, IndicatorReport)


class Submissions:
    """What agencies have reported."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_in(self, run: Run, submissions: Sequence[Submission]) -> tuple[TakenIn, ...]:
        """Take in `submissions`, in the order in which they were received, and say what became of each.

        All of it is one transaction: killed at any moment, the ledger is as before or as after. A submission whose
        bytes are in already changes nothing. One that answers a form which this ledger never issued, or reports on
        rows that its form does not contain, is refused alone. One that answers an older version of the form counts
        for its agency and period like any other.

        Raises:
            PlanbookError: The ledger cannot be written; then nothing was taken in.
        """
        with self._database.writing() as connection:
            intake = _Intake(connection)
            intake.prepare(submissions)
            results = [intake.place(one) for one in submissions]
            intake.write(run)
            in_force = _versions_in_force(connection, {one.period for one in results if one.period})
        return tuple(_ranked(one, in_force) for one in results)

    def newest_received_at(self) -> datetime | None:
        """Return when the newest submission was received, UTC; None where there is none."""
        with self._database.reading() as connection:
            newest: datetime | None = connection.execute(select(func.max(submission.c.received_at))).scalar()
        return newest

    def first_returns(self, period: Period) -> Mapping[str, tuple[datetime, int]]:
        """Return, by agency, when its first return for `period` came in (UTC) and how many were taken in."""
        query = (
            select(submission.c.agency, func.min(submission.c.received_at), func.count())
            .where(submission.c.period == period, submission.c.run_number.not_in(undone_runs()))
            .group_by(submission.c.agency)
        )
        with self._database.reading() as connection:
            return {agency: (first, count) for agency, first, count in connection.execute(query)}

    def kept(self, period: Period) -> tuple[KeptSubmission, ...]:
        """Return every submission for `period` that was not taken back, in the order of taking in."""
        query = (
            select(submission.c.number, submission.c.agency, submission.c.file_name, submission.c.file_sha256)
            .where(submission.c.period == period, submission.c.run_number.not_in(undone_runs()))
            .order_by(submission.c.number)
        )
        with self._database.reading() as connection:
            heads = connection.execute(query).all()
            tasks = _reports_by_submission(connection, task_report, TaskReport, period)
            indicators = _reports_by_submission(connection, indicator_report, IndicatorReport, period)
        return tuple(
            KeptSubmission(agency, name, sha256, tuple(tasks.get(number, ())), tuple(indicators.get(number, ())))
            for number, agency, name, sha256 in heads
        )

    def history(self, agency: str, period: Period) -> tuple[SubmissionRecord, ...]:
        """Return every submission of `agency` for `period`, in the order of taking in."""
        with self._database.reading() as connection:
            rows = connection.execute(_records(period).where(submission.c.agency == agency))
            return tuple(SubmissionRecord(*content) for _, *content in rows)

    def of_period(self, period: Period) -> tuple[tuple[str, SubmissionRecord], ...]:
        """Return every submission for `period` with its agency, in the order of taking in."""
        with self._database.reading() as connection:
            rows = connection.execute(_records(period))
            return tuple((agency, SubmissionRecord(*content)) for agency, *content in rows)


def _records(period: Period) -> Select[Any]:
    return (
        select(
            submission.c.agency,
            submission.c.version,
            form_table.c.version,
            submission.c.file_name,
            submission.c.file_sha256,
            submission.c.anchor,
            submission.c.saved_at,
            submission.c.received_at,
            submission.c.effective_at,
            run_table.c.who,
            submission.c.task_report_count,
            submission.c.indicator_report_count,
            submission.c.finding_count,
            submission.c.number.in_(submissions_in_force(period)),
            submission.c.run_number.in_(undone_runs()),
        )
        .join(form_table, form_table.c.number == submission.c.form_number)
        .join(run_table, run_table.c.number == submission.c.run_number)
        .where(submission.c.period == period)
        .order_by(submission.c.number)
    )


def _reports_by_submission(
    connection: Connection, table: Table, noun: type[Report], period: Period
) -> dict[int, list[Report]]:
    query: Select[Any] = (
        select(table.c.submission_number, *columns_for(noun, table))
        .join(submission, submission.c.number == table.c.submission_number)
        .where(submission.c.period == period)
        .order_by(table.c.submission_number, table.c.position)
    )
    found: dict[int, list[Report]] = {}
    for number, *content in connection.execute(query):
        found.setdefault(number, []).append(noun(*content))
    return found


@dataclass(frozen=True, slots=True)
class _IssuedForm:
    number: int
    agency: str
    period: Period
    period_rank: int
    issued_at: datetime
    codes: frozenset[str]


class _Intake:
    """One batch of submissions on its way into the tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._forms: dict[str, _IssuedForm] = {}
        self._known: dict[str, TakenIn] = {}
        self._versions: dict[tuple[str, Period], int] = {}
        self._next = next_number(connection, submission.c.number)
        self._accepted: list[tuple[Submission, _IssuedForm, int]] = []

    def prepare(self, submissions: Sequence[Submission]) -> None:
        """Look up, for the whole batch at once, what the submissions refer to."""
        for part in batches(sorted({one.form_id for one in submissions})):
            self._forms.update(_issued_forms(self._connection, part))
        for part in batches(sorted({one.file_sha256 for one in submissions})):
            self._known.update(_taken_in_before(self._connection, part))
        periods = {one.period for one in self._forms.values()}
        self._versions = _last_versions(self._connection, periods)

    def place(self, one: Submission) -> TakenIn:
        """Say what becomes of a submission, whether it is in force left open, and line it up if it is taken in."""
        known = self._known.get(one.file_sha256)
        if known:
            return replace(known, verdict=Verdict.DUPLICATE)
        form = self._forms.get(one.form_id)
        if form is None:
            return _refusal(one, None, f"“{one.file_name}”所答复的责任清单不是本台账下发的，没有入账")
        foreign = _codes(one) - form.codes
        if foreign:
            listed = "、".join(sorted(foreign))
            return _refusal(one, form, f"“{one.file_name}”中的 {listed} 没有下发给{form.agency}，没有入账")
        version = self._versions.get((form.agency, form.period), 0) + 1
        self._versions[form.agency, form.period] = version
        self._accepted.append((one, form, version))
        result = TakenIn(one.file_sha256, one.form_id, form.agency, form.period, version, Verdict.ACCEPTED)
        self._known[one.file_sha256] = result
        return result

    def write(self, run: Run) -> None:
        """Add what was lined up to the tables."""
        if not self._accepted:
            return
        run_number = note_run(self._connection, run)
        batch: dict[Table, list[dict[str, object]]] = {
            table: [] for table in (submission, task_report, indicator_report, submission_finding)
        }
        for number, (one, form, version) in enumerate(self._accepted, start=self._next):
            batch[submission].append(_submission_row(one, form, number, version, run_number))
            shared = {"submission_number": number, "form_number": form.number}
            for table, reports in ((task_report, one.task_reports), (indicator_report, one.indicator_reports)):
                batch[table].extend(row_for(it, table, position=n, **shared) for n, it in enumerate(reports, start=1))
            batch[submission_finding].extend(finding_row(f, number, n) for n, f in enumerate(one.findings, start=1))
        for table, rows in batch.items():
            insert_all(self._connection, table, rows)


def _submission_row(
    one: Submission, form: _IssuedForm, number: int, version: int, run_number: int
) -> dict[str, object]:
    return {
        "number": number,
        "form_number": form.number,
        "agency": form.agency,
        "period": form.period,
        "period_rank": form.period_rank,
        "version": version,
        "file_sha256": one.file_sha256,
        "file_name": one.file_name,
        "anchor": one.anchor,
        "saved_at": one.saved_at,
        "received_at": one.received_at,
        "effective_at": effective_at(saved_at=one.saved_at, received_at=one.received_at, issued_at=form.issued_at),
        "task_report_count": len(one.task_reports),
        "indicator_report_count": len(one.indicator_reports),
        "finding_count": len(one.findings),
        "run_number": run_number,
    }


def _codes(one: Submission) -> frozenset[str]:
    tasks = (report.task_code for report in one.task_reports)
    return frozenset(tasks).union(report.indicator_code for report in one.indicator_reports)


def _refusal(one: Submission, form: _IssuedForm | None, reason: str) -> TakenIn:
    agency, period = (form.agency, form.period) if form else ("", None)
    return TakenIn(one.file_sha256, one.form_id, agency, period, 0, Verdict.REJECTED, reason)


def _ranked(result: TakenIn, in_force: Mapping[tuple[str, Period], int]) -> TakenIn:
    if result.verdict is not Verdict.ACCEPTED or result.period is None:
        return result
    is_in_force = in_force[result.agency, result.period] == result.version
    return result if is_in_force else replace(result, verdict=Verdict.SUPERSEDED)


def _issued_forms(connection: Connection, form_ids: Sequence[str]) -> dict[str, _IssuedForm]:
    codes: dict[int, set[str]] = {}
    for table, code in ((form_task, form_task.c.task_code), (form_indicator, form_indicator.c.indicator_code)):
        for number, text in _issued_codes(connection, table, code, form_ids):
            codes.setdefault(number, set()).add(text)
    columns = (form_table.c[name] for name in ("form_id", "number", "agency", "period", "period_rank", "issued_at"))
    rows = connection.execute(select(*columns).where(form_table.c.form_id.in_(form_ids)))
    return {
        row.form_id: _IssuedForm(
            number=row.number,
            agency=row.agency,
            period=row.period,
            period_rank=row.period_rank,
            issued_at=row.issued_at,
            codes=frozenset(codes.get(row.number, ())),
        )
        for row in rows
    }


def _issued_codes(
    connection: Connection, table: Table, code: Column[str], form_ids: Sequence[str]
) -> Sequence[tuple[int, str]]:
    query = select(table.c.form_number, code).join(form_table, form_table.c.number == table.c.form_number)
    return [
        (number, text) for number, text in connection.execute(query.where(form_table.c.form_id.in_(form_ids))).all()
    ]


def _taken_in_before(connection: Connection, sha256s: Sequence[str]) -> dict[str, TakenIn]:
    query = (
        select(
            submission.c.file_sha256,
            form_table.c.form_id,
            submission.c.agency,
            submission.c.period,
            submission.c.version,
        )
        .join(form_table, form_table.c.number == submission.c.form_number)
        .where(submission.c.file_sha256.in_(sha256s), submission.c.run_number.not_in(undone_runs()))
    )
    return {row.file_sha256: TakenIn(*row, Verdict.ACCEPTED) for row in connection.execute(query)}


def _last_versions(connection: Connection, periods: set[Period]) -> dict[tuple[str, Period], int]:
    columns = (submission.c.agency, submission.c.period)
    query = select(*columns, func.max(submission.c.version)).where(submission.c.period.in_(periods)).group_by(*columns)
    return {(agency, period): version for agency, period, version in connection.execute(query)}


def _versions_in_force(connection: Connection, periods: set[Period]) -> dict[tuple[str, Period], int]:
    query = select(submission.c.agency, submission.c.period, submission.c.version)
    found: dict[tuple[str, Period], int] = {}
    for period in periods:
        rows = connection.execute(query.where(submission.c.number.in_(submissions_in_force(period))))
        found |= {(agency, period): version for agency, _, version in rows}
    return found
