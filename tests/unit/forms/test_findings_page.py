"""docs/return-findings.md lists every code that a return can give, in the catalogue's words."""

from pathlib import Path

import pytest

from planbook.model.catalogue.forms import ENTRIES

_PAGE = Path(__file__).parents[3] / "docs" / "return-findings.md"
_SEVERITIES = {"error": "错误", "warning": "提醒", "note": "说明"}
_LINES = [line for line in _PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("code", sorted(ENTRIES))
def test_each_code_has_its_line(code: str) -> None:
    entry = ENTRIES[code]
    assert f"| `{code}` | {_SEVERITIES[entry.severity.value]} | {entry.text} | {entry.remedy} |" in _LINES


def test_no_line_is_left_over() -> None:
    assert sorted(line.split("`")[1] for line in _LINES) == sorted(ENTRIES)
