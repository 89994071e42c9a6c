"""The same form saved by LibreOffice in each format that agencies send back."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from planbook.sheets.raw import RawWorkbook, Visibility
from planbook.sheets.reading import read_workbook
from tests.support.office import convert
from tests.unit.sheets.packages import zipped


def form() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("责任清单")
        sheet.merge_range("A1:C1", "责任清单")
        sheet.write_row("A2", ["任务编号", "完成进度", "填报日期", "进展"])
        sheet.write_row("A3", ["P1-001A", 85])
        sheet.write("B4", 0.85, book.add_format({"num_format": "0%"}))
        sheet.write("C3", datetime(2024, 3, 28), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))  # noqa: DTZ001
        sheet.write("D3", "第一行\n 第二行")
        sheet.write_formula("B5", "=1/0")
        sheet.write_formula("B6", "=B3+1")
        sheet.write_formula("D6", '=A3&"甲"')
        sheet.write("D5", True)
        sheet.write("A7", "末行")
        sheet.set_row(6, None, None, {"hidden": True})
        sheet.write_comment("D3", "请核实")
        book.add_worksheet("_planbook").very_hidden()
        book.set_custom_property("planbook", "印章abc")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # The results that the writer makes up are taken out, so that LibreOffice works them out.
    return zipped({name: content.replace(b"</f><v>0</v>", b"</f>") for name, content in parts.items()})


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    path.write_bytes(form())
    return path


@pytest.fixture(params=["xlsx", "xls", "ods"])
def saved(request: pytest.FixtureRequest, original: Path) -> RawWorkbook:
    folder = original.parent / str(request.param)
    return read_workbook(convert(original, str(request.param), folder))


@pytest.mark.office
def test_a_form_saved_by_libreoffice(saved: RawWorkbook) -> None:
    sheet = saved.sheets[0]
    assert [list(values) for values in sheet.rows] == [
        ["责任清单"],
        ["任务编号", "完成进度", "填报日期", "进展"],
        ["P1-001A", 85.0, date(2024, 3, 28), "第一行\n 第二行"],
        [None, 0.85],
        [None, None, None, True],
        [None, 86.0, None, "P1-001A甲"],
        ["末行"],
    ]
    assert dict(sheet.errors) == {(5, 2): "#DIV/0!"}
    assert sheet.percent_cells == {(4, 2)}
    assert sheet.hidden_rows == {7}
    assert [text.strip() for text in sheet.comments.values()] == ["请核实"]
    assert [(area.first_row, area.last_column) for area in sheet.merged] == [(1, 3)]
    assert saved.sheets[1].name == "_planbook"
    assert saved.sheets[1].visibility is not Visibility.VISIBLE
    assert saved.custom_properties["planbook"] == "印章abc"
    assert saved.saved_at is None or saved.saved_at.tzinfo is not None
