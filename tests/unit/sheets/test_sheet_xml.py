from datetime import date
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from planbook.sheets.sheet_xml import (
    SharedStrings,
    StyledRow,
    StyledSheet,
    columns_xml,
    dimension,
    escape_text,
    merges_xml,
    rows_xml,
)

NUMBERS = {"plain": 1, "bold": 7}


def test_rows_carry_their_cells_heights_and_blanks() -> None:
    strings = SharedStrings()
    rows = (
        StyledRow([("bold", "甲"), ("plain", 3)], 30),
        StyledRow([("plain", "甲"), ("plain", None), ("plain", date(2024, 12, 31))], blanks=("bold", "plain")),
        StyledRow([]),
        StyledRow([("plain", 1.5)], 15),
    )
    sheet = StyledSheet("表", (8, 8, 8, 8, 8), rows)
    assert rows_xml(sheet, NUMBERS, strings) == (
        '<row r="1" spans="1:5" ht="30" customHeight="1">'
        '<c r="A1" s="7" t="s"><v>0</v></c><c r="B1" s="1"><v>3</v></c></row>'
        '<row r="2" spans="1:5"><c r="A2" s="1" t="s"><v>0</v></c><c r="B2" s="1"/><c r="C2" s="1"><v>45657</v></c>'
        '<c r="D2" s="7"/><c r="E2" s="1"/></row>'
        '<row r="4" spans="1:5"><c r="A4" s="1"><v>1.5</v></c></row>'
    )
    assert (strings.uses, list(strings.places)) == (2, ["甲"])
    assert dimension(sheet) == "A1:E4"


def test_columns_of_one_width_stand_together() -> None:
    sheet = StyledSheet("表", (10, 10, 4, 4), (), hidden_columns=frozenset({3}))
    assert columns_xml(sheet, 8, 72) == (
        '<col min="1" max="2" width="10.625" customWidth="1"/><col min="3" max="3" width="4.625" customWidth="1"/>'
        '<col min="4" max="4" width="4.625" hidden="1" customWidth="1"/>'
    )


def test_merged_ranges_are_listed() -> None:
    sheet = StyledSheet("表", (), (), merged=((0, 0, 2), (4, 1, 27)))
    assert merges_xml(sheet) == ('<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B5:AB5"/></mergeCells>')
    assert merges_xml(StyledSheet("表", (), ())) == ""


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20)


@given(st.lists(texts | st.sampled_from(["_x0041_", " 前", "后\n", "<&>\"'", "\t"]), max_size=6))
def test_shared_strings_are_those_of_xlsxwriter(values: list[str]) -> None:
    values = [value for value in values if not value.startswith("<r>") and "\ufffe" not in value]
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        worksheet = workbook.add_worksheet()
        for row, value in enumerate(values):
            worksheet.write_string(row, 0, value)
    strings = SharedStrings()
    rows_xml(StyledSheet("表", (), tuple(StyledRow([("plain", value)]) for value in values)), NUMBERS, strings)
    with ZipFile(buffer) as package:
        if values:
            assert package.read("xl/sharedStrings.xml") == strings.xml()
        else:
            assert "xl/sharedStrings.xml" not in package.namelist()


def test_a_text_that_looks_like_an_escape_is_escaped() -> None:
    assert escape_text("_x0041_ & <b>") == "_x005F_x0041_ &amp; &lt;b&gt;"
