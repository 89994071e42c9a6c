"""Reporters and telephone numbers that were torn from each other.

WHY: each person has a number or two. Where the names were sorted without their numbers, or the other way round, every
name stands beside many numbers and every number beside many names; whoever calls back reaches somebody else.
"""

from collections.abc import Iterator
from typing import Final

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.model.findings import Finding

_PAIRS_TOO_MANY: Final = 2  # colleagues share one number, and one of them gives another


def check_reporter_pairs(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where names and numbers are paired in more ways than there are names or numbers."""
    told = [read for read in context.reading.tasks if read.report.reporter and read.report.phone]
    pairs = {(read.report.reporter, read.report.phone) for read in told}
    names, phones = {name for name, _ in pairs}, {phone for _, phone in pairs}
    if len(pairs) >= max(len(names), len(phones)) + _PAIRS_TOO_MANY:
        values = {"names": len(names), "phones": len(phones), "pairs": len(pairs)}
        yield Finding.of("reporters_mixed", told[0].cells.location(Field.PHONE), **values)
