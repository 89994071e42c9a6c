"""send: each agency's form, or its correction workbook, to that agency and to no other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.actions.dispatch_listing import Lister
from planbook.actions.dispatch_sending import Sender, drafts_folder, exchange_folder, settle_interrupted
from planbook.actions.dispatching import DispatchList, Item, Listed, Manner, Status, count_status
from planbook.actions.mail_access import office_letters
from planbook.actions.opening import opened_ledger
from planbook.actions.progress import Progress
from planbook.actions.verified_files import VerifiedFile, verify_file
from planbook.mail.letter_fields import LetterFields, LetterKind
from planbook.model.agency import Agency
from planbook.model.dispatch import Channel, Errand, Escalation
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, needs_person
from planbook.model.form import Form, Role
from planbook.model.form_changes import describe_changes
from planbook.model.ledger import IssuedForm
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable, replace_file

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger
    from planbook.mail.templates import LetterText


@dataclass(frozen=True, slots=True)
class SendResult:
    """What was listed and what became of it.

    Attributes:
        period: The period.
        channel: By which channel.
        is_dry_run: Nothing was sent.
        lines: One for each agency.
        findings: What needs a person.
        opens: Folder or list to look at.
    """

    period: Period
    channel: Channel
    is_dry_run: bool
    lines: tuple[Listed, ...]
    findings: tuple[Finding, ...]
    opens: tuple[Path, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Whether anything of it wants a look."""
        return needs_person(self.findings)

    @property
    def is_failed(self) -> bool:
        """Whether there was something to send and nothing left."""
        counts = count_status(self.lines)
        out = sum(counts[status] for status in Status if status not in (Status.HELD, Status.DEFERRED, Status.REFUSED))
        return bool(counts[Status.DEFERRED]) and not out


def send_forms(
    workspace: Workspace,
    period: Period,
    agencies: Sequence[str] = (),
    *,
    manner: Manner,
    now: datetime,
    today: date,
    progress: Progress | None = None,
) -> SendResult:
    """Send each agency's form of `period`; `agencies`, if given, limits it to those.

    What is out already is not sent again, and what an earlier run was cut short in is settled first.

    Raises:
        PlanbookError: No form was issued, an agency has none, or mail is not set up; nothing was sent.
    """

    def items(ledger: "Ledger", forms: Sequence[IssuedForm]) -> Iterator[Item | tuple[Form, Errand, Finding]]:
        facts = LetterFacts(workspace, ledger, today)
        for issued in forms:
            form = form_of(ledger, issued)
            path = workspace.root / issued.path
            file = verify_file(workspace, ledger.workspace_id, issued, path, issued.file_sha256)
            if isinstance(file, Finding):
                yield form, Errand.FORM, file
            else:
                yield facts.form_item(form, file)

    return send_items(workspace, period, agencies, items, manner=manner, now=now, progress=progress)


def send_items(
    workspace: Workspace,
    period: Period,
    agencies: Sequence[str],
    items: "Callable[[Ledger, Sequence[IssuedForm]], Iterator[Item | tuple[Form, Errand, Finding]]]",
    *,
    manner: Manner,
    now: datetime,
    progress: Progress | None,
) -> SendResult:
    """List what `items` gives for the period's forms, and send it unless the manner is a dry run."""
    with workspace.locked("分发"), opened_ledger(workspace) as ledger:
        settle_interrupted(workspace, ledger, now)
        forms = issued_forms(ledger, period, agencies)
        lister = Lister(workspace, ledger, office_letters(workspace), period=period, manner=manner, now=now)
        listed = make_list(lister, items(ledger, forms))
        if manner.is_dry_run:
            return SendResult(period, manner.channel, True, listed.lines, listed.findings)
        return carry_out(workspace, ledger, period, listed, manner=manner, progress=progress)


def make_list(lister: Lister, given: Iterator[Item | tuple[Form, Errand, Finding]]) -> DispatchList:
    """Return the list of what was given: things to send, and things held because of their file."""
    items: list[Item] = []
    held: list[tuple[Form, Errand, Finding]] = []
    for one in given:
        if isinstance(one, Item):
            items.append(one)
        else:
            held.append(one)
    return lister.make_list(items, held)


def carry_out(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    listed: DispatchList,
    *,
    manner: Manner,
    progress: Progress | None,
) -> SendResult:
    """Send what is ready on a list, and write the sheet to sign where it goes into folders."""
    opens: tuple[Path, ...] = ()
    if manner.channel is Channel.FOLDER:
        receipts = exchange_folder(workspace, period) / f"{period}_签收表.xlsx"
        refuse_unwritable(receipts)
        opens = (receipts, receipts.parent)
    elif manner.channel is Channel.EML:
        opens = (drafts_folder(workspace, period),)
    sender = Sender(workspace, ledger, period, progress)
    lines = sender.send(listed.lines, manner.channel)
    if manner.channel is Channel.FOLDER:
        _write_receipts(workspace, ledger, period, opens[0])
    return SendResult(period, manner.channel, False, lines, (*listed.findings, *sender.findings), opens)


def preview_letter(workspace: Workspace, period: Period, agency: str, *, today: date) -> tuple["LetterText", Path]:
    """Return the letter that an agency would get with its form, and an HTML file that shows it.

    Raises:
        PlanbookError: The agency has no form, or a template has a fault.
    """
    with opened_ledger(workspace) as ledger:
        (issued,) = issued_forms(ledger, period, [agency])
        form = form_of(ledger, issued)
        file = VerifiedFile(Path(issued.path).name, b"", issued.file_sha256, ())
        item = LetterFacts(workspace, ledger, today).form_item(form, file)
    text = office_letters(workspace).write(item.kind, item.fields)
    path = workspace.outputs / "邮件预览.html"
    replace_file(path, (text.html or f"<pre>{_escaped(text.text)}</pre>").encode())
    return text, path


def issued_forms(ledger: "Ledger", period: Period, agencies: Sequence[str]) -> tuple[IssuedForm, ...]:
    """Return the newest form of each agency, or of those of `agencies`, by whatever name the directory knows them.

    Raises:
        PlanbookError: There is none, or an agency has none.
    """
    forms = ledger.forms.issued(period)
    if not forms:
        raise PlanbookError(f"{period.label}还没有下发责任清单，请先运行 planbook issue --period {period}。")
    if not agencies:
        return forms
    directory = ledger.agencies.directory()
    wanted = {name: (directory.find(name) or Agency(name)).name for name in agencies}
    known = {form.agency for form in forms}
    absent = [name for name, agency in wanted.items() if agency not in known]
    if absent:
        raise PlanbookError(f"{period.label}没有给“{'、'.join(absent)}”下发责任清单，请核对单位名称。")
    return tuple(form for form in forms if form.agency in wanted.values())


def form_of(ledger: "Ledger", issued: IssuedForm) -> Form:
    """Return everything in an issued form."""
    form = ledger.forms.form(issued.form_id)
    if form is None:
        raise PlanbookError("台账中一份责任清单的记录缺失，请用 planbook doctor 检查并用备份恢复。")
    return form


class LetterFacts:
    """What letters say of agencies and their forms; the ledger is asked once for all of them."""

    def __init__(self, workspace: Workspace, ledger: "Ledger", today: date) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._today = today
        self._directory = ledger.agencies.directory()
        self._issued = ledger.forms.issued()

    def agency(self, name: str) -> Agency:
        """Return an agency as the directory has it."""
        return self._directory.find(name) or Agency(name)

    def form_item(self, form: Form, file: VerifiedFile) -> Item:
        """Return the dispatch of a form."""
        fields = self.fields(form, file.name, changes=self._changes(form))
        return Item(Errand.FORM, Escalation.NONE, form, file, fields, LetterKind.FORM, self.agency(form.agency).email)

    def fields(
        self, form: Form, attachment: str, *, changes: tuple[str, ...] = (), faults: tuple[int, int] | None = None
    ) -> LetterFields:
        """Return what a letter to the agency of a form says; `faults` counts errors and doubts of its return."""
        leads = sum(task.role is Role.LEAD for task in form.tasks)
        settings = self._workspace.settings
        return LetterFields(
            agency=form.agency,
            agency_contact=self.agency(form.agency).contact,
            period=form.period.label,
            due_on=form.due_on,
            tasks=len(form.tasks),
            lead_tasks=leads,
            support_tasks=len(form.tasks) - leads,
            indicators=len(form.indicators),
            changes=changes,
            needs_correction=faults is not None,
            errors=faults[0] if faults else 0,
            doubts=faults[1] if faults else 0,
            attachment=attachment,
            office=settings.office or settings.mail.name,
            contact=settings.contact,
            today=self._today,
        )

    def _changes(self, form: Form) -> tuple[str, ...]:
        """Return what is different from the agency's form before: the version before, else the period before."""
        if form.version > 1:
            versions = [one for one in self._ledger.forms.of_period(form.period) if one.agency == form.agency]
            before = next((one for one in reversed(versions) if one.version < form.version), None)
            return describe_changes(form, before)
        earlier = [one for one in self._issued if one.agency == form.agency and one.period < form.period]
        return describe_changes(form, self._ledger.forms.form(earlier[-1].form_id) if earlier else None)


def _write_receipts(workspace: Workspace, ledger: "Ledger", period: Period, path: Path) -> None:
    from planbook.outputs.receipt_sheet import write_receipt_sheet

    dispatches = [one for one in ledger.dispatches.of_period(period) if one.channel is Channel.FOLDER]
    replace_file(path, write_receipt_sheet(workspace.settings.office, period, dispatches))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
