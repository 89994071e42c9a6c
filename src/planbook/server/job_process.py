"""One job in a process of its own: waits for a job's folder on stdin, carries the intention out, notes how it ended.

Run as `python -m planbook.server.job_process`. The service keeps one such process waiting, its imports done, so that a
button answers at once; a job that has begun goes on when the service is gone.
"""

import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from planbook.actions.progress import Progress, Stopped
from planbook.model.errors import PlanbookError
from planbook.server.job_records import JobEnding, JobFolder, JobProgress, JobState

_PROGRESS_EVERY_S: Final = 0.1


def main() -> None:
    """Take one job and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the service's terminal is for the service
    _warm_up()
    line = sys.stdin.readline().strip()
    if line:
        carry_out(JobFolder(Path(line)))


def carry_out(job: JobFolder) -> None:
    """Carry out the job and note how it ended; nothing is raised."""
    try:
        ending = _run(job)
    except Stopped:
        ending = JobEnding(JobState.STOPPED, time.time(), error="已按您的要求停下；停下之前完成的部分都保存好了。")
    except PlanbookError as error:
        ending = JobEnding(JobState.FAILED, time.time(), error=error.message)
    except Exception:  # noqa: BLE001 (the front end: a clerk never reads a traceback)
        (job.path / "traceback.txt").write_text(traceback.format_exc(), encoding="utf-8")
        message = f"planbook 内部出错，没有完成；详情记在 {job.path / 'traceback.txt'}，请把它发给维护人员。"
        ending = JobEnding(JobState.FAILED, time.time(), error=message)
    job.note_ending(ending)


def _run(job: JobFolder) -> JobEnding:
    from planbook.actions.intentions.base import Circumstances
    from planbook.actions.intentions.registry import INTENTIONS
    from planbook.server.request_bodies import request_from_json
    from planbook.workspace.folder import open_workspace

    asked = job.request()
    if asked is None:
        raise PlanbookError(f"任务记录 {job.path} 已损坏，没有执行，请再点一次。")
    intention = INTENTIONS[asked.action]
    request = request_from_json(intention.request, asked.body)
    moment = datetime.now(UTC)
    at = Circumstances(
        workspace=open_workspace(Path(asked.workspace)),
        now=moment,
        today=moment.astimezone().date(),
        progress=_watched(job, time.monotonic),
    )
    ending = intention.run(at, request)
    return JobEnding(
        state=JobState.DONE,
        ended_at=time.time(),
        json=ending.json,
        lines=ending.lines,
        needs_person=ending.needs_person,
        opens=tuple(str(path) for path in ending.opens),
    )


def _watched(job: JobFolder, clock: Callable[[], float]) -> Progress:
    """Return a progress callback that notes how far the job is and stops it where that was asked."""
    told = -_PROGRESS_EVERY_S

    def advance(done: int, total: int, what: str) -> None:
        nonlocal told
        if clock() - told < _PROGRESS_EVERY_S:
            return
        told = clock()
        if job.is_cancelled:
            raise Stopped
        job.note_progress(JobProgress(done, total, what))

    return advance


def _warm_up() -> None:
    """Import what nearly every intention needs, while nobody waits."""
    import planbook.actions.consolidate
    import planbook.actions.intentions.registry
    import planbook.ledger.store
    import planbook.outputs.master_writer
    import planbook.server.request_bodies  # noqa: F401 (the imports are the work)


if __name__ == "__main__":
    main()
