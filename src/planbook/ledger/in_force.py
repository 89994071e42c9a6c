"""Which submission of an agency and period is in force: the newest, by a moment that a wrong clock cannot upset."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, func, select

from planbook.ledger.columns import as_utc
from planbook.ledger.schema import submission
from planbook.ledger.undoing import undone_runs
from planbook.model.period import Period

_CLOCK_TOLERANCE: Final = timedelta(days=1)  # workbooks may state local time as UTC: up to 14 hours ahead


def effective_at(*, saved_at: datetime | None, received_at: datetime, issued_at: datetime) -> datetime:
    """Return the moment, UTC, that ranks a submission among those of its agency and period.

    It is when the agency saved the file, so that an old version which arrives late does not push out a newer one;
    unless that cannot be true, and then when it was received: saved after it came (beyond what time zones explain),
    or not after the form was issued (a clock gone wrong, or a program that leaves the issuer's date standing).

    Args:
        saved_at: When the file says it was last saved, UTC; None where it does not say.
        received_at: When planbook took it in, UTC.
        issued_at: When the form that it answers was issued, UTC.
    """
    received = as_utc(received_at)
    if saved_at is None:
        return received
    saved = as_utc(saved_at)
    return saved if as_utc(issued_at) < saved <= received + _CLOCK_TOLERANCE else received


def submissions_in_force(period: Period | None = None, *, before_rank: int | None = None) -> Select[tuple[int]]:
    """Return the query for the numbers of the submissions in force: one for each agency and period that answered.

    Args:
        period: Only this one.
        before_rank: Only periods that rank before this one (`schema.period_rank`).
    """
    place = func.row_number().over(
        partition_by=(submission.c.period, submission.c.agency),
        order_by=(submission.c.effective_at.desc(), submission.c.received_at.desc(), submission.c.number.desc()),
    )
    query = select(submission.c.number, place.label("place")).where(submission.c.run_number.not_in(undone_runs()))
    if period is not None:
        query = query.where(submission.c.period == period)
    if before_rank is not None:
        query = query.where(submission.c.period_rank < before_rank)
    ranked = query.subquery()
    return select(ranked.c.number).where(ranked.c.place == 1)
