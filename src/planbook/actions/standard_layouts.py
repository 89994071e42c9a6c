"""Layout workbooks that nobody has edited, known by their digest: opening one takes as long as reading many returns."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from planbook import __version__
from planbook.model.errors import PlanbookError
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.forms.layout import FormLayout


class StandardLayouts:
    """Digests of workbooks that were read and found to describe the standard layout; losing them costs but time.

    They hold for this version of planbook and its standard layout alone.
    """

    def __init__(self, path: Path, standard: "FormLayout") -> None:
        self._path = path
        self._reader = f"{__version__} {hashlib.sha256(repr(standard).encode()).hexdigest()}"
        self._known = _load(path, self._reader)

    def __contains__(self, content: bytes) -> bool:
        """Return whether a workbook with this content describes the standard layout for certain."""
        return hashlib.sha256(content).hexdigest() in self._known

    def add(self, content: bytes) -> None:
        """Note that a workbook with this content describes the standard layout; where that cannot be kept, do not."""
        known = self._known | {hashlib.sha256(content).hexdigest()}
        try:
            replace_file(self._path, json.dumps({"reader": self._reader, "sha256s": sorted(known)}).encode())
        except PlanbookError:
            return
        self._known = known


def _load(path: Path, reader: str) -> frozenset[str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(map(str, content["sha256s"])) if content["reader"] == reader else frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
