"""Jobs on disk: each a folder that says what is to be done, how far it is and how it ended, whoever dies meanwhile.

The service writes `job.json` before anything is done and `process.json` when a process takes the job; that process
writes `progress.json` and, last of all, `ending.json`. So the outcome is known after any kill: an ending stands there,
or the process still works, or it is gone without one.
"""

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from planbook.workspace.replacing import replace_file

_ID: Final = re.compile(r"[0-9]{13}-[0-9a-f]{12}")
_KEPT_JOBS: Final = 200


class JobState(StrEnum):
    """Where a job stands.

    INTERRUPTED: its process was ended from outside before it could say how it ended.
    """

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"

    @property
    def is_final(self) -> bool:
        """Whether nothing comes after it."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What is to be done: an intention by name, in a workspace, with its request as JSON."""

    action: str
    workspace: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is; a `total` of 0 means that nobody knows."""

    done: int
    total: int
    what: str


@dataclass(frozen=True, slots=True)
class JobEnding:
    """How a job ended; `json` is what the command of that name prints with `--json`."""

    state: JobState
    ended_at: float
    json: Mapping[str, object] | None = None
    lines: tuple[str, ...] = ()
    needs_person: bool = False
    opens: tuple[str, ...] = ()
    error: str | None = None


class JobFolder:
    """The folder of one job."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name

    @property
    def created_at(self) -> float:
        """When the job was asked for, seconds since 1970."""
        return int(self.id.split("-")[0]) / 1000

    @property
    def is_cancelled(self) -> bool:
        """Whether someone asked to stop it."""
        return (self.path / "cancel").exists()

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        (self.path / "cancel").touch()

    def request(self) -> JobRequest | None:
        """Return what is to be done, None where the folder is damaged."""
        values = _read(self.path / "job.json")
        if not isinstance(values.get("body"), dict):
            return None
        return JobRequest(str(values["action"]), str(values["workspace"]), values["body"])

    def process(self) -> tuple[int, float] | None:
        """Return the process that took the job, by number and time of its start."""
        values = _read(self.path / "process.json")
        return (int(values["pid"]), float(values["started"])) if "pid" in values else None

    def note_process(self, pid: int, started: float) -> None:
        """Note which process takes the job."""
        _write(self.path / "process.json", {"pid": pid, "started": started})

    def progress(self) -> JobProgress | None:
        """Return how far it is."""
        values = _read(self.path / "progress.json")
        return JobProgress(int(values["done"]), int(values["total"]), str(values["what"])) if values else None

    def note_progress(self, progress: JobProgress) -> None:
        """Note how far it is; what is lost with the power need not be on the disk, so nothing waits for it."""
        fresh = self.path / "progress.new"
        fresh.write_text(
            json.dumps({"done": progress.done, "total": progress.total, "what": progress.what}), encoding="utf-8"
        )
        with suppress(PermissionError):  # Windows, while the service reads the old one: the next step tells as much
            os.replace(fresh, self.path / "progress.json")  # noqa: PTH105 (one call in a loop over thousands of files)

    def ending(self) -> JobEnding | None:
        """Return how it ended, None while it has not."""
        values = _read(self.path / "ending.json")
        if not values:
            return None
        return JobEnding(
            state=JobState(values["state"]),
            ended_at=float(values["ended_at"]),
            json=values["json"],
            lines=tuple(values["lines"]),
            needs_person=bool(values["needs_person"]),
            opens=tuple(values["opens"]),
            error=values["error"],
        )

    def note_ending(self, ending: JobEnding) -> None:
        """Note how it ended; what was noted first stands."""
        if (self.path / "ending.json").exists():
            return
        _write(
            self.path / "ending.json",
            {
                "state": ending.state.value,
                "ended_at": ending.ended_at,
                "json": ending.json,
                "lines": list(ending.lines),
                "needs_person": ending.needs_person,
                "opens": list(ending.opens),
                "error": ending.error,
            },
        )


class JobJournal:
    """All jobs of this user, below one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def add(self, request: JobRequest) -> JobFolder:
        """Note a new job before anything of it is done."""
        job_id = f"{int(time.time() * 1000):013d}-{secrets.token_hex(6)}"
        folder = JobFolder(self._root / job_id)
        folder.path.mkdir(parents=True, mode=0o700)
        _write(
            folder.path / "job.json",
            {"action": request.action, "workspace": request.workspace, "body": dict(request.body)},
        )
        return folder

    def find(self, job_id: str) -> JobFolder | None:
        """Return the job of that name, None where there is none."""
        if not _ID.fullmatch(job_id) or not (self._root / job_id / "job.json").is_file():
            return None
        return JobFolder(self._root / job_id)

    def newest(self, count: int = _KEPT_JOBS) -> list[JobFolder]:
        """Return the newest jobs, the newest first."""
        names = sorted((path.name for path in self._root.glob("*-*") if _ID.fullmatch(path.name)), reverse=True)
        return [job for name in names[:count] if (job := self.find(name))]

    def prune(self) -> None:
        """Remove the oldest jobs that have ended, beyond those that are kept."""
        names = sorted((path.name for path in self._root.glob("*-*") if _ID.fullmatch(path.name)), reverse=True)
        for name in names[_KEPT_JOBS:]:
            if (self._root / name / "ending.json").exists() or not (self._root / name / "job.json").exists():
                shutil.rmtree(self._root / name, ignore_errors=True)


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _write(path: Path, values: Mapping[str, object]) -> None:
    replace_file(path, json.dumps(values, ensure_ascii=False).encode(), mode=0o600)
