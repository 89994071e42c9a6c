"""Opens single files of unknown origin: regular ones only, bounded, and every refusal is a finding."""

import errno
import os
import stat
from pathlib import Path
from typing import IO, Final

from planbook.sheets.limits import Limits
from planbook.sheets.unreadable import UnreadableFile, unreadable
from planbook.sheets.zipped import readable_size

_REASONS: Final = {
    errno.EACCES: "没有访问权限或正被占用",
    errno.EPERM: "没有访问权限",
    errno.ENAMETOOLONG: "路径太长",
    errno.EIO: "磁盘或网络读取出错",
    errno.EMFILE: "同时打开的文件太多",
}
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # opening a pipe that nobody writes to would wait for ever
    | getattr(os, "O_CLOEXEC", 0)
)


def open_regular(path: Path) -> IO[bytes]:
    """Return `path` opened for reading; the check is made on what was opened, not on what stood there before.

    Raises:
        UnreadableFile: `file_missing`, `file_link`, `file_special`, `file_inaccessible`.
    """
    try:
        handle = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise unreadable("file_special")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Return the content of a regular file.

    Raises:
        UnreadableFile: As `open_regular`; `file_too_large`.
    """
    with open_regular(path) as file:
        return read_bounded(file, limits.file_bytes)


def read_bounded(file: IO[bytes], limit_bytes: int) -> bytes:
    """Return what `file` holds from where it stands.

    Raises:
        UnreadableFile: `file_too_large`, `file_inaccessible`.
    """
    try:
        content = file.read(limit_bytes + 1)
        if len(content) <= limit_bytes:
            return content
        size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise inaccessible(error) from error
    raise unreadable("file_too_large", size=readable_size(size), limit=readable_size(limit_bytes))


def inaccessible(error: OSError) -> UnreadableFile:
    """Return the exception for a file or folder that the system does not let us read."""
    return unreadable("file_inaccessible", reason=_REASONS.get(error.errno or 0, "系统拒绝读取"))


def _refusal(path: Path, error: OSError | ValueError) -> UnreadableFile:
    if isinstance(error, ValueError):  # a name with a NUL in it
        return unreadable("file_missing")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return unreadable("file_missing")
    if error.errno == errno.ELOOP or (error.errno == errno.EMLINK and path.is_symlink()):
        return unreadable("file_link")
    if error.errno in (errno.ENXIO, errno.ENODEV):
        return unreadable("file_special")
    if error.errno == errno.EISDIR:
        return unreadable("file_special")
    return inaccessible(error)
