"""Nouns that travel between processes by the thousand, pickled as what makes them: their fields in order."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any


class PickledByFields:
    """A dataclass of two fields or more that is pickled as the call that makes it.

    Without it, a dataclass with slots is put together field by field, each looked up by name: three times as slow.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """Return the class and its arguments."""
        return type(self), _fields_of(type(self))(self)  # type: ignore[arg-type]  # mypy doubts that a class can be hashed


@cache
def _fields_of(noun: type[Any]) -> Callable[[object], tuple[Any, ...]]:
    return attrgetter(*noun.__dataclass_fields__)
