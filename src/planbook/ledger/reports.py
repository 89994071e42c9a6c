"""What the returns in force say: reports, indicator values, findings, and who has not answered."""

from collections.abc import Mapping, Sequence, Set
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, func, select

from planbook.ledger.agencies import read_directory
from planbook.ledger.connection import Database
from planbook.ledger.finding_codec import FINDING_COLUMNS, finding_of
from planbook.ledger.forms import newest_forms
from planbook.ledger.in_force import submissions_in_force
from planbook.ledger.rows import batches, columns_for
from planbook.ledger.schema import (
    form,
    form_task,
    indicator_report,
    submission,
    submission_finding,
    task_report,
)
from planbook.ledger.schema_columns import period_rank
from planbook.ledger.undoing import undone_runs
from planbook.model.agency import Agency
from planbook.model.form import Role
from planbook.model.ledger import AgencyFinding, MissingAgency, ReceivedIndicator, ReceivedReport
from planbook.model.period import Period
from planbook.model.submission import IndicatorReport, TaskReport

_SOURCE: Final = (
    submission.c.agency,
    submission.c.period,
    submission.c.file_name,
    submission.c.file_sha256,
    submission.c.received_at,
)


class Reports:
    """The reports in force; every list is by period, then in the order of taking in, then by row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tasks(self, period: Period | None = None, codes: Sequence[str] | None = None) -> tuple[ReceivedReport, ...]:
        """Return the task reports in force for `period`, or for every period; with `codes`, on those tasks only."""
        query = _in_force(task_report, TaskReport, period)
        if codes is not None:
            return self._task_reports(query.where(task_report.c.task_code.in_(codes)))
        return self._task_reports(query)

    def codes_in(self, submission_numbers: Sequence[int]) -> frozenset[str]:
        """Return the tasks that the submissions report on."""
        found: set[str] = set()
        with self._database.reading() as connection:
            for part in batches(submission_numbers):
                query = select(task_report.c.task_code).where(task_report.c.submission_number.in_(part))
                found.update(connection.execute(query).scalars())
        return frozenset(found)

    def indicators(self, period: Period | None = None) -> tuple[ReceivedIndicator, ...]:
        """Return the indicator reports in force for `period`, or for every period."""
        return self._indicator_reports(_in_force(indicator_report, IndicatorReport, period))

    def of_task(self, code: str) -> tuple[ReceivedReport, ...]:
        """Return the reports in force on one task, of every period."""
        return self._task_reports(_in_force(task_report, TaskReport, None).where(task_report.c.task_code == code))

    def of_indicators(self, codes: Sequence[str]) -> tuple[ReceivedIndicator, ...]:
        """Return the values in force of some indicators, of every period."""
        query = _in_force(indicator_report, IndicatorReport, None)
        return self._indicator_reports(query.where(indicator_report.c.indicator_code.in_(codes)))

    def tasks_before(self, period: Period) -> tuple[ReceivedReport, ...]:
        """Return each agency's last report in force on each task from a period before `period` (上期进展)."""
        return self._task_reports(_last_before(task_report, task_report.c.task_code, TaskReport, period))

    def on_tasks(self, codes: Sequence[str]) -> tuple[ReceivedReport, ...]:
        """Return the task reports in force on the tasks `codes`, of every period."""
        found: list[ReceivedReport] = []
        for part in batches(codes):
            found += self._task_reports(
                _in_force(task_report, TaskReport, None).where(task_report.c.task_code.in_(part))
            )
        return tuple(found)

    def indicators_before(self, period: Period) -> tuple[ReceivedIndicator, ...]:
        """Return each agency's last value in force of each indicator from a period before `period` (上期完成值)."""
        query = _last_before(indicator_report, indicator_report.c.indicator_code, IndicatorReport, period)
        return self._indicator_reports(query)

    def indicators_until(self, period: Period) -> tuple[ReceivedIndicator, ...]:
        """Return the indicator reports in force of `period` and of every period before it."""
        query = _in_force(indicator_report, IndicatorReport, None).where(
            submission.c.period_rank <= period_rank(period)
        )
        return self._indicator_reports(query)

    def silent_periods(self, agencies: Sequence[str], periods: Sequence[Period]) -> Mapping[str, int]:
        """Return for each of `agencies` how many of the last of `periods`, newest first, it left unanswered in a row.

        A period in which it was not asked neither counts nor breaks the row.
        """
        asked, answered = (
            select(table.c.agency, table.c.period).where(table.c.period.in_(periods)).distinct()
            for table in (form, submission)
        )
        answered = answered.where(submission.c.run_number.not_in(undone_runs()))
        with self._database.reading() as connection:
            sent = {(agency, period) for agency, period in connection.execute(asked)}
            back = {(agency, period) for agency, period in connection.execute(answered)}
        return {agency: _in_a_row(agency, periods, sent, back) for agency in agencies}

    def findings(self, period: Period | None = None) -> tuple[AgencyFinding, ...]:
        """Return what validation said about the returns in force for `period`, or for every period."""
        query = (
            select(submission.c.agency, submission.c.file_name, *FINDING_COLUMNS)
            .join(submission, submission.c.number == submission_finding.c.submission_number)
            .where(submission.c.number.in_(submissions_in_force(period)))
            .order_by(submission.c.period_rank, submission.c.number, submission_finding.c.position)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query)
            return tuple(AgencyFinding(agency, name, finding_of(content)) for agency, name, *content in rows)

    def missing(self, period: Period) -> tuple[MissingAgency, ...]:
        """Return the agencies that were issued a form for `period` and have not returned any version of it."""
        counted = submission.c.run_number.not_in(undone_runs())
        answered = select(submission.c.agency).where(submission.c.period == period, counted)
        lead_tasks = (
            select(func.count())
            .where(form_task.c.form_number == form.c.number, form_task.c.role == Role.LEAD)
            .scalar_subquery()
        )
        query = (
            select(form.c.agency, form.c.task_count, lead_tasks, form.c.issued_on, form.c.due_on)
            .where(form.c.number.in_(newest_forms(period)), form.c.agency.not_in(answered))
            .order_by(form.c.number)
        )
        with self._database.reading() as connection:
            directory = read_directory(connection)
            rows = connection.execute(query).all()
        contacts = ((row, directory.find(row[0]) or Agency(row[0])) for row in rows)
        return tuple(MissingAgency(*row, entry.contact, entry.phone, entry.email) for row, entry in contacts)

    def _task_reports(self, query: Select[Any]) -> tuple[ReceivedReport, ...]:
        with self._database.reading() as connection:
            return tuple(
                ReceivedReport(agency, period, TaskReport(*content), name, sha256, received_at)
                for agency, period, name, sha256, received_at, *content in connection.execute(query)
            )

    def _indicator_reports(self, query: Select[Any]) -> tuple[ReceivedIndicator, ...]:
        with self._database.reading() as connection:
            return tuple(
                ReceivedIndicator(agency, period, IndicatorReport(*content), name, sha256, received_at)
                for agency, period, name, sha256, received_at, *content in connection.execute(query)
            )


def _in_a_row(
    agency: str, periods: Sequence[Period], sent: Set[tuple[str, Period]], back: Set[tuple[str, Period]]
) -> int:
    count = 0
    for period in periods:
        if (agency, period) in back:
            break
        count += (agency, period) in sent
    return count


def _received(table: Table, noun: type[Any]) -> Select[Any]:
    return (
        select(*_SOURCE, *columns_for(noun, table))
        .join_from(table, submission, submission.c.number == table.c.submission_number)
        .order_by(submission.c.period_rank, submission.c.number, table.c.position)
    )


def _in_force(table: Table, noun: type[Any], period: Period | None) -> Select[Any]:
    return _received(table, noun).where(submission.c.number.in_(submissions_in_force(period)))


def _last_before(table: Table, code: ColumnElement[str], noun: type[Any], period: Period) -> Select[Any]:
    place = func.row_number().over(
        partition_by=(submission.c.agency, code), order_by=(submission.c.period_rank.desc(), table.c.position)
    )
    ranked = (
        select(table.c.submission_number, table.c.position, place.label("place"))
        .join(submission, submission.c.number == table.c.submission_number)
        .where(submission.c.number.in_(submissions_in_force(before_rank=period_rank(period))))
        .subquery()
    )
    is_it = (ranked.c.submission_number == table.c.submission_number) & (ranked.c.position == table.c.position)
    return _received(table, noun).join(ranked, is_it).where(ranked.c.place == 1)
