"""Parts of a document: the plan itself, the notice around it, its contents list, its annexes, its closing lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planbook.plans.characters import CJK, fold
from planbook.plans.document import Table
from planbook.plans.furniture import find_inline_tail
from planbook.plans.numbering import match_marker
from planbook.plans.passages import Block, Paragraph
from planbook.plans.role_words import ROLE_LABEL
from planbook.plans.sections import is_closing_clause
from planbook.plans.unit_notes import is_agency_line

_ANNEX: Final = re.compile(
    r"附\s*[件表录]\s*(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})?\s*(?:[-—]\d)?\s*[:.、]?\s*(?P<title>.*)"
)
_ANNEX_LIST: Final = re.compile(r"附\s*[件表]?\s*:\s*\S")
_LIST_ENTRY: Final = re.compile(r"\d{1,2}\s*[.、]\s*\S.{2,60}")
_WITH_TASKS: Final = re.compile(r"任务|分工|方案|计划|措施|台账|责任(?:清单|表)|重点工作|行动|举措|要点|项目清单|分解")
_WITHOUT_TASKS: Final = re.compile(
    r"指标|名单|目录|申报|申请|模板|样表|说明|解读|解释|名词|统计|评分|流程|通讯录|联系|机构|成员|证明|承诺|推荐|一览"
)
_DATE: Final = re.compile(
    r"\(?(?:20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二〇○零]{2}[一二三四五六七八九〇○零]{2}年.{2,8}日)(?:印发)?\)?"
)
_SIGNATURE: Final = re.compile(
    rf"(?![（(])[{CJK}（）()、 ]{{3,40}}(?:厅|局|委|办|政府|办公室|委员会|管委会|领导小组)"
    r"(?:\s*20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)?"
)
_CLOSING_LINE: Final = re.compile(
    r"\(?(?:此件|主动公开|依申请公开|不予公开|公开发布)\)?|\(?完\)?$|抄\s*送\s*:?|抄\s*报|主送\s*:|印\s*发\s*:|主题词|联\s*系\s*人\s*[:：]|联系电话|"
    r"信息公开(?:选项|形式|属性)|\(?联系人|校对\s*:|责任编辑|附\s*[件表]?\s*:|(?:编辑|作者|来源)\s*:"
)
_CLOSING_TAIL: Final = re.compile(
    rf"(?<=[。！？）)\n])\s*(?:(?:附\s*件\s*[:：].{{2,200}})|(?:{_SIGNATURE.pattern})|(?:{_DATE.pattern})|[(（]此件[^()（）]{{2,12}}[)）])$"
)
_LONGEST_CLOSING: Final = 13
_EXHORTATION: Final = re.compile(
    r"各(?:级|地|市|县|区|州|有关|相关|部门|单位|乡镇|街道|牵头|责任|成员)[^。]{0,24}(?:要|应|须|请)[^。]{0,12}"
    r"(?:结合|根据|按照|认真|切实|制定|抓好|抓紧|强化|加强|高度|细化|压实|及时|提高|明确|统一|主动|对照|落实)"
)
_UNIT_LABEL: Final = re.compile(rf"\s*\(?(?:{ROLE_LABEL})\s*:")


_LABELLED_UNIT: Final = re.compile(r"(?:牵头|责任|配合|主办)(?:责任)?(?:单位|部门)\s*:")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the document with a plan in it.

    Attributes:
        blocks: Its paragraphs and tables.
        title: Title of the annex, empty for the plan itself.
        gives_tasks: Its numbered items are tasks, not a list of forms or names.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    gives_tasks: bool = True


def split_parts(blocks: Sequence[Block], heading: Paragraph | None) -> list[Part]:
    """Return the plan and its annexes, the notice in front left out.

    Args:
        blocks: The mended document.
        heading: Last paragraph before the plan itself (its title), None where nothing stands before it.
    """
    starts = _annex_starts(blocks)
    first = next((index + 1 for index, block in enumerate(blocks) if block is heading), 0)
    before = sum(
        isinstance(block, Paragraph) and _LABELLED_UNIT.search(block.plain) is not None for block in blocks[:first]
    )
    if before > 1 and not _holds_notes(blocks[first:]) and not any(isinstance(each, Table) for each in blocks[first:]):
        first = 0  # what was taken for the title stands behind the measures
    cuts = [first, *(start for start in starts if start >= first), len(blocks)]
    parts: list[Part] = []
    for start, end in pairwise(cuts):
        stretch = blocks[start:end]
        title = _annex_title(stretch) if start in starts else ""
        is_plan = start not in starts or start + 3 > first > start
        gives_tasks = is_plan or (bool(_WITH_TASKS.search(title)) and not _WITHOUT_TASKS.search(title))
        parts.append(Part(tuple(_without_closing(stretch)), title, gives_tasks))
    return parts


def is_exhortation(text: str, heading: str) -> bool:
    """Return whether a section on demands (工作要求) says only that all shall do their part (各单位要提高认识……)."""
    own = fold(text).strip()
    own = own[len(heading) :].lstrip(" 。:\n") if own.startswith(fold(heading)) else own
    return re.search(r"要求$", heading) is not None and _EXHORTATION.match(own) is not None


def strip_closing_sentences(text: str) -> str:
    """Return a last item's text without the signature, date and terms of force that run on behind it."""
    text = text[: find_inline_tail(text)]
    for _ in range(6):
        stripped = text.rstrip(" |\n")
        tail = _CLOSING_TAIL.search(stripped)
        if tail and tail.start() > 0:
            text = stripped[: tail.start()]
            continue
        start = max(stripped.rfind(mark, 0, len(stripped) - 1) for mark in "。！？\n") + 1
        if start > 0 and is_closing_clause(stripped[start:]):
            text = stripped[:start]
            continue
        return stripped
    return text.rstrip()


def _annex_starts(blocks: Sequence[Block]) -> list[int]:
    """Indices of the lines that open an annex; a list of annexes at the end of a letter opens none."""
    starts = []
    for index, block in enumerate(blocks):
        if isinstance(block, Table) or len(block.text) > 80:
            continue
        match = _ANNEX.fullmatch(block.plain.strip())
        if match and not _ANNEX_LIST.match(block.plain) and _opens_annex(blocks, index, match):
            starts.append(index)
    return starts


def _opens_annex(blocks: Sequence[Block], index: int, match: re.Match[str]) -> bool:
    if index + 1 >= len(blocks):
        return False
    following = blocks[index + 1]
    if isinstance(following, Table) or not match["title"]:
        return True
    plain = following.plain.strip()
    ends_letter = _DATE.fullmatch(plain) or _SIGNATURE.fullmatch(plain) or _CLOSING_LINE.match(plain)
    return not (ends_letter or _ANNEX.fullmatch(plain) or _LIST_ENTRY.fullmatch(plain))


def _annex_title(stretch: Sequence[Block]) -> str:
    texts = [block.text.strip() for block in stretch[:4] if isinstance(block, Paragraph)]
    if not texts:
        return ""
    match = _ANNEX.fullmatch(fold(texts[0]))
    if match and match["title"]:
        return texts[0][match.start("title") :].strip()
    title = ""
    for text in texts[1:]:
        if len(text) > 50 or match_marker(fold(text)) or text[-1:] in "。：:；":
            break
        title += text
    return title


def _without_closing(stretch: Sequence[Block]) -> list[Block]:
    """Cut off what follows the last item: list of annexes, signature, date, copies, terms of force."""
    last_item = 0
    for index, block in enumerate(stretch):
        if (
            isinstance(block, Table)
            or block.heading_level is not None
            or (match_marker(block.plain) and not _is_list_of_annexes(stretch, index))
        ):
            last_item = index
    kept = list(stretch)
    was_listed = False
    for index in range(last_item + 1, len(kept)):
        block = kept[index]
        if not isinstance(block, Paragraph):
            continue
        if _is_listed_agency(kept[index - 1], block, was_listed=was_listed):
            was_listed = True
            continue
        was_listed = False
        exhorts = _EXHORTATION.match(block.plain) is not None and _is_complete(kept[last_item])
        if exhorts or _is_closing(block, kept[index + 1 : index + _LONGEST_CLOSING]):
            return kept if _holds_notes(kept[index:]) else kept[:index]
    return kept


def _holds_notes(blocks: Sequence[Block]) -> bool:
    """Return whether agencies are named time and again in some blocks, so that they cannot be a document's end."""
    labels = sum(isinstance(each, Paragraph) and _LABELLED_UNIT.search(each.plain) is not None for each in blocks)
    return labels > 1


def _is_listed_agency(before: Block, block: Paragraph, *, was_listed: bool) -> bool:
    """Return whether a line is one more agency below 责任单位：某局, and no signature."""
    is_labelled = isinstance(before, Paragraph) and _UNIT_LABEL.match(before.plain) is not None
    return (was_listed or is_labelled) and is_agency_line(block.plain)


def _is_complete(block: Block) -> bool:
    """Return whether an item has heading and text in one paragraph, so that the next may be no more of it."""
    return isinstance(block, Paragraph) and "。" in block.text[:-1]


def _is_list_of_annexes(stretch: Sequence[Block], index: int) -> bool:
    for block in reversed(stretch[max(index - 12, 0) : index]):
        if isinstance(block, Table):
            return False
        if _ANNEX_LIST.match(block.plain):
            return True
        if not _LIST_ENTRY.fullmatch(block.plain.strip()):
            return False
    return False


def _is_closing(block: Paragraph, following: Sequence[Block]) -> bool:
    plain = block.plain.strip()
    if _CLOSING_LINE.match(plain) or _DATE.fullmatch(plain) or is_closing_clause(plain):
        return True
    if _SIGNATURE.fullmatch(plain):
        return len(following) < _LONGEST_CLOSING - 1 and not any(
            isinstance(each, Paragraph) and (len(each.text) > 60 or "。" in each.text) for each in following[:3]
        )
    return False
