"""What servers and networks say when they refuse, in one Chinese sentence for the clerk."""

import re
import socket
import ssl
from typing import Final

_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_MOST: Final = 160

_FULL: Final = re.compile(
    r"\b[45]\.2\.2\b|quota|mailbox (?:is )?full|over ?limit|exceeded storage|insufficient.*storage", re.I
)
_TOO_LARGE: Final = re.compile(
    r"\b[45]\.(?:2|3)\.[34]\b|message (?:size|too large)|size limit|too (?:big|large)|max.{0,12}size", re.I
)
_NOBODY: Final = re.compile(
    r"\b[45]\.1\.[0-36]\b|user (?:unknown|not (?:found|exist))|no such|not exist|unknown (?:user|recipient)"
    r"|mailbox (?:unavailable|not found)|invalid (?:recipient|mailbox|user)|recipient (?:rejected|not found)",
    re.I,
)
_SPAM: Final = re.compile(r"spam|junk|DT:SP|reputation|content rejected|blocked|blacklist|policy", re.I)
_TOO_MANY: Final = re.compile(r"frequen|too many|rate|limit(?:ed|ation)?\b|throttl|DT:FRE", re.I)
_LATER: Final = re.compile(r"gr[ae]y|try (?:again )?later|temporar", re.I)


def shown_reply(code: int, reply: bytes | str) -> str:
    """Return a server's answer as it may be shown: one line, no control characters, not too long."""
    text = _decoded(reply) if isinstance(reply, bytes) else reply
    plain = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return f"{code} {plain}"[:_MOST].strip()


def is_mailbox_full(reply: str) -> bool:
    """Return whether a refusal says that the mailbox is full: trying again soon is of no use."""
    return bool(_FULL.search(reply)) or (reply.startswith("552 ") and not _TOO_LARGE.search(reply))


def refusal_in_chinese(reply: str) -> str:
    """Return why a server refused a message for good, as one sentence without its full stop."""
    said = f"（服务器答复：{reply}）"
    if is_mailbox_full(reply):
        return f"对方邮箱已满，邮件没有收下{said}，请电话通知对方清理邮箱后再发"
    if _TOO_LARGE.search(reply):
        return f"邮件超过对方服务器的大小限制{said}，请改用文件夹等其他方式交换"
    if _NOBODY.search(reply):
        return f"收件地址不存在或已停用{said}，请核对单位名录里的邮箱，改正后再发"
    if _SPAM.search(reply):
        return f"被服务器当作垃圾邮件拒绝{said}，请让对方把本单位加入白名单，或改用其他邮箱发送"
    if _TOO_MANY.search(reply):
        return f"发送太频繁，被服务器限制{said}，请把设置中的 per_minute 改小，过一段时间再发"
    return f"被服务器拒收{said}，请核对单位名录里的邮箱后再发"


def delay_in_chinese(reply: str) -> str:
    """Return why a server did not take a message for now, as one sentence without its full stop."""
    said = f"（服务器答复：{reply}）"
    if is_mailbox_full(reply) or (reply.startswith("452 ") and "4.2.2" in reply):
        return f"对方邮箱已满，邮件没有收下{said}，请电话通知对方清理邮箱后再发"
    if _TOO_MANY.search(reply) and not _LATER.search(reply):
        return f"发送太频繁，被服务器限制{said}，请把设置中的 per_minute 改小，过一段时间再发，已发出的不会重发"
    return f"对方服务器要求稍后再投{said}，已重试仍未收下，请过半小时再发一次，已发出的不会重发"


def login_refused(reply: str) -> str:
    """Return what to do where a server does not accept name and password."""
    return (
        f"邮箱账号或密码不对（服务器答复：{reply}），请重新运行 planbook mail login；"
        "QQ、163、126 等邮箱要用网页设置里生成的“授权码”，不是登录密码"
    )


def connection_in_chinese(error: BaseException, host: str, port: int) -> str:
    """Return why a connection to a mail server failed, as one sentence without its full stop."""
    server = f"{host}:{port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, server)
    if isinstance(error, ssl.SSLError):
        return f"与邮件服务器 {server} 的加密连接建立不起来，请核对设置中的端口和 security（ssl、starttls）是否配对"
    if isinstance(error, socket.gaierror):
        return f"找不到邮件服务器 {host}，请检查网络和设置中的服务器名"
    if isinstance(error, ConnectionRefusedError):
        return f"邮件服务器 {server} 没有开着，请检查网络和设置中的服务器、端口"
    if isinstance(error, TimeoutError):
        return f"邮件服务器 {server} 没有回应，请检查网络后再试"
    if isinstance(error, UnicodeError):
        return f"设置中的邮件服务器“{host}”写得不对，请改正"
    return f"与邮件服务器 {server} 的连接中断，请检查网络后再试"


def _certificate(error: ssl.SSLCertVerificationError, server: str) -> str:
    reason = error.verify_message or ""
    if error.verify_code == 10 or "expired" in reason:
        return f"邮件服务器 {server} 的证书已过期，为防被冒充没有继续，请联系邮箱管理员更换证书"
    if error.verify_code == 9 or "not yet valid" in reason:
        return f"邮件服务器 {server} 的证书尚未生效，请检查本机日期是否正确"
    if "ostname" in reason or "IP address mismatch" in reason:
        return f"邮件服务器 {server} 的证书不是发给它的，可能被冒充，没有继续，请核对设置中的服务器名"
    return f"邮件服务器 {server} 的证书不受信任（单位自建证书的，请把证书文件写进设置的 ca_file），为防被冒充没有继续"


def _decoded(reply: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            return reply.decode(charset)
        except UnicodeDecodeError:
            continue
    return reply.decode("ascii", "replace")
