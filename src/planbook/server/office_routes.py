"""What the page changes beside actions: files dropped into the inbox, settings, and opening a file at the desk."""

import os
import secrets
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

from planbook.actions.change_settings import SettingLine, change_settings, see_settings
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.server.action_routes import WorkspaceId
from planbook.server.app import service_of
from planbook.server.desktop import open_at_the_desk, pick_folder
from planbook.server.request_bodies import WholePath
from planbook.workspace.folder import file_name_for
from planbook.workspace.replacing import unwritable

router = APIRouter(prefix="/api", tags=["office"])

_LONGEST_NAME: Final = 150


class DroppedAnswer(BaseModel):
    """Where a dropped file was put."""

    name: str
    path: str
    size: int


class OpenBody(BaseModel):
    """A file or folder of the workspace."""

    model_config = ConfigDict(extra="forbid")
    path: WholePath


class OkAnswer(BaseModel):
    """That it was done."""

    ok: bool


class FolderAnswer(BaseModel):
    """The folder that was chosen, empty where the dialog was closed."""

    path: str


class PickBody(BaseModel):
    """Where a folder dialog begins."""

    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, Field(max_length=100)] = "选择文件夹"
    initial: Annotated[str, Field(max_length=1000)] = ""


SettingBody = dict[
    Annotated[str, Field(max_length=100)], StrictBool | StrictInt | StrictFloat | StrictStr | list[StrictStr]
]


@router.post("/inbox")
async def drop(
    request: Request,
    period: Annotated[str, Query(max_length=20)],
    name: Annotated[str, Query(min_length=1, max_length=1000)],
    workspace: WorkspaceId = None,
) -> DroppedAnswer:
    """Put a file, sent as the body, into a period's inbox under its own name, or one beside it where that is taken.

    Nothing is read or taken in: that is for the consolidation.
    """
    opened = service_of(request).workspaces.open(workspace)
    return await _keep(request, opened.inbox(Period.parse(period)), name)


@router.post("/uploads")
async def upload(request: Request, name: Annotated[str, Query(min_length=1, max_length=1000)]) -> DroppedAnswer:
    """Keep a file, sent as the body, for an action that is asked for next: a browser tells no one where files lie."""
    uploads = service_of(request).uploads
    return await _keep(request, uploads / secrets.token_hex(8), name)


@router.get("/settings")
def settings(request: Request, workspace: WorkspaceId = None) -> tuple[SettingLine, ...]:
    """Return the workspace's settings with their explanations."""
    return see_settings(service_of(request).workspaces.open(workspace))


@router.post("/settings")
def change(request: Request, body: SettingBody, workspace: WorkspaceId = None) -> tuple[SettingLine, ...]:
    """Change settings, all of those sent or none; comments in the file stay."""
    return change_settings(service_of(request).workspaces.open(workspace), body)


@router.post("/open")
def open_file(request: Request, body: OpenBody, workspace: WorkspaceId = None) -> OkAnswer:
    """Open a file or folder of the workspace with the program that the desk has for it."""
    root = service_of(request).workspaces.open(workspace).root
    path = body.path.resolve()
    if not path.is_relative_to(root) or not path.exists():
        raise PlanbookError("只能打开工作区里的文件，这个文件不在或不属于工作区。")
    open_at_the_desk(path)
    return OkAnswer(ok=True)


@router.post("/pick-folder")
def pick(body: PickBody) -> FolderAnswer:
    """Let the clerk choose a folder in a dialog of the desk: for office programs that have none of their own."""
    return FolderAnswer(path=pick_folder(body.title, body.initial))


async def _keep(request: Request, folder: Path, name: str) -> DroppedAnswer:
    clean = _clean_name(name)
    temporary = folder / f".planbook-{secrets.token_hex(8)}.tmp"
    size = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            async for part in request.stream():
                size += len(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        if size == 0:
            raise PlanbookError(f"“{clean}”是空文件，没有接收。")
        return DroppedAnswer(name=clean, path=str(_place(temporary, folder, clean)), size=size)
    except OSError as error:
        raise unwritable(folder / clean, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _clean_name(name: str) -> str:
    """Return a name without folders that every system accepts, its ending kept."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    stem, dot, ending = last.rpartition(".")
    clean = file_name_for(stem if dot else last, limit=_LONGEST_NAME).lstrip(".~$") or "_"
    return f"{clean}.{file_name_for(ending, limit=10)}" if dot and ending else clean


def _place(temporary: Path, inbox: Path, name: str) -> Path:
    """Give the finished file its name without ever replacing another."""
    stem, ending = Path(name).stem, Path(name).suffix
    for number in range(1, 1000):
        target = inbox / (name if number == 1 else f"{stem}（{number}）{ending}")
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            if target.is_file() and target.read_bytes() == temporary.read_bytes():
                return target  # dropped twice
            continue
        temporary.replace(target)
        return target
    raise PlanbookError(f"收件夹里同名的“{name}”太多，请改名后再拖进来。")
