"""Pairs what two editions of a plan have in common, one to one: by equal keys first, by likeness for the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from planbook.model.likeness import READ_CHARACTERS, text_key

T = TypeVar("T")
_WORTH_COMPARING: Final = 0.3  # share of common pairs of letters, below which texts are no rewording of each other
_COMPARED_EACH: Final = 5


@dataclass(slots=True)
class Matching:
    """Pairs of one old and one new item.

    Attributes:
        old_of: Place of the old item by the place of the new one.
        by_likeness: Places of new items that were matched by similar words alone.
        is_likeness_tried: Whether similar words were looked at; not where too many were left for that.
    """

    old_of: dict[int, int] = field(default_factory=dict)
    by_likeness: set[int] = field(default_factory=set)
    is_likeness_tried: bool = True

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Add `pairs` of an old and a new place."""
        for old, new in pairs:
            self.old_of[new] = old

    def left(self, old: Iterable[int], new: Iterable[int]) -> tuple[list[int], list[int]]:
        """Return those of the places that have no partner yet."""
        taken = set(self.old_of.values())
        return [place for place in old if place not in taken], [place for place in new if place not in self.old_of]


def closest_pairs(
    old: Mapping[int, str],
    new: Mapping[int, str],
    score: Callable[[int, int], float],
    *,
    least: float,
) -> list[tuple[int, int]]:
    """Return pairs (key of `old`, key of `new`) whose `score` is at least `least`, best first, none used twice.

    Only the few texts that share most pairs of letters are scored at all, which keeps the cost within seconds.
    """
    grams = {key: _letter_pairs(text) for key, text in old.items()}
    scored: list[tuple[float, int, int]] = []
    for new_key, text in new.items():
        wanted = _letter_pairs(text)
        shared = sorted(((_overlap(known, wanted), key) for key, known in grams.items()), reverse=True)
        near = [key for share, key in shared[:_COMPARED_EACH] if share >= _WORTH_COMPARING]
        scored += [(score(key, new_key), key, new_key) for key in near]
    pairs: list[tuple[int, int]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for value, old_key, new_key in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if value >= least and old_key not in taken_old and new_key not in taken_new:
            pairs.append((old_key, new_key))
            taken_old.add(old_key)
            taken_new.add(new_key)
    return pairs


def group_by(items: Iterable[int], key: Callable[[int], T]) -> dict[T, list[int]]:
    """Return `items` by their key, in order."""
    groups: dict[T, list[int]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def unique_pairs(
    old: Iterable[int], new: Iterable[int], old_key: Callable[[int], T | None], new_key: Callable[[int], T | None]
) -> list[tuple[int, int]]:
    """Return pairs of items with an equal key (None matches nothing) that only one item on either side has."""
    olds, news = group_by(old, old_key), group_by(new, new_key)
    return [
        (found[0], news[key][0])
        for key, found in olds.items()
        if key is not None and len(found) == 1 and len(news.get(key, ())) == 1
    ]


def equal_pairs(
    old: Sequence[int], new: Sequence[int], old_key: Callable[[int], T], new_key: Callable[[int], T]
) -> list[tuple[int, int]]:
    """Return pairs of items with an equal key, first with first: for keys that say everything of an item."""
    news = group_by(new, new_key)
    return [
        pair for key, found in group_by(old, old_key).items() for pair in zip(found, news.get(key, ()), strict=False)
    ]


def _letter_pairs(text: str) -> frozenset[str]:
    plain = text_key(text)[:READ_CHARACTERS]
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)
