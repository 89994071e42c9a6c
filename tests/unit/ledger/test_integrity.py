import sqlite3
from pathlib import Path

import pytest

from planbook.ledger.store import Ledger, open_ledger
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from tests.unit.ledger import builders


@pytest.fixture
def filled(ledger: Ledger, path: Path) -> Path:
    tasks = builders.add_plan(ledger, tasks=200)
    form = builders.form(ledger, tasks=tasks, indicators=[ledger.plans.indicators()[0].code])
    findings = [Finding.of("ledger_damaged", detail="x")]
    ledger.submissions.take_in(builders.run(), [builders.submission(form, findings=findings)])
    ledger.close()
    return path


def _found_after(path: Path, statement: str) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()
    with open_ledger(path) as ledger:
        if "content" in statement:
            with pytest.raises(PlanbookError):
                ledger.forms.of_period(builders.Q1)
        return [(one.code, dict(one.values).get("kind", "")) for one in ledger.check_integrity()]


def test_whole_ledger(filled: Path) -> None:
    assert _found_after(filled, "SELECT 1") == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM task_report WHERE position = 7", [("ledger_rows_missing", "进展")]),
        ("DELETE FROM indicator_report", [("ledger_rows_missing", "指标")]),
        ("DELETE FROM submission_finding", [("ledger_rows_missing", "问题")]),
        ("UPDATE form SET content = '{}'", [("ledger_form_damaged", "")]),
        ("DELETE FROM form_indicator", [("ledger_reference_broken", "")]),
    ],
)
def test_what_was_tampered_with_is_found(filled: Path, statement: str, found: list[tuple[str, str]]) -> None:
    assert _found_after(filled, statement) == found


def test_damaged_pages_are_found(filled: Path) -> None:
    content = bytearray(filled.read_bytes())
    middle = len(content) * 3 // 4 // 4096 * 4096  # behind the schema, without which nothing could be opened
    content[middle : middle + 8192] = b"\xff" * 8192
    filled.write_bytes(content)
    with open_ledger(filled) as ledger:
        assert {one.code for one in ledger.check_integrity()} == {"ledger_damaged"}
