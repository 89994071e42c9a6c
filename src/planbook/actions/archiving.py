"""Puts found files into the archive while others are looked for: making sure of a file on disk takes its time."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Final

from planbook.sheets.found import Candidate
from planbook.sheets.unreadable import UnreadableFile
from planbook.workspace.folder import Workspace

_AT_ONCE: Final = 4
_AHEAD: Final = 16  # files that wait for their turn; one from an archive waits in memory


class Archiving:
    """Archives files, several at a time; each is in the archive once `is_kept` has said so."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._under_way: deque[Future[str]] = deque()

    def __enter__(self) -> "Archiving":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def keep(self, file: Candidate) -> Future[str]:
        """Begin to archive a file; the future gives why it cannot be read, empty once it is safe.

        Raises:
            PlanbookError: From the future: the archive cannot be written.
        """
        future = self._pool.submit(archive_file, self._workspace, file)
        self._under_way.append(future)
        if len(self._under_way) > _AHEAD:
            self._under_way.popleft().exception()  # waits for it; whoever asks for its result hears of it
        return future


def archive_file(workspace: Workspace, file: Candidate) -> str:
    """Archive a file unless it is; return why it cannot be read, empty once it is safe.

    Raises:
        PlanbookError: The archive cannot be written.
    """
    if workspace.is_archived(file.sha256):
        return ""
    try:
        workspace.archive(file.sha256, file.read())
    except UnreadableFile as error:
        return error.message
    return ""
