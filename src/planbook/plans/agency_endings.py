"""How names of agencies end: the one trait by which a list of agencies is told from other text."""

import re
from typing import Final

from planbook.plans.characters import fold

_END: Final = (
    r"厅|局|委|办|院|署|委员会|管委会|党组|工委|办公室|研究室|督查室|督办室|政研室|处|研究所|事务所|中心|政府|公司|集团|大学|学院|学校|党校|中学|银行|海关|"
    r"关区|部|联合会|工商联|妇联|残联|文联|侨联|社科联|科协|作协|团委|总工会|工会|协会|学会|商会|红十字会|贸促会|供销(?:合作)?联?社|总社|报社|"
    r"电视台|广播台|园区|新区|开发区|高新区|经开区|管理区|示范区|自贸区|片区|度假区|保税区|试验区|科学城|科技城|专班|指挥部|小组|"
    r"专项组|工作组|部门|单位|机构|企业|高校|院校|院所|平台|联盟|基金会|支队|总队|大队|分行|支行|中支|分公司|电网|电力|移动|联通|"
    r"电信|铁塔|机关|团体|街道|乡镇|镇街|省|市|县|区|州|盟|旗|镇|乡|村|兵团|军区|军分区|金融机构|中介|委办|会(?<!社会)(?<!机会)|队|人武部|"
    r"科(?<![省市县区州学专本百全]科)|股(?<!控股)(?<!参股)(?<!持股)|"
    r"(?:水文|监测|气象|工作|服务|推广|卫生|检疫)站|(?:司法|派出|财政|供电|卫生|农科|自然资源)所|"
    r"(?:档案|图书|博物|美术|科技|文化|纪念|展览|艺术|体育|方志|群艺)馆|(?:科技|文化|少年)宫"
)
_ENDS_AS_AGENCY: Final = re.compile(rf"(?:{_END})(?:\([^()]*\))?$")


def ends_as_agency(name: str) -> bool:
    """Return whether a name ends as names of agencies, firms or groups of them do."""
    return _ENDS_AS_AGENCY.search(fold(name).rstrip()) is not None
