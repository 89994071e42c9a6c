"""Runs every check; one that fails costs its own findings and no others."""

from collections.abc import Callable, Iterable
from typing import Final

from planbook.forms.checks.check_answers_moved import check_answers_moved
from planbook.forms.checks.check_done_percent import check_done_percent
from planbook.forms.checks.check_empty_phrases import check_empty_phrases
from planbook.forms.checks.check_expected_completion import check_expected_completion
from planbook.forms.checks.check_extension import check_extension
from planbook.forms.checks.check_indicator_magnitude import check_indicator_magnitude
from planbook.forms.checks.check_indicator_target import check_indicator_target
from planbook.forms.checks.check_percent_falls import check_percent_falls
from planbook.forms.checks.check_report_date import check_report_date
from planbook.forms.checks.check_reporter import check_reporter
from planbook.forms.checks.check_reporter_pairs import check_reporter_pairs
from planbook.forms.checks.check_required import check_required
from planbook.forms.checks.check_text_length import check_text_length
from planbook.forms.checks.check_text_repeated import check_text_repeated
from planbook.forms.checks.context import CheckContext
from planbook.model.findings import Finding

Check = Callable[[CheckContext], Iterable[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    check_required,
    check_done_percent,
    check_percent_falls,
    check_answers_moved,
    check_text_repeated,
    check_empty_phrases,
    check_text_length,
    check_report_date,
    check_expected_completion,
    check_extension,
    check_reporter,
    check_reporter_pairs,
    check_indicator_target,
    check_indicator_magnitude,
)


def run_checks(context: CheckContext, checks: Iterable[Check] = CHECKS) -> tuple[Finding, ...]:
    """Return what `checks` have to say about a return, in their order.

    A check is a rule about strangers' words. Should one stumble over words that its author did not foresee, the
    findings before it and the other checks stand, and the clerk is told that one check was not made.
    """
    findings: list[Finding] = []
    for check in checks:
        try:
            findings.extend(check(context))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            findings.append(Finding.of("check_failed", name=check.__name__))
    return tuple(findings)
