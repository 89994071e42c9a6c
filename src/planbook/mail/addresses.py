"""Mail addresses out of a directory that people type: one, plain and harmless, or a reason why not."""

import re
import unicodedata
from dataclasses import dataclass
from email.header import Header
from typing import Final

_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_SEPARATORS: Final = re.compile(r"[,;，；、\s/|]")
_MOST_LOCAL: Final = 64  # RFC 5321, 4.5.3.1.1
_MOST: Final = 254


class AddressError(ValueError):
    """An address that nothing may be sent to; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address and the name that is shown with it.

    Made by `parse_address` alone: both are known to hold nothing that could end a header or name a second person.
    """

    email: str
    name: str = ""

    @property
    def key(self) -> str:
        """Equal for two spellings of one mailbox."""
        return self.email.casefold()

    def header(self) -> str:
        """Return it as a header shows it, in ASCII."""
        if not self.name:
            return self.email
        return f"{Header(self.name, 'utf-8').encode(linesep='')} <{self.email}>"


def parse_address(text: str, name: str = "") -> Address:
    """Return the one address that a directory's cell holds.

    Only blanks around it are forgiven: what a person meant by anything else is not for a program to guess.

    Raises:
        AddressError: It is none, or more than one, or it, or the name, has characters that do not belong there.
    """
    plain = text.strip(" \u3000")
    if not plain:
        raise AddressError("没有填写邮箱")
    _refuse_hidden(plain, "邮箱")
    _refuse_hidden(name, "单位名称")
    if unicodedata.normalize("NFKC", plain) != plain or not plain.isascii():
        if not _is_chinese_domain(plain):
            raise AddressError("邮箱中有全角或形近的字符，请用英文半角重新输入")
        plain = _in_ascii(plain)
    if plain.count("@") > 1 or _SEPARATORS.search(plain):
        raise AddressError("一个单位只能填一个邮箱，不能带空格、逗号等")
    local, at, domain = plain.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or not _is_domain(domain):
        raise AddressError("不是正确的邮箱地址")
    if len(local) > _MOST_LOCAL or len(plain) > _MOST:
        raise AddressError("邮箱地址太长")
    return Address(f"{local}@{domain.lower()}", name.strip())


def _refuse_hidden(text: str, what: str) -> None:
    """Refuse what ends a header line or cannot be seen: line ends, control and format characters, lone surrogates."""
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for character in text):
        raise AddressError(f"{what}中有换行或看不见的字符")


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()


def _is_chinese_domain(text: str) -> bool:
    """Return whether an address is plain but for Chinese in its domain (某某.政务)."""
    local, _, domain = text.rpartition("@")
    return local.isascii() and bool(re.fullmatch(r"[a-zA-Z0-9.\u4e00-\u9fff-]+", domain))


def _in_ascii(text: str) -> str:
    local, _, domain = text.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise AddressError("不是正确的邮箱地址") from error
