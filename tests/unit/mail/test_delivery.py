from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from planbook.mail.courier import Parcel
from planbook.mail.delivery import Manner, deliver
from planbook.mail.transmission import Fate, Receipt


def parcel(name: str) -> Parcel:
    return Parcel(name, "dcs@example.cn", (f"{name}@example.cn",), b"x")


@dataclass
class Diary:
    """Answers each parcel as planned, and keeps everything that happens in one list."""

    answers: dict[str, list[Fate]]
    events: list[str] = field(default_factory=list)
    now: float = 0.0

    def carry(self, one: Parcel) -> Receipt:
        fates = self.answers.get(one.attempt, [Fate.ACCEPTED])
        fate = fates.pop(0) if len(fates) > 1 else fates[0]
        self.events.append(f"try {one.attempt}")
        return Receipt(fate, fate.value)

    def begin(self, one: Parcel) -> None:
        self.events.append(f"begin {one.attempt}")

    def settle(self, one: Parcel, receipt: Receipt) -> None:
        self.events.append(f"{one.attempt} {receipt.fate}")

    def sleep(self, seconds: float) -> None:
        self.events.append(f"sleep {seconds:g}")
        self.now += seconds

    def run(self, names: Sequence[str], *retry_seconds: int, per_minute: int = 0) -> list[str]:
        manner = Manner(per_minute, retry_seconds, self.sleep, lambda: self.now)
        deliver([parcel(name) for name in names], self.carry, self, manner)
        return self.events


@pytest.mark.parametrize(
    ("answers", "events"),
    [
        ({}, "begin a;try a;a accepted;begin b;try b;b accepted"),
        ({"a": [Fate.REFUSED]}, "begin a;try a;a refused;begin b;try b;b accepted"),
        ({"a": [Fate.FULL]}, "begin a;try a;a full;begin b;try b;b accepted"),
        ({"a": [Fate.UNANSWERED]}, "begin a;try a;a unanswered;begin b;try b;b accepted"),
        (
            {"a": [Fate.LATER, Fate.ACCEPTED]},
            "begin a;try a;begin b;try b;b accepted;sleep 5;try a;a accepted",
        ),
        (
            {"a": [Fate.LATER]},
            "begin a;try a;begin b;try b;b accepted;sleep 5;try a;sleep 9;try a;a later",
        ),
        ({"a": [Fate.ACCOUNT]}, "begin a;try a;a account;begin b;b account"),
        (
            {"a": [Fate.LATER], "b": [Fate.ACCOUNT]},
            "begin a;try a;begin b;try b;b account;a account",
        ),
    ],
)
def test_what_becomes_of_each(answers: dict[str, list[Fate]], events: str) -> None:
    assert ";".join(Diary(answers).run("ab", 5, 9)) == events


def test_server_that_is_away_is_not_asked_for_each() -> None:
    answers = {name: [Fate.LOST] for name in "abcdef"}
    events = Diary(answers).run("abcdef", 5)
    assert [event for event in events if event.startswith("try")] == ["try a", "try b", "try c"]
    assert [event for event in events if event.endswith("lost")] == [f"{name} lost" for name in "abcdef"]


def test_server_that_goes_away_for_a_while_is_waited_for() -> None:
    events = Diary({name: [Fate.LOST, Fate.ACCEPTED] for name in "bcd"}).run("abcdef", 5)
    assert [event for event in events if event.endswith("accepted")] == [f"{name} accepted" for name in "abcdef"]
    assert events.count("sleep 5") == 1


def test_pace() -> None:
    diary = Diary({})
    diary.run([str(number) for number in range(7)], per_minute=3)
    assert [event for event in diary.events if event.startswith("sleep")] == ["sleep 60", "sleep 60"]
