"""Metadata: title, issuer, document number, dates, period, secrecy mark, and where the plan itself begins."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.characters import CJK
from planbook.plans.numbering import match_marker
from planbook.plans.numbers import parse_chinese, parse_ordinal
from planbook.plans.passages import Paragraph
from planbook.plans.titles import find_title, separate_issuers

_HEAD: Final = 80
_NUMBER: Final = re.compile(rf"([{CJK}]{{2,14}})\s*\(\s*(20\d\d|19\d\d)\s*\)\s*(?:第\s*)?(\d{{1,5}})\s*号")
# The number that follows is the document's own: ……若干措施(云政办(2024)1号).
_ENDS_TITLE: Final = re.compile(r"(?:方案|计划|意见|措施|规划|办法|要点|清单|细则|纲要|安排|通知)\($")
_LETTERHEAD: Final = re.compile(rf"([{CJK}、 ]{{4,40}})\s*文\s*件")
_SECRECY: Final = re.compile(
    r"(?:密\s*级\s*:\s*)?(绝\s*密|机\s*密|秘\s*密|内\s*部(?:资料|文件|使用|材料)?|工作秘密)"
    r"(?:\s*[★☆*]\s*(?:长期|[\d一二三四五六七八九十]+\s*[年月])?)?(?:\s*[,，]?\s*(?:注意保存|妥善保管|严禁外传|不得外传))?"
)
_PUBLIC: Final = re.compile(r"此件(?:主动)?(?:公开|发布)|主动公开|此件公开|公开发布")
_NOT_PUBLIC: Final = re.compile(r"(?:此件)?(?:不予公开|依申请公开)")
_DATE_LINE: Final = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_LABELLED_DATE: Final = re.compile(
    r"(?:下达|印发|成文|发文|签发|生成|制定|发布|下发)(?:日期|时间)\s*:\s*(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)"
)
_HAN_DATE: Final = re.compile(
    r"([二〇○零一九三四五六七八]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_RANGE: Final = re.compile(r"(20\d\d)\s*年?\s*[-–—―~～至到]{1,2}\s*(20\d\d)\s*年?")
_YEAR: Final = re.compile(r"(20\d\d)\s*年?度?")
_YEAR_OF_WORK: Final = re.compile(
    r"(?:做好|推进|落实|完成|现将|制定)[^。;,]{0,12}?(20\d\d)\s*年度?(?:[^。;,，0-9]{0,12}?)(?:任务|工作|要点|目标|项目|实事)"
)
_PREAMBLE: Final = 4  # paragraphs
_VALID_UNTIL: Final = re.compile(r"有效期[^。]{0,6}至\s*(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_VALID_FOR: Final = re.compile(r"有效期(?:为|限为?)?\s*(\d{1,2}|[一二两三四五六七八九十])\s*年")
_IN_FORCE: Final = re.compile(r"自\s*(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起")
_PLACE_IN_FRONT: Final = re.compile(
    rf"中共|国家|国务院|中华|[{CJK}]{{2,7}}?(?:省|市|县|区|州|旗|盟|镇|乡|街道|集团|大学|委员会|领导小组)|北京|上海|天津|重庆|"
    r"科技部|教育部|工业和"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself.

    Attributes:
        title: Title of the plan; empty where none was found.
        issuer: Issuing office.
        document_number: 发文字号 with 〔〕.
        issued_on: Date of the document.
        period_start: First day that the plan covers.
        period_end: Last day that it covers.
        classification: Secrecy mark.
        public: The document says that it is public.
        target_year: Year of the title, where it is a single one.
        body_start: Index of the first paragraph of the plan itself, behind notice and title.
    """

    title: str = ""
    issuer: str | None = None
    document_number: str | None = None
    issued_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    classification: str | None = None
    public: bool = False
    target_year: int | None = None
    body_start: int = 0

    @property
    def number_year(self) -> int | None:
        """Year of the document number (云政办〔2022〕17号)."""
        found = re.search(r"〔(\d{4})〕", self.document_number or "")
        return int(found[1]) if found else None


def read_metadata(paragraphs: Sequence[Paragraph], document_title: str | None = None) -> Metadata:
    """Return what the document says of itself.

    Args:
        paragraphs: The mended document.
        document_title: Title that the file format carries, used where the text shows none.
    """
    head = paragraphs[:_HEAD]
    title = find_title(head, document_title)
    issued_on = _find_date(paragraphs, title.behind)
    start, end, year = _find_period(title.text, paragraphs, issued_on)
    if not (year or end):
        year = _year_of_preamble(paragraphs[title.behind : title.behind + _PREAMBLE])
    short = [each.plain for each in paragraphs if len(each.text) < 60]
    return Metadata(
        title=title.text,
        issuer=title.issuer or _letterhead(head) or _signature(head[: title.behind]) or _signature(paragraphs) or None,
        document_number=_find_number(head, title.behind),
        issued_on=issued_on,
        period_start=start,
        period_end=end,
        classification=_find_secrecy(head),
        public=any(_PUBLIC.search(plain) and not _NOT_PUBLIC.search(plain) for plain in short),
        target_year=year,
        body_start=title.behind,
    )


def _letterhead(head: Sequence[Paragraph]) -> str:
    """云江市人民政府文件, at the very top."""
    for each in head[:6]:
        match = _LETTERHEAD.fullmatch(each.plain.strip())
        if match:
            return separate_issuers(match[1])
    return ""


def _signature(paragraphs: Sequence[Paragraph]) -> str:
    """Return the office that signs: on a line of its own before a date or at the end, or behind the last sentence."""
    for index in range(len(paragraphs) - 1, max(len(paragraphs) - 15, -1), -1):
        text = paragraphs[index].text.strip()
        tail = re.search(rf"(?<=[。！）)]) ?([{CJK}]{{4,30}})$", text[-60:])
        name = (tail[1] if tail else text).replace(" ", "")
        name = re.sub(r"(?:20\d\d年.{2,8}日|[二〇]{2}.{2,10}日)$", "", name)
        is_name = paragraphs[index].heading_level is None and _PLACE_IN_FRONT.match(name) is not None
        is_office = re.fullmatch(rf"[{CJK}]{{4,30}}", name) is not None and ends_as_agency(name)
        if is_name and is_office and re.search(r"(?:厅|局|委|办|政府|办公室|委员会|管委会)$", name):
            return name
    return ""


def _find_number(head: Sequence[Paragraph], body_start: int) -> str | None:
    """Return the document's own number; one in brackets behind a 书名号 is another document's."""
    for each in head[: max(body_start + 2, 12)]:
        for match in _NUMBER.finditer(each.plain):
            before = each.plain[: match.start()].rstrip()
            ends_title = _ENDS_TITLE.search(before) is not None and each.plain[match.end() :].strip() == ")"
            if before and before[-1] in "(》〉,、;" and not ends_title:
                continue
            code = re.sub(r"^.*(?:通知|方案|计划|意见|措施|号|文件)", "", match[1])
            return f"{code}〔{match[2]}〕{int(match[3])}号"
    return None


def _find_secrecy(head: Sequence[Paragraph]) -> str | None:
    for each in head[:30]:
        match = _SECRECY.fullmatch(each.plain.strip("()★☆* "))
        if match:
            return re.sub(r"\s+", "", match[1])
    return None


def _find_date(paragraphs: Sequence[Paragraph], body_start: int) -> date | None:
    """Return the date of the document: a line that is a date, before the plan or at the end."""
    for each in (*paragraphs[: body_start + 1], *paragraphs[-8:]):
        text = each.plain.strip("() ")
        match = _DATE_LINE.search(text[:4000])
        if match and (match.end() - match.start() >= len(text) - 24 or "通知" in text[: match.start()]):
            return _date(int(match[1]), int(match[2]), int(match[3]))
        han = _HAN_DATE.search(text) if len(text) < 40 else None
        if han:
            year, month, day = (parse_chinese(part.replace("○", "〇")) for part in han.groups())
            return _date(year or 0, month or 0, day or 0)
    for each in paragraphs[: body_start + _PREAMBLE]:  # 下达日期：2024-03-05, a field above or below the title
        labelled = _LABELLED_DATE.search(each.plain[:400])
        if labelled:
            return _date(int(labelled[1]), int(labelled[2]), int(labelled[3]))
    return None


def _find_period(
    title: str, paragraphs: Sequence[Paragraph], issued_on: date | None
) -> tuple[date | None, date | None, int | None]:
    """Return first and last day that the plan covers, and the year of a one-year title."""
    span = _RANGE.search(title)
    if span:
        return date(int(span[1]), 1, 1), date(int(span[2]), 12, 31), None
    years = {int(year) for year in _YEAR.findall(title)}
    year = years.pop() if len(years) == 1 else None
    start, end = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    for each in paragraphs[-40:]:
        until, lasting = _VALID_UNTIL.search(each.plain), _VALID_FOR.search(each.plain)
        begins = _IN_FORCE.search(each.plain)
        if begins:
            start = _date(int(begins[1]), int(begins[2]), int(begins[3])) or start
        if until:
            end = _date(int(until[1]), int(until[2]), int(until[3])) or end
        elif lasting:
            start = start or issued_on
            end = _years_later(start, parse_ordinal(lasting[1].replace("两", "二")) or 0) if start else end
    return start, end, year


def _year_of_preamble(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return the year that the words before the first item give the plan (现将2024年度重点任务分解如下)."""
    for each in paragraphs:
        if match_marker(each.plain):
            return None
        found = _YEAR_OF_WORK.search(each.plain)
        if found:
            return int(found[1])
    return None


def _years_later(start: date, years: int) -> date:
    """Return the last day of a term of so many years."""
    last = monthrange(start.year + years, start.month)[1]
    return date(start.year + years, start.month, min(start.day, last)) - timedelta(days=1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
