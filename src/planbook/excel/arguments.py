"""Arguments as the add-in writes them on a command line: ASCII alone, so that no shell or code page changes them."""

import re
from typing import Final

from planbook.model.errors import PlanbookError

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.,:/-]")
_ESCAPED: Final = re.compile(r"(?:~[0-9A-Fa-f]{4})+")


def encode_argument(text: str) -> str:
    """Return `text` with every character outside of `A-Z a-z 0-9 - _ . , : /` as `~` and its UTF-16 in hexadecimal."""
    return "".join(character if _PLAIN.fullmatch(character) else _escape(character) for character in text)


def decode_argument(encoded: str) -> str:
    """Return the text that `encode_argument`, or the macros' `EncodeText`, wrote.

    Raises:
        PlanbookError: It was not written by them.
    """
    try:
        text = _ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace("~", "")).decode("utf-16-be"), encoded)
    except UnicodeDecodeError as error:
        raise PlanbookError("加载项传来的参数不完整，请重新点击按钮。") from error
    if "~" in _ESCAPED.sub("", encoded):
        raise PlanbookError("加载项传来的参数不完整，请重新点击按钮。")
    return text


def _escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"~{units[place : place + 2].hex().upper()}" for place in range(0, len(units), 2))
