import pytest

from planbook.model.agency import Agency, Directory, agency_key, is_open_group


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省发改委", "省发展改革委"),
        ("省发展改革委", "省发展和改革委员会"),
        ("市工信局", "市工业和信息化局"),
        ("省经信厅", "省经济和信息化厅"),
        ("省科技厅", "省科学技术厅"),
        ("省人社厅", "省人力资源社会保障厅"),
        ("省人社厅", "省人力资源和社会保障厅"),
        ("省住建厅", "省住房城乡建设厅"),
        ("省卫健委", "省卫生健康委员会"),
        ("省国资委", "省政府国有资产监督管理委员会".replace("政府", "")),
        ("省市场监管局", "省市场监督管理局"),
        ("市文旅局", "市文化和旅游局"),
        ("省政府督查室", " 省政府督查室 "),
        ("各区县（市）政府", "各区县(市)人民政府"),
        ("市委办", "市委办公室"),
    ],
)
def test_two_spellings_of_one_agency(one: str, other: str) -> None:
    assert agency_key(one) == agency_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省科技厅", "市科技局"),
        ("省科技厅", "省财政厅"),
        ("省工业和信息化厅", "省经济和信息化厅"),
        ("省农业农村厅", "省乡村振兴局"),
        ("长沙市人民政府", "株洲市人民政府"),
        ("省发展改革委", "市发展改革委"),
        ("省交通运输厅", "省交通集团"),
        ("省教育厅", "省教育考试院"),
        ("省委办公厅", "省委办公室"),
        ("省能源局", "国家能源局"),
    ],
)
def test_different_agencies_stay_apart(one: str, other: str) -> None:
    assert agency_key(one) != agency_key(other)


def test_own_name_wins_over_another_agencys_alias() -> None:
    directory = Directory((Agency("省数据局", aliases=("省大数据局",)), Agency("省大数据局")))
    found = directory.find("省大数据局")
    assert found is not None
    assert found.name == "省大数据局"


def test_groups_resolve_through_groups_each_member_once() -> None:
    directory = Directory(
        (
            Agency("各市人民政府", is_group=True),
            Agency("沿江三市", is_group=True, groups=("各市人民政府",)),
            Agency("甲市人民政府", groups=("沿江三市",)),
            Agency("乙市人民政府", groups=("各市人民政府", "沿江三市")),
            Agency("省直部门", is_group=True),
        )
    )
    agencies, unresolved = directory.resolve(["甲市人民政府", "各市人民政府", "省直部门", "丙市人民政府"])
    assert [agency.name for agency in agencies] == ["甲市人民政府", "乙市人民政府"]
    assert unresolved == ("省直部门", "丙市人民政府")


def test_groups_that_contain_each_other_end() -> None:
    directory = Directory(
        (Agency("甲组", is_group=True, groups=("乙组",)), Agency("乙组", is_group=True, groups=("甲组",)))
    )
    assert directory.members("甲组") == ()


@pytest.mark.parametrize(
    ("name", "is_group"),
    [
        ("各市人民政府", True),
        ("各区县(市)人民政府", True),
        ("省直有关单位", True),
        ("市级相关部门", True),
        ("有关区县政府", True),
        ("沿江五市人民政府", True),
        ("省科技厅", False),
        ("甲市人民政府", False),
        ("省委军民融合办", False),
        ("省机关事务管理局", False),
    ],
)
def test_names_that_stand_for_several(name: str, is_group: bool) -> None:
    assert is_open_group(name) is is_group


def test_new_names_enter_the_directory_and_spellings_join_visibly() -> None:
    directory, joined = Directory((Agency("省发展改革委"),)).with_names(
        ["省发改委", "省科技厅", "各市人民政府", "省科技厅"]
    )
    assert joined == (("省发改委", "省发展改革委"),)
    assert directory.agencies == (
        Agency("省发展改革委", aliases=("省发改委",)),
        Agency("省科技厅", level="省"),
        Agency("各市人民政府", level="市", is_group=True),
    )
    assert directory.with_names(["省发改委", "省科学技术厅"])[1] == (("省科学技术厅", "省科技厅"),)
    assert directory.with_names(["省发改委", "省科技厅"]) == (directory, ())
