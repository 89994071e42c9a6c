import pytest

from planbook.sheets.headers import find_header_row, header_words, normalise_header
from planbook.sheets.raw import RawSheet, Visibility


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("任务编号", "任务编号"),
        (" 任务\n编号 ", "任务编号"),
        ("任务编号＊", "任务编号"),
        ("完成进度（%）*", "完成进度"),
        ("完成进度【百分比】", "完成进度"),
        ("ＩＤ", "id"),
        ("（备注）", "备注"),
        ("页/行", "页行"),
        ("※★", ""),
        ("", ""),
    ],
)
def test_spellings_of_one_header_have_one_key(written: str, means: str) -> None:
    assert normalise_header(written) == means


def test_header_row_is_where_most_known_headers_stand() -> None:
    sheet = RawSheet(
        "任务分解",
        Visibility.VISIBLE,
        [["任务编号说明"], [], ["任务编号", None, 3.0], [None, "任务 编号", "任务名称*", "备注"], ["P1-001X", "备注"]],
    )
    assert find_header_row(sheet, {"任务编号", "任务名称", "备注"}) == 4
    assert find_header_row(sheet, {"任务编号", "任务名称", "牵头单位"}) is None
    assert find_header_row(sheet, {"任务编号", "任务名称", "牵头单位"}, at_least=2) == 4


def test_words_in_brackets_tell_two_headers_apart() -> None:
    assert header_words("完成进度 （％）*") == "完成进度"
    assert header_words("完成进度(核实)") == "完成进度核实"
