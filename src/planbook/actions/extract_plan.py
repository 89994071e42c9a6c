"""extract: a plan document read, without a workspace."""

from pathlib import Path

from planbook.model.plan import Plan


def extract_plan_file(path: Path) -> Plan:
    """Return the plan in the document at `path`.

    Raises:
        PlanbookError: The document cannot be read.
    """
    from planbook.plans.reading import read_plan

    return read_plan(path)
