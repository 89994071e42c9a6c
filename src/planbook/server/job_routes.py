"""Jobs: how far they are, how they ended, and stopping them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from planbook.server.action_routes import WaitSeconds
from planbook.server.answers import JobAnswer, job_answer
from planbook.server.app import service_of
from planbook.server.job_records import JobFolder
from planbook.server.jobs import stand_job
from planbook.server.missing import NotThereError

router = APIRouter(prefix="/api/jobs", tags=["jobs"])

JobId = Annotated[str, Path(pattern="^[0-9]{13}-[0-9a-f]{12}$")]


@router.get("")
async def jobs(request: Request, count: Annotated[int, Query(ge=1, le=200)] = 20) -> list[JobAnswer]:
    """Return the newest jobs, the newest first."""
    newest = service_of(request).jobs.journal.newest(count)
    return [job_answer(standing) for job in newest if (standing := stand_job(job))]


@router.get("/{job_id}")
async def job(request: Request, job_id: JobId, wait: WaitSeconds = 0) -> JobAnswer:
    """Return where a job stands; wait for its ending for a while."""
    folder = _find(request, job_id)
    await service_of(request).jobs.wait(folder, wait)
    return _answer(folder)


@router.post("/{job_id}/cancel")
async def cancel(request: Request, job_id: JobId) -> JobAnswer:
    """Ask a job to stop: it ends at its next step, and what it has done by then stays done."""
    folder = _find(request, job_id)
    service_of(request).jobs.cancel(folder)
    return _answer(folder)


def _find(request: Request, job_id: str) -> JobFolder:
    folder = service_of(request).jobs.journal.find(job_id)
    if folder is None:
        raise NotThereError("没有这个任务的记录，它可能太久以前做过，已经清理。")
    return folder


def _answer(folder: JobFolder) -> JobAnswer:
    standing = stand_job(folder)
    if standing is None:
        raise NotThereError("这个任务的记录已损坏，请重新点一次。")
    return job_answer(standing)
