"""Characters as a reader sees them: invisible ones removed, look-alikes of copied text set right, blanks made one."""

import re
import unicodedata

_BLANKS = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

# Radicals of the supplement block have no compatibility mapping in Unicode, but PDF exporters write them for the
# ideograph that looks the same; only those that occur in running Chinese are listed.
_RADICALS = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "民母虎西见角贝车长长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)

# Wingdings and Symbol bullets reach us as private-use characters; U+E5E5 is how GBK's 0xA3A0, a blank of Chinese web
# editors, is decoded.
_PRIVATE_USE = {
    "\ue5e5": " ", "\uf06c": "●", "\uf06e": "■", "\uf06f": "□", "\uf075": "◆", "\uf0a7": "▪", "\uf0a8": "□",
    "\uf0b7": "•", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0fe": "☑", "\uf0e0": "→",
}  # fmt: skip

_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def _translation() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys((*range(32), *range(127, 160)))
    table.update(dict.fromkeys((0xAD, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F))))
    table.update(dict.fromkeys((*range(0x2060, 0x2070), *range(0xFFF9, 0xFFFD), *range(0xFE00, 0xFE10))))
    table.update(dict.fromkeys(range(0xD800, 0xE000)))
    table.update(dict.fromkeys(map(ord, _BLANKS), " "))
    table.update({code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)})
    table.update({code: unicodedata.normalize("NFC", chr(code)) for code in range(0xF900, 0xFADA)})
    table.update({ord(mark): text for mark, text in {**_RADICALS, **_PRIVATE_USE}.items()})
    return table


_TABLE = _translation()
# Translating costs a look-up for each character; most lines have none that changes.
_CHANGES = re.compile(f"[{''.join(re.escape(chr(code)) for code in _TABLE)}]")

# In text that lost its line ends an indent of two ideographs after a sentence is all that is left of a paragraph's end.
_LINE_END = re.compile(
    "\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|(?<=[。！？；）】”])(?:\u3000{2}|[\u00a0 ]{4})[\u3000\u00a0 ]*"
)


def clean_line(text: str) -> str:
    """Return `text` as one line: no control or invisible characters, runs of blanks as one space, none at the ends.

    Radicals that only look like an ideograph become the ideograph; full-width forms stay as they are.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    if _CHANGES.search(text):
        text = text.translate(_TABLE)
    return " ".join(text.split())


def split_lines(text: str) -> list[tuple[int, int]]:
    """Return start and end of each line in `text`, blank ones too.

    Lines end at line feeds of any kind, and where a sentence is followed by the indent of a new paragraph.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _LINE_END.finditer(text):
        spans.append((start, end.start()))
        start = end.end()
    spans.append((start, len(text)))
    return spans


def superscript(text: str) -> str:
    """Return raised digits as Unicode superscripts, so that m² or a note mark never reads as part of a number."""
    return text.translate(_SUPERSCRIPTS)


def is_wide(character: str) -> bool:
    """Return whether `character` is set as wide as an ideograph: no space separates it from the next line's text."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—…·"


def wrapping_blank(left: str, right: str) -> str:
    """Return what stands between a wrapped line and its continuation: a blank between Latin words, else nothing."""
    if not left or not right or is_wide(left[-1]) or is_wide(right[0]):
        return ""
    if left[-1].isdigit() and (right[0].isdigit() or right[0] in ".,%"):
        return ""
    return "" if left[-1] in "-./" and right[0].isalnum() else " "
