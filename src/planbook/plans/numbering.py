"""Numbering of Chinese office texts: which characters number an item, in which style, with which ordinal."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from planbook.plans.characters import CJK
from planbook.plans.numbers import parse_misread_ordinal, parse_ordinal


class Style(Enum):
    """Style of an item number; the value is its usual rank, outermost first (GB/T 9704: 一、 （一） 1. （1）)."""

    HEADING = 0
    PART = 1
    CHAPTER = 2
    SECTION = 3
    HAN = 4
    ARTICLE = 5
    WORDED = 6
    HAN_PAREN = 7
    ARABIC = 8
    DOTTED = 9
    ARABIC_PAREN = 12
    HALF_PAREN = 13
    CIRCLED = 14
    BOX = 20


@dataclass(frozen=True, slots=True)
class Marker:
    """An item number found in a text.

    Attributes:
        style: Its style.
        ordinal: Its value.
        printed: The number as a clerk writes it down: `1`, `(一)`, `第二节`.
        start: Offset of its first character.
        end: Offset of the first character of the item's text.
        level: Depth within the style (dotted numbers, styled headings), 0 elsewhere.
        is_uncertain: It needs the neighbouring numbers to be believed (a missing point, a letter for a digit).
    """

    style: Style
    ordinal: int
    printed: str
    start: int
    end: int
    level: int = 0
    is_uncertain: bool = False

    @property
    def rank(self) -> int:
        """Usual depth: smaller is further out."""
        return self.style.value + self.level


UNNUMBERED: Final = Marker(Style.ARABIC, 0, "", 0, 0)
"""Marker of an item that has no number."""

_HAN = "一二三四五六七八九十"
_HAN_NUMBER = rf"[{_HAN}]{{1,3}}"
_SEPARATOR = r"\s*[、.,:]?\s*"
_UNITS = "年月日个家项万亿元名人户件种次倍吨亩米公里千百%％℃时分秒天周届类期号岁"

_RULES: Final[tuple[tuple[Style, re.Pattern[str], bool], ...]] = tuple(
    (style, re.compile(pattern), is_uncertain)
    for style, pattern, is_uncertain in (
        (Style.BOX, rf"专\s?栏\s*(?P<n>{_HAN_NUMBER}|\d{{1,2}})?(?=[\s:、.]|[{CJK}]|$){_SEPARATOR}", False),
        (Style.PART, rf"第\s*(?P<n>{_HAN_NUMBER}|\d{{1,2}})\s*(?:篇|编|部\s*分)(?!的?第){_SEPARATOR}", False),
        (Style.CHAPTER, rf"第\s*(?P<n>{_HAN_NUMBER}|\d{{1,2}})\s*章{_SEPARATOR}", False),
        (Style.SECTION, rf"第\s*(?P<n>{_HAN_NUMBER}|\d{{1,2}})\s*节(?!课){_SEPARATOR}", False),
        (Style.ARTICLE, rf"第\s*(?P<n>{_HAN_NUMBER}|\d{{1,3}})\s*条(?!款|件|例){_SEPARATOR}", False),
        (Style.HAN, rf"(?P<n>{_HAN_NUMBER})\s*[、.,:]\s*(?!{_HAN_NUMBER}、)", False),
        (Style.HAN, r"(?P<misread>[—―–-])\s*、\s*", False),
        (Style.HAN, rf"(?P<n>{_HAN_NUMBER})\s+(?=[{CJK}“])", True),
        (Style.HAN_PAREN, rf"\(\s*(?P<n>{_HAN_NUMBER})\s*[、.]?\s*\){_SEPARATOR}", False),
        (Style.HAN_PAREN, rf"[(〈<]\s*(?P<n>{_HAN_NUMBER})\s*[)〉>]{_SEPARATOR}", False),
        (Style.HAN_PAREN, rf"\(\s*(?P<misread>[—―–-])\s*\){_SEPARATOR}", False),
        (Style.HAN_PAREN, rf"(?P<n>{_HAN_NUMBER})\s*\){_SEPARATOR}", True),
        (Style.HAN_PAREN, rf"\(\s*(?P<n>{_HAN_NUMBER})(?:\s+|、\s*|(?=[{CJK}])){_SEPARATOR}", True),
        (
            Style.WORDED,
            rf"(?:重点)?(?:任务|举措|措施|(?:专项)?行动|工程|项目|专题)\s*\(?(?P<n>{_HAN_NUMBER}|\d{{1,2}})\)?\s*(?:[:、.]|\s)\s*",
            False,
        ),
        (
            Style.DOTTED,
            rf"(?P<dotted>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?![\d{_UNITS}]|[GD](?![A-Za-z]))\s*[.、]?\s*(?=[{CJK}“《A-Z])",
            False,
        ),
        (Style.ARABIC, r"(?P<n>\d{1,3})\s*(?:、\s*|\.\s*(?![\s\d]))", False),
        (Style.ARABIC, r"(?P<n>\d{1,2})\s*(?:[,:]\s*(?![\s\d])|\.\s*(?=\d[A-Za-z]))", True),
        (Style.ARABIC, rf"(?P<n>\d{{1,2}})\s+(?=[{CJK}“《])", True),
        (Style.ARABIC, r"(?P<letters>[\dIlLOo|]{1,3})\s*[.、,]\s*(?!\d)", True),
        (Style.ARABIC, rf"(?P<letters>[I1l][IlL])(?=[{CJK}“])", True),
        (Style.ARABIC_PAREN, rf"\(\s*(?P<n>\d{{1,3}})\s*\){_SEPARATOR}", False),
        (Style.HALF_PAREN, r"(?P<n>\d{1,2})\s*\)\s*[、.]?\s*", False),
    )
)
# Numbers that are one character: ⒈ ⑴ ① ❶ ㈠ ⓵, each block from 1.
_SINGLE: Final = {
    **{chr(0x2488 + index): (Style.ARABIC, index + 1) for index in range(20)},
    **{chr(0x2474 + index): (Style.ARABIC_PAREN, index + 1) for index in range(20)},
    **{chr(0x2460 + index): (Style.CIRCLED, index + 1) for index in range(20)},
    **{chr(0x2776 + index): (Style.CIRCLED, index + 1) for index in range(10)},
    **{chr(0x24F5 + index): (Style.CIRCLED, index + 1) for index in range(10)},
    **{chr(0x3220 + index): (Style.HAN_PAREN, index + 1) for index in range(10)},
}
_INNER_WORD: Final = re.compile(r"(?:重点)?(?:举措|措施|项目)")  # 举措1 stands below 行动一
_FIRST_CHARACTERS: Final = frozenset(f"{_HAN}0123456789(〈<第专任举措行工项重IlLOo|—―–-")
_AFTER_SINGLE: Final = re.compile(r"\s*[、.]?\s*")
_CANDIDATE: Final = re.compile(
    rf"第\s?(?:{_HAN_NUMBER}|\d{{1,3}})\s?(?:[篇编章节条]|部分)|专栏\s?(?:{_HAN_NUMBER}|\d{{1,2}})"
    rf"|\(\s?(?:{_HAN_NUMBER}|\d{{1,2}})\s?\)|(?<![{_HAN}第])(?:{_HAN_NUMBER})\s?、"
    rf"|(?<![\d.])\d{{1,2}}\s?\.(?![\d\s])|(?<![\d.])\d{{1,2}}\s?(?:\.\s|、)|(?<![A-Za-z\d])(?=[\dOo]{{0,2}}[IlL|])[IlLOo|\d]{{1,3}}\s?(?=[{CJK}.、“])"
    r"|(?<![\d.(])\d{1,2}\s?\)(?!\d)"
    r"|[\u2488-\u249b\u2474-\u2487\u2460-\u2473\u3220-\u3229]"
)
_SPACES: Final = re.compile(r"\s+")


def match_marker(plain: str, start: int = 0) -> Marker | None:
    """Return the item number that stands at `start` of a folded text, None where none does.

    A marker that `is_uncertain` must be believed only where it continues its neighbours.
    """
    while start < len(plain) and plain[start] == " ":
        start += 1
    if start >= len(plain):
        return None
    single = _SINGLE.get(plain[start])
    if single:
        after = _AFTER_SINGLE.match(plain, start + 1)
        return Marker(single[0], single[1], _printed(single[0], single[1]), start, after.end() if after else start + 1)
    if plain[start] not in _FIRST_CHARACTERS:
        return None
    for style, pattern, is_uncertain in _RULES:
        match = pattern.match(plain, start)
        if match:
            marker = _marker(style, match, is_uncertain=is_uncertain)
            if marker:
                return marker
    return None


def candidate_offsets(plain: str) -> list[int]:
    """Return where in a folded text, its start left out, an item number may stand."""
    return [match.start() for match in _CANDIDATE.finditer(plain, 1)]


def _marker(style: Style, match: re.Match[str], *, is_uncertain: bool) -> Marker | None:
    groups = match.groupdict()
    level = 0
    ordinal: int | None
    if groups.get("dotted"):
        parts = groups["dotted"].split(".")
        ordinal, level, printed = int(parts[-1]), len(parts) - 2, groups["dotted"]
    elif style is Style.WORDED and groups.get("n"):
        ordinal, level = parse_ordinal(groups["n"]), int(_INNER_WORD.match(match[0]) is not None)
        printed = _clean_number(style, match[0], groups["n"])
    elif groups.get("misread"):
        ordinal, printed = 1, _printed(style, 1)
    elif groups.get("letters"):
        ordinal = parse_misread_ordinal(groups["letters"])
        if groups["letters"].isdigit() or ordinal is None:
            return None
        printed = str(ordinal)
    elif groups.get("n") is None:
        ordinal, printed = 0, match[0].strip(" 、.:")
    else:
        ordinal = parse_ordinal(groups["n"])
        printed = _clean_number(style, match[0], groups["n"])
    if ordinal is None:
        return None
    return Marker(style, ordinal, printed, match.start(), match.end(), level, is_uncertain)


def _clean_number(style: Style, matched: str, number: str) -> str:
    """The number as printed, without blanks and separators; brackets that a scan lost are put back."""
    if style is Style.HAN_PAREN or style is Style.ARABIC_PAREN:
        return f"({number})"
    if style is Style.HAN or style is Style.ARABIC:
        return number
    return _SPACES.sub("", matched).strip("、.,:")


def _printed(style: Style, ordinal: int) -> str:
    if style is Style.HAN:
        return _HAN[ordinal - 1]
    if style is Style.HAN_PAREN:
        return f"({_HAN[ordinal - 1]})"
    if style is Style.ARABIC_PAREN:
        return f"({ordinal})"
    if style is Style.CIRCLED:
        return chr(0x2460 + ordinal - 1)
    return str(ordinal)
