"""Everything that the ledger knows of a task, whoever wrote it and whether it still holds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from planbook.ledger.connection import Database
from planbook.ledger.in_force import submissions_in_force
from planbook.ledger.rows import batches, columns_for
from planbook.ledger.schema import decision, form, form_task, submission, task_report, task_version
from planbook.ledger.schema import run as run_table
from planbook.ledger.schema import task as task_head
from planbook.ledger.undoing import undone_runs
from planbook.model.decisions import DecisionKind
from planbook.model.history import HistoryEntry, HistoryKind
from planbook.model.ledger import LedgerTask
from planbook.model.submission import TaskReport

_WATCHED: Final = (
    ("title", "任务名称"),
    ("body", "任务内容"),
    ("lead_agencies", "牵头单位"),
    ("supporting_agencies", "配合单位"),
    ("deadline", "完成时限"),
)


class History:
    """The histories of tasks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_tasks(self, codes: Sequence[str]) -> Mapping[str, tuple[HistoryEntry, ...]]:
        """Return what happened to each of the tasks `codes`, in the order in which the ledger came to know it."""
        found: dict[str, list[tuple[int, HistoryEntry]]] = {code: [] for code in codes}
        with self._database.reading() as connection:
            for part in batches(sorted(found)):
                for read in (_versions, _issues, _reports, _decisions):
                    for code, number, entry in read(connection, part):
                        found[code].append((number, entry))
        return {
            code: tuple(entry for _, entry in sorted(entries, key=lambda one: one[0]))
            for code, entries in found.items()
        }

    def task_edits(self, since: datetime) -> tuple[tuple[str, str, HistoryEntry], ...]:
        """Return the versions of tasks that were written after `since`, UTC, each with code and title, in order."""
        written = (
            select(task_version.c.code)
            .join(run_table, run_table.c.number == task_version.c.run_number)
            .where(run_table.c.started_at > since)
            .distinct()
        )
        with self._database.reading() as connection:
            codes = sorted(connection.execute(written).scalars())
            titles: dict[str, str] = {}
            found: list[tuple[int, str, HistoryEntry]] = []
            for part in batches(codes):
                named = select(task_version.c.code, task_version.c.title).where(task_version.c.code.in_(part))
                rows = connection.execute(named.order_by(task_version.c.code, task_version.c.version))
                titles.update((code, title) for code, title in rows)
                found += [
                    (number, code, entry) for code, number, entry in _versions(connection, part) if entry.at > since
                ]
        return tuple((code, titles[code], entry) for _, code, entry in sorted(found, key=lambda one: one[:2]))


def _versions(connection: Connection, codes: Sequence[str]) -> Iterator[tuple[str, int, HistoryEntry]]:
    query: Select[Any] = (
        select(
            task_version.c.version,
            task_version.c.is_retired,
            task_version.c.run_number,
            run_table.c.started_at,
            run_table.c.who,
            run_table.c.source_name,
            run_table.c.source_sha256,
            *columns_for(LedgerTask, task_version, task_head),
        )
        .join(run_table, run_table.c.number == task_version.c.run_number)
        .join(task_head, task_head.c.code == task_version.c.code)
        .where(task_version.c.code.in_(codes))
        .order_by(task_version.c.code, task_version.c.version)
    )
    rows = connection.execute(query).all()
    last = {row.code: row.version for row in rows}
    before: LedgerTask | None = None
    for version, is_retired, number, at, who, name, sha256, *content in rows:
        task = LedgerTask(*content)
        known = before if before and before.code == task.code else None
        before = task
        text = "从任务分解表中删除" if is_retired else _difference(known, task)
        yield (
            task.code,
            number,
            HistoryEntry(
                at, HistoryKind.VERSION, who, "", None, f"第 {version} 版：{text}", name or "", "",
                f"第{task.source_line}行" if known is None else "", sha256 or "",
                is_in_force=version == last[task.code] and not is_retired,
            ),
        )  # fmt: skip


def _difference(before: LedgerTask | None, after: LedgerTask) -> str:
    if before is None:
        return f"登记“{after.title}”"
    changes = [
        f"{heading} {_shown(getattr(before, name))} → {_shown(getattr(after, name))}"
        for name, heading in _WATCHED
        if getattr(before, name) != getattr(after, name)
    ]
    return "；".join(changes) or "核对确认"


def _shown(value: object) -> str:
    text = "、".join(value) if isinstance(value, tuple) else str(value or "")
    return text if len(text) <= 60 else f"{text[:58]}……"


def _issues(connection: Connection, codes: Sequence[str]) -> Iterator[tuple[str, int, HistoryEntry]]:
    newest = select(func.max(form.c.number)).group_by(form.c.period, form.c.agency)
    query: Select[Any] = (
        select(
            form_task.c.task_code,
            form.c.run_number, form_task.c.role, form.c.agency, form.c.period, form.c.version, form.c.issued_at,
            form.c.due_on, form.c.path, form.c.file_sha256, run_table.c.who, form.c.number.in_(newest),
        )
        .join(form, form.c.number == form_task.c.form_number)
        .join(run_table, run_table.c.number == form.c.run_number)
        .where(form_task.c.task_code.in_(codes))
        .order_by(form.c.number)
    )  # fmt: skip
    for code, number, role, agency, period, version, at, due_on, path, sha256, who, is_newest in connection.execute(
        query
    ):
        due = f"，{due_on} 前报送" if due_on else ""
        text = f"{period.label}责任清单（第 {version} 版），{role.value}{due}"
        yield (
            code,
            number,
            HistoryEntry(
                at, HistoryKind.ISSUE, who, agency, period, text, path, "责任清单", "", sha256, is_in_force=is_newest
            ),
        )


def _reports(connection: Connection, codes: Sequence[str]) -> Iterator[tuple[str, int, HistoryEntry]]:
    query: Select[Any] = (
        select(
            submission.c.run_number,
            submission.c.agency,
            submission.c.period,
            submission.c.version,
            submission.c.received_at,
            submission.c.file_name,
            submission.c.file_sha256,
            run_table.c.who,
            submission.c.number.in_(submissions_in_force()),
            submission.c.run_number.in_(undone_runs()),
            *columns_for(TaskReport, task_report),
        )
        .join(submission, submission.c.number == task_report.c.submission_number)
        .join(run_table, run_table.c.number == submission.c.run_number)
        .where(task_report.c.task_code.in_(codes))
        .order_by(submission.c.number)
    )
    for number, agency, period, version, at, name, sha256, who, holds, is_undone, *content in connection.execute(query):
        report = TaskReport(*content)
        percent = "" if report.completion_percent is None else f" {report.completion_percent.normalize():f}%"
        said = f"{report.status.value if report.status else '未填状态'}{percent}：{report.progress}"
        asked = f"；申请延期至 {report.extension_to}" if report.extension_to else ""
        state = "（已撤销）" if is_undone else "" if holds else "（已有更新的一版）"
        yield (
            report.task_code,
            number,
            HistoryEntry(
                at, HistoryKind.REPORT, who, agency, period, f"第 {version} 次报送{state}：{said}{asked}", name,
                report.sheet, f"第{report.row}行", sha256, counts=not is_undone, is_in_force=holds,
            ),
        )  # fmt: skip


def _decisions(connection: Connection, codes: Sequence[str]) -> Iterator[tuple[str, int, HistoryEntry]]:
    query: Select[Any] = (
        select(
            decision, run_table.c.who, run_table.c.started_at, decision.c.run_number.in_(undone_runs()).label("undone")
        )
        .join(run_table, run_table.c.number == decision.c.run_number)
        .where(decision.c.task_code.in_(codes))
        .order_by(decision.c.number)
    )
    for row in connection.execute(query):
        parts = [row.kind.value]
        if row.kind is DecisionKind.EXTEND:
            parts[0] += f"：{row.from_date or '（原无时限）'} → {row.to_date}（{row.asked_on} 申请）"
        if row.kind is DecisionKind.REASSIGN:
            parts[0] += f"：{row.agency} → {row.to_agency}" + (f"，自{row.period.label}起" if row.period else "")
        parts += [f"{name}{text}" for name, text in _grounds(row) if text]
        text = "；".join(parts) + ("（已撤销）" if row.undone else "")
        yield (
            row.task_code,
            row.run_number,
            HistoryEntry(
                row.started_at, HistoryKind.DECISION, row.who, row.agency, row.period, text, row.file, row.sheet,
                row.cell, "", counts=not row.undone, is_in_force=not row.undone,
            ),
        )  # fmt: skip


def _grounds(row: Any) -> tuple[tuple[str, str], ...]:
    return ("理由：", row.reason), ("佐证：", row.evidence), ("核查人：", row.checker)
