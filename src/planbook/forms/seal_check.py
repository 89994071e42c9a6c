"""Whether an issued form's file still bears a seal that the workspace's keys can verify."""

from collections.abc import Sequence

from planbook.forms.manifest import MANIFEST_PROPERTY, SealState, read_property_seal
from planbook.sheets.limits import DEFAULT_LIMITS
from planbook.sheets.package import Package
from planbook.sheets.properties import read_custom_properties
from planbook.sheets.unreadable import UnreadableFile


def bears_known_seal(content: bytes, keys: Sequence[bytes], workspace_id: str) -> bool:
    """Return whether the form in `content` is sealed with one of `keys`.

    Only the document property is read: of a file that is still as it was written, both seals were made with one key.
    """
    try:
        properties = read_custom_properties(Package(content, DEFAULT_LIMITS))
    except UnreadableFile:
        return False
    text = properties.get(MANIFEST_PROPERTY, "")
    return not isinstance(read_property_seal(text, keys, workspace_id), SealState)
