"""Column headers as people retype them: finds a table's header row and folds spellings that mean one column."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from planbook.sheets.raw import RawSheet

_BRACKETED: Final = re.compile(r"\([^()]{0,40}\)")
_BRACKETS: Final = str.maketrans("[]{}【】〔〕", "()()()()")
_SEARCHED_ROWS: Final = 20  # offices put titles, dates and remarks above a table, but hardly ever more than these
_SEARCHED_COLUMNS: Final = 200


def normalise_header(text: str) -> str:
    """Return the key under which a header is looked up; two spellings of one header have the same key.

    Folds full and half width, letter case, white space and line breaks, marks and punctuation, and drops what
    stands in brackets: 完成进度(%)*, 完成 进度（%） and 完成进度 are one. A header that is nothing but brackets
    keeps its words: （备注） is 备注.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_BRACKETS).lower()
    return _words(_BRACKETED.sub("", folded)) or _words(folded)


def header_words(text: str) -> str:
    """Return a stricter key, which keeps what stands in brackets: 完成进度(核实) is not 完成进度."""
    return _words(unicodedata.normalize("NFKC", text).lower())


def _words(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character)[0] in "LN")


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
