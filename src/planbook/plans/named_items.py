"""Sentences that assign items by their numbers: how they look, and which numbers they name."""

import re
from typing import Final

from planbook.plans.numbers import parse_ordinal

PLAIN_NUMBER: Final = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_BRACKETED = rf"\(\s?{PLAIN_NUMBER}\s?\)"
_NEXT = rf"(?:[、,及和与至到—~-]{{1,2}}第?(?:{_BRACKETED}|{PLAIN_NUMBER})[项条]?|{_BRACKETED}[项条]?)"
_FIRST = rf"(?:第(?:{_BRACKETED}|{PLAIN_NUMBER})|(?:上述|以上|前述)?{_BRACKETED})"
_ITEMS = rf"{_FIRST}[项条]?{_NEXT}{{0,12}}(?<=[项条])"
_WORK = r"(?:重点)?(?:工作|任务|措施|内容|举措|事项)?(?:均|分别|的)?"
_NEXT_NAMED = (
    rf"第{PLAIN_NUMBER}(?:[项条]|部分|大项|大类|方面|章|节)|第?{_BRACKETED}项|第{_BRACKETED}|{_BRACKETED}{_BRACKETED}"
)
NAMED_ITEMS: Final = re.compile(
    rf"(?P<numbers>{_ITEMS}){_WORK}[,:]?"
    rf"(?P<words>由(?:(?!{_NEXT_NAMED})[^。；;\n]){{3,200}}"
    rf"|(?:责任|牵头)(?:单位|部门)(?:[:为是])(?:(?!{_NEXT_NAMED})[^。\n]){{3,200}})"
)
"""An assignment of numbered items; for folded text."""
SECTION_BEFORE: Final = re.compile(
    rf"(?:第(?P<part>{PLAIN_NUMBER})(?:部分|大项|大类|方面|章|节)|[“\"(]?(?P<han>[一二三四五六七八九十]{{1,3}})、[^。；;,，、\n]{{2,40}}?[”\")]?"
    r"(?:中|部分|方面|里|内))(?:中|里|内)?的?,?\Z"
)
"""What names the section whose numbers are meant, at the end of the words before them."""


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
