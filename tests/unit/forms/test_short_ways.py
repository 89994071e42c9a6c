"""The short ways of reading plain rows and unchanged cells give what the long ways give, whatever people did."""

from collections.abc import Sequence
from datetime import date, datetime
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.forms import alignment
from planbook.forms import misplaced_texts as misplaced
from planbook.forms.checks import CheckContext, run_checks
from planbook.forms.plain_rows import PlainCells, PlainTable
from planbook.forms.return_reading import ReturnReading
from planbook.forms.row_reading import RowReading
from planbook.model.findings import Finding
from planbook.sheets.raw import CellKey, CellRange, CellValue
from tests.support.tables import EditableBook
from tests.unit.forms.return_samples import CODES, TODAY, filled_book, read

_VALUES: st.SearchStrategy[CellValue] = st.one_of(
    st.sampled_from([None, "/", "无", "同上", " ", "约40%", "４５％", "三成", "过半", "已完成", "正常推进", "3.31"]),
    st.sampled_from(["=DISPIMG(1)", "_xlfn.DISPIMG(1)", "=A1", "2024年3月底", "13900001111", *CODES, "长" * 700]),
    st.sampled_from([0.0, -0.0, 1.0, True, False, 0.85, 45382.0, date(2024, 3, 31), datetime(2024, 3, 2, 10, 30)]),  # noqa: DTZ001
    st.text(max_size=12),
    st.floats(),
)
_KEYS = st.tuples(st.integers(4, 10), st.integers(1, 23))


@st.composite
def _books(draw: st.DrawFn) -> EditableBook:
    book = filled_book()
    for sheet in (book.tasks, book.indicators):
        for row, column in draw(st.lists(_KEYS, max_size=8)):
            while len(sheet.rows) < row:
                sheet.rows.append([])
            cells = sheet.rows[row - 1]
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = draw(_VALUES)
        keys: st.SearchStrategy[list[CellKey]] = st.lists(_KEYS, max_size=2)
        sheet.errors = dict.fromkeys(draw(keys), "#N/A")
        sheet.empty_formulas, sheet.percent_cells = set(draw(keys)), set(draw(keys))
        sheet.pictures, sheet.comments = set(draw(keys)), dict.fromkeys(draw(keys), "批注")
        sheet.merged = [CellRange(row, column, row + 1, column) for row, column in draw(keys)]
        sheet.counts_from_1904 = draw(st.booleans())
    if draw(st.booleans()):
        book.tasks.rows.append(list(book.tasks.rows[draw(st.integers(4, 8)) - 1]))
    return book


def _all_of(reading: ReturnReading) -> tuple[ReturnReading, Sequence[Finding]]:
    return reading, run_checks(CheckContext(reading, TODAY))


def _share_a_pair(text: str, title: str, body: str) -> bool:
    return not misplaced._pairs(text).isdisjoint(misplaced._own_pairs(title, body))


@settings(max_examples=200, deadline=None)
@given(_books())
def test_short_ways_lead_where_the_long_ones_do(book: EditableBook) -> None:
    short = _all_of(read(book))
    with (
        patch.object(PlainTable, "row", lambda *_: None),
        patch.object(alignment, "_is_as_issued", lambda *_: False),
        patch.object(misplaced, "_share_a_pair", _share_a_pair),
    ):
        long = _all_of(read(book))
    assert repr(short) == repr(long)


def test_rows_as_they_were_issued_go_the_short_way() -> None:
    with patch.object(RowReading, "read", autospec=True, side_effect=RowReading.read) as cells:
        read(filled_book())
    assert {type(call.args[0]) for call in cells.call_args_list} == {PlainCells}
