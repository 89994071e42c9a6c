"""The letters: whom they go to, and for which tasks."""

from dataclasses import replace
from datetime import date
from typing import Any

from planbook.model.decisions import Closure, ClosureState
from planbook.model.doubts import Doubt, DoubtKind
from planbook.model.findings import Finding
from planbook.model.form import Role
from planbook.model.ledger import PeriodLedger
from planbook.model.lights import Light, LightReading
from planbook.outputs.documents.letter_fields import NoticeFields, UrgingFields
from planbook.outputs.documents.letters import Letter, compose_letters
from planbook.outputs.documents.standard_templates import Template
from tests.unit.outputs.sample_master import CUT_OFF, LEDGER

RED_TASK, GREEN_TASK = LEDGER.tasks[1], LEDGER.tasks[0]


def letters(ledger: PeriodLedger = LEDGER) -> tuple[Letter, ...]:
    return compose_letters(ledger, contact="张某", issued_on=date(2024, 4, 8), reply_by=date(2024, 4, 15))


def whom(ledger: PeriodLedger) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.template[:3], one.agency, one.tasks) for one in letters(ledger)]


def with_task(index: int, **changes: Any) -> PeriodLedger:
    tasks = list(LEDGER.tasks)
    tasks[index] = replace(tasks[index], **changes)
    return replace(LEDGER, tasks=tuple(tasks))


def test_leads_of_late_tasks_get_notices_and_silent_agencies_are_urged() -> None:
    assert whom(LEDGER) == [
        ("督办单", "省科技厅", (RED_TASK.task.code,)),
        ("督办单", "省财政厅", (RED_TASK.task.code,)),
        ("催办函", "东湖县人民政府", (GREEN_TASK.task.code,)),
    ]


def test_a_lead_whose_own_light_is_green_answers_for_nobody_else() -> None:
    green = LightReading(Light.GREEN, "达到序时", CUT_OFF)
    parts = tuple(replace(one, light=green) if one.agency == "省科技厅" else one for one in RED_TASK.assignments)
    assert [agency for kind, agency, _ in whom(with_task(1, assignments=parts)) if kind == "督办单"] == ["省财政厅"]


def test_closed_and_suspended_tasks_are_left_alone() -> None:
    for state in (ClosureState.CLOSED, ClosureState.SUSPENDED):
        assert [kind for kind, _, _ in whom(with_task(1, closure=Closure(state)))] == ["催办函"]


def test_supporting_agencies_answer_for_doubts_alone() -> None:
    doubt = Doubt(DoubtKind.AGENCIES, GREEN_TASK.task.code, "", ("省财政厅", "省科技厅"), Finding.of("row_duplicated"))
    ledger = replace(LEDGER, doubts=(doubt,))
    notices = {one.agency: one.fields for one in letters(ledger) if one.template is Template.NOTICE}
    fields = notices["省财政厅"]
    assert isinstance(fields, NoticeFields)
    assert [(one.code, one.role) for one in fields.matters] == [
        (GREEN_TASK.task.code, Role.SUPPORT.value),
        (RED_TASK.task.code, Role.LEAD.value),
    ]
    assert fields.matters[0].matter == doubt.finding.message
    assert (fields.number, fields.count, fields.reply_by) == ("2024Q1-02", 2, "2024年4月15日")


def test_an_urging_letter_says_since_when() -> None:
    fields = letters()[-1].fields
    assert isinstance(fields, UrgingFields)
    assert (fields.due_on, fields.days_late, fields.count, fields.lead_count) == ("2024年3月28日", 11, 1, 0)
