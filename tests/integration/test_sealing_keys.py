"""Keys change, get lost and are damaged: no honest form is refused silently, no forged one is believed."""

from pathlib import Path

import pytest

from tests.integration.conftest import Office
from tests.support.command import planbook
from tests.support.returns import filled_form


def rotate(office: Office) -> dict[str, object]:
    run = planbook("doctor", "--rotate-key", workspace=office.root)
    assert run.result is not None, run.error
    return dict(run.result)


def return_first_form(office: Office) -> str:
    agency: str
    agency, form = next(iter(office.forms.items()))
    (office.inbox / "回表.xlsx").write_bytes(filled_form(form, percent=35))
    return agency


def verdicts(office: Office) -> list[tuple[str, str | None]]:
    return [(file["verdict"], file["agency"]) for file in office.consolidate()["files"]]


def test_forms_sealed_before_a_new_key_stay_valid(office: Office) -> None:
    agency = return_first_form(office)
    assert rotate(office) == {"keys": 2, "findings": []}
    assert verdicts(office) == [("accepted", agency)]


def test_new_forms_are_sealed_with_the_new_key(office: Office) -> None:
    old_key = (office.root / "secret.key").read_text(encoding="ascii")
    rotate(office)
    key_file = office.root / "secret.key"
    assert key_file.read_text(encoding="ascii").splitlines()[1:] == old_key.splitlines()
    key_file.write_text(key_file.read_text(encoding="ascii").splitlines()[0], encoding="ascii")  # the old key is burnt
    issued = planbook("issue", "--period", "2024Q1", workspace=office.root).result["forms"]
    assert all(form["is_new"] for form in issued)
    again = planbook("issue", "--period", "2024Q1", workspace=office.root).result["forms"]
    assert not any(form["is_new"] for form in again)
    agency = return_first_form(office)
    assert verdicts(office) == [("accepted", agency)]


@pytest.mark.parametrize("damage", [None, b"", b"\xff\xfe\x00", b"00112233"])
def test_a_lost_key_is_made_good_and_says_what_it_costs(office: Office, damage: bytes | None) -> None:
    agency = return_first_form(office)
    key_file = office.root / "secret.key"
    key_file.unlink()
    if damage is not None:
        key_file.write_bytes(damage)
    for command in (["issue", "--period", "2024Q1"], ["consolidate", "--period", "2024Q1"]):
        stopped = planbook(*command, workspace=office.root)
        assert stopped.code == 2
        assert "--rotate-key" in stopped.error
    assert planbook("init", office.root).code == 0
    assert planbook("issue", "--period", "2024Q1", workspace=office.root).code == 2  # no key made behind one's back

    result = rotate(office)
    assert result["keys"] == 1
    assert [finding["code"] for finding in result["findings"]] == ["key_lost"]  # type: ignore[attr-defined]
    kept = [path.read_bytes() for path in office.root.glob("secret_损坏_*.key")]
    assert kept == ([damage] if damage else [])
    assert verdicts(office) == [("unclaimed", agency)]

    issued = planbook("issue", "--period", "2024Q1", workspace=office.root).result["forms"]
    assert all(form["is_new"] for form in issued)
    (office.inbox / "新表.xlsx").write_bytes(filled_form(office.forms[agency], percent=40))
    assert ("accepted", agency) in verdicts(office)


def test_what_is_left_of_a_damaged_key_file_is_kept(office: Office) -> None:
    agency = return_first_form(office)
    key_file = office.root / "secret.key"
    key_file.write_bytes(key_file.read_bytes() + b"00112")
    assert planbook("consolidate", "--period", "2024Q1", workspace=office.root).code == 2
    assert rotate(office)["keys"] == 2
    assert verdicts(office) == [("accepted", agency)]


def test_the_key_file_is_for_its_owner_alone(office: Office) -> None:
    rotate(office)
    assert Path(office.root / "secret.key").stat().st_mode & 0o777 == 0o600
