"""collect --watch: watched folders as soon as something comes to lie there, the mailbox every few minutes."""

from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Event
from typing import Final

from planbook.actions.collect_returns import CollectResult, collect_returns
from planbook.model.period import Period
from planbook.workspace.folder import Workspace

_MAILBOX_EVERY_S: Final = 300


def watch_returns(
    workspace: Workspace, period: Period, *, clock: Callable[[], datetime], stop: Event | None = None
) -> Iterator[CollectResult]:
    """Yield what each look brings, the first at once, until `stop` is set; looks that bring nothing are passed over.

    Raises:
        PlanbookError: As `collect_returns`.
    """
    from watchfiles import watch

    yield collect_returns(workspace, period, now=clock())
    settings = workspace.settings.mail
    folders = [folder for name in settings.watched_folders if (folder := workspace.root / name).is_dir()]
    stop = stop or Event()
    looked_at = clock()
    if not folders:
        while not stop.wait(_MAILBOX_EVERY_S):
            yield from _found(collect_returns(workspace, period, now=clock()))
        return
    # A wait without changes yields an empty set: time to look whether the mailbox's turn has come.
    for changes in watch(*folders, stop_event=stop, rust_timeout=5_000, yield_on_timeout=True, raise_interrupt=True):
        is_due = bool(settings.imap.host) and (clock() - looked_at).total_seconds() >= _MAILBOX_EVERY_S
        if not changes and not is_due:
            continue
        result = collect_returns(workspace, period, now=clock(), folders_only=not is_due)
        looked_at = clock() if is_due else looked_at
        yield from _found(result)


def _found(result: CollectResult) -> Iterator[CollectResult]:
    if result.messages:
        yield result
