"""An IMAP mailbox, looked at without leaving a trace: opened for reading only, messages fetched by UID."""

import imaplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from planbook.mail.account import Account, Security
from planbook.mail.faults import connection_in_chinese, shown_reply
from planbook.model.errors import PlanbookError

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_IDENTITY: Final = '("name" "planbook" "version" "1" "vendor" "planbook")'


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as it lies in the mailbox: its UID, size in bytes, and content; None where it was too large."""

    uid: int
    size: int
    content: bytes | None


class Mailbox:
    """A folder of a mailbox on an IMAP server.

    Nothing is ever deleted. Only with `marks_read` is anything changed: messages are marked as read, when asked.
    """

    def __init__(self, account: Account, folder: str, *, marks_read: bool = False) -> None:
        self._account = account
        self._folder = folder
        self._marks_read = marks_read
        self.uid_validity = 0

    @property
    def source(self) -> str:
        """What the mailbox is called in records."""
        return f"{self._account.user}@{self._account.host}/{self._folder}"

    def __enter__(self) -> Self:
        from imap_tools.errors import (
            ImapToolsError,
            MailboxFolderSelectError,
            MailboxFolderStatusError,
            MailboxLoginError,
        )

        account = self._account
        try:
            self._box = self._connect()
            try:
                self._box.login(account.user, account.password, initial_folder=None)
                self._introduce()
                status = self._box.folder.status(self._folder, ["UIDVALIDITY"])
                self._box.folder.set(self._folder, readonly=not self._marks_read)
            except BaseException:
                with suppress(OSError, imaplib.IMAP4.error):
                    self._box.client.shutdown()
                raise
        except MailboxLoginError as error:
            raise PlanbookError(
                f"收信邮箱 {account.user} 登录不上（服务器答复：{_said(error)}），请重新运行 planbook mail login；"
                "QQ、163、126 等邮箱要先在网页设置里开通 IMAP，并使用“授权码”。"
            ) from error
        except (MailboxFolderSelectError, MailboxFolderStatusError) as error:
            raise PlanbookError(
                f"邮箱里的文件夹“{self._folder}”打不开（服务器答复：{_said(error)}），请核对设置中的 imap_folder。"
            ) from error
        except (OSError, UnicodeError, imaplib.IMAP4.error, ImapToolsError, ValueError) as error:
            raise self._unreachable(error) from error
        self.uid_validity = status.get("UIDVALIDITY", 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError, imaplib.IMAP4.error):
            self._box.client.logout()

    def uids_after(self, uid: int | None, since: date | None) -> tuple[int, ...]:
        """Return the UIDs above `uid`, in order; where that is None, those of messages that came since a day.

        Raises:
            PlanbookError: The connection broke.
        """
        criterion = f"UID {uid + 1}:*" if uid is not None else f"SINCE {_imap_date(since)}" if since else "ALL"
        answer = self._command("SEARCH", criterion)
        found = sorted(int(number) for part in answer if isinstance(part, bytes) for number in part.split())
        return tuple(number for number in found if uid is None or number > uid)  # n:* always names the last message

    def fetch(self, uid: int, largest: int) -> Fetched | None:
        """Return a message without marking it; None where it is gone by now.

        Raises:
            PlanbookError: The connection broke.
        """
        size = _size(self._command("FETCH", str(uid), "(RFC822.SIZE)"))
        if size is None:
            return None
        what = "(BODY.PEEK[])" if size <= largest else "(BODY.PEEK[HEADER])"
        parts = [part[1] for part in self._command("FETCH", str(uid), what) if isinstance(part, tuple)]
        content = parts[0] if parts and isinstance(parts[0], bytes) else b""
        return Fetched(uid, size, content) if size <= largest else Fetched(uid, size, None)

    def mark_read(self, uids: Sequence[int]) -> None:
        """Mark messages as read, where the mailbox was opened for that."""
        if self._marks_read and uids:
            self._command("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)")

    def _command(self, *words: str) -> list[Any]:
        try:
            kind, answer = self._box.client.uid(*words)
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._unreachable(error) from error
        if kind != "OK":
            raise PlanbookError(f"邮箱服务器没有执行“{words[0]}”（答复：{answer!r:.100}），请过一会儿再试。")
        return list(answer)

    def _connect(self) -> "BaseMailBox":
        from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

        account = self._account
        if account.security is Security.PLAIN:
            return MailBoxUnencrypted(account.host, account.port, timeout=account.timeout_s)
        kind = MailBox if account.security is Security.SSL else MailBoxStartTls
        return kind(account.host, account.port, timeout=account.timeout_s, ssl_context=account.tls())

    def _introduce(self) -> None:
        """Say who asks (RFC 2971): 163 and 126 refuse to open a folder for whoever does not ("Unsafe Login")."""
        client = self._box.client
        if "ID" in client.capabilities or "163.com" in self._account.host or "126.com" in self._account.host:
            with suppress(imaplib.IMAP4.error):
                client.xatom("ID", _IDENTITY)

    def _unreachable(self, error: BaseException) -> PlanbookError:
        is_network = isinstance(error, OSError | ssl.SSLError | UnicodeError)
        fault = error if is_network else ConnectionError(str(error))
        reason = connection_in_chinese(fault, self._account.host, self._account.port)
        return PlanbookError(f"收取邮件没有完成：{reason}；已收取的不会重复收取。")


def _imap_date(day: date) -> str:
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"


def _size(answer: Sequence[Any]) -> int | None:
    for part in answer:
        head = part[0] if isinstance(part, tuple) else part
        if isinstance(head, bytes) and b"RFC822.SIZE" in head.upper():
            digits = head.upper().partition(b"RFC822.SIZE")[2].split(b")")[0].split()
            return int(digits[0]) if digits and digits[0].isdigit() else None
    return None


def _said(error: BaseException) -> str:
    result = getattr(error, "command_result", None)
    parts = result[1] if isinstance(result, tuple) and len(result) > 1 else []
    text = b" ".join(part for part in parts if isinstance(part, bytes))
    return shown_reply(0, text).removeprefix("0 ") or "无"
