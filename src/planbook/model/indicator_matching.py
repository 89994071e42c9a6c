"""Which indicator of a plan's new document is which indicator of the ledger."""

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from planbook.model.edition import Known
from planbook.model.ledger import LedgerIndicator
from planbook.model.likeness import likeness, text_key
from planbook.model.pairing import Matching, closest_pairs, equal_pairs, unique_pairs

_LIKE_ENOUGH: Final = 0.6
_MOST_COMPARED: Final = 40_000  # pairs of names

_Key = Callable[[LedgerIndicator], Hashable]


def match_indicators(old: Sequence[Known[LedgerIndicator]], new: Sequence[LedgerIndicator]) -> Matching:
    """Match the indicators of a new document with those that the ledger has, one to one.

    The targets are what a revision changes, so they tell two indicators apart only where name, unit, year and task
    leave a doubt. `task_code` of the new ones must already be that of the ledger.
    """
    matching = Matching()
    said = [one.said for one in old]
    read = [place for place, one in enumerate(old) if one.reading]
    standing = [place for place, one in enumerate(old) if not one.is_retired]
    withdrawn = [place for place, one in enumerate(old) if one.is_retired and not one.reading]
    _match_equal(matching, read, said, new)
    _match_equal(matching, standing, [one.now for one in old], new)
    _match_equal(matching, withdrawn, said, new)
    _match_alike(matching, read, said, new)
    return matching


def _match_equal(
    matching: Matching, places: Sequence[int], old: Sequence[LedgerIndicator], new: Sequence[LedgerIndicator]
) -> None:
    left_old, left_new = matching.left(places, range(len(new)))
    matching.take(equal_pairs(left_old, left_new, lambda at: _everything(old[at]), lambda at: _everything(new[at])))
    keys: tuple[_Key, ...] = (_name_and_year, _name_and_unit, _name_anywhere, _name)
    for key in keys:
        left_old, left_new = matching.left(places, range(len(new)))
        matching.take(unique_pairs(left_old, left_new, lambda at: key(old[at]), lambda at: key(new[at])))  # noqa: B023 - used at once


def _match_alike(
    matching: Matching, places: Sequence[int], old: Sequence[LedgerIndicator], new: Sequence[LedgerIndicator]
) -> None:
    left_old, left_new = matching.left(places, range(len(new)))
    if len(left_old) * len(left_new) > _MOST_COMPARED:
        matching.is_likeness_tried = False
        return

    def score(one: int, other: int) -> float:
        is_comparable = (old[one].task_code, _unit(old[one])) == (new[other].task_code, _unit(new[other]))
        return likeness(old[one].name, new[other].name) if is_comparable else 0.0

    pairs = closest_pairs(
        {at: old[at].name for at in left_old}, {at: new[at].name for at in left_new}, score, least=_LIKE_ENOUGH
    )
    matching.take(pairs)
    matching.by_likeness.update(place for _, place in pairs)


def _everything(one: LedgerIndicator) -> Hashable:
    return _name_and_year(one), one.operator, one.value, one.value_max


def _name_and_year(one: LedgerIndicator) -> Hashable:
    return _name_and_unit(one), one.by


def _name_and_unit(one: LedgerIndicator) -> Hashable:
    return _name(one), _unit(one)


def _name_anywhere(one: LedgerIndicator) -> Hashable:
    return text_key(one.name), _unit(one), one.by


def _name(one: LedgerIndicator) -> Hashable:
    return one.task_code, text_key(one.name)


def _unit(one: LedgerIndicator) -> str:
    return "".join(one.unit.split())
