"""How alike two texts are, whether they say the same, and where they differ; for texts of two editions of a plan."""

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Final

READ_CHARACTERS: Final = 400
"""Of a body: where a paragraph has gone on this long, more of it tells nothing new."""
_WHOLE_TEXT: Final = 60
_AROUND: Final = 12
_BRACKETED_REVISION: Final = re.compile(
    r"[(\[【〔][\d年月第一二三四五次度动态最新]{0,12}(?:修订|修正|修改|调整|更新)[版稿本]?[)\]】〕]"
)
_TRAILING_REVISION: Final = re.compile(r"(?:20\d\d年?)?(?:修订[版稿本]?|(?:修正|修改|动态调整|调整|更新)[版稿本])$")


def text_key(text: str) -> str:
    """Return a key that is equal for texts that differ in white space, punctuation, width or case alone."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LN").lower()


def edition_key(title: str) -> str:
    """Return a key that is equal for the titles of two editions of one plan.

    Dropped beside white space, punctuation and 书名号: what says that it was issued anew, 修订版 or （2024年动态调整）.
    Years that a plan covers, （2021—2023年）, stay: the next years' plan is another plan.
    """
    plain = "".join(unicodedata.normalize("NFKC", title).split())
    return text_key(_TRAILING_REVISION.sub("", _BRACKETED_REVISION.sub("", plain).rstrip("》”\"'")))


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, by their first few hundred characters."""
    first, second = "".join(one.split())[:READ_CHARACTERS], "".join(other.split())[:READ_CHARACTERS]
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first and second else 0.0


def contrast(before: str, after: str) -> tuple[str, str]:
    """Return two texts as a person compares them: whole where short, else the stretch where they differ, with `…`."""
    if max(len(before), len(after)) <= _WHOLE_TEXT or not before or not after:
        return _shortened(before), _shortened(after)
    shorter = min(len(before), len(after))
    head = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    tail = next(
        (place for place in range(shorter - head) if before[-1 - place] != after[-1 - place]), shorter - head
    )  # fmt: skip
    return _stretch(before, head, tail), _stretch(after, head, tail)


def _stretch(text: str, head: int, tail: int) -> str:
    start, end = max(head - _AROUND, 0), min(len(text) - tail + _AROUND, len(text))
    return _shortened(("…" if start else "") + text[start:end] + ("…" if end < len(text) else ""))


def _shortened(text: str) -> str:
    """Return `text`, its middle left out where it is too long for a line of a list."""
    most: Final = 240
    return text if len(text) <= most else f"{text[: most // 2]}……{text[-most // 2 :]}"
