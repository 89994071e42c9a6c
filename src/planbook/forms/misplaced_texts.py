"""Progress that speaks of another task of the same form: answers that were moved without their tasks.

WHY: answers get pasted one row too low, or sorted without their tasks. No issued cell shows it; the words do: they
name what another row's task is about, and nothing of their own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import add
from typing import Final

from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import Field
from planbook.forms.parsed import shown
from planbook.forms.return_reading import ReadTask
from planbook.model.form import Form, FormTask

_FEWEST_SHARED: Final = 4  # pairs of characters: one name of five characters
_COMPARED_LENGTH: Final = 2_000
_MOST_ROWS: Final = 300
_MOST_REMEMBERED: Final = 30_000
_FEWEST_MISPLACED: Final = 3


def report_misplaced_texts(tasks: Sequence[ReadTask], form: Form, log: FindingLog) -> bool:
    """Report each task whose 本期进展情况 has nothing of its own words and much of just one other's.

    Returns:
        Whether so many do that all answers must have been moved against their tasks: none of them can be trusted.
    """
    if len(form.tasks) > _MOST_ROWS:
        return False
    known: frozenset[str] = frozenset()
    misplaced = []
    for read in tasks:
        if _share_a_pair(read.report.progress, read.task.title, read.task.body):
            continue  # as nearly every text does: it need not be taken apart
        written = _pairs(read.report.progress)
        if len(written) < _FEWEST_SHARED:
            continue
        known = known or frozenset().union(*(_own_pairs(task.title, task.body) for task in form.tasks))
        if len(written & known) < _FEWEST_SHARED:
            continue
        shared = {code: len(pairs) for code, pairs in _telling_pairs(form.tasks, written).items()}
        others = [code for code, count in shared.items() if count >= _FEWEST_SHARED]
        if len(others) == 1:
            title = next(task.title for task in form.tasks if task.code == others[0])
            place = read.cells.location(Field.PROGRESS)
            log.add("progress_of_other_task", place, task_code=others[0], title=shown(title))
            misplaced.append(place)
    # The tasks were sorted and their answers were not: where most rows say so, the others are no better.
    if len(misplaced) < _FEWEST_MISPLACED or 2 * len(misplaced) < len(tasks):
        return False
    log.add("answers_of_other_tasks", misplaced[0], rows=len(misplaced))
    return True


def _telling_pairs(tasks: Sequence[FormTask], written: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return by code those of the pairs `written` that just one task of the form has."""
    words = {task.code: written & _own_pairs(task.title, task.body) for task in tasks}
    counts = Counter(pair for pairs in words.values() for pair in pairs)
    return {code: frozenset(pair for pair in pairs if counts[pair] == 1) for code, pairs in words.items()}


def _share_a_pair(text: str, title: str, body: str) -> bool:
    """Return whether some two neighbouring letters of `text` stand side by side in the task's words, too."""
    own = _words(title, body)
    return any(
        pair in own and pair.isalpha() for pair in map(add, text[: _COMPARED_LENGTH - 1], text[1:_COMPARED_LENGTH])
    )


def _words(title: str, body: str) -> str:
    return f"{title}\n{body}"[:_COMPARED_LENGTH]


@lru_cache(maxsize=512)
def _own_pairs(title: str, body: str) -> frozenset[str]:
    return _pairs(_words(title, body))


def _pairs(text: str) -> frozenset[str]:
    words = text[:_COMPARED_LENGTH].translate(_LETTERS).split(" ")
    return frozenset(chain.from_iterable(map(add, word, word[1:]) for word in words))


class _Letters(dict[int, str]):
    """What each character is to a text taken apart into words: itself, or a blank where it is no letter."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letter = char if char.isalpha() else " "
        if len(self) < _MOST_REMEMBERED:
            self[code] = letter
        return letter


_LETTERS: Final = _Letters()
