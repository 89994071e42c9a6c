"""Unit notes in the wordings that offices use: who leads, who helps, every shared part spelled out."""

import pytest

from planbook.plans.agency_names import split_agencies
from planbook.plans.responsibility import LeadStatement, assign_roles
from planbook.plans.unit_notes import find_unit_notes

LEAD_AND_OTHERS = [
    # roles by label, by verb, by comma alone
    ("（牵头单位：市商务局；配合单位：市财政局）", "市商务局", "市财政局"),
    ("［牵头单位：市商务局，责任单位：市邮政管理局］", "市商务局", "市邮政管理局"),
    ("{市商务局牵头，市邮政管理局配合}", "市商务局", "市邮政管理局"),
    ("（由市财政局牵头，会同市人社局、市民政局落实）", "市财政局", "市人社局 市民政局"),
    ("（主办单位：市文旅局；协办单位：市体育局、团市委）", "市文旅局", "市体育局 团市委"),
    ("牵头单位：市科技局 配合单位：市财政局、市税务局", "市科技局", "市财政局 市税务局"),
    ("（牵头单位：市科技局；指导单位：省科技厅；责任单位：市财政局）", "市科技局", "市财政局 省科技厅"),
    # persons, dates and scores within the note
    ("（牵头单位：市农业农村局，配合单位：市林业局，完成时限：2024年6月，分值：3分）", "市农业农村局", "市林业局"),
    ("（牵头领导：王明、李强；牵头单位：区农业农村局；责任单位：区水务局）", "区农业农村局", "区水务局"),
    ("（市教育局牵头，市财政局配合，每年开展）", "市教育局", "市财政局"),
    # several items in one note
    ("（以上任务由市民政局牵头，市财政局、市医保局按职责分工负责）", "市民政局", "市财政局 市医保局"),
    ("（以上各项工作均由市民政局牵头，市财政局配合）", "市民政局", "市财政局"),
    # open ends and members
    ("（省科技厅牵头，省财政厅等配合）", "省科技厅", "省财政厅"),
    ("（省科技厅牵头，云江大学、云江理工大学等高校配合）", "省科技厅", "云江大学 云江理工大学"),
    (
        "（牵头单位：县安委办；配合单位：县安委会及其成员单位，县直有关部门）",
        "县安委办",
        "县安委会及其成员单位 县直有关部门",
    ),
    (
        "（市政府办公室牵头，市直各部门、各人民团体、各县市区配合）",
        "市政府办公室",
        "市直各部门 各人民团体 各县市区",
    ),
]


@pytest.mark.parametrize(("note", "leads", "others"), LEAD_AND_OTHERS)
def test_roles(note: str, leads: str, others: str) -> None:
    roles = assign_roles(find_unit_notes(f"推进设施建设。{note}"), LeadStatement())
    assert (" ".join(roles.leads), " ".join(roles.supporting)) == (leads, others)


SHARED_PARTS = [
    # places
    ("澄州、临浦、望川三市人民政府", "澄州市人民政府 临浦市人民政府 望川市人民政府"),
    ("杭州、湖州市人民政府", "杭州市人民政府 湖州市人民政府"),
    ("石门、慈利、桑植县人民政府", "石门县人民政府 慈利县人民政府 桑植县人民政府"),
    ("凉山州、达州市人民政府", "凉山州人民政府 达州市人民政府"),
    ("望川三市人民政府", "望川三市人民政府"),  # whoever the other two are, none is invented
    ("高新区、经开区管委会", "高新区管委会 经开区管委会"),
    ("各区人民政府、开发区管委会", "各区人民政府 开发区管委会"),
    ("各区县（市）人民政府", "各区县（市）人民政府"),
    ("各盟行政公署、市人民政府", "各盟行政公署、市人民政府"),
    # departments
    ("省科技、财政、教育等部门", "省科技部门 省财政部门 省教育部门"),
    ("市科技局、财政局、市场监管局", "市科技局 市财政局 市市场监管局"),
    ("市科技局、市场监管局、医保局", "市科技局 市市场监管局 市医保局"),
    ("市教育局、总工会、团市委", "市教育局 市总工会 团市委"),
    # names that run together
    ("市财政局市民政局国网南屿供电公司", "市财政局 市民政局 国网南屿供电公司"),
    ("市公安局市中区分局", "市公安局市中区分局"),
    ("省委省政府督查室", "省委省政府督查室"),
    # where the prefix stops
    ("省委宣传部、文化和旅游厅", "省委宣传部 文化和旅游厅"),
    ("省教育厅、江原证监局、财政厅", "省教育厅 江原证监局 财政厅"),
    ("县安委办、县直有关部门", "县安委办 县直有关部门"),
    ("区住建局、老城街道办、青石镇", "区住建局 老城街道办 青石镇"),
    ("市财政局、市级有关部门、区域合作办", "市财政局 市级有关部门 区域合作办"),
]


@pytest.mark.parametrize(("written", "full"), SHARED_PARTS)
def test_shared_parts(written: str, full: str) -> None:
    assert " ".join(agency.name for agency in split_agencies(written)) == full


def test_miscounted_places_are_doubtful() -> None:
    assert [agency.is_doubtful for agency in split_agencies("望川三市人民政府")] == [True]
