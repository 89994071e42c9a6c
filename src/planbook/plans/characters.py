"""Characters of Chinese office text: widths folded for matching, blanks and marks dropped for comparing."""

import re
from typing import Final

CJK: Final = "\u4e00-\u9fff\u3400-\u4dbf〇"
"""Ideographs, for use inside a character class."""

SENTENCE_END: Final = "。！？!?"
"""Marks that close a sentence."""

_WIDE_ASCII: Final = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_BRACKETS: Final = dict.fromkeys(map(ord, "[{〔［【〖﹝｛﹙❨﴾"), "(") | dict.fromkeys(
    map(ord, "]}〕］】〗﹞｝﹚❩﴿"), ")"
)
_FOLD: Final = _WIDE_ASCII | {
    ord(source): target
    for source, target in {
        "\u3000": " ", "\xa0": " ", "\t": " ", "﹒": ".", "∶": ":", "︰": ":", "﹕": ":", "﹔": ";", "﹐": ",",
        "﹪": "%", "～": "~", "∼": "~", "〜": "~", "「": "“", "」": "”", "『": "“", "』": "”", "﹑": "、", "､": "、",
        "｡": "。",
    }.items()
}  # fmt: skip
_FOLD_ALL: Final = _FOLD | _BRACKETS
# What a clerk would type again in half width; punctuation stays as the document prints it.
_PRINTED: Final = {code: plain for code, plain in _WIDE_ASCII.items() if chr(plain).isalnum() or chr(plain) in "%+&"}
_IGNORED: Final = re.compile(r"[\s,，。.、;；:：“”\"'‘’《》()（）〔〕【】\[\]\-—–·]")


def fold(text: str) -> str:
    """Return `text` with full-width forms as ASCII and brackets of any shape as round ones, of the same length."""
    return text if text.isascii() else text.translate(_FOLD_ALL)


def narrow(text: str) -> str:
    """Return `text` with letters, digits and % in half width, as a clerk copies them; of the same length."""
    return text.translate(_PRINTED)


def squeeze(text: str) -> str:
    """Return `text` without blanks and punctuation: what two printings of one heading have in common."""
    return _IGNORED.sub("", narrow(text))
