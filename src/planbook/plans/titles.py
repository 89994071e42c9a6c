"""Titles: what the plan is called, who issues it by its title, and where its own text begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.characters import CJK, fold, squeeze
from planbook.plans.numbering import Style, match_marker
from planbook.plans.passages import Paragraph

_LONGEST_TITLE: Final = 90
_MOST_LINES: Final = 4
_CERTAIN: Final = 100
_KINDS: Final = (
    r"方案|计划|意见|措施|规划|办法|要点|清单|分工(?:表|方案)?|分解表|任务表|任务分解|细则|纲要|行动|台账|责任表|对策|"
    r"(?:责任|工作|目标)分解|(?:任务|责任|目标)一览表|(?<=.{8})事项|政策|工程|意见书|路线图|部署|安排|(?<=.{10})(?:任务|项目)"
)
_TITLE_TAIL: Final = (
    r"(?:\((?:试行|暂行|征求意见稿|送审稿|修订版?|20\d\d[^()]{0,14}|"
    r"第[一二三四五六七八九十\d]+[批版]|节选|摘要|摘录|全文|节录)\))*"
)
_TITLE_END: Final = re.compile(rf"(?:{_KINDS}){_TITLE_TAIL}$")
_TAIL_LINE: Final = re.compile(_TITLE_TAIL)
_NO_TITLE: Final = re.compile(r"[。；;,，:!?>]|^(?:[一二三四五六七八九十]{1,3}\s*、|\(|\d{1,2}[.、]|附件)")
_ISSUED: Final = re.compile(
    rf"(?P<issuer>[{CJK}()、 ]{{0,60}}?)关于(?:印发|下发|转发|发布|公布)[《〈]?"
    rf"(?P<title>(?:[^《》〈〉。]|[《〈][^《》〈〉。]{{1,40}}[》〉]){{4,{_LONGEST_TITLE}}}?)[》〉]?\s*的\s*通\s*知"
)
_RUN_IN: Final = re.compile(
    rf"[^。；;,，:!?\n]{{6,{_LONGEST_TITLE}}}?(?:{_KINDS}){_TITLE_TAIL}(?=\s*(?:为(?![主期了])|为了|根据|按照|依据|近年|当前|第?一[、章节条]|\(一\)|1[、.]|①|20\d\d年是|现[就将提制]))"
)
_ONE_LINE: Final = 200  # characters: a paragraph that is a whole document
_BOOK_TITLE: Final = re.compile(rf"《([^《》]{{6,{_LONGEST_TITLE}}})》")
_ISSUER_IN_FRONT: Final = re.compile(
    rf"^(?P<issuer>[{CJK}、 ]{{2,50}}?(?:委员会|[省市县区州]委|政府|办公厅|办公室|厅|局|委|办|院|管委会))\s*(?=关于)"
)
_MARK_ABOVE: Final = re.compile(r"^(?:(?:绝密|机密|秘密|内部(?:资料|文件|使用)?|特急|加急|急件)年?|年)+")
_OPENS: Final = re.compile(rf"关于|中共|[{CJK}]{{2,7}}?(?:省|市|县|区|州|旗|盟)(?!场|域)|20\d\d")
_NEWS: Final = re.compile(
    rf"(?P<issuer>[{CJK}、 ]{{4,60}}?)\s*(?:联合)?印发《(?P<title>[^《》]{{6,{_LONGEST_TITLE}}})》"
)
_REMARK: Final = re.compile(r"\s*\((?:来源|作者|供稿|发布)[^()]*\)\s*$")  # of the site, behind the title
_OWN_NUMBER: Final = re.compile(  # behind the title: ……若干措施（旺政办规〔2024〕1号）
    rf"\s*\(\s*[{CJK}]{{2,14}}\s*\(\s*(?:20|19)\d\d\s*\)\s*(?:第\s*)?\d{{1,5}}\s*号\s*\)\s*$"
)
_TAG: Final = re.compile(r"^【[^【】]{1,6}】")  # of the site, before the title: 【政策】
_IN_FULL: Final = re.compile(r"(?:全文|内容)如下[。:]?\s*$")
_FIELD_LINE: Final = re.compile(rf"\s*(?:[{CJK} ]{{2,8}}:|20\d\d年.{{2,6}}日\s*$)")
_NUMBER: Final = re.compile(r"\(\s*(?:20|19)\d\d\s*\)\s*(?:第\s*)?\d{1,5}\s*号")
_DATE: Final = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_NESTED: Final = str.maketrans("〈〉", "《》")  # within 《…》 a title's own marks are printed as 〈〉
_FILE_ENDING: Final = re.compile(r"\.(?:docx?|pdf|txt|html?|wps|ofd|xlsx?|md)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a plan.

    Attributes:
        text: The title, empty where none was found.
        issuer: Offices that the title, or the notice around the plan, names as issuing; empty where none.
        behind: Index of the first paragraph of the plan's own text.
    """

    text: str = ""
    issuer: str = ""
    behind: int = 0


def find_title(head: Sequence[Paragraph], document_title: str | None) -> Title:
    """Return the plan's title: the one that its notice announces, else the first line or lines that end as titles do.

    Args:
        head: First paragraphs of the document.
        document_title: Title that the file format carries, used where the text shows none.
    """
    notice = _find_notice(head)
    announced = notice[1].translate(_NESTED) if notice else ""
    issuer = separate_issuers(notice[0]) if notice else ""
    news = None if notice else _find_news(head)
    if news:
        return news
    standing = _find_standing(head, announced)
    if standing:
        text, own_issuer = _without_issuer(_clean(standing[0]))
        above = head[standing[1] - 1].text if standing[1] and text.startswith("关于") else ""
        return Title(text, issuer or separate_issuers(own_issuer) or _issuers_above(above), standing[2])
    if announced:
        return Title(_clean(announced), issuer, _behind(head, announced))
    for index, each in enumerate(head):
        match = _BOOK_TITLE.search(each.text) if len(each.text) <= _ONE_LINE else None
        if match and _TITLE_END.search(fold(match[1])) and match.start() < 20:
            text, own_issuer = _without_issuer(_clean(match[1]))
            return Title(text, separate_issuers(own_issuer), index + 1)
    for index, each in enumerate(head[:2]):
        match = _RUN_IN.match(each.plain)
        if match:  # the whole document on one line
            text, own_issuer = _without_issuer(_clean(each.text[: match.end()]))
            return Title(text, separate_issuers(own_issuer), index)
    if document_title and _TITLE_END.search(fold(_clean(document_title))):
        return Title(_clean(document_title))
    return Title()


def separate_issuers(text: str) -> str:
    """Return the issuers in front of a title; two of one place written together are parted (某市委某市人民政府)."""
    names = text[max(text.rfind("号"), text.rfind("》")) + 1 :].split()
    if len(names) > 1 and _ends_all_as_agencies(names):  # 省科技厅 省财政厅关于…
        return "、".join(names)
    name = re.sub(r"\s+", "", text).strip("、")
    name = _MARK_ABOVE.sub("", name[max(name.rfind("号"), name.rfind("》")) + 1 :])
    if not name or not ends_as_agency(name):
        return ""
    place = re.match(rf"(?:中共)?([{CJK}]{{2,5}}?[省市县区州])", name)
    if place and "、" not in name:
        second = name.find(place[1], place.end())
        if second > 0 and ends_as_agency(name[:second]):
            return f"{name[:second]}、{name[second:]}"
    return name


def _joined(paragraphs: Sequence[Paragraph], start: int, count: int) -> str:
    return "".join(_without_remark(each.text.strip()) for each in paragraphs[start : start + count])


def _without_remark(text: str) -> str:
    text = _TAG.sub("", text)
    plain = fold(text)
    remark = _REMARK.search(plain) or _OWN_NUMBER.search(plain)
    return text[: remark.start()] if remark else text


def _find_notice(head: Sequence[Paragraph]) -> tuple[str, str] | None:
    """Return issuer and title of 关于印发《…》的通知, on up to four lines."""
    brackets = str.maketrans("（）〔〕【】", "()()()")
    for index in range(len(head)):
        first = head[index].text
        # A line of another kind above it (成文日期：…) is no part of the issuer's name.
        goes_on = "关于" in first or (ends_as_agency(first) and not _FIELD_LINE.match(head[index].plain))
        for count in range(1, _MOST_LINES + 1 if goes_on else 2):
            text = _joined(head, index, count)[:600]
            match = _ISSUED.search(text.translate(brackets)) if "关于" in text and "知" in text else None
            if match:
                return text[slice(*match.span("issuer"))], text[slice(*match.span("title"))]
    return None


def _find_news(head: Sequence[Paragraph]) -> Title | None:
    """某省委办公厅 某省人民政府办公厅印发《…》: the headline of a paper that prints the plan in full."""
    for index, each in enumerate(head[:6]):
        match = _NEWS.fullmatch(each.plain.strip())
        if match and _TITLE_END.search(fold(match["title"])) and _ends_all_as_agencies(match["issuer"].split()):
            behind = next(
                (at + 1 for at, line in enumerate(head[: index + 6]) if _IN_FULL.search(line.plain)), index + 1
            )
            return Title(_clean(match["title"]), "、".join(match["issuer"].split()), behind)
    return None


def _ends_all_as_agencies(names: Sequence[str]) -> bool:
    return bool(names) and all(4 <= len(name) <= 24 and ends_as_agency(name) for name in names)


def _issuers_above(line: str) -> str:
    """Issuers on the line above 关于…的意见, parted by a blank where there are two (中共某省委 某省人民政府)."""
    names = line.split()
    return "、".join(names) if _ends_all_as_agencies(names) else ""


def _find_standing(head: Sequence[Paragraph], announced: str) -> tuple[str, int, int] | None:
    """Return the title that stands on lines of its own, the index of its first line, and the index behind it.

    Where a notice announces a title, only that one will do: it then stands where the plan itself begins.
    """
    best: tuple[int, str, int, int] | None = None
    for index in range(len(head) if announced else _first_section(head)):
        for count in range(1, min(_MOST_LINES, len(head) - index) + 1):
            candidate = _joined(head, index, count)
            score = _score(candidate, head[index : index + count], announced)
            if score and (best is None or score > best[0]):
                best = (score, candidate, index, index + count)
        if best and best[0] >= _CERTAIN:
            break
    return best[1:] if best else None


def _first_section(head: Sequence[Paragraph]) -> int:
    """Index of the first section: no title follows it, but where another first section does (a notice with items)."""
    firsts = [
        index
        for index, each in enumerate(head)
        if (marker := match_marker(each.plain)) and marker.style.value <= Style.HAN.value and marker.ordinal == 1
    ]
    return firsts[-1] if firsts else len(head)


def _score(candidate: str, lines: Sequence[Paragraph], announced: str) -> int:
    """Rate a candidate, 0 for none: the announced title is certain; else the line that looks most like a title."""
    if not 6 <= len(candidate) <= _LONGEST_TITLE:
        return 0
    if announced:
        candidate = candidate.translate(_NESTED)
        stem = re.sub(rf"{_TITLE_TAIL}$", "", fold(candidate).strip())
        if squeeze(candidate) == squeeze(announced):
            return _CERTAIN
        return _CERTAIN + 1 if squeeze(stem) == squeeze(announced) else 0
    plain = fold(candidate).strip("《》 ")
    if _NO_TITLE.search(plain) or not _TITLE_END.search(plain):
        return 0
    if any(len(line.text) < 2 or _DATE.search(line.plain) for line in lines):
        return 0
    if any(_NUMBER.search(_without_remark(line.plain)) for line in lines):
        return 0
    is_tailed = all(_TAIL_LINE.fullmatch(line.plain.strip()) for line in lines[1:])
    if len(lines) > 1 and _TITLE_END.search(lines[0].plain.strip()) and not is_tailed:
        return 0  # the first line is a title by itself
    if len(lines) > 1 and (ends_as_agency(lines[0].text) or lines[0].plain.endswith("文件")):
        return 0  # a letterhead stands above it
    is_marked = any(line.heading_level is not None for line in lines)
    has_year = re.search(r"20\d\d", plain) is not None
    goes_on = len(lines) > 1 and (is_tailed or (_OPENS.match(plain) and not _OPENS.match(lines[-1].plain)))
    return 50 + 10 * is_marked + 5 * has_year + (6 if goes_on else 0) - len(lines)


def _behind(head: Sequence[Paragraph], announced: str) -> int:
    """Return where the plan begins whose title stands within a paragraph."""
    key = squeeze(announced)
    found = [index for index, each in enumerate(head) if key in squeeze(each.text.translate(_NESTED))]
    # A document on one line: notice, title and body stand in the same paragraph.
    whole = next((index for index in found if len(head[index].text) > max(5 * len(announced), 200)), None)
    if whole is not None:
        return whole
    return found[0] + 1 if found else 0


def _clean(text: str) -> str:
    title = re.sub(r"\s+", "", text).strip("《〈》〉*#") if text.count("《") == text.count("》") else text.strip()
    return _FILE_ENDING.sub("", title).strip("《》")


def _without_issuer(title: str) -> tuple[str, str]:
    match = _ISSUER_IN_FRONT.match(title)
    return (title[match.end() :], match["issuer"]) if match else (title, "")
