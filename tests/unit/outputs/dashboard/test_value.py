"""The dashboard's value: its figures add up, its text is clean, and as JSON it can stand in any page."""

import json
from dataclasses import replace

from planbook.model.period import Period
from planbook.outputs.dashboard.build import build_dashboard
from planbook.outputs.dashboard.value import dashboard_json
from tests.unit.outputs.sample_master import LEDGER

BEFORE = replace(LEDGER, period=Period.parse("2023Q4"), tasks=LEDGER.tasks[1:])


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
    value = build_dashboard(LEDGER)
    assert {light.before for light in value.lights} == {None}
    assert {task.history for task in value.tasks} == {()}


def test_a_task_shows_every_part_and_every_period() -> None:
    task = build_dashboard(LEDGER, (BEFORE,)).tasks[1]
    assert [(one.agency, one.status, one.percent) for one in task.parts] == [
        ("省科技厅", "已完成", 100.0),
        ("省财政厅", "未报送", None),
    ]
    assert [(one.label, one.light, one.percent) for one in task.history] == [
        ("2023年第四季度", "red", 100.0),
        ("2024年第一季度", "red", 100.0),
    ]


def test_the_public_version_names_no_contact() -> None:
    assert build_dashboard(LEDGER).missing[0].contact == "王五 0715"
    assert build_dashboard(LEDGER, is_public=True).missing[0].contact == ""


def test_json_holds_no_character_that_a_page_would_read_as_markup() -> None:
    text = dashboard_json(replace(build_dashboard(LEDGER), office="</script><!--&\u2028'\"甲"))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["office"] == "</script><!--&\u2028'\"甲"
