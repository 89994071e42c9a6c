"""What a search for returns finds: candidates, files that are passed over, and files that cannot be taken in."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planbook.model.findings import Finding, Location
from planbook.sheets.files import read_bytes
from planbook.sheets.limits import DEFAULT_LIMITS, Limits
from planbook.sheets.unreadable import UnreadableFile, unreadable


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a return.

    Attributes:
        path: Where it was found, for people: `inbox/a.zip/b.xlsx` for a file in an archive.
        sha256: Of its content, hexadecimal.
        size: In bytes.
        modified_at: When it was last changed, or for an attachment when the mail was sent; UTC, None where unknown.
        file: The file itself; None for one in an archive or mail, which has `content` instead.
        content: Its bytes, where they are not in a file of their own.
        is_remembered: It was not opened: its digest is that of the last time, when it looked the same.
    """

    path: str
    sha256: str
    size: int
    modified_at: datetime | None
    file: Path | None = None
    content: bytes | None = None
    is_remembered: bool = False

    @classmethod
    def inside(cls, path: str, content: bytes, modified_at: datetime | None) -> "Candidate":
        """Return the candidate for a file that came in an archive or mail."""
        return cls(path, hashlib.sha256(content).hexdigest(), len(content), modified_at, content=content)

    def read(self, limits: Limits = DEFAULT_LIMITS) -> bytes:
        """Return its bytes, the same that it was found with.

        Raises:
            UnreadableFile: `file_changed` where they are not the same any more, or as `files.read_bytes`.
        """
        if self.file is None:
            return self.content or b""
        content = read_bytes(self.file, limits)
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise unreadable("file_changed")
        return content


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A lock, temporary or system file: passed over, nobody need look."""

    path: str
    finding: Finding

    @classmethod
    def because(cls, path: str, code: str) -> "SkippedFile":
        """Return the file at `path` as skipped for the reason `code`."""
        return cls(path, Finding.of(code, Location(file=path)))


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that cannot be taken in; `sha256` is empty where it was not read as a whole."""

    path: str
    finding: Finding
    sha256: str = ""

    @classmethod
    def because(cls, path: str, error: UnreadableFile, sha256: str = "") -> "RefusedFile":
        """Return the file at `path` as refused for the reason that `error` carries."""
        return cls(path, Finding(error.finding.code, Location(file=path), error.finding.values), sha256)


Found = Candidate | SkippedFile | RefusedFile
