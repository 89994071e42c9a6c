"""Views made in processes of their own, so that a large ledger that is drawn for one keeps nobody else waiting."""

import asyncio
import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Final, TypeAlias

from planbook.workspace.folder import Workspace, open_workspace

_PROCESSES: Final = 2  # a file read from the archive for one, a board drawn for another
_KEPT_VIEWS: Final = 64
_GOOD_WHILE_BUSY_S: Final = 10.0

_Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """A view, the state of the workspace that it shows, and when it was made."""

    state: object
    content: bytes
    at: float


class ViewMaker:
    """Makes views, each once for each state of its workspace, however many ask for it at the same time."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._made: dict[_Key, _Made] = {}
        self._making: dict[tuple[_Key, object], asyncio.Future[bytes]] = {}

    async def make(self, view: str, workspace: Workspace, arguments: Mapping[str, str], *, is_busy: bool) -> bytes:
        """Return a view as JSON, of the workspace as it is now.

        While a job writes to the workspace (`is_busy`), what was made a moment before it is good enough: nobody waits
        for a view that the next moment makes old. Once the job has ended it is made anew.

        Raises:
            PlanbookError: It cannot be made.
        """
        key = (view, str(workspace.root), *(f"{name}={value}" for name, value in sorted(arguments.items())))
        state = _state_of(workspace, arguments.get("period", ""))
        known = self._made.get(key)
        if known and state and known.state == state:
            return known.content
        if known and is_busy and time.monotonic() - known.at < _GOOD_WHILE_BUSY_S:
            return known.content
        under_way = self._making.get((key, state)) if state else None
        if under_way is None:
            under_way = asyncio.ensure_future(self._remember(key, state, view, workspace.root, dict(arguments)))
            if state:
                self._making[key, state] = under_way
        if known and is_busy:
            return known.content
        return await asyncio.shield(under_way)

    async def _remember(self, key: "_Key", state: object, view: str, root: Path, arguments: dict[str, str]) -> bytes:
        try:
            content = await self._run(view, root, arguments)
        finally:
            self._making.pop((key, state), None)
        self._made.pop(key, None)
        self._made[key] = _Made(state, content, time.monotonic())
        while len(self._made) > _KEPT_VIEWS:
            self._made.pop(next(iter(self._made)))
        return content

    async def _run(self, view: str, root: Path, arguments: dict[str, str]) -> bytes:
        for is_last in (False, True):
            if self._pool is None:
                spawn = get_context("spawn")
                self._pool = ProcessPoolExecutor(_PROCESSES, mp_context=spawn, initializer=_begin)
            try:
                return await asyncio.get_running_loop().run_in_executor(self._pool, render, view, root, arguments)
            except BrokenProcessPool:
                self._pool = None
                if is_last:
                    raise
        message = "unreachable"
        raise AssertionError(message)

    def warm_up(self) -> None:
        """Start the process before anyone waits for it."""
        self._pool = ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), initializer=_begin)
        self._pool.submit(time.time)

    def close(self) -> None:
        """End the processes."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)


def render(view: str, root: Path, arguments: dict[str, str]) -> bytes:
    """Return a view of the workspace at `root` as JSON; runs in the process."""
    made = VIEWS[view](open_workspace(root), arguments)
    if isinstance(made, str):
        return made.encode()
    value = [asdict(one) for one in made] if isinstance(made, tuple) else asdict(made)
    return json.dumps(value, ensure_ascii=False).encode()


def _overview(workspace: Workspace, _arguments: Mapping[str, str]) -> Any:
    from planbook.actions.views.overview import see_overview

    return see_overview(workspace)


def _period(workspace: Workspace, arguments: Mapping[str, str]) -> Any:
    from planbook.actions.views.overview import asked_period
    from planbook.actions.views.period_state import see_period

    return see_period(workspace, asked_period(arguments["period"]), today=_now().astimezone().date())


def _inbox(workspace: Workspace, arguments: Mapping[str, str]) -> Any:
    from planbook.actions.views.inbox import see_inbox
    from planbook.actions.views.overview import asked_period

    return see_inbox(workspace, asked_period(arguments["period"]))


def _file(workspace: Workspace, arguments: Mapping[str, str]) -> Any:
    from planbook.actions.views.inbox import see_file
    from planbook.actions.views.overview import asked_period

    return see_file(workspace, asked_period(arguments["period"]), arguments["sha256"])


def _board(workspace: Workspace, arguments: Mapping[str, str]) -> Any:
    from planbook.actions.views.board import see_board
    from planbook.actions.views.overview import asked_period

    period = asked_period(arguments["period"]) if arguments.get("period") else None
    moment = _now()
    return see_board(workspace, period, now=moment, today=moment.astimezone().date())


def _task(workspace: Workspace, arguments: Mapping[str, str]) -> Any:
    from planbook.actions.views.task_history import see_task

    return see_task(workspace, arguments["code"])


def _cells(workspace: Workspace, arguments: Mapping[str, str]) -> Any:
    from planbook.actions.views.archived_cells import see_archived_cells

    return see_archived_cells(workspace, arguments["sha256"], arguments["sheet"], int(arguments["row"]))


VIEWS: Final[Mapping[str, Callable[[Workspace, Mapping[str, str]], Any]]] = {
    "overview": _overview,
    "period": _period,
    "inbox": _inbox,
    "file": _file,
    "board": _board,
    "task": _task,
    "cells": _cells,
}


def _now() -> datetime:
    return datetime.now(UTC)


def _state_of(workspace: Workspace, period: str) -> tuple[object, ...] | None:
    """Return what changes whenever a view of the workspace may; None where that cannot be told from outside."""
    if workspace.settings.database:
        return None  # a ledger on a server changes unseen
    root = workspace.root
    watched = [root / "planbook.db", root / "planbook.db-wal", root / "planbook.toml", root / "outputs"]
    watched += [root / "inbox" / period] if period.replace("-", "").isalnum() else []
    return (datetime.now().astimezone().date(), *(_stamp(path) for path in watched))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    # An empty write-ahead log comes and goes with every reader: it says nothing.
    return (found.st_mtime_ns, found.st_size) if found.st_size else (0, 0)


def _begin() -> None:
    """Prepare a process: it ends with its parent, and what every view needs is imported while nobody waits."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import planbook.actions.views.board
    import planbook.ledger.store  # noqa: F401 (the imports are the work)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
