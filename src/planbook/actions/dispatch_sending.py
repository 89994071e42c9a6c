"""Sends what was listed, by mail, as drafts or into folders; each act is in the ledger before and after it happens."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.actions.dispatch_listing import distinct_name
from planbook.actions.dispatching import Listed, Status
from planbook.actions.mail_access import Purpose, account_for
from planbook.actions.opening import new_run
from planbook.actions.progress import Progress, report
from planbook.model.dispatch import Channel, Dispatch, Errand, Outcome
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger
    from planbook.mail.courier import Parcel
    from planbook.mail.transmission import Receipt

_LOST_JOURNAL: Final = "上次发送被中断，记录不全，不知道邮件是否已经发出"
_NOT_FINISHED: Final = "上次分发被中断，没有完成"


def settle_interrupted(workspace: Workspace, ledger: "Ledger", now: datetime) -> None:
    """Find out what became of dispatches that an earlier run was cut short in, and record it.

    What the courier's journal does not know of at all never reached it. Where there is no journal, nobody can tell,
    and what may have arrived is not sent again unasked.
    """
    unsettled = ledger.dispatches.unsettled()
    if not unsettled:
        return
    from planbook.mail.courier import wait_for_courier
    from planbook.mail.delivery import outcome_of
    from planbook.mail.journal import CUT_SHORT, read_journal

    wait_for_courier(journal_of(workspace))
    journal = read_journal(journal_of(workspace))
    run = new_run("send", now)
    for dispatch in unsettled:
        if dispatch.channel is not Channel.SMTP:
            outcome, reason = Outcome.DEFERRED, _NOT_FINISHED
        elif journal is None:
            outcome, reason = Outcome.UNKNOWN, _LOST_JOURNAL
        else:
            receipt = journal.get(dispatch.attempt, CUT_SHORT)
            outcome, reason = outcome_of(receipt), receipt.reason
        ledger.dispatches.settle(run, dispatch.attempt, outcome, reason, now)


def journal_of(workspace: Workspace) -> Path:
    """Return where the courier keeps its journal."""
    return workspace.root / "dispatch.journal"


class Sender:
    """Sends lines of one list; what became of them stands in `ended`, by attempt."""

    def __init__(self, workspace: Workspace, ledger: "Ledger", period: Period, progress: Progress | None) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._period = period
        self._progress = progress
        self._run = new_run("send", datetime.now(UTC), period=period)
        self._ended: dict[str, tuple[Outcome, str]] = {}
        self._lines: dict[str, Listed] = {}
        self.findings: list[Finding] = []

    def send(self, lines: Sequence[Listed], channel: Channel) -> tuple[Listed, ...]:
        """Send the lines that are ready; return all of them as they stand then."""
        ready = [line for line in lines if line.status is Status.READY]
        self._lines = {line.dispatch.attempt: line for line in ready}
        if ready and channel is Channel.SMTP:
            self._by_mail(ready)
        elif ready:
            for line in ready:
                self._by_file(line, self._draft if channel is Channel.EML else self._place)
        return tuple(self._after(line) for line in lines)

    def _after(self, line: Listed) -> Listed:
        ended = self._ended.get(line.dispatch.attempt)
        return line.ended(*ended) if ended else line

    def _by_mail(self, ready: Sequence[Listed]) -> None:
        from planbook.mail.courier import Courier, Parcel
        from planbook.mail.delivery import Manner, deliver

        settings = self._workspace.settings.mail
        account = account_for(self._workspace, Purpose.SMTP)
        parcels = [Parcel(line.dispatch.attempt, line.sender, line.recipients, line.content) for line in ready]
        _start_journal(journal_of(self._workspace))
        with Courier(account, journal_of(self._workspace)) as courier:
            deliver(parcels, courier.carry, self, Manner(settings.per_minute, settings.retry_seconds))

    def begin(self, parcel: "Parcel") -> None:
        """Record that a parcel is about to leave."""
        self._begin(self._lines[parcel.attempt].dispatch)

    def settle(self, parcel: "Parcel", receipt: "Receipt") -> None:
        """Record what became of a parcel."""
        from planbook.mail.delivery import outcome_of

        self._settle(self._lines[parcel.attempt].dispatch, outcome_of(receipt), receipt.reason)

    def _by_file(self, line: Listed, write: Callable[[Listed], None]) -> None:
        done = Outcome.DRAFTED if line.dispatch.channel is Channel.EML else Outcome.PLACED
        self._begin(line.dispatch)
        try:
            write(line)
        except PlanbookError as error:
            self._settle(line.dispatch, Outcome.DEFERRED, error.message.rstrip("。"))
        else:
            self._settle(line.dispatch, done, "")

    def _draft(self, line: Listed) -> None:
        dispatch = line.dispatch
        what = "" if dispatch.errand is Errand.FORM else f"_{dispatch.escalation.label or dispatch.errand.label}"
        name = f"{distinct_name(dispatch.file_name, self._period)}{what}.eml"
        replace_file(drafts_folder(self._workspace, self._period) / name, line.content)

    def _place(self, line: Listed) -> None:
        """Put a file into the agency's folder; what somebody changed there is never written over."""
        dispatch = line.dispatch
        path = exchange_folder(self._workspace, self._period) / dispatch.recipient / dispatch.file_name
        if path.exists() and not self._is_ours(path, dispatch):
            aside = path.with_name(f"{path.stem}_{dispatch.begun_at:%Y%m%d%H%M%S}{path.suffix}")
            values = {"agency": dispatch.agency, "name": path.name, "aside": aside.name}
            self.findings.append(Finding.of("folder_file_kept", **values))
            path = aside
        replace_file(path, line.content)
        if line.notice:
            name = f"{dispatch.escalation.label or dispatch.errand.label}_通知.txt"
            replace_file(path.with_name(name), line.notice.encode("utf-8-sig"))  # for Notepad of Windows 7

    def _is_ours(self, path: Path, dispatch: Dispatch) -> bool:
        digest = sha256(path.read_bytes()).hexdigest()
        earlier = self._ledger.dispatches.of_period(self._period)
        return digest == dispatch.file_sha256 or any(
            one.agency == dispatch.agency and one.file_sha256 == digest for one in earlier
        )

    def _begin(self, dispatch: Dispatch) -> None:
        report(self._progress, len(self._ended), len(self._lines), dispatch.agency)
        self._ledger.dispatches.begin(self._run, [replace(dispatch, begun_at=datetime.now(UTC))])

    def _settle(self, dispatch: Dispatch, outcome: Outcome, reason: str) -> None:
        self._ledger.dispatches.settle(self._run, dispatch.attempt, outcome, reason, datetime.now(UTC))
        self._ended[dispatch.attempt] = (outcome, reason)
        if outcome in (Outcome.REFUSED, Outcome.DEFERRED) or (outcome is Outcome.SENT and reason):
            values = {"agency": dispatch.agency, "recipient": dispatch.recipient, "reason": reason}
            self.findings.append(Finding.of("dispatch_failed", **values))
        elif outcome is Outcome.UNKNOWN:
            values = {"agency": dispatch.agency, "recipient": dispatch.recipient, "reason": reason}
            self.findings.append(Finding.of("dispatch_unknown", period=self._period, **values))


def drafts_folder(workspace: Workspace, period: Period) -> Path:
    """Return the folder of a period's mail drafts."""
    return workspace.outputs / "邮件草稿" / str(period)


def exchange_folder(workspace: Workspace, period: Period) -> Path:
    """Return the folder that holds the agencies' folders of a period."""
    settings = workspace.settings.mail
    base = workspace.root / settings.folder if settings.folder else workspace.outputs / "分发"
    return base / str(period)


def _start_journal(journal: Path) -> None:
    """Begin an empty journal: what the last one told is in the ledger by now."""
    try:
        journal.write_bytes(b"")
    except OSError as error:
        raise PlanbookError(f"写不了 {journal}，请检查文件夹权限和磁盘空间；邮件一封也没有发出。") from error
