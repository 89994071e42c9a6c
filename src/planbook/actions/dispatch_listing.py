"""Makes the list of what is to go out: every line checked against addresses, secrecy, size, and what is out already."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from planbook.actions.dispatching import DispatchList, Item, Listed, Manner, Status
from planbook.actions.secrecy_check import SecrecyCheck
from planbook.mail.addresses import Address, AddressError, parse_address
from planbook.mail.composing import Attachment, Letter, compose, envelope
from planbook.model.agency import Agency
from planbook.model.dispatch import Channel, Dispatch, Errand, Escalation, Outcome, latest_by_message
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.form import Form
from planbook.model.period import Period
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger
    from planbook.mail.templates import Letters, LetterText

_MEBIBYTE: Final = 1024 * 1024


class Lister:
    """Makes the list: checks every item against addresses, secrecy, size, and what is out already."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: "Ledger",
        letters: "Letters",
        *,
        period: Period,
        manner: Manner,
        now: datetime,
    ) -> None:
        self._workspace = workspace
        self._letters = letters
        self._period = period
        self._manner = manner
        self._now = now
        self._workspace_id = ledger.workspace_id
        self._known = latest_by_message(ledger.dispatches.of_period(period))
        self._secrecy = SecrecyCheck() if manner.channel is Channel.FOLDER else SecrecyCheck.of(workspace, ledger)
        self._sender = self._office_address()
        self._shared = self._shared_addresses(ledger.agencies.directory().agencies)
        self._test_to = _test_address(manner.test_to)
        self._findings: list[Finding] = []

    def make_list(self, items: Sequence[Item], held: Iterable[tuple[Form, Errand, Finding]] = ()) -> DispatchList:
        """Return the list of `items`, and of what is `held` because its file is not what it must be."""
        lines = [self._hold(form, errand, Escalation.NONE, "", finding) for form, errand, finding in held]
        lines += [self._listed(item) for item in items]
        return DispatchList(tuple(lines), tuple(self._findings))

    def preview(self, item: Item) -> "LetterText":
        """Return what the letter of an item says."""
        return self._letters.write(item.kind, item.fields)

    def _listed(self, item: Item) -> Listed:
        if self._manner.channel is Channel.FOLDER:
            return self._for_folder(item)
        address = self._address(item)
        if isinstance(address, Finding):
            return self._hold(item.form, item.errand, item.escalation, item.email, address)
        text = self._letters.write(item.kind, item.fields)
        marked = self._secrecy.find(item.form, (*item.file.texts, item.file.name), (text.subject, text.text))
        if marked:
            values = {"agency": item.form.agency, "period": self._period}
            finding = Finding.of("dispatch_secret", where=marked.where, mark=marked.mark, **values)
            return self._hold(item.form, item.errand, item.escalation, address.email, finding)
        return self._for_mail(item, address, text)

    def _for_mail(self, item: Item, address: Address, text: "LetterText") -> Listed:
        message_id = self._message_id(item, address.key)
        letter = Letter(
            sender=self._sender,
            recipient=self._test_to or address,
            subject=f"【测试，应发给{item.form.agency}】{text.subject}" if self._test_to else text.subject,
            text=text.text,
            html=text.html,
            message_id=message_id,
            written_at=self._now,
            copies=() if self._test_to else item.copies,
            attachments=(Attachment(item.file.name, item.file.content),),
        )
        content = compose(letter, is_draft=self._manner.channel is Channel.EML)
        size, limit = len(content), self._workspace.settings.mail.max_mb
        if size > limit * _MEBIBYTE:
            values = {"size": f"{size / _MEBIBYTE:.1f}", "limit": limit}
            finding = Finding.of("dispatch_too_large", agency=item.form.agency, **values)
            return self._hold(item.form, item.errand, item.escalation, address.email, finding)
        sender, recipients = envelope(letter)
        dispatch = self._dispatch(item, letter.recipient.email, message_id, size)
        copies = tuple(copy.email for copy in letter.copies)
        line = Listed(replace(dispatch, copies=copies), Status.READY, "", content, sender, tuple(recipients))
        return self._unless_out(line)

    def _for_folder(self, item: Item) -> Listed:
        folder = distinct_name(item.file.name, self._period)
        dispatch = self._dispatch(item, folder, self._message_id(item, folder), len(item.file.content))
        notice = ""
        if item.errand is not Errand.FORM:  # a form explains itself
            text = self._letters.write(item.kind, item.fields)
            notice = f"{text.subject}\n\n{text.text}"
        return self._unless_out(Listed(dispatch, Status.READY, "", item.file.content, notice=notice))

    def _unless_out(self, line: Listed) -> Listed:
        """Return a line, without anything to send where it is out already."""
        known = None if self._test_to else self._known.get(line.dispatch.message_id)
        if known is None or not known.outcome.is_out:
            return line
        values = {"agency": known.agency, "recipient": known.recipient, "period": self._period}
        if known.outcome is Outcome.UNKNOWN:
            if self._manner.resends_unknown:
                return line
            self._findings.append(Finding.of("dispatch_unknown", reason=known.reason.rstrip("。"), **values))
            return replace(line, status=Status.UNKNOWN, reason=known.reason, content=b"")
        if known.outcome is Outcome.BOUNCED:
            self._findings.append(Finding.of("dispatch_bounced", **values))
            return replace(line, status=Status.REFUSED, reason=known.reason, content=b"")
        return replace(line, status=Status.ALREADY, content=b"")

    def _hold(self, form: Form, errand: Errand, escalation: Escalation, email: str, finding: Finding) -> Listed:
        self._findings.append(finding)
        dispatch = Dispatch(
            "", errand, self._period, form.agency, escalation, form.form_id, "", "", 0, self._manner.channel, email,
            (), "", bool(self._test_to), self._now,
        )  # fmt: skip
        return Listed(dispatch, Status.HELD, finding.message)

    def _dispatch(self, item: Item, recipient: str, message_id: str, size: int) -> Dispatch:
        return Dispatch(
            attempt=uuid4().hex,
            errand=item.errand,
            period=self._period,
            agency=item.form.agency,
            escalation=item.escalation,
            form_id=item.form.form_id,
            file_name=item.file.name,
            file_sha256=item.file.sha256,
            size=size,
            channel=self._manner.channel,
            recipient=recipient,
            copies=(),
            message_id=message_id,
            is_trial=bool(self._test_to),
            begun_at=self._now,
        )

    def _message_id(self, item: Item, recipient: str) -> str:
        """Return a Message-ID that is the same whenever the same thing goes to the same place, and no other."""
        facts = [
            self._workspace_id,
            self._manner.channel.value,
            item.errand.value,
            item.escalation.value,
            item.form.agency,
            *((item.form.form_id, item.file.sha256) if item.escalation is Escalation.NONE else ()),
            recipient,
            f"trial {self._now.isoformat()}" if self._test_to else "",
        ]
        digest = sha256("\0".join(facts).encode()).hexdigest()[:32]
        domain = self._sender.email.partition("@")[2] or "planbook.invalid"
        return f"<planbook.{digest}@{domain}>"

    def _address(self, item: Item) -> Address | Finding:
        agency = item.form.agency
        if not item.email.strip():
            return Finding.of("address_missing", agency=agency)
        try:
            address = parse_address(item.email, agency)
        except AddressError as error:
            return Finding.of("address_invalid", agency=agency, email=_shown(item.email), reason=error)
        others = [name for name in self._shared.get(address.key, ()) if name != agency]
        if others:
            return Finding.of("address_shared", agency=agency, others="、".join(others), email=address.email)
        return address

    def _shared_addresses(self, agencies: Iterable[Agency]) -> dict[str, tuple[str, ...]]:
        """Return the agencies that have one mailbox, by it; mailboxes that may be shared are left out."""
        allowed = {address.casefold() for address in self._workspace.settings.mail.shared_addresses}
        found: dict[str, tuple[str, ...]] = {}
        for agency in agencies:
            try:
                key = parse_address(agency.email).key
            except AddressError:
                continue
            if not agency.is_group and key not in allowed:
                found[key] = (*found.get(key, ()), agency.name)
        return {key: names for key, names in found.items() if len(names) > 1}

    def _office_address(self) -> Address:
        if self._manner.channel is Channel.FOLDER:
            return Address("")
        settings = self._workspace.settings
        name = settings.mail.name or settings.office
        try:
            return parse_address(settings.mail.address, name)
        except AddressError as error:
            raise PlanbookError(
                f"设置 [mail] 的发信邮箱 address 或名称有误（{error}），请在 planbook.toml 中改正；"
                "没有邮箱的请用 --channel folder。"
            ) from error


def distinct_name(file_name: str, period: Period) -> str:
    """Return an agency's name as files and folders bear it: the part of its form's name that no other form shares.

    Two agencies may differ only in what no file name can hold; one would find the other's workbook in its folder.
    """
    return file_name.removeprefix(f"{period}_").rpartition("_")[0] or file_name


def _test_address(text: str) -> Address | None:
    if not text:
        return None
    try:
        return parse_address(text)
    except AddressError as error:
        raise PlanbookError(f"--test-to 的邮箱不能用：{error}。") from error


def _shown(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:80]
