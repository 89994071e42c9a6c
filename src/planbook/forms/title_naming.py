"""Whose and which period's a table is by its own title, where no label says so: 省科技厅2024年一季度进展情况表."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final

from planbook.forms.candidates import Candidate
from planbook.forms.parsed import cell_text, fold
from planbook.forms.table_faults import named_period
from planbook.forms.tables import Survey
from planbook.model.agency import agency_key
from planbook.model.period import Period

_LONGEST_NAME: Final = 40
_LONGEST_TITLE: Final = 120
_PERIOD: Final = re.compile(
    r"[12][0-9]{3}年(?:度)?(?:第?[一二三四1-4]季度|[0-9]{1,2}月份?(?![0-9底末前起至以日])|[上下]半年)"
)
# Where a name may begin: at the title's head, behind 附件2 or the period, in brackets, or behind a label.
_BEGINNINGS: Final = re.compile(
    rf"^(?:附[件表][0-9一二三四五六七八九十]{{0,3}}[:.、]?)?(?:关于)?(?:{_PERIOD.pattern}|[12][0-9]{{3}}年度?)?"
    r"|[(]|(?:填报|填表|报送|上报|报告|责任|承办)?(?:单位|部门)(?:名称)?[:]"
)
# What follows a whole name; 省科技厅直属单位 is another one.
_AFTER_NAME: Final = re.compile(
    r"$|[\s,.:;、()《\"“0-9〇—-]|关于|第|本|贯彻|落实|推进|承担|牵头|负责|重点|责任|任务|工作|填报|报送|上报|汇总|的|年|季|报|进展"
)

_agency_key: Final = lru_cache(maxsize=4_096)(agency_key)


def agency_in_titles(found: Survey, candidates: Collection[Candidate]) -> str:
    """Return the agency, one of those of `candidates`, that titles or sheet names give; empty unless just one.

    The office that issued the forms stands in many titles, too: where it is an agency itself, its name tells nothing.
    """
    known: dict[str, str] = {}
    offices = {_agency_key(candidate.office) for candidate in candidates}
    for candidate in candidates:
        key = _agency_key(candidate.agency)
        if key not in offices:
            known.setdefault(key, candidate.agency)
    named = {known[key] for text in _titles(found) if (key := _key_in_title(text, known))}
    return named.pop() if len(named) == 1 else ""


def period_in_titles(found: Survey) -> Period | None:
    """Return the one period that titles name with its quarter, month or half-year; None unless just one."""
    texts = (match[0] for text in _titles(found) for match in _PERIOD.finditer(text))
    named = {period for text in texts if (period := named_period(text.replace("年度", "年")))}
    return named.pop() if len(named) == 1 else None


def _titles(found: Survey) -> Iterator[str]:
    for table in found.tables:
        yield _folded(table.sheet.name)
        for _, cells in table.above:
            yield from (text for cell in cells if (text := _folded(cell_text(cell))) and len(text) <= _LONGEST_TITLE)


def _folded(text: str) -> str:
    return "".join(fold(text).split())


def _key_in_title(text: str, known: Iterable[str]) -> str:
    """Return the key of `known` that the longest name in `text` has; empty where there is none."""
    keys = frozenset(known)
    best, length = "", 0
    for beginning in _BEGINNINGS.finditer(text):
        rest = text[beginning.end() :]
        for end in range(min(len(rest), _LONGEST_NAME), max(length, 1), -1):
            if _AFTER_NAME.match(rest, end) and (key := _agency_key(rest[:end])) in keys:
                best, length = key, end
                break
    return best
