"""Plans in the ledger: taking one in, and what stands of plans, tasks and indicators today."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from planbook.ledger.coded import INDICATORS, TASKS, Coded, Item
from planbook.ledger.connection import Database
from planbook.ledger.finding_codec import decode_findings, encode_findings
from planbook.ledger.records import AddedPlan, Run
from planbook.ledger.rows import columns_for, next_number
from planbook.ledger.runs import note_run
from planbook.ledger.schema import plan as plan_table
from planbook.ledger.schema import plan_version
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.plan import Indicator, Plan, PlanTask


class Plans:
    """The ledger's plans."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        run: Run,
        plan: Plan,
        *,
        file_name: str,
        file_sha256: str,
        imported_at: datetime,
        reporters: Sequence[tuple[str, ...]] = (),
    ) -> AddedPlan:
        """Take in a plan and give codes to its tasks and indicators.

        The same file again changes nothing: what stands, reviewed or not, is returned.

        Args:
            run: Who does it.
            plan: The plan as read.
            file_name: Its file.
            file_sha256: Digest of that file.
            imported_at: When, UTC.
            reporters: Who reports each indicator of the plan, in its order; nobody where it is shorter.

        Raises:
            PlanbookError: The ledger cannot be written, or the plan has more items than there are codes.
        """
        with self._database.writing() as connection:
            known = _find(connection, file_sha256)
            if known is not None:
                return _as_it_stands(connection, known)
            run_number = note_run(connection, run)
            sequence = next_number(connection, plan_table.c.sequence)
            stored = _ledger_plan(plan, sequence, file_name, file_sha256)
            connection.execute(insert(plan_table), {"sequence": sequence, "run_number": run_number})
            connection.execute(
                insert(plan_version),
                {
                    "sequence": sequence,
                    "version": 1,
                    "title": stored.title,
                    "issuer": stored.issuer,
                    "document_number": stored.document_number,
                    "period_start": stored.period_start,
                    "period_end": stored.period_end,
                    "classification": stored.classification,
                    "is_public": plan.public,
                    "file_name": file_name,
                    "file_sha256": file_sha256,
                    "imported_at": imported_at,
                    "findings": encode_findings(plan.findings),
                    "run_number": run_number,
                },
            )
            tasks = TASKS.add(connection, run, _ledger_tasks(plan.tasks, sequence))
            indicators = _ledger_indicators(plan.indicators, sequence, tasks, reporters)
            return AddedPlan(stored, tasks, INDICATORS.add(connection, run, indicators), is_new=True)

    def all(self) -> tuple[LedgerPlan, ...]:
        """Return every plan, by sequence."""
        with self._database.reading() as connection:
            return _plans(connection)

    def findings(self) -> tuple[tuple[int, Finding], ...]:
        """Return what the reader said of the plans as they stand, each with its plan's sequence."""
        query = select(plan_version.c.sequence, plan_version.c.findings)
        with self._database.reading() as connection:
            rows = connection.execute(_newest(query).order_by(plan_version.c.sequence)).all()
        return tuple((sequence, finding) for sequence, text in rows for finding in decode_findings(text))

    def tasks(self, plan_sequence: int | None = None, *, include_retired: bool = False) -> tuple[LedgerTask, ...]:
        """Return the tasks of one plan or of all, by plan, then in its order; retired ones only if asked for."""
        with self._database.reading() as connection:
            return _items(TASKS, connection, plan_sequence, include_retired=include_retired)

    def indicators(
        self, plan_sequence: int | None = None, *, include_retired: bool = False
    ) -> tuple[LedgerIndicator, ...]:
        """Return the indicators of one plan or of all, by plan, then in its order; retired ones only if asked for."""
        with self._database.reading() as connection:
            return _items(INDICATORS, connection, plan_sequence, include_retired=include_retired)


def _items(
    coded: Coded[Item], connection: Connection, plan_sequence: int | None, *, include_retired: bool = False
) -> tuple[Item, ...]:
    standings = coded.standings(connection, plan_sequence).values()
    return tuple(one.item for one in standings if include_retired or not one.is_retired)


def _plans(connection: Connection) -> tuple[LedgerPlan, ...]:
    query = _newest(select(*columns_for(LedgerPlan, plan_version))).order_by(plan_version.c.sequence)
    return tuple(LedgerPlan(*row) for row in connection.execute(query))


def _newest(query: Select[Any]) -> Select[Any]:
    """Return a query on `plan_version` narrowed to each plan's newest version."""
    newest = select(plan_version.c.sequence, func.max(plan_version.c.version).label("version"))
    latest = newest.group_by(plan_version.c.sequence).subquery()
    same = (latest.c.sequence == plan_version.c.sequence) & (latest.c.version == plan_version.c.version)
    return query.join(latest, same)


def _find(connection: Connection, file_sha256: str) -> int | None:
    query = select(plan_version.c.sequence).where(plan_version.c.file_sha256 == file_sha256)
    return connection.execute(query.order_by(plan_version.c.sequence)).scalars().first()


def _as_it_stands(connection: Connection, sequence: int) -> AddedPlan:
    return AddedPlan(
        plan=next(plan for plan in _plans(connection) if plan.sequence == sequence),
        tasks=_items(TASKS, connection, sequence),
        indicators=_items(INDICATORS, connection, sequence),
        is_new=False,
    )


def _ledger_plan(plan: Plan, sequence: int, file_name: str, file_sha256: str) -> LedgerPlan:
    return LedgerPlan(
        sequence=sequence,
        title=plan.title,
        issuer=plan.issuer,
        document_number=plan.document_number,
        period_start=plan.period_start,
        period_end=plan.period_end,
        classification=plan.classification,
        file_name=file_name,
        file_sha256=file_sha256,
    )


def _ledger_tasks(tasks: Sequence[PlanTask], sequence: int) -> list[LedgerTask]:
    return [
        LedgerTask(
            code="",
            plan_sequence=sequence,
            order=order,
            path=task.path,
            number=task.number,
            title=task.title,
            body=task.body,
            lead_agencies=task.lead_agencies,
            supporting_agencies=task.supporting_agencies,
            lead_basis=task.lead_basis,
            deadline=task.deadline,
            kind=task.kind,
            unit_note=task.unit_note,
            truncated=task.truncated,
            source_line=task.source.line,
            source_page=task.source.page,
            excerpt=task.excerpt,
        )
        for order, task in enumerate(tasks, start=1)
    ]


def _ledger_indicators(
    indicators: Sequence[Indicator], sequence: int, tasks: Sequence[LedgerTask], reporters: Sequence[tuple[str, ...]]
) -> list[LedgerIndicator]:
    return [
        LedgerIndicator(
            code="",
            plan_sequence=sequence,
            order=order,
            task_code=None if indicator.task is None else tasks[indicator.task].code,
            name=indicator.name,
            operator=indicator.operator,
            value=indicator.value,
            value_max=indicator.value_max,
            unit=indicator.unit,
            by=indicator.by,
            quote=indicator.quote,
            agencies=reporters[order - 1] if order <= len(reporters) else (),
        )
        for order, indicator in enumerate(indicators, start=1)
    ]
