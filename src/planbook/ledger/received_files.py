"""Every file that was ever received: what became of it, taken in or not."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from sqlalchemy import Connection, func, select

from planbook.ledger.columns import storable
from planbook.ledger.connection import Database
from planbook.ledger.finding_codec import FINDING_COLUMNS, decode_findings, encode_findings, finding_of
from planbook.ledger.in_force import submissions_in_force
from planbook.ledger.records import KnownFile, ReceivedFile, Run, TakenInFile
from planbook.ledger.rows import batches, insert_all, next_number
from planbook.ledger.runs import note_run
from planbook.ledger.schema import file_outcome, form, submission, submission_finding
from planbook.ledger.schema import run as run_table
from planbook.ledger.undoing import undone_runs
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.period import Period
from planbook.model.submission import FileOutcome, Verdict

_Essence = tuple[Verdict, str | None, str, str]


class ReceivedFiles:
    """The files that the ledger has seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, sha256s: Sequence[str]) -> Mapping[str, KnownFile]:
        """Return, by digest, what is known of those of the files `sha256s` that were seen before."""
        found: dict[str, KnownFile] = {}
        with self._database.reading() as connection:
            for part in batches(sorted(set(sha256s))):
                found |= _not_taken_in(connection, part)
                found |= _taken_in(connection, part)
        return found

    def taken_in(self, sha256s: Sequence[str]) -> Mapping[str, TakenInFile]:
        """Return, by digest, those of the files `sha256s` that were taken in and not taken back."""
        found: dict[str, TakenInFile] = {}
        columns = (submission.c.file_sha256, submission.c.agency, submission.c.file_name)
        with self._database.reading() as connection:
            for part in batches(sorted(set(sha256s))):
                query = select(*columns).where(submission.c.file_sha256.in_(part))
                rows = connection.execute(query.where(submission.c.run_number.not_in(undone_runs())))
                found.update((sha256, TakenInFile(agency, name)) for sha256, agency, name in rows)
        return found

    def record_outcomes(self, run: Run, outcomes: Sequence[FileOutcome]) -> int:
        """Note what became of files that were not taken in; return how many outcomes are new.

        The same outcome of the same file at the same place is noted once, however often it is met.
        """
        with self._database.writing() as connection:
            last = _last_outcomes(connection, sorted({one.sha256 for one in outcomes}))
            new = [one for one in outcomes if last.get((one.sha256, storable(one.path))) != _essence(one)]
            if new:
                run_number = note_run(connection, run)
                first = next_number(connection, file_outcome.c.number)
                rows = [
                    _outcome_row(one) | {"number": number, "run_number": run_number}
                    for number, one in enumerate(new, start=first)
                ]
                insert_all(connection, file_outcome, rows)
        return len(new)

    def of_period(self, period: Period) -> tuple[ReceivedFile, ...]:
        """Return every file that came in for `period`, as it stands now, in the order of coming in.

        A file that was taken in, or was met again and judged anew, is there once.
        """
        with self._database.reading() as connection:
            taken = _submitted_files(connection, period)
            known = {one.sha256 for one in taken}
            others = [one for one in _judged_files(connection, period) if one.sha256 not in known]
        return (*taken, *others)

    def unclaimed(self, digest: str) -> FileOutcome:
        """Return the last outcome of the one unclaimed file whose digest begins with `digest`.

        Raises:
            PlanbookError: None begins so, several do, or the file was taken in or refused meanwhile.
        """
        if not re.fullmatch("[0-9a-f]{6,64}", digest):
            raise PlanbookError(f"“{digest[:80]}”不是文件的摘要（SHA-256），请从收件一览里抄。")
        query = (
            select(file_outcome.c.sha256).where(file_outcome.c.sha256.startswith(digest, autoescape=True)).distinct()
        )
        with self._database.reading() as connection:
            found = list(connection.execute(query).scalars())
            known = self.known(found)
            waiting = [one for one in found if known[one].verdict is Verdict.UNCLAIMED]
            if len(waiting) != 1:
                wrong = "不止一个文件" if waiting else "没有待认领的文件"
                raise PlanbookError(f"摘要以 {digest[:16]} 开头的{wrong}，请核对；已入账的不用再认领。")
            last = select(func.max(file_outcome.c.number)).where(file_outcome.c.sha256 == waiting[0])
            row = connection.execute(select(file_outcome).where(file_outcome.c.number == last.scalar_subquery())).one()
        return FileOutcome(row.path, row.sha256, row.verdict, row.agency, row.reason, decode_findings(row.findings))


def _submitted_files(connection: Connection, period: Period) -> list[ReceivedFile]:
    query = (
        select(
            submission.c.number,
            submission.c.file_sha256,
            submission.c.file_name,
            submission.c.agency,
            submission.c.received_at,
            submission.c.number.in_(submissions_in_force(period)).label("is_in_force"),
        )
        .where(submission.c.period == period, submission.c.run_number.not_in(undone_runs()))
        .order_by(submission.c.number)
    )
    rows = connection.execute(query).all()
    findings: dict[int, list[Finding]] = {}
    for part in batches([row.number for row in rows]):
        findings |= _findings(connection, part)
    return [
        ReceivedFile(
            sha256=row.file_sha256,
            path=row.file_name,
            verdict=Verdict.ACCEPTED if row.is_in_force else Verdict.SUPERSEDED,
            agency=row.agency,
            reason="" if row.is_in_force else "已收到该单位更新的一版。",
            received_at=row.received_at,
            findings=tuple(findings[row.number]),
        )
        for row in rows
    ]


def _judged_files(connection: Connection, period: Period) -> list[ReceivedFile]:
    newest = (
        select(func.max(file_outcome.c.number))
        .join(run_table, run_table.c.number == file_outcome.c.run_number)
        .where(run_table.c.period == period)
        .group_by(file_outcome.c.sha256)
    )
    query = (
        select(file_outcome, run_table.c.started_at)
        .join(run_table, run_table.c.number == file_outcome.c.run_number)
        .where(file_outcome.c.number.in_(newest), file_outcome.c.verdict != Verdict.SKIPPED)
        .order_by(file_outcome.c.number)
    )
    return [
        ReceivedFile(
            sha256=row.sha256,
            path=row.path,
            verdict=row.verdict,
            agency=row.agency,
            reason=row.reason,
            received_at=row.started_at,
            findings=decode_findings(row.findings),
        )
        for row in connection.execute(query)
    ]


def _outcome_row(one: FileOutcome) -> dict[str, object]:
    return {
        "path": one.path,
        "sha256": one.sha256,
        "verdict": one.verdict,
        "agency": one.agency,
        "reason": one.reason,
        "findings": encode_findings(one.findings),
    }


def _essence(one: FileOutcome) -> _Essence:
    agency = None if one.agency is None else storable(one.agency)
    return one.verdict, agency, storable(one.reason), storable(encode_findings(one.findings))


def _last_outcomes(connection: Connection, sha256s: Sequence[str]) -> dict[tuple[str, str], _Essence]:
    """Return the last outcome of each file at each place, by digest and path."""
    columns = (file_outcome.c.verdict, file_outcome.c.agency, file_outcome.c.reason, file_outcome.c.findings)
    found: dict[tuple[str, str], _Essence] = {}
    for part in batches(sha256s):
        newest = select(func.max(file_outcome.c.number)).where(file_outcome.c.sha256.in_(part))
        newest = newest.group_by(file_outcome.c.sha256, file_outcome.c.path)
        query = select(file_outcome.c.sha256, file_outcome.c.path, *columns).where(file_outcome.c.number.in_(newest))
        for sha256, path, verdict, agency, reason, findings in connection.execute(query):
            found[sha256, path] = (verdict, agency, reason, findings)
    return found


def _not_taken_in(connection: Connection, sha256s: Sequence[str]) -> dict[str, KnownFile]:
    newest = select(func.max(file_outcome.c.number)).where(file_outcome.c.sha256.in_(sha256s))
    newest = newest.group_by(file_outcome.c.sha256)
    rows = connection.execute(select(file_outcome).where(file_outcome.c.number.in_(newest)))
    return {
        row.sha256: KnownFile(
            sha256=row.sha256,
            verdict=row.verdict,
            file_name=PurePath(row.path).name,
            agency=row.agency,
            reason=row.reason,
            findings=decode_findings(row.findings),
        )
        for row in rows
    }


def _taken_in(connection: Connection, sha256s: Sequence[str]) -> dict[str, KnownFile]:
    query = (
        select(
            submission.c.number,
            submission.c.file_sha256,
            submission.c.file_name,
            submission.c.agency,
            submission.c.period,
            submission.c.version,
            form.c.form_id,
            submission.c.number.in_(submissions_in_force()).label("is_in_force"),
        )
        .join(form, form.c.number == submission.c.form_number)
        .where(submission.c.file_sha256.in_(sha256s), submission.c.run_number.not_in(undone_runs()))
    )
    rows = connection.execute(query).all()
    findings = _findings(connection, [row.number for row in rows])
    return {
        row.file_sha256: KnownFile(
            sha256=row.file_sha256,
            verdict=Verdict.ACCEPTED if row.is_in_force else Verdict.SUPERSEDED,
            file_name=row.file_name,
            agency=row.agency,
            period=row.period,
            form_id=row.form_id,
            version=row.version,
            findings=tuple(findings[row.number]),
        )
        for row in rows
    }


def _findings(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {number: [] for number in numbers}
    query = (
        select(submission_finding.c.submission_number, *FINDING_COLUMNS)
        .where(submission_finding.c.submission_number.in_(numbers))
        .order_by(submission_finding.c.submission_number, submission_finding.c.position)
    )
    for number, *content in connection.execute(query):
        found[number].append(finding_of(content))
    return found
