"""Where pages of words break: no heading is left alone at a page's foot."""

import pytest

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.pages import lay_out
from planbook.forms.print_pages import page_breaks
from planbook.sheets.sheet_xml import StyledRow
from tests.unit.forms.sample_forms import KEY, sample_form

_TEXT, _HEADING, _HEAD = "guide.text", "guide.heading", "guide.head"


def _rows(*styles: str, height: float = 100) -> list[StyledRow]:
    return [StyledRow([(style, "x")], height) for style in styles]


@pytest.mark.parametrize(
    ("styles", "breaks"),
    [
        ([_TEXT] * 7, ()),
        ([_TEXT] * 8, (7,)),
        ([_TEXT] * 15, (7, 14)),
        ([*[_TEXT] * 6, _HEADING, _TEXT, _TEXT], (6,)),
        ([*[_TEXT] * 5, _HEADING, _HEAD, _TEXT, _TEXT], (5,)),
        ([*[_TEXT] * 5, _HEADING, _TEXT, _TEXT, _TEXT], (5,)),
        ([*[_TEXT] * 3, _HEADING, _TEXT, _TEXT, _TEXT, _TEXT], (7,)),
        ([_HEADING, *[_TEXT] * 8], (7,)),
    ],
)
def test_pages_break_above_headings(styles: list[str], breaks: tuple[int, ...]) -> None:
    assert page_breaks(_rows(*styles)) == breaks


def test_a_row_higher_than_a_page_breaks_nothing_by_itself() -> None:
    assert page_breaks(_rows(_TEXT, height=2_000)) == ()
    assert page_breaks(_rows(_TEXT, _TEXT, height=2_000)) == (1,)


@pytest.mark.parametrize("indicators", [0, 1])
def test_the_instructions_break_at_headings_or_within_long_tables(indicators: int) -> None:
    guide = lay_out(sample_form(indicators=indicators), DEFAULT_LAYOUT, KEY).guide
    assert guide.page_breaks
    for place in guide.page_breaks:
        assert guide.rows[place - 1].cells[0][0] not in (_HEADING, _HEAD)
