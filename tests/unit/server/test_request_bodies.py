"""Bodies of requests: each intention's request from JSON, and what is refused."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from planbook.actions.intentions.registry import INTENTIONS
from planbook.model.errors import PlanbookError
from planbook.server.request_bodies import body_model, request_from_json


@dataclass(frozen=True, slots=True)
class Sample:
    """Every kind of field that a request may have."""

    period: str
    files: tuple[Path, ...] = ()
    table: Path | None = None
    to: date | None = None
    tasks: tuple[str, ...] = ()
    dry_run: bool = False


def test_every_kind_of_field_is_read() -> None:
    body = {"period": "2024Q1", "files": ["/甲/乙.xlsx"], "to": "2024-05-01", "tasks": ["T1"], "dry_run": True}
    wanted = Sample("2024Q1", (Path("/甲/乙.xlsx"),), None, date(2024, 5, 1), ("T1",), dry_run=True)
    assert request_from_json(Sample, body) == wanted
    assert request_from_json(Sample, {"period": "2024Q1"}) == Sample("2024Q1")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "period"),
        ({"period": 1}, "period"),
        ({"period": "2024Q1", "perod": "x"}, "perod"),
        ({"period": "2024Q1", "files": ["乙.xlsx"]}, "files"),
        ({"period": "2024Q1", "files": ["/甲/../etc/passwd"]}, "files"),
        ({"period": "2024Q1", "table": "/甲/..\\..\\x"}, "table"),
        ({"period": "2024Q1", "table": "/甲\0"}, "table"),
        ({"period": "2024Q1", "to": "2024-02-30"}, "to"),
        ({"period": "2024Q1", "dry_run": "maybe"}, "dry_run"),
        ({"period": "x" * 20_001}, "period"),
    ],
)
def test_what_is_wrong_is_named(body: dict[str, object], named: str) -> None:
    with pytest.raises(PlanbookError) as caught:
        request_from_json(Sample, body)
    assert named in caught.value.message


def test_every_intention_can_be_asked_for() -> None:
    for intention in INTENTIONS.values():
        assert body_model(intention.request).model_json_schema()["additionalProperties"] is False
