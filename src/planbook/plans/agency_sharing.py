"""Names that share a part: 武汉市、鄂州市人民政府; 市科技局、财政局; 省科技、财政等部门; 长株潭三市人民政府."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.characters import CJK, fold
from planbook.plans.departments import is_department
from planbook.plans.gazetteer import is_place, match_city_group, resolve_city_group, starts_with_place
from planbook.plans.numbers import parse_ordinal

_LEVEL: Final = (
    r"(?:地级(?:以上)?|设区的?|县级|省直管|直管)?(?:自治区|直辖市|计划单列市|省(?![直级属])|市州|市县区?|县市区?|区县市?|县区|市区|镇街|街镇|乡镇街?道?|市|州|区|县|旗|盟|自治[州县]|园区|开发区|"
    r"功能区|新区|镇|乡|街道|高新区|经开区|林区|片区)(?:\([^()]{1,12}\))?"
)
_BARE_LEVEL: Final = re.compile(rf"(?:全[省市区县])?(各|有关|相关|各有关|各相关)?(?:{_LEVEL})(?:[、和及]{_LEVEL})*")
_NOT_A_PLACE: Final = re.compile(
    r"(?:新|园|开发|高新|经开|示范|片|管理|功能|度假|保税|试验|实验|自贸|景|校|社|小|军|港|林|库|湖|灌|矿|特|集聚|先行|合作|风景)区$"
    r"|^(?:主|中心|建成|全|老)?城区$|^(?:各|有关|相关|全)|市州$|(?:城|超|股|夜|门|上)市$"
)
_BARE_PLACE: Final = re.compile(rf"[{CJK}]{{1,8}}(?:省|市|县|区|州|盟|旗)")
_PLACE_WITH_SUFFIX: Final = re.compile(
    rf"([{CJK}]{{1,8}}?(?:自治区|自治州|自治县|省(?!市场)|市(?!场)|县(?!域)|区(?!域)|州|盟|旗))((?:人民)?政府|[{CJK}]{{2,10}}?(?:局|委|办|厅|委员会|办公室|管委会)|党委政府)"
)
_ZONE: Final = rf"[{CJK}]{{0,10}}(?:高新|经开|开发|新|园|示范|度假|保税|管理|试验|自贸|功能|风景|名胜)区"
_BARE_ZONE: Final = re.compile(rf"(?![各省市区县州]?(?:有关|相关|各))(?:{_ZONE})")
_ZONE_WITH_SUFFIX: Final = re.compile(rf"({_ZONE})(?:管委会|管理委员会|党工委管委会)")
_COUNTED_PLACES: Final = re.compile(
    rf"([{CJK}]{{2,8}}?)(?:等)?([二两三四五六七八九十]|\d{{1,2}})(市|州|县|区)([{CJK}]{{2,12}})?"
)
_MISCOUNTED_PLACES: Final = re.compile(rf"[{CJK}]{{2,8}}[二两三四五六七八九][市州县区](?:(?:人民)?政府|党委政府)?")
_CITY_IN_ZHOU: Final = re.compile(rf"[{CJK}]州")
_SUCH_PLACES: Final = re.compile(
    rf"([{CJK}]{{2,8}}?)等([二两三四五六七八九十\d]{{0,2}})(市|州|县|区|地)([{CJK}]{{2,12}})?"
)
_LONGEST_SHORT_PLACE: Final = 4
_DEPARTMENT_SUFFIX: Final = re.compile(r"(部门|厅|局|委|办)$")
_DEPARTMENT: Final = re.compile(rf"[{CJK}]{{2,14}}(?:厅|局|委|委员会|办|办公室|部门|厅局)(?:\([^()]*\))?")
_PREFIX: Final = re.compile(
    rf"(?:[{CJK}]{{2,6}}?(?=[省市县区州](?!委)))?(?:省|市(?!场)|县(?!域)|区(?!域)|州|自治区|盟|旗|各级)"
    r"(?!委|直|级|属|政府|人民)"
)
_NO_PREFIX: Final = re.compile(
    r"^(?:各|有关|相关|国家|国务院|中央|中共|中国|全国|人民银行|人行|国网|团|党委|纪委|监委|政法委|编办|网信办|台办|文明办|统战部|宣传部|组织部|"
    r"军民融合|工商联|驻|[省市县区州盟旗](?!场|域))|银保监|证监|金融监管|(?<!市场)监管局$|海关|海事|外汇|通信管理|邮政管理|铁路|民航|专员办|监察专员|管委会|领导小组|指挥部|专班|"
    r"^(?:长江|长航|黄河|黄委|淮河|淮委|珠江|珠委|海河|海委|松辽|太湖)|"
    r"中心|公司|集团|银行|[省市县区州]委|街道|[镇乡村](?:政府)?$"
)
_OUTSIDE_LEVELS: Final = re.compile(
    r"^(?:国家|国务院|中央|中共|中国|人民银行|[省市县区州]委)|(?<!市场)监管局|证监局|海关|分行|中支|铁路|民航|驻"
)


@dataclass(frozen=True, slots=True)
class FullName:
    """A name spelled out: which item of the list it came from, and whether that took a guess."""

    name: str
    index: int
    is_guessed: bool = False


def is_bare_level(plain: str, *, needs_all: bool) -> bool:
    """Return whether a folded name is only a kind of place (各区, 县级市), 各 in front required or not."""
    match = _BARE_LEVEL.fullmatch(plain)
    return match is not None and (bool(match[1]) or not needs_all)


def expand_shared_parts(names: Sequence[str], cities: Sequence[str]) -> list[FullName]:
    """Return `names` with the parts that they share written out, in order."""
    full = [FullName(name, index) for index, name in enumerate(names)]
    full = _expand_places(full, cities)
    full = _share_department_suffix(full)
    return _share_prefix(full, cities)


def _expand_places(names: Sequence[FullName], cities: Sequence[str]) -> list[FullName]:
    expanded: list[FullName] = []
    for each in names:
        group = match_city_group(fold(each.name))
        members = resolve_city_group(group[0], cities) if group else ()
        if group and members:
            suffix = each.name[group[1] :]
            expanded.extend(FullName(f"{city}市{suffix}", each.index) for city in members)
            continue
        counted = _counted_places(each, expanded)
        if counted is not None:
            expanded.extend(counted)
            continue
        if _MISCOUNTED_PLACES.fullmatch(fold(each.name)):  # 望川三市人民政府, but not three places stand there
            expanded.append(FullName(each.name, each.index, is_guessed=True))
            continue
        zone = _ZONE_WITH_SUFFIX.fullmatch(fold(each.name))
        match = _PLACE_WITH_SUFFIX.fullmatch(fold(each.name))
        if zone:
            _share_committee_back(expanded, each.name[zone.end(1) :])
        elif match:
            _share_suffix_back(expanded, match[1], each.name[match.end(1) :])
        expanded.append(each)
    return expanded


def _counted_places(each: FullName, before: list[FullName]) -> list[FullName] | None:
    """武汉、鄂州、黄石三市人民政府; 武汉、鄂州等市人民政府: names of cities counted or left open at the end."""
    plain = fold(each.name)
    match = _COUNTED_PLACES.fullmatch(plain) or _SUCH_PLACES.fullmatch(plain)
    if not match:
        return None
    level, suffix = match[3], match[4] or ""
    is_of_places = re.fullmatch("(?:人民)?政府|党委政府|", suffix) is not None
    if not is_place(match[1]) and not (is_of_places and len(match[1]) <= _LONGEST_SHORT_PLACE):
        return None
    if level == "地":
        level = "市"
    start = len(before)
    while start and _is_short_place(before[start - 1].name, is_of_places=is_of_places):
        start -= 1
    count = parse_ordinal(match[2]) if match[2] else None
    if count is not None and count != len(before) - start + 1 and "等" not in plain:
        return None
    for index in range(start, len(before)):
        before[index] = FullName(f"{before[index].name}{level}{suffix}", before[index].index)
    return [FullName(f"{match[1]}{level}{suffix}", each.index)]


def _share_suffix_back(before: list[FullName], place: str, suffix: str) -> None:
    """Give the suffix of `place` to the bare places that stand right before it."""
    for index in range(len(before) - 1, -1, -1):
        name = before[index].name
        plain = fold(name)
        if place[-1] == "市" and _CITY_IN_ZHOU.fullmatch(plain):  # 杭州 is short for a city, 凉山州 is no city
            before[index] = FullName(f"{name}市{suffix}", before[index].index)
        elif _BARE_PLACE.fullmatch(plain) and not _NOT_A_PLACE.search(plain) and not _DEPARTMENT.fullmatch(plain):
            before[index] = FullName(name + suffix, before[index].index)
        elif _is_short_place(plain, is_of_places=suffix.endswith("政府")) and place[-1] in "市州县":
            before[index] = FullName(f"{name}{place[-1]}{suffix}", before[index].index)
        else:
            return


def _share_committee_back(before: list[FullName], suffix: str) -> None:
    """高新区、经开区管委会: the committee of the last zone stands for those of the bare zones before it."""
    for index in range(len(before) - 1, -1, -1):
        if not _BARE_ZONE.fullmatch(fold(before[index].name)):
            return
        before[index] = FullName(before[index].name + suffix, before[index].index)


def _is_short_place(name: str, *, is_of_places: bool) -> bool:
    """Return whether a name is a place without its level (长沙); before 市人民政府 any short word is one."""
    plain = fold(name)
    is_short = re.fullmatch(rf"[{CJK}]{{2,{_LONGEST_SHORT_PLACE}}}", plain) is not None
    is_name = not ends_as_agency(plain) or _CITY_IN_ZHOU.fullmatch(plain) is not None
    return is_place(plain) or (is_of_places and is_short and is_name)


def _is_stem(plain: str) -> bool:
    """Return whether a name is a department's field alone (财政, 省发展改革)."""
    return re.fullmatch(rf"[{CJK}]{{2,12}}", plain) is not None and not ends_as_agency(plain)


def _share_department_suffix(names: Sequence[FullName]) -> list[FullName]:
    """省科技、财政、教育厅 and 省科技、财政等部门: the last name's suffix belongs to the fields before it."""
    shared = list(names)
    for index in range(len(shared) - 1, 0, -1):
        suffix = _DEPARTMENT_SUFFIX.search(fold(shared[index].name))
        if not suffix:
            continue
        at = index - 1
        while at >= 0 and _is_stem(fold(shared[at].name)):
            if _are_apart(fold(shared[at].name), fold(shared[index].name), suffix[1]):
                break
            is_guessed = suffix[1] != "部门"
            shared[at] = FullName(shared[at].name + suffix[1], shared[at].index, is_guessed)
            at -= 1
    return shared


def _are_apart(stem: str, last: str, suffix: str) -> bool:
    """Return whether two names of one level each (省社科规划、省地震局) share no suffix: no department comes out."""
    own = _PREFIX.match(stem)
    return own is not None and _PREFIX.match(last) is not None and not is_department(stem[own.end() :] + suffix)


def _lacks_prefix(plain: str, places: Sequence[str]) -> bool:
    has_place = starts_with_place(plain) or plain.startswith(tuple(places))
    return is_department(plain) and not _NO_PREFIX.search(plain) and not has_place


def _share_prefix(names: Sequence[FullName], places: Sequence[str]) -> list[FullName]:
    """市科技局、财政局: the level in front of the first name holds for the bare departments that follow at once.

    It never comes from, or goes past, a Party organ or a branch of a central authority: 省委宣传部、湖南证监局.
    """
    shared: list[FullName] = []
    prefix = ""
    for each in names:
        plain = fold(each.name)
        own = _PREFIX.match(plain)
        if _OUTSIDE_LEVELS.search(plain):
            prefix = ""
        elif own and _DEPARTMENT.fullmatch(plain[own.end() :]):
            prefix = own[0]
        elif prefix and _lacks_prefix(plain, places):
            each = FullName(prefix + each.name, each.index, each.is_guessed)  # noqa: PLW2901 - the name in full
        else:
            prefix = ""
        shared.append(each)
    return shared
