from dataclasses import replace

import pytest

from planbook.model.confidence import Confidence, confidence_in
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerTask
from planbook.model.plan import LeadBasis
from tests.unit.outputs.sample_review import TASKS

STATED = replace(TASKS[0], lead_basis=LeadBasis.EXPLICIT)


@pytest.mark.parametrize(
    ("task", "codes", "confidence"),
    [
        (STATED, [], Confidence.HIGH),
        (replace(STATED, lead_basis=LeadBasis.FOOTNOTE), [], Confidence.HIGH),
        (replace(STATED, lead_basis=LeadBasis.PRESUMED), [], Confidence.MEDIUM),
        (replace(STATED, lead_agencies=(), lead_basis=LeadBasis.NONE), [], Confidence.MEDIUM),
        (STATED, ["note_covers_several"], Confidence.MEDIUM),
        (STATED, ["note_covers_several", "agency_doubtful"], Confidence.LOW),
        (replace(STATED, truncated=True), [], Confidence.LOW),
        (replace(STATED, lead_agencies=(), supporting_agencies=()), [], Confidence.LOW),
    ],
)
def test_confidence_follows_ground_and_findings(task: LedgerTask, codes: list[str], confidence: Confidence) -> None:
    assert confidence_in(task, [Finding(code) for code in codes]) is confidence
