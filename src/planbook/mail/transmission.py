"""Hands messages to an SMTP server, many over one connection, and tells exactly how far each one got.

Until the line that ends a message has been sent, a server must not deliver it (RFC 5321, 4.1.1.4); from then on it
may, whether or not its answer arrives. So the caller is told right before that line goes out: what is cut short
earlier was surely not delivered, and may be sent again; what is cut short later must not be.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planbook.mail.account import Account, Security
from planbook.mail.faults import (
    connection_in_chinese,
    delay_in_chinese,
    is_mailbox_full,
    login_refused,
    refusal_in_chinese,
    shown_reply,
)

_END: Final = b".\r\n"


class Fate(StrEnum):
    """How far a message got.

    ACCEPTED: the server answers for it. REFUSED: turned down for good. LATER: turned down for now, a new try may
    help. FULL: the mailbox is full, a new try soon will not help. LOST: the connection failed before the message was
    handed over; it was not delivered. UNANSWERED: it was handed over and no answer came. ACCOUNT: the server does not
    let us in; no other message would fare better.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    FULL = "full"
    LOST = "lost"
    UNANSWERED = "unanswered"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one try; `reason` is a Chinese sentence without its full stop, empty where all went well."""

    fate: Fate
    reason: str = ""


class _NotLetIn(Exception):  # noqa: N818 - it says what happened
    """The server was reached and does not let us in."""


class Transmission:
    """A connection to an SMTP server, made when first needed and anew after it broke."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._smtp: smtplib.SMTP | None = None

    def send(
        self, sender: str, recipients: Sequence[str], content: bytes, on_handing_over: Callable[[], None]
    ) -> Receipt:
        """Try once to hand over a message.

        Args:
            sender: Envelope sender.
            recipients: Envelope recipients, the agency first; it must be accepted, copies need not.
            content: The message, lines ended by CRLF.
            on_handing_over: Called once everything but the last line is sent; only if it returns is that sent.
        """
        is_over = False

        def handing_over() -> None:
            nonlocal is_over
            on_handing_over()
            is_over = True

        try:
            smtp = self._connected()
            return self._send(smtp, sender, recipients, content, handing_over)
        except _NotLetIn as error:
            self.close()
            return Receipt(Fate.ACCOUNT, str(error))
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            self.close()
            if is_over:
                return Receipt(Fate.UNANSWERED, "邮件已交给服务器，但没有等到回执，可能已经发出")
            return Receipt(self._fate_of(error), connection_in_chinese(error, self._account.host, self._account.port))

    def close(self) -> None:
        """End the connection, politely where it still stands."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        with suppress(smtplib.SMTPException, OSError):
            if smtp.sock is not None:
                smtp.sock.settimeout(5)
            smtp.quit()
        smtp.close()

    def _fate_of(self, error: BaseException) -> Fate:
        is_hopeless = isinstance(error, ssl.SSLCertVerificationError | socket.gaierror | UnicodeError)
        return Fate.ACCOUNT if is_hopeless else Fate.LOST

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        account = self._account
        try:
            tls = None if account.security is Security.PLAIN else account.tls()
        except OSError as error:
            raise _NotLetIn(f"设置中的证书文件 {account.ca_file} 读不了，请检查") from error
        # The computer's own name may be Chinese, and is nobody's business.
        own = "[127.0.0.1]"
        smtp: smtplib.SMTP
        if account.security is Security.SSL:
            smtp = smtplib.SMTP_SSL(
                account.host, account.port, local_hostname=own, timeout=account.timeout_s, context=tls
            )
        else:
            smtp = smtplib.SMTP(account.host, account.port, local_hostname=own, timeout=account.timeout_s)
        if smtp.sock is not None:  # or the last line of each message would wait for the one before to be acknowledged
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._introduce(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        account = self._account
        try:
            smtp.ehlo_or_helo_if_needed()
            if account.security is Security.STARTTLS:
                smtp.starttls(context=account.tls())
                smtp.ehlo()
            if account.user:
                if not (account.user + account.password).isascii():
                    raise _NotLetIn(login_refused("密码里有中文或全角字符"))
                smtp.login(account.user, account.password)
        except smtplib.SMTPAuthenticationError as error:
            reply = shown_reply(error.smtp_code, error.smtp_error)
            if error.smtp_code in (421, 454):  # for now only
                raise
            raise _NotLetIn(login_refused(reply)) from error
        except smtplib.SMTPNotSupportedError as error:
            server = f"{account.host}:{account.port}"
            if account.security is Security.STARTTLS and smtp.sock and not hasattr(smtp.sock, "version"):
                raise _NotLetIn(
                    f"邮件服务器 {server} 不支持 STARTTLS 加密，没有发送密码，请核对设置中的端口和 security"
                ) from error
            raise _NotLetIn(f"邮件服务器 {server} 不接受账号登录，请核对设置中的端口和 security") from error

    def _send(
        self,
        smtp: smtplib.SMTP,
        sender: str,
        recipients: Sequence[str],
        content: bytes,
        on_handing_over: Callable[[], None],
    ) -> Receipt:
        largest = int(smtp.esmtp_features.get("size") or 0) if smtp.does_esmtp else 0
        if largest and len(content) > largest:
            limit = f"{largest // 1_048_576} MB"
            return Receipt(Fate.REFUSED, f"邮件超过发信服务器的大小限制（{limit}），请改用文件夹等其他方式交换")
        code, reply = smtp.mail(sender, [f"size={len(content)}"] if "size" in smtp.esmtp_features else [])
        if code == 250:
            code, reply = smtp.rcpt(recipients[0])
        if code not in (250, 251):
            return self._turned_down(smtp, code, reply)
        refused = [copy for copy in recipients[1:] if smtp.rcpt(copy)[0] not in (250, 251)]
        code, reply = smtp.docmd("DATA")
        if code != 354:
            return self._turned_down(smtp, code, reply)
        smtp.send(_stuffed(content))
        on_handing_over()
        smtp.send(_END)
        code, reply = smtp.getreply()
        if code != 250:
            return self._turned_down(smtp, code, reply)
        return Receipt(Fate.ACCEPTED, f"抄送给 {'、'.join(refused)} 的被拒收，请核对邮箱" if refused else "")

    def _turned_down(self, smtp: smtplib.SMTP, code: int, reply: bytes) -> Receipt:
        said = shown_reply(code, reply)
        if code == 421 or code < 200:  # the server closes the connection; the message is not to blame
            self.close()
            return Receipt(Fate.LOST, f"邮件服务器中断了连接（服务器答复：{said}），请过一会儿再发")
        with suppress(smtplib.SMTPServerDisconnected):
            smtp.rset()
        if code >= 500:
            return Receipt(Fate.REFUSED, refusal_in_chinese(said))
        return Receipt(Fate.FULL if is_mailbox_full(said) else Fate.LATER, delay_in_chinese(said))


def _stuffed(content: bytes) -> bytes:
    """Return a message ready for DATA: lines that begin with a dot get a second one (RFC 5321, 4.5.2)."""
    body = re.sub(rb"(?m)^\.", b"..", content)
    return body if body.endswith(b"\r\n") else body + b"\r\n"
