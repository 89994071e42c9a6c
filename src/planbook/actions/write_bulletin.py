"""bulletin: the period's 通报.docx from the office's template, refused where its figures do not add up."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.actions.document_templates import read_template
from planbook.actions.reported_period import View, read_reported_period
from planbook.model.findings import Finding
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable, replace_file
from planbook.workspace.working_days import work_calendar

if TYPE_CHECKING:
    from planbook.outputs.documents.bulletin_counts import Count


@dataclass(frozen=True, slots=True)
class WrittenBulletin:
    """The bulletin's file, the counts that it states with what was counted, and what the office should know."""

    path: Path
    period: Period
    counts: tuple["Count", ...]
    findings: tuple[Finding, ...]


def write_bulletin(
    workspace: Workspace, period: Period, *, now: datetime, today: date, view: View | None = None
) -> WrittenBulletin:
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
    shown = view or View()
    path = workspace.outputs / f"{period}_通报{shown.suffix}.docx"
    refuse_unwritable(path)
    ledger = read_reported_period(workspace, period, shown, now=now, today=today).ledger
    settings = workspace.settings
    days = BulletinDays(
        issued_on=today,
        reply_by=work_calendar().after(today, settings.writing.reply_working_days),
        next_due=settings.due_on(period.following()),
    )
    bulletin = compose_bulletin(ledger, days)
    replace_file(path, render_document(template.content, bulletin.fields, template.name))
    findings = () if chinese_font() else (Finding.of("document_without_charts"),)
    return WrittenBulletin(path, period, bulletin.counts, findings)
