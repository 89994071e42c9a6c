import pytest

from planbook.model.agency import Agency, Directory
from planbook.outputs.near_agencies import find_near_agencies


def offered(*agencies: Agency | str) -> list[tuple[str, str]]:
    """Which agency is offered as which."""
    directory = Directory(tuple(Agency(one) if isinstance(one, str) else one for one in agencies))
    pairs = [dict(one.finding.values) for one in find_near_agencies(directory)]
    return [(pair["name"], pair["other"]) for pair in pairs]


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("省农业农村厅", "省农业农村庁"),
        ("省农业农村厅", "省农业农材厅"),
        ("省农业农村厅", "省农业厅"),
        ("省农业农村厅", "省农业农村局"),
        ("省生态环境厅", "省生态环境保护厅"),
        ("省药品监督管理局", "省药监局"),
        ("省林业局", "省林业和草原局"),
        ("云川交通投资集团有限公司", "云川省交通投资集团"),
    ],
)
def test_nearly_another_name_is_offered(known: str, new: str) -> None:
    assert offered(known, new) == [(new, known)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省科技厅", "市科技局"),
        ("省税务局", "市税务局"),
        ("省科技厅", "省教育厅"),
        ("省教育厅", "省体育局"),
        ("省工业和信息化厅", "省经济和信息化厅"),
        ("省交通运输厅", "省交通集团"),
        ("省教育厅", "省教育考试院"),
        ("省发展改革委", "省发展改革委能源局"),
        ("省委宣传部", "省宣传部"),
        ("省委办公厅", "省政府办公厅"),
        ("黄石市人民政府", "黄山市人民政府"),
        ("东湖高新区管委会", "西湖高新区管委会"),
        ("市第一人民医院", "市第二人民医院"),
        ("中国电信云川分公司", "中国电力云川分公司"),
        ("各市州人民政府", "各市人民政府"),
    ],
)
def test_other_agencies_are_not_offered(one: str, other: str) -> None:
    group = "各" in one
    assert offered(Agency(one, is_group=group), Agency(other, is_group=group)) == []


def test_an_agency_that_the_office_has_looked_at_is_no_longer_doubtful() -> None:
    looked_at, bare = Agency("省农业厅", email="ny@yc.gov.cn"), Agency("省农业农村厅")
    assert offered(bare, looked_at) == [("省农业农村厅", "省农业厅")]
    assert offered(Agency("省农业农村厅", phone="027-1"), looked_at) == []


def test_levels_that_the_office_gave_keep_names_apart() -> None:
    assert offered(Agency("生态环境局", level="市"), Agency("生态环境保护局", level="区县")) == []
    assert offered(Agency("省农业厅", level="省直"), Agency("省农业农村厅", level="省")) == [
        ("省农业农村厅", "省农业厅")
    ]


def test_near_an_alias_is_near_the_agency() -> None:
    known = Agency("省乡村振兴局", aliases=("省农业农村厅",))
    assert offered(known, "省农业农村庁") == [("省农业农村庁", "省乡村振兴局")]
