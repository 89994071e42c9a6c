import pickle

import pytest

from planbook.sheets.grid import SparseRows, arrange_rows
from planbook.sheets.raw import RawSheet, Visibility


def test_few_rows_far_apart_behave_as_a_list_of_all() -> None:
    rows = arrange_rows({1: ["a"], 5_000: ["b"]}, 5_000)
    assert isinstance(rows, SparseRows)
    assert len(rows) == 5_000
    assert (rows[0], rows[1], rows[4_999], rows[-1]) == (["a"], (), ["b"], ["b"])
    assert list(rows[:3]) == [["a"], (), ()]
    assert list(rows[4_998:]) == [(), ["b"]]
    assert [number for number, values in enumerate(rows, start=1) if values] == [1, 5_000]
    with pytest.raises(IndexError):
        rows[5_000]
    assert pickle.loads(pickle.dumps(rows)) == rows  # noqa: S301 - as workers send it


def test_rows_close_together_are_a_list() -> None:
    assert arrange_rows({1: ["a"], 3: ["c"]}, 4) == [["a"], (), ["c"], ()]
    assert arrange_rows({}, 0) == []


def test_values_beyond_the_edge_are_empty() -> None:
    sheet = RawSheet("表", Visibility.VISIBLE, arrange_rows({2: [None, 1.0]}, 2))
    assert [sheet.value(*place) for place in ((2, 2), (2, 3), (3, 1), (0, 1), (1, 0))] == [1.0, None, None, None, None]
