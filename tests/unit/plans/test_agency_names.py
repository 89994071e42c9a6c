"""Lists of agencies: where they are parted, what they share, and what stays as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.plans.agency_names import split_agencies

CASES = """
# separators
省科技厅、省财政厅，省教育厅；省商务厅 → 省科技厅|省财政厅|省教育厅|省商务厅
省科技厅/省财政厅 → 省科技厅|省财政厅
市科技局 市财政局 市教育局 → 市科技局|市财政局|市教育局
市科 技局、市财政局 → 市科技局|市财政局
省科技厅，，省财政厅、 → 省科技厅|省财政厅
# conjunctions part names, not words within a name
省科技厅和省财政厅 → 省科技厅|省财政厅
省住房和城乡建设厅和省工业和信息化厅及各市州人民政府 → 省住房和城乡建设厅|省工业和信息化厅|各市州人民政府
市自然资源和规划局、市文化和旅游局与市人力资源和社会保障局 → 市自然资源和规划局|市文化和旅游局|市人力资源和社会保障局
市科技局、市财政局以及各区县(市)人民政府 → 市科技局|市财政局|各区县(市)人民政府
市委和市政府 → 市委|市政府
市直各有关部门和单位 → 市直各有关部门和单位
各县（市、区）委和人民政府 → 各县（市、区）委和人民政府
省长株潭一体化发展领导小组及其成员单位 → 省长株潭一体化发展领导小组及其成员单位
# 等 at the end
省科技厅、省财政厅等 → 省科技厅|省财政厅
省科技厅、省财政厅等部门 → 省科技厅|省财政厅
市科技局、市财政局等市直相关部门，各区人民政府 → 市科技局|市财政局|各区人民政府
省科技厅、省财政厅等有关部门和各市州人民政府 → 省科技厅|省财政厅|各市州人民政府
# shared suffix
武汉市、鄂州市、黄石市人民政府，省发改委 → 武汉市人民政府|鄂州市人民政府|黄石市人民政府|省发改委
省发改委，东江市、西江市人民政府 → 省发改委|东江市人民政府|西江市人民政府
长沙、株洲、湘潭市人民政府 → 长沙市人民政府|株洲市人民政府|湘潭市人民政府
东江、西江、南江三市人民政府 → 东江市人民政府|西江市人民政府|南江市人民政府
长沙、株洲等市人民政府 → 长沙市人民政府|株洲市人民政府
湘江新区、长沙市人民政府 → 湘江新区|长沙市人民政府
岳麓区、雨花区人民政府 → 岳麓区人民政府|雨花区人民政府
广州市、深圳市科技局 → 广州市科技局|深圳市科技局
省发展改革、财政、科技等部门 → 省发展改革部门|省财政部门|省科技部门
各级科技、财政部门 → 各级科技部门|各级财政部门
# shared prefix
市科技局、财政局、教育局 → 市科技局|市财政局|市教育局
省科技厅、教育厅、公安厅 → 省科技厅|省教育厅|省公安厅
# a prefix neither comes from nor passes a Party organ or a branch of a central authority
省委宣传部、网信办、文化和旅游厅 → 省委宣传部|网信办|文化和旅游厅
省财政厅、湖南证监局、教育厅 → 省财政厅|湖南证监局|教育厅
国家税务总局湖南省税务局、财政厅 → 国家税务总局湖南省税务局|财政厅
市金融办、人行云江中支、云江银保监分局 → 市金融办|人行云江中支|云江银保监分局
东川省、西川省、北川省人民政府 → 东川省人民政府|西川省人民政府|北川省人民政府
长沙市、省市场监管局 → 长沙市|省市场监管局
# groups
长株潭三市人民政府 → 长沙市人民政府|株洲市人民政府|湘潭市人民政府
武鄂黄黄咸五市人民政府 → 武汉市人民政府|鄂州市人民政府|黄石市人民政府|黄冈市人民政府|咸宁市人民政府
深莞惠三市 → 深圳市|东莞市|惠州市
# open groups stay as printed
各市州人民政府、省直有关单位 → 各市州人民政府|省直有关单位
各区、县级市 → 各区、县级市
各市、县（市、区）人民政府 → 各市、县（市、区）人民政府
各区县（市）人民政府、各园区管委会 → 各区县（市）人民政府|各园区管委会
市州、县市区人民政府 → 市州、县市区人民政府
各有关单位 → 各有关单位
# glosses, marks, function words
市发展改革委（以下简称市发改委）、市科技局 → 市发展改革委|市科技局
★市科技局、市财政局 → 市科技局|市财政局
省科技厅（牵头）、省财政厅（配合） → 省科技厅|省财政厅
由省科技厅、各市州人民政府按职责分工负责 → 省科技厅|各市州人民政府
# firms, troops, task forces
云江城投集团有限公司、国网云江供电公司 → 云江城投集团有限公司|国网云江供电公司
武警云江支队、市黑臭水体整治工作专班 → 武警云江支队|市黑臭水体整治工作专班
# each once, and nothing made of nothing
省科技厅、省财政厅、省科技厅 → 省科技厅|省财政厅
无 →
—— →
"""


def cases() -> list[tuple[str, list[str]]]:
    lines = [line for line in CASES.strip().splitlines() if line and not line.startswith("#")]
    return [
        (left.strip(), right.strip().split("|") if right.strip() else [])
        for left, right in (line.split("→") for line in lines)
    ]


@pytest.mark.parametrize(("printed", "names"), cases())
def test_list_is_parted_and_spelled_out(printed: str, names: list[str]) -> None:
    assert [agency.name for agency in split_agencies(printed)] == names


def test_group_of_cities_is_resolved_by_the_cities_that_the_document_names() -> None:
    cities = ("青州", "白川", "青溪")
    found = split_agencies("青白青三市人民政府", cities)
    assert [agency.name for agency in found] == ["青州市人民政府", "白川市人民政府", "青溪市人民政府"]


def test_group_of_unknown_cities_stays_as_printed() -> None:
    assert [agency.name for agency in split_agencies("甲乙丙三市人民政府")] == ["甲乙丙三市人民政府"]


def test_roles_and_marks_stand_beside_the_name() -> None:
    first, second, third = split_agencies("★省科技厅、省财政厅（牵头）、省教育厅（配合）")
    assert (first.is_marked, first.role) == (True, "")
    assert (second.name, second.role) == ("省财政厅", "牵头")
    assert (third.name, third.role) == ("省教育厅", "配合")


@pytest.mark.parametrize("printed", ["市发改、科技、财政局", "推进科技创新工作"])
def test_guess_is_marked_as_doubtful(printed: str) -> None:
    assert split_agencies(printed)[0].is_doubtful


_FIELDS = st.sampled_from(["科技", "财政", "教育", "商务", "农业农村", "水利", "民政", "审计"])


@given(st.lists(_FIELDS, min_size=1, max_size=8, unique=True), st.sampled_from("、，；"), st.sampled_from("省市县"))
def test_full_names_come_back_unchanged(fields: list[str], separator: str, level: str) -> None:
    names = [f"{level}{field}{'厅' if level == '省' else '局'}" for field in fields]
    assert [agency.name for agency in split_agencies(separator.join(names))] == names


@given(st.text(alphabet="省市县各科技财政厅局委办、，；和及等（）() \n各人民政府三四株潭长", max_size=60))
def test_no_name_is_made_up(text: str) -> None:
    letters = set(text) | set("市人民政府部门）)省县区、") | set("长沙株洲湘潭")
    for agency in split_agencies(text):
        assert agency.name.strip()
        assert set(agency.name) <= letters


def test_a_line_end_within_a_departments_name_parts_nothing() -> None:
    assert [one.name for one in split_agencies("市科技局、市人力资源\n社会保障局")] == [
        "市科技局",
        "市人力资源社会保障局",
    ]
    assert [one.name for one in split_agencies("市科技\n财政局")] == ["市科技局", "市财政局"]
