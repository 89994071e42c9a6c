"""Which period a workbook's seal names; to be run in a worker, as the workbook may come from anyone."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeriodContext:
    """What a seal is checked by: the workspace and its keys."""

    workspace_id: str
    keys: Sequence[bytes]


def sealed_period(content: bytes, context: PeriodContext) -> str:
    """Return the period as it is written (`2024Q1`), empty where no seal of the workspace holds."""
    from planbook.forms.manifest import MANIFEST_PROPERTY, Manifest, read_property_seal
    from planbook.sheets.limits import DEFAULT_LIMITS
    from planbook.sheets.package import Package
    from planbook.sheets.properties import read_custom_properties
    from planbook.sheets.unreadable import UnreadableFile

    try:
        text = read_custom_properties(Package(content, DEFAULT_LIMITS)).get(MANIFEST_PROPERTY, "")
    except UnreadableFile:
        return ""
    found = read_property_seal(text, context.keys, context.workspace_id)
    return str(found.period) if isinstance(found, Manifest) else ""
