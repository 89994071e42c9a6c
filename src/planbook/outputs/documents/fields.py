"""What a template may name: fields with Chinese names, each with its meaning, in nested lists and groups."""

import dataclasses
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeAlias, get_args, get_origin, get_type_hints

from planbook.sheets.text import clean_text

DocumentFields: TypeAlias = type[Any]
"""A frozen dataclass, every field of which is annotated with a `Named`."""


@dataclass(frozen=True, slots=True)
class Named:
    """The name that a template calls a field by, and what it holds, in Chinese."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a document shows: PNG bytes, its width on paper, and what it shows in words."""

    png: bytes
    width_mm: float
    description: str


@dataclass(frozen=True, slots=True)
class TemplateField:
    """One field as a template sees it.

    Attributes:
        name: Its Chinese name.
        meaning: What it holds.
        attribute: The dataclass's attribute.
        is_list: It is gone through by `for`.
        group: The dataclass of the thing itself, or of each in the list; None for text, numbers and pictures.
        is_picture: It may be a picture, or nothing where none could be drawn.
    """

    name: str
    meaning: str
    attribute: str
    is_list: bool
    group: DocumentFields | None
    is_picture: bool


def fields_of(group: DocumentFields) -> Mapping[str, TemplateField]:
    """Return the fields of a dataclass by their Chinese names."""
    return _fields_of(group)  # type: ignore[arg-type]  # mypy: a class is no Hashable, since its objects may not be


@cache
def _fields_of(group: Hashable) -> Mapping[str, TemplateField]:
    noun: Any = group
    hints = get_type_hints(noun, include_extras=True)
    found = (_field(one.name, hints[one.name]) for one in dataclasses.fields(noun))
    return MappingProxyType({field.name: field for field in found})


def _field(attribute: str, hint: Any) -> TemplateField:
    if get_origin(hint) is not Annotated:
        message = f"{attribute} has no Chinese name"
        raise TypeError(message)
    kind, named = get_args(hint)
    is_list = get_origin(kind) is tuple
    item = get_args(kind)[0] if is_list else kind
    group = item if dataclasses.is_dataclass(item) and item is not Picture else None
    is_picture = item is Picture or Picture in get_args(item)
    return TemplateField(named.name, named.meaning, attribute, is_list, group, is_picture)  # type: ignore[arg-type]


_NOTHING: Final = ""


def shown(value: Any) -> Any:
    """Return `value` as a template sees it: groups by Chinese name, lists as tuples, text that a document can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type | Picture):
        fields = fields_of(type(value))
        return {name: shown(getattr(value, field.attribute)) for name, field in fields.items()}
    if isinstance(value, tuple):
        return tuple(shown(one) for one in value)
    if isinstance(value, str):
        return clean_text(value)
    return _NOTHING if value is None else value
