"""How sure planbook is of what it read of a task: what the clerk checks first."""

from collections.abc import Iterable
from enum import StrEnum

from planbook.model.findings import Finding, Severity
from planbook.model.ledger import LedgerTask
from planbook.model.plan import LeadBasis


class Confidence(StrEnum):
    """HIGH: the text says so. MEDIUM: something was presumed or is worth a look. LOW: a person must decide."""

    HIGH = "高"
    MEDIUM = "中"
    LOW = "低"


def confidence_in(task: LedgerTask, findings: Iterable[Finding]) -> Confidence:
    """Return how far a task's row can be trusted.

    Args:
        task: The task.
        findings: What is said of it, all of it.
    """
    severities = {finding.severity for finding in findings}
    has_nobody = not task.lead_agencies and not task.supporting_agencies
    if has_nobody or task.truncated or severities & {Severity.ERROR, Severity.WARNING}:
        return Confidence.LOW
    if task.lead_basis in (LeadBasis.PRESUMED, LeadBasis.NONE) or severities:
        return Confidence.MEDIUM
    return Confidence.HIGH
