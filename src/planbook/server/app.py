"""The service's application: its routes, its guard, and how errors become answers."""

import logging
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from planbook import __version__
from planbook.model.errors import PlanbookError
from planbook.server.guard import App, Guard
from planbook.server.job_records import JobJournal
from planbook.server.jobs import JobRunner
from planbook.server.missing import NotThereError
from planbook.server.request_bodies import in_chinese
from planbook.server.view_process import ViewMaker
from planbook.workspace.known_workspaces import KnownWorkspaces, NoWorkspaceError

LOG: Final = logging.getLogger("planbook.server")

ExcelClick: TypeAlias = Callable[[Mapping[str, object]], None]
"""Carries out a click in Excel; called in a thread of its own."""


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes work with."""

    jobs: JobRunner
    workspaces: KnownWorkspaces
    views: ViewMaker
    uploads: Path
    excel_click: ExcelClick | None = None


def create_app(*, port: int, token: str, state: Path, excel_click: ExcelClick | None = None) -> App:
    """Return the whole service as an ASGI application.

    Args:
        port: That it is reached by; other hosts are refused.
        token: That every request must carry.
        state: The user's folder, where jobs and known workspaces are kept.
        excel_click: What a click in Excel does; without it there is no such endpoint.
    """
    from planbook.server import (
        action_routes,
        excel_routes,
        job_routes,
        office_routes,
        page_routes,
        view_routes,
        workspace_routes,
    )

    service = Service(
        jobs=JobRunner(JobJournal(state / "jobs"), LOG.warning),
        workspaces=KnownWorkspaces(state / "workspaces.json"),
        views=ViewMaker(),
        uploads=state / "uploads",
        excel_click=excel_click,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        shutil.rmtree(service.uploads, ignore_errors=True)  # kept for the actions of one sitting
        service.jobs.start()
        service.views.warm_up()
        yield
        service.views.close()
        service.jobs.close()

    api = FastAPI(
        title="planbook",
        version=__version__,
        description="本机服务：每个按钮一个入口，请求和结果与命令行的 --json 相同。",
        openapi_url="/api/openapi.json",
        docs_url=None,  # both pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    api.state.service = service
    for routes in (workspace_routes, action_routes, job_routes, view_routes, office_routes):
        api.include_router(routes.router)
    if excel_click:
        api.include_router(excel_routes.router)
    api.include_router(page_routes.router)
    _answer_errors(api)
    return Guard(api, port=port, token=token)


def service_of(request: Request) -> Service:
    """Return what the routes work with."""
    service: Service = request.app.state.service
    return service


def _answer_errors(api: FastAPI) -> None:
    @api.exception_handler(PlanbookError)
    async def _planbook_error(_request: Request, error: PlanbookError) -> JSONResponse:
        code = "no_workspace" if isinstance(error, NoWorkspaceError) else ""
        status = 404 if isinstance(error, NotThereError) else 409
        return JSONResponse({"error": error.message, "code": code}, status_code=status)

    @api.exception_handler(RequestValidationError)
    async def _bad_request(_request: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"error": in_chinese(error.errors()), "code": ""}, status_code=422)

    @api.exception_handler(HTTPException)
    async def _http_error(_request: Request, error: HTTPException) -> JSONResponse:
        sentences = {404: "没有这个地址。", 405: "这个地址不接受这种请求。"}
        sentence = sentences.get(error.status_code, str(error.detail))
        return JSONResponse({"error": sentence, "code": ""}, status_code=error.status_code, headers=error.headers)

    @api.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        LOG.error("%s %s", request.method, request.url.path, exc_info=error)
        message = "planbook 内部出错，没有完成；详情记在服务日志里，请用 planbook doctor 查看位置，发给维护人员。"
        return JSONResponse({"error": message, "code": ""}, status_code=500)
