"""Lists of agencies: parted at their separators, without cutting names that contain one, and spelled out in full."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.agency_sharing import expand_shared_parts, is_bare_level
from planbook.plans.characters import CJK, fold, narrow, squeeze
from planbook.plans.departments import is_of_one_field

_GLOSS: Final = re.compile(
    r"\((?:以下)?[统合]?简?称[^()]{0,40}\)|\((?:以下简称|简称|下同|以下同|排名不分先后)[^()]{0,40}\)"
    r"|\([^()]{0,40}(?:下同|列第一|排第一|排名不分先后|为牵头)[^()]{0,30}\)"
)
_ROLE_IN_BRACKETS: Final = re.compile(r"\((牵头|主办|主责|总牵头|配合|协办|参与|参加|指导|负责)(?:单位|部门)?\)$")
_OPEN_END: Final = re.compile(
    r"等(?:(?:执法|监管|业务|行业|专业|审批|服务|管理|市直|县直|省直|区直)*(?:部门|单位)|(?:省|市|区|县|州)?(?:级|直|属)?(?:各|有关|相关|多个|职能|主管|成员|责任|[一二两三四五六七八九十]个?|\d个?)*"
    r"(?:部门(?:和|及)?单位|单位(?:和|及)?部门|部门|单位|机构|地区|地方|厅局|委办局|局委办|方面|地|"
    r"(?:重点|省属|市属|国有|省级|市级|金融|科研|高等|龙头|骨干|驻[省市县区]|中央)*(?:高校院所|企业|高校|院校|院所|学校|银行|园区|平台|团体|公司|机构)))?$"
)
_OPEN_BEFORE_MORE: Final = re.compile(r"等(?:(?:有关|相关|各|职能)*(?:部门|单位|厅局))?(?=和|及|以及|与|[,，、;；]|$)")
_CONJUNCTION: Final = re.compile(r"以及|会同|[和及与暨]")
_SEPARATORS: Final = "、,，;；/\n|"
_OPENING, _CLOSING = "([{<《“‘", ")]}>》”’"
_NOTHING: Final = re.compile(r"(?:无|暂无|待定|待明确|[-—/]+|同上|略)")
_NO_NAME: Final = re.compile(
    r"不再(?:列出|逐一|单独|重复|列明|注明)|为(?:牵头|主办|主责)(?:单位|部门)?$|^以下(?:同|任务同)|^(?:下同|等|各自|分别|共同|并|且|为|由)$|^\d+(?:\.\d+)?分?$"
    r"|^(?:每[年季月周半]|20\d\d年|\d{1,2}月)"
)
_LEADING_WORDS: Final = re.compile(
    r"^(?:(?:以[上下]|上述)(?:\S{0,8}?(?:任务|工作|措施|事项|内容|条款?|项))?(?:均|都|分别)?[由需]|由|请|并由|以及|[和及与])(?=.{2})"
)
_TRAILING_WORDS: Final = re.compile(
    r"(?:(?:按|按照|根据|依据|依)?(?:各自)?(?:的)?职[责能](?:任务)?(?:分工)?(?:分别|共同|协同|抓好)*(?:负责|落实|实施)?|分别|共同|各自|具体)$"
)
_DUTY_BEHIND: Final = re.compile(r"(?<=.{2})等?(?:按照?|根据|依据)(?:各自)?(?:的)?职[责能].*$")
_LABEL_BEHIND: Final = re.compile(
    r"(?<=.{2})(?:(?:分管|责任|牵头|配合|主管|联系|完成|办结)[^:]{0,6}|备注|附注|说明|附件\d?|(?:本文|文章|信息|资料)?来源)\s*:.*$"
)
_MARKS: Final = "*★☆△▲◆◇※#"
_LONGEST_LIST: Final = 4000


@dataclass(frozen=True, slots=True)
class ListedAgency:
    """One agency of a list.

    Attributes:
        name: Its name in full.
        role: What a bracket behind the name says (牵头, 配合…), empty where nothing.
        is_marked: A star or the like stands at the name.
        is_doubtful: It does not end as agencies do, or was spelled out on a guess.
    """

    name: str
    role: str = ""
    is_marked: bool = False
    is_doubtful: bool = False


def split_agencies(text: str, cities: Sequence[str] = ()) -> tuple[ListedAgency, ...]:
    """Return the agencies that a list names, in order, each once, shared parts and city groups spelled out.

    Args:
        text: The list, without label.
        cities: Cities that the document names; they decide who 武鄂黄黄咸五市 are.
    """
    text = _without_glosses(narrow(text[:_LONGEST_LIST]).strip(" 。.：:"))
    pieces = [name for part in _split(text) for piece in _split_conjunctions(part) for name in _split_fused(piece)]
    names: list[str] = []
    for piece in _join_levels(pieces):
        names.extend(_without_open_end(piece))
    roles: dict[int, str] = {}
    marked: set[int] = set()
    bare: list[str] = []
    for name in names:
        clean, role, is_marked = _clean_name(name)
        if not clean or _NOTHING.fullmatch(clean) or _NO_NAME.search(clean) or ":" in fold(clean):
            continue  # 分管局领导：张某 is a label that is not known, no agency
        if role:
            roles[len(bare)] = role
        if is_marked:
            marked.add(len(bare))
        bare.append(clean)
    found: dict[str, ListedAgency] = {}
    for full in expand_shared_parts(bare, cities):
        doubtful = full.is_guessed or not ends_as_agency(full.name)
        agency = ListedAgency(full.name, roles.get(full.index, ""), full.index in marked, doubtful)
        found.setdefault(squeeze(full.name), agency)
    return tuple(found.values())


def _without_glosses(text: str) -> str:
    plain = fold(text)
    for match in reversed(list(_GLOSS.finditer(plain))):
        text = text[: match.start()] + text[match.end() :]
    return text


def _split(text: str) -> Iterator[str]:
    """Part a list at its separators, those within brackets and quotation marks left alone."""
    plain = fold(text)
    closes = _closing_offsets(plain)
    start = offset = 0
    while offset < len(plain):
        character = plain[offset]
        if offset in closes:
            offset = closes[offset]
        elif character == "\n" and _is_wrapped(text[start:offset], text[offset + 1 :]):
            pass
        elif character in _SEPARATORS or (character == " " and _parts_names(text[start:offset], text[offset + 1 :])):
            yield text[start:offset]
            start = offset + 1
        offset += 1
    yield text[start:]


def _is_wrapped(left: str, right: str) -> bool:
    """Return whether a line ends within a name (市人力资源 | 社会保障局): both halves are one department's name."""
    before, after = re.fullmatch(rf"\s*[省市区县州镇]([{CJK}]{{2,10}})", left), re.match(rf"[{CJK}]{{2,12}}", right)
    return before is not None and after is not None and is_of_one_field(before[1] + after[0])


def _parts_names(left: str, right: str) -> bool:
    """A blank separates two whole names; elsewhere scanning left it within one."""
    return ends_as_agency(left) and re.match(rf"[{CJK}*★]{{2}}", right) is not None and left[-1] not in "市省区县州"


def _closing_offsets(plain: str) -> dict[int, int]:
    """Offset of the bracket that closes each opening one; one that is never closed is no bracket."""
    closes: dict[int, int] = {}
    open_at: list[int] = []
    for offset, character in enumerate(plain):
        if character in _OPENING:
            open_at.append(offset)
        elif character in _CLOSING and open_at:
            closes[open_at.pop()] = offset
    return closes


def _split_conjunctions(piece: str) -> Iterator[str]:
    """Part at 和, 及, 与 where a whole name stands on either side (省住房和城乡建设厅 is one name)."""
    plain = fold(piece)
    closes = _closing_offsets(plain)
    start = 0
    for match in _CONJUNCTION.finditer(plain):
        if any(opened < match.start() < closed for opened, closed in closes.items()):
            continue
        left, right = plain[start : match.start()].strip(), plain[match.end() :].strip()
        opens = _OPEN_END.search(left) is not None
        is_whole = (ends_as_agency(left) or opens) and len(left) > 1 and len(right) > 1
        is_dependent = right.startswith(("其", "所属", "下属")) or _DEPENDENT.fullmatch(right) is not None
        if is_whole and not is_dependent and not _is_name_with_conjunction(left, right):
            yield piece[start : match.start()]
            start = match.end()
    yield piece[start:]


_FUSED: Final = re.compile(
    r"(?<=[局厅委])(?:(?=国网|中国)|(?=(?P<level>[省市县区])(?!中区|北区|南区)[\u4e00-\u9fff]{2,14}(?:局|厅|委|办|会|中心)))"
)


def _split_fused(piece: str) -> Iterator[str]:
    """Part names that lost what stood between them (市财政局市民政局), as cells of a table do when lines are joined.

    A second name is believed only where it repeats the level that the first begins with.
    """
    piece = piece.strip()
    plain = fold(piece)
    start = 0
    for match in _FUSED.finditer(plain):
        if match.start() - start > _SHORTEST_FUSED and (not match["level"] or plain.startswith(match["level"])):
            yield piece[start : match.start()]
            start = match.start()
    yield piece[start:]


_SHORTEST_FUSED: Final = 3
_DEPENDENT: Final = re.compile(r"(?:有关|相关|各)?(?:人民政府|政府|单位|部门|机构|党委|党组|企业|街道|园区)(?:等)?")
_INNER_NAMES: Final = re.compile(r"(?:社会工作|机关|园区|企业|单位|部门|机构|院校|平台|市|县|区|村)$")


def _is_name_with_conjunction(left: str, right: str) -> bool:
    """领导小组及成员单位, 企业和园区发展局: the left part ends like an agency but is none by itself."""
    if right.startswith(("成员", "有关成员", "各成员")):
        return True
    is_common_noun = _INNER_NAMES.search(left) is not None and not left.startswith(("各", "有关", "相关", "省", "市"))
    return is_common_noun and re.search(r"(?:厅|局|委|办|部|处|中心|会)$", right) is not None and "各" not in right


def _join_levels(pieces: Sequence[str]) -> Iterator[str]:
    """Put names together again that contain a separator: 各区、县级市; 各市、县（市、区）人民政府."""
    joined: list[str] = []
    for piece in (piece.strip() for piece in pieces):
        if not piece:
            continue
        is_level = joined and is_bare_level(fold(joined[-1]), needs_all=False)
        is_open = joined and _LEAGUES.fullmatch(fold(joined[-1])) is not None
        is_pair = joined and _PARTY.search(fold(joined[-1])) and _ITS_GOVERNMENT.fullmatch(fold(piece))
        if is_pair or ((is_level or is_open) and _continues_levels(fold(piece))):
            joined[-1] = f"{joined[-1]}、{piece}"
        else:
            joined.append(piece)
    yield from joined


_OF_GOVERNMENTS: Final = re.compile(r"(.+?)(?:人民政府|政府|党委|党政)(?:\(.*\))?")
# 各县（区）党委、政府; 高新区党工委、管委会: two bodies of one place, written as one.
_PARTY: Final = re.compile(r"党(?:工?委|组)$")
_ITS_GOVERNMENT: Final = re.compile(r"(?:人民)?政府|管委会|办事处")
_LEAGUES: Final = re.compile(r"各(?:盟|地区|州)行政(?:公署|专署)")


def _continues_levels(plain: str) -> bool:
    if plain.startswith(("各", "有关", "相关")):
        return False
    if is_bare_level(plain, needs_all=False):
        return True
    head = _OF_GOVERNMENTS.fullmatch(plain)
    return head is not None and is_bare_level(head[1], needs_all=False)


def _without_open_end(piece: str) -> Iterator[str]:
    """Take 等, 等部门, 等单位 off; what follows them is a name of its own."""
    plain = fold(piece)
    match = _OPEN_BEFORE_MORE.search(plain)
    if match and match.end() < len(plain) and ends_as_agency(plain[: match.start()]):
        yield piece[: match.start()]
        yield piece[match.end() :].lstrip("和及与以、，, ")
        return
    end = _OPEN_END.search(plain)
    if end and end.start() > 1:
        stem = piece[: end.start()]
        is_stem = not ends_as_agency(stem)
        yield f"{stem}部门" if is_stem and end[0].endswith("部门") else stem
        return
    yield piece


def _clean_name(name: str) -> tuple[str, str, bool]:
    """Return a name without blanks, marks, function words and role, the role, and whether it is marked."""
    name = re.sub(r"\s+", "", name).strip("。.:：-—“”\"'")
    is_marked = bool(name) and (name[0] in _MARKS or name[-1] in _MARKS)
    name = _DUTY_BEHIND.sub("", name.strip(_MARKS))
    name = name[: label.start()] if (label := _LABEL_BEHIND.search(fold(name))) else name
    plain = fold(name)
    role = ""
    match = _ROLE_IN_BRACKETS.search(plain)
    if match:
        role, name = match[1], name[: match.start()]
    for pattern in (_LEADING_WORDS, _TRAILING_WORDS):
        found = pattern.search(fold(name))
        if found and found.end() - found.start() < len(name):
            name = name[: found.start()] + name[found.end() :]
    opened, closed = fold(name).count("("), fold(name).count(")")
    if closed > opened:
        name = name.rstrip(")）]】")
    elif opened > closed:
        name = name + ("）" if "（" in name else ")")
    return name.strip(" 、，,;；"), role, is_marked
