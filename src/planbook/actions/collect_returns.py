"""collect: what agencies sent, out of the mailbox and out of watched folders, into the inbox; each thing once."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from planbook.actions.mail_access import Purpose, account_for
from planbook.actions.opening import new_run, opened_ledger
from planbook.actions.progress import Progress, report
from planbook.actions.sealed_period import PeriodContext, sealed_period
from planbook.model.collection import CollectedFile, CollectedMessage, MessageKind
from planbook.model.dispatch import Dispatch, Outcome
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, needs_person
from planbook.model.period import Period
from planbook.workspace.folder import Workspace, file_name_for
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger
    from planbook.mail.incoming import Head
    from planbook.mail.mailbox import Fetched
    from planbook.sheets.found import Candidate, Found
    from planbook.sheets.isolation import IsolatedFunction
    from planbook.sheets.unpacking import Unpacker

_CHINA: Final = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class CollectResult:
    """What this run brought.

    Attributes:
        period: Period that was collected for.
        messages: Messages and files of watched folders that were new.
        findings: What needs a person: answers without files, files that are no workbooks, bounces.
        inbox: Where the workbooks are.
    """

    period: Period
    messages: tuple[CollectedMessage, ...]
    findings: tuple[Finding, ...]
    inbox: Path

    @property
    def workbooks(self) -> tuple[CollectedFile, ...]:
        """The workbooks that were put into an inbox."""
        return tuple(file for message in self.messages for file in message.files if file.is_workbook)

    @property
    def needs_person(self) -> bool:
        """Whether anything wants a look."""
        return needs_person(self.findings)


def collect_returns(
    workspace: Workspace,
    period: Period,
    *,
    now: datetime,
    progress: Progress | None = None,
    folders_only: bool = False,
) -> CollectResult:
    """Bring what is new in the mailbox and in the watched folders into the inbox of `period`.

    A form of another period goes into that period's inbox. Nothing on the server is deleted or changed; what was
    brought once is not brought again, whatever became of it since.

    Raises:
        PlanbookError: Neither mailbox nor folder is set up, no form was issued, or the server cannot be reached; what
            came before that is safe.
    """
    settings = workspace.settings.mail
    has_mailbox = bool(settings.imap.host) and not folders_only
    if not has_mailbox and not settings.watched_folders:
        raise PlanbookError(
            "还没有设置从哪里收取：请在 planbook.toml 的 [mail] 中填写收信服务器 imap_host，"
            "或用 watched_folders 写明共享文件夹。"
        )
    account = account_for(workspace, Purpose.IMAP) if has_mailbox else None
    with (
        workspace.locked("收取回表"),
        opened_ledger(workspace) as ledger,
        _Collector(workspace, ledger, period, now) as job,
    ):
        job.collect_folders(progress)
        if account is not None:
            from planbook.mail.mailbox import Mailbox

            with Mailbox(account, settings.imap_folder, marks_read=settings.marks_read) as mailbox:
                since = job.first_day()
                uids = mailbox.uids_after(ledger.collected.last_uid(mailbox.source, mailbox.uid_validity), since)
                largest = 2 * _largest_file()
                for done, uid in enumerate(uids):
                    report(progress, done, len(uids), "收取邮件")
                    fetched = mailbox.fetch(uid, largest)
                    if fetched is not None:
                        job.take_message(mailbox.source, mailbox.uid_validity, fetched)
                mailbox.mark_read(job.read_uids)
        return CollectResult(period, tuple(job.messages), tuple(job.findings), workspace.inbox(period))


def _largest_file() -> int:
    from planbook.sheets.limits import DEFAULT_LIMITS

    return DEFAULT_LIMITS.file_bytes


@dataclass
class _Collector:
    """One run: looks at each message or file once, puts files where they belong, and records both."""

    workspace: Workspace
    ledger: "Ledger"
    period: Period
    now: datetime
    messages: list[CollectedMessage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read_uids: list[int] = field(default_factory=list)
    _unpacker: "Unpacker | None" = None
    _periods: "IsolatedFunction[bytes, PeriodContext, str] | None" = None
    _sent: Mapping[str, Dispatch] | None = None

    def __enter__(self) -> "_Collector":
        from planbook.sheets.limits import DEFAULT_LIMITS
        from planbook.sheets.unpacking import Unpacker

        issued = self.ledger.forms.issued()
        if not any(one.period == self.period for one in issued):
            raise PlanbookError(
                f"{self.period.label}还没有下发责任清单，请先运行 planbook issue --period {self.period}。"
            )
        self._issued = issued
        self._own = self._digests_of_own()
        self._run = new_run("collect", self.now, period=self.period)
        self._unpacker = Unpacker(DEFAULT_LIMITS)
        return self

    def __exit__(self, *_: object) -> None:
        for workers in (self._unpacker, self._periods):
            if workers is not None:
                workers.close()

    def _digests_of_own(self) -> frozenset[str]:
        """Return the digests of everything that was sent out: unchanged, it is no answer."""
        found: set[str] = set()
        for period in dict.fromkeys(one.period for one in self._issued):
            found.update(*self.ledger.forms.digests(period).values())
            found.update(one.file_sha256 for one in self.ledger.dispatches.corrections(period))
        return frozenset(found)

    def first_day(self) -> date:
        """Return the day before which no message can be an answer."""
        return min(one.issued_on for one in self._issued if one.period == self.period) - timedelta(days=1)

    def take_message(self, source: str, uid_validity: int, fetched: "Fetched") -> None:
        """Look at one message of a mailbox."""
        from planbook.mail.incoming import files_in, nameless_head, own_message_ids, read_head

        if fetched.content is None:
            self._too_large(source, uid_validity, fetched)
            return
        try:
            head = read_head(fetched.content)
        except Exception:  # noqa: BLE001 - the library stumbles over headers in disorder; one mail must not stop all
            head = nameless_head(fetched.content)
        message = CollectedMessage(
            source, uid_validity, fetched.uid, head.key, MessageKind.WITHOUT_FILES, head.sender, head.subject,
            head.sent_at, self.period,
        )  # fmt: skip
        if self.ledger.collected.knows_message(head.key):  # the server has numbered its messages anew
            self._record(message, MessageKind.WITHOUT_FILES, ())
            return
        self.read_uids.append(fetched.uid)
        if head.is_bounce and (ids := own_message_ids(fetched.content)):
            self._bounced(message, head, ids)
            return
        assert self._unpacker is not None  # noqa: S101 - entered
        files = tuple(self._files(files_in(fetched.content, head, self._unpacker), fetched.content, head))
        values = {"sender": head.sender, "subject": head.subject, "day": _day(head.sent_at)}
        kind = MessageKind.WITH_FILES
        if not files:
            kind = MessageKind.AUTOMATIC if head.is_automatic else MessageKind.WITHOUT_FILES
            code = "message_automatic" if head.is_automatic else "message_without_files"
            self.findings.append(Finding.of(code, **values))
        self._record(message, kind, files, is_new=True)

    def collect_folders(self, progress: Progress | None) -> None:
        """Look at the watched folders; what lies there stays there, copies go into the inbox."""
        from planbook.sheets.containers import expand
        from planbook.sheets.found import Candidate, RefusedFile

        for name in self.workspace.settings.mail.watched_folders:
            folder = self.workspace.root / name
            if not folder.is_dir():
                self.findings.append(Finding.of("watched_folder_missing", path=folder))
                continue
            for found in expand([folder]):
                report(progress, 0, 0, f"查看 {folder.name}")
                if isinstance(found, Candidate):
                    self._take_file(name, folder, found)
                elif isinstance(found, RefusedFile) and found.sha256:
                    self._refused_file(name, folder, found.path, found.sha256, found.finding)

    def _take_file(self, name: str, folder: Path, found: "Candidate") -> None:
        from planbook.sheets.sniffing import explain, sniff
        from planbook.sheets.unreadable import UnreadableFile

        if found.sha256 in self._own or self.ledger.collected.origins([found.sha256]):
            return
        with suppress(UnreadableFile):  # it changed just now; the next look will see what it has become
            content = found.read()
            kind = sniff(content)
            shown = found.path.removeprefix(folder.as_posix()).lstrip("/")
            if not kind.is_workbook:
                self._refused_file(name, folder, found.path, found.sha256, explain(kind))
                return
            period, path = self._place(shown, content)
            message = self._of_folder(name, shown, found.sha256, found.modified_at)
            file = CollectedFile(shown, path, found.sha256, is_workbook=True)
            self._tell_period(period, name, shown)
            self._record(message, MessageKind.FOLDER_FILE, (file,), is_new=True)

    def _refused_file(self, name: str, folder: Path, path: str, digest: str, finding: Finding) -> None:
        if self.ledger.collected.origins([digest]):
            return
        shown = path.removeprefix(folder.as_posix()).lstrip("/")
        remark = finding.message.rstrip("。")
        values = {"sender": f"文件夹 {name} ", "subject": shown, "name": shown, "reason": remark, "path": path}
        self.findings.append(Finding.of("attachment_not_workbook", **values))
        file = CollectedFile(shown, "", digest, is_workbook=False, remark=remark)
        self._record(self._of_folder(name, shown, digest, None), MessageKind.FOLDER_FILE, (file,), is_new=True)

    def _of_folder(self, name: str, shown: str, digest: str, moment: datetime | None) -> CollectedMessage:
        kind = MessageKind.FOLDER_FILE
        return CollectedMessage(name, 0, 0, f"{digest} {shown}", kind, "", shown, moment, self.period)

    def _files(self, found: "Iterator[Found]", raw: bytes, head: "Head") -> Iterator[CollectedFile]:
        """Put what a message brings where it belongs."""
        from planbook.mail.incoming import WHOLE_MESSAGE
        from planbook.sheets.found import Candidate, RefusedFile, SkippedFile
        from planbook.sheets.sniffing import explain, sniff

        for one in found:
            if isinstance(one, SkippedFile):
                continue
            if isinstance(one, RefusedFile) and one.path == WHOLE_MESSAGE:
                yield self._unreadable(one.finding, raw, head)
                continue
            if isinstance(one, Candidate):
                content = one.content or b""
                kind = sniff(content)
                if one.sha256 in self._own:  # what was sent out, quoted in the answer
                    continue
                if kind.is_workbook:
                    period, path = self._place(one.path, content)
                    self._tell_period(period, head.sender, one.path)
                    yield CollectedFile(one.path, path, one.sha256, is_workbook=True)
                    continue
                yield self._laid_aside(one.path, content, one.sha256, explain(kind), head)
            else:
                yield self._laid_aside(one.path, b"", one.sha256, one.finding, head)

    def _unreadable(self, finding: Finding, raw: bytes, head: "Head") -> CollectedFile:
        """Keep a message that cannot be opened as it is."""
        folder = self.workspace.inbox(self.period).with_name("其他来件") / str(self.period)
        path = self._write(folder, f"打不开的邮件_{head.key[:8]}.eml", raw)
        reason = Finding(finding.code, values=finding.values).message.rstrip("。")
        values = {"sender": head.sender, "subject": head.subject, "day": _day(head.sent_at)}
        self.findings.append(Finding.of("message_unreadable", reason=reason, **values))
        return CollectedFile(PurePosixPath(path).name, path, head.key, is_workbook=False, remark=reason)

    def _laid_aside(self, name: str, content: bytes, digest: str, finding: Finding, head: "Head") -> CollectedFile:
        """Keep a file that is no workbook beside the inbox, for a person to look at."""
        path = ""
        if content:
            folder = self.workspace.inbox(self.period).with_name("其他来件") / str(self.period)
            path = self._write(folder, name, content)
        remark = Finding(finding.code, values=finding.values).message.rstrip("。")
        values = {"sender": head.sender, "subject": head.subject, "name": name, "reason": remark}
        self.findings.append(Finding.of("attachment_not_workbook", path=path or "（没有另存）", **values))
        return CollectedFile(name, path, digest, is_workbook=False, remark=remark)

    def _place(self, name: str, content: bytes) -> tuple[Period, str]:
        """Put a workbook into the inbox of its period; return that and where it is."""
        period = self._period_of(content)
        return period, self._write(self.workspace.inbox(period), name, content)

    def _write(self, folder: Path, name: str, content: bytes) -> str:
        """Write a file under a name that no other content has there, and return it below the workspace."""
        plain = PurePosixPath(name).name
        stem, suffix = (
            file_name_for(PurePosixPath(plain).stem, limit=80),
            file_name_for(PurePosixPath(plain).suffix[:10]),
        )
        suffix = suffix if suffix.startswith(".") else ""
        number = 1
        while True:
            path = folder / f"{stem}{f' ({number})' if number > 1 else ''}{suffix}"
            if not path.exists():
                replace_file(path, content)
                break
            if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
                break
            number += 1
        return path.relative_to(self.workspace.root).as_posix()

    def _period_of(self, content: bytes) -> Period:
        """Return the period that a workbook's seal names, where forms of it were issued; else the one asked for."""
        from planbook.sheets.isolation import IsolatedFunction

        if self._periods is None:
            context = PeriodContext(self.ledger.workspace_id, self.workspace.keys())
            self._periods = IsolatedFunction(sealed_period, context=context)
        (outcome,) = self._periods.run([content])
        named = Period.parse(outcome.result) if outcome.result else self.period
        return named if any(one.period == named for one in self._issued) else self.period

    def _tell_period(self, period: Period, sender: str, name: str) -> None:
        if period != self.period:
            self.findings.append(Finding.of("collected_other_period", sender=sender, name=name, period=period.label))

    def _bounced(self, message: CollectedMessage, head: "Head", ids: frozenset[str]) -> None:
        """Record that a dispatch came back."""
        if self._sent is None:
            periods = dict.fromkeys(one.period for one in self._issued)
            known = [one for period in periods for one in self.ledger.dispatches.of_period(period)]
            self._sent = {one.message_id: one for one in known if one.outcome is Outcome.SENT}
        agencies = []
        for message_id in ids:
            dispatch = self._sent.get(message_id)
            if dispatch:
                agencies.append(dispatch.agency)
                reason = f"邮件被退回（退信主题：{head.subject}）"
                self.ledger.dispatches.settle(self._run, dispatch.attempt, Outcome.BOUNCED, reason, self.now)
        values = {"agency": "、".join(agencies) or "（已不在台账中的单位）", "subject": head.subject}
        self.findings.append(Finding.of("message_bounced", day=_day(head.sent_at), **values))
        self._record(message, MessageKind.BOUNCE, (), is_new=True)

    def _too_large(self, source: str, uid_validity: int, fetched: "Fetched") -> None:
        size = f"{fetched.size / 1024 / 1024:.0f}"
        self.findings.append(
            Finding.of("message_too_large", sender="", subject=f"第 {fetched.uid} 号", day="", size=size)
        )
        key = sha256(f"{source} {uid_validity} {fetched.uid}".encode()).hexdigest()
        message = CollectedMessage(
            source, uid_validity, fetched.uid, key, MessageKind.WITHOUT_FILES, "", "", None, self.period
        )
        self._record(message, MessageKind.WITHOUT_FILES, (), is_new=True)

    def _record(
        self, message: CollectedMessage, kind: MessageKind, files: tuple[CollectedFile, ...], *, is_new: bool = False
    ) -> None:
        done = CollectedMessage(
            message.source, message.uid_validity, message.uid, message.message_key, kind, message.sender,
            message.subject, message.sent_at, message.period, files,
        )  # fmt: skip
        self.ledger.collected.record(self._run, done)
        if is_new:
            self.messages.append(done)


def _day(moment: datetime | None) -> str:
    return moment.astimezone(_CHINA).strftime("%Y-%m-%d") if moment else "日期不明"
