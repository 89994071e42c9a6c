"""Units that people add to a header: 本期完成值（万元）, 完成进度（小数）; words about other things are left alone."""

import re
from functools import lru_cache
from typing import Final

from planbook.forms.parsed import fold

_BRACKETED: Final = re.compile(r"[(\[{【〔]([^()\[\]{}【】〔〕]{1,20})[)\]}】〕]")
_LABEL: Final = re.compile(r"^(?:计量)?单位[:：]?|^(?:以|按|填)")
_SCALE: Final = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
_COUNTED: Final = (
    r"(?:元|美元|个|家|人|人次|户|项|件|台|套|辆|艘|架|所|座|处|条|篇|份|吨|公斤|千克|克|升|米|公里|千米|亩|公顷|平方米|平方公里|立方米|度"
    r"|千瓦|千瓦时|千瓦小时|吨标准煤|年|月|天|日|小时|分钟|岁|分|次|批|期|支|株|头|只|床|张|门)"
)
_UNIT: Final = re.compile(
    rf"{_SCALE}?{_COUNTED}(?:/{_SCALE}?{_COUNTED})?|{_SCALE}|%|‰|百分比|百分数|百分点|千分比|千分数|小数|成|折|[0-1]-1(?:之间)?(?:的?小数)?"
)
_PERCENT_WORDS: Final = frozenset(("%", "百分比", "百分数"))


@lru_cache(maxsize=1_024)
def unit_in_header(header: str) -> str:
    """Return the unit that stands in brackets in a header, `%` for every way to say percent; empty where none does."""
    for words in _BRACKETED.findall(fold(header)):
        unit = _LABEL.sub("", re.sub(r"\s+", "", words))
        if _UNIT.fullmatch(unit):
            return "%" if unit in _PERCENT_WORDS else unit
    return ""
