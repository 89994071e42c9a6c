"""Whether the ledger is whole: the file itself, what refers to what, and that nothing that was counted is missing."""

from collections.abc import Iterator

from sqlalchemy import Column, Connection, Table, func, select, text

from planbook.ledger.connection import Database
from planbook.ledger.form_codec import decode_form
from planbook.ledger.schema import (
    form,
    form_indicator,
    form_task,
    indicator_report,
    submission,
    submission_finding,
    task_report,
)
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding

_COUNTED = (
    ("进展", task_report, submission.c.task_report_count),
    ("指标", indicator_report, submission.c.indicator_report_count),
    ("问题", submission_finding, submission.c.finding_count),
)


def check_integrity(database: Database) -> tuple[Finding, ...]:
    """Return what is wrong with the ledger; nothing if it is whole.

    Findings:
        ledger_damaged: The database itself says so.
        ledger_reference_broken: A row names one that is not there.
        ledger_rows_missing: A submission has other rows than were taken in.
        ledger_form_damaged: An issued form cannot be read back, or its rows disagree with it.
    """
    try:
        with database.reading() as connection:
            if database.is_sqlite:
                damage = [*_sqlite_damage(connection)]
                if damage:  # further reading would fail, or tell nothing
                    return tuple(damage)
            return (*_lost_rows(connection), *_damaged_forms(connection))
    except PlanbookError as error:
        return (Finding.of("ledger_damaged", detail=error.message.rstrip("。")),)


def _sqlite_damage(connection: Connection) -> Iterator[Finding]:
    for answer in connection.execute(text("PRAGMA quick_check(10)")).scalars():
        if answer != "ok":
            yield Finding.of("ledger_damaged", detail=str(answer).strip().replace("\n", "；"))
    broken: dict[tuple[str, str], int] = {}
    for table, _, target, _ in connection.execute(text("PRAGMA foreign_key_check")):
        broken[table, target] = broken.get((table, target), 0) + 1
    for (table, target), count in broken.items():
        yield Finding.of("ledger_reference_broken", table=table, target=target, count=count)


def _lost_rows(connection: Connection) -> Iterator[Finding]:
    for kind, table, noted in _COUNTED:
        present = _counts(connection, table, table.c.submission_number)
        query = select(submission.c.number, submission.c.agency, submission.c.period, submission.c.file_name, noted)
        for number, agency, period, name, count in connection.execute(query.order_by(submission.c.number)):
            found = present.get(number, 0)
            if found != count:
                yield Finding.of(
                    "ledger_rows_missing", agency=agency, period=period, file=name, kind=kind, noted=count, found=found
                )


def _damaged_forms(connection: Connection) -> Iterator[Finding]:
    tasks = _counts(connection, form_task, form_task.c.form_number)
    indicators = _counts(connection, form_indicator, form_indicator.c.form_number)
    query = select(form.c.number, form.c.agency, form.c.period, form.c.version, form.c.content)
    for number, agency, period, version, content in connection.execute(query.order_by(form.c.number)):
        try:
            kept = decode_form(content)
            is_whole = (len(kept.tasks), len(kept.indicators)) == (tasks.get(number, 0), indicators.get(number, 0))
        except ValueError:
            is_whole = False
        if not is_whole:
            yield Finding.of("ledger_form_damaged", agency=agency, period=period, version=version)


def _counts(connection: Connection, table: Table, column: Column[int]) -> dict[int, int]:
    query = select(column.label("number"), func.count().label("found")).select_from(table).group_by(column)
    return {row.number: row.found for row in connection.execute(query)}
