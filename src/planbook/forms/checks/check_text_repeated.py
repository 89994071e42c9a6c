"""Text copied from last period.

WHY: copying last period's entry is the quickest way to fill in a form, and makes a task look reported on that nobody
has looked at. Last period's text stands in the form, a column to the left.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.model.findings import Finding
from planbook.model.form import Status

_PUNCTUATION: Final = re.compile(r"[\W_]+")
_NEARLY: Final = 90.0
_LEAST_LENGTH: Final = 12  # shorter texts are alike by chance
_COMPARED_LENGTH: Final = 2_000


def check_text_repeated(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where 本期进展情况 is last period's text, or nearly so; not for a task that stays done."""
    for read in context.reading.tasks:
        last = context.previous.get(read.task.code)
        before = _words(last.progress if last else read.task.previous_progress)
        stays_done = last is not None and last.status is Status.DONE and read.report.status is Status.DONE
        if not before or stays_done:
            continue
        now = _words(read.report.progress)
        if not now:
            continue
        place = read.cells.location(Field.PROGRESS)
        if now == before:
            yield Finding.of("progress_copied", place)
        elif min(len(now), len(before)) >= _LEAST_LENGTH:
            likeness = fuzz.ratio(now, before)
            if likeness >= _NEARLY:
                yield Finding.of("progress_nearly_copied", place, likeness=round(likeness))


def _words(text: str) -> str:
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text[:_COMPARED_LENGTH]))
