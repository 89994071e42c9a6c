from datetime import UTC, datetime, timedelta, timezone

import pytest

from planbook.ledger.in_force import effective_at

ISSUED = datetime(2024, 4, 1, 9, tzinfo=UTC)
RECEIVED = datetime(2024, 4, 8, 9, tzinfo=UTC)
A_SECOND, AN_HOUR, A_DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("why", "saved_at", "is_believed"),
    [
        ("the usual case", RECEIVED - AN_HOUR, True),
        ("not stated", None, False),
        ("local time stated as UTC", RECEIVED + 8 * AN_HOUR, True),
        ("a day ahead", RECEIVED + A_DAY, True),
        ("a clock years ahead", RECEIVED + A_DAY + A_SECOND, False),
        ("right after issue", ISSUED + A_SECOND, True),
        ("the issuer's own date left standing", ISSUED, False),
        ("a clock at its factory setting", datetime(2000, 1, 1, tzinfo=UTC), False),
    ],
)
def test_saved_time_counts_where_it_can_be_true(why: str, saved_at: datetime | None, is_believed: bool) -> None:
    expected = saved_at if is_believed else RECEIVED
    assert effective_at(saved_at=saved_at, received_at=RECEIVED, issued_at=ISSUED) == expected, why


def test_time_zones_are_reckoned_with() -> None:
    beijing = timezone(timedelta(hours=8))
    saved = datetime(2024, 4, 1, 17, 30, tzinfo=beijing)  # 09:30 UTC
    assert effective_at(saved_at=saved, received_at=RECEIVED, issued_at=ISSUED) == ISSUED + AN_HOUR / 2
    bare = datetime(2024, 4, 2, 9)  # noqa: DTZ001 - as a workbook's own date arrives
    assert effective_at(saved_at=bare, received_at=RECEIVED, issued_at=ISSUED) == ISSUED + A_DAY
