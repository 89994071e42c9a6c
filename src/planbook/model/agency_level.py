"""Which level an agency belongs to, as far as its name alone says so for certain."""

import re
import unicodedata
from typing import Final

PROVINCE, CITY, COUNTY, TOWNSHIP = "省", "市", "区县", "乡镇街道"
PARK, CENTRAL = "园区", "中央驻地方"

LEVELS: Final = (PROVINCE, CITY, COUNTY, TOWNSHIP, PARK, CENTRAL)

# Offices that the centre runs in the provinces; the level in front of them says only where they sit (省税务局).
_CENTRAL: Final = re.compile(
    r"^国家.{0,20}(?:局|总队|专员办|中心)|^(?:中国)?人民?银?行.{0,16}(?:行|部)$|^中央驻"
    r"|(?:税务局|海关|海事局|证监局|银保监局|通信管理局|邮政管理局|烟草专卖局|气象局|地震局|调查总队)$"
)
_PARK: Final = re.compile(
    r"(?:(?:高新|经开|开发|产业园|示范|保税|自贸|合作|试验|度假|功能|新|园)区|科学城|科技城)"
    r"(?:管理委员会|管委会|管理局|工委)?$"
)
_TOWNSHIP: Final = re.compile(r"(?:[乡镇]|街道)(?:人民政府|政府|党委|党工委|办事处)?$|^各?乡镇")
# 市场、市政园林、区域、县域 begin like a level and are none.
_PREFIX: Final = re.compile(r"(省)|(市|州)(?!场|政(?!府|协)|民|域|值|容)|([县区])(?!域|块|级|间)")
_PREFIX_LEVELS: Final = (PROVINCE, CITY, COUNTY)
_ALL: Final = re.compile(r"各(?:有关|相关)?([省市州盟地级设县区旗、,()]{1,14})(?=人民政府|政府|党委|管委会|委|$)")
# 某某市 may be a prefecture or a county; a province, a prefecture (州) and a county cannot be anything else.
_NAMED: Final = (
    (re.compile(r"[\u4e00-\u9fff]{2,12}?(?:省|自治区)(?:人民政府|政府|委)?$"), PROVINCE),
    (re.compile(r"[\u4e00-\u9fff]{2,12}?(?:州|盟)(?:人民政府|政府|行政公署|委)?$"), CITY),
    (re.compile(r"[\u4e00-\u9fff]{1,12}?(?:县|区|旗)(?:人民政府|政府|委)?$"), COUNTY),
)
_FIRMS: Final = re.compile(r"(?:公司|集团|银行|大学|学院)$")


def level_of(name: str) -> str:
    """Return the level that a name states (省科技厅 → 省, 东湖县人民政府 → 区县), empty where it is not certain.

    武汉市人民政府 stays without: county-level cities are called 市 too. Firms and universities have none.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    if _FIRMS.search(plain):
        return ""
    if _CENTRAL.search(plain):
        return CENTRAL
    if match := _ALL.match(plain):
        return _level_of_all(match[1])
    if _PARK.search(plain):
        return PARK
    if _TOWNSHIP.search(plain):
        return TOWNSHIP
    if (match := _PREFIX.match(plain)) and match.lastindex:
        return _PREFIX_LEVELS[match.lastindex - 1]
    return next((level for pattern, level in _NAMED if pattern.fullmatch(plain)), "")


def _level_of_all(kinds: str) -> str:
    """Return the level of 各市州, 各县(市、区); 各市、县 mixes two and has none."""
    if kinds[0] in "县区旗":
        return COUNTY
    return "" if set(kinds) & set("县旗") or kinds.replace("设区", "").count("区") else CITY


def category_of(name: str, level: str = "") -> str:
    """Return the category (分类考核) that an agency is ranked in: 省直单位, 市州, 县市区, 园区 and the like.

    Args:
        name: Its name.
        level: 层级 as the directory has it; what the name alone says, where that is empty. A word of the office's own
            is a category of its own.
    """
    found = level.strip() or level_of(name)
    is_government = bool(_GOVERNMENT.search(name))
    return _CATEGORIES.get((found, is_government)) or _CATEGORIES.get((found, False)) or found or OTHER


OTHER: Final = "其他单位"
"""Category of agencies whose name says nothing and whose level nobody entered."""

_GOVERNMENT: Final = re.compile(r"(?:人民政府|政府|党委|行政公署)$")
_CATEGORIES: Final = {
    (PROVINCE, False): "省直单位",
    (CITY, False): "市直单位",
    (CITY, True): "市州",
    (COUNTY, False): "区县直单位",
    (COUNTY, True): "县市区",
    (TOWNSHIP, False): "乡镇街道",
    (PARK, False): "园区",
    (CENTRAL, False): "中央驻地方单位",
}
