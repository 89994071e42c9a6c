"""The service itself and the workspaces it knows: health, opening one, making one, finding a workbook's."""

import os
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from planbook import __version__
from planbook.actions.make_workspace import make_workspace
from planbook.server.app import service_of
from planbook.server.request_bodies import WholePath
from planbook.workspace.folder import open_workspace
from planbook.workspace.known_workspaces import KnownWorkspace

router = APIRouter(prefix="/api", tags=["service"])

_Text = Annotated[str, Field(max_length=200)]


class HealthAnswer(BaseModel):
    """That the service is there, and of which version."""

    ok: bool
    version: str
    pid: int


class WorkspaceAnswer(BaseModel):
    """A workspace: `id` stands for it in requests."""

    id: str
    root: str
    name: str
    office: str


class PathBody(BaseModel):
    """A folder or file on this computer."""

    model_config = ConfigDict(extra="forbid")
    path: WholePath


class NewWorkspaceBody(BaseModel):
    """Where to make a workspace, and what is printed on its forms."""

    model_config = ConfigDict(extra="forbid")
    path: WholePath
    office: _Text = ""
    contact: _Text = ""


@router.get("/health")
async def health() -> HealthAnswer:
    """Say that the service is there."""
    return HealthAnswer(ok=True, version=__version__, pid=os.getpid())


@router.get("/workspaces")
def workspaces(request: Request) -> list[WorkspaceAnswer]:
    """Return the workspaces that were opened before, the last used first."""
    return [_answer(known) for known in service_of(request).workspaces.all()]


@router.post("/workspaces/open")
def open_known(request: Request, body: PathBody) -> WorkspaceAnswer:
    """Open the workspace in a folder."""
    return _answer(service_of(request).workspaces.remember(open_workspace(body.path)))


@router.post("/workspaces/find")
def find(request: Request, body: PathBody) -> WorkspaceAnswer:
    """Return the workspace that a workbook lies in."""
    return _answer(service_of(request).workspaces.find_above(body.path))


@router.post("/workspaces/create")
def create(request: Request, body: NewWorkspaceBody) -> WorkspaceAnswer:
    """Make a folder a workspace."""
    made = make_workspace(body.path, office=body.office, contact=body.contact)
    return _answer(service_of(request).workspaces.remember(made))


def _answer(known: KnownWorkspace) -> WorkspaceAnswer:
    office = open_workspace(known.root).settings.office
    return WorkspaceAnswer(id=known.id, root=str(known.root), name=known.root.name, office=office)
