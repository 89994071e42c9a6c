"""Keeping the service running where the system does not: starts it anew after a crash, ever more slowly."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final

_LONGEST_PAUSE_S: Final = 60.0
_HEALTHY_S: Final = 60.0  # who ran that long has not failed at starting


def keep_running(
    options: Sequence[str],
    *,
    first: Sequence[str] = (),
    run: Callable[[Sequence[str]], int] | None = None,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Run the service until it ends in order, and return its exit code then.

    It ends in order when it is told to, and when another one runs already.

    Args:
        options: For every start.
        first: For the first start alone.
        run: Runs the service with options and returns its exit code.
        pause: Waits for some seconds.
        clock: Tells how long it ran.
    """
    start = run or _run
    delay_s = 1.0
    more = list(first)
    while True:
        began = clock()
        code = start([*options, *more])
        more = []
        if code in (0, 2, 130):  # told to end, cannot be done at all, Ctrl-C
            return code
        if clock() - began >= _HEALTHY_S:
            delay_s = 1.0
        pause(delay_s)
        delay_s = min(_LONGEST_PAUSE_S, delay_s * 2)


def _run(options: Sequence[str]) -> int:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    command = [sys.executable, "-P", "-m", "planbook", "serve", *options]
    return subprocess.run(command, check=False, creationflags=flags).returncode  # noqa: S603 (planbook itself)
