"""The bar of long work on a terminal: how far, how fast, how long still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

_SPEED_OVER_SECONDS: Final = 30


@contextmanager
def progress_bar(title: str, console: Console) -> Iterator[Callable[[int, int, str], None]]:
    """Draw a bar on `console` and give what moves it: done, total (0 while nobody knows), what is being done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), _TimeLeft())
    with Progress(*columns, console=console, transient=True, speed_estimate_period=_SPEED_OVER_SECONDS) as bar:
        job = bar.add_task(title, total=None)

        def advance(done: int, total: int, what: str) -> None:
            if bar.tasks[0].completed > done:  # another step of the work begins, with a speed of its own
                bar.reset(job)
            bar.update(job, completed=done, total=total or None, description=what or title)

        yield advance


class _Rate(ProgressColumn):
    """每秒 12.5 个; empty as long as it says nothing."""

    def render(self, task: Task) -> Text:
        """Return the speed of `task`."""
        speed = task.finished_speed or task.speed
        return Text(f"每秒 {speed:.3g} 个" if speed else "", style="progress.data.speed")


class _TimeLeft(ProgressColumn):
    """还需 3 分 20 秒."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        """Return how long `task` still takes at the speed it has."""
        left = task.time_remaining
        return Text("" if left is None or task.finished else time_left(left), style="progress.remaining")


def time_left(seconds: float) -> str:
    """Return a time to come as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"还需 {hours} 小时 {minutes} 分"
    return f"还需 {minutes} 分 {rest} 秒" if minutes else f"还需 {rest} 秒"
