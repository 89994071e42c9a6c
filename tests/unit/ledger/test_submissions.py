from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planbook.ledger.store import Ledger
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from planbook.model.form import Role, Status
from planbook.model.submission import TaskReport, Verdict
from tests.unit.ledger import builders
from tests.unit.ledger.builders import FINANCE, Q1, Q2, SCIENCE, at

ACCEPTED, SUPERSEDED, DUPLICATE, REJECTED = Verdict.ACCEPTED, Verdict.SUPERSEDED, Verdict.DUPLICATE, Verdict.REJECTED


def _progress_in_force(ledger: Ledger) -> list[tuple[str, str]]:
    return [(one.agency, one.report.progress) for one in ledger.reports.tasks()]


def test_submission_is_kept_to_the_last_character(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    form = builders.form(ledger, tasks=tasks, indicators=[one.code for one in ledger.plans.indicators()])
    finding = Finding.of("ledger_damaged", Location("回表.xlsx", "责任清单", "M5", 3, 1), detail="约八成")
    sent = builders.submission(form, findings=[finding], saved_at=at(7))
    (result,) = ledger.submissions.take_in(builders.run(), [sent])
    assert (result.verdict, result.agency, result.period, result.version) == (ACCEPTED, SCIENCE, Q1, 1)
    received = ledger.reports.tasks(Q1)
    assert tuple(one.report for one in received) == sent.task_reports
    assert (received[0].file_name, received[0].file_sha256, received[0].received_at) == (
        sent.file_name,
        sent.file_sha256,
        sent.received_at,
    )
    assert tuple(one.report for one in ledger.reports.indicators(Q1)) == sent.indicator_reports
    assert [one.finding for one in ledger.reports.findings(Q1)] == [finding]


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
_REPORTS = st.builds(
    TaskReport,
    task_code=st.just(""),
    role=st.sampled_from(Role),
    status=st.none() | st.sampled_from(Status),
    completion_percent=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
    progress=_TEXT,
    problems=_TEXT,
    next_steps=_TEXT,
    expected_completion=st.none() | st.dates(),
    extension_to=st.none() | st.dates(),
    evidence=_TEXT,
    reporter=_TEXT,
    phone=_TEXT,
    reported_on=st.none() | st.dates(),
    remarks=_TEXT,
    sheet=_TEXT,
    row=st.integers(1, 2**20),
    raw=st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple),
    extras=st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_REPORTS, min_size=1, max_size=5), _TEXT)
def test_whatever_is_reported_comes_back_the_same(ledger: Ledger, reports: list[TaskReport], file: str) -> None:
    tasks = builders.add_plan(ledger)
    form = builders.form(ledger, tasks=tasks)
    sent = [replace(report, task_code=tasks[0].code) for report in reports]
    answer = builders.submission(form, file=form.form_id, task_reports=sent)
    ledger.submissions.take_in(builders.run(), [replace(answer, file_name=file)])
    kept = ledger.reports.tasks(Q1)
    assert [one.report for one in kept] == sent
    assert {one.file_name for one in kept} == {file}


@pytest.mark.parametrize("text", ["前\0后", "前\ud800后"])
def test_text_that_no_database_holds_does_not_cost_the_return(ledger: Ledger, text: str) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger, tasks=1))
    ledger.submissions.take_in(builders.run(), [builders.submission(form, progress=text)])
    assert _progress_in_force(ledger) == [(SCIENCE, "前\ufffd后")]


def test_numbers_stay_exact(ledger: Ledger) -> None:
    (task,) = builders.add_plan(ledger, tasks=1)
    form = builders.form(ledger, tasks=[task])
    for number, written in enumerate(("0.1", "85.00", "1E+3", "12345678901234567890.123456789")):
        report = builders.task_report(task.code, percent=written)
        answer = builders.submission(form, file=f"{number}", task_reports=[report])
        ledger.submissions.take_in(builders.run(), [answer])
        (kept,) = ledger.reports.tasks(Q1)
        assert str(kept.report.completion_percent) == str(Decimal(written))


@pytest.mark.parametrize(
    ("first", "second", "in_force"),
    [
        # (saved, received) of two versions of one return, taken in in this order
        ((at(5), at(6)), (at(7), at(8)), "second"),
        ((at(7), at(8)), (at(5), at(9)), "first"),  # the older version came late
        ((None, at(6)), (None, at(8)), "second"),
        ((None, at(8)), (None, at(6)), "first"),
        ((None, at(8)), (None, at(8)), "second"),  # one batch: the order of receipt
        ((at(7), at(8)), (at(1, month=1), at(9)), "second"),  # saved before it was issued: a wrong clock
        ((at(30), at(8)), (at(8, 20), at(9)), "second"),  # saved after it was received: a wrong clock
    ],
)
def test_newest_version_is_in_force(
    ledger: Ledger,
    first: tuple[datetime | None, datetime],
    second: tuple[datetime | None, datetime],
    in_force: str,
) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger, tasks=1))
    for name, (saved_at, received_at) in (("first", first), ("second", second)):
        answer = builders.submission(form, file=name, progress=name, saved_at=saved_at, received_at=received_at)
        (last,) = ledger.submissions.take_in(builders.run(), [answer])
    assert _progress_in_force(ledger) == [(SCIENCE, in_force)]
    assert last.verdict is (ACCEPTED if in_force == "second" else SUPERSEDED)
    history = ledger.submissions.history(SCIENCE, Q1)
    assert [(one.version, one.file_name) for one in history] == [(1, "first"), (2, "second")]
    assert [one.is_in_force for one in history] == [in_force == "first", in_force == "second"]


def test_both_versions_in_one_batch(ledger: Ledger) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger, tasks=1))
    new = builders.submission(form, file="新", progress="新", saved_at=at(7))
    old = builders.submission(form, file="旧", progress="旧", saved_at=at(5))
    results = ledger.submissions.take_in(builders.run(), [new, old])
    assert [(one.version, one.verdict) for one in results] == [(1, ACCEPTED), (2, SUPERSEDED)]


def test_same_bytes_have_no_effect(ledger: Ledger) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger))
    answer = builders.submission(form)
    first = ledger.submissions.take_in(builders.run(), [answer, answer])
    again = ledger.submissions.take_in(builders.run(), [answer])
    assert [one.verdict for one in (*first, *again)] == [ACCEPTED, DUPLICATE, DUPLICATE]
    assert (again[0].agency, again[0].period, again[0].version) == (SCIENCE, Q1, 1)
    assert len(ledger.reports.tasks(Q1)) == 3
    assert len(ledger.submissions.history(SCIENCE, Q1)) == 1


def test_answer_to_an_older_form_counts(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    old = builders.form(ledger, tasks=tasks[:1])
    new = builders.form(ledger, tasks=tasks, issued_at=at(5))
    ledger.submissions.take_in(builders.run(), [builders.submission(new, file="新", saved_at=at(6))])
    (late,) = ledger.submissions.take_in(builders.run(), [builders.submission(old, file="旧", saved_at=at(7))])
    assert (late.verdict, late.version) == (ACCEPTED, 2)
    assert [one.report.task_code for one in ledger.reports.tasks(Q1)] == [tasks[0].code]
    assert [one.form_version for one in ledger.submissions.history(SCIENCE, Q1)] == [2, 1]


def test_foreign_rows_and_forms_are_refused_alone(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    mine = builders.form(ledger, SCIENCE, tasks=tasks[:1])
    theirs = builders.form(ledger, FINANCE, tasks=tasks[1:])
    good = builders.submission(theirs, file="好")
    trespass = builders.submission(mine, file="越界", task_reports=good.task_reports)
    stranger = builders.submission(mine, file="外来")
    stranger = replace(stranger, form_id="9" * 32)
    results = ledger.submissions.take_in(builders.run(), [trespass, stranger, good])
    assert [one.verdict for one in results] == [REJECTED, REJECTED, ACCEPTED]
    assert tasks[1].code in results[0].reason
    assert "外来" in results[1].reason
    assert [one.agency for one in ledger.reports.tasks()] == [FINANCE, FINANCE]
    assert ledger.submissions.history(SCIENCE, Q1) == ()


def test_nothing_of_a_batch_is_taken_in_if_it_fails(ledger: Ledger) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger))
    good = builders.submission(form, file="好")
    bad = replace(builders.submission(form, file="坏"), received_at="昨天")  # type: ignore[arg-type]
    with pytest.raises((AttributeError, TypeError, PlanbookError)):
        ledger.submissions.take_in(builders.run(), [good, bad])
    assert ledger.reports.tasks() == ()
    assert ledger.submissions.take_in(builders.run(), [good])[0].verdict is ACCEPTED


def test_periods_do_not_mix(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger, tasks=1)
    for period in (Q2, Q1):
        form = builders.form(ledger, period=period, tasks=tasks)
        ledger.submissions.take_in(builders.run(), [builders.submission(form, file=str(period), progress=str(period))])
    assert [one.report.progress for one in ledger.reports.tasks(Q1)] == ["2024Q1"]
    assert [one.report.progress for one in ledger.reports.tasks()] == ["2024Q1", "2024Q2"]
