"""Findings as rows and as JSON text, and back."""

import json
from collections.abc import Sequence
from typing import Any

from planbook.ledger.canonical import canonical_json
from planbook.ledger.schema import submission_finding
from planbook.model.findings import Finding, Location

_LOCATION = ("file", "sheet", "cell", "line", "page")
FINDING_COLUMNS = tuple(submission_finding.c[name] for name in ("code", *_LOCATION, "named_values"))
"""What `finding_of` wants of a row, in order."""


def finding_row(finding: Finding, submission_number: int, position: int) -> dict[str, object]:
    """Return the row that keeps a finding on a submission."""
    return {
        "submission_number": submission_number,
        "position": position,
        "code": finding.code,
        **{name: getattr(finding.location, name) for name in _LOCATION},
        "named_values": finding.values,
    }


def finding_of(content: Sequence[Any]) -> Finding:
    """Return the finding that the values of `FINDING_COLUMNS` keep."""
    code, *location, values = content
    return Finding(code, Location(*location), values)


def encode_findings(findings: Sequence[Finding]) -> str:
    """Return `findings` as text; equal findings give equal text."""
    return canonical_json(
        [[one.code, [getattr(one.location, name) for name in _LOCATION], one.values] for one in findings]
    )


def decode_findings(text: str) -> tuple[Finding, ...]:
    """Return the findings that `text` was made of."""
    return tuple(
        Finding(code, Location(*location), tuple((name, value) for name, value in values))
        for code, location, values in json.loads(text)
    )
