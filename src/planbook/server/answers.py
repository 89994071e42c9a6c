"""What the service answers, described for OpenAPI."""

from typing import Any

from pydantic import BaseModel, Field

from planbook.actions.intentions.registry import INTENTIONS
from planbook.server.job_records import JobState
from planbook.server.jobs import JobStanding


class ErrorAnswer(BaseModel):
    """Why something could not be done, in one Chinese sentence."""

    error: str
    code: str = Field("", description="no_workspace: open or make one first")


class ProgressAnswer(BaseModel):
    """How far a job is; a total of 0 means that nobody knows."""

    done: int
    total: int
    what: str


class JobAnswer(BaseModel):
    """A job: what was asked, where it stands, and how it ended."""

    job: str
    action: str
    title: str
    workspace: str = Field(description="Folder")
    state: JobState
    created_at: float = Field(description="Seconds since 1970")
    ended_at: float | None = None
    progress: ProgressAnswer | None = None
    result: dict[str, Any] | None = Field(None, alias="json", description="What the command prints with --json")
    lines: list[str] = Field([], description="The result in at most three Chinese lines")
    needs_person: bool = False
    opens: list[str] = Field([], description="Files to look at, the most wanted first")
    error: str | None = None


def job_answer(standing: JobStanding) -> JobAnswer:
    """Return a job's standing as it is answered."""
    intention = INTENTIONS.get(standing.request.action)
    answer: dict[str, Any] = {
        "job": standing.id,
        "action": standing.request.action,
        "title": intention.title if intention else standing.request.action,
        "workspace": standing.request.workspace,
        "state": standing.state,
        "created_at": standing.created_at,
    }
    if standing.progress:
        answer["progress"] = {
            "done": standing.progress.done,
            "total": standing.progress.total,
            "what": standing.progress.what,
        }
    ending = standing.ending
    if ending:
        answer |= {
            "ended_at": ending.ended_at,
            "json": ending.json,
            "lines": list(ending.lines),
            "needs_person": ending.needs_person,
            "opens": list(ending.opens),
            "error": ending.error,
        }
    return JobAnswer.model_validate(answer)
