"""Roles of agencies: labels (牵头单位：) and verbs (…牵头，…配合) that say who leads, helps or guides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.agency_names import ListedAgency, split_agencies
from planbook.plans.characters import CJK, fold


class Role(Enum):
    """What a text says of an agency's part in a task."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """Agencies that share a role in one note."""

    role: Role
    agencies: tuple[ListedAgency, ...]


_ROLE_WORD: Final = (
    r"牵头|责任|主责|主办|承办|负责|配合|协办|参与|参加|协同|协助|支持|指导|落实|实施|组织|考核|督办|督导|监督|完成|联合|协作|主管|"
    r"主体|监管|属地|行业|会办|建设|推进|分管|联系|挂点|挂钩|包联|包保|业务|第一|主要|其他|其它|共同|具体|直接|总|省级|市级|区级|县级|省直|市直|成员|各"
)
_UNIT_WORD: Final = (
    r"单位|部门|机构|领导|主体|处室|科室|股室|责任人|负责人|联系人|人员|人|方|者|[省市县区委厅局院署镇]领导|同志|地区|区县|"
    r"市州|分工"
)
ROLE_LABEL: Final = (
    rf"(?:{_ROLE_WORD}){{1,5}}(?:\((?:{_ROLE_WORD}|{_UNIT_WORD}){{1,2}}\))?(?:{_UNIT_WORD}){{0,2}}"
    rf"(?:[及和、/](?:{_ROLE_WORD}){{0,4}}(?:{_UNIT_WORD})?)?(?:\((?:{_UNIT_WORD}|{_ROLE_WORD}|排名不分先后)\))?"
)
"""Pattern of a label that names a role, without its colon; for folded text."""
DATE_LABEL: Final = (
    r"(?:(?:完成|办结|工作|整改|目标|进度|任务|计划|预计|实施|推进|落实|建设){0,2}(?:时限|时间节点|时间要求|时限要求|时间进度|时间安排|"
    r"进度安排|完成时间|完成期限|完成时限|期限|年限|时间表)|(?:完成|办结|实施|建设)时间|(?:考核)?分值|权重|进度要求|节点要求|联系(?:电话|方式)|电话|邮箱)"
)
"""Pattern of a label for a date or score that stands beside unit labels."""
FIELD_LABEL: Final = rf"(?:{DATE_LABEL}|(?:项目|建设|计划)?(?:总?投资|资金|经费|预算)(?:来源|规模|额|总额|概算)?)"
"""Pattern of a label for anything else but agencies that stands beside them: a date, a score, a sum of money."""

LABEL_IN_BRACKETS: Final = rf"\(\s*(?:{_ROLE_WORD}){{1,4}}(?:单位|部门|领导|主体)\s*\)\s*:?"
"""Pattern of a label that stands in brackets of its own: 【责任单位】省科技厅; for folded text."""

_LABEL: Final = re.compile(
    rf"(?P<role>(?:(?<![{CJK}])|(?<=[厅局委办府会部站科处室所院校行社区镇乡])){ROLE_LABEL})\s*:|(?P<field>(?:(?<![{CJK}])|(?<=[厅局委办府会部站科处室所院校行社区镇乡])){FIELD_LABEL})\s*:|(?P<boxed>{LABEL_IN_BRACKETS})"
    r"|(?P<fused>(?:牵头|责任|配合|主办|协办)(?:单位|部门))\s*:"  # 牵头领导:李某牵头单位:…, all on one line
)
_UNCOLONED: Final = re.compile(
    r"(?:^|(?<=[,;，；。\s]))(?P<role>(?:牵头|责任|主办|协办|承办|配合|主责|参与|指导)(?:责任)?(?:单位|部门))(?:为|是|\s)?(?=[省市区县州各国中湖长])"
)
_LEADING: Final = re.compile(r"牵头|主办|主责|^总|第一责任|主要责任|主要负责")
_HELPING: Final = re.compile(r"配合|协办|参与|参加|协同|协助|支持|联合|协作|会办|其他|其它|成员")
_GUIDING: Final = re.compile(r"指导|督导|督办|监督|考核")
_PERSONAL: Final = re.compile(r"领导|责任人|负责人|联系人|同志|人员|^联系$|人$")

_DUTY = r"(?:(?:按照|按|根据|依据|依)?(?:各自)?的?职[责能](?:任务)?(?:分工)?)"
_VERBS: Final[tuple[tuple[Role, str], ...]] = (
    (
        Role.LEAD,
        r"(?:共同|联合|总)?牵头(?:负责|组织|实施|落实|推进|抓总|办理|统筹|协调|抓落实|单位|会同)*|(?:为|是)?(?:主办|主责)(?:单位|部门)?",
    ),
    (
        Role.GUIDE,
        r"(?:负责|加强|给予)?(?:业务|技术|政策)?(?:指导|督导)(?:单位|支持)?",
    ),
    (
        Role.SUPPORT,
        rf"{_DUTY}?(?:积极|共同|分别|予以|给予|做好|密切)*(?:配合|协办|协助|协同|参与|参加|支持|会办|协作)(?:负责|落实|实施|推进|做好|单位|部门|参与|配合|工作)*",
    ),
    (
        Role.RESPONSIBLE,
        rf"{_DUTY}?(?:分别|共同|具体|各自|分工|组织|承担|主要|协同|抓好|统筹|牢牢)*(?:负责|落实|实施|承办|办理|推进|执行)(?:落实|实施|推进|组织|办理|到位)*|{_DUTY}",
    ),
)
_VERB: Final = re.compile("|".join(f"(?P<{role.name}>{pattern})" for role, pattern in _VERBS))
_ROLE_OF_OTHER: Final = re.compile(r"(?<=.)[（(]([^()（）]{3,20}?)(牵头|配合|协办|参与|参加|指导)[）)]")
_TOGETHER: Final = re.compile(r"会同|联合|商(?=[省市区县])")
_AFTER_VERB: Final = re.compile(r"[\s、,)]|[省市区县州各国中有相由等与和及]|其他|其余|相关")
_LONGEST_NAME: Final = 30
_BY: Final = re.compile(r"(?<=.)(?<!自)由")  # 项目建设由项目单位负责 is a sentence, 自由贸易试验区 a name
_LIST_WITH_STRANGER: Final = 3  # names
_LONGEST_STRANGER: Final = 10
_CLAUSE_END: Final = ";；,，。\n"
_DATE_CLAUSE: Final = re.compile(
    r"(?:于|在|力争|确保|计划|到)?(?:20\d\d|今|明|当|每|本)?\s*年?\s*(?:\d{1,2}月)?(?:\d{1,2}日)?[^厅局委办]{0,6}(?:年|月|日|底|末|季度|半年)(?:底|末|份)?(?:之?前|以前|内)?"
    r"(?:(?:完成|落实|办结|实施|取得|建成|竣工|投|开工|启动|出台|印发|上线|到位|见效)[^,，厅局委办]{0,8}|持续推进)?|长期(?:坚持|推进|实施)?|持续(?:推进|实施|开展)|(?:每[年季月周]度?|常年|全年|常态化|适时|按年度|逐年)[^厅局委办,，]{0,8}|\d+(?:\.\d+)?\s*分|(?:本项)?分值\d+"
)
# 第四项由市文化和旅游局牵头: it speaks of another item than the one it stands at.
_OF_ONE_ITEM: Final = re.compile(
    r"(?:其中)?第?\(?[一二三四五六七八九十\d]{1,3}\)?(?:[、至-]第?\(?[一二三四五六七八九十\d]{1,3}\)?)*[项条款](?:工作|任务|措施|内容)?[由均]"
)
_GENERIC: Final = re.compile(
    r"(?:龙头|链主|骨干|相关|有关|重点|社会|中介|金融|科研|市场|专业|第三方|服务|国有|民营|创新型|领军|参与|牵头|各类|高等|"
    r"企业|高校|院校|院所|机构|平台|政府|学校|协会|商会|学会|联盟|部门|单位|集团|公司|医院|大学|团队|中心|市|县|区|乡镇|村|街道)+"
    r"|.*(?:团队|部队)"
)
_OFFICE: Final = re.compile(
    r"(?:厅|局|委|办|部|署|院|政府|管委会|委员会|办公室|中心|公司|集团|会|处|支队|总队|专班|指挥部|小组|银行|海关|大学|部门|单位|园区|新区|高新区|经开区|市|州|县|区|"
    r"督查室|督办室|研究室|党校|"
    r"妇联|残联|工商联|文联|侨联|社科联|科协|作协|供销社|总社|队|分行|街道|[镇乡]|(?:水文|监测|气象|卫生|检疫)站|"
    r"(?:司法|派出|财政|供电|卫生|农科|自然资源)所)(?:\([^()]*\))?$"
)
_STRONG_OFFICE: Final = re.compile(
    r"(?:厅|局|委|办|部|院|署|政府|管委会|委员会|办公室|督查室|中心|公司|集团|部门|单位|支队|总队|会|党委|队|妇联|残联|工商联|文联|侨联|社科联|科协|作协|供销社|总社|分行|海关|银行|党校|等)(?:\([^()]*\))?$"
)
_DIVISION: Final = re.compile(rf"[{CJK}]{{2,8}}(?:处|科|室|股|站|所|队|部|中心)")
_LEVEL_START: Final = re.compile(rf"(?:各|有关|相关|省|市|区|县|州|镇|乡|国家|[{CJK}]{{2,4}}[省市区县州])")


def has_label(plain: str) -> bool:
    """Return whether a folded note's text has a label, at its head or at the head of a clause."""
    return any(
        not plain[: match.start()].strip()
        or plain[: match.start()].rstrip()[-1] in ";；,，。、\n"
        or match.start() < 12
        for pattern in (_LABEL, _UNCOLONED)
        for match in pattern.finditer(plain)
    )


def label_role(label: str) -> Role | None:
    """Return the role that a label gives, None where it names persons."""
    plain = fold(label)
    if _PERSONAL.search(plain) and not re.search(r"单位|部门", plain):
        return None
    if _LEADING.search(plain):
        return Role.LEAD
    if _HELPING.search(plain):
        return Role.SUPPORT
    if _GUIDING.search(plain):
        return Role.GUIDE
    return Role.RESPONSIBLE


def parse_roles(content: str, cities: Sequence[str] = ()) -> tuple[RoleEntry, ...]:
    """Return roles and agencies of a labelled note, brackets taken off."""
    entries: list[RoleEntry] = []
    plain = fold(content)
    labels = sorted([*_LABEL.finditer(plain), *_UNCOLONED.finditer(plain)], key=lambda match: match.start())
    labels = [match for index, match in enumerate(labels) if not index or match.start() >= labels[index - 1].end()]
    head = content[: labels[0].start()] if labels else content
    entries.extend(_parse_clauses(head, None, cities))
    for index, match in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(content)
        if match.groupdict().get("field"):
            continue
        groups = match.groupdict()
        role = label_role(groups.get("boxed") or groups.get("role") or groups.get("fused") or "")
        if role is not None:
            entries.extend(_parse_clauses(content[match.end() : end], role, cities))
    return tuple(entry for entry in entries if entry.agencies)


def parse_plain_note(
    content: str, cities: Sequence[str], *, allows_bare_list: bool, is_after_stop: bool = False
) -> tuple[RoleEntry, ...] | None:
    """Return roles and agencies of a note without label, None where it is running text.

    Every word must be an agency, a role verb or a date;企业牵头、高校参与 is no note.
    """
    plain = fold(content).strip(" 。")
    if not plain or len(plain) > 1500:
        return None
    if re.match(rf"(?:{ROLE_LABEL})(?:\s*:|$)", plain) or re.search(rf"(?:{ROLE_LABEL})\s*:", plain):
        return None
    if _DATE_CLAUSE.fullmatch(plain):
        return () if re.search(r"前|完成|长期|持续|分", plain) else None
    has_verb = next(_verbs(plain), None) is not None
    if not has_verb and not allows_bare_list:
        return None
    entries = [entry for entry in _parse_clauses(content, None, cities) if entry.agencies]
    names = [agency for entry in entries for agency in entry.agencies]
    doubtful = sum(agency.is_doubtful and not agency.name.endswith("部门") for agency in names)
    # Among offices, behind the last sentence, one name of an unknown kind (某车务段) is an agency to be checked.
    is_among_offices = has_verb or is_after_stop
    if doubtful and (not is_among_offices or doubtful > 1 or len(names) < _LIST_WITH_STRANGER):
        return None
    if any(len(agency.name) > _LONGEST_NAME or _BY.search(agency.name) for agency in names):
        return None
    own = [agency for agency in names if _OFFICE.search(fold(agency.name)) and not _GENERIC.fullmatch(agency.name)]
    own = own or [agency for agency in names if is_after_stop and _DIVISION.fullmatch(fold(agency.name))]
    if not own or not _is_used_up(plain):
        return None
    if not has_verb and not _is_list_of_offices([fold(agency.name) for agency in names], is_after_stop=is_after_stop):
        return None
    return tuple(entries)


def _is_list_of_offices(names: Sequence[str], *, is_after_stop: bool) -> bool:
    """Return whether a bracket holds nothing but offices; behind a full stop even ministries without a level."""
    if not is_after_stop and not _LEVEL_START.match(names[0]):
        return False
    if is_after_stop and all(_DIVISION.fullmatch(name) or _STRONG_OFFICE.search(name) for name in names):
        return not any(_GENERIC.fullmatch(name) for name in names)
    strong = sum(name.startswith("各") or _STRONG_OFFICE.search(name) is not None for name in names)
    return not any(_GENERIC.fullmatch(name) for name in names) and strong * 2 >= len(names)


def _is_used_up(plain: str) -> bool:
    """Return whether no clause goes on after its last verb with anything but names."""
    for clause in _clauses(plain):
        stretches = list(_verbs(clause))
        tail = clause[stretches[-1][1] :] if stretches else ""
        if tail.strip(" )。") and not ends_as_agency(tail) and not tail.strip().endswith("等"):
            return False
    return True


def _clauses(text: str) -> Iterator[str]:
    """Part at ；，。 outside brackets."""
    depth = start = 0
    for offset, character in enumerate(fold(text)):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character in _CLAUSE_END and not depth:
            yield text[start:offset]
            start = offset + 1
    yield text[start:]


def _verbs(plain: str) -> Iterator[tuple[int, int, Role]]:
    """Yield (start, end, role) of each role verb: one that follows the name of an agency."""
    end = 0
    for match in _VERB.finditer(plain):
        if plain.count("(", 0, match.start()) > plain.count(")", 0, match.start()):
            continue  # 省国资委(省科技厅指导)、…: what a bracket says holds within it
        before = plain[end : match.start()].strip()
        follows_name = ends_as_agency(before) or before.endswith("等") or (not before and match.start() == 0)
        if not follows_name and match.end() == len(plain):  # 市公安局、国铁平江站配合: one stranger among offices
            names = before.split("、")
            follows_name = len(names) > 1 and len(names[-1]) <= _LONGEST_STRANGER and ends_as_agency(names[-2])
        is_whole = match.end() == len(plain) or _AFTER_VERB.match(plain, match.end()) is not None
        if follows_name and match[0] and is_whole and (not before or len(before) > 1):
            yield match.start(), match.end(), Role[match.lastgroup or "RESPONSIBLE"]
            end = match.end()


def _without_stray_brackets(clause: str) -> str:
    clause = clause.strip()
    plain = fold(clause)
    opened, closed = plain.count("("), plain.count(")")
    if closed > opened:
        return clause.rstrip(" )）]】")
    return clause.lstrip(" (（[【") if opened > closed else clause


def _parse_clauses(content: str, default: Role | None, cities: Sequence[str]) -> Iterator[RoleEntry]:
    """Yield the roles of a stretch without labels.

    Names wait for their verb (省科技厅、各市州人民政府负责); names that none follows have the label's role, or
    support the leads named before them.
    """
    waiting: list[str] = []
    has_verb = False
    for clause in _clauses(content):
        clause = _without_stray_brackets(clause)  # noqa: PLW2901 - a torn note
        plain = fold(clause)
        if not plain or _DATE_CLAUSE.fullmatch(plain) or _OF_ONE_ITEM.match(plain):
            continue
        start = 0
        for verb_start, verb_end, role in _verbs(plain):
            has_verb = True
            names = clause[start:verb_start]
            if default is None and waiting:
                names = "、".join([*waiting, names])
            elif default is not None and waiting:
                yield from parse_list("，".join(waiting), default, cities)
            waiting = []
            yield from parse_list(names, role, cities)
            start = verb_end
        if clause[start:].strip():
            waiting.append(clause[start:])
        if default is not None and waiting and start:
            yield RoleEntry(default, split_agencies("，".join(waiting), cities))
            waiting = []
    if waiting:
        role = default or (Role.SUPPORT if has_verb else Role.RESPONSIBLE)
        yield from parse_list("，".join(waiting), role, cities)


def parse_list(names: str, role: Role, cities: Sequence[str] = ()) -> Iterator[RoleEntry]:
    """Yield the agencies of a list in `role`, but for those that a bracket or 会同 gives another.

    Who acts together with the first helps it (省科技厅会同省财政厅).
    """
    names = _ROLE_OF_OTHER.sub(_as_member, names)
    match = _TOGETHER.search(fold(names))
    if match and (not match.start() or ends_as_agency(names[: match.start()])):
        first = names[: match.start()]
        yield RoleEntry(Role.LEAD if role is Role.RESPONSIBLE else role, split_agencies(first, cities))
        yield RoleEntry(Role.SUPPORT, split_agencies(names[match.end() :], cities))
        return
    yield from _by_bracket(split_agencies(names, cities), role)


def _as_member(match: re.Match[str]) -> str:
    """省国资委（省科技厅指导） → 省国资委、省科技厅（指导）."""
    return f"、{match[1]}（{match[2]}）" if ends_as_agency(match[1]) else match[0]


def _by_bracket(agencies: Sequence[ListedAgency], role: Role) -> Iterator[RoleEntry]:
    """Part a list whose names carry their roles in brackets: 省科技厅（牵头）、省财政厅（配合）."""
    group: list[ListedAgency] = []
    current = role
    for agency in agencies:
        own = label_role(agency.role) if agency.role else None
        wanted = own or role
        if wanted is not current and group:
            yield RoleEntry(current, tuple(group))
            group = []
        current = wanted
        group.append(agency)
    if group:
        yield RoleEntry(current, tuple(group))
