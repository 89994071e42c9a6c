"""Writing planbook's own files: whole or not at all, with a Chinese sentence where that cannot be done."""

import errno
import os
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from planbook.model.errors import PlanbookError

_ASKING: Final = threading.Lock()


def replace_file(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Put `content` at `path` atomically: afterwards the file is either the old one or the whole new one.

    Args:
        path: Where to; missing folders are made.
        content: What.
        mode: Permission bits; by default those of the file that is replaced, else the user's usual ones.

    Raises:
        PlanbookError: The file is open elsewhere, read-only, or the disk is full; nothing was changed.
    """
    refuse_unwritable(path)
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".planbook-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_usual_mode(path) if mode is None else mode)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise unwritable(path, error) from error


def refuse_unwritable(path: Path) -> None:
    """Raise where `path` exists and must not be replaced: read-only, or open in Excel, WPS or LibreOffice.

    An office program that has the file open would later save its own copy over ours, or show the clerk an
    old state; on Windows the replacement fails anyway.
    """
    if path.is_dir():
        raise PlanbookError(f"{path} 是文件夹，写不了文件，请改名或移走后再试。")
    if path.exists() and not os.access(path, os.W_OK):
        raise PlanbookError(f"{path} 是只读文件，请取消“只读”后再试。")
    if path.exists() and path.stat().st_mode & 0o222 == 0:  # root may write it all the same; the clerk said no
        raise PlanbookError(f"{path} 是只读文件，请取消“只读”后再试。")
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f"~${path.name[2:]}"), _libreoffice_lock(path)):
        if lock.exists():
            raise PlanbookError(
                f"{path} 正在被打开（见锁定文件 {lock.name}），请先保存并关闭；确已关闭的，请删除该锁定文件。"
            )


def unwritable(path: Path, error: OSError) -> PlanbookError:
    """Return the Chinese error for a failed write to `path`."""
    if error.errno == errno.ENOSPC:
        return PlanbookError(f"磁盘已满，写不了 {path}，请腾出空间后再试；原文件没有改动。")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY):
        return PlanbookError(f"没有权限写 {path}，或它正被别的程序打开，请关闭后再试；原文件没有改动。")
    return PlanbookError(f"写不了 {path}（{error.strerror or error}），请检查磁盘和路径后再试；原文件没有改动。")


def _libreoffice_lock(path: Path) -> Path:
    return path.with_name(f".~lock.{path.name}#")


def _usual_mode(path: Path) -> int:
    """Return the old file's mode, or what the user's umask gives: mkstemp's 0600 would shut colleagues out."""
    if path.exists():
        return path.stat().st_mode & 0o777
    with _ASKING:  # the only way to ask for it is to set it, for all threads
        umask = os.umask(0)
        os.umask(umask)
    return 0o666 & ~umask
