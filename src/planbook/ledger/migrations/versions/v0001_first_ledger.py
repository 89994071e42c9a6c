"""The first ledger: plans, directory, forms and submissions, each row added once and never changed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Create every table."""
    _create_runs()
    _create_plans()
    _create_directory()
    _create_forms()
    _create_submissions()


def downgrade() -> None:
    """Refuse: a ledger is never taken apart."""
    message = "the first ledger has no predecessor"
    raise NotImplementedError(message)


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _number(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional, autoincrement=False)


def _moment(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(), nullable=optional)


def _day(name: str, *, optional: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=optional)


def _yes_no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _refers(table: str, columns: Sequence[str], target: str, target_columns: Sequence[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        list(columns), [f"{target}.{column}" for column in target_columns], name=f"fk_{table}_{'_'.join(columns)}"
    )


def _by_run(table: str) -> sa.ForeignKeyConstraint:
    return _refers(table, ["run_number"], "run", ["number"])


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _create_runs() -> None:
    op.create_table("workspace", _text("workspace_id"), _moment("created_at"), _key("workspace", "workspace_id"))
    op.create_table(
        "run",
        _number("number"),
        _text("key"),
        _text("command"),
        _text("who"),
        _moment("started_at"),
        _text("period", optional=True),
        _text("source_name", optional=True),
        _text("source_sha256", optional=True),
        _key("run", "number"),
        _unique("run", "key"),
    )


def _create_plans() -> None:
    op.create_table("plan", _number("sequence"), _number("run_number"), _key("plan", "sequence"), _by_run("plan"))
    op.create_table(
        "plan_version",
        _number("sequence"),
        _number("version"),
        _text("title"),
        _text("issuer", optional=True),
        _text("document_number", optional=True),
        _day("period_start"),
        _day("period_end"),
        _text("classification", optional=True),
        _yes_no("is_public"),
        _text("file_name"),
        _text("file_sha256"),
        _moment("imported_at"),
        _text("findings"),
        _number("run_number"),
        _key("plan_version", "sequence", "version"),
        _refers("plan_version", ["sequence"], "plan", ["sequence"]),
        _by_run("plan_version"),
    )
    op.create_index("ix_plan_version_file_sha256", "plan_version", ["file_sha256"])
    _create_coded(
        "task",
        _number("order"),
        _text("path"),
        _text("number", optional=True),
        _text("title"),
        _text("body"),
        _text("lead_agencies"),
        _text("supporting_agencies"),
        _text("lead_basis"),
        _day("deadline"),
        _text("kind"),
        _text("unit_note", optional=True),
        _yes_no("truncated"),
        _number("source_line"),
        _number("source_page", optional=True),
        _text("excerpt"),
    )
    _create_coded(
        "indicator",
        _number("order"),
        _text("task_code", optional=True),
        _text("name"),
        _text("operator"),
        _text("value"),
        _text("value_max", optional=True),
        _text("unit"),
        _text("by", optional=True),
        _text("quote"),
        _text("agencies"),
        _refers("indicator_version", ["task_code"], "task", ["code"]),
    )


def _create_coded(name: str, *content: sa.Column[Any] | sa.ForeignKeyConstraint) -> None:
    op.create_table(
        name,
        _text("code"),
        _number("plan_sequence"),
        _number("item"),
        _number("run_number"),
        _key(name, "code"),
        _unique(name, "plan_sequence", "item"),
        _refers(name, ["plan_sequence"], "plan", ["sequence"]),
        _by_run(name),
    )
    versions = f"{name}_version"
    op.create_table(
        versions,
        _text("code"),
        _number("version"),
        *content,
        _text("note"),
        _yes_no("is_confirmed"),
        _yes_no("is_retired"),
        _number("run_number"),
        _key(versions, "code", "version"),
        _refers(versions, ["code"], name, ["code"]),
        _by_run(versions),
    )


def _create_directory() -> None:
    op.create_table(
        "directory_edition",
        _number("number"),
        _number("run_number"),
        _key("directory_edition", "number"),
        _by_run("directory_edition"),
    )
    op.create_table(
        "agency",
        _number("edition_number"),
        _number("position"),
        _text("name"),
        _text("aliases"),
        _text("groups"),
        _text("contact"),
        _text("phone"),
        _text("email"),
        _text("level"),
        _yes_no("is_group"),
        _key("agency", "edition_number", "position"),
        _refers("agency", ["edition_number"], "directory_edition", ["number"]),
    )


def _create_forms() -> None:
    op.create_table(
        "form",
        _number("number"),
        _text("form_id"),
        _text("agency"),
        _text("period"),
        _number("period_rank"),
        _number("version"),
        _day("issued_on", optional=False),
        _day("due_on"),
        _moment("issued_at"),
        _text("path"),
        _text("file_sha256"),
        _number("task_count"),
        _number("indicator_count"),
        _text("content"),
        _number("run_number"),
        _key("form", "number"),
        _unique("form", "form_id"),
        _unique("form", "period", "agency", "version"),
        _by_run("form"),
    )
    op.create_table(
        "form_task",
        _number("form_number"),
        _text("task_code"),
        _text("role"),
        _key("form_task", "form_number", "task_code"),
        _refers("form_task", ["form_number"], "form", ["number"]),
        _refers("form_task", ["task_code"], "task", ["code"]),
    )
    op.create_table(
        "form_indicator",
        _number("form_number"),
        _text("indicator_code"),
        _key("form_indicator", "form_number", "indicator_code"),
        _refers("form_indicator", ["form_number"], "form", ["number"]),
        _refers("form_indicator", ["indicator_code"], "indicator", ["code"]),
    )


def _create_submissions() -> None:
    op.create_table(
        "submission",
        _number("number"),
        _number("form_number"),
        _text("agency"),
        _text("period"),
        _number("period_rank"),
        _number("version"),
        _text("file_sha256"),
        _text("file_name"),
        _text("anchor"),
        _moment("saved_at", optional=True),
        _moment("received_at"),
        _moment("effective_at"),
        _number("task_report_count"),
        _number("indicator_report_count"),
        _number("finding_count"),
        _number("run_number"),
        _key("submission", "number"),
        _unique("submission", "period", "agency", "version"),
        _refers("submission", ["form_number"], "form", ["number"]),
        _by_run("submission"),
    )
    op.create_index("ix_submission_file_sha256", "submission", ["file_sha256"])
    _create_reports()
    op.create_table(
        "submission_finding",
        _number("submission_number"),
        _number("position"),
        _text("code"),
        _text("file", optional=True),
        _text("sheet", optional=True),
        _text("cell", optional=True),
        _number("line", optional=True),
        _number("page", optional=True),
        _text("named_values"),
        _key("submission_finding", "submission_number", "position"),
        _refers("submission_finding", ["submission_number"], "submission", ["number"]),
    )
    op.create_table(
        "file_outcome",
        _number("number"),
        _text("path"),
        _text("sha256"),
        _text("verdict"),
        _text("agency", optional=True),
        _text("reason"),
        _text("findings"),
        _number("run_number"),
        _key("file_outcome", "number"),
        _by_run("file_outcome"),
    )
    op.create_index("ix_file_outcome_sha256", "file_outcome", ["sha256"])


def _create_reports() -> None:
    op.create_table(
        "task_report",
        _number("submission_number"),
        _number("position"),
        _number("form_number"),
        _text("task_code"),
        _text("role"),
        _text("status", optional=True),
        _text("completion_percent", optional=True),
        _text("progress"),
        _text("problems"),
        _text("next_steps"),
        _day("expected_completion"),
        _day("extension_to"),
        _text("evidence"),
        _text("reporter"),
        _text("phone"),
        _day("reported_on"),
        _text("remarks"),
        _text("sheet"),
        _number("row"),
        _text("raw"),
        _text("extras"),
        _key("task_report", "submission_number", "position"),
        _refers("task_report", ["submission_number"], "submission", ["number"]),
        _refers("task_report", ["form_number", "task_code"], "form_task", ["form_number", "task_code"]),
    )
    op.create_table(
        "indicator_report",
        _number("submission_number"),
        _number("position"),
        _number("form_number"),
        _text("indicator_code"),
        _text("value", optional=True),
        _text("raw"),
        _text("data_source"),
        _text("remarks"),
        _text("sheet"),
        _number("row"),
        _key("indicator_report", "submission_number", "position"),
        _refers("indicator_report", ["submission_number"], "submission", ["number"]),
        _refers(
            "indicator_report",
            ["form_number", "indicator_code"],
            "form_indicator",
            ["form_number", "indicator_code"],
        ),
    )
