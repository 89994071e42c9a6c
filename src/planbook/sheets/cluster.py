"""Runs a function over hostile items on a dask.distributed cluster: many machines, each isolating what it reads."""

import asyncio
import re
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import uuid4

from planbook.model.errors import PlanbookError
from planbook.sheets.isolation import IsolatedFunction, Outcome
from planbook.sheets.limits import DEFAULT_LIMITS, Limits

T = TypeVar("T")
C = TypeVar("C")
R = TypeVar("R")

_BATCH: Final = 25  # items sent together: a form is read faster than a message goes to and fro
_AHEAD: Final = 3  # batches under way for each thread of the cluster: bounds what stands in memory
_CONNECT_SECONDS: Final = 5
_ADDRESS: Final = re.compile(r"(?:tcp|tls)://(?:[^\s/:\[\]]+|\[[0-9a-fA-F:]+\]):\d{1,5}")
_MISSING: Final = "没有安装集群组件，请运行 pip install planbook[cluster] 后再用 --cluster。"


def run_on_cluster(
    address: str,
    function: Callable[[T, C], R],
    items: Iterable[T],
    *,
    context: C,
    limits: Limits = DEFAULT_LIMITS,
) -> Generator[Outcome[T, R], None, None]:
    """Yield what `function(item, context)` gives for each item, in the order of the items: as `run_isolated` does.

    Each worker of the cluster reads in a process of its own under `limits`, so that what a file costs it costs there,
    too. Items travel to the workers; nothing but planbook itself has to be on the other machines.

    Args:
        address: Of the scheduler, `tcp://host:8786`.
        function: A pure function at the top level of a module.
        items: What it is applied to, with all that it needs (bytes, not paths); each must be picklable.
        context: Its second argument, sent once to the cluster.
        limits: Bounds of each call.

    Raises:
        PlanbookError: The cluster cannot be reached, is of another version, or loses its workers.
    """
    client = _connect(address)
    try:
        yield from _spread(client, function, items, context, limits)
    except PlanbookError:
        raise
    except Exception as error:
        raise PlanbookError(f"集群 {address} 没有完成读取（{type(error).__name__}），请检查集群后重新汇总。") from error
    finally:
        client.close()


def run_local_cluster(workers: int, port: int, say: Callable[[str], None]) -> None:
    """Run a scheduler and that many workers on this machine until interrupted; `say` gets the address once it is up.

    Raises:
        PlanbookError: The extra is not installed, or the port is taken.
    """
    dask, distributed = _modules()
    # A worker starts a process of its own for the files, which dask's usual, daemonic workers may not.
    with dask.config.set({"distributed.worker.daemon": False}):
        try:
            cluster = distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, scheduler_port=port, dashboard_address=None, silence_logs=40
            )
        except (OSError, RuntimeError) as error:
            raise PlanbookError(f"集群启动不了：端口 {port} 可能已被占用，请换一个端口。") from error
        with cluster:
            say(str(cluster.scheduler_address))
            asyncio.run(_forever())


async def _forever() -> None:
    await asyncio.Event().wait()


def _modules() -> tuple[Any, Any]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise PlanbookError(_MISSING) from error
    return dask, distributed


def _connect(address: str) -> Any:
    _, distributed = _modules()
    if not _ADDRESS.fullmatch(address):  # the library tries any other for half a minute, and complains as it goes
        raise PlanbookError(f"集群地址“{address}”应写成 tcp://机器:端口。")
    try:
        return distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise PlanbookError(
            f"连不上集群 {address}，请检查地址，并确认集群已启动（planbook cluster local）。"
        ) from error


def _spread(
    client: Any, function: Callable[[T, C], R], items: Iterable[T], context: C, limits: Limits
) -> Iterator[Outcome[T, R]]:
    threads = sum(client.nthreads().values())
    if not threads:
        raise PlanbookError("集群里没有可用的读取进程，请先启动 worker 后再汇总。")
    shared = client.scatter(_Job(uuid4().hex, function, context, limits), broadcast=True, hash=False)
    source = iter(items)
    under_way: deque[tuple[list[T], Any]] = deque()
    given = 0
    while True:
        while len(under_way) < threads * _AHEAD and (batch := list(islice(source, _BATCH))):
            under_way.append((batch, client.submit(read_batch, batch, shared, pure=False)))
        if not under_way:
            return
        batch, future = under_way.popleft()
        for item, outcome in zip(batch, future.result(), strict=True):
            yield replace(outcome, index=given, item=item)
            given += 1


@dataclass(frozen=True)
class _Job:
    """What all batches of one run share; `key` tells the run from any other."""

    key: str
    function: Callable[[Any, Any], Any]
    context: Any
    limits: Limits


def read_batch(batch: Sequence[T], job: _Job) -> Sequence[Outcome[None, Any]]:
    """Apply a job's function to a batch, on a worker of the cluster; the items themselves are not sent back."""
    with _READING:
        isolated = _PROCESSES.get(job.key)
        if isolated is None:
            for old in _PROCESSES.values():
                old.close()
            _PROCESSES.clear()
            isolated = IsolatedFunction(job.function, context=job.context, limits=job.limits, workers=1)
            _PROCESSES[job.key] = isolated
        return [Outcome(one.index, None, one.result, one.finding, one.trace) for one in isolated.run(batch)]


_READING: Final = threading.Lock()
_PROCESSES: Final[dict[str, IsolatedFunction[Any, Any, Any]]] = {}
"""A worker's reading process, by its job; the newest only."""
