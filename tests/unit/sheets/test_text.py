import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.sheets.text import clean_open_xml_text, clean_text, is_clean_open_xml_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"),
        ("甲\x0b乙\u2028丙", "甲\n乙\n丙"),
        ("\ufeff甲\x00\x07乙\x7f", "甲乙"),
        ("甲\t乙\u3000丙", "甲\t乙\u3000丙"),
        ("\ud83d甲", "甲"),
        ("😀", "😀"),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text(st.characters(codec=None)))
def test_clean_text_can_be_written_and_stays(raw: str) -> None:
    clean = clean_open_xml_text(raw)
    clean.encode()
    assert clean_text(clean) == clean


@given(st.text(alphabet="_x0041DE甲\r\n\x07"))
def test_what_is_called_clean_is_left_as_it_is(text: str) -> None:
    if is_clean_open_xml_text(text):
        assert clean_open_xml_text(text) == text
