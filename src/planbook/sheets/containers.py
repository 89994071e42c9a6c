"""Finds every file that may be a return: in folders, in archives and mails, with all that was passed over and why."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from planbook.sheets.files import inaccessible, open_regular, read_bounded
from planbook.sheets.found import Candidate, Found, RefusedFile, SkippedFile
from planbook.sheets.limits import DEFAULT_LIMITS, Limits
from planbook.sheets.names import find_reason_to_skip, readable_path
from planbook.sheets.sniffing import is_archive
from planbook.sheets.unpacking import Unpacker
from planbook.sheets.unreadable import UnreadableFile, unreadable

_FOLDER_DEPTH: Final = 32


class KnownFiles(Protocol):
    """What is known of files that were read before; see `workspace.unchanged_files`."""

    def digest(self, path: str, status: os.stat_result) -> str | None:
        """Return the digest of a file that certainly is as it was, else None."""

    def remember(self, path: str, status: os.stat_result, sha256: str) -> None:
        """Note the digest of a file that was read and is no container."""


def expand(paths: Iterable[Path], limits: Limits = DEFAULT_LIMITS, known: KnownFiles | None = None) -> Iterator[Found]:
    """Yield every file at and below `paths`, and in their archives and mails, each once and in a fixed order.

    Nothing is written to disk; no link is followed, except a folder that is itself one of `paths`. A container is
    not yielded itself unless nothing can be got out of it. The content of one file at a time stands in memory.

    Args:
        paths: Files and folders.
        limits: Bounds on files, archives and nesting.
        known: Files that need not be opened again; what is found then is checked when its content is asked for.
    """
    unpacker = Unpacker(limits)
    seen: set[str] = set()
    try:
        for count, path in enumerate(_walk(paths)):
            if isinstance(path, RefusedFile | SkippedFile):
                yield path
                continue
            absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would take a link for the file it leads to
            if absolute in seen:
                continue
            seen.add(absolute)
            if count >= limits.files:
                yield RefusedFile.because(readable_path(path), unreadable("file_too_many", limit=limits.files))
                return
            yield from _open(path, unpacker, limits, known)
    finally:
        unpacker.close()


def _walk(paths: Iterable[Path]) -> Iterator[str | SkippedFile | RefusedFile]:
    for path in paths:
        if path.is_dir():
            yield from _walk_folder(str(path), 0)
        else:
            yield str(path)


def _walk_folder(folder: str, depth: int) -> Iterator[str | SkippedFile | RefusedFile]:
    if depth > _FOLDER_DEPTH:
        yield RefusedFile.because(readable_path(folder), unreadable("file_too_deep"))
        return
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield RefusedFile.because(readable_path(folder), inaccessible(error))
        return
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            yield entry.path
        elif _is_junction(entry):
            yield RefusedFile.because(readable_path(entry.path), unreadable("file_link"))
        elif code := find_reason_to_skip(entry.name):
            yield SkippedFile.because(readable_path(entry.path), code)
        else:
            yield from _walk_folder(entry.path, depth + 1)


def _is_junction(entry: "os.DirEntry[str]") -> bool:
    """Return whether a folder is Windows' other kind of link; Python knows them from 3.12 on."""
    test = getattr(entry, "is_junction", None)
    return bool(test and test())


def _open(path: str, unpacker: Unpacker, limits: Limits, known: KnownFiles | None) -> Iterator[Found]:
    shown = readable_path(path)
    if code := find_reason_to_skip(Path(path).name):
        yield SkippedFile.because(shown, code)
        return
    absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would take a link for the file it leads to
    unchanged = _unchanged(shown, absolute, known) if known else None
    if unchanged:
        yield unchanged
        return
    try:
        with open_regular(Path(path)) as file:
            status = os.fstat(file.fileno())
            if status.st_size > limits.file_bytes and is_archive(file, limits):
                yield from unpacker.unpack_archive(shown, file)
                return
            file.seek(0)
            content = read_bounded(file, limits.file_bytes)
    except UnreadableFile as error:
        yield RefusedFile.because(shown, error)
        return
    digest = hashlib.sha256(content).hexdigest()
    candidate = Candidate(shown, digest, len(content), _moment(status.st_mtime), file=Path(path))
    for one in unpacker.unpack(candidate, content):
        if known and one is candidate:
            known.remember(absolute, status, digest)
        yield one


def _unchanged(shown: str, absolute: str, known: KnownFiles) -> Candidate | None:
    try:
        status = os.lstat(absolute)
    except (OSError, ValueError):
        return None
    digest = known.digest(absolute, status)
    if digest is None:
        return None
    moment = _moment(status.st_mtime)
    return Candidate(shown, digest, status.st_size, moment, file=Path(absolute), is_remembered=True)


def _moment(timestamp: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(timestamp, UTC)
    except (ValueError, OverflowError, OSError):
        return None
