"""Progress that speaks of another task of the same form.

WHY: answers get pasted one row too low, or sorted without their tasks. No issued cell shows it; the words do: they
name what another row's task is about, and nothing of their own.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.forms.parsed import shown
from planbook.model.findings import Finding

_PAIR: Final = 2
_FEWEST_SHARED: Final = 4  # pairs of characters: one name of five characters
_COMPARED_LENGTH: Final = 2_000
_MOST_ROWS: Final = 300


def check_text_misplaced(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where 本期进展情况 has nothing of its own task's words and much of just one other's."""
    form = context.reading.form
    if len(form.tasks) > _MOST_ROWS:
        return
    words = {task.code: _pairs(f"{task.title}\n{task.body}") for task in form.tasks}
    counts = Counter(pair for pairs in words.values() for pair in pairs)
    telling = {code: frozenset(pair for pair in pairs if counts[pair] == 1) for code, pairs in words.items()}
    for read in context.reading.tasks:
        written = _pairs(read.report.progress)
        if len(written) < _FEWEST_SHARED or written & words[read.task.code]:
            continue
        shared = {code: len(written & pairs) for code, pairs in telling.items()}
        others = [code for code, count in shared.items() if count >= _FEWEST_SHARED]
        if len(others) == 1:
            title = next(task.title for task in form.tasks if task.code == others[0])
            place = read.cells.location(Field.PROGRESS)
            yield Finding.of("progress_of_other_task", place, task_code=others[0], title=shown(title))


def _pairs(text: str) -> frozenset[str]:
    letters = "".join(char if char.isalpha() else " " for char in text[:_COMPARED_LENGTH])
    pairs = (letters[start : start + _PAIR] for start in range(len(letters) - 1))
    return frozenset(pair for pair in pairs if " " not in pair)
