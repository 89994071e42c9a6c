"""Which task of a plan's new document is which task of the ledger."""

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from planbook.model.edition import Known
from planbook.model.ledger import LedgerTask
from planbook.model.likeness import likeness, text_key
from planbook.model.pairing import Matching, closest_pairs, equal_pairs, unique_pairs
from planbook.model.plan import TaskKind

_LIKE_ENOUGH: Final = 0.65
_MOST_COMPARED: Final = 40_000  # pairs of texts: some two seconds
_TELLING_BODY: Final = 20  # characters, from which on two equal bodies are no accident

_Key = Callable[[LedgerTask], Hashable]


def match_tasks(old: Sequence[Known[LedgerTask]], new: Sequence[LedgerTask]) -> Matching:
    """Match the tasks of a new document with those that the ledger has, one to one.

    Equal texts come first, and the old document's words before the office's; likeness is a last resort, and only
    between two documents: what the office added, or an earlier document held, must be named alike to be the same.
    """
    matching = Matching()
    read = [place for place, one in enumerate(old) if one.reading]
    standing = [place for place, one in enumerate(old) if not one.is_retired]
    withdrawn = [place for place, one in enumerate(old) if one.is_retired and not one.reading]
    said = [one.said for one in old]
    _match_equal(matching, read, said, new)
    _match_equal(matching, standing, [one.now for one in old], new)
    _match_equal(matching, withdrawn, said, new)
    _match_alike(matching, read, said, new)
    return matching


def is_same_plan(matching: Matching, old: Sequence[Known[LedgerTask]], new: Sequence[LedgerTask]) -> bool:
    """Return whether two documents have enough in common to be editions of one plan.

    One task found again in its own words is enough, as long as it is a task proper: 加强组织领导 stands in every
    plan. Tasks that are merely alike must be half of them.
    """
    old_tasks = {place for place, one in enumerate(old) if one.said.kind is TaskKind.TASK}
    new_tasks = {place for place, one in enumerate(new) if one.kind is TaskKind.TASK}
    if not old_tasks or not new_tasks:
        return bool(matching.old_of)
    common = {place for place, known in matching.old_of.items() if place in new_tasks and known in old_tasks}
    return bool(common - matching.by_likeness) or 2 * len(common) >= min(len(old_tasks), len(new_tasks))


def _match_equal(
    matching: Matching, places: Sequence[int], old: Sequence[LedgerTask], new: Sequence[LedgerTask]
) -> None:
    whole: tuple[_Key, ...] = (_everything, _wording)
    for key in whole:
        left_old, left_new = matching.left(places, range(len(new)))
        matching.take(equal_pairs(left_old, left_new, lambda at: key(old[at]), lambda at: key(new[at])))  # noqa: B023 - used at once
    telling: tuple[_Key, ...] = (_position, _title, _body)
    for key in telling:
        left_old, left_new = matching.left(places, range(len(new)))
        matching.take(unique_pairs(left_old, left_new, lambda at: key(old[at]), lambda at: key(new[at])))  # noqa: B023 - used at once


def _match_alike(
    matching: Matching, places: Sequence[int], old: Sequence[LedgerTask], new: Sequence[LedgerTask]
) -> None:
    left_old, left_new = matching.left(places, range(len(new)))
    if len(left_old) * len(left_new) > _MOST_COMPARED:
        matching.is_likeness_tried = False
        return
    pairs = closest_pairs(
        {at: old[at].title + old[at].body for at in left_old},
        {at: new[at].title + new[at].body for at in left_new},
        lambda one, other: _score(old[one], new[other]),
        least=_LIKE_ENOUGH,
    )
    matching.take(pairs)
    matching.by_likeness.update(place for _, place in pairs)


def _score(old: LedgerTask, new: LedgerTask) -> float:
    """Return how alike two tasks are; a title or a body that was rewritten leaves the other to tell."""
    titles, bodies = likeness(old.title, new.title), likeness(old.body, new.body)
    return (titles + bodies + max(titles, bodies)) / 3 if old.body and new.body else titles


def _everything(task: LedgerTask) -> Hashable:
    return (*_path(task), text_key(task.title), text_key(task.body))


def _wording(task: LedgerTask) -> Hashable:
    return text_key(task.title), text_key(task.body)


def _position(task: LedgerTask) -> Hashable:
    return (*_path(task), text_key(task.title))


def _title(task: LedgerTask) -> Hashable:
    return text_key(task.title) or None


def _body(task: LedgerTask) -> Hashable:
    key = text_key(task.body)
    return key if len(key) >= _TELLING_BODY else None


def _path(task: LedgerTask) -> tuple[str, ...]:
    return (*(text_key(heading) for heading in task.path), task.number or "")
