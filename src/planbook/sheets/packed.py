"""RAR and 7z archives: what is in them, in memory and within limits; to be run in a worker."""

import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import IO, Any, Final

from planbook.model.findings import Finding
from planbook.sheets.limits import Limits
from planbook.sheets.unreadable import UnreadableFile, unreadable
from planbook.sheets.zipped import readable_size, too_large_inside

_CHINA: Final = timezone(timedelta(hours=8))
_RAR: Final = b"Rar!"


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file in an archive; `problem` says why its content could not be got out."""

    name: str
    content: bytes
    modified_at: datetime | None
    problem: Finding | None = None


def unpack_archive(content: bytes, limits: Limits) -> tuple[PackedFile, ...]:
    """Return the files in a RAR or 7z archive; nothing that they name is ever written to disk.

    Raises:
        UnreadableFile: `file_archive_password`, `file_over_limit`, `file_rar_tool_missing`, `file_damaged`.
    """
    try:
        return _unpack_rar(content, limits) if content.startswith(_RAR) else _unpack_seven_zip(content, limits)
    except UnreadableFile:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise unreadable("file_damaged") from error


def _unpack_seven_zip(content: bytes, limits: Limits) -> tuple[PackedFile, ...]:
    import py7zr
    from py7zr.io import Py7zBytesIO, WriterFactory

    class InMemory(WriterFactory):
        """Keeps each member's content by name; a name may come more than once."""

        def __init__(self) -> None:
            self.made: dict[str, list[Py7zBytesIO]] = {}

        def create(self, filename: str) -> Py7zBytesIO:
            made = Py7zBytesIO(filename, limits.unpacked_bytes)
            self.made.setdefault(filename, []).append(made)
            return made

        def take(self, filename: str) -> bytes:
            """Return the content of the next member of that name; empty ones were never made."""
            made = self.made.get(filename)
            if not made:
                return b""
            product = made.pop(0)
            product.seek(0)
            return product.read()

    try:
        opened = py7zr.SevenZipFile(io.BytesIO(content))
    except py7zr.exceptions.PasswordRequired as error:  # even the names are encrypted
        raise unreadable("file_archive_password") from error
    with opened as archive:
        if archive.needs_password():
            raise unreadable("file_archive_password")
        members = [member for member in archive.list() if not member.is_directory]
        _check([member.uncompressed for member in members], limits)
        factory = InMemory()
        archive.extractall(factory=factory)
        return tuple(
            PackedFile(member.filename, factory.take(member.filename), _in_utc(member.creationtime))
            for member in members
        )


def _unpack_rar(content: bytes, limits: Limits) -> tuple[PackedFile, ...]:
    import rarfile

    _find_tools(rarfile)
    with rarfile.RarFile(io.BytesIO(content)) as archive:
        if archive.needs_password():
            raise unreadable("file_archive_password")
        members = [member for member in archive.infolist() if not member.is_dir()]
        _check([member.file_size for member in members], limits)
        return tuple(_rar_files(rarfile, archive, members, limits))


def _rar_files(rarfile: Any, archive: Any, members: list[Any], limits: Limits) -> Iterator[PackedFile]:
    for member in members:
        moment = _moment(member.date_time)
        if member.is_symlink():
            yield PackedFile(member.filename, b"", moment, Finding.of("file_link"))
            continue
        try:
            with archive.open(member) as opened:
                yield PackedFile(member.filename, _read(opened, limits.file_bytes), moment)
        except rarfile.RarCannotExec as error:
            raise unreadable("file_rar_tool_missing") from error
        except rarfile.Error:
            yield PackedFile(member.filename, b"", moment, Finding.of("file_damaged"))


def _find_tools(rarfile: Any) -> None:
    """Tell the library how Chinese Windows names files, and that Windows' own tar is what elsewhere is bsdtar."""
    rarfile.TRY_ENCODINGS = ("utf-8", "gb18030")
    rarfile.DEFAULT_CHARSET = "gb18030"
    if os.name == "nt" and not shutil.which("bsdtar"):
        rarfile.BSDTAR_TOOL = "tar"
    os.environ["LC_ALL"] = "C.UTF-8"  # bsdtar finds members with Chinese names in no other


def _read(opened: IO[bytes], limit: int) -> bytes:
    content = opened.read(limit + 1)
    if len(content) > limit:
        raise unreadable("file_too_large", size=f"超过 {readable_size(limit)}", limit=readable_size(limit))
    return content


def _check(sizes: list[int], limits: Limits) -> None:
    if len(sizes) > limits.entries:
        raise unreadable("file_over_limit", what="内含的部件", limit=f"{limits.entries} 个")
    if sum(sizes) > limits.unpacked_bytes:
        raise too_large_inside(limits.unpacked_bytes)


def _moment(local: tuple[int, int, int, int, int, int] | None) -> datetime | None:
    try:
        year, month, day, hour, minute, second = local or (0, 0, 0, 0, 0, 0)
        return datetime(year, month, day, hour, minute, second, tzinfo=_CHINA).astimezone(UTC)
    except ValueError:
        return None


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
