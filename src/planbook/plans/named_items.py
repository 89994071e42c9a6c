"""Sentences that assign items by their numbers: how they look, and which numbers they name."""

import re
from typing import Final

from planbook.plans.numbers import parse_ordinal

PLAIN_NUMBER: Final = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_BRACKETED = rf"\(\s?{PLAIN_NUMBER}\s?\)"
_NEXT = rf"(?:[、,及和与至到—~-]{{1,2}}第?(?:{_BRACKETED}|{PLAIN_NUMBER})[项条]?|{_BRACKETED}[项条]?)"
_ITEMS = rf"(?:第(?:{_BRACKETED}|{PLAIN_NUMBER})[项条]?{_NEXT}{{0,12}}|(?:上述|以上|前述)?{_BRACKETED}[项条]?{_NEXT}{{0,12}})(?<=[项条])"
_WORK = r"(?:重点)?(?:工作|任务|措施|内容|举措|事项)?(?:均|分别|的)?"
NAMED_ITEMS: Final = re.compile(
    rf"(?P<numbers>{_ITEMS}){_WORK}[,:]?"
    rf"(?P<words>由(?:(?!第{PLAIN_NUMBER}[项条]|{_BRACKETED}项|{_BRACKETED}{_BRACKETED})[^。；;\n]){{3,200}}"
    rf"|(?:责任|牵头)(?:单位|部门)(?:[:为是])(?:(?!第{PLAIN_NUMBER}[项条]|{_BRACKETED}项)[^。\n]){{3,200}})"
)
"""An assignment of numbered items; for folded text."""


def parse_item_numbers(said: str) -> set[int]:
    """Return the numbers of 第一、三至五项 and of （一）（二）（四）项."""
    found: set[int] = set()
    before, last_end = 0, 0
    for match in re.finditer(PLAIN_NUMBER, said):
        ordinal = parse_ordinal(match[0]) or 0
        between = said[last_end : match.start()]
        is_span = last_end and re.search(r"[至到—~-]", between) is not None
        found.update(range(before + 1 if is_span else ordinal, ordinal + 1))
        before, last_end = ordinal, match.end()
    return found
