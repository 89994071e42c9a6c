"""Suggests agencies for tasks without any, from tasks like them that the office has assigned; fills in nothing."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from planbook.model.findings import Finding
from planbook.model.ledger import LedgerTask
from planbook.model.review import ReviewFinding

_BODY_LENGTH: Final = 400
_CANDIDATES: Final = 12
_MOST: Final = 2
_LIKE_TITLE: Final = 0.62
_LIKE_BOTH: Final = 0.40
_LIKE_BODY: Final = 0.30


@dataclass(frozen=True, slots=True)
class _Words:
    """Pairs of characters stand for words: Chinese has no spaces, and a list of words would age."""

    task: LedgerTask
    title: frozenset[str]
    body: frozenset[str]


def suggest_agencies(tasks: Iterable[LedgerTask], earlier: Iterable[LedgerTask]) -> list[ReviewFinding]:
    """Return for each task without agencies at most two tasks like it that have some, the likest first.

    Args:
        tasks: Tasks in force.
        earlier: Every task that the office ever had, retired ones too.

    Returns:
        Findings that name the ground: code and title of the other task, and who does it. Tasks that nothing
        resembles get none.
    """
    lacking = [_words(task) for task in tasks if not task.lead_agencies and not task.supporting_agencies]
    assigned = [_words(task) for task in earlier if task.lead_agencies or task.supporting_agencies]
    if not lacking or not assigned:
        return []
    weights = _weights(assigned, lacking)
    by_pair: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(assigned):
        for pair in one.title:
            by_pair[pair].append(number)
    return [
        ReviewFinding(_finding(like), one.task.code, one.task.plan_sequence)
        for one in lacking
        for like in _likest(one, assigned, by_pair, weights)
    ]


def _likest(
    one: _Words, assigned: Sequence[_Words], by_pair: Mapping[str, Sequence[int]], weights: Mapping[str, float]
) -> list[LedgerTask]:
    shared: dict[int, float] = defaultdict(float)
    for pair in one.title:
        for number in by_pair.get(pair, ()):
            shared[number] += weights[pair]
    scored: list[tuple[float, bool, int]] = []
    for number in heapq.nlargest(_CANDIDATES, shared, key=lambda number: (shared[number], -number)):
        score = _likeness(one, assigned[number], weights)
        if score:
            scored.append((score, assigned[number].task.is_confirmed, -number))
    chosen: dict[tuple[tuple[str, ...], tuple[str, ...]], LedgerTask] = {}
    for _, _, number in sorted(scored, reverse=True):
        task = assigned[-number].task
        chosen.setdefault((task.lead_agencies, task.supporting_agencies), task)
    return list(chosen.values())[:_MOST]


def _likeness(one: _Words, other: _Words, weights: Mapping[str, float]) -> float:
    """Return how like two tasks are, 0 where they are not like enough to be worth a clerk's look."""
    title = _overlap(one.title, other.title, weights)
    spelling = fuzz.ratio(one.task.title, other.task.title) / 100
    body = _overlap(one.body, other.body, weights)
    like_title = (title + spelling) / 2
    if like_title >= _LIKE_TITLE or (like_title >= _LIKE_BOTH and body >= _LIKE_BODY):
        return like_title + body
    return 0.0


def _overlap(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    if not one or not other:
        return 0.0
    shared = sum(weights[pair] for pair in one & other)
    return 2 * shared / (sum(weights[pair] for pair in one) + sum(weights[pair] for pair in other))


def _weights(*groups: Sequence[_Words]) -> dict[str, float]:
    """Return what each pair of characters counts: those of every second task (推进, 建设) hardly anything."""
    tasks = {id(one.task): one for group in groups for one in group}.values()
    counts = Counter(pair for one in tasks for pair in one.title | one.body)
    return {pair: math.log(1 + len(tasks) / count) for pair, count in counts.items()}


def _words(task: LedgerTask) -> _Words:
    return _Words(task, _pairs(task.title), _pairs(task.body[:_BODY_LENGTH]))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(len(text) - 1) if text[place : place + 2].isalnum())


def _finding(like: LedgerTask) -> Finding:
    roles = (("牵头", like.lead_agencies), ("配合", like.supporting_agencies))
    agencies = "，".join(f"{'、'.join(names)} {role}" for role, names in roles if names)
    return Finding.of("agencies_suggested", code=like.code, title=like.title, agencies=agencies)
