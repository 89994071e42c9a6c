"""Column types: how the model's values are kept so that SQLite and PostgreSQL give back exactly what was put in."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from planbook.ledger.canonical import canonical_json
from planbook.model.period import Period

T = TypeVar("T")
_parse_period = cache(Period.parse)  # the same few periods stand in tens of thousands of rows
_decimal = lru_cache(4096)(Decimal)  # percentages and the like


@lru_cache(4096)
def _texts(kept: str) -> tuple[str, ...]:
    return tuple(json.loads(kept))


_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """Return `text` with what no database can hold replaced by U+FFFD.

    PostgreSQL refuses NUL, and neither takes half of a surrogate pair; a damaged workbook can contain both, and
    one bad character must not cost a return.
    """
    return _UNSTORABLE.sub("\ufffd", text)


def as_utc(moment: datetime) -> datetime:
    """Return `moment` in UTC; one without a time zone is UTC already, as workbooks state it."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text of any length."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - given by the base
        """Return what is stored."""
        return None if value is None else storable(value)

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ARG002 - given by the base
        """Return the same for a whole column of values, without the detours that the base takes for each."""
        return lambda value: value if value is None or value.isprintable() else storable(value)


class _Kept(TypeDecorator[T], Generic[T]):
    """A value kept in another form; NULL stays NULL."""

    impl: Any = Text
    cache_ok = True

    def keep(self, value: T) -> Any:
        """Return what is stored for `value`."""
        raise NotImplementedError

    def restore(self, kept: Any) -> T:
        """Return the value that `kept` was stored for."""
        raise NotImplementedError

    def process_bind_param(self, value: T | None, dialect: Dialect) -> Any:  # noqa: ARG002 - given by the base
        """Return what is stored."""
        return None if value is None else self.keep(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:  # noqa: ARG002 - given by the base
        """Return what was put in."""
        return None if value is None else self.restore(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what makes a column's values storable; for texts without the detours that the base takes for each."""
        if self.impl is not Text and not isinstance(self.impl, Text):
            return super().bind_processor(dialect)
        keep = self.keep
        return lambda value: None if value is None else keep(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Return what turns a column's values back; for texts without the detours that the base takes for each."""
        if self.impl is not Text and not isinstance(self.impl, Text):
            return super().result_processor(dialect, coltype)
        restore = self.restore
        return lambda value: None if value is None else restore(value)


class ExactDecimal(_Kept[Decimal]):
    """A decimal number as text: SQLite would keep it as a binary fraction, and 0.1 would no longer be 0.1."""

    cache_ok = True

    def keep(self, value: Decimal) -> str:
        """Return the number as written, trailing zeros included."""
        return str(value)

    def restore(self, kept: str) -> Decimal:
        """Return the number."""
        return _decimal(kept)


class UtcMoment(_Kept[datetime]):
    """A moment in UTC, to the microsecond, in a column without time zone (SQLite has none)."""

    impl = DateTime
    cache_ok = True

    def keep(self, value: datetime) -> datetime:
        """Return the moment in UTC, without its zone."""
        return as_utc(value).replace(tzinfo=None)

    def restore(self, kept: datetime) -> datetime:
        """Return the moment with its zone."""
        return kept.replace(tzinfo=UTC)


class PeriodText(_Kept[Period]):
    """A reporting period as it is written: `2024Q1`."""

    cache_ok = True

    def keep(self, value: Period) -> str:
        """Return the written form."""
        return str(value)

    def restore(self, kept: str) -> Period:
        """Return the period."""
        return _parse_period(kept)


class EnumText(_Kept[StrEnum]):
    """A member of `kind` as its value, so that the database reads as the forms do."""

    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind
        self._members = {member.value: member for member in kind}

    def keep(self, value: StrEnum) -> str:
        """Return the member's value."""
        return value.value

    def restore(self, kept: str) -> StrEnum:
        """Return the member."""
        return self._members[kept]


class Texts(_Kept[tuple[str, ...]]):
    """Several texts in order, as a JSON list."""

    cache_ok = True

    def keep(self, value: tuple[str, ...]) -> str:
        """Return the JSON list."""
        return storable(canonical_json(value)) if value else "[]"

    def restore(self, kept: str) -> tuple[str, ...]:
        """Return the texts."""
        return () if kept == "[]" else _texts(kept)


class TextPairs(_Kept[tuple[tuple[str, str], ...]]):
    """(name, text) pairs in order, as a JSON list of two-item lists."""

    cache_ok = True

    def keep(self, value: tuple[tuple[str, str], ...]) -> str:
        """Return the JSON list."""
        return storable(canonical_json(value)) if value else "[]"

    def restore(self, kept: str) -> tuple[tuple[str, str], ...]:
        """Return the pairs."""
        return () if kept == "[]" else tuple((name, text) for name, text in json.loads(kept))
