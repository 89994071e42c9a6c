"""Runs jobs, one at a time in each workspace, each in a process of its own, and tells where they stand."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planbook.server.job_records import JobEnding, JobFolder, JobJournal, JobProgress, JobRequest, JobState

_LOOK_EVERY_S: Final = 0.1
_START_TOLERANCE_S: Final = 2.0  # clocks that tell when a process began differ by this much
_NOT_BEGUN: Final = "服务中断时还没有开始，什么也没有做，请再点一次。"
_CUT_SHORT: Final = (
    "中途被打断（关机，或进程被结束）。台账是完整的：要么全部记入，要么一点没记；请再点一次，会接着做，不会重复。"
)


@dataclass(frozen=True, slots=True)
class JobStanding:
    """Where a job stands, as the fronts are told."""

    id: str
    request: JobRequest
    state: JobState
    created_at: float
    progress: JobProgress | None
    ending: JobEnding | None


def stand_job(job: JobFolder) -> JobStanding | None:
    """Return where a job stands by what its folder says, None where the folder is damaged."""
    request = job.request()
    if request is None:
        return None
    ending = job.ending()
    state = JobState.RUNNING if job.process() else JobState.QUEUED
    if ending:
        state = ending.state
    return JobStanding(job.id, request, state, job.created_at, None if ending else job.progress(), ending)


class JobRunner:
    """Takes jobs, starts them in turn and follows them to their ending."""

    def __init__(self, journal: JobJournal, log: Callable[[str], None]) -> None:
        self.journal = journal
        self._log = log
        self._lock = threading.Lock()
        self._queue: deque[JobFolder] = deque()
        self._running: dict[str, _Running] = {}  # by workspace
        self._spare: subprocess.Popen[bytes] | None = None
        self._wake = threading.Event()
        self._is_closing = False
        self._thread = threading.Thread(target=self._follow, name="jobs", daemon=True)

    def start(self) -> None:
        """Settle what the last service left behind and begin to take jobs."""
        for job in self.journal.newest():
            if not job.ending():
                self._adopt(job)
        self.journal.prune()
        self._thread.start()

    def close(self) -> None:
        """Take no more jobs; one that runs goes on to its end by itself."""
        self._is_closing = True
        self._wake.set()
        self._thread.join(timeout=10)
        for job in self._queue:
            job.note_ending(JobEnding(JobState.INTERRUPTED, time.time(), error=_NOT_BEGUN))
        if self._spare and self._spare.stdin:
            self._spare.stdin.close()
            self._spare.wait(timeout=10)

    def submit(self, request: JobRequest) -> JobFolder:
        """Take a job; the same one that still waits or runs is not taken twice (a double click)."""
        with self._lock:
            for job in (*self._queue, *(one.job for one in self._running.values())):
                if job.request() == request and not job.is_cancelled and not job.ending():
                    return job
            job = self.journal.add(request)
            self._queue.append(job)
        self._wake.set()
        return job

    def cancel(self, job: JobFolder) -> None:
        """Ask a job to stop; one that waits is ended at once."""
        with self._lock:
            job.cancel()
            if job in self._queue:
                self._queue.remove(job)
                job.note_ending(JobEnding(JobState.STOPPED, time.time(), error="还没有开始就取消了，什么也没有做。"))

    def is_busy(self, workspace: str) -> bool:
        """Whether a job is at work in the workspace."""
        one = self._running.get(workspace)
        return one is not None and not one.job.ending()

    async def wait(self, job: JobFolder, seconds: float) -> None:
        """Return as soon as the job has ended, or after `seconds`."""
        end = time.monotonic() + seconds
        while not job.ending() and time.monotonic() < end:
            await asyncio.sleep(_LOOK_EVERY_S)

    def _adopt(self, job: JobFolder) -> None:
        process, request = job.process(), job.request()
        if process and request and _is_alive(*process):
            self._running[request.workspace] = _Running(job, *process, None)
            return
        if not job.ending():  # it may have ended between two looks
            error = _CUT_SHORT if process else _NOT_BEGUN
            job.note_ending(JobEnding(JobState.INTERRUPTED, time.time(), error=error))

    def _follow(self) -> None:
        while not self._is_closing:
            try:
                self._settle_ended()
                self._start_waiting()
                self._keep_spare()
            except Exception as error:  # noqa: BLE001 (one bad turn must not end all work; the next one tries again)
                self._log(f"jobs: {type(error).__name__}: {error}")
            self._wake.wait(_LOOK_EVERY_S if self._running else 1.0)
            self._wake.clear()

    def _settle_ended(self) -> None:
        for workspace, one in list(self._running.items()):
            if one.is_alive():
                continue
            one.job.note_ending(JobEnding(JobState.INTERRUPTED, time.time(), error=_CUT_SHORT))
            with self._lock:
                del self._running[workspace]
            self._wake.set()

    def _start_waiting(self) -> None:
        with self._lock:
            for job in list(self._queue):
                request = job.request()
                if request and request.workspace in self._running:
                    continue
                self._queue.remove(job)
                if request is None:
                    continue
                process = self._spare if self._spare and self._spare.poll() is None else _start_process()
                self._spare = None
                started = _start_of(process.pid)
                job.note_process(process.pid, started)
                _hand_over(process, job.path)
                self._running[request.workspace] = _Running(job, process.pid, started, process)

    def _keep_spare(self) -> None:
        if self._spare is None or self._spare.poll() is not None:
            self._spare = _start_process()


@dataclass(frozen=True, slots=True)
class _Running:
    job: JobFolder
    pid: int
    started: float
    process: subprocess.Popen[bytes] | None  # None where an earlier service started it

    def is_alive(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return _is_alive(self.pid, self.started)


def _start_process() -> subprocess.Popen[bytes]:
    """Start a process that outlives this one and is out of reach of Ctrl-C in its terminal."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "planbook.server.job_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
        creationflags=flags,
    )


def _hand_over(process: subprocess.Popen[bytes], folder: Path) -> None:
    if process.stdin is None:
        return
    with suppress(OSError):  # it has died: its job is settled as interrupted at the next look
        process.stdin.write(f"{folder}\n".encode())
        process.stdin.close()


def _start_of(pid: int) -> float:
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return 0.0


def _is_alive(pid: int, started: float) -> bool:
    """Whether the process still runs; a number that another process got since does not count."""
    import psutil

    try:
        process = psutil.Process(pid)
        is_same = abs(float(process.create_time()) - started) <= _START_TOLERANCE_S
        return is_same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
