"""Checks of a return that was read: whether what it says makes sense. One check a file, each with its reason."""

from planbook.forms.checks.context import CheckContext
from planbook.forms.checks.run import CHECKS, run_checks

__all__ = ["CHECKS", "CheckContext", "run_checks"]
