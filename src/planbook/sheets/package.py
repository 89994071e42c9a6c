"""The package that an Open XML workbook is (a zip of parts joined by relationships), read within limits."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from planbook.sheets.limits import Limits
from planbook.sheets.markup import read_elements
from planbook.sheets.unreadable import unreadable
from planbook.sheets.zipped import inflate, open_zip, too_large_inside


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another.

    Attributes:
        id: What the source part calls it.
        kind: Last word of its type: `worksheet`, `sharedStrings`, `custom-properties`…
        target: Name of the part that it leads to, without a leading slash.
    """

    id: str
    kind: str
    target: str


class Package:
    """The parts of one workbook; all that is read of it counts against one limit.

    Attributes:
        members: Directory entries of all parts.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._file = io.BytesIO(content)
        self.members = tuple(open_zip(self._file, limits).infolist())
        # Part names are compared without regard to case (ECMA-376 part 2, 6.2.2.3); some writers use backslashes.
        self._members = {_key(member.filename): member for member in self.members}
        self._limit = limits.unpacked_bytes
        self._left = limits.unpacked_bytes

    def has(self, part: str) -> bool:
        """Return whether there is a part of this name."""
        return _key(part) in self._members

    def size(self, part: str) -> int:
        """Return the size in bytes that the directory gives a part, 0 where there is none; no more is ever read."""
        member = self._members.get(_key(part))
        return member.file_size if member else 0

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the content of a part piece by piece.

        Raises:
            UnreadableFile: `file_damaged` also where there is no such part; `file_over_limit`.
        """
        member = self._members.get(_key(part))
        if member is None:
            raise unreadable("file_damaged")
        if member.file_size > self._left:
            raise too_large_inside(self._limit)
        for chunk in inflate(self._file, member, self._left):
            self._left -= len(chunk)
            yield chunk

    def read(self, part: str) -> bytes:
        """Return the content of a part; see `chunks`."""
        return b"".join(self.chunks(part))

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """Return the relationships of a part, or of the package; those that lead outside it are left out."""
        folder, _, name = part.rpartition("/")
        source = f"{folder}/_rels/{name}.rels"
        if not self.has(source):
            return ()
        reader = _RelationshipReader(folder)
        read_elements(self.chunks(source), reader)
        return tuple(reader.found)


class _RelationshipReader:
    def __init__(self, folder: str) -> None:
        self.found: list[Relationship] = []
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = _resolve(self._folder, attributes.get("Target", ""))
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found.append(Relationship(attributes.get("Id", ""), kind, target))

    def end(self, name: str, text: str) -> None:
        pass


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolve(folder: str, target: str) -> str:
    """Return the part name that a target written in `folder` means; both `/xl/a.xml` and `../a.xml` are in use."""
    path = unquote(target).replace("\\", "/")
    names: list[str] = [] if path.startswith("/") else folder.split("/")
    for name in path.split("/"):
        if name == "..":
            del names[-1:]
        elif name not in ("", "."):
            names.append(name)
    return "/".join(names)
