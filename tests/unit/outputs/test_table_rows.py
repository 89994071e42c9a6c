import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from planbook.outputs.styles import FormatBook, Tint
from planbook.outputs.table_rows import RowRenderer, register_looks
from planbook.outputs.table_sheet import Cell, CellContent, TableColumn

WHITE = Tint("FFFFFF")
COLUMNS = (TableColumn("甲", 12, cell_tints=(WHITE,)), TableColumn("乙", 12, cell_tints=(WHITE,)))
ROW = re.compile("<row .*?</row>", re.DOTALL)
CONTENTS: list[CellContent | Cell] = [
    None, "", "文", " 前后 ", "=1+1", "a<b&c", "_x0041_", 1, True, False, 0, Decimal(1), Decimal("1.0"), Decimal("-0"),
    1.0, Decimal("1E+20"), 10**20, Decimal("0.1"), 0.1, date(2024, 3, 1), datetime(2024, 3, 1, 8, tzinfo=UTC),
    date(1899, 1, 1), Cell("文", WHITE), Cell("文"), Cell(1), Cell(None), "长" * 100, "一\n二",
]  # fmt: skip


def rendered(*rows: list[CellContent | Cell]) -> str:
    with xlsxwriter.Workbook(io.BytesIO()) as workbook:
        workbook.add_worksheet()
        formats = FormatBook(workbook)
        register_looks(formats, COLUMNS)
        return RowRenderer(formats, COLUMNS).render(rows, 5)


@given(st.lists(st.sampled_from(CONTENTS), max_size=6), st.sampled_from(CONTENTS))
def test_a_row_is_the_same_whatever_stood_above_it(
    above: list[CellContent | Cell], content: CellContent | Cell
) -> None:
    blank: list[list[CellContent | Cell]] = [[None, None] for _ in above]
    alone = ROW.findall(rendered(*blank, [content, content]))
    below = ROW.findall(rendered(*[[one, one] for one in above], [content, content]))
    assert below[-1] == alone[-1]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (True, ' t="str"><v>是</v>'),
        (1, "><v>1</v>"),
        (Decimal("1.0"), "><v>1</v>"),
        (Decimal("-0"), "><v>0</v>"),
        ("25%\n40%", ' t="inlineStr"><is><t xml:space="preserve">25%\n40%</t></is>'),
        (" 前", ' t="inlineStr"><is><t xml:space="preserve"> 前</t></is>'),
        ("a<b", ' t="str"><v>a&lt;b</v>'),
        (date(2024, 3, 1), "><v>45352</v>"),
    ],
)
def test_contents_are_written_by_their_kind(content: CellContent, shown: str) -> None:
    assert f"{shown}</c></row>" in rendered([None, content])


def test_rows_are_numbered_and_high_enough() -> None:
    text = rendered(["文", None], ["长" * 100, None])
    assert re.findall(r'<row r="(\d+)" ht="(\d+)"', text) == [("5", "21"), ("6", "349")]
    assert re.findall(r'<c r="(\w+)"', text) == ["A5", "B5", "A6", "B6"]


def test_no_rows_are_nothing() -> None:
    assert rendered() == ""
