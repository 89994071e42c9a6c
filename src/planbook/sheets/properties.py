"""Document properties: when a workbook was last saved, and the custom properties that a form's seal travels in."""

from collections.abc import Mapping
from datetime import UTC, datetime

from planbook.sheets.markup import local_attribute, read_elements
from planbook.sheets.package import Package

_CUSTOM_PROPERTIES_LIMIT = 1_000
_CUSTOM_TEXT_LIMIT = 1_000_000


def parse_moment(text: str) -> datetime | None:
    """Return a moment written as ISO 8601 (`2024-03-28T02:00:00Z`) in UTC, None where it is none.

    A moment without time zone counts as UTC, which is what the programs that leave it out write.
    """
    try:
        moment = datetime.fromisoformat(text.strip()[:35])
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_saved_at(package: Package) -> datetime | None:
    """Return when an Open XML workbook says that it was last saved, UTC; None where it does not say."""
    part = _property_part(package, "core-properties", "docProps/core.xml")
    if part is None:
        return None
    reader = _CoreReader()
    read_elements(package.chunks(part), reader)
    return reader.saved_at


def read_custom_properties(package: Package) -> dict[str, str]:
    """Return the custom properties of an Open XML workbook as text, by name."""
    part = _property_part(package, "custom-properties", "docProps/custom.xml")
    if part is None:
        return {}
    reader = _CustomReader()
    read_elements(package.chunks(part), reader)
    return reader.found


def _property_part(package: Package, kind: str, usual: str) -> str | None:
    if package.has(usual):
        return usual
    links = package.relationships()
    return next((link.target for link in links if link.kind == kind and package.has(link.target)), None)


class _CoreReader:
    def __init__(self) -> None:
        self.saved_at: datetime | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        pass

    def end(self, name: str, text: str) -> None:
        if name == "modified":
            self.saved_at = parse_moment(text)


class _CustomReader:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._name: str | None = None
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "property":
            self._name = local_attribute(attributes, "name")

    def end(self, name: str, text: str) -> None:
        if name == "property":
            self._name = None
        elif self._name is not None and len(self.found) < _CUSTOM_PROPERTIES_LIMIT:
            self._length += len(text)
            if self._length <= _CUSTOM_TEXT_LIMIT:
                self.found.setdefault(self._name, text)
