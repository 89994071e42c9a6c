from hypothesis import given
from hypothesis import strategies as st

from planbook.sheets.text_metrics import ROW_HEIGHT_LIMIT_PT, count_lines, row_height_pt


def test_lines_follow_width_and_line_feeds() -> None:
    assert count_lines("省科技厅", 20, 11) == 1
    assert count_lines("省科技厅\n省财政厅\n", 20, 11) == 3
    assert count_lines("加快推进" * 10, 20, 11) in (5, 6)
    assert count_lines("abcdefgh" * 5, 20, 11) < count_lines("加快推进" * 10, 20, 11)


def test_row_is_as_high_as_its_longest_cell_within_bounds() -> None:
    assert row_height_pt([("短", 10, 11)], minimum_pt=30) == 30
    assert row_height_pt([], minimum_pt=18) == 18
    assert row_height_pt([("长" * 5000, 10, 11)]) == ROW_HEIGHT_LIMIT_PT
    both = row_height_pt([("短", 10, 11), ("长" * 50, 10, 11)])
    assert both == row_height_pt([("长" * 50, 10, 11)]) > 100


@given(st.text(max_size=300), st.floats(1, 100), st.floats(6, 30))
def test_more_text_never_needs_less(text: str, width: float, size: float) -> None:
    lines = count_lines(text, width, size)
    assert 1 <= lines <= count_lines(text + "续", width, size)
