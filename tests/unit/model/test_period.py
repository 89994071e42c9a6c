from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.model.errors import PlanbookError
from planbook.model.period import Period

periods = st.sampled_from((1, 3, 6, 12)).flatmap(
    lambda months: st.builds(
        lambda year, index: Period(year, index * months + 1, months),
        st.integers(1901, 2999),
        st.integers(0, 12 // months - 1),
    )
)


@pytest.mark.parametrize(
    ("text", "start", "end", "label", "previous"),
    [
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31), "2024年第一季度", "2023Q4"),
        ("2024q4", date(2024, 10, 1), date(2024, 12, 31), "2024年第四季度", "2024Q3"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月", "2024-01"),
        ("2024-01", date(2024, 1, 1), date(2024, 1, 31), "2024年1月", "2023-12"),
        ("2024H2", date(2024, 7, 1), date(2024, 12, 31), "2024年下半年", "2024H1"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024年", "2023"),
    ],
)
def test_written_periods(text: str, start: date, end: date, label: str, previous: str) -> None:
    period = Period.parse(text)
    assert (period.start, period.end, period.label, str(period.previous())) == (start, end, label, previous)


@pytest.mark.parametrize("text", ["", "2024Q5", "2024-13", "24Q1", "2024-3", "第一季度", "2024H3", "2024Q1x"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(PlanbookError):
        Period.parse(text)


@given(periods)
def test_round_trip_and_no_gap_before(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert (period.start - period.previous().end).days == 1
    assert period.previous() < period
