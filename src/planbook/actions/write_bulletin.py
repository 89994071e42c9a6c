"""bulletin: the period's 通报.docx from the office's template, refused where its figures do not add up."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.actions.document_templates import read_template
from planbook.actions.opening import opened_ledger
from planbook.actions.period_ledger import build_period_ledger
from planbook.actions.working_days import working_days_after
from planbook.actions.write_dashboard import issued_period, issued_periods
from planbook.model.findings import Finding
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable, replace_file

if TYPE_CHECKING:
    from planbook.outputs.documents.counts import Count


@dataclass(frozen=True, slots=True)
class WrittenBulletin:
    """The bulletin's file, the counts that it states with what was counted, and what the office should know."""

    path: Path
    period: Period
    counts: tuple["Count", ...]
    findings: tuple[Finding, ...]


def write_bulletin(workspace: Workspace, period: Period, *, now: datetime, today: date) -> WrittenBulletin:
    """Write 通报.docx of `period`.

    Raises:
        PlanbookError: Nothing was issued for it, the template has faults, the figures do not add up, or the file
            cannot be written.
    """
    from planbook.outputs.documents.bulletin import BulletinDays, compose_bulletin
    from planbook.outputs.documents.charts import chinese_font
    from planbook.outputs.documents.rendering import render_document
    from planbook.outputs.documents.standard_templates import Template

    template = read_template(workspace, Template.BULLETIN)
    path = workspace.outputs / f"{period}_通报.docx"
    refuse_unwritable(path)
    with opened_ledger(workspace) as ledger, ledger.snapshot() as seen:
        issued_period(period, issued_periods(seen))
        current = build_period_ledger(seen, workspace.settings, period, now=now, today=today)
    settings = workspace.settings
    days = BulletinDays(
        issued_on=today,
        reply_by=working_days_after(today, settings.writing.reply_working_days),
        next_due=settings.due_on(period.following()),
    )
    bulletin = compose_bulletin(current, days)
    replace_file(path, render_document(template.content, bulletin.fields, template.name))
    findings = () if chinese_font() else (Finding.of("document_without_charts"),)
    return WrittenBulletin(path, period, bulletin.counts, findings)
