"""One endpoint for each intention: the body is its request, the answer a job that ends with the command's JSON."""

from collections.abc import Callable
from dataclasses import fields
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from planbook.actions.intentions.base import Intention
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.ribbon import GROUPS
from planbook.server.answers import ErrorAnswer, JobAnswer, job_answer
from planbook.server.app import service_of
from planbook.server.job_records import JobRequest
from planbook.server.jobs import stand_job
from planbook.server.request_bodies import body_model

router = APIRouter(prefix="/api/actions", tags=["actions"])

WorkspaceId = Annotated[str | None, Query(description="工作区的 id；不写就是最近用过的", pattern="^[0-9a-f]{12}$")]
WaitSeconds = Annotated[float, Query(ge=0, le=30, description="最多等几秒；到时没有做完的，用任务编号继续问")]


def _endpoint(intention: Intention[Any]) -> Callable[..., Any]:
    async def run(request: Request, response: Response, body: Any, workspace: Any = None, wait: Any = 0) -> JobAnswer:
        service = service_of(request)
        opened = service.workspaces.open(workspace)
        asked = JobRequest(intention.name, str(opened.root), body.model_dump(mode="json"))
        job = service.jobs.submit(asked)
        await service.jobs.wait(job, wait)
        standing = stand_job(job)
        assert standing is not None  # noqa: S101 (it was written a moment ago)
        response.status_code = 200 if standing.state.is_final else 202
        return job_answer(standing)

    model = body_model(intention.request)
    run.__annotations__ |= {"body": model, "workspace": WorkspaceId, "wait": WaitSeconds}
    run.__doc__ = model.__doc__
    return run


class ButtonAnswer(BaseModel):
    """A button of the tab, the same in Excel, WPS and the page; `is_there` says whether its intention is built in."""

    id: str
    group: str
    action: str
    label: str
    tip: str
    asks: list[str]
    rewrites: list[str]
    fields: list[str]
    is_there: bool


@router.get("")
async def buttons() -> list[ButtonAnswer]:
    """Return the buttons of the tab from left to right."""
    return [
        ButtonAnswer(
            id=button.id,
            group=group.label,
            action=button.intention,
            label=button.label,
            tip=button.supertip,
            asks=[one.value for one in button.asks],
            rewrites=[one.value for one in button.rewrites],
            fields=[one.name for one in fields(INTENTIONS[button.intention].request)]
            if button.intention in INTENTIONS
            else [],
            is_there=button.intention in INTENTIONS,
        )
        for group in GROUPS
        for button in group.buttons
    ]


for _intention in INTENTIONS.values():
    router.add_api_route(
        f"/{_intention.name}",
        _endpoint(_intention),
        methods=["POST"],
        name=_intention.name,
        operation_id=_intention.name,
        summary=_intention.title,
        response_model=JobAnswer,
        responses={
            202: {"model": JobAnswer, "description": "Not ended yet: ask /api/jobs/{job}"},
            401: {"model": ErrorAnswer},
            409: {"model": ErrorAnswer},
            422: {"model": ErrorAnswer},
        },
    )
