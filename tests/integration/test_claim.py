"""A clerk claims a file: it counts as that agency's, for what was issued to it alone, and never against a seal."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.integration.conftest import Office
from tests.support.command import CommandResult, planbook
from tests.support.returns import filled_form


def with_broken_seal(content: bytes) -> bytes:
    """Return a form whose hidden sheet somebody has typed into; the property that backs it up is gone."""
    book = load_workbook(BytesIO(content))
    book["_planbook"]["B4"] = "某个别的单位"
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # newer than the stubs
    for name in list(properties.names):
        del properties[name]
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def claim(office: Office, file: str, agency: str, period: str = "2024Q1") -> CommandResult:
    return planbook("claim", file, "--agency", agency, "--period", period, workspace=office.root)


def drop(office: Office, content: bytes, name: str = "回表.xlsx") -> dict[str, str]:
    """Put a file into the inbox, consolidate, and return its outcome."""
    (office.inbox / name).write_bytes(content)
    outcome: dict[str, str] = next(one for one in office.consolidate()["files"] if one["path"].endswith(name))
    return outcome


@pytest.fixture
def two(office: Office) -> tuple[str, str]:
    first, second = list(office.forms)[:2]
    return first, second


def test_a_claimed_file_counts_as_its_agencys(office: Office, two: tuple[str, str]) -> None:
    agency, _ = two
    outcome = drop(office, with_broken_seal(filled_form(office.forms[agency], percent=37)))
    assert outcome["verdict"] == "unclaimed"
    assert office.export() == {}
    claimed = claim(office, outcome["sha256"][:12], agency)
    file = claimed.result["files"][0]
    assert (file["verdict"], file["agency"]) == ("accepted", agency)
    assert "claimed_by_person" in [finding["code"] for finding in file["findings"]]
    assert agency not in claimed.result["missing_agencies"]
    assert {key[0] for key in office.export()} == {agency}
    assert {row["completion_percent"] for row in office.export().values() if "status" in row} == {37}
    assert office.consolidate()["files"][0]["verdict"] == "duplicate"
    again = claim(office, outcome["sha256"], agency)
    assert (again.code, "待认领" in again.error) == (2, True)


@pytest.mark.parametrize("period", ["2024Q1", "2024Q2"])
def test_a_seal_stands_above_the_clerks_word(office: Office, two: tuple[str, str], period: str) -> None:
    """A form of another period is unclaimed with its seal whole: it can be nobody else's, nor another period's."""
    agency, other = two
    issued = planbook("issue", "--period", "2024Q2", workspace=office.root).result
    later = {form["agency"]: Path(form["path"]) for form in issued["forms"]}
    outcome = drop(office, filled_form(later[agency]))
    assert outcome["verdict"] == "unclaimed"
    chosen = agency if period == "2024Q1" else other
    refused = claim(office, outcome["sha256"], chosen, period)
    assert (refused.code, agency in refused.error) == (2, True)
    assert office.export() == {}
    assert claim(office, outcome["sha256"], agency, "2024Q2").result["files"][0]["verdict"] == "accepted"


def test_a_claim_lets_in_nothing_that_was_issued_to_others(office: Office, two: tuple[str, str]) -> None:
    agency, other = two
    outcome = drop(office, with_broken_seal(filled_form(office.forms[agency])))
    refused = claim(office, outcome["sha256"], other)
    assert refused.code == 2
    assert office.export() == {}
    assert claim(office, outcome["sha256"], agency).code in (0, 1)


@pytest.mark.parametrize("file", ["0" * 64, "abc", "../../etc", "' OR 1=1 --", "%" * 8])
def test_only_an_unclaimed_file_can_be_claimed(office: Office, two: tuple[str, str], file: str) -> None:
    assert claim(office, file, two[0]).code == 2


def test_an_agency_without_a_form_can_claim_nothing(office: Office, two: tuple[str, str]) -> None:
    outcome = drop(office, with_broken_seal(filled_form(office.forms[two[0]])))
    assert claim(office, outcome["sha256"], "某个没有的单位").code == 2
    assert claim(office, outcome["sha256"], two[0], "2023Q4").code == 2


def test_a_claim_cut_short_is_made_good_by_the_next_run(office: Office, two: tuple[str, str]) -> None:
    from datetime import UTC, datetime

    from planbook.ledger.records import FileClaim, Run
    from planbook.ledger.store import open_ledger
    from planbook.model.period import Period

    outcome = drop(office, with_broken_seal(filled_form(office.forms[two[0]])))
    with open_ledger(office.root / "planbook.db") as ledger:
        form = next(one for one in ledger.forms.issued(Period.parse("2024Q1")) if one.agency == two[0])
        ledger.claims.record(
            Run("claim", "某人", datetime(2024, 4, 8, tzinfo=UTC)), FileClaim(outcome["sha256"], form.form_id)
        )
    assert office.consolidate()["files"][0]["verdict"] == "accepted"
    assert {key[0] for key in office.export()} == {two[0]}
