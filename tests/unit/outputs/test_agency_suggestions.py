from dataclasses import replace

import pytest

from planbook.model.ledger import LedgerTask
from planbook.outputs.agency_suggestions import suggest_agencies
from tests.unit.outputs.sample_review import TASKS, task_code


def task(item: int, title: str, body: str = "", leads: str = "", supports: str = "") -> LedgerTask:
    return replace(
        TASKS[0],
        code=task_code(1, item),
        title=title,
        body=body,
        lead_agencies=tuple(leads.split()),
        supporting_agencies=tuple(supports.split()),
    )


EARLIER = (
    task(1, "加快省实验室体系建设", "围绕光电子信息，推进省实验室建设。", "省科技厅", "省财政厅"),
    task(2, "加快高速公路建设", "推进云川北环高速建设，完善路网。", "省交通运输厅"),
    task(3, "培育壮大高新技术企业", "实施高新技术企业培育计划。", "省科技厅"),
    task(4, "优化营商环境", "深化放管服改革，压减审批事项。", "省政务办"),
    task(5, "加强乡村医生队伍建设", "提高村医待遇。", "省卫生健康委"),
)


@pytest.mark.parametrize(
    ("title", "body", "like"),
    [
        ("培育高新技术企业", "", [3]),
        ("推进省实验室体系建设", "", [1]),
        ("持续优化营商环境", "继续压减审批事项。", [4]),
        ("加快数字政府建设", "推进一网通办。", []),  # 加快…建设 is everybody's
        ("加强组织领导", "各地要高度重视。", []),
        ("", "", []),
    ],
)
def test_likeness_is_in_the_words_that_tell(title: str, body: str, like: list[int]) -> None:
    lacking = task(9, title, body)
    found = suggest_agencies([*EARLIER, lacking], [*EARLIER, lacking])
    assert [dict(one.finding.values)["code"] for one in found] == [task_code(1, item) for item in like]
    assert {one.code for one in found} <= {lacking.code}


def test_a_suggestion_names_its_ground() -> None:
    (one,) = suggest_agencies([task(9, "推进省实验室体系建设")], EARLIER)
    assert dict(one.finding.values) == {
        "code": task_code(1, 1),
        "title": "加快省实验室体系建设",
        "agencies": "省科技厅 牵头，省财政厅 配合",
    }


def test_at_most_two_and_each_choice_of_agencies_once() -> None:
    alike = [task(item, "培育高新技术企业", leads=lead) for item, lead in enumerate(["甲", "甲", "乙", "丙"], start=1)]
    found = suggest_agencies([task(9, "培育高新技术企业")], alike)
    assert [dict(one.finding.values)["agencies"] for one in found] == ["甲 牵头", "乙 牵头"]


def test_a_task_with_agencies_gets_none() -> None:
    assert suggest_agencies([task(9, "培育高新技术企业", supports="省财政厅")], EARLIER) == []
