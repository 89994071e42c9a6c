"""The versions of a plan's own facts, one for each document that was imported for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from planbook.ledger.finding_codec import decode_findings, encode_findings
from planbook.ledger.records import Run
from planbook.ledger.rows import columns_for
from planbook.ledger.runs import note_run
from planbook.ledger.schema import plan_version
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerPlan
from planbook.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan's document: its name, its digest, and when it was imported (UTC)."""

    name: str
    sha256: str
    imported_at: datetime


def add_version(
    connection: Connection,
    run: Run,
    sequence: int,
    version: int,
    *,
    plan: Plan,
    file: PlanFile,
    findings: tuple[Finding, ...],
) -> LedgerPlan:
    """Write what `plan` says of itself as `version` of plan `sequence`, with what was said on reading it."""
    stored = LedgerPlan(
        sequence=sequence,
        title=plan.title,
        issuer=plan.issuer,
        document_number=plan.document_number,
        period_start=plan.period_start,
        period_end=plan.period_end,
        classification=plan.classification,
        file_name=file.name,
        file_sha256=file.sha256,
    )
    row = {
        "sequence": sequence,
        "version": version,
        "title": stored.title,
        "issuer": stored.issuer,
        "document_number": stored.document_number,
        "period_start": stored.period_start,
        "period_end": stored.period_end,
        "classification": stored.classification,
        "is_public": plan.public,
        "file_name": file.name,
        "file_sha256": file.sha256,
        "imported_at": file.imported_at,
        "findings": encode_findings(findings),
        "run_number": note_run(connection, run),
    }
    connection.execute(insert(plan_version), row)
    return stored


def newest_plans(connection: Connection) -> dict[int, tuple[int, LedgerPlan]]:
    """Return each plan as it stands with the number of its version, by sequence."""
    query = _newest(select(plan_version.c.version, *columns_for(LedgerPlan, plan_version)))
    rows = connection.execute(query.order_by(plan_version.c.sequence))
    plans = ((version, LedgerPlan(*content)) for version, *content in rows)
    return {plan.sequence: (version, plan) for version, plan in plans}


def newest_findings(connection: Connection) -> tuple[tuple[int, Finding], ...]:
    """Return what was said on reading the plans' newest documents, each with its plan's sequence."""
    query = _newest(select(plan_version.c.sequence, plan_version.c.findings)).order_by(plan_version.c.sequence)
    rows = connection.execute(query).all()
    return tuple((sequence, finding) for sequence, text in rows for finding in decode_findings(text))


def plan_of_file(connection: Connection, file_sha256: str) -> int | None:
    """Return the sequence of the plan that a file was imported for, in whichever version; None if for none."""
    query = select(plan_version.c.sequence).where(plan_version.c.file_sha256 == file_sha256)
    return connection.execute(query.order_by(plan_version.c.sequence)).scalars().first()


def _newest(query: Select[Any]) -> Select[Any]:
    newest = select(plan_version.c.sequence, func.max(plan_version.c.version).label("version"))
    latest = newest.group_by(plan_version.c.sequence).subquery()
    same = (latest.c.sequence == plan_version.c.sequence) & (latest.c.version == plan_version.c.version)
    return query.join(latest, same)
