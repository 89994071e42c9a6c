"""Names of indicators: what a clerk would call the thing that a target measures."""

import re
from typing import Final

from planbook.plans.characters import CJK

_LEADING: Final = re.compile(
    r"^(?:[—–\-●•·■◆▪►※○\s①-⑳]|\(\d{1,2}\)|[一二三四五六七八九十]是|第[一二三四五六],|(?:到|至)?20\d\d年(?:底|末)?(?:前|之前)?|到?(?:本|今)?年底前?|每年|年均|其中|力争|确保|努力|争取|全力|积极|进一步|持续|不断|加快|大力|着力|重点|"
    r"全市|全省|全区|全县|同时|并且|并|且|使|让|推动|促进|实现|完成|达到|预计|计划|年内|全年|以上|以内|左右|也|再|均|都|分别|支持|用\d年时间|[\d一二三四五]年内?|以上|左右|"
    r"[,，、。;；:：和及与的])+"
)
_TRAILING: Final = re.compile(
    r"(?:(?:力争|确保|努力|要|将|均|都|各|分别|也|基本|稳定|全面|预计|有望|累计|总计|合计|共计?)?(?:达到|达成|(?<![雷发传到直抵送表])达|突破|超过|超|不低于|不少于|不小于|不高于|"
    r"不超过|不大于|高于|低于|控制在|保持在|稳定在|维持在|[提增扩上发][高升长加大展容]+[到至]|增至|降至|减至|[降下压缩减][低降缩减短少]*[到至]|"
    r"约为|(?<![民公契合条节预履])约|至少|最少|为|是|有|(?<![附临邻])近|力争|确保|保持|占|接近|拥有)+|力争|实现|完成|均|都|要|以上)$"
)
# Where a target starts from: 企业由2022年的312家, 占比由1.2%, 能耗较2020年.
_BASELINE: Final = re.compile(
    r"(?:由|从)(?:20\d\d年(?:底|末)?的?)?(?:现有的?|目前的?|原来的?)?约?\d[\d.,]*[^,，。;；\d]{0,8}$"
)
_COMPARED: Final = re.compile(r"(?<=.{2})(?:比|较)(?:20\d\d年(?:底|末)?|上年|去年)(?:同期)?")
_ACTION: Final = re.compile(
    r"^(?:新?(?:建设|建成|建立|创建|组建|共建|布局|培育|培养|孵化|打造|引进|引育|招引|集聚|聚集|认定|遴选|推荐|备案|获批|争取|争创|实施|攻克|举办|开展|组织|"
    r"制定|出台|发布|推出|取得|形成|产生|拥有|设立|签约|增设|选派|培训|梳理|谋划|启动|规划|新建|新增|新组建|新认定|新获批|改造|完成|实现|转化|发展|支持|推动|推进|服务|覆盖|"
    r"至少|率先|累计|成功|一批|再|和|并|总计|共))+"
)
_KEPT_ACTION: Final = re.compile(r"^(?:新增|净增|新获批|新认定|年均)")
_MODIFIER: Final = re.compile(r"^(?:以上|左右|以内|以下|余|多|的)+")
_OBJECT: Final = re.compile(
    r"^[^,，。;；、:：!！?？\n]{2,40}?(?=(?:以上|左右)(?:[,，。;；]|$)|的基础|[,，。;；:：!！?？\n]|、(?=[^、,，。;；]{0,4}\d)|和(?=\d|[^,，。;；]{0,8}\d)|及(?=\d)|$)"
)
_GROWTH: Final = re.compile(r"(?:年均|平均每年|同比|累计)?(?:增长|增速|增幅|下降|降低|提高|提升)$")
_SHARE_OF: Final = re.compile(r"占[^比有]{1,16}(?:比重|比例|比)$")
_LONGEST: Final = 40


def name_of_subject(clause: str) -> str:
    """Return the name that stands before a number: 技术合同成交额达到 → 技术合同成交额."""
    name = clause.strip()
    name = _COMPARED.sub("", _LEADING.sub("", name))
    for _ in range(3):
        name = _BASELINE.sub("", _TRAILING.sub("", name)).rstrip(" ,，、:：(（")
    return _trimmed(_LEADING.sub("", name))


def name_of_object(before: str, after: str) -> str:
    """Return the name that stands behind a number: 新增50家市级以上科技创新平台 → 市级以上科技创新平台."""
    rest = _MODIFIER.sub("", after.lstrip())
    match = _OBJECT.match(rest)
    name = match[0] if match else re.split(r"[,，。;；:：!！?？\n]", rest, maxsplit=1)[0]
    for_each = re.search(
        rf"(各[{CJK}、]{{2,16}}?|每个?[{CJK}]{{2,14}}?)(?=至少|拥有|建成|建设|规划|培育|新增|达)", before
    )
    kept = re.search(r"(?:新增|累计|净增|新获批|新认定)(?=[^,，。;；]{0,4}$)", before)
    return _trimmed((for_each[1] if for_each else "") + (kept[0] if kept else "") + name)


def strip_action(name: str) -> str:
    """Return a name without the verb that sets the target (培养技术经理人 → 技术经理人), 新增 and 累计 kept."""
    kept = _KEPT_ACTION.match(name)
    stripped = _ACTION.sub("", name)
    if kept and not stripped.startswith(kept[0]):
        stripped = kept[0] + stripped
    return _trimmed(stripped) if len(stripped) > 1 else _trimmed(name)


def is_bare_action(name: str) -> bool:
    """Return whether a name is nothing but the verb that sets the target (设立, 组建)."""
    return _ACTION.fullmatch(name) is not None


def with_subject(name: str, clause: str, previous: str, *, is_share: bool) -> str:
    """Return a name with the subject of the target before it, where it has none of its own.

    技术合同成交额突破200亿元，年均增长20% and 技术合同成交额年均增长20%、突破1500亿元 both name one thing twice.

    Args:
        name: The name by the words at the number.
        clause: What stands before the number in its clause.
        previous: Name of the target before it in the sentence, empty where none.
        is_share: The number is a percentage.
    """
    subject = _GROWTH.sub("", previous)
    if not previous or not subject:
        return name or previous
    growth = _GROWTH.search(clause.rstrip())
    if growth and growth[0].endswith(name):
        return _trimmed(subject + growth[0])
    if not name:
        return previous if is_share else subject
    return _trimmed(subject + name) if _SHARE_OF.match(name) else name


def _trimmed(name: str) -> str:
    name = re.sub(r"\s+", "", name).strip("的、,，:：;；。")
    return name if len(name) <= _LONGEST else name[-_LONGEST:]
