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
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
)

from planbook.ledger.columns import EnumText, ExactDecimal, PeriodText, PlainText, TextPairs, Texts, UtcMoment
from planbook.model.collection import MessageKind
from planbook.model.decisions import DecisionKind
from planbook.model.dispatch import Channel, Errand, Escalation, Outcome
from planbook.model.form import Role, Status
from planbook.model.period import Period
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.model.submission import Anchor, Verdict

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def period_rank(period: Period) -> int:
    """Return a number that orders periods as the model does: by end, then by length."""
    return (period.end.year * 100 + period.end.month) * 100 + period.months


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, PlainText, nullable=optional)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _key(name: str, *constraints: ForeignKey) -> Column[int]:
    return Column(name, Integer, *constraints, primary_key=True, autoincrement=False)


def _run() -> Column[int]:
    return Column("run_number", ForeignKey("run.number"), nullable=False)


workspace = Table(
    "workspace",
    METADATA,
    Column("workspace_id", PlainText, primary_key=True),
    Column("created_at", UtcMoment, nullable=False),
)

run = Table(
    "run",
    METADATA,
    _key("number"),
    Column("key", PlainText, nullable=False, unique=True),
    _text("command"),
    _text("who"),
    Column("started_at", UtcMoment, nullable=False),
    Column("period", PeriodText),
    _text("source_name", optional=True),
    _text("source_sha256", optional=True),
)

plan = Table("plan", METADATA, _key("sequence"), _run())

plan_version = Table(
    "plan_version",
    METADATA,
    _key("sequence", ForeignKey("plan.sequence")),
    _key("version"),
    _text("title"),
    _text("issuer", optional=True),
    _text("document_number", optional=True),
    Column("period_start", Date),
    Column("period_end", Date),
    _text("classification", optional=True),
    Column("is_public", Boolean, nullable=False),
    _text("file_name"),
    _text("file_sha256"),
    Column("imported_at", UtcMoment, nullable=False),
    _text("findings"),
    _run(),
    Index(None, "file_sha256"),
)


def _heads(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("code", PlainText, primary_key=True),
        Column("plan_sequence", ForeignKey("plan.sequence"), nullable=False),
        _number("item"),
        _run(),
        UniqueConstraint("plan_sequence", "item"),
    )


def _task_content() -> list[Column[Any]]:
    return [
        _number("order"),
        Column("path", Texts, nullable=False),
        Column("number", PlainText),
        _text("title"),
        _text("body"),
        Column("lead_agencies", Texts, nullable=False),
        Column("supporting_agencies", Texts, nullable=False),
        Column("lead_basis", EnumText(LeadBasis), nullable=False),
        Column("deadline", Date),
        Column("kind", EnumText(TaskKind), nullable=False),
        _text("unit_note", optional=True),
        Column("truncated", Boolean, nullable=False),
        _number("source_line"),
        Column("source_page", Integer),
        _text("excerpt"),
        _text("note"),
        Column("is_confirmed", Boolean, nullable=False),
    ]


def _indicator_content() -> list[Column[Any]]:
    return [
        _number("order"),
        Column("task_code", ForeignKey("task.code")),
        _text("name"),
        Column("operator", EnumText(Operator), nullable=False),
        Column("value", ExactDecimal, nullable=False),
        Column("value_max", ExactDecimal),
        _text("unit"),
        _text("by", optional=True),
        _text("quote"),
        Column("agencies", Texts, nullable=False),
        _text("note"),
        Column("is_confirmed", Boolean, nullable=False),
    ]


def _versions(name: str, content: Sequence[Column[Any]]) -> Table:
    return Table(
        f"{name}_version",
        METADATA,
        Column("code", ForeignKey(f"{name}.code"), primary_key=True),
        _key("version"),
        *content,
        Column("is_retired", Boolean, nullable=False),
        _run(),
    )


def _readings(name: str, content: Sequence[Column[Any]]) -> Table:
    """Return the table of what the reader found in each later document of a plan, before anyone reviewed it.

    Of a plan's first document the versions that its import wrote tell that.
    """
    return Table(
        f"{name}_reading",
        METADATA,
        Column("code", ForeignKey(f"{name}.code"), primary_key=True),
        _key("plan_version"),
        *content,
        _run(),
    )


task = _heads("task")
task_version = _versions("task", _task_content())
task_reading = _readings("task", _task_content())

indicator = _heads("indicator")
indicator_version = _versions("indicator", _indicator_content())
indicator_reading = _readings("indicator", _indicator_content())

directory_edition = Table("directory_edition", METADATA, _key("number"), _run())

agency = Table(
    "agency",
    METADATA,
    _key("edition_number", ForeignKey("directory_edition.number")),
    _key("position"),
    _text("name"),
    Column("aliases", Texts, nullable=False),
    Column("groups", Texts, nullable=False),
    _text("contact"),
    _text("phone"),
    _text("email"),
    _text("level"),
    Column("is_group", Boolean, nullable=False),
    _text("leader"),
)

form = Table(
    "form",
    METADATA,
    _key("number"),
    Column("form_id", PlainText, nullable=False, unique=True),
    _text("agency"),
    Column("period", PeriodText, nullable=False),
    _number("period_rank"),
    _number("version"),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date),
    Column("issued_at", UtcMoment, nullable=False),
    _text("path"),
    _text("file_sha256"),
    _number("task_count"),
    _number("indicator_count"),
    _text("content"),
    _run(),
    UniqueConstraint("period", "agency", "version"),
)

form_task = Table(
    "form_task",
    METADATA,
    _key("form_number", ForeignKey("form.number")),
    Column("task_code", ForeignKey("task.code"), primary_key=True),
    Column("role", EnumText(Role), nullable=False),
)

form_indicator = Table(
    "form_indicator",
    METADATA,
    _key("form_number", ForeignKey("form.number")),
    Column("indicator_code", ForeignKey("indicator.code"), primary_key=True),
)

submission = Table(
    "submission",
    METADATA,
    _key("number"),
    Column("form_number", ForeignKey("form.number"), nullable=False),
    _text("agency"),
    Column("period", PeriodText, nullable=False),
    _number("period_rank"),
    _number("version"),
    _text("file_sha256"),
    _text("file_name"),
    Column("anchor", EnumText(Anchor), nullable=False),
    Column("saved_at", UtcMoment),
    Column("received_at", UtcMoment, nullable=False),
    Column("effective_at", UtcMoment, nullable=False),
    _number("task_report_count"),
    _number("indicator_report_count"),
    _number("finding_count"),
    _run(),
    UniqueConstraint("period", "agency", "version"),
    Index(None, "file_sha256"),
)

# The two foreign keys into what was issued are the last guard of “a return speaks only for its own agency's rows”.
task_report = Table(
    "task_report",
    METADATA,
    _key("submission_number", ForeignKey("submission.number")),
    _key("position"),
    _number("form_number"),
    _text("task_code"),
    Column("role", EnumText(Role), nullable=False),
    Column("status", EnumText(Status)),
    Column("completion_percent", ExactDecimal),
    _text("progress"),
    _text("problems"),
    _text("next_steps"),
    Column("expected_completion", Date),
    Column("extension_to", Date),
    _text("evidence"),
    _text("reporter"),
    _text("phone"),
    Column("reported_on", Date),
    _text("remarks"),
    _text("sheet"),
    _number("row"),
    Column("raw", TextPairs, nullable=False),
    Column("extras", TextPairs, nullable=False),
    ForeignKeyConstraint(["form_number", "task_code"], ["form_task.form_number", "form_task.task_code"]),
)

indicator_report = Table(
    "indicator_report",
    METADATA,
    _key("submission_number", ForeignKey("submission.number")),
    _key("position"),
    _number("form_number"),
    _text("indicator_code"),
    Column("value", ExactDecimal),
    _text("raw"),
    _text("data_source"),
    _text("remarks"),
    _text("sheet"),
    _number("row"),
    Column("extras", TextPairs, nullable=False, server_default="[]"),
    ForeignKeyConstraint(
        ["form_number", "indicator_code"], ["form_indicator.form_number", "form_indicator.indicator_code"]
    ),
)

submission_finding = Table(
    "submission_finding",
    METADATA,
    _key("submission_number", ForeignKey("submission.number")),
    _key("position"),
    _text("code"),
    _text("file", optional=True),
    _text("sheet", optional=True),
    _text("cell", optional=True),
    Column("line", Integer),
    Column("page", Integer),
    Column("named_values", TextPairs, nullable=False),
)

claim = Table(
    "claim",
    METADATA,
    _key("number"),
    _text("file_sha256"),
    Column("form_number", ForeignKey("form.number"), nullable=False),
    _text("reason"),
    _run(),
    Index(None, "file_sha256"),
)

file_outcome = Table(
    "file_outcome",
    METADATA,
    _key("number"),
    _text("path"),
    _text("sha256"),
    Column("verdict", EnumText(Verdict), nullable=False),
    _text("agency", optional=True),
    _text("reason"),
    _text("findings"),
    _run(),
    Index(None, "sha256"),
)

decision = Table(
    "decision",
    METADATA,
    _key("number"),
    Column("task_code", ForeignKey("task.code"), nullable=False, index=True),
    Column("kind", EnumText(DecisionKind), nullable=False),
    Column("decided_on", Date, nullable=False),
    _text("reason"),
    _text("evidence"),
    _text("checker"),
    Column("from_date", Date),
    Column("to_date", Date),
    Column("asked_on", Date),
    _text("agency"),
    _text("to_agency"),
    Column("role", EnumText(Role)),
    Column("period", PeriodText),
    _text("file"),
    _text("sheet"),
    _text("cell"),
    _text("key"),
    _run(),
)

# A run that was taken back stays with everything that it wrote; what is in force is asked of the others.
undone_run = Table(
    "undone_run",
    METADATA,
    _key("undone_number", ForeignKey("run.number")),
    _text("reason"),
    _run(),
)

dispatch = Table(
    "dispatch",
    METADATA,
    _key("number"),
    Column("attempt", PlainText, nullable=False, unique=True),
    Column("errand", EnumText(Errand), nullable=False),
    Column("period", PeriodText, nullable=False),
    _text("agency"),
    Column("escalation", EnumText(Escalation), nullable=False),
    _text("form_id"),
    _text("file_name"),
    _text("file_sha256"),
    _number("size"),
    Column("channel", EnumText(Channel), nullable=False),
    _text("recipient"),
    Column("copies", Texts, nullable=False),
    _text("message_id"),
    Column("is_trial", Boolean, nullable=False),
    Column("begun_at", UtcMoment, nullable=False),
    _run(),
    Index(None, "period"),
)

dispatch_outcome = Table(
    "dispatch_outcome",
    METADATA,
    _key("dispatch_number", ForeignKey("dispatch.number")),
    _key("position"),
    Column("outcome", EnumText(Outcome), nullable=False),
    _text("reason"),
    Column("settled_at", UtcMoment, nullable=False),
    _run(),
)

correction_file = Table(
    "correction_file",
    METADATA,
    _key("number"),
    _text("agency"),
    Column("period", PeriodText, nullable=False),
    _text("form_id"),
    _text("return_sha256"),
    _text("file_sha256"),
    Column("written_at", UtcMoment, nullable=False),
    _run(),
)

collected_message = Table(
    "collected_message",
    METADATA,
    _key("number"),
    _text("source"),
    Column("uid_validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    _text("message_key"),
    Column("kind", EnumText(MessageKind), nullable=False),
    _text("sender"),
    _text("subject"),
    Column("sent_at", UtcMoment),
    Column("period", PeriodText, nullable=False),
    _run(),
    Index(None, "message_key"),
)

collected_file = Table(
    "collected_file",
    METADATA,
    _key("message_number", ForeignKey("collected_message.number")),
    _key("position"),
    _text("name"),
    _text("path"),
    _text("sha256"),
    Column("is_workbook", Boolean, nullable=False),
    _text("remark"),
    Index(None, "sha256"),
)
