"""An office's own layout: edited as a clerk edits it, issued, filled in, read; older forms stay readable."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet

from tests.integration.conftest import Office
from tests.support.command import CommandResult, planbook
from tests.support.filling import columns_of
from tests.support.office import Step, edit_workbooks
from tests.support.returns import filled_form
from tests.support.validity import assert_valid_workbook
from tests.unit.forms.sample_forms import picture

_OWN_VALUES: dict[str, str | int] = {
    "进展状态": "达到序时",
    "完成进度(%)": 40,
    "工作推进情况": "完成前期工作",
    "存在问题": "资金偏慢",
    "填报人": "张三",
    "联系电话": "0731-88888888",
    "填报日期": "2024-03-28",
    "经费(中央)": "12.5",
    "经费(地方)": "=3万",
    "督办领导": "王五",
}
_EXPECTED = {
    "status": "达到序时",
    "completion_percent": 40,
    "progress": "完成前期工作",
    "problems": "资金偏慢",
    "reporter": "张三",
    "phone": "0731-88888888",
    "reported_on": "2024-03-28",
    "evidence": "",
    "extras": {"经费(中央)": "12.5", "经费(地方)": "=3万", "督办领导": "王五"},
}


def column(sheet: Worksheet, header: str) -> int:
    return next(place for place, cell in enumerate(sheet[2], start=1) if str(cell.value or "").rstrip("*") == header)


def edit_layout(root: Path, edit: Callable[[Worksheet], object]) -> None:
    """Edit the sample of 责任清单 in the workspace's layout workbook."""
    path = root / "templates" / "责任清单样式.xlsx"
    book = load_workbook(path)
    edit(book["责任清单"])
    book.save(path)


def make_it_ours(sheet: Worksheet) -> None:
    sheet.cell(2, column(sheet, "本期进展情况")).value = "工作推进情况*"
    sheet.delete_cols(column(sheet, "佐证材料"))
    phone = column(sheet, "联系电话")
    kept = [sheet.cell(row, phone).value for row in (2, 3)]
    sheet.delete_cols(phone)
    sheet.insert_cols(1)
    for row, value in zip((2, 3), kept, strict=True):
        sheet.cell(row, 1).value = value
    sheet.column_dimensions["C"].hidden = True
    last = max(cell.column for cell in sheet[2] if cell.value)
    for place, header in enumerate(("经费（中央）", "经费（地方）", "督办领导*"), start=last + 1):
        sheet.cell(2, place).value = header


def issue(office: Office, *agencies: str) -> CommandResult:
    chosen = [part for agency in agencies for part in ("--agency", agency)]
    return planbook("issue", "--period", "2024Q1", *chosen, workspace=office.root)


def typed(form: Path) -> list[Step]:
    """Return the keystrokes that fill in every row by `_OWN_VALUES`."""
    sheet = load_workbook(form)["责任清单"]
    header, letters = columns_of(sheet, "任务编号")
    names = {name.replace("（", "(").replace("）", ")"): letter for name, letter in letters.items()}
    return [
        ("type", sheet.title, f"{names[name]}{row}", value)
        for row in range(header + 1, sheet.max_row + 1)
        if sheet[f"{letters['任务编号']}{row}"].value
        for name, value in _OWN_VALUES.items()
    ]


def put(cell: Any, value: object) -> None:
    """Set a cell as a person's text would stand in it, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def as_values(path: Path) -> Workbook:
    """Return 责任清单 of a workbook pasted as values into a new one."""
    pasted = Workbook()
    for number, row in enumerate(load_workbook(path)["责任清单"].iter_rows(values_only=True), start=1):
        for place, value in enumerate(row, start=1):
            put(pasted.active.cell(number, place), value)  # type: ignore[union-attr]
    return pasted


def of_agency(office: Office, agency: str) -> list[dict[str, Any]]:
    return [row for (name, code), row in office.export().items() if name == agency and code.startswith("P")]


def folded(extras: dict[str, str]) -> dict[str, str]:
    return {name.replace("（", "(").replace("）", ")"): text for name, text in extras.items()}


@pytest.mark.office
@pytest.mark.validator
def test_what_is_filled_into_an_offices_own_layout_arrives(office: Office) -> None:
    first, second, third = list(office.forms)[:3]
    (office.inbox / "旧样式.xlsx").write_bytes(filled_form(office.forms[first]))
    edit_layout(office.root, make_it_ours)
    issued = issue(office, second, third)
    assert [form["is_new"] for form in issued.result["forms"]] == [True, True]
    forms = {form["agency"]: Path(form["path"]) for form in issued.result["forms"]}
    assert_valid_workbook(forms[second])
    edit_workbooks([(forms[second], [*typed(forms[second]), ("save", str(office.inbox / "新样式.xlsx"))])])
    edit_workbooks([(forms[third], [*typed(forms[third]), ("save", str(office.root / "保存.xlsx"))])])
    as_values(office.root / "保存.xlsx").save(office.inbox / "粘贴成新文件.xlsx")

    result = office.consolidate()
    assert {file["agency"]: file["verdict"] for file in result["files"]} == dict.fromkeys(
        (first, second, third), "accepted"
    )
    for agency in (second, third):
        rows = of_agency(office, agency)
        assert rows
        for row in rows:
            row["extras"] = folded(row["extras"])
            assert {name: row[name] for name in _EXPECTED} == _EXPECTED
    assert {row["progress"] for row in of_agency(office, first)} == {"完成前期工作"}
    details = load_workbook(result["ledger"])["单位明细"]
    shown = [cell.value for row in details.iter_rows() for cell in row if "督办领导：王五" in str(cell.value)]
    assert len(shown) == len(of_agency(office, second)) + len(of_agency(office, third))


def test_a_form_pasted_without_its_seal_is_read_by_the_layout_it_was_issued_in(office: Office) -> None:
    agency = next(iter(office.forms))
    edit_layout(office.root, make_it_ours)
    form = Path(issue(office, agency).result["forms"][0]["path"])
    filled = load_workbook(form)
    for _, name, address, value in typed(form):
        put(filled[str(name)][str(address)], value)
    filled.save(office.root / "填好.xlsx")
    as_values(office.root / "填好.xlsx").save(office.inbox / "粘贴.xlsx")
    edit_layout(office.root, lambda sheet: sheet.delete_cols(column(sheet, "督办领导")))
    office.consolidate()
    rows = of_agency(office, agency)
    assert rows
    assert all(folded(row["extras"]) == _EXPECTED["extras"] for row in rows)


def test_forms_are_issued_anew_only_when_the_layout_changed(office: Office) -> None:
    agency = next(iter(office.forms))
    before = office.forms[agency].read_bytes()
    assert [form["is_new"] for form in issue(office, agency).result["forms"]] == [False]
    assert office.forms[agency].read_bytes() == before
    edit_layout(office.root, lambda sheet: sheet.cell(2, column(sheet, "备注")).__setattr__("value", "其他"))
    assert [form["is_new"] for form in issue(office, agency).result["forms"]] == [True]
    assert [form["is_new"] for form in issue(office, agency).result["forms"]] == [False]


def break_it(sheet: Worksheet) -> None:
    sheet.cell(3, column(sheet, "备注")).value = "{{ report.remark }}"
    sheet.cell(3, column(sheet, "存在问题")).value = "{{ report.progress }}"


def test_a_broken_layout_is_refused_with_its_cells(office: Office) -> None:
    agency, form = next(iter(office.forms.items()))
    before = form.read_bytes()
    (office.inbox / "1.xlsx").write_bytes(filled_form(form))
    edit_layout(office.root, break_it)
    refused = issue(office)
    assert (refused.code, form.read_bytes()) == (2, before)
    sheet = load_workbook(office.root / "templates" / "责任清单样式.xlsx")["责任清单"]
    for header in ("备注", "存在问题"):
        assert sheet.cell(3, column(sheet, header)).coordinate in refused.error
    assert [file["verdict"] for file in office.consolidate()["files"]] == ["accepted"]
    (office.root / "templates" / "责任清单样式.xlsx").write_bytes(b"no workbook")
    assert issue(office).code == 2
    (office.root / "templates" / "责任清单样式.xlsx").unlink()
    assert issue(office, agency).code in (0, 1)


def test_a_doubtful_layout_is_used_and_said(office: Office) -> None:
    edit_layout(office.root, lambda sheet: sheet.delete_cols(column(sheet, "联系电话")))
    issued = issue(office, next(iter(office.forms)))
    assert "layout_required_missing" in [finding["code"] for finding in issued.result["findings"]]
    assert [form["is_new"] for form in issued.result["forms"]] == [True]


def test_an_own_column_beside_indicators_and_a_logo_arrive(office: Office) -> None:
    path = office.root / "templates" / "责任清单样式.xlsx"
    book = load_workbook(path)
    book["指标进度"].cell(2, book["指标进度"].max_column + 1).value = "口径说明"
    logo = Image(BytesIO(picture(120, 60)))
    logo.anchor = "A1"
    book["责任清单"].add_image(logo)
    book.save(path)
    agency = next(agency for agency, form in office.forms.items() if "指标进度" in load_workbook(form).sheetnames)
    form = Path(issue(office, agency).result["forms"][0]["path"])
    with zipfile.ZipFile(form) as package:
        assert package.read("xl/media/image1.png") == picture(120, 60)
    filled = load_workbook(form)
    sheet = filled["指标进度"]
    header, letters = columns_of(sheet, "指标编号")
    put(sheet[f"{letters['本期完成值']}{header + 1}"], "12.5")
    put(sheet[f"{letters['口径说明']}{header + 1}"], "含规上企业")
    filled.save(office.inbox / "回表.xlsx")
    office.consolidate()
    (row,) = [one for one in office.export().values() if one.get("value") == 12.5]
    assert row["extras"] == {"口径说明": "含规上企业"}
