"""Plans in the ledger: taking one in, taking in its next document, and what stands of plans, tasks and indicators."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert

from planbook.ledger.coded import INDICATORS, TASKS, Coded, Item
from planbook.ledger.connection import Database
from planbook.ledger.editions import edition_of, write_revision
from planbook.ledger.plan_versions import PlanFile, add_version, newest_findings, newest_plans, plan_of_file
from planbook.ledger.records import AddedPlan, Run
from planbook.ledger.rows import next_number
from planbook.ledger.runs import note_run
from planbook.ledger.schema import plan as plan_table
from planbook.model.edition import PlanEdition, indicators_as_read, tasks_as_read
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.plan import Plan
from planbook.model.review import FieldChange


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
            known = plan_of_file(connection, file_sha256)
            if known is not None:
                return _as_it_stands(connection, known, is_new=False)
            run_number = note_run(connection, run)
            sequence = next_number(connection, plan_table.c.sequence)
            connection.execute(insert(plan_table), {"sequence": sequence, "run_number": run_number})
            file = PlanFile(file_name, file_sha256, imported_at)
            add_version(connection, run, sequence, 1, plan=plan, file=file, findings=plan.findings)
            tasks = TASKS.add(connection, run, tasks_as_read(plan, sequence))
            codes = [task.code for task in tasks]
            INDICATORS.add(connection, run, indicators_as_read(plan, sequence, codes, reporters))
            return _as_it_stands(connection, sequence, is_new=True)

    def revise(
        self, run: Run, sequence: int, plan: Plan, *, file_name: str, file_sha256: str, imported_at: datetime
    ) -> AddedPlan:
        """Take in `plan` as the next version of plan `sequence`: see `model.revision.revise_plan`.

        The file that is in force already changes nothing.

        Raises:
            PlanbookError: There is no such plan, the ledger cannot be written, or there are no more codes.
        """
        with self._database.writing() as connection:
            edition = edition_of(connection, sequence)
            if edition.plan.file_sha256 == file_sha256:
                return _as_it_stands(connection, sequence, is_new=False)
            file = PlanFile(file_name, file_sha256, imported_at)
            changes, findings = write_revision(connection, run, edition, plan, file)
            return _as_it_stands(connection, sequence, is_new=True, changes=changes, findings=findings)

    def all(self) -> tuple[LedgerPlan, ...]:
        """Return every plan, by sequence."""
        with self._database.reading() as connection:
            return tuple(plan for _, plan in newest_plans(connection).values())

    def edition(self, sequence: int) -> PlanEdition:
        """Return a plan as it stands beside what its newest document says.

        Raises:
            PlanbookError: There is no such plan.
        """
        with self._database.reading() as connection:
            return edition_of(connection, sequence)

    def of_file(self, file_sha256: str) -> LedgerPlan | None:
        """Return the plan that a file was imported for, as it stands; its own file may be a newer one."""
        with self._database.reading() as connection:
            known = plan_of_file(connection, file_sha256)
            return None if known is None else newest_plans(connection)[known][1]

    def findings(self) -> tuple[tuple[int, Finding], ...]:
        """Return what was said on reading the plans as they stand, each with its plan's sequence."""
        with self._database.reading() as connection:
            return newest_findings(connection)

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


def _as_it_stands(
    connection: Connection,
    sequence: int,
    *,
    is_new: bool,
    changes: tuple[FieldChange, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> AddedPlan:
    version, plan = newest_plans(connection)[sequence]
    return AddedPlan(
        plan=plan,
        tasks=_items(TASKS, connection, sequence),
        indicators=_items(INDICATORS, connection, sequence),
        is_new=is_new,
        version=version,
        changes=changes,
        findings=findings,
    )
