"""Puts together the letters of a period: 督办单 for what is late or contradictory, 催办函 for silent agencies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planbook.model.decisions import ClosureState
from planbook.model.form import Role
from planbook.model.ledger import Assignment, MissingAgency, PeriodLedger, TaskStanding
from planbook.model.lights import Light
from planbook.outputs.documents import wording
from planbook.outputs.documents.letter_fields import AskedTaskFields, MatterFields, NoticeFields, UrgingFields
from planbook.outputs.documents.standard_templates import Template

_LATE: Final = (Light.RED, Light.YELLOW)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before it is put into its template; `tasks` are the codes that it speaks of."""

    template: Template
    agency: str
    tasks: tuple[str, ...]
    fields: NoticeFields | UrgingFields


def compose_letters(ledger: PeriodLedger, *, contact: str, issued_on: date, reply_by: date) -> tuple[Letter, ...]:
    """Return the letters that a period calls for: notices by agency in the plan's order, then urging letters.

    A silent agency gets an urging letter alone: how its tasks stand nobody knows.
    """
    parts: dict[str, list[tuple[TaskStanding, Assignment]]] = {}
    for standing in ledger.tasks:
        for one in standing.assignments:
            parts.setdefault(one.agency, []).append((standing, one))
    doubts = _doubts_by_place(ledger)
    silent = {one.agency for one in ledger.missing}
    shared = _Shared(ledger, contact, wording.day(issued_on), wording.day(reply_by))
    notices: list[Letter] = []
    for agency, members in parts.items():
        matters = (
            tuple(matter for part in members if (matter := _matter(*part, doubts))) if agency not in silent else ()
        )
        if matters:
            notices.append(shared.notice(agency, matters, len(notices) + 1))
    urging = [shared.urging(one, parts.get(one.agency, []), issued_on) for one in ledger.missing]
    return (*notices, *urging)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all letters of a period say alike."""

    ledger: PeriodLedger
    contact: str
    issued_on: str
    reply_by: str

    def notice(self, agency: str, matters: tuple[MatterFields, ...], number: int) -> Letter:
        fields = NoticeFields(
            office=self.ledger.office,
            contact=self.contact,
            agency=agency,
            number=f"{self.ledger.period}-{number:02d}",
            issued_on=self.issued_on,
            period=self.ledger.period.label,
            cut_off=wording.day(self.ledger.cut_off),
            reply_by=self.reply_by,
            count=len(matters),
            matters=matters,
        )
        return Letter(Template.NOTICE, agency, tuple(one.code for one in matters), fields)

    def urging(self, one: MissingAgency, parts: Sequence[tuple[TaskStanding, Assignment]], issued_on: date) -> Letter:
        tasks = tuple(_asked(standing, part) for standing, part in parts if part.is_issued)
        fields = UrgingFields(
            office=self.ledger.office,
            contact=self.contact,
            agency=one.agency,
            issued_on=self.issued_on,
            period=self.ledger.period.label,
            form_issued_on=wording.day(one.issued_on),
            due_on=wording.day(one.due_on, ""),
            days_late=max((issued_on - one.due_on).days, 0) if one.due_on else 0,
            reply_by=self.reply_by,
            count=len(tasks),
            lead_count=sum(task.role == Role.LEAD.value for task in tasks),
            tasks=tasks,
        )
        return Letter(Template.URGING, one.agency, tuple(task.code for task in tasks), fields)


def _doubts_by_place(ledger: PeriodLedger) -> Mapping[tuple[str, str], list[str]]:
    """Return what is doubtful by task (or indicator's task) and the agency that has to answer first."""
    task_of = {one.indicator.code: one.indicator.task_code for one in ledger.indicators}
    found: dict[tuple[str, str], list[str]] = {}
    for doubt in ledger.doubts:
        code = task_of.get(doubt.key, doubt.key)
        if code and doubt.agencies:
            found.setdefault((code, doubt.agencies[0]), []).append(doubt.finding.message)
    return found


def _matter(
    standing: TaskStanding, part: Assignment, doubts: Mapping[tuple[str, str], Iterable[str]]
) -> MatterFields | None:
    """Return what an agency has to answer for on a task, None where there is nothing."""
    if standing.closure.state in (ClosureState.CLOSED, ClosureState.SUSPENDED):
        return None
    reasons: list[str] = []
    own = part.light or standing.light
    if part.role is Role.LEAD and own.light in _LATE:
        reasons.append(f"{own.light.label}：{own.ground}")
    reasons += doubts.get((standing.task.code, part.agency), [])
    if not reasons:
        return None
    report = part.received.report if part.received else None
    return MatterFields(
        code=standing.task.code,
        title=standing.task.title,
        plan=standing.plan.title,
        role=part.role.value,
        deadline=_deadline(standing),
        light=own.light.label,
        percent=wording.percent(report.completion_percent if report else None),
        matter="\n".join(reasons),
    )


def _asked(standing: TaskStanding, part: Assignment) -> AskedTaskFields:
    task = standing.task
    return AskedTaskFields(task.code, task.title, standing.plan.title, part.role.value, _deadline(standing))


def _deadline(standing: TaskStanding) -> str:
    return wording.day(standing.deadline.effective or standing.task.deadline)
