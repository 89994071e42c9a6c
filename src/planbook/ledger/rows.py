"""Nouns to rows and back, by name: a column is called what the noun's field is called."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, func, insert, select

from planbook.ledger.bulk import copy_rows, is_worthwhile

T = TypeVar("T")
_BATCH = 500


def columns_for(noun: type[Any], *tables: Table) -> tuple[ColumnElement[Any], ...]:
    """Return the columns that hold the fields of `noun`, in order, each from the first table that has it.

    A row of them makes the noun: `noun(*row)`.
    """
    return tuple(next(table.c[item.name] for table in tables if item.name in table.c) for item in fields(noun))


def row_for(item: Any, table: Table, **more: object) -> dict[str, object]:
    """Return the row of `table` that keeps the dataclass `item`, with the columns `more` beside its fields."""
    names = _kept_fields(type(item), table)  # type: ignore[arg-type]  # mypy doubts that a class can be hashed
    return {name: getattr(item, name) for name in names} | more


@cache
def _kept_fields(noun: type[Any], table: Table) -> tuple[str, ...]:
    return tuple(item.name for item in fields(noun) if item.name in table.c)


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    """Add `rows` to `table`, in one batch: by COPY where there are many and the server takes it."""
    if is_worthwhile(connection, rows):
        copy_rows(connection, table, rows)
    elif rows:
        connection.execute(insert(table), list(rows))


def next_number(connection: Connection, column: Column[int]) -> int:
    """Return one more than the largest value of `column`, 1 for an empty table; only while writing."""
    return (connection.execute(select(func.max(column))).scalar() or 0) + 1


def batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Split `items` so that each part fits into one statement: SQLite takes a limited number of parameters."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
