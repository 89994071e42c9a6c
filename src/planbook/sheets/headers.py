"""Column headers as people retype them: finds a table's header row and folds spellings that mean one column."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from planbook.sheets.raw import RawSheet

_BRACKETED: Final = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]|\{[^{}]{0,40}\}")
_BRACKETS: Final = str.maketrans("【】〔〕〈〉《》「」『』", "[][][][][][]")
# Characters that WPS input methods, scanned headers and Hong Kong keyboards put in place of the form's own.
_LOOK_ALIKES: Final = str.maketrans(
    "編號來節務內稱擔頭單責進狀態況問題預計時間請證據報電話註標數資備項辦協實際",
    "编号来节务内称担头单责进状态况问题预计时间请证据报电话注标数资备项办协实际",
)
_SIGNS: Final = "()[]{}%‰"
_NO_SIGNS: Final = str.maketrans("", "", _SIGNS)
_NO_WORDS: Final = re.compile(r"[^\w()\[\]{}%‰]|_")  # `\w` is letters and numbers of every script, and the underscore
_SEARCHED_ROWS: Final = 20  # offices put titles, dates and remarks above a table, but hardly ever more than these
_SEARCHED_COLUMNS: Final = 200


def header_key(text: str) -> str:
    """Return `text` folded so that only its words and its brackets are left.

    Folds full and half width, letter case, white space and line breaks, invisible characters, traditional and
    look-alike characters, required marks (`*`, `※`, `★`) and punctuation; keeps what stands in brackets, which may
    be all that tells two of an office's own columns apart: 经费(中央), 经费(地方).
    """
    folded = unicodedata.normalize("NFKC", text).translate(_BRACKETS).translate(_LOOK_ALIKES).lower()
    return _NO_WORDS.sub("", folded)


def normalise_header(text: str) -> str:
    """Return the key under which a header is looked up: `header_key` without brackets and units.

    完成进度(%)*, 完成进度（%） and 完成 进度% are all 完成进度. A header that is nothing but brackets keeps its
    words: （备注） is 备注.
    """
    key = header_key(text)
    return _words(_BRACKETED.sub("", key)) or _words(key)


def header_words(text: str) -> str:
    """Return a stricter key, which keeps the words in brackets: 完成进度(核实) is not 完成进度."""
    return _words(header_key(text))


def _words(key: str) -> str:
    return key.translate(_NO_SIGNS)


def find_header_row(sheet: RawSheet, known: Collection[str], at_least: int = 3) -> int | None:
    """Return the row (from 1) in which most of the `known` headers stand, None where no row has `at_least` of them.

    Args:
        sheet: The sheet to look through; only its first rows are.
        known: Headers, already normalised.
        at_least: How many of them make a header row; one word could stand anywhere.
    """
    best_row, best_count = None, at_least - 1
    for row, values in enumerate(sheet.rows[:_SEARCHED_ROWS], start=1):
        found = {normalise_header(value) for value in values[:_SEARCHED_COLUMNS] if isinstance(value, str)}
        count = len(found.intersection(known))
        if count > best_count:
            best_row, best_count = row, count
    return best_row
