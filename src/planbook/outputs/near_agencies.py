"""Names in the directory that are nearly another's: offered to the clerk as one agency, never joined by themselves."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import LCSseq, Levenshtein

from planbook.model.agency import Agency, Directory
from planbook.model.agency_level import level_of
from planbook.model.findings import Finding
from planbook.model.review import ReviewFinding

_PAIR_LIMIT: Final = 1_000_000  # a directory of 1,000 that all begin alike comes to half of that
# What stands in front of the subject: 省委宣传部 and 省宣传部 are offices of different masters.
_MASTER: Final = re.compile(r"[省市州县区]?(?:委(?!员|办|$)|人大常委会|人大|政府|政协)?")
_ENDING: Final = re.compile(r"(?:委员会|办公室|办公厅|人民政府|政府|总局|厅|局|委|办|署)$")
_OTHER_KIND: Final = re.compile(
    r"(?:公司|集团|大学|学院|学校|研究院|研究所|中心|协会|学会|联合会|商会|银行|医院|法院|检察院|总队|支队|大队|部|院|所|队|会|社|站|馆)$"
)
_TELLING: Final = frozenset("一二三四五六七八九十0123456789东西南北中上下新老大小")
_SHORTEST: Final = 2
_SHORTEST_TYPO: Final = 4


@dataclass(frozen=True, slots=True)
class _Name:
    agency: Agency
    master: str
    level: str
    subject: str
    ending: str
    is_office: bool


def find_near_agencies(directory: Directory) -> list[ReviewFinding]:
    """Return a finding for each agency whose name is nearly that of another: 省农业农村庁, 省生态环境保护厅.

    An agency of which the office knows nothing but the name is the doubtful one; one with a contact, telephone or
    mailbox has been looked at. Agencies of different level or master, of different kinds (厅 against 公司), parts
    of another agency, and names that differ in a place, a number or at their beginning are never offered.
    """
    by_start: dict[tuple[str, str], list[_Name]] = defaultdict(list)
    for name in _names_in(directory):
        by_start[(name.master, name.subject[:1])].append(name)
    findings: dict[str, ReviewFinding] = {}
    left = _PAIR_LIMIT
    for names in by_start.values():
        for place, one in enumerate(names):
            left -= place
            if left < 0:
                return list(findings.values())
            for other in names[:place]:
                if one.agency is other.agency or not _are_near(one, other):
                    continue
                doubtful, known = (other, one) if _is_looked_at(one.agency) else (one, other)
                if not _is_looked_at(doubtful.agency):
                    findings.setdefault(doubtful.agency.name, _finding(doubtful.agency, known.agency))
    return list(findings.values())


def _finding(doubtful: Agency, known: Agency) -> ReviewFinding:
    return ReviewFinding(Finding.of("agency_name_near", name=doubtful.name, other=known.name), agency=doubtful.name)


def _is_looked_at(agency: Agency) -> bool:
    return bool(agency.contact or agency.phone or agency.email)


def _names_in(directory: Directory) -> Iterator[_Name]:
    for agency in directory.agencies:
        for text in (agency.name, *agency.aliases) if not agency.is_group else ():
            plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
            master = _MASTER.match(plain)
            rest = plain[master.end() :] if master else plain
            ending = _ENDING.search(rest)
            subject = rest[: ending.start()] if ending else rest
            if len(subject) < _SHORTEST or (ending and ending[0].endswith("政府")):
                continue  # governments differ by their places: 黄石, 黄山
            level = agency.level or level_of(text)
            is_office = ending is not None or not _OTHER_KIND.search(rest)
            yield _Name(agency, master[0] if master else "", level, subject, ending[0] if ending else "", is_office)


def _are_near(one: _Name, other: _Name) -> bool:
    if one.is_office != other.is_office or not _may_be_one_level(one.level, other.level):
        return False
    if not one.is_office:
        return _are_nearly_one_firm(one.subject, other.subject)
    if one.subject == other.subject:
        return True
    # An ending that is none (庁) is a slip of the pen for the one that should stand there.
    for bare, whole in ((one, other), (other, one)):
        if not bare.ending and whole.ending and bare.subject[:-1] == whole.subject:
            return True
    if not one.ending or not other.ending:
        return False
    return _is_shortened(one, other) or _is_mistyped(one.subject, other.subject)


def _may_be_one_level(one: str, other: str) -> bool:
    """Return whether two levels may be the same; the office's own words for one (省直, 省) often begin alike."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def _is_shortened(one: _Name, other: _Name) -> bool:
    """Return whether one subject is the other with characters left out (农业, 农业农村), and no part of it."""
    short, long = sorted((one, other), key=lambda name: len(name.subject))
    if long.subject.startswith(short.subject + short.ending):
        return False  # 省发改委能源局 belongs to 省发改委
    return LCSseq.similarity(short.subject, long.subject) == len(short.subject) and len(long.subject) <= 3 * len(
        short.subject
    )


def _is_mistyped(one: str, other: str) -> bool:
    """Return whether two subjects differ in one character, neither at their beginning nor in a telling one."""
    if min(len(one), len(other)) < _SHORTEST_TYPO or Levenshtein.distance(one, other, score_cutoff=1) > 1:
        return False
    place = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
    return place >= _SHORTEST and not _TELLING & set(one[place : place + 1] + other[place : place + 1])


def _are_nearly_one_firm(one: str, other: str) -> bool:
    """Return whether two firms or institutions are one: the legal form or 省 is all that one name has more."""
    first, second = (re.sub(r"(?:股份|有限责任|有限)+公司$|[省市]", "", name) for name in (one, other))
    return first == second and len(first) >= _SHORTEST_TYPO
