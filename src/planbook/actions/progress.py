"""How actions tell whoever waits how far they are."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with (done, total, what is being done, in Chinese)."""


class Stopped(Exception):  # noqa: N818 (a wish, not an error)
    """Raised out of a `Progress` by the person who waits: the work ends here; what was done until then stays done."""


def report(progress: Progress | None, done: int, total: int, what: str) -> None:
    """Call `progress` if there is anyone to tell."""
    if progress:
        progress(done, total, what)
