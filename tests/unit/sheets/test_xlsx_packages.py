"""How workbooks are put together by the programs in use: parts under any name, missing, in any order."""

import zipfile

import pytest

from planbook.sheets.raw import Visibility
from planbook.sheets.reading import read_workbook
from tests.unit.sheets.packages import (
    DECLARATION,
    MAIN,
    content_types,
    index,
    relationships,
    row,
    strings,
    workbook,
    worksheet,
    zipped,
)

ONE = worksheet(row('<c r="A1"><v>1</v></c>'))
TWO = worksheet(row('<c r="A1"><v>2</v></c>'))


def test_sheets_come_in_the_order_and_with_the_names_of_the_workbook() -> None:
    sheets = (
        '<sheet name="乙" sheetId="9" r:id="rIdB"/><sheet name="图" sheetId="3" r:id="rIdC"/>'
        '<sheet name="甲 &amp; 丙" sheetId="1" r:id="rIdA" state="veryHidden"/>'
        '<sheet name="丁" sheetId="4" r:id="rIdA" state="hidden"/>'
    )
    links = {
        "rIdA": ("worksheet", "/xl/worksheets/one.xml"),
        "rIdB": ("worksheet", "../xl/./worksheets/Sheet%202.xml"),
        "rIdC": ("chartsheet", "chartsheets/sheet1.xml"),
    }
    content = workbook(
        ONE,
        extra={
            "xl/workbook.xml": index(sheets),
            "xl/_rels/workbook.xml.rels": relationships(links),
            "xl/worksheets/one.xml": ONE,
            "xl/worksheets/sheet 2.xml": TWO,
            "xl/chartsheets/sheet1.xml": f'<chartsheet xmlns="{MAIN}"/>',
        },
    )
    found = read_workbook(content)
    assert [(sheet.name, sheet.value(1, 1), sheet.visibility) for sheet in found.sheets] == [
        ("乙", 2.0, Visibility.VISIBLE),
        ("甲 & 丙", 1.0, Visibility.VERY_HIDDEN),
        ("丁", 1.0, Visibility.HIDDEN),
    ]
    assert found.sheet("乙") is found.sheets[0]
    assert found.sheet("图") is None


def test_a_workbook_part_of_another_name() -> None:
    content = zipped(
        {
            "[Content_Types].xml": content_types(part="/book/main.xml"),
            "_rels/.rels": relationships({"r": ("officeDocument", "/book/main.xml")}),
            "book/main.xml": index('<sheet name="表" sheetId="1" r:id="r"/>'),
            "book/_rels/main.xml.rels": relationships({"r": ("worksheet", "../s.xml")}),
            "s.xml": ONE,
        }
    )
    assert read_workbook(content).sheets[0].value(1, 1) == 1.0


def test_part_names_differ_in_case_and_slashes() -> None:
    content = zipped(
        {
            "[Content_Types].xml": content_types(),
            "_rels\\.rels": relationships({"r": ("officeDocument", "xl/workbook.xml")}),
            "XL\\workbook.xml": index('<sheet name="表" sheetId="1" r:id="r"/>'),
            "XL\\_rels\\workbook.xml.rels": relationships(
                {"r": ("worksheet", "Worksheets/Sheet1.xml"), "s": ("sharedStrings", "SharedStrings.xml")}
            ),
            "XL\\worksheets\\sheet1.XML": worksheet(row('<c r="A1" t="s"><v>0</v></c>')),
            "XL\\sharedstrings.xml": strings("<t>甲</t>"),
        }
    )
    assert read_workbook(content).sheets[0].value(1, 1) == "甲"


def test_parts_that_are_stored_and_not_deflated() -> None:
    parts = {
        "[Content_Types].xml": content_types(),
        "xl/workbook.xml": index('<sheet name="表" sheetId="1" r:id="r"/>'),
        "xl/_rels/workbook.xml.rels": relationships({"r": ("worksheet", "s.xml")}),
        "xl/s.xml": ONE,
    }
    assert read_workbook(zipped(parts, zipfile.ZIP_STORED)).sheets[0].value(1, 1) == 1.0


@pytest.mark.parametrize(
    ("moment", "saved_at"),
    [
        ("2024-03-28T02:00:00Z", "2024-03-28T02:00:00+00:00"),
        ("2024-03-28T10:00:00+08:00", "2024-03-28T02:00:00+00:00"),
        ("2024-03-28T02:00:00", "2024-03-28T02:00:00+00:00"),
        ("2024-03-28T02:00:00.1234567Z", "2024-03-28T02:00:00.123456+00:00"),
        ("", None),
        ("昨天", None),
        ("0001-01-01T00:00:00+08:00", None),
    ],
)
def test_when_it_was_saved(moment: str, saved_at: str | None) -> None:
    names = 'xmlns:c="urn:c" xmlns:d="urn:d"'
    core = f"{DECLARATION}<c:coreProperties {names}><d:modified>{moment}</d:modified></c:coreProperties>"
    found = read_workbook(workbook(ONE, extra={"docProps/core.xml": core})).saved_at
    assert (found.isoformat() if found else None) == saved_at


def test_custom_properties() -> None:
    custom = (
        f'{DECLARATION}<Properties xmlns="urn:p" xmlns:vt="urn:vt">'
        '<property fmtid="x" pid="2" name="planbook"><vt:lpwstr>甲_x0041_</vt:lpwstr></property>'
        '<property fmtid="x" pid="3" name="数"><vt:i4>3</vt:i4></property></Properties>'
    )
    for place in ("docProps/custom.xml", "docProps/other.xml"):
        links = relationships({"r": ("officeDocument", "xl/workbook.xml"), "c": ("custom-properties", place)})
        content = workbook(ONE, extra={place: custom, "_rels/.rels": links})
        assert read_workbook(content).custom_properties == {"planbook": "甲_x0041_", "数": "3"}


def test_comments_of_both_kinds() -> None:
    notes = (
        f'{DECLARATION}<comments xmlns="{MAIN}"><commentList>'
        '<comment ref="A1"><text><r><t>张三：</t></r><r><t xml:space="preserve"> 已核</t></r></text></comment>'
        '<comment ref="B2"><text><t>[Threaded comment] Your version of Excel…</t></text></comment>'
        '<comment ref="坏"><text><t>无处</t></text></comment></commentList></comments>'
    )
    threads = (
        f'{DECLARATION}<ThreadedComments xmlns="urn:t"><threadedComment ref="B2"><text>请补充</text></threadedComment>'
        '<threadedComment ref="B2" parentId="1"><text>已补充</text></threadedComment></ThreadedComments>'
    )
    links = relationships(
        {"a": ("comments", "../comments1.xml"), "b": ("threadedComment", "../threadedComments/t.xml")}
    )
    content = workbook(
        ONE,
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": links,
            "xl/comments1.xml": notes,
            "xl/threadedComments/t.xml": threads,
        },
    )
    assert dict(read_workbook(content).sheets[0].comments) == {(1, 1): "张三： 已核", (2, 2): "请补充\n已补充"}
