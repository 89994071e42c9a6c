from dataclasses import replace

import pytest

from planbook.ledger.records import FormFile
from planbook.ledger.store import Ledger
from planbook.model.errors import PlanbookError
from tests.unit.ledger import builders
from tests.unit.ledger.builders import FINANCE, Q1, Q2, SCIENCE


def test_form_is_kept_word_for_word(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    indicators = [one.code for one in ledger.plans.indicators()]
    issued = builders.form(ledger, tasks=tasks, indicators=indicators)
    assert ledger.forms.form(issued.form_id) == issued
    assert ledger.forms.form("0" * 32) is None
    assert ledger.forms.of_period(Q1) == (issued,)
    assert ledger.forms.of_period(Q2) == ()


def test_versions_count_per_agency_and_period(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    assert ledger.forms.next_version(SCIENCE, Q1) == 1
    issued = [
        builders.form(ledger, agency, period, tasks=tasks)
        for agency, period in ((SCIENCE, Q1), (FINANCE, Q1), (SCIENCE, Q1), (SCIENCE, Q2))
    ]
    assert [form.version for form in issued] == [1, 1, 2, 1]
    assert ledger.forms.next_version(SCIENCE, Q1) == 3


def test_newest_form_of_each_agency_is_listed(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    old = builders.form(ledger, SCIENCE, tasks=tasks)
    other = builders.form(ledger, FINANCE, tasks=tasks[:1])
    new = builders.form(ledger, SCIENCE, tasks=tasks[:2])
    later = builders.form(ledger, SCIENCE, Q2)
    assert [(one.form_id, one.task_count) for one in ledger.forms.issued(Q1)] == [(other.form_id, 1), (new.form_id, 2)]
    assert [one.form_id for one in ledger.forms.issued()] == [other.form_id, new.form_id, later.form_id]
    assert ledger.forms.of_period(Q1) == (old, other, new)
    newest = ledger.forms.issued(Q1)[1]
    assert (newest.version, newest.path) == (2, "forms/2024Q1/2024Q1_省科技厅_责任清单.xlsx")


def test_form_recorded_twice_is_one_form(ledger: Ledger) -> None:
    issued = builders.form(ledger, tasks=builders.add_plan(ledger))
    ledger.forms.record(builders.run("issue"), [FormFile(issued, "p", "ab", builders.at(2))])
    assert [one.path for one in ledger.forms.issued(Q1)] != ["p"]
    with pytest.raises(ValueError, match="other content"):
        ledger.forms.record(
            builders.run("issue"), [FormFile(replace(issued, office="他室"), "p", "ab", builders.at(2))]
        )


def test_second_clerk_issuing_the_same_version_is_told(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    issued = builders.form(ledger, tasks=tasks)
    mine = replace(issued, form_id="f" * 32, agency=FINANCE)
    clash = replace(issued, form_id="e" * 32)
    files = [FormFile(form, "p", "ab", builders.at(2)) for form in (mine, clash)]
    with pytest.raises(PlanbookError, match=SCIENCE):
        ledger.forms.record(builders.run("issue"), files)
    assert ledger.forms.of_period(Q1) == (issued,)
