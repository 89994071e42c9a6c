"""The ledger's tables.

Nothing is ever changed or deleted: every table is only added to, and every row names the run (who, when, by which
command) that wrote it. What holds today is the newest version of each task, indicator, plan and directory, and the
newest submission of each agency and period. A past state is the same question asked of the runs up to that day
(`vantage`), and what an undone run took in is left out (`undoing`).

Numbers that name rows (`number`, `sequence`, `version`) are given by the ledger while it holds the one write lock, so
they count up without gaps and are the same in SQLite and PostgreSQL.

The columns of a version or report table are named after the fields of the noun that they hold.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

import planbook.ledger.mail_schema  # noqa: F401 (its tables are the ledger's, too)
from planbook.ledger.columns import EnumText, ExactDecimal, PeriodText, PlainText, TextPairs, Texts, UtcMoment
from planbook.ledger.schema_columns import METADATA as METADATA  # noqa: PLC0414 (exported: once this is loaded it is whole)
from planbook.ledger.schema_columns import key_column, number_column, run_column, text_column
from planbook.model.decisions import DecisionKind
from planbook.model.form import Role, Status
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.model.submission import Anchor, Verdict

workspace = Table(
    "workspace",
    METADATA,
    Column("workspace_id", PlainText, primary_key=True),
    Column("created_at", UtcMoment, nullable=False),
)

run = Table(
    "run",
    METADATA,
    key_column("number"),
    Column("key", PlainText, nullable=False, unique=True),
    text_column("command"),
    text_column("who"),
    Column("started_at", UtcMoment, nullable=False),
    Column("period", PeriodText),
    text_column("source_name", optional=True),
    text_column("source_sha256", optional=True),
)

plan = Table("plan", METADATA, key_column("sequence"), run_column())

plan_version = Table(
    "plan_version",
    METADATA,
    key_column("sequence", ForeignKey("plan.sequence")),
    key_column("version"),
    text_column("title"),
    text_column("issuer", optional=True),
    text_column("document_number", optional=True),
    Column("period_start", Date),
    Column("period_end", Date),
    text_column("classification", optional=True),
    Column("is_public", Boolean, nullable=False),
    text_column("file_name"),
    text_column("file_sha256"),
    Column("imported_at", UtcMoment, nullable=False),
    text_column("findings"),
    run_column(),
    Index(None, "file_sha256"),
)


def _heads(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("code", PlainText, primary_key=True),
        Column("plan_sequence", ForeignKey("plan.sequence"), nullable=False),
        number_column("item"),
        run_column(),
        UniqueConstraint("plan_sequence", "item"),
    )


def _task_content() -> list[Column[Any]]:
    return [
        number_column("order"),
        Column("path", Texts, nullable=False),
        Column("number", PlainText),
        text_column("title"),
        text_column("body"),
        Column("lead_agencies", Texts, nullable=False),
        Column("supporting_agencies", Texts, nullable=False),
        Column("lead_basis", EnumText(LeadBasis), nullable=False),
        Column("deadline", Date),
        Column("kind", EnumText(TaskKind), nullable=False),
        text_column("unit_note", optional=True),
        Column("truncated", Boolean, nullable=False),
        number_column("source_line"),
        Column("source_page", Integer),
        text_column("excerpt"),
        text_column("note"),
        Column("is_confirmed", Boolean, nullable=False),
    ]


def _indicator_content() -> list[Column[Any]]:
    return [
        number_column("order"),
        Column("task_code", ForeignKey("task.code")),
        text_column("name"),
        Column("operator", EnumText(Operator), nullable=False),
        Column("value", ExactDecimal, nullable=False),
        Column("value_max", ExactDecimal),
        text_column("unit"),
        text_column("by", optional=True),
        text_column("quote"),
        Column("agencies", Texts, nullable=False),
        text_column("note"),
        Column("is_confirmed", Boolean, nullable=False),
    ]


def _versions(name: str, content: Sequence[Column[Any]]) -> Table:
    return Table(
        f"{name}_version",
        METADATA,
        Column("code", ForeignKey(f"{name}.code"), primary_key=True),
        key_column("version"),
        *content,
        Column("is_retired", Boolean, nullable=False),
        run_column(),
    )


def _readings(name: str, content: Sequence[Column[Any]]) -> Table:
    """Return the table of what the reader found in each later document of a plan, before anyone reviewed it.

    Of a plan's first document the versions that its import wrote tell that.
    """
    return Table(
        f"{name}_reading",
        METADATA,
        Column("code", ForeignKey(f"{name}.code"), primary_key=True),
        key_column("plan_version"),
        *content,
        run_column(),
    )


task = _heads("task")
task_version = _versions("task", _task_content())
task_reading = _readings("task", _task_content())

indicator = _heads("indicator")
indicator_version = _versions("indicator", _indicator_content())
indicator_reading = _readings("indicator", _indicator_content())

directory_edition = Table("directory_edition", METADATA, key_column("number"), run_column())

agency = Table(
    "agency",
    METADATA,
    key_column("edition_number", ForeignKey("directory_edition.number")),
    key_column("position"),
    text_column("name"),
    Column("aliases", Texts, nullable=False),
    Column("groups", Texts, nullable=False),
    text_column("contact"),
    text_column("phone"),
    text_column("email"),
    text_column("level"),
    Column("is_group", Boolean, nullable=False),
    text_column("leader"),
)

form = Table(
    "form",
    METADATA,
    key_column("number"),
    Column("form_id", PlainText, nullable=False, unique=True),
    text_column("agency"),
    Column("period", PeriodText, nullable=False),
    number_column("period_rank"),
    number_column("version"),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date),
    Column("issued_at", UtcMoment, nullable=False),
    text_column("path"),
    text_column("file_sha256"),
    number_column("task_count"),
    number_column("indicator_count"),
    text_column("content"),
    run_column(),
    UniqueConstraint("period", "agency", "version"),
)

form_task = Table(
    "form_task",
    METADATA,
    key_column("form_number", ForeignKey("form.number")),
    Column("task_code", ForeignKey("task.code"), primary_key=True),
    Column("role", EnumText(Role), nullable=False),
)

form_indicator = Table(
    "form_indicator",
    METADATA,
    key_column("form_number", ForeignKey("form.number")),
    Column("indicator_code", ForeignKey("indicator.code"), primary_key=True),
)

submission = Table(
    "submission",
    METADATA,
    key_column("number"),
    Column("form_number", ForeignKey("form.number"), nullable=False),
    text_column("agency"),
    Column("period", PeriodText, nullable=False),
    number_column("period_rank"),
    number_column("version"),
    text_column("file_sha256"),
    text_column("file_name"),
    Column("anchor", EnumText(Anchor), nullable=False),
    Column("saved_at", UtcMoment),
    Column("received_at", UtcMoment, nullable=False),
    Column("effective_at", UtcMoment, nullable=False),
    number_column("task_report_count"),
    number_column("indicator_report_count"),
    number_column("finding_count"),
    run_column(),
    UniqueConstraint("period", "agency", "version"),
    Index(None, "file_sha256"),
)

# The two foreign keys into what was issued are the last guard of “a return speaks only for its own agency's rows”.
task_report = Table(
    "task_report",
    METADATA,
    key_column("submission_number", ForeignKey("submission.number")),
    key_column("position"),
    number_column("form_number"),
    text_column("task_code"),
    Column("role", EnumText(Role), nullable=False),
    Column("status", EnumText(Status)),
    Column("completion_percent", ExactDecimal),
    text_column("progress"),
    text_column("problems"),
    text_column("next_steps"),
    Column("expected_completion", Date),
    Column("extension_to", Date),
    text_column("evidence"),
    text_column("reporter"),
    text_column("phone"),
    Column("reported_on", Date),
    text_column("remarks"),
    text_column("sheet"),
    number_column("row"),
    Column("raw", TextPairs, nullable=False),
    Column("extras", TextPairs, nullable=False),
    ForeignKeyConstraint(["form_number", "task_code"], ["form_task.form_number", "form_task.task_code"]),
)

indicator_report = Table(
    "indicator_report",
    METADATA,
    key_column("submission_number", ForeignKey("submission.number")),
    key_column("position"),
    number_column("form_number"),
    text_column("indicator_code"),
    Column("value", ExactDecimal),
    text_column("raw"),
    text_column("data_source"),
    text_column("remarks"),
    text_column("sheet"),
    number_column("row"),
    Column("extras", TextPairs, nullable=False, server_default="[]"),
    ForeignKeyConstraint(
        ["form_number", "indicator_code"], ["form_indicator.form_number", "form_indicator.indicator_code"]
    ),
)

submission_finding = Table(
    "submission_finding",
    METADATA,
    key_column("submission_number", ForeignKey("submission.number")),
    key_column("position"),
    text_column("code"),
    text_column("file", optional=True),
    text_column("sheet", optional=True),
    text_column("cell", optional=True),
    Column("line", Integer),
    Column("page", Integer),
    Column("named_values", TextPairs, nullable=False),
)

claim = Table(
    "claim",
    METADATA,
    key_column("number"),
    text_column("file_sha256"),
    Column("form_number", ForeignKey("form.number"), nullable=False),
    text_column("reason"),
    run_column(),
    Index(None, "file_sha256"),
)

file_outcome = Table(
    "file_outcome",
    METADATA,
    key_column("number"),
    text_column("path"),
    text_column("sha256"),
    Column("verdict", EnumText(Verdict), nullable=False),
    text_column("agency", optional=True),
    text_column("reason"),
    text_column("findings"),
    run_column(),
    Index(None, "sha256"),
)

decision = Table(
    "decision",
    METADATA,
    key_column("number"),
    Column("task_code", ForeignKey("task.code"), nullable=False, index=True),
    Column("kind", EnumText(DecisionKind), nullable=False),
    Column("decided_on", Date, nullable=False),
    text_column("reason"),
    text_column("evidence"),
    text_column("checker"),
    Column("from_date", Date),
    Column("to_date", Date),
    Column("asked_on", Date),
    text_column("agency"),
    text_column("to_agency"),
    Column("role", EnumText(Role)),
    Column("period", PeriodText),
    text_column("file"),
    text_column("sheet"),
    text_column("cell"),
    text_column("key"),
    run_column(),
)

# A run that was taken back stays with everything that it wrote; what is in force is asked of the others.
undone_run = Table(
    "undone_run",
    METADATA,
    key_column("undone_number", ForeignKey("run.number")),
    text_column("reason"),
    run_column(),
)
