"""Files that certainly have not changed since they were last read: a click need not open a thousand old returns again.

A file is taken for unchanged if size, modification and change time, and the file's number on its disk are all what
they were, and it had been at rest for a while when it was read: within the grain of a file system's clock a second
write could leave them all the same. What is remembered is where a digest came from, never content; whoever goes on to
read such a file checks its digest then.
"""

import json
import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from planbook.workspace.replacing import replace_file

_AT_REST_NS: Final = 3_000_000_000  # FAT keeps times to two seconds
_VERSION: Final = 1
_NO_TEXT: Final = "surrogatepass"  # a file's name may be bytes in no encoding, or half of a character

Mark = tuple[int, int, int, int, int]
"""Size, modification time, change time, file number, disk."""


class UnchangedFiles:
    """The digests of files by where they stand, kept in a small file of the workspace's; losing it costs but time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, tuple[Mark, str]] = _load(path)
        self._seen: dict[str, tuple[Mark, str]] = {}

    def digest(self, path: str, status: os.stat_result) -> str | None:
        """Return the SHA-256 that the file at `path` had and still has, None where that is not certain."""
        known = self._known.get(path)
        if known is None or not stat.S_ISREG(status.st_mode) or known[0] != mark_of(status):
            return None
        self._seen[path] = known
        return known[1]

    def remember(self, path: str, status: os.stat_result, sha256: str) -> None:
        """Note the digest of what was just read from `path`, if the file had been at rest."""
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) >= _AT_REST_NS:
            self._seen[path] = (mark_of(status), sha256)

    def save(self) -> None:
        """Keep what was seen, together with files elsewhere."""
        known = {path: one for path, one in self._known.items() if path not in self._seen and os.path.lexists(path)}
        known |= self._seen
        if known != self._known:
            entries = {path: [*mark, sha256] for path, (mark, sha256) in known.items()}
            content = {"version": _VERSION, "files": entries}
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
            replace_file(self._path, text.encode(errors=_NO_TEXT))


def mark_of(status: os.stat_result) -> Mark:
    """Return what tells a file that was changed from one that was not."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def _load(path: Path) -> dict[str, tuple[Mark, str]]:
    try:
        content = json.loads(path.read_bytes().decode(errors=_NO_TEXT))
        if not isinstance(content, Mapping) or content["version"] != _VERSION:
            return {}
        return {
            name: ((size, modified, changed, number, disk), str(sha256))
            for name, (size, modified, changed, number, disk, sha256) in content["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
