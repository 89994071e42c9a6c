from dataclasses import replace
from pathlib import Path

import pytest

from planbook.ledger.records import CorrectionFile
from planbook.ledger.store import Ledger, open_ledger
from planbook.model.dispatch import Channel, Dispatch, Errand, Escalation, Outcome, latest_by_message
from planbook.model.errors import PlanbookError
from tests.unit.ledger.builders import FINANCE, Q1, Q2, SCIENCE, at, digest, run

FORM = Dispatch(
    attempt="a1",
    errand=Errand.FORM,
    period=Q1,
    agency=SCIENCE,
    escalation=Escalation.NONE,
    form_id="f1",
    file_name="2024Q1_省科技厅_责任清单.xlsx",
    file_sha256=digest("f1"),
    size=23_456,
    channel=Channel.SMTP,
    recipient="kjt@example.gov.cn",
    copies=("ld@example.gov.cn",),
    message_id="<1@planbook>",
    is_trial=False,
    begun_at=at(1),
)


def test_dispatch_is_told_as_it_stands(ledger: Ledger, path: Path) -> None:
    other = replace(FORM, attempt="a2", agency=FINANCE, message_id="<2@planbook>", copies=())
    ledger.dispatches.begin(run("send"), [FORM, other])
    ledger.dispatches.settle(run("send"), "a1", Outcome.UNKNOWN, "没有等到回执", at(1, 10))
    ledger.dispatches.settle(run("send"), "a1", Outcome.SENT, "", at(1, 11))
    ledger.close()
    with open_ledger(path) as reopened:
        sent = replace(FORM, outcome=Outcome.SENT, settled_at=at(1, 11))
        assert reopened.dispatches.of_period(Q1) == (sent, other)
        assert reopened.dispatches.of_period(Q2) == ()
        assert reopened.dispatches.unsettled() == (other,)


def test_attempt_that_was_never_begun_is_refused(ledger: Ledger) -> None:
    with pytest.raises(PlanbookError):
        ledger.dispatches.settle(run("send"), "a9", Outcome.SENT, "", at(1))


@pytest.mark.parametrize(
    ("outcomes", "counts"),
    [
        ([Outcome.REFUSED, Outcome.SENT], 1),
        ([Outcome.SENT, Outcome.DEFERRED], 0),
        ([Outcome.DEFERRED, Outcome.REFUSED], 1),
        ([Outcome.UNKNOWN, Outcome.DEFERRED], 0),
    ],
)
def test_attempt_that_counts(outcomes: list[Outcome], counts: int) -> None:
    attempts = [replace(FORM, attempt=str(number), outcome=outcome) for number, outcome in enumerate(outcomes)]
    trial = replace(FORM, attempt="trial", outcome=Outcome.SENT, is_trial=True)
    assert latest_by_message([*attempts, trial]) == {FORM.message_id: attempts[counts]}


def test_correction_workbooks_as_written(ledger: Ledger) -> None:
    file = CorrectionFile(SCIENCE, Q1, "f1", digest("回表"), digest("退改单"), at(2))
    ledger.dispatches.record_corrections(run(), [file])
    assert ledger.dispatches.corrections(Q1) == (file,)
    assert ledger.dispatches.corrections(Q2) == ()
