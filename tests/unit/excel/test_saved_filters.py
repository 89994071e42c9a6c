"""Filters as Excel saves them, read from the file; and set again by a Mac's words."""

import re
import zipfile
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import xlwings

from planbook.excel import sheet_filters
from planbook.excel.host import ColumnFilter
from planbook.excel.saved_filters import FilterKind, saved_filters
from planbook.excel.sheet_filters import filter_on_mac, mac_filters
from tests.support.excel_engine import Native

X14: Final = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
EXTENSION: Final = f'<extLst><ext {X14} uri="{{0}}"><x14:iconFilter iconSet="3Stars" iconId="1"/></ext></extLst>'


def write_book(path: Path, auto_filter: str) -> Path:
    """Write a workbook whose second sheet has these filters, as Excel would."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("任务台账")
    sheet.append(["编号", "名称", "亮灯 sheetData", "时限"])
    sheet.append(["P1", "甲", "红灯", 1])
    sheet.auto_filter.ref = "A1:D2"
    book.save(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    part = "xl/worksheets/sheet2.xml"
    assert b'<autoFilter ref="A1:D2"' in parts[part]
    head, _, tail = parts[part].partition(b'<autoFilter ref="A1:D2"')
    tail = tail.partition(b">")[2].removeprefix(b"</autoFilter>")
    parts[part] = head + auto_filter.encode() + tail
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("column", "kind", "criteria1", "criteria2"),
    [
        ('<filters><filter val="红灯"/></filters>', FilterKind.VALUES, ["=红灯"], None),
        ('<filters blank="1"><filter val="a&lt;b"/></filters>', FilterKind.VALUES, ["=", "=a<b"], None),
        (
            (
                '<filters><dateGroupItem year="2024" dateTimeGrouping="year"/>'
                '<dateGroupItem year="2023" month="12" day="31" dateTimeGrouping="day"/></filters>'
            ),
            FilterKind.VALUES,
            None,
            [0, "1/1/2024", 2, "12/31/2023"],
        ),
        (
            (
                '<filters><dateGroupItem year="2024" month="3" day="5" hour="8" minute="30" '
                'dateTimeGrouping="minute"/></filters>'
            ),
            FilterKind.VALUES,
            None,
            [4, "3/5/2024 8:30:0"],
        ),
        ('<customFilters><customFilter val="*市*"/></customFilters>', FilterKind.ONE, "=*市*", None),
        (
            (
                '<customFilters and="1"><customFilter operator="greaterThanOrEqual" val="20"/>'
                '<customFilter operator="lessThan" val="60"/></customFilters>'
            ),
            FilterKind.AND,
            ">=20",
            "<60",
        ),
        ('<top10 val="5" filterVal="80"/>', FilterKind.TOP_ITEMS, "5", None),
        ('<top10 top="0" percent="1" val="25" filterVal="8"/>', FilterKind.BOTTOM_PERCENT, "25", None),
        ('<dynamicFilter type="nextQuarter"/>', FilterKind.DYNAMIC, 12, None),
        ('<dynamicFilter type="M12"/>', FilterKind.DYNAMIC, 32, None),
        ('<dynamicFilter type="belowAverage"/>', FilterKind.DYNAMIC, 34, None),
        ('<colorFilter dxfId="0"/>', FilterKind.CELL_COLOUR, None, None),
        ('<colorFilter dxfId="0" cellColor="0"/>', FilterKind.FONT_COLOUR, None, None),
        ('<iconFilter iconSet="3Arrows" iconId="2"/>', FilterKind.ICON, None, None),
        ('<iconFilter iconSet="3Arrows"/>', FilterKind.NO_ICON, None, None),
        (EXTENSION, FilterKind.ICON, None, None),
    ],
)
def test_a_filter_is_read_as_it_was_saved(
    tmp_path: Path, column: str, kind: FilterKind, criteria1: object, criteria2: object
) -> None:
    filtered = f'<autoFilter ref="A1:D2"><filterColumn colId="2">{column}</filterColumn></autoFilter>'
    saved = saved_filters(write_book(tmp_path / "a.xlsx", filtered))
    assert list(saved) == ["任务台账"]
    assert saved["任务台账"].address == "A1:D2"
    (found,) = saved["任务台账"].columns.items()
    assert found[0] == 3
    assert (found[1].kind, found[1].criteria1, found[1].criteria2) == (kind, criteria1, criteria2)


def test_what_is_no_workbook_has_no_filters(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK no zip")
    assert saved_filters(tmp_path / "a.xlsx") == {}
    assert saved_filters(tmp_path / "没有.xlsx") == {}
    bomb = '<autoFilter ref="A1:D2"><filterColumn colId="2"><filters>&x;</filters></filterColumn></autoFilter>'
    assert saved_filters(write_book(tmp_path / "b.xlsx", bomb)) == {}


class Words:
    """appscript's keywords: any name is one."""

    def __getattr__(self, name: str) -> str:
        return f"k.{name}"


class MacRange:
    """A range whose values are the sheet's headers."""

    def __init__(self, headers: list[str], said: list[dict[str, Any]], first: int = 1) -> None:
        self.row, self.column, self.shape = 1, 1, (9, len(headers))
        self.value: Any = headers[first - 1] if first else headers
        self._headers = headers
        self.api = Native(autofilter_range=lambda **words: said.append(words))

    def options(self, **_options: object) -> "MacRange":
        return MacRange(self._headers, [], 0)


def mac_sheet(headers: list[str], said: list[dict[str, Any]]) -> Native:
    address = Native(get_address=lambda: "$A$1:$D$9")
    return Native(
        name="任务台账",
        api=Native(autofilter_mode=Native(get=lambda: True), autofilter_object=Native(range_object=address)),
        range=lambda first, _last=None: MacRange(headers, said, first[1] if isinstance(first, tuple) else 1),
    )


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (
            '<filters><filter val="红灯"/></filters>',
            {"field": 3, "criteria1": ["=红灯"], "operator": "k.filter_by_value"},
        ),
        ('<customFilters><customFilter val="*市*"/></customFilters>', {"field": 3, "criteria1": "=*市*"}),
        ('<top10 val="5"/>', {"field": 3, "criteria1": "5", "operator": "k.top_10_items"}),
        (
            '<dynamicFilter type="thisMonth"/>',
            {"field": 3, "criteria1": "k.filter_this_month", "operator": "k.filter_dynamic"},
        ),
        (
            '<dynamicFilter type="M5"/>',
            {"field": 3, "criteria1": "k.filter_all_dates_in_may", "operator": "k.filter_dynamic"},
        ),
        ('<colorFilter dxfId="0"/>', None),
        ('<iconFilter iconSet="3Arrows" iconId="2"/>', None),
    ],
)
def test_on_a_mac_the_file_tells_the_filters(tmp_path: Path, column: str, words: dict[str, Any] | None) -> None:
    filtered = f'<autoFilter ref="A1:D2"><filterColumn colId="2">{column}</filterColumn></autoFilter>'
    path = write_book(tmp_path / "a.xlsx", filtered)
    said: list[dict[str, Any]] = []
    sheet = mac_sheet(["编号", "名称", "亮灯", "时限"], said)
    (one,) = mac_filters(Native(fullname=str(path), sheets=[sheet]))
    assert (one.sheet, one.header) == ("任务台账", "亮灯")
    moved = mac_sheet(["亮灯", "编号", "名称"], said)
    assert filter_on_mac(sheet, one, Words()) is (words is not None)
    assert filter_on_mac(moved, one, Words()) is (words is not None)
    assert said == ([words, words | {"field": 1}] if words else [])


def test_a_column_that_is_gone_is_not_filtered_on_a_mac() -> None:
    sheet = mac_sheet(["编号", "名称"], [])
    assert not filter_on_mac(sheet, ColumnFilter("任务台账", "亮灯", ["=红灯"], FilterKind.VALUES), Words())


def test_excels_words_on_a_mac_are_those_that_xlwings_ships() -> None:
    shipped = (Path(xlwings.__file__).parent / "mac_dict.py").read_text(encoding="utf-8")
    known = set(re.findall(r"""\("(\w+)", b['"]""", shipped))
    dynamic = {sheet_filters._mac_dynamic(number) for number in range(1, 35)}
    assert dynamic | set(sheet_filters._MAC_KINDS.values()) <= known
