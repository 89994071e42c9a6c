"""The way from a plan document on disk to the plan: the one call that the rest of planbook makes."""

from pathlib import Path

from planbook.model.plan import Plan
from planbook.plans.extraction import extract_plan
from planbook.plans.readers import read_document


def read_plan(path: Path) -> Plan:
    """Return the plan in the document at `path`, of any format that planbook reads.

    Raises:
        PlanbookError: The file cannot be read.
    """
    return extract_plan(read_document(path))
