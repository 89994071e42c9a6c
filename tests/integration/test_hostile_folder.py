"""An inbox full of attacks: each costs itself alone, memory is bounded, nothing outside is read, good forms go in."""

import sys
from pathlib import Path
from typing import Any

import pytest
from benchmarks.measuring import measure

from tests.integration.conftest import Office
from tests.support.command import planbook
from tests.support.hostile import ESCAPED, hostile_files, plant_oddities
from tests.support.returns import filled_form

MOST_MB = 600


@pytest.fixture
def attacked(office: Office) -> Office:
    """An office whose inbox holds one of everything that is hostile, good forms before, between and after."""
    agencies = iter(office.forms.items())
    for number, (name, content) in enumerate(hostile_files()):
        (office.inbox / f"{number:02}_{name}").write_bytes(content)
        if number % 4 == 0 and (one := next(agencies, None)):
            (office.inbox / f"{number:02}_好_{one[0]}.xlsx").write_bytes(filled_form(one[1], percent=number))
    *_, (last, form) = agencies
    (office.inbox / f"zz_{last}.xlsx").write_bytes(filled_form(form))
    plant_oddities(office.inbox, filled_form(form, text="绝不能读到外面的文件"))
    return office


def test_each_attack_costs_itself_alone(attacked: Office) -> None:
    good = sorted(path.name for path in attacked.inbox.iterdir() if "_好_" in path.name or path.name.startswith("zz_"))
    command = [
        sys.executable,
        "-m",
        "planbook",
        "-w",
        str(attacked.root),
        "consolidate",
        "--period",
        "2024Q1",
        "--json",
    ]
    took = measure(command, code=1)
    assert took.peak_mb <= MOST_MB
    assert took.cpu_seconds <= 60
    found = planbook("export", "--period", "2024Q1", workspace=attacked.root).result
    files = {Path(one["source"]["file"]).name for one in found["reports"]}
    assert sorted(files) == good
    assert not [one for one in found["reports"] if "外面" in one["progress"]]
    assert planbook("doctor", workspace=attacked.root).code == 0


def test_each_attack_gets_one_verdict_with_one_reason(attacked: Office) -> None:
    outcomes: dict[str, list[dict[str, Any]]] = {}
    for one in attacked.consolidate()["files"]:
        outcomes.setdefault(Path(one["path"]).relative_to(attacked.inbox).parts[0], []).append(one)
    hostile = [name for name, _ in hostile_files()]
    for number, name in enumerate(hostile):
        several = outcomes[f"{number:02}_{name}"]
        assert {one["verdict"] for one in several} <= {"rejected", "skipped"}, (name, several)
        for one in several:
            assert one["reason"].endswith("。"), one
            assert one["reason"].count("。") <= 2, one
            assert "Error" not in one["reason"]
    for name in (
        "连接.xlsx",
        "密码.xlsx",
        "断连.xlsx",
        "自连.xlsx",
        "圈",
        "根",
        "管道.xlsx",
        "插座.xlsx",
        "-rf.xlsx",
        "深",
    ):
        assert [one["verdict"] for one in outcomes[name]] == ["rejected"], name
    accepted = [name for name, several in outcomes.items() if several[0]["verdict"] == "accepted"]
    assert accepted
    assert all("_好_" in name or name.startswith("zz_") for name in accepted)
    assert not Path(ESCAPED).exists()
