"""退改单: what is wrong goes back to the agency, and comes back right."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.integration.conftest import Office
from tests.support.filling import columns_of
from tests.support.office import Step, edit_workbooks
from tests.support.returns import filled_form
from tests.support.validity import assert_valid_workbook


def forms_of_tasks(office: Office) -> list[tuple[str, Path]]:
    """Return the forms without indicators, which `filled_form` fills in whole, by agency."""
    listed = {one["agency"]: one["indicators"] for one in office.issued.result["forms"]}
    return [(agency, form) for agency, form in office.forms.items() if not listed[agency]]


def faulty_form(form: Path) -> bytes:
    """Return a filled form whose first row has a percentage in words, and no reporter."""
    book = load_workbook(io.BytesIO(filled_form(form)))
    sheet = book["责任清单"]
    header, columns = columns_of(sheet, "任务编号")
    sheet[f"{columns['完成进度(%)']}{header + 1}"] = "过半"
    sheet[f"{columns['填报人']}{header + 1}"] = None
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def place_of(workbook: Path, header: str) -> str:
    """Return the address of the cell below `header` in the first row of 责任清单."""
    row, columns = columns_of(load_workbook(workbook)["责任清单"], "任务编号")
    return f"{columns[header]}{row + 1}"


def correction_of(result: dict[str, Any]) -> Path:
    (one,) = result["corrections"]
    return Path(one["path"])


@pytest.mark.office
@pytest.mark.validator
def test_a_correction_filled_in_right_supersedes_the_faulty_return(office: Office) -> None:
    (agency, form), (_, other) = forms_of_tasks(office)[:2]
    (office.inbox / "1.xlsx").write_bytes(faulty_form(form))
    (office.inbox / "另一家.xlsx").write_bytes(filled_form(other))
    result = office.consolidate()
    (listed,) = result["corrections"]
    path = Path(listed["path"])
    assert listed["agency"] == agency
    assert path == office.root / "outputs" / "退改单" / "2024Q1" / f"2024Q1_{agency}_退改单.xlsx"
    assert agency in Path(listed["notice"]).read_text(encoding="utf-8-sig")
    assert_valid_workbook(path)

    steps: list[Step] = [
        ("type", "责任清单", place_of(path, "完成进度(%)"), 55),
        ("type", "责任清单", place_of(path, "填报人"), "李四"),
        ("save", str(office.inbox / "更正.xlsx")),
    ]
    edit_workbooks([(path, steps)])
    result = office.consolidate()
    assert {Path(file["path"]).name: file["verdict"] for file in result["files"]} == {
        "1.xlsx": "duplicate",
        "另一家.xlsx": "duplicate",
        "更正.xlsx": "accepted",
    }
    (accepted,) = [file for file in result["files"] if file["verdict"] == "accepted"]
    assert accepted["findings"] == []
    rows = [row for (name, code), row in office.export().items() if name == agency and code.startswith("P")]
    assert [(row["completion_percent"], row["reporter"]) for row in rows] == [(55, "李四")] + [(40, "张三")] * (
        len(rows) - 1
    )
    assert result["corrections"] == []
    assert not path.exists()
    assert {one.name for one in (path.parent / "已改正").iterdir()} == {path.name, Path(listed["notice"]).name}


def test_a_correction_stays_as_it_is_until_another_return_comes(office: Office) -> None:
    agency, form = forms_of_tasks(office)[0]
    (office.inbox / "1.xlsx").write_bytes(faulty_form(form))
    path = correction_of(office.consolidate())
    first = path.read_bytes()
    assert correction_of(office.consolidate()).read_bytes() == first
    path.unlink()
    assert correction_of(office.consolidate()).read_bytes() == first
    book = load_workbook(io.BytesIO(faulty_form(form)))
    book["责任清单"][place_of(form, "联系电话")] = None
    book.save(office.inbox / "2.xlsx")
    office.consolidate()
    assert path.read_bytes() != first
    assert load_workbook(path)["责任清单"][place_of(path, "联系电话")].value is None
    assert not (path.parent / "已改正").exists()
    assert agency in path.name


def test_a_form_that_comes_back_empty_goes_back(office: Office) -> None:
    agency, form = forms_of_tasks(office)[0]
    (office.inbox / "空.xlsx").write_bytes(form.read_bytes())
    path = correction_of(office.consolidate())
    assert agency in path.name
    (office.inbox / "填好.xlsx").write_bytes(filled_form(form))
    assert office.consolidate()["corrections"] == []
    assert not path.exists()


def test_a_correction_that_cannot_be_written_is_said_and_costs_nothing_else(office: Office) -> None:
    _, form = forms_of_tasks(office)[0]
    (office.inbox / "1.xlsx").write_bytes(faulty_form(form))
    path = correction_of(office.consolidate())
    lock = path.with_name(f".~lock.{path.name}#")
    lock.touch()
    book = load_workbook(io.BytesIO(faulty_form(form)))
    book["责任清单"][place_of(form, "联系电话")] = None
    book.save(office.inbox / "2.xlsx")
    result = office.consolidate()
    assert [finding["code"] for finding in result["findings"]] == ["correction_not_written"]
    assert result["summary"]["accepted"] == 1
    lock.unlink()
    assert correction_of(office.consolidate()) == path
    assert load_workbook(path)["责任清单"][place_of(path, "联系电话")].value is None
