"""What a section is for, told from its heading: aims and background give no tasks, safeguards give safeguards."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

from planbook.plans.characters import squeeze
from planbook.plans.numbering import Style
from planbook.plans.outline import Node
from planbook.plans.segments import LONGEST_HEADING


class Section(Enum):
    """What the items of a section are."""

    TASKS = "tasks"
    SAFEGUARDS = "safeguards"
    AIMS = "aims"
    BACKGROUND = "background"
    CLOSING = "closing"


_QUALIFIERS = (
    r"总体|主要|工作|发展|行动|建设|基本|重要|重大|指导|实施|预期|战略|阶段性?|年度|近期|中期|远期|中长期|长期|奋斗|面临|产业|规划|编制|"
    r"创新|改革|目的|任务|具体|重点|核心|量化|考核|功能|市场|国内外?|国际|当前|存在|推进|必要性|重大意义|我[国省市区县州]|全[国省市区县州]|"
    r"活动|整治|本[省市区县州]|20\d\d年?|十[三四五六]五|的|形成|现有|整体|总|分阶段|分年度|升级|转型"
)
_AIMS_NOUNS = (
    r"要求|思路|目标|愿景|思想|原则|意义|背景|形势|基础|现状|环境|定位|依据|范围|指标|成效|成绩|成就|回顾|情况|机遇|挑战|问题|概况|考虑|必要性|理念|方针|"
    r"方向|时间|对象|主题|说明|释义|名词解释|术语|定义|总则|前言|引言|序言|导言"
)
_AIMS: Final = re.compile(rf"(?:(?:{_QUALIFIERS})*(?:{_AIMS_NOUNS})(?:[和与及暨以]|的)*)+")
# A section of this name holds tasks where items stand below it, and aims where it is running text.
_AIMS_OR_TASKS: Final = re.compile(
    rf"(?:{_QUALIFIERS})*(?:目标任务|任务目标|目标(?:和|与|及)任务|任务(?:和|与|及)目标)"
)
# The first section, whatever its aims are called: 创建目标, 攻坚目标.
_FIRST_AIMS: Final = re.compile(r"\w{2,6}(?:目标|要求|思路|原则)")
# Names that scanning runs into the text without a stop: 一、行动目标锚定“三高四新”….
_RUN_IN_AIMS: Final = re.compile(
    r"(?:总体(?:要求|思路|目标)|指导思想|基本原则|(?:行动|工作|发展|主要|建设|治理|整治|攻坚|创建|改革|重组|提升|活动)目标|(?:活动|整治|实施)时间(?=\d))(?!和?(?:重点|主要)?任务|与)"
)
_BACKGROUND: Final = re.compile(
    r"意义|背景|形势|基础|现状|环境|成效|成绩|成就|回顾|情况|机遇|挑战|问题|概况|依据|范围|时间|释义|定义|术语"
)
_SETS_AIMS: Final = re.compile(r"目标|要求|思路|愿景|指标|思想|原则")
_DEMANDS: Final = re.compile(r"(?:工作|有关|相关|几点|具体|实施|组织)+要求")
_STRENGTHEN = (
    r"(?:进一步|全面|切实|着力|不断|持续)*"
    r"(?:强化|加强|完善|健全|落实|建立|夯实|做好|严格|压实|优化|抓好|加大|深化|提供)*"
)
_SAFEGUARDS: Final = re.compile(
    rf"{_STRENGTHEN}(?:组织|实施|工作|政策|要素|支撑|推进|规划|服务|制度|机制|资金|人才|综合|配套|法治|和|与|及)*保障"
    rf"(?:措施|机制|体系|工作|条件|支撑|实施|落实|落地|力度|和|与|及|推进|监督)*"
    rf"|{_STRENGTHEN}(?:组织|统筹)(?:领导|实施|推进|协调|推动|管理|保障|机构|体系|机制|落实|方式|形式|与|和|及)+"
    rf"|{_STRENGTHEN}(?:推进|落实|工作|实施|推动)(?:机制|落实|保障|措施)+"
    rf"|{_STRENGTHEN}(?:监督|督导|督查|督促|考核|检查|评估|评价|跟踪|问效|宣传|引导|激励|问责|责任|落实|工作|和|与|及)+"
    rf"|(?:实施|政策)措施|有关事项|工作要求|组织要求|实施要求|有关要求|相关要求"
)
_ORGANISATION: Final = re.compile(
    rf"{_STRENGTHEN}(?:组织|统筹)(?:领导|实施|推进|协调|推动|管理|保障|机构|体系|机制|落实|方式|形式|措施|与|和|及)+"
    rf"|{_STRENGTHEN}(?:组织|实施|工作|推进|规划|配套|综合|政策)*保障(?:措施|机制|体系|工作|条件|实施|落实|和|与|及|监督)+"
    rf"|{_STRENGTHEN}(?:组织|实施|工作|规划|措施|组织领导和?|组织与?政策|试点|项目|创建|攻坚|行动|推进)保障|保障|(?:实施|政策)措施|有关事项"
    rf"|(?:工作|组织|实施|有关|相关)要求"
)
_SAFEGUARD_ITEM: Final = re.compile(
    rf"{_STRENGTHEN}(?:党的|党对\w{{0,12}}的)?(?:全面)?(?:组织|统筹)?(?:领导|保障|组织实施|组织推进|统筹协调)(?:体系|机制|作用)?"
)
_CLOSING_HEADING: Final = re.compile(r"(?:附则|其他|其它|其他事项|解释权|施行日期|有效期|生效时间)")
_CLOSING: Final = re.compile(
    r"(?:本|此|该)(?:行动|工作|实施)?(?:方案|计划|措施|意见|办法|规定|政策|通知|规划|细则|若干措施|要点|文件)[^。]{0,12}"
    r"自[^。]{0,30}(?:起)?(?:施行|实施|执行|生效)|有效期(?:为|至|限|\d|[一二三四五])|由[^。]{2,30}负责解释"
)
_LONGEST_CLOSING: Final = 200
_LONGEST_NAME: Final = 30


def classify_heading(heading: str, *, is_top: bool, is_last_part: bool) -> Section | None:
    """Return what a heading says of its section, None where it says nothing.

    Args:
        heading: Heading without its number.
        is_top: It stands at the outermost level; safeguards are a section, never an item within the tasks.
        is_last_part: Tasks come before it.
    """
    name = squeeze(heading)
    if is_top and _RUN_IN_AIMS.match(name):
        return Section.AIMS
    if not name or len(name) > _LONGEST_NAME:
        return None
    if _CLOSING_HEADING.fullmatch(name):
        return Section.CLOSING
    if is_top and is_last_part and _DEMANDS.fullmatch(name):
        return Section.SAFEGUARDS
    if _AIMS.fullmatch(name):
        is_background = _BACKGROUND.search(name) and not _SETS_AIMS.search(name)
        return Section.BACKGROUND if is_background else Section.AIMS
    if is_top and is_last_part and _ORGANISATION.fullmatch(name):
        return Section.SAFEGUARDS
    return None


def is_closing_clause(text: str) -> bool:
    """Return whether an item only says from when and how long the document is in force."""
    return len(text) <= _LONGEST_CLOSING and _CLOSING.search(text) is not None


def classify(root: Node, headings: dict[Node, str]) -> dict[Node, Section]:
    """Return what each item of the outline is.

    Args:
        root: The outline.
        headings: Heading of each item, without number.
    """
    sections: dict[Node, Section] = {root: Section.TASKS}
    has_tasks = False
    for node in root.walk():
        if node is root:
            continue
        parent = sections[node.parent] if node.parent else Section.TASKS
        section = parent
        if parent is Section.TASKS:
            is_top = node.parent is root or (node.marker is not None and node.marker.style is Style.HEADING)
            heading = headings.get(node, "")
            section = classify_heading(heading, is_top=is_top, is_last_part=has_tasks) or parent
            if section is Section.TASKS and is_top and not has_tasks and _FIRST_AIMS.fullmatch(squeeze(heading)):
                section = Section.AIMS
            is_aims_beside_tasks = (
                not is_top
                and not node.children
                and node.parent
                and any(sibling.children for sibling in node.parent.children)
            )
            if is_aims_beside_tasks and _AIMS_OR_TASKS.fullmatch(squeeze(heading)):
                section = Section.AIMS
            if is_top and not has_tasks and not node.children and _AIMS_OR_TASKS.fullmatch(squeeze(heading)):
                section = Section.AIMS
        if section in {Section.TASKS, Section.SAFEGUARDS} and not node.children and _is_closing(node):
            section = Section.CLOSING
        has_tasks = has_tasks or (section is Section.TASKS and not node.children)
        sections[node] = section
    _find_final_safeguards(root, headings, sections)
    _find_unheaded_safeguards(root, headings, sections)
    return sections


def _is_closing(node: Node) -> bool:
    """Return whether an item does nothing else: behind a measure's own text the clause closes the whole document."""
    first = node.segments[0].text if node.segments else ""
    own = "".join(segment.text for segment in node.segments if not segment.starts_line or segment is node.segments[0])
    is_heading = len(first) <= LONGEST_HEADING and "。" not in first
    if is_heading:
        return is_closing_clause("".join(segment.text for segment in node.segments))
    if not is_closing_clause(own):
        return False
    before = [sentence for sentence in own.split("。") if sentence.strip() and not _CLOSING.search(sentence)]
    return len(before) <= 1  # heading, measure and clause run together by a page's end are still a measure


def _find_final_safeguards(root: Node, headings: dict[Node, str], sections: dict[Node, Section]) -> None:
    """Recognise 强化要素保障, 监督考核 and the like as safeguards where nothing but safeguards follows.

    Earlier in the text, or as one measure of a flat list, they are tasks.
    """
    for node in reversed(root.children):
        if sections[node] is Section.TASKS:
            is_section = node.marker is not None and node.marker.style.value <= Style.HAN.value and node.children
            if not is_section or not _SAFEGUARDS.fullmatch(squeeze(headings.get(node, ""))[:_LONGEST_NAME]):
                return
            if not any(other is not node and sections[other] is Section.TASKS for other in root.children):
                return  # 工作措施 may be all the tasks that there are
            for below in node.walk():
                if sections[below] is Section.TASKS:
                    sections[below] = Section.SAFEGUARDS


def _find_unheaded_safeguards(root: Node, headings: dict[Node, str], sections: dict[Node, Section]) -> None:
    """Recognise safeguards whose section heading was lost: a last run that opens with 加强组织领导."""
    runs = _outer_runs(root.children)
    if len(runs) < 2:
        return
    last = runs[-1]
    if len(last) > 1 and _SAFEGUARD_ITEM.fullmatch(squeeze(headings.get(last[0], ""))):
        for node in last:
            for below in node.walk():
                sections[below] = Section.SAFEGUARDS


def _outer_runs(nodes: Iterable[Node]) -> Sequence[list[Node]]:
    """Part sibling items into runs of one style whose numbering starts anew."""
    runs: list[list[Node]] = []
    for node in nodes:
        marker = node.marker
        before = runs[-1][-1].marker if runs else None
        if marker is None or before is None or marker.ordinal <= 1 or marker.style is not before.style:
            runs.append([])
        runs[-1].append(node)
    return runs
