"""Runs a function over hostile items in worker processes: what hangs or crashes there costs that item alone."""

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from pickle import UnpicklingError
from types import TracebackType
from typing import Any, Final, Generic, TypeVar

from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.sheets.limits import DEFAULT_LIMITS, MEBIBYTE, Limits
from planbook.sheets.worker import Answer, serve

T = TypeVar("T")
C = TypeVar("C")
R = TypeVar("R")

DEFAULT_WORKERS: Final = 2
_START_SECONDS: Final = 60.0  # importing the function's module, on a slow disk, with a virus scanner looking on
_AHEAD: Final = 64  # items handed out before the first of them is given back: bounds what stands in memory
_AHEAD_BYTES: Final = 64 * MEBIBYTE  # the same for large items
_QUEUED: Final = 8  # items that wait in a worker's pipe, so that it need not wait for a busy parent
_QUEUED_BYTES: Final = 4096  # a pipe that is full, to a worker that hangs, would hang the parent


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T, R]):
    """What became of one item.

    Attributes:
        index: Its place in the input, from 0.
        item: The item itself.
        result: What the function returned; None where `finding` says why there is no result.
        finding: `file_timeout`, `file_memory`, `file_reader_died`, `file_reader_failed`, or what an
            `UnreadableFile` carried; None where all went well. It has no location.
        trace: Traceback of an unexpected exception, for the log; empty otherwise.
    """

    index: int
    item: T
    result: R | None
    finding: Finding | None = None
    trace: str = ""


def run_isolated(
    function: Callable[[T, C], R],
    items: Iterable[T],
    *,
    context: C,
    limits: Limits = DEFAULT_LIMITS,
    workers: int = DEFAULT_WORKERS,
) -> Generator[Outcome[T, R], None, None]:
    """Yield what `function(item, context)` gives for each item, in the order of the items.

    Items are taken only a little ahead of what is yielded, workers are started only as there are items for them.
    The processes are spawned, so that a program that calls this at its top level has to stand behind
    `if __name__ == "__main__"`.

    Args:
        function: A pure function at the top level of a module that is light to import.
        items: What it is applied to; each must be picklable.
        context: Its second argument, sent once to each worker.
        limits: `item_seconds` and `worker_bytes` bound each call.
        workers: How many processes at most.

    Raises:
        PlanbookError: Workers cannot be started at all.
    """
    with IsolatedFunction(function, context=context, limits=limits, workers=workers) as isolated:
        yield from isolated.run(items)


class IsolatedFunction(Generic[T, C, R]):
    """A function in worker processes that stay from one `run` to the next; see `run_isolated`."""

    def __init__(
        self, function: Callable[[T, C], R], *, context: C, limits: Limits = DEFAULT_LIMITS, workers: int = 1
    ) -> None:
        self._function = function
        self._context = context
        self._limits = limits
        self._most_workers = max(1, workers)
        self._workers: list[_Worker[T]] = []

    def __enter__(self) -> "IsolatedFunction[T, C, R]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def run(self, items: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """Yield an outcome for each item, in order; to be consumed whole before the next run."""
        source = enumerate(items)
        waiting: deque[_Task[T]] = deque()
        finished: dict[int, Outcome[T, R]] = {}
        sizes: deque[int] = deque()  # of the items that were taken and whose outcomes were not given yet
        given = 0
        is_exhausted = False
        while not is_exhausted or sizes:
            while not (is_exhausted or waiting or len(sizes) >= _AHEAD or sum(sizes) >= _AHEAD_BYTES):
                following = next(source, None)
                if following is None:
                    is_exhausted = True
                else:
                    waiting.append(_Task(following[0], following[1]))
                    sizes.append(waiting[-1].size)
                self._hand_out(waiting)
            self._hand_out(waiting)
            if given in finished:
                yield finished.pop(given)
                given += 1
                sizes.popleft()
            elif sizes:
                for outcome in self._collect(waiting):
                    finished[outcome.index] = outcome

    def _hand_out(self, waiting: "deque[_Task[T]]") -> None:
        """Send waiting tasks to workers that can take them; start workers while all are busy and more are allowed."""
        while waiting:
            free = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
            if (free is None or free.tasks) and len(self._workers) < self._most_workers:
                free = self._start()
            if free is None or not free.can_take(waiting[0]):
                return
            free.send(waiting.popleft(), self._limits.item_seconds)

    def _start(self) -> "_Worker[T]":
        spawn = get_context("spawn")
        here, there = spawn.Pipe()
        arguments = (there, self._function, self._context, self._limits)
        process = spawn.Process(target=serve, args=arguments, daemon=True)
        with _sigint_ignored():
            process.start()
        there.close()
        worker: _Worker[T] = _Worker(process, here, time.monotonic() + _START_SECONDS)
        self._workers.append(worker)
        return worker

    def _collect(self, waiting: "deque[_Task[T]]") -> Iterator[Outcome[T, R]]:
        """Wait for workers to answer, die or run out of time, and yield what that makes of their tasks."""
        deadline = min(worker.deadline for worker in self._workers if worker.is_awaited)
        by_connection: dict[Any, _Worker[T]] = {worker.connection: worker for worker in self._workers}
        answered = wait(list(by_connection), timeout=max(0.0, deadline - time.monotonic()))
        for connection in answered:
            yield from self._take_answer(by_connection[connection], waiting)
        for worker in list(self._workers):
            if worker.is_awaited and worker.deadline <= time.monotonic() and not worker.connection.poll():
                finding = Finding.of("file_timeout", seconds=f"{self._limits.item_seconds:g}")
                yield from self._retire(worker, finding, waiting)

    def _take_answer(self, worker: "_Worker[T]", waiting: "deque[_Task[T]]") -> Iterator[Outcome[T, R]]:
        try:
            answer, payload = worker.connection.recv()
        except (EOFError, OSError, UnpicklingError):
            yield from self._retire(worker, Finding.of("file_reader_died"), waiting)
            return
        if answer is Answer.READY:
            worker.is_ready = True
            worker.deadline = time.monotonic() + self._limits.item_seconds
        elif answer is Answer.MEMORY:
            yield from self._retire(worker, Finding.of("file_memory"), waiting)
        else:
            task = worker.tasks.popleft()
            worker.deadline = time.monotonic() + self._limits.item_seconds
            worker.is_fresh = False
            yield _outcome(task, answer, payload)

    def _retire(self, worker: "_Worker[T]", finding: Finding, waiting: "deque[_Task[T]]") -> Iterator[Outcome[T, R]]:
        """End a worker: the first of its tasks is to blame, the others go to other workers."""
        if not worker.is_ready:
            message = "读取文件的后台进程无法启动，请关闭一些程序、腾出内存后重试，仍不行请重新安装 planbook。"
            raise PlanbookError(message)
        self._workers.remove(worker)
        worker.kill()
        # Where other files went through the worker before, what they left behind may have been too much for this one,
        # or the system ended the worker for want of memory: it gets a second chance in a fresh one.
        is_to_blame = worker.is_fresh or finding.code == "file_timeout"
        if worker.tasks and is_to_blame:
            blamed = worker.tasks.popleft()
            yield Outcome(blamed.index, blamed.item, None, finding)
        waiting.extendleft(reversed(worker.tasks))


@contextmanager
def _sigint_ignored() -> Iterator[None]:
    """Let a process that is started meanwhile not hear of Ctrl-C: its traceback is nothing for a clerk's screen."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def _outcome(task: "_Task[T]", answer: Answer, payload: Any) -> Outcome[T, R]:
    if answer is Answer.RESULT:
        return Outcome(task.index, task.item, payload)
    if answer is Answer.FINDING:
        return Outcome(task.index, task.item, None, payload)
    name, trace = payload
    return Outcome(task.index, task.item, None, Finding.of("file_reader_failed", detail=name), trace)


@dataclass(slots=True)
class _Task(Generic[T]):
    index: int
    item: T
    size: int = field(init=False)
    pickled: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.pickled = bytes(ForkingPickler.dumps(self.item))
        self.size = len(self.pickled)


@dataclass(slots=True)
class _Worker(Generic[T]):
    """A worker process; `tasks` are those that it was sent, the first of them in work until `deadline`."""

    process: BaseProcess
    connection: "Connection[Any, Any]"
    deadline: float
    is_ready: bool = False
    is_fresh: bool = True
    tasks: deque[_Task[T]] = field(default_factory=deque)

    @property
    def is_awaited(self) -> bool:
        """Whether it owes an answer, the one that it has started included."""
        return bool(self.tasks) or not self.is_ready

    def can_take(self, task: _Task[T]) -> bool:
        """Whether sending `task` cannot block: the worker waits for one, or its pipe has room."""
        if self.is_ready and not self.tasks:
            return True
        return len(self.tasks) < _QUEUED and sum(sent.size for sent in self.tasks) + task.size <= _QUEUED_BYTES

    def send(self, task: _Task[T], seconds: float) -> None:
        """Send a task; that the worker has died shows when its answer is waited for."""
        if self.is_ready and not self.tasks:
            self.deadline = time.monotonic() + seconds
        self.tasks.append(task)
        with suppress(OSError):
            self.connection.send_bytes(task.pickled)

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()
