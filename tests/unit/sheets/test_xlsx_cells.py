"""What a cell of an Open XML worksheet holds, whichever of the two ways it is read."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from planbook.sheets.cells import LOST_TEXT, CellBudget, SheetBuilder
from planbook.sheets.limits import DEFAULT_LIMITS
from planbook.sheets.numbers import NumberKind
from planbook.sheets.raw import CellRange, RawSheet, Visibility
from planbook.sheets.reading import read_workbook
from planbook.sheets.unreadable import UnreadableFile
from planbook.sheets.xlsx_quick import QUICK_LIMIT_BYTES, drop_empty_cells, read_frame, read_rows, split_worksheet
from planbook.sheets.xlsx_sheet import WorksheetReader
from planbook.sheets.xlsx_values import WorkbookContext
from tests.unit.sheets.packages import STRICT, row, strings, styles, workbook, worksheet

CONTEXT = WorkbookContext(
    strings={"0": "甲", "1": "", "2": '=DISPIMG("ID_1",1)', "3": "a=b"},
    kinds={"1": NumberKind.PERCENT, "2": NumberKind.DATE},
    is_1904=False,
    has_local_pictures=True,
)


def by_stream(rows: str) -> RawSheet:
    sheet = SheetBuilder("表", Visibility.VISIBLE, CellBudget(DEFAULT_LIMITS))
    WorksheetReader(sheet, CONTEXT).read([worksheet(rows).encode()])
    return sheet.build()


def by_short_cut(rows: str) -> RawSheet | None:
    sheet = SheetBuilder("表", Visibility.VISIBLE, CellBudget(DEFAULT_LIMITS))
    split = split_worksheet(worksheet(rows).encode())
    return sheet.build() if split and read_rows(split[1], sheet, CONTEXT) else None


USUAL: list[tuple[str, object, str]] = [
    # cell as written, value, and what else is said of it
    ('<c r="A1" t="s"><v>0</v></c>', "甲", ""),
    ('<c r="A1" t="s"><v>1</v></c>', None, ""),
    ('<c r="A1" t="s"><v>3</v></c>', "a=b", ""),
    ('<c r="A1" t="s"><v>2</v></c>', None, "picture"),
    ('<c r="A1" t="s"><v>9</v></c>', None, LOST_TEXT),
    ('<c r="A1" t="s"><v>-1</v></c>', None, LOST_TEXT),
    ('<c r="A1" t="s"><v>x</v></c>', None, LOST_TEXT),
    ('<c r="A1" t="s"><v> 03 </v></c>', "a=b", ""),
    ('<c r="A1"><v>12.5</v></c>', 12.5, ""),
    ('<c r="A1" t="n"><v>1E3</v></c>', 1000.0, ""),
    ('<c r="A1" s="1"><v>0.85</v></c>', 0.85, "percent"),
    ('<c r="A1" s="2"><v>45379</v></c>', date(2024, 3, 28), ""),
    ('<c r="A1" s="2"><v>-7</v></c>', -7.0, ""),
    ('<c r="A1" s="99"><v>7</v></c>', 7.0, ""),
    ('<c r="A1"><v>1_0</v></c>', "1_0", ""),  # Python would read ten
    ('<c r="A1"><v>NaN</v></c>', "NaN", ""),
    ('<c r="A1"><v>1e999</v></c>', "1e999", ""),
    ('<c r="A1"><v>abc</v></c>', "abc", ""),
    ('<c r="A1" t="b"><v>1</v></c>', True, ""),
    ('<c r="A1" t="b"><v>0</v></c>', False, ""),
    ('<c r="A1" t="e"><v>#DIV/0!</v></c>', None, "#DIV/0!"),
    ('<c r="A1" t="str"><v>x_x000D_y</v></c>', "x\ny", ""),
    ('<c r="A1" t="d"><v>2024-03-28T00:00:00</v></c>', date(2024, 3, 28), ""),
    ('<c r="A1" t="d"><v>2024-03-28T10:30:00</v></c>', datetime(2024, 3, 28, 10, 30), ""),  # noqa: DTZ001
    ('<c r="A1" t="d"><v>1899-12-30T10:30:00</v></c>', time(10, 30), ""),
    ('<c r="A1" t="d"><v>某日</v></c>', "某日", ""),
    ('<c r="A1"><f>1+1</f><v>2</v></c>', 2.0, ""),
    ('<c r="A1"><f>B1&amp;C1</f></c>', None, "no result"),
    ('<c r="A1"><f t="shared" si="0"/></c>', None, "no result"),
    ('<c r="A1" t="str"><f>B1</f></c>', None, "no result"),
    ('<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>', None, "picture"),
    ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲", ""),
    ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>', " 甲 ", ""),
    ('<c r="A1" t="inlineStr"><is><t>&#30002;&#x4E59;&amp;&lt;</t></is></c>', "甲乙&<", ""),  # openpyxl
    ('<c r="A1" t="inlineStr"><is><t>a&#13;&#10;b_x000D_c</t></is></c>', "a\nb\nc", ""),
    ('<c r="A1" t="inlineStr"><is><t>=DISPIMG("ID_1",1)</t></is></c>', None, "picture"),
    ('<c r="A1" t="n"><is><t>甲</t></is></c>', "甲", ""),
    ('<c r="A1" s="3"/>', None, ""),
    ('<c r="A1" s="3"></c>', None, ""),
    ('<c r="A1" cm="1"></c>', None, ""),
]
UNUSUAL: list[tuple[str, object, str]] = [
    ('<c r="A1" cm="1"><f/></c>', None, "no result"),
    ('<c r="A1" cm="1"><is/></c>', None, ""),
    ('<c r="A1"><f>1+1</f><v></v></c>', None, "no result"),  # openpyxl
    ('<c r="A1" t="str"><f>""</f><v></v></c>', None, ""),  # Excel: the result is empty text
    ('<c r="A1" t="s"><v/></c>', None, ""),
    ('<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', None, "picture"),  # Excel's picture in a cell
    (
        '<c r="A1" t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></is></c>',
        "张三",
        "",
    ),
    ('<c r="A1" t="inlineStr"><is><t>甲</t></is><v>0</v></c>', "甲", ""),
    ('<c r="A1" t="inlineStr"><is><t></t></is></c>', None, ""),
    ('<c r="A1" t="inlineStr"><is><t>a\ue0fe&amp;</t></is></c>', "a\ue0fe&", ""),
    ('<c r="A1" t="s"><is><t>甲</t></is></c>', "甲", ""),
    ('<c t="s" r="A1"><v>0</v></c>', "甲", ""),
    ("<c r='A1' t='s'><v>0</v></c>", "甲", ""),
    ('<c r="a1" t="s"><v>0</v></c>', "甲", ""),
    ('<c t="s"><v>0</v></c>', "甲", ""),
    ('<c r="A1" t="str"><v>a&lt;b&#10;c</v></c>', "a<b\nc", ""),
    ('<c r="A1" t="str"><v><![CDATA[<甲>]]></v></c>', "<甲>", ""),
    ('<!-- c --><c r="A1" t="s"><v>0</v></c>', "甲", ""),
    ('\n  <c r="A1" t="s">\n    <v>0</v>\n  </c>\n', "甲", ""),
]


def check(sheet: RawSheet, value: object, remark: str) -> None:
    found = sheet.value(1, 1)
    assert found == value
    assert type(found) is type(value)
    assert dict(sheet.errors) == ({(1, 1): remark} if remark.startswith("#") else {})
    assert sheet.empty_formulas == ({(1, 1)} if remark == "no result" else set())
    assert sheet.percent_cells == ({(1, 1)} if remark == "percent" else set())
    assert sheet.pictures_in_cells == ({(1, 1)} if remark == "picture" else set())


@pytest.mark.parametrize(("cell", "value", "remark"), USUAL + UNUSUAL)
def test_a_cell_read_as_a_stream(cell: str, value: object, remark: str) -> None:
    check(by_stream(row(cell)), value, remark)


@pytest.mark.parametrize(("cell", "value", "remark"), USUAL)
def test_the_short_cut_reads_the_same(cell: str, value: object, remark: str) -> None:
    sheet = by_short_cut(row(cell))
    assert sheet is not None
    check(sheet, value, remark)


@pytest.mark.parametrize(
    "rows",
    [row(cell) for cell, _, _ in UNUSUAL if not cell.startswith("\n")]
    + [
        row('<c r="A1" t="inlineStr"><is><t>&#0;</t></is></c>'),
        row('<c r="A1" t="inlineStr"><is><t>&unknown;</t></is></c>'),
        row('<c r="A1" t="inlineStr"><is><t>a]]></t></is></c>'),
        row('<c r="A1" t="inlineStr"><is><t>a\x01</t></is></c>'),
        row('<c r="A1" t="inlineStr"></c><c r="B1"><x><y/></x></c>'),  # as many tags as it might have had
        row('<c r="B2"><v>1</v></c>'),  # stands in another row than it says
        row('<c r="A1"><v>1</v></c><x/>') + "</row>",
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row><c r="A1"><v>1</v></c></row>',
        row('<c r="A1"><v>1</v><extLst><ext/></extLst></c>'),
        '<row r="1" xmlns="urn:other"><c r="A1"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1048577"/>',
    ],
)
def test_the_short_cut_leaves_alone_what_it_does_not_know(rows: str) -> None:
    assert by_short_cut(rows) is None


@pytest.mark.parametrize("read", [by_stream, by_short_cut])
def test_places_of_cells(read: Callable[[str], RawSheet]) -> None:
    sheet = read(
        row(
            '<c r="B2"><v>1</v></c>',
            '<c r="AA2"><v>2</v></c>',
            '<c r="C2"><v>3</v></c>',
            number=2,
            attributes=' hidden="1"',
        )
        + '<row r="3"/>'
        + row('<c r="A5" t="e"><v>#N/A</v></c>', number=5)
    )
    assert [len(values) for values in sheet.rows] == [0, 27, 0, 0, 0]
    assert (sheet.value(2, 2), sheet.value(2, 27), sheet.value(2, 3)) == (1.0, 2.0, 3.0)
    assert sheet.hidden_rows == {2}


def test_cells_that_do_not_say_where_they_stand() -> None:
    sheet = by_stream('<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c r="C2"><v>3</v></c><c><v>4</v></c></row>')
    assert [list(values) for values in sheet.rows] == [[1.0, None, 2.0], [None, None, 3.0, 4.0]]


@pytest.mark.parametrize(
    "content",
    [
        worksheet(row('<x:c r="A1" t="s"><x:v>0</x:v></x:c>'), root=f'x:worksheet xmlns:x="{STRICT}"')
        .replace("<row", "<x:row")
        .replace("</row", "</x:row")
        .replace("sheetData", "x:sheetData")
        .encode(),
        worksheet(row('<c r="A1" t="s"><v>0</v></c>'), root=f'worksheet xmlns="{STRICT}"').encode(),
        worksheet(row('<c r="A1" t="s"><v>0</v></c>')).replace("UTF-8", "UTF-16").encode("utf-16"),
        b"\xef\xbb\xbf" + worksheet(row('<c r="A1" t="s"><v>0</v></c>')).encode(),
    ],
)
def test_namespaces_and_encodings(content: bytes) -> None:
    assert read_workbook(workbook(content, shared=strings("<t>甲</t>"))).sheets[0].value(1, 1) == "甲"


def test_elements_of_other_namespaces_are_no_cells() -> None:
    rows = row('<c r="A1"><v>1</v><y:v xmlns:y="urn:y">9</y:v></c>')
    assert by_stream(rows).value(1, 1) == 1.0


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<t>甲</t>", "甲"),
        ('<t>甲</t><phoneticPr fontId="1" type="noConversion"/>', "甲"),
        ('<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>', "東京"),
        ('<r><rPr><b/></rPr><t>重点</t></r><r><t xml:space="preserve"> 任务</t></r>', "重点 任务"),
        ("<r><rPr><sz/></rPr><t>一、</t></r><r><t/></r><r><t>二</t></r>", "一、二"),
        ("<r><rPr><sz/></rPr><t>a&amp;</t></r><r><t>b</t></r>", "a&b"),
        ("<t>a&lt;b&#x4E00;</t>", "a<b一"),
        ("<t>a_x000D_\nb</t>", "a\nb"),
        ("<t>_x005F_x000D_</t>", "_x000D_"),
        ("<t>_xD83D__xDE00_</t>", "😀"),
        ("<t>_xD83D_</t>", None),
        ("<t>a_x0007_b_x000B_c</t>", "ab\nc"),
        ("<t><![CDATA[a<b]]></t>", "a<b"),
        ("<t/>", None),
        ("", None),
    ],
)
def test_shared_strings(item: str, text: str | None) -> None:
    shared = strings("<t>前</t>", item, "<t>后</t>")
    rows = row('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>')
    sheet = read_workbook(workbook(worksheet(rows), shared=shared)).sheets[0]
    assert [sheet.value(1, column) for column in (1, 2, 3)] == ["前", text, "后"]


def test_formats_come_from_the_cells_own_list() -> None:
    rows = row(*(f'<c r="{letter}1" s="{style}"><v>0.5</v></c>' for style, letter in enumerate("ABCD")))
    formats = styles(0, 10, 176, 14, codes={176: "0.0%"})
    sheet = read_workbook(workbook(worksheet(rows), formats=formats)).sheets[0]
    assert sheet.percent_cells == {(1, 2), (1, 3)}


def test_dates_of_1904() -> None:
    content = workbook(
        worksheet(row('<c r="A1" s="1"><v>43917</v></c>')),
        formats=styles(0, 31),
        properties='<workbookPr date1904="1"/>',
    )
    assert read_workbook(content).sheets[0].value(1, 1) == date(2024, 3, 28)


def test_merged_ranges_are_read_with_and_without_the_short_cut() -> None:
    merged = '<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="C1"/></mergeCells>'
    for rows in (row('<c r="A1"><v>1</v></c>'), "<row><c><v>1</v></c></row>"):
        sheet = read_workbook(workbook(worksheet(rows, merged))).sheets[0]
        assert sheet.merged == (CellRange(1, 1, 2, 2),)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"/><c r="C1"><v>3</v></c><c r="D1" s="1"/></row>',
        '<row r="1"><c r="A1" s="1"/><c><v>2</v></c></row>',  # placed by its neighbour alone
        '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="A1"/><c r="B1"/></row>]]></t></is></c></row>',
        '<row r="1"><c r="A1"/></row><row r="2"><c r="B2"></c><c r="C2" t="b"><v>1</v></c></row>',
    ],
)
@pytest.mark.parametrize("size", [*range(1, 120), 10_000])
def test_empty_cells_left_out_change_nothing(rows: str, size: int) -> None:
    content = worksheet(rows).encode()
    chunks = [content[start : start + size] for start in range(0, len(content), size)]
    sheet = SheetBuilder("表", Visibility.VISIBLE, CellBudget(DEFAULT_LIMITS))
    WorksheetReader(sheet, CONTEXT).read(drop_empty_cells(chunks))
    assert sheet.build() == by_stream(rows)


def test_a_form_with_whole_columns_formatted_is_read() -> None:
    empty = "".join(row(*(f'<c r="{letter}{n}" s="1"/>' for letter in "ABCDEFGH"), number=n) for n in range(2, 20_000))
    rows = row('<c r="A1"><v>5</v></c>') + empty
    assert len(rows) > QUICK_LIMIT_BYTES
    (sheet,) = read_workbook(workbook(worksheet(rows))).sheets
    assert [list(cells) for cells in sheet.rows if cells] == [[5.0]]


_FRAME = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData></sheetData>{}</worksheet>'
)


@pytest.mark.parametrize(
    ("around", "is_usual"),
    [
        ("", True),
        (
            '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B9"/></mergeCells><pageMargins/>',
            True,
        ),
        ('<mergeCells><mergeCell ref="C3:A1"/><mergeCell ref="A1"/><mergeCell ref="A"/></mergeCells>', True),
        ('<mergeCells count="1"><mergeCell x="1" ref="A1:C1"/></mergeCells>', False),
        ('<mergeCells count="1"><mergeCell ref="A1:C1"></mergeCell></mergeCells>', False),
        ('<mergeCells><mergeCell ref="A1:C1"/></mergeCells><mergeCells><mergeCell ref="A2:C2"/></mergeCells>', False),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', False),
        ('<extLst><x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="A1"/></extLst>', False),
    ],
)
def test_what_stands_around_the_rows_is_read_alike(around: str, is_usual: bool) -> None:
    frame = _FRAME.format(around)
    short, long = (SheetBuilder("表", Visibility.VISIBLE, CellBudget(DEFAULT_LIMITS)) for _ in range(2))
    WorksheetReader(long, CONTEXT).read([frame.encode()])
    assert read_frame(frame, short) is is_usual
    assert not is_usual or short.build() == long.build()


def test_a_frame_that_is_no_xml_is_damaged() -> None:
    for damage in ("<pageMargins>", "&x;", "<mergeCells></mergeCells></pageMargins>"):
        with pytest.raises(UnreadableFile):
            read_frame(_FRAME.format(damage), SheetBuilder("表", Visibility.VISIBLE, CellBudget(DEFAULT_LIMITS)))
