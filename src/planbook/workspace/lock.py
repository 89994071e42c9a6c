"""One clerk at a time: the workspace's lock, with the name of who holds it."""

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from planbook.model.errors import PlanbookError


@contextmanager
def hold_lock(path: Path, purpose: str, *, wait_s: float = 10.0) -> Iterator[None]:
    """Hold the lock file `path` for as long as the block runs; the system frees it when the process dies.

    Args:
        path: Lock file; beside it stands a small note of who holds it.
        purpose: What for, in Chinese; the one who waits is told.
        wait_s: Seconds to wait for another holder.

    Raises:
        PlanbookError: Someone else holds it for longer, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    note = path.with_suffix(".holder")
    lock = FileLock(path, timeout=wait_s)
    try:
        lock.acquire()
    except Timeout as error:
        raise PlanbookError(f"{_describe(note)}，请等其完成后再试。") from error
    except OSError as error:
        raise PlanbookError(f"没有权限在 {path.parent} 写文件，请检查文件夹权限。") from error
    try:
        with suppress(OSError):
            note.write_text(json.dumps(_holder(purpose), ensure_ascii=False), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            note.unlink()
        lock.release()


def owner() -> str:
    """Return who holds a lock that this process takes: user and machine."""
    return f"{_user()}（{socket.gethostname()}）"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getpid())


def _holder(purpose: str) -> dict[str, str]:
    since = datetime.now().astimezone().strftime("%m-%d %H:%M:%S")
    return {"user": _user(), "host": socket.gethostname(), "since": since, "purpose": purpose}


def _describe(note: Path) -> str:
    try:
        holder = json.loads(note.read_text(encoding="utf-8"))
        return f"{holder['user']}（{holder['host']}）自 {holder['since']} 起正在{holder['purpose']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个 planbook 正在使用这个工作区"
