"""The workspaces that this user has opened: by name for the service, so that no request carries a folder."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planbook.model.errors import PlanbookError
from planbook.workspace.folder import Workspace, find_workspace, open_workspace
from planbook.workspace.replacing import replace_file
from planbook.workspace.user_folder import user_folder

_KEPT: Final = 20


class NoWorkspaceError(PlanbookError):
    """No workspace was opened yet, or the one asked for is not known; the fronts offer to open or make one."""


@dataclass(frozen=True, slots=True)
class KnownWorkspace:
    """A workspace: `id` stands for it in requests."""

    id: str
    root: Path


class KnownWorkspaces:
    """The list of workspaces, the last used first, kept in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> tuple[KnownWorkspace, ...]:
        """Return those that are still there."""
        try:
            roots = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ()
        if not isinstance(roots, list):
            return ()
        known = [KnownWorkspace(_id_of(Path(root)), Path(root)) for root in roots if isinstance(root, str)]
        return tuple(one for one in known if (one.root / "planbook.toml").is_file())

    def open(self, workspace_id: str | None) -> Workspace:
        """Return the workspace of that name, by default the last used.

        Raises:
            NoWorkspaceError: There is none.
            PlanbookError: Its settings cannot be read.
        """
        for one in self.all():
            if workspace_id is None or one.id == workspace_id:
                return open_workspace(one.root)
        raise NoWorkspaceError("还没有打开工作区，请先打开已有的工作区文件夹，或新建一个。")

    def is_known(self, root: Path) -> bool:
        """Whether the user has opened the workspace at `root` before."""
        return any(one.root == root.resolve() for one in self.all())

    def remember(self, workspace: Workspace) -> KnownWorkspace:
        """Put a workspace first in the list."""
        roots = [workspace.root, *(one.root for one in self.all() if one.root != workspace.root)]
        content = json.dumps([str(root) for root in roots[:_KEPT]], ensure_ascii=False).encode()
        replace_file(self._path, content, mode=0o600)
        return KnownWorkspace(_id_of(workspace.root), workspace.root)

    def find_above(self, path: Path) -> KnownWorkspace:
        """Return the workspace that the file or folder `path` lies in, and remember it.

        Raises:
            NoWorkspaceError: It lies in none.
        """
        try:
            workspace = find_workspace(path)
        except PlanbookError as error:
            raise NoWorkspaceError(error.message) from error
        return self.remember(workspace)


def _id_of(root: Path) -> str:
    return hashlib.sha256(str(root).encode()).hexdigest()[:12]


def known_workspaces() -> KnownWorkspaces:
    """Return this user's list."""
    return KnownWorkspaces(user_folder() / "workspaces.json")
