"""All intentions by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from planbook.actions.intentions import planning, publishing, reporting, returns
from planbook.actions.intentions.base import Intention

INTENTIONS: Final[Mapping[str, Intention[Any]]] = MappingProxyType(
    {intention.name: intention for room in (planning, returns, publishing, reporting) for intention in room.INTENTIONS}
)
