"""Which quantities are targets: the words around a number that make it one, and those that make it something else."""

import re
from dataclasses import dataclass
from typing import Final

from planbook.model.plan import Operator
from planbook.plans.characters import CJK
from planbook.plans.quantities import Measure, Quantity

_ATTAINED: Final = (
    r"力争达到|达到|达成|达|突破|超过|超|不低于|不少于|不小于|不高于|不超过|不大于|高于|低于|少于|多于|控制在|保持在|稳定在|维持在|稳定保持|"
    r"提高到|提高至|提升到|提升至|提至|增长到|增长至|增加到|增加至|增至|扩大到|扩大至|扩展到|扩容至|上升到|上升至|发展到|发展至|培育到|"
    r"降至|降到|降低到|降低至|下降到|下降至|压缩至|压缩到|压减至|压减到|缩短至|缩短到|缩减至|减少到|减少至|减至|延长至|延长到|"
    r"下降|降低|减少|缩短|压缩|压减|节约|节省|增长|年均增长|增速|增幅|提高|提升|增加|翻|新增|净增|累计|总计|合计|至少|最少|总数|总量|"
    r"占比|占|约为|约|为|实现|完成|完成率|拥有|接近|逼近|力争|确保|保持|有"
)
_ADJACENT: Final = re.compile(rf"(?:{_ATTAINED})(?:到|至|了|近|约|超过|超|不低于|不少于|达到|达|至少|以上)?\s?$")
_ATTAINS: Final = re.compile(
    r"(?:达到|达|突破|超过|超|不低于|不少于|不高于|不超过|高于|低于|至少|(?:控制|保持|稳定|维持)在|[到至]|以上|与上年)\s?$"
)
_BUILT: Final = (
    r"新建|改建|扩建|新组建|新认定|新获批|新引进|新培育|新增|建设|建成|建立|创建|组建|共建|布局|培育|培养|孵化|打造|引进|引育|招引|招募|集聚|聚集|"
    r"吸引|落户|认定|评选|遴选|推荐|备案|获批|争取|争创|申报|申创|实施|攻克|突破|转化|推广|举办|开展|组织|承办|制定|制修订|修订|编制|出台|发布|推出|"
    r"完成|取得|形成|产生|拥有|设立|签约|开工|投产|改造|实现|达到|支持|扶持|发展|增设|配备|配置|选派|选拔|选树|派遣|覆盖|服务|培训|开发|研发|建好|"
    r"储备|梳理|谋划|招收|引导|推动|推进|启动|落地|上线|部署|投放|安装|新建成|新设|规划|盘活|供应|筹集|提供|新签|授权|申请|登记|交易|创作|生产|种植|治理|"
    r"修复|整治|建改|绿化|收储|出让|化解|淘汰|关停|压减|减少|安置|帮扶|发放|投入|募集|撬动|带动|吸纳|解决|促成|达成|推介|征集|入库|入选|创成|诞生|涌现|"
    r"发行|销售|减负|降本|融资|授信|放款|整合|盘点|打通|新开|开行|开通|布设|扩容|新注册|注册|上市|挂牌|纳入|评定|命名|授予|列入|主导|参与制定|牵头|增加|扩大|扩建|改扩建|修建|新修|更新|升级|归集|汇聚|采集|开放|接入|建档|疏浚|清淤|"
    r"节约|节省|替代|加装|增配|选聘|招聘|排查|拆除|消除|保护|硬化|栽植|完善|打通|安装|配建|创成|验收|建|育|引|选|办"
)
_BUILDS: Final = re.compile(rf"(?:{_BUILT})")
_BUILDS_NEXT: Final = re.compile(
    rf"(?:{_BUILT})(?:完成|建成|建设|形成|认定|推出|一批|好|了|出|成|起|至少|不少于|不低于|超过|超|达到|达|约|近|逾|共|累计|新)*\s?$"
)
_AS_MEANS: Final = re.compile(
    r"(?:依托|围绕|聚焦|面向|针对|涉及|包括|包含|分为|分成|等|这|该|上述|以下|按照?|根据|结合|基于|前|近|每|各|某|任|其余|另|"
    r"具备|满|连续|历时|历经|为期|时长|过去|未来|今后|(?<![化合])利用|用好|发挥|现有|原有|已有|已|共有|成立于|间隔|隔|凡|对|以|将|把|从|在|由|与|和其他)\s?$"
)
_AMONG: Final = re.compile(
    r"(?:^|[^建存实现放集落])在(?:全[国省市县区州域]|我[省市县区州]|市内|省内|重点领域)?(?:不少于|不低于|至少|超过|近)?\s?$"
)
_SPREADS: Final = re.compile(
    rf"(?:以上)?(?:[{CJK}]|\([{CJK}、]{{1,6}}\)){{0,8}}?(?:应用|落地|开展|推广|试点|实施|推行|部署|建成|建立|设立|投用|运用|普及|示范|布局|推开|试行|使用)"
)
_BUILT_SUCH: Final = re.compile(
    r"^(?:新建|建成|开工|竣工|完成|打造|引进|新增)[^,;]{2,40}等\s?$"
)  # 建成西段等4条高速公路
_HISTORY: Final = re.compile(
    r"目前|截至|截止|以来(?![^,，。;；]{1,14}的)(?![^,，。;；]{0,4}[改建形])|去年|此前|业已|已经|近年来|过去|历史上|曾经?|回顾|十三五|"
    r"已(?:达|建|有|培|认|引|累|实|完|获|形|超|突|布|在|成|集|入|于|经)"
)
_EXISTING: Final = re.compile(r"现有|原有|已有|上年")
_BASELINE: Final = re.compile(r"由[^,;]{0,4}(?:现有|原有|目前)[^,;]{1,16}(?=[增提扩降减升壮拓])")
_OCCUPIES: Final = re.compile(r"占地|占用土地")  # how large something built is
_PART_ATTAINS: Final = re.compile(  # 28%以上面积达到要求, 90%以上的行政村建成服务站
    rf"的?[{CJK}]{{2,12}}?(?:达到|实现|建成|完成|开展|建立|配备|设立|通|纳入|具备)"
)
_FUND: Final = re.compile(r"(?:总?规模|总额)(?:达到?|为|约|不低于|不少于)?\s?$")
_RAISES: Final = re.compile(
    r"(?:设立|组建|成立|发行|募集|争取|筹集|投入|筹措|落实|统筹|撬动|引导)(?:[^,;]{0,8}(?:专项)?资金|总规模)?\s?$"
)
_FUND_NAME: Final = re.compile(rf"(?:的)?[{CJK}]{{0,12}}(?:基金|资金|债券|专项债|贷款|投资|社会资本)")
_ALLOTS: Final = re.compile(r"(?:安排|投入|设立|列支|预算|筹集|发放)[^,;]{0,6}(?:不少于|不低于|超过|达到)\s?$")
_SUBSIDY: Final = re.compile(
    r"奖励|奖补|补助|补贴|资助|给予|贴息|补偿|奖金|扣除|减免|减按|罚款|处以|退还|返还|让利|担保费|保费|资金支持|经费支持|支持资金|发放消费券|"
    r"(?:单个|单项|单家|单户|每[个项家户])[^,;。]{0,6}(?:支持|奖励)|授信额度|最高(?:不超过|可|额)?|封顶|起征|税率|利率|费率|首付|按照?[^,;。]{0,12}(?:比例|标准)"
)
# Names of policies that hold a word of money given away, and of what measures them: no subsidy is set there.
_POLICY: Final = re.compile(
    r"(?:利率|费率|税率)(?=[^,;]{0,6}(?:下降|降低|降至|控制|不高于|不超过))|加计扣除|风险补偿|(?:补贴|补助|补偿|奖励|奖补|资助|减免|担保费?)(?:资金池|基金|制度|政策|机制|标准(?!为|[提调])|发放|对象|人数|覆盖|申领|及时)"
)
# 每引进1家给予一次性奖励: the number is what the money is given for.
_FOR_EACH: Final = re.compile(
    r"每(?:新?(?:增|建|引进|培育|认定|获批|创建|备案|转化|孵化|新增|完成|组建|设立|举办)(?:成|了)?)\s?$"
)
_GIVES: Final = re.compile(r"[^。;；]{0,30}(?:奖励|奖补|补助|补贴|资助|给予|支持\d)")
_GROWS: Final = re.compile(
    r"(?:增长|增速|增幅|达到|突破|不低于|不少于|(?<!不)超过|(?:提高|提升|扩大|增加|增长|扩容|上升|降低|下降)[到至]|增至|控制在|保持在|稳定在|融资|撬动|带动|累计|新增|率|占比|比重|满意度)\s?$"
)
_TARGET_NOUN: Final = re.compile(r"的(?:目标|增速|增长|水平|比例|速度|增幅|规模|降幅|覆盖率|份额|占比|年均)")
_BOUND: Final = re.compile(r"(?:及?以[上下内]|左右|上下|以内|之内|内(?=[,，。;；、]|$))")
_STOP: Final = re.compile(
    r"\s*(?:[,，。;；、:：)）”\"!！?？\n]|$|和|及|以及|与|并|或|等(?!级)|的|[(（]|大关|关口|全覆盖)"
)
_VERB_AFTER: Final = re.compile(rf"\s*(?:{_BUILT})")
_STEP: Final = re.compile(r"\s*(?:环节|步骤|阶段|方面|维度|层次|层级|板块|方向|领域|关键词|月|季度)")
_STATES: Final = re.compile(
    r"总投资|投资额|投资约|(?:总|占地|用地|规划|现有|流域|国土)面积约?$|位于|占地|全长|总长|长度|半径|周边|距|现|已|涉及|共有|包括|包含|涵盖|由|不足|每|最高|最低|单|首[个批]|"
    r"分为|划分|为期|以来|属于|[的等第近前后各这该逾约]\s?$"
)
_SHORTEST_SUBJECT: Final = 4
_IDIOM_UNITS: Final = frozenset("类批片组对列")
_NOT_COUNTED: Final = re.compile(
    r"\s*(?:强(?!化)|级|期|号|届|版|线|岁以|专业毕业|角度|层面|方面|维度|维护|意识|自信|一批|坚持|百(?:分|年)|确保|关键)"
)
_DURATION_TARGET: Final = re.compile(
    r"(?:达到|提高到|提高至|提升到|提升至|延长到|延长至|不超过|不低于|控制在|压缩至|压缩到|缩短至|缩短到|缩短|压缩|压减至|压减到|减至|减少|降至|达|超过)\s?$"
)
_SHORTENED: Final = re.compile(r"(?:压缩|缩短|压减|减|降)[至到]?\s?$|控制在\s?$")
_DURATION_NOUN: Final = re.compile(r"时限|时间|时长|年限|寿命|周期|工期|天数|工作日|间隔|期限|优良|年龄|供应|用时")
_RANK: Final = re.compile(
    r"(?:排名|位次|排位|位居|位列|名列|跻身|进入|进位|稳居|保持|挺进|迈入|冲刺|居|列)(?P<field>[^,，。;；\d]{0,20}?)前\s?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<unit>位|名|强|列)?"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around a quantity, folded.

    Attributes:
        clause: What stands before it in its clause.
        sentence: What stands before it in its sentence.
        after: What follows it.
        continues_list: It follows another target in a list (…10家、…5个).
        in_aims: It stands among the plan's aims, where a noun and a number make a target.
    """

    clause: str
    sentence: str
    after: str
    continues_list: bool
    in_aims: bool


def is_target(quantity: Quantity, around: Surroundings) -> bool:
    """Return whether a quantity is a target that can be followed up.

    History, conditions, subsidies, durations and numbers within names are none.
    """
    clause, after = around.clause, around.after
    if (
        _NOT_COUNTED.match(after)
        or _is_history(around)
        or after.startswith(("+", "×", ":"))
        or clause.endswith(("+", "×", "第"))
    ):
        return False
    if _FOR_EACH.search(clause) and _GIVES.match(after):
        return False
    lists_built = quantity.measure is Measure.COUNT and _BUILT_SUCH.search(clause) is not None
    if quantity.measure is Measure.COUNT and _AMONG.search(clause) and _SPREADS.match(after):
        return True  # 在50个场景应用
    if _AS_MEANS.search(clause) and not _ATTAINS.search(clause) and not lists_built:
        return False
    if _is_condition(quantity, after) and not _FUND.search(clause):
        return False
    if quantity.measure is Measure.TIME:
        return _is_duration_target(quantity, around)
    if quantity.measure in {Measure.MONEY, Measure.SHARE, Measure.BARE} and _is_subsidy(around):
        return False
    if quantity.is_chinese and quantity.measure is Measure.COUNT:
        return _is_counted_in_words(quantity, around)
    if quantity.measure is Measure.COUNT:
        return _is_counted(quantity, around)
    return _is_measured(quantity, around)


def operator_of(around: Surroundings) -> Operator:
    """Return how the target is to be compared, by the words before and behind the number."""
    before, after = around.clause[-8:], around.after[:4]
    if re.search(
        r"不超过|不高于|不大于|控制在|(?:降|减|压缩|缩短|压减|缩减)\w{0,2}[到至]\s?$|降至|减至", before
    ) or re.match(r"以内|之内|以下|内(?=[,，。;；、]|$)", after):
        return Operator.AT_MOST
    if re.search(r"不低于|不少于|不小于|至少|最少", before) or re.match(r"及?以上", after):
        return Operator.AT_LEAST
    if re.search(r"(?:突破|超过|超|高于|多于|逾)\s?$", before):
        return Operator.MORE_THAN
    if re.search(r"(?:低于|少于)\s?$", before):
        return Operator.LESS_THAN
    if re.match(r"左右|上下", after) or re.search(
        r"(?:(?<![民公契合条节预履])约|约为|接近|(?<![附临邻])近)\s?$", before
    ):
        return Operator.ABOUT
    if re.search(r"(?:达|达到|达成|提[高升]到|提[高升]至|增[长加]?[到至]|扩大[到至]|上升[到至]|拥有)\s?$", before):
        return Operator.AT_LEAST
    return Operator.EQUAL


def find_rank(clause: str) -> re.Match[str] | None:
    """Return where a clause sets a rank as target (排名进入全国前10位)."""
    match = _RANK.search(clause)
    return match if match and not _HISTORY.search(clause[: match.start()]) else None


def _is_history(around: Surroundings) -> bool:
    ends = [match.end() for match in _HISTORY.finditer(around.sentence)]
    if not ends:
        return _EXISTING.search(_BASELINE.sub("", around.clause)) is not None
    return not re.search(r"力争|到20\d\d年|确保|达到20\d\d|今年(?:计划|底)|要达到", around.sentence[ends[-1] :])


def _is_subsidy(around: Surroundings) -> bool:
    clause, sentence = _POLICY.sub("", around.clause), _POLICY.sub("", around.sentence)
    is_given = _SUBSIDY.search(clause) is not None or (
        _SUBSIDY.search(sentence) is not None
        and not _GROWS.search(around.clause)
        and not (_RAISES.search(around.clause) and _FUND_NAME.match(around.after))
    )
    return (
        is_given
        or re.match(r"(?:以内|以下|以上)?的?(?:一次性)?(?:奖|补|资助|支持(?:资金)?(?=[,，。;；]|$)|贴息)", around.after)
        is not None
    )


def _is_condition(quantity: Quantity, after: str) -> bool:
    """销售收入1亿元以上的企业, 投资10亿元以上项目: the number says which ones, not how many."""
    bound = _BOUND.match(after)
    rest = after[bound.end() :] if bound else after
    if rest.startswith("的") and not _TARGET_NOUN.match(rest):
        is_share = quantity.measure is Measure.SHARE and "%" in quantity.unit
        return not (is_share or (quantity.measure is Measure.COUNT and not bound and len(rest) > 12))
    if quantity.measure is Measure.SHARE and _PART_ATTAINS.match(rest):
        return False
    is_counted = quantity.measure is Measure.COUNT and not quantity.unit.endswith("人")  # 56人以上大班额
    return bool(bound) and not is_counted and re.match(rf"[{CJK}]", rest) is not None and not _STOP.match(rest)


def _is_duration_target(quantity: Quantity, around: Surroundings) -> bool:
    if not _DURATION_TARGET.search(around.clause):
        return False
    is_named = _DURATION_NOUN.search(around.clause) is not None or _SHORTENED.search(around.clause) is not None
    if not is_named and "岁" not in quantity.unit:
        return False
    bound = _BOUND.match(around.after)
    return _STOP.match(around.after[bound.end() :] if bound else around.after) is not None


def _is_counted_in_words(quantity: Quantity, around: Surroundings) -> bool:
    """百家, 一处: believed right behind a verb of building only; 三个“一批”, 四个高地 are figures of speech."""
    if not _BUILDS_NEXT.search(around.clause) and not re.search(r"(?:的|竞争的)$", around.clause):
        return False
    if quantity.value >= 100:
        return re.match(rf"[{CJK}]{{2}}", around.after) is not None
    is_new = re.search(r"(?:新增|增设|新建|新认定|新引进|新培育|新获批|获批|建成)\s?$", around.clause) is not None
    if quantity.value == 1:
        return is_new and quantity.unit in "处家所座"
    return is_new and quantity.unit != "项" and re.match(rf"[{CJK}]{{3}}", around.after) is not None


def _is_counted(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit in _IDIOM_UNITS:
        is_done = _ADJACENT.search(around.clause) or (quantity.unit == "批" and _BUILDS.search(around.clause))
        return bool(is_done) and _STOP.match(around.after) is not None
    bound = _BOUND.match(around.after)
    rest = around.after[bound.end() :] if bound else around.after
    if _STEP.match(rest) and not _ATTAINS.search(around.clause):
        return False
    if _ADJACENT.search(around.clause) or _BUILDS_NEXT.search(around.clause) or around.continues_list:
        return True
    if not _STOP.match(rest):
        return _BUILDS.search(around.clause) is not None and not re.search(rf"[{CJK}]的$", around.clause)
    if _STATES.search(around.clause) is None and len(around.clause.strip()) >= _SHORTEST_SUBJECT:
        return re.search(rf"[{CJK}”)](?<!的)\s?$", around.clause) is not None
    has_subject = re.search(rf"[{CJK}”)]\s?$", around.clause) is not None
    is_part = around.clause.startswith("其中") and not _HISTORY.search(around.sentence)
    return has_subject and (around.in_aims or bool(bound) or is_part or _BUILDS.search(around.clause) is not None)


def _is_measured(quantity: Quantity, around: Surroundings) -> bool:
    bound = _BOUND.match(around.after)
    rest = around.after[bound.end() :] if bound else around.after
    attains = _ADJACENT.search(around.clause) is not None
    ends = _STOP.match(rest) is not None
    if quantity.measure is Measure.SHARE:
        return (attains or ends or around.in_aims or bool(bound) or around.continues_list) and (
            ends
            or attains
            or (bool(bound) and _PART_ATTAINS.match(rest) is not None)
            or _BUILDS.search(around.clause) is not None
            or rest.startswith("的")
        )
    if quantity.measure is Measure.PHYSICAL and _OCCUPIES.search(around.clause):
        return False
    if _FUND.search(around.clause) or _ALLOTS.search(around.clause):
        return True
    if quantity.measure is Measure.MONEY and _RAISES.search(around.clause) and _FUND_NAME.match(rest):
        return True
    if quantity.measure is Measure.PHYSICAL and _BUILDS_NEXT.search(around.clause) and re.match(rf"[{CJK}]{{2}}", rest):
        return not rest.startswith("级")
    if not ends and not (attains and _VERB_AFTER.match(rest)):
        return False
    if quantity.is_chinese and not attains:
        return False
    if quantity.measure is Measure.BARE:
        return attains
    has_subject = re.search(rf"[{CJK}”)]\s?$", around.clause) is not None
    is_deed = _STATES.search(around.clause) is None and len(around.clause.strip()) >= _SHORTEST_SUBJECT
    if quantity.measure is Measure.PHYSICAL and has_subject and is_deed and not around.clause.endswith("的"):
        return True
    return (
        attains
        or (has_subject and (around.in_aims or bool(bound) or bool(_BUILDS.search(around.clause))))
        or around.continues_list
    )
