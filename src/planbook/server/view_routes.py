"""What the page shows: each view a GET that changes nothing."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from planbook.actions.views.archived_cells import ArchivedCells
from planbook.actions.views.inbox import FileDetail, Inbox
from planbook.actions.views.overview import Overview
from planbook.actions.views.period_state import PeriodState
from planbook.actions.views.task_history import TaskHistory
from planbook.server.action_routes import WorkspaceId
from planbook.server.app import service_of

router = APIRouter(prefix="/api/views", tags=["views"])

PeriodText = Annotated[str, Query(max_length=20, description="填报期，如 2024Q1")]
Digest = Annotated[str, Query(pattern="^[0-9a-f]{64}$", description="文件的 SHA-256")]


@router.get("/overview", responses={200: {"model": Overview}})
async def overview(request: Request, workspace: WorkspaceId = None) -> Response:
    """Return the workspace at a glance: plans, periods, what comes next."""
    return await _view(request, "overview", workspace)


@router.get("/period", responses={200: {"model": PeriodState}})
async def period(request: Request, period: PeriodText, workspace: WorkspaceId = None) -> Response:
    """Return how a period stands, agency by agency."""
    return await _view(request, "period", workspace, period=period)


@router.get("/inbox", responses={200: {"model": Inbox}})
async def inbox(request: Request, period: PeriodText, workspace: WorkspaceId = None) -> Response:
    """Return what came in for a period, file by file."""
    return await _view(request, "inbox", workspace, period=period)


@router.get("/file", responses={200: {"model": FileDetail}})
async def file(request: Request, period: PeriodText, sha256: Digest, workspace: WorkspaceId = None) -> Response:
    """Return one received file with its findings."""
    return await _view(request, "file", workspace, period=period, sha256=sha256)


@router.get("/board")
async def board(
    request: Request, period: Annotated[str, Query(max_length=20)] = "", workspace: WorkspaceId = None
) -> Response:
    """Return the dashboard's value, of a period or of the last that was issued."""
    return await _view(request, "board", workspace, period=period)


@router.get("/task", responses={200: {"model": TaskHistory}})
async def task(request: Request, code: Annotated[str, Query(max_length=40)], workspace: WorkspaceId = None) -> Response:
    """Return a task's history."""
    return await _view(request, "task", workspace, code=code)


@router.get("/cells", responses={200: {"model": ArchivedCells}})
async def cells(
    request: Request,
    sha256: Digest,
    sheet: Annotated[str, Query(max_length=200)],
    row: Annotated[int, Query(ge=1, le=1_048_576)],
    workspace: WorkspaceId = None,
) -> Response:
    """Return the archived sheet around a row, as text."""
    return await _view(request, "cells", workspace, sha256=sha256, sheet=sheet, row=str(row))


async def _view(request: Request, view: str, workspace: str | None, **arguments: str) -> Response:
    service = service_of(request)
    opened = service.workspaces.open(workspace)
    made = await service.views.make(view, opened, arguments, is_busy=service.jobs.is_busy(str(opened.root)))
    return Response(made, media_type="application/json; charset=utf-8")
