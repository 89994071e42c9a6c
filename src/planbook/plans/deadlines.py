"""Deadlines: completion dates that the text states of a task; the year of a target (到2025年) is none."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from planbook.plans.characters import fold
from planbook.plans.numbers import parse_ordinal
from planbook.plans.role_words import DATE_LABEL

_PART_OF_YEAR: Final = (
    r"(?:第?[一二三四1-4]|前[二三两])季度|上半年|下半年|年?[底末终]|年内|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?"
)
_DATE: Final = (
    rf"(?:(?P<year>20\d\d)\s*年?度?|(?P<relative>今年|本年度?|当年|明年)|(?<![每逐历次\d年])(?=\d{{1,2}}\s*月|[上下]半年|第?[一二三四]季度|年[底末]))"
    rf"\s*(?P<part>{_PART_OF_YEAR})?(?P<end>[底末]|上旬|中旬|下旬|份)?"
)
_NOT_BEFORE: Final = "瞻沿列期景端提后往来身述置夕"
# 2023年前三季度 is no date, 2026年底前一期厂房竣工 is one.
_BEFORE: Final = re.compile(
    rf"{_DATE}\s*(?:之前|以前|前(?:(?<=[底末日]前)(?![{_NOT_BEFORE}])|(?![{_NOT_BEFORE}三两二一四五六七八九十\d])))"
)
_DONE: Final = (
    r"(?:全面|基本|全部|如期|正式|初步|力争|确保|要|率先)*(?:完成|建成|竣工|投产|投用|投入使用|投入运营|投运|启用|上线|出台|印发|办结|验收|交付|"
    r"开工|启动|实现全覆盖|全覆盖|到位|通车|达产|开园|揭牌|挂牌)"
)
_THEN: Final = re.compile(rf"{_DATE}\s*[,，]?\s*(?:前)?\s*{_DONE}")
_FIELD: Final = re.compile(rf"(?:{DATE_LABEL})\s*:?\s*([^;；。\n()]{{2,40}})")
_NUMERIC_DATE: Final = re.compile(r"(20\d\d)\s*[-./]\s*(\d{1,2})(?!\d)(?:\s*[-./]\s*(\d{1,2}))?")
_ANY_DATE: Final = re.compile(rf"{_DATE}")
_NOTE_PART: Final = re.compile(r"[;；,，。()\n]")
_BARE_DATE: Final = re.compile(
    rf"\s*20\d\d\s*(?:年\s*(?:{_PART_OF_YEAR})?[底末]?|[-./]\s*\d{{1,2}}(?:\s*[-./]\s*\d{{1,2}})?)\s*"
)
_TARGET_YEAR: Final = re.compile(r"[到至]$")
_HISTORY: Final = re.compile(r"(?:截至|截止|自|从|早在|始于|根据|依据)[^,，。；]{0,6}$|[（(]$")
_CONDITION: Final = re.compile(
    r"[^,，。；]{0,4}(?:成立|注册|登记|出生|已|取得|获得|获批|签订|入职|毕业|备案|纳入|认定|入库|批准|核准|购买|参加)[^,，。；]{0,12}的"
)
_ONGOING: Final = re.compile(r"长期(?:坚持|推进|实施|任务|落实|工作)|持续(?:推进|实施|推动|开展)|每年|全年|常态化|长期")
_MOST_MATCHES: Final = 200
_ANY_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a task's text says of its completion.

    Attributes:
        day: The latest completion date stated, None where there is none.
        is_ongoing: A completion field says 长期坚持, 每年 or the like instead of a date.
        needs_year: A date without a year (年底前) stands there, and the plan does not tell the year.
    """

    day: date | None
    is_ongoing: bool = False
    needs_year: bool = False


def find_deadline(text: str, notes: str, base_year: int | None) -> Deadline:
    """Return the completion date stated in a task's text or notes; the latest, where there are several.

    Args:
        text: Heading and body.
        notes: Unit notes and completion fields.
        base_year: Year that 年底前 and 6月底前 mean, None where the plan does not tell.
    """
    days: list[date] = []
    needs_year = is_ongoing = False
    for day in _stated(fold(text), base_year):
        needs_year = needs_year or day is None
        days.extend([day] if day else [])
    plain = fold(notes)
    for day in _stated(plain, base_year):
        needs_year = needs_year or day is None
        days.extend([day] if day else [])
    for field in _FIELD.finditer(plain):
        day = parse_deadline_field(field[1], base_year)
        if day:
            days.append(day)
        elif _ONGOING.search(field[1]):
            is_ongoing = True
    # In a note a date may stand for itself: (市科技局；2026年12月)
    days.extend(
        day
        for part in _NOTE_PART.split(plain)
        if _BARE_DATE.fullmatch(part)
        if (day := parse_deadline_field(part, base_year))
    )
    latest = max(days, default=None)
    is_ongoing = latest is None and (
        is_ongoing or bool(re.search(r"[;；,，(]\s*(?:长期|持续(?:推进|实施|推动))", plain))
    )
    return Deadline(latest, is_ongoing, needs_year and latest is None)


def parse_deadline_field(content: str, base_year: int | None) -> date | None:
    """Return the date of a completion field or column (`2023年12月`, `2023.12`, `年底`), of a range the last."""
    plain = fold(content)
    if re.match(r"\s*每", plain):
        return None
    days = [
        day
        for match in _NUMERIC_DATE.finditer(plain)
        if (day := _day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None))
    ]
    worded = _NUMERIC_DATE.sub("；", plain)  # else the year of 2024.6.30 would stand for its last day
    days.extend(day for match in _ANY_DATE.finditer(worded) if match[0] and (day := _resolve(match, base_year)))
    days.extend(
        date(int(match[1]), 12, 31)
        for match in re.finditer(r"20\d\d\s*年?\s*[-–—~至到]\s*(20\d\d)\s*年?(?!\s*[\d.])", plain)
    )
    return max(days, default=None)


def read_deadline_cells(cells: Iterable[str], base_year: int | None) -> Deadline:
    """Return what the deadline column of a table says of a task; the latest date of its rows."""
    texts = list(cells)
    days = [day for text in texts if (day := parse_deadline_field(text, base_year))]
    if days:
        return Deadline(max(days))
    needs_year = any(parse_deadline_field(text, _ANY_YEAR) for text in texts)
    return Deadline(None, any(_ONGOING.search(text) for text in texts), needs_year)


def _stated(plain: str, base_year: int | None) -> Iterator[date | None]:
    """Yield each stated completion date; None for one whose year is not known."""
    year = base_year
    seen: set[int] = set()
    matches = [*_BEFORE.finditer(plain), *_THEN.finditer(plain)]
    for match in sorted(matches, key=lambda each: each.start())[:_MOST_MATCHES]:
        if match.start() in seen:
            continue
        seen.add(match.start())
        before = plain[max(match.start() - 10, 0) : match.start()]
        is_before = match.re is _BEFORE
        if _HISTORY.search(before) or re.search(r"[每逐历次]$", before) or _CONDITION.match(plain, match.end()):
            continue
        if not is_before and _TARGET_YEAR.search(before) and not match["part"]:
            continue
        if match["year"]:
            if base_year is not None and int(match["year"]) < base_year:
                continue
            year = int(match["year"])
        if not match["year"] and year is None:
            yield None
            continue
        day = _resolve(match, year)
        if day:
            yield day


def _resolve(match: re.Match[str], year: int | None) -> date | None:
    """Return the last day of what a date pattern matched."""
    if match["year"]:
        year = int(match["year"])
    elif match["relative"] == "明年" and year is not None:
        year += 1
    part = match["part"] or ""
    if year is None or (not part and not match["year"] and not match["relative"]):
        return None
    month = re.match(r"(\d{1,2})\s*月(?:\s*(\d{1,2}))?", part)
    if month:
        last = {"上旬": 10, "中旬": 20}.get(match["end"] or "")
        return _day(year, int(month[1]), int(month[2]) if month[2] else last)
    quarter = re.match(r"第?前?([一二三四两1-4])季度", part)
    if quarter:
        ordinal = parse_ordinal(quarter[1]) or 4
        return _day(year, ordinal * 3, None)
    return _day(year, 6 if part == "上半年" else 12, None)


def _day(year: int, month: int, day: int | None) -> date | None:
    if not (2000 <= year <= 2100 and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(day, last) if day else last)
