"""The main job end to end, on the bundled plan and on real ones: plans in, forms out, returns in, ledger out."""

from collections import Counter
from pathlib import Path

import pytest

from tests.integration.conftest import PLAN_SETS, issued_office
from tests.support.filling import Filled, fill_by_hand
from tests.support.office import Step, edit_workbooks
from tests.support.validity import assert_valid_workbook


@pytest.mark.office
@pytest.mark.validator
@pytest.mark.parametrize("plan_set", PLAN_SETS)
def test_every_value_that_was_typed_arrives_in_its_place(tmp_path: Path, plan_set: str) -> None:
    office = issued_office(tmp_path, plan_set)
    assert {path.name for path in office.forms.values()} == {f"2024Q1_{name}_责任清单.xlsx" for name in office.forms}
    jobs: list[tuple[Path, list[Step]]] = []
    filled: list[Filled] = []
    for seed, (agency, form) in enumerate(office.forms.items(), start=1):
        steps, rows = fill_by_hand(agency, form, seed)
        filled += rows
        jobs.append((form, [*steps, ("save", str(office.inbox / f"回复{seed}.xlsx"))]))
    edit_workbooks(jobs)

    consolidated = office.consolidate()
    assert consolidated["summary"]["accepted"] == len(office.forms)
    assert consolidated["missing_agencies"] == []
    exported = office.export()
    assert exported.keys() == {(one.agency, one.code) for one in filled}
    wrong = [
        (one.agency, one.code, field, value, exported[one.agency, one.code][field])
        for one in filled
        for field, value in one.values.items()
        if exported[one.agency, one.code][field] != value
    ]
    assert wrong == []

    again = office.consolidate()
    assert Counter(file["verdict"] for file in again["files"]) == {"duplicate": len(office.forms)}
    assert office.export() == exported

    written = [office.root / "outputs" / "任务分解表.xlsx", Path(again["ledger"]), *office.forms.values()]
    for path in written if plan_set == "sample" else written[:5]:
        assert_valid_workbook(path)
