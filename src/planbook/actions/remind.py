"""remind: whoever has not answered, or not rightly, is chased: by due date, one step after the other, each once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.actions.dispatch_listing import Lister
from planbook.actions.dispatch_sending import settle_interrupted
from planbook.actions.dispatching import Item, Manner
from planbook.actions.mail_access import office_letters
from planbook.actions.open_corrections import OpenCorrection, open_corrections
from planbook.actions.opening import opened_ledger
from planbook.actions.progress import Progress
from planbook.actions.send_corrections import correction_item
from planbook.actions.send_forms import LetterFacts, SendResult, carry_out, form_of, issued_forms, make_list
from planbook.actions.verified_files import VerifiedFile, verify_file
from planbook.mail.addresses import Address, AddressError, parse_address
from planbook.mail.composing import Attachment, Letter, compose
from planbook.mail.letter_fields import LetterKind
from planbook.model.dispatch import Dispatch, Errand, Escalation
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.form import Form
from planbook.model.ledger import IssuedForm
from planbook.model.period import Period
from planbook.model.reminder import ReminderLine, ReminderList
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable, replace_file

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger

_LIST_NAME: Final = "催报名单.xlsx"


@dataclass(frozen=True, slots=True)
class RemindResult:
    """Who is chased, how that went, and the list as a workbook."""

    sending: SendResult
    list: ReminderList
    path: Path


@dataclass(frozen=True, slots=True)
class _Debtor:
    """An agency that owes something: its form, its correction where a return has errors, and the step it is at."""

    issued: IssuedForm
    form: Form
    correction: OpenCorrection | None
    step: Escalation
    earlier: tuple[Dispatch, ...]

    @property
    def is_step_taken(self) -> bool:
        """Whether this step, or a later one, was taken before."""
        return any(one.escalation.rank >= self.step.rank for one in self.earlier if one.errand is Errand.REMINDER)

    def has_correction(self, sha256: str) -> bool:
        """Whether that very correction workbook went out before, with whatever letter."""
        return any(one.file_sha256 == sha256 for one in self.earlier)


def remind(
    workspace: Workspace,
    period: Period,
    agencies: Sequence[str] = (),
    *,
    manner: Manner,
    now: datetime,
    today: date,
    progress: Progress | None = None,
) -> RemindResult:
    """Chase the agencies that have not returned their form of `period`, or whose return needs correction.

    Each step is taken once; one that was missed is not made up for, the step that an agency is at now counts. A
    correction workbook that has not gone out yet goes out whatever the day.

    Raises:
        PlanbookError: As `send_forms`; or the leaders' addresses in the settings are wrong.
    """
    with workspace.locked("催报"), opened_ledger(workspace) as ledger:
        settle_interrupted(workspace, ledger, now)
        leaders = _leaders(workspace)
        forms = issued_forms(ledger, period, agencies)
        debtors = tuple(_debtors(workspace, ledger, period, forms, today))
        path = workspace.outputs / f"{period}_{_LIST_NAME}"
        refuse_unwritable(path)
        facts = LetterFacts(workspace, ledger, today)
        chaser = _Chaser(workspace, ledger.workspace_id, facts, leaders)
        lister = Lister(workspace, ledger, office_letters(workspace), period=period, manner=manner, now=now)
        listed = make_list(lister, (thing for debtor in debtors for thing in chaser.chase(debtor)))
        if manner.is_dry_run:
            sending = SendResult(period, manner.channel, True, listed.lines, (*listed.findings, *chaser.findings))
        else:
            sending = carry_out(workspace, ledger, period, listed, manner=manner, progress=progress)
            sending = replace(sending, findings=(*sending.findings, *chaser.findings))
        reminders = _list(workspace, ledger, period, facts, debtors=debtors, today=today)
        opens = _write_list(workspace, path, reminders, leaders, now)
    return RemindResult(replace(sending, opens=(*opens, *sending.opens)), reminders, path)


def _debtors(
    workspace: Workspace, ledger: "Ledger", period: Period, forms: Sequence[IssuedForm], today: date
) -> Iterator[_Debtor]:
    rules = workspace.settings.mail.chasing
    silent = {one.agency for one in ledger.reports.missing(period)}
    corrections = open_corrections(workspace, ledger, period)
    sent = _earlier(ledger, period)
    for issued in forms:
        agency = issued.agency
        if agency in silent or agency in corrections:
            step = rules.escalation(issued.due_on, today)
            form = form_of(ledger, issued)
            yield _Debtor(issued, form, corrections.get(agency), step, sent.get(agency, ()))


def _earlier(ledger: "Ledger", period: Period) -> Mapping[str, tuple[Dispatch, ...]]:
    """Return what is out, by agency, trials apart."""
    found: dict[str, tuple[Dispatch, ...]] = {}
    for one in ledger.dispatches.of_period(period):
        if one.outcome.is_out and not one.is_trial:
            found[one.agency] = (*found.get(one.agency, ()), one)
    return found


@dataclass(slots=True)
class _Chaser:
    """Says what each debtor gets now."""

    workspace: Workspace
    workspace_id: str
    facts: LetterFacts
    leaders: tuple[Address, ...]
    findings: list[Finding] = field(default_factory=list)

    def chase(self, debtor: _Debtor) -> Iterator[Item | tuple[Form, Errand, Finding]]:
        """Yield what a debtor gets: nothing, a correction workbook, or the letter of the step that it is at."""
        step = self._step(debtor)
        is_due = step is not Escalation.NONE and not replace(debtor, step=step).is_step_taken
        if debtor.correction is not None:
            file = debtor.correction.file
            if not is_due and isinstance(file, VerifiedFile) and debtor.has_correction(file.sha256):
                return
            if not is_due or not isinstance(file, VerifiedFile):
                yield correction_item(self.facts, debtor.correction)
                return
        elif not is_due:
            return
        yield self._reminder(debtor, step)

    def _reminder(self, debtor: _Debtor, step: Escalation) -> Item | tuple[Form, Errand, Finding]:
        form, file = debtor.form, self._attachment(debtor)
        if not isinstance(file, VerifiedFile):
            return form, Errand.REMINDER, file
        correction = debtor.correction
        faults = (correction.errors, correction.doubts) if correction else None
        return Item(
            errand=Errand.REMINDER,
            escalation=step,
            form=form,
            file=file,
            fields=self.facts.fields(form, file.name, faults=faults),
            kind=LetterKind.chasing(step),
            email=self.facts.agency(form.agency).email,
            copies=self.leaders if step is Escalation.TO_LEADER else (),
        )

    def _attachment(self, debtor: _Debtor) -> VerifiedFile | Finding:
        if debtor.correction is not None:
            return debtor.correction.file
        issued = debtor.issued
        path = self.workspace.root / issued.path
        return verify_file(self.workspace, self.workspace_id, issued, path, issued.file_sha256)

    def _step(self, debtor: _Debtor) -> Escalation:
        if debtor.step is not Escalation.TO_LEADER or self.leaders:
            return debtor.step
        self.findings.append(Finding.of("leader_not_set", agency=debtor.issued.agency))
        return Escalation.LONG_OVERDUE


def _leaders(workspace: Workspace) -> tuple[Address, ...]:
    try:
        return tuple(parse_address(email) for email in workspace.settings.mail.chasing.leaders)
    except AddressError as error:
        raise PlanbookError(f"设置 [remind] 的 leaders 里有邮箱不能用（{error}），请改正。") from error


def _list(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    facts: LetterFacts,
    *,
    debtors: Sequence[_Debtor],
    today: date,
) -> ReminderList:
    """Return the list of debtors as it stands after this run."""
    sent = _earlier(ledger, period)
    lines = []
    for debtor in debtors:
        agency = facts.agency(debtor.form.agency)
        taken = [one for one in sent.get(debtor.form.agency, ()) if one.errand is Errand.REMINDER]
        correction = debtor.correction
        lines.append(
            ReminderLine(
                agency=debtor.form.agency,
                owes="退改未报回" if correction else "未报送",
                errors=correction.errors if correction else 0,
                tasks=len(debtor.form.tasks),
                due_on=debtor.form.due_on,
                days_late=max(0, (today - debtor.form.due_on).days) if debtor.form.due_on else 0,
                step=debtor.step,
                reminders=tuple((one.begun_at, one.escalation.label) for one in taken),
                contact=agency.contact,
                phone=agency.phone,
                email=agency.email,
            )
        )
    lines.sort(key=lambda line: (-line.days_late, line.owes))
    return ReminderList(workspace.settings.office, period, today, tuple(lines))


def _write_list(
    workspace: Workspace, path: Path, reminders: ReminderList, leaders: tuple[Address, ...], now: datetime
) -> tuple[Path, ...]:
    """Write the list as a workbook and, where the office has a mailbox, as a draft to the leaders, to send by hand."""
    from planbook.outputs.reminder_list import write_reminder_list

    workbook = write_reminder_list(reminders)
    replace_file(path, workbook)
    settings = workspace.settings
    try:
        office = parse_address(settings.mail.address, settings.mail.name or settings.office)
    except AddressError:
        return (path,)
    told = "\n".join(
        f"{number}. {line.agency}：{line.owes}{f'，逾期 {line.days_late} 天' if line.days_late else ''}"
        for number, line in enumerate(reminders.lines, start=1)
    )
    letter = Letter(
        sender=office,
        recipient=leaders[0] if leaders else office,
        subject=f"{reminders.period.label}责任清单催报名单（{len(reminders.lines)} 家）",
        text=f"截至{reminders.day}，下列单位没有报送或没有改正：\n\n{told or '（没有）'}\n\n{settings.office}\n",
        html="",
        message_id="",
        written_at=now,
        copies=leaders[1:],
        attachments=(Attachment(path.name, workbook),),
    )
    draft = path.with_suffix(".eml")
    replace_file(draft, compose(letter, is_draft=True))
    return (path, draft)
