"""Takes archives and mails apart, one within the other, in memory: nothing they name is ever written to disk."""

import io
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import IO, Final

from planbook.sheets.found import Candidate, Found, RefusedFile, SkippedFile
from planbook.sheets.isolation import IsolatedFunction
from planbook.sheets.limits import Limits
from planbook.sheets.mails import MailContents, unpack_mail
from planbook.sheets.names import find_reason_to_skip, member_name, readable_name
from planbook.sheets.packed import PackedFile, unpack_archive
from planbook.sheets.sniffing import FileKind, sniff_container
from planbook.sheets.unreadable import UnreadableFile, unreadable
from planbook.sheets.zipped import can_inflate, inflate, is_encrypted, open_zip, readable_size, too_large_inside

_CHINA: Final = timezone(timedelta(hours=8))  # zip files keep the sender's local time; the country has one zone


class Unpacker:
    """Yields what is in containers; mails, RAR and 7z are parsed in workers, which stay until `close`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._mails: IsolatedFunction[bytes, Limits, MailContents] | None = None
        self._packers: IsolatedFunction[bytes, Limits, tuple[PackedFile, ...]] | None = None

    def close(self) -> None:
        """End the workers, if there are any."""
        for workers in (self._mails, self._packers):
            if workers:
                workers.close()

    def unpack(self, candidate: Candidate, content: bytes) -> Iterator[Found]:
        """Yield the files in `candidate` where it is a container, else `candidate` itself."""
        yield from self._unpack(candidate, content, 1, _Room(self._limits.archive_bytes))

    def unpack_archive(self, path: str, file: IO[bytes]) -> Iterator[Found]:
        """Yield the files in an archive that is too large to stand in memory."""
        is_empty = True
        for found in self._archive(path, file, 1, _Room(self._limits.archive_bytes)):
            is_empty = False
            yield found
        if is_empty:
            yield RefusedFile.because(path, unreadable("file_archive_empty"))

    def _unpack(self, candidate: Candidate, content: bytes, depth: int, room: "_Room") -> Iterator[Found]:
        """Unpack; `depth` counts the containers around what comes out, this one included."""
        path = candidate.path
        kind = sniff_container(content, self._limits)
        if kind is None:
            yield candidate
            return
        is_empty = True
        try:
            if depth > self._limits.nesting:
                raise unreadable("file_too_deep")
            for found in self._inside(kind, path, content, depth, room):
                is_empty = False
                yield found
            if is_empty:
                raise unreadable("file_mail_without_attachment" if kind is FileKind.MAIL else "file_archive_empty")
        except UnreadableFile as error:
            yield RefusedFile.because(path, error, candidate.sha256)

    def _inside(self, kind: FileKind, path: str, content: bytes, depth: int, room: "_Room") -> Iterator[Found]:
        if kind is FileKind.ZIP:
            return self._archive(path, io.BytesIO(content), depth, room)
        if kind is FileKind.MAIL:
            return self._mail(path, content, depth, room)
        return self._packed(path, content, depth, room)

    def _packed(self, path: str, content: bytes, depth: int, room: "_Room") -> Iterator[Found]:
        """Yield what is in a RAR or 7z archive; libraries and programs that open these see them in a worker only."""
        if self._packers is None:
            memory = max(self._limits.worker_bytes, 12 * self._limits.file_bytes)
            self._packers = IsolatedFunction(
                unpack_archive, context=self._limits, limits=replace(self._limits, worker_bytes=memory)
            )
        (outcome,) = self._packers.run([content])
        if outcome.result is None:
            raise UnreadableFile(outcome.finding) if outcome.finding else unreadable("file_damaged")
        members = outcome.result
        names = _tell_apart(readable_name(member.name) for member in members)
        for member, name in zip(members, names, strict=True):
            inner = f"{path}/{name}"
            if code := find_reason_to_skip(name):
                yield SkippedFile.because(inner, code)
            elif member.problem is not None:
                yield RefusedFile.because(inner, UnreadableFile(member.problem))
            else:
                room.take(len(member.content))
                candidate = Candidate.inside(inner, member.content, member.modified_at)
                yield from self._unpack(candidate, member.content, depth + 1, room)

    def _archive(self, path: str, file: IO[bytes], depth: int, room: "_Room") -> Iterator[Found]:
        members = open_zip(file, self._limits).infolist()
        files = [member for member in members if not member.filename.endswith("/")]
        names = _tell_apart(readable_name(member_name(member)) for member in files)
        for member, name in zip(files, names, strict=True):
            inner = f"{path}/{name}"
            if code := find_reason_to_skip(name):
                yield SkippedFile.because(inner, code)
                continue
            try:
                content = self._inflate(file, member, room)
            except UnreadableFile as error:
                yield RefusedFile.because(inner, error)
                continue
            yield from self._unpack(Candidate.inside(inner, content, _moment(member)), content, depth + 1, room)

    def _inflate(self, file: IO[bytes], member: zipfile.ZipInfo, room: "_Room") -> bytes:
        if stat.S_ISLNK(member.external_attr >> 16):
            raise unreadable("file_link")
        if is_encrypted(member):
            raise unreadable("file_archive_password")
        if not can_inflate(member):
            raise unreadable("file_archive_method")
        limit = self._limits.file_bytes
        if member.file_size > limit:
            size = readable_size(member.file_size)
            raise unreadable("file_too_large", size=size, limit=readable_size(limit))
        room.take(member.file_size)
        return b"".join(inflate(file, member, limit))

    def _mail(self, path: str, content: bytes, depth: int, room: "_Room") -> Iterator[Found]:
        if self._mails is None:
            # A mail of scans as large as a file may be takes the library eight times its size.
            memory = max(self._limits.worker_bytes, 12 * self._limits.file_bytes)
            self._mails = IsolatedFunction(
                unpack_mail, context=self._limits, limits=replace(self._limits, worker_bytes=memory)
            )
        (outcome,) = self._mails.run([content])
        if outcome.result is None:
            raise UnreadableFile(outcome.finding) if outcome.finding else unreadable("file_damaged")
        attachments = outcome.result.attachments
        names = _tell_apart(attachment.name for attachment in attachments)
        for attachment, name in zip(attachments, names, strict=True):
            inner = f"{path}/{name}"
            if code := find_reason_to_skip(name):
                yield SkippedFile.because(inner, code)
                continue
            room.take(len(attachment.content))
            candidate = Candidate.inside(inner, attachment.content, outcome.result.sent_at)
            yield from self._unpack(candidate, attachment.content, depth + 1, room)


class _Room:
    """Counts what comes out of one file found on disk, through all of its nested containers."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._left = limit_bytes

    def take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise too_large_inside(self._limit)


def _tell_apart(names: Iterable[str]) -> list[str]:
    """Return the names, a number added where one comes again: `a.xlsx`, `a.xlsx (2)`."""
    counts: dict[str, int] = {}
    told: list[str] = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        told.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return told


def _moment(member: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*member.date_time, tzinfo=_CHINA).astimezone(UTC)
    except ValueError:
        return None  # archivers write zeros where they do not know
