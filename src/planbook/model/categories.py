"""Categories of agencies (分类考核): 省直单位, 市州, 县市区, 园区 …, from the directory's levels and groups."""

import re
from typing import Final

from planbook.model.agency import Agency, Directory
from planbook.model.agency_level import CENTRAL, CITY, COUNTY, LEVELS, PARK, PROVINCE, TOWNSHIP, level_of

OTHER: Final = "其他单位"
# 市科技局 works for a city, 武汉市人民政府 is one; the office ranks the two apart.
_PLACE: Final = re.compile(r"(?:人民政府|政府|行政公署|[省市州盟县区旗乡镇])$|^各")
_PLACES: Final = {PROVINCE: "省（区、市）", CITY: "市州", COUNTY: "县市区", TOWNSHIP: "乡镇街道", PARK: "园区"}
_OFFICES: Final = {PROVINCE: "省直单位", CITY: "市直单位", COUNTY: "县直单位", TOWNSHIP: "乡镇街道", PARK: "园区"}


def category_of(agency: Agency, directory: Directory) -> str:
    """Return the category that an agency is ranked in.

    Its level counts, as the directory has it or as its name says; else that of the first of its groups that has one.
    A level that the office calls by a word of its own is the category.
    """
    level = agency.level or level_of(agency.name)
    if not level:
        groups = (directory.find(name) or Agency(name) for name in agency.groups)
        level = next((found for group in groups if (found := group.level or level_of(group.name))), "")
    if not level:
        return OTHER
    if level == CENTRAL:
        return "中央驻地方单位"
    if level not in LEVELS:
        return level
    return (_PLACES if _PLACE.search(agency.name) else _OFFICES)[level]
