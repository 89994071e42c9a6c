"""All intentions by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from planbook.actions.intentions import deciding, looking, mailing, planning, publishing, reporting, returns
from planbook.actions.intentions.base import Intention

_ROOMS: Final = (planning, returns, mailing, deciding, publishing, reporting, looking)
INTENTIONS: Final[Mapping[str, Intention[Any]]] = MappingProxyType(
    {intention.name: intention for room in _ROOMS for intention in room.INTENTIONS}
)
