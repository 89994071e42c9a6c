"""填报人 that is no name.

WHY: reporter and telephone stand side by side and get swapped; a call to the wrong cell's content reaches nobody.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.forms.parsed import fold, is_blank_mark, shown
from planbook.model.findings import Finding


def check_reporter(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where 填报人 holds a number in place of a name."""
    for read in context.reading.tasks:
        if _is_implausible(read.report.reporter):
            place = read.cells.location(Field.REPORTER)
            yield Finding.of("reporter_implausible", place, raw=shown(fold(read.report.reporter)))


@lru_cache(maxsize=512)
def _is_implausible(written: str) -> bool:
    reporter = fold(written)
    return not is_blank_mark(reporter) and bool(
        re.search(r"[0-9]{5}", reporter) or not re.search(r"[^\W\d_]", reporter)
    )
