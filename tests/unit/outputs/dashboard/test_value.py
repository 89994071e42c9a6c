"""The dashboard's value: its figures add up, its text is clean, and as JSON it can stand in any page."""

import json
from dataclasses import replace

from planbook.model.publication import publish
from planbook.outputs.dashboard.build import build_dashboard
from planbook.outputs.dashboard.value import dashboard_json
from tests.unit.outputs.dashboard.sample_board import BEFORE, LEDGER
from tests.unit.outputs.sample_master import LEDGER as PLAIN


def test_figures_add_up_and_stand_beside_last_period() -> None:
    value = build_dashboard(LEDGER, (BEFORE,))
    assert sum(light.count for light in value.lights) == len(value.tasks) == 4
    assert [sum(group.lights.values()) for group in value.groups] == [group.total for group in value.groups] == [3, 1]
    assert {light.light: light.before for light in value.lights if light.before} == {"red": 1, "grey": 2}
    assert [(one.label, sum(one.lights.values())) for one in value.history] == [
        ("2023年第四季度", 3),
        ("2024年第一季度", 4),
    ]
    assert (value.returned, value.issued) == (3, 4)


def test_without_an_earlier_period_nothing_is_compared() -> None:
    value = build_dashboard(PLAIN)
    assert {light.before for light in value.lights} == {None}
    assert {task.history for task in value.tasks} == {()}


def test_a_task_shows_every_part_and_every_period() -> None:
    task = build_dashboard(LEDGER, (BEFORE,)).tasks[1]
    assert [(one.agency, one.status, one.percent) for one in task.parts] == [
        ("省科技厅", "已完成", 100.0),
        ("省财政厅", "未报送", None),
    ]
    assert [(one.label, one.light) for one in task.history] == [("2023年第四季度", "red"), ("2024年第一季度", "red")]


def test_a_task_shows_what_the_office_decided() -> None:
    task = build_dashboard(LEDGER).tasks[0]
    assert (task.state, task.deadline, task.original_deadline) == ("待核查", "2024-12-31", "2024-06-30")
    assert [(one.on, one.kind, one.text) for one in task.decisions] == [
        ("2024-03-20", "延期", "时限 2024-06-30 → 2024-12-31\n理由：用地批复推迟")
    ]


def test_agencies_are_ranked_within_their_category_with_every_point_explained() -> None:
    categories = build_dashboard(LEDGER).categories
    assert [(one.title, [(agency.rank, agency.agency) for agency in one.agencies]) for one in categories] == [
        ("省直单位", [(1, "省科技厅"), (2, "省财政厅")]),
        ("市州", [(1, "市科技局")]),
    ]
    assert categories[0].agencies[1].grounds == ("报送及时 21.5/30：按时报送",)


def test_the_public_version_tells_no_contact_problem_doubt_or_decision() -> None:
    inside, outside = build_dashboard(LEDGER), build_dashboard(publish(LEDGER))
    assert (inside.missing[0].contact, outside.missing[0].contact) == ("王五 0715", "")
    for value, is_there in ((inside, True), (outside, False)):
        text = dashboard_json(value)
        told = ("王五", "用地紧张", "用地批复推迟", "责任清单.xlsx", "重复出现")
        assert [part in text for part in told] == [is_there] * len(told)


def test_json_holds_no_character_that_a_page_would_read_as_markup() -> None:
    text = dashboard_json(replace(build_dashboard(LEDGER), office="</script><!--&\u2028'\"甲"))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["office"] == "</script><!--&\u2028'\"甲"
