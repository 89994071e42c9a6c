"""OpenDocument spreadsheets, made by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from planbook.sheets.raw import CellRange, RawSheet, Visibility
from planbook.sheets.reading import read_workbook
from planbook.sheets.unreadable import UnreadableFile
from tests.unit.sheets.packages import zipped

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "style", "meta"))


RUBY = (
    "<text:p><text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とう</text:ruby-text></text:ruby></text:p>"
)


def open_document(tables: str, styles: str = "", meta: str = "") -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                f'<office:document-content {NAMES} xmlns:calcext="urn:calcext" xmlns:dc="urn:dc">'
                f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
                f"{tables}</office:spreadsheet></office:body></office:document-content>"
            ),
            "meta.xml": (
                f'<office:document-meta {NAMES} xmlns:dc="urn:dc"><office:meta>{meta}</office:meta>'
                "</office:document-meta>"
            ),
        }
    )


def table(*rows: str) -> RawSheet:
    return read_workbook(open_document(f'<table:table table:name="表">{"".join(rows)}</table:table>')).sheets[0]


def row(*cells: str, repeated: int = 1, shown: str = "visible") -> str:
    attributes = f'table:number-rows-repeated="{repeated}" table:visibility="{shown}"'
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text: str, attributes: str = "") -> str:
    inside = f"<text:p>{text}</text:p>" if text and not text.startswith("<") else text
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def blank(repeated: int = 1) -> str:
    return f'<table:table-cell table:number-columns-repeated="{repeated}"/>'


@pytest.mark.parametrize(
    ("attributes", "inside", "value", "remark"),
    [
        ('office:value-type="string"', "<text:p>甲</text:p>", "甲", ""),
        ('office:value-type="string"', "<text:p>甲</text:p><text:p>乙</text:p>", "甲\n乙", ""),
        (
            'office:value-type="string"',
            "<text:p>a<text:span>b<text:s text:c='2'/></text:span>c<text:tab/>d</text:p>",
            "ab  c\td",
            "",
        ),
        ('office:value-type="string"', "<text:p>a<text:line-break/>b</text:p>", "a\nb", ""),
        (
            'office:value-type="string"',
            RUBY,
            "東京",
            "",
        ),
        ('office:value-type="string" office:string-value="真"', "<text:p>假</text:p>", "真", ""),
        ('office:value-type="float" office:value="12.5"', "<text:p>12.50</text:p>", 12.5, ""),
        ('office:value-type="currency" office:value="12.5"', "<text:p>￥12.50</text:p>", 12.5, ""),
        ('office:value-type="percentage" office:value="0.85"', "<text:p>85%</text:p>", 0.85, "percent"),
        ('office:value-type="float" office:value="INF"', "<text:p>无穷</text:p>", "无穷", ""),
        ('office:value-type="date" office:date-value="2024-03-28"', "<text:p>3月28日</text:p>", date(2024, 3, 28), ""),
        ('office:value-type="date" office:date-value="2024-03-28T10:30:00"', "", datetime(2024, 3, 28, 10, 30), ""),  # noqa: DTZ001
        ('office:value-type="time" office:time-value="PT10H30M00S"', "", time(10, 30), ""),
        ('office:value-type="time" office:time-value="PT36H00M00S"', "", timedelta(hours=36), ""),
        ('office:value-type="boolean" office:boolean-value="true"', "<text:p>真</text:p>", True, ""),
        (
            'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
            "<text:p>#DIV/0!</text:p>",
            None,
            "#DIV/0!",
        ),
        (
            'table:formula="of:=1/0" office:value-type="float" office:value="0"',
            "<text:p>#DIV/0!</text:p>",
            None,
            "#DIV/0!",
        ),
        ('table:formula="of:=A2" office:value-type="string" office:string-value=""', "", None, ""),
        ('table:formula="of:=A2"', "", None, "no result"),
        (
            'table:formula="of:=DISPIMG(&quot;ID&quot;)" office:value-type="string"',
            "<text:p>=DISPIMG()</text:p>",
            None,
            "picture",
        ),
        ("", "<text:p>无类型</text:p>", "无类型", ""),
        ("", "", None, ""),
    ],
)
def test_values_of_open_document_cells(attributes: str, inside: str, value: object, remark: str) -> None:
    sheet = table(row(cell(inside, attributes)))
    assert sheet.value(1, 1) == value
    assert type(sheet.value(1, 1)) is type(value)
    assert dict(sheet.errors) == ({(1, 1): remark} if remark.startswith("#") else {})
    assert sheet.percent_cells == ({(1, 1)} if remark == "percent" else set())
    assert sheet.empty_formulas == ({(1, 1)} if remark == "no result" else set())
    assert sheet.pictures_in_cells == ({(1, 1)} if remark == "picture" else set())


def test_repeated_rows_and_cells() -> None:
    sheet = table(
        row(cell("甲", 'table:number-columns-repeated="2"'), cell("乙")),
        row(blank(3), cell("丙"), repeated=2),
        row(blank(), repeated=3, shown="filter"),
        row(cell("末")),
        row(blank(16_384), repeated=1_048_568),
    )
    assert [list(values) for values in sheet.rows] == [
        ["甲", "甲", "乙"],
        [None, None, None, "丙"],
        [None, None, None, "丙"],
        [],
        [],
        [],
        ["末"],
    ]
    assert sheet.hidden_rows == {4, 5, 6}


def test_a_stray_cell() -> None:
    sheet = table(row(cell("甲")), row(blank(), repeated=1_048_574), row(blank(16_383), cell("乙")))
    assert (sheet.value(1, 1), sheet.value(1_048_576, 16_384)) == ("甲", "乙")


def test_comments_and_merged_cells() -> None:
    note = "<office:annotation><dc:creator>张</dc:creator><text:p>请</text:p><text:p>核实</text:p></office:annotation>"
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    sheet = table(row(cell(f"{note}<text:p>甲</text:p>", spanned), "<table:covered-table-cell/>"))
    assert sheet.value(1, 1) == "甲"
    assert dict(sheet.comments) == {(1, 1): "请\n核实"}
    assert sheet.merged == (CellRange(1, 1, 3, 2),)


def test_hidden_tables_and_properties() -> None:
    shown = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="ta2" style:family="table">{shown}</style:style>'
    tables = '<table:table table:name="一"/><table:table table:name="二" table:style-name="ta2"/>'
    meta = "<dc:date>2024-03-28T10:00:00.123456789</dc:date>"
    meta += '<meta:user-defined meta:name="planbook">印</meta:user-defined>'
    found = read_workbook(open_document(tables, styles, meta))
    assert [sheet.visibility for sheet in found.sheets] == [Visibility.VISIBLE, Visibility.HIDDEN]
    assert found.custom_properties == {"planbook": "印"}
    assert found.saved_at == datetime(2024, 3, 28, 10, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("甲", 'table:number-columns-repeated="16000"'), repeated=1_000_000),
        row(cell("<office:annotation><text:p>甲</text:p></office:annotation>"), repeated=999_999_999),
    ],
)
def test_repetition_without_end_is_refused(rows: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        table(rows)
    assert caught.value.finding.code == "file_over_limit"


def test_contents_that_are_not_cells_are_left_out() -> None:
    deleted = f"<table:tracked-changes><table:deletion>{cell('旧')}</table:deletion></table:tracked-changes>"
    shape = '<table:shapes><draw:frame xmlns:draw="urn:draw"><text:p>图注</text:p></draw:frame></table:shapes>'
    nested = f'<table:table table:name="内">{row(cell("内"))}</table:table>'
    found = read_workbook(
        open_document(
            f'{deleted}<table:table table:name="表">{shape}{row(cell(nested + "<text:p>甲</text:p>"))}</table:table>'
        )
    )
    assert [[list(values) for values in sheet.rows] for sheet in found.sheets] == [[["甲"]]]
