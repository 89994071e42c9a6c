import pytest

from planbook.model.agency_level import CENTRAL, CITY, COUNTY, PARK, PROVINCE, TOWNSHIP, level_of


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("省科技厅", PROVINCE),
        ("省委军民融合办", PROVINCE),
        ("云川省人民政府", PROVINCE),
        ("省直有关单位", PROVINCE),
        ("市科技局", CITY),
        ("市政府办公室", CITY),
        ("各市州人民政府", CITY),
        ("各设区市人民政府", CITY),
        ("恩施州人民政府", CITY),
        ("东湖县人民政府", COUNTY),
        ("岳麓区人民政府", COUNTY),
        ("区科技局", COUNTY),
        ("各县（市、区）人民政府", COUNTY),
        ("青山镇人民政府", TOWNSHIP),
        ("湘江新区", PARK),
        ("长沙高新区管委会", PARK),
        ("省税务局", CENTRAL),
        ("长沙海关", CENTRAL),
        ("国家金融监督管理总局湖南监管局", CENTRAL),
        ("国家统计局湖南调查总队", CENTRAL),
        ("人民银行湖南省分行", CENTRAL),
    ],
)
def test_level_that_the_name_states(name: str, level: str) -> None:
    assert level_of(name) == level


@pytest.mark.parametrize(
    "name",
    [
        "武汉市人民政府",
        "市场监管局",
        "市政园林局",
        "区域合作办",
        "各市、县人民政府",
        "省交通集团有限公司",
        "湖南大学",
        "科技厅",
        "",
        "各",
    ],
)
def test_no_level_where_the_name_does_not_say_for_certain(name: str) -> None:
    assert level_of(name) == ""
