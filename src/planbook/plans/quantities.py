"""Quantities in running text: a number, perhaps a range, and its unit, as written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from planbook.plans.numbers import parse_chinese, parse_digits


class Measure(Enum):
    """What a unit measures: it decides in which company a quantity can be a target."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    PHYSICAL = "physical"
    TIME = "time"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Attributes:
        start: Offset of the first digit.
        end: Offset behind the unit.
        value: Value, the lower end of a range.
        value_max: Upper end of a range.
        unit: Unit as written.
        measure: What the unit measures.
        is_chinese: Written in Chinese numerals.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    measure: Measure
    is_chinese: bool = False


_SCALE: Final = r"万亿|千亿|百亿|十亿|千万|百万|十万|亿|万"
_PER: Final = (
    r"(?:/(?:千瓦时|立方米|平方公里|平方米|万人|千人|百人|公顷|万元|亿元|分钟|小时|个|"
    r"[人年月日天亩吨次户元家件升米台套]))?"
)
_UNITS: Final[dict[Measure, str]] = {
    Measure.SHARE: r"/10万人?|/万|个百分点|百分点|个千分点|%|‰|倍|成(?![为果立员长熟效就功都品本型交])",
    Measure.MONEY: rf"元人民币|美元|欧元|港元|元(?![旦素件器宵]){_PER}",
    Measure.PHYSICAL: (
        r"(?:千?克标准煤|千?克标煤|(?:千兆|兆|吉)?比特每秒|毫秒|吨标准煤|吨标煤|吨二氧化碳(?:当量)?|"
        r"国际标准箱|标准箱|标箱|平方公里|平方千米|平方米|平米|㎡|㎥|立方米|公顷|公里|千米|海里|厘米|毫米|微克|毫克|公斤|千克|克(?!服)|千瓦时|千瓦|千伏安|"
        r"兆瓦时|兆瓦|吉瓦|亩|吨|斤|米(?!兰)|度(?![假过])|[KMGTkmgt]Wh?|[EPTG]\s?F(?:LOPS|lops)|[TPEG]B|[PE](?![A-Za-z\d])|"
        rf"[TGM]bps|TEU|千升|升){_PER}"
    ),
    Measure.TIME: r"个工作日|工作日|个小时|小时|分钟|秒|个月|周岁|岁|天|年",
    Measure.COUNT: (
        r"(?:人次|人年|架次|辆次|台次|批次|家次|户次|件次|列次|场次|台\(套\)|台套|张床位|个床位|学时|课时|标段|家|个|项|人|名|户|件|条|种|款|座|株|羽|床|"
        r"颗|枚|口|眼|盏|根|辆|架|艘|篇|册|间|栋|幢|宗|笔|起|份|块|套|只|位(?![于置列居])|处(?![理于])|所(?![有以在])|"
        r"支(?![持撑付出])|台(?!湾|州)|场(?![景所地])|次|例(?!如)|部(?![门分署委])|张(?!家|掖)|头(?![部雁])|门(?!类)|"
        r"单(?![位一独元品项纯个])|轮(?![岗换流训])|期(?![间限望内末货])|届(?!时)|班次|车次|航班|分(?![之别钟类级为期片区局院公行支部散批步布享工配管析解流拨子项阶段发包层])|"
        r"组(?!织|建|合)|列(?!入|为|车)|批(?!准|复|发|示)|片(?!区)|类(?!型|别)|对(?!接|外|标|口))"
        rf"{_PER}"
    ),
}
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ANY_UNIT: Final = "|".join(f"(?P<{measure.value}>{pattern})" for measure, pattern in _UNITS.items())
_QUANTITY: Final = re.compile(
    rf"(?<![\dA-Za-z.+×/:第])(?P<low>{_NUMBER})"
    rf"(?:\s?(?:%|个百分点|万亿元|亿元|万元|万|亿|[家个项人名])?\s?(?:[-–—~－]{{1,2}}|至|到)\s?(?P<high>{_NUMBER}))?"
    rf"\s?[余多]?(?P<unit>(?:{_SCALE})?[余多]?(?:{_ANY_UNIT})?)"
)
_RATIO: Final = re.compile(r"(?:PUE|指数|系数|容积率|师生比|医护比|户籍比|之比|得分|评分)[^,;。\d]{0,8}$")
_SET: Final = re.compile(
    r"(?:[提增扩上下降减压][高升长加大低少缩]{0,2}[到至]|降至|达到?|控制在|保持在|稳定在|维持在|不[高低大小]于|不超过|不少于)\s?$"
)
_RATIO_END: Final = re.compile(r"\s?(?:以[上下内]|左右|之间)?(?:[,，。;；、)]|$)")
_HAN: Final = "一二两三四五六七八九十"
_CHINESE: Final = re.compile(
    rf"(?<![{_HAN}第百千万几数近上超过逾])(?P<low>[{_HAN}]?[百千万]|[{_HAN}]{{1,3}})"
    rf"(?P<unit>家|个|处|所(?![有以在])|名|座|支(?![持撑付出])|项|件|场(?![景所地]))(?![{_HAN}]|万户|灯火|争鸣)"
)
_CHINESE_MONEY: Final = re.compile(
    r"(?<![\d.数几上近百千万亿一二三四五六七八九十两])(?P<low>[十百千万])(?P<unit>亿元|亿美元)"
)
_CHINESE_TIMES: Final = re.compile(r"(?<=[长加高大升])(?:了|约|近)?(?P<low>[一两二三四五六七八九十])(?P<unit>倍)")
_CHINESE_SHARE: Final = re.compile(
    r"百分之(?P<whole>[一二三四五六七八九十百零]{1,5})(?:点(?P<part>[一二三四五六七八九]))?"
)


def find_quantities(plain: str) -> list[Quantity]:
    """Return the quantities of a folded text, in order; numbers without any unit are none."""
    return sorted([*_arabic(plain), *_chinese(plain)], key=lambda quantity: quantity.start)


def _arabic(plain: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(plain):
        low = parse_digits(match["low"])
        high = parse_digits(match["high"]) if match["high"] else None
        if low is None or not (match["unit"] or _is_ratio(plain, match)):
            continue
        measure = next((measure for measure in _UNITS if match[measure.value]), Measure.BARE)
        unit = re.sub("[余多]", "", match["unit"])
        yield Quantity(match.start(), match.end(), low, high, unit, measure)


def _is_ratio(plain: str, match: re.Match[str]) -> bool:
    """Return whether a number without unit is the value of a ratio or index (PUE控制在1.2以内)."""
    lead = plain[max(match.start() - 16, 0) : match.start()]
    if "." in match[0] and _RATIO.search(lead):
        return True
    is_named = "." in match[0] or _RATIO.search(lead) is not None
    return is_named and _SET.search(lead) is not None and _RATIO_END.match(plain, match.end()) is not None


def _chinese(plain: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(plain):
        value = parse_chinese(match["low"])
        if value:
            yield Quantity(
                match.start(), match.end(), Decimal(value), None, match["unit"], Measure.COUNT, is_chinese=True
            )
    for match in _CHINESE_MONEY.finditer(plain):
        value = parse_chinese(match["low"]) or 0
        unit = match["unit"]
        if match["low"] == "万":  # 万亿元 is a unit of its own
            value, unit = 1, "万" + unit
        yield Quantity(match.start(), match.end(), Decimal(value), None, unit, Measure.MONEY, is_chinese=True)
    for match in _CHINESE_TIMES.finditer(plain):
        times = Decimal(parse_chinese(match["low"]) or 0)
        yield Quantity(match.start(), match.end(), times, None, "倍", Measure.SHARE, is_chinese=True)
    for match in _CHINESE_SHARE.finditer(plain):
        share = Decimal(parse_chinese(match["whole"]) or 0)
        if match["part"]:
            share += Decimal(parse_chinese(match["part"]) or 0) / 10
        yield Quantity(match.start(), match.end(), share, None, "%", Measure.SHARE, is_chinese=True)
