"""Runs a command and tells what it took: wall time, processor time, and the peak memory of it and its children."""

import json
import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import psutil

ROWS_FILE = "PLANBOOK_BENCH_ROWS"
_PAUSE_S = 0.05


@dataclass(frozen=True)
class Measured:
    """What a command took; `peak_mb` counts memory that its processes share once."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str


def measure(command: Sequence[str | Path], *, code: int | None = 0, cwd: Path | None = None) -> Measured:
    """Run `command` and return what it took; anything but the exit code `code` is an error (None: any will do)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=cwd,
        env=dict(os.environ),
    )
    peak = 0
    out = b""
    while True:
        try:
            out = process.communicate(timeout=_PAUSE_S)[0]
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, _proportional_bytes(process.pid))
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code is not None and process.returncode != code:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, cpu, peak / 1024 / 1024, out.decode(errors="replace"))


def _proportional_bytes(pid: int) -> int:
    try:
        parent = psutil.Process(pid)
        return sum(_own_bytes(one) for one in [parent, *parent.children(recursive=True)])
    except psutil.Error:
        return 0


def _own_bytes(process: psutil.Process) -> int:
    try:
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", memory.uss))
    except psutil.Error:
        return 0


@dataclass(frozen=True)
class Row:
    """One line of the table of benchmarks; what was not measured is None.

    Attributes:
        who: What was measured, with its size.
        seconds: By the clock.
        cpu_seconds: Of the processor, all processes together.
        peak_mb: Memory at its highest, all processes together.
        ratio: How many times what is named in `against`.
        against: What the ratio is to, or the bound that holds.
    """

    who: str
    seconds: float | None = None
    cpu_seconds: float | None = None
    peak_mb: float | None = None
    ratio: float | None = None
    against: str = ""


HEAD = ("who", "seconds", "CPU s", "peak MB", "ratio", "to")


def own_peak_mb() -> float:
    """Return the highest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(title: str, rows: Sequence[Row]) -> None:
    """Print a benchmark's rows, and hand them to `make bench`, which prints those of all in one table."""
    show(title, [astuple(row) for row in rows])
    kept = os.environ.get(ROWS_FILE)
    if kept:
        with Path(kept).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps([title, *astuple(row)], ensure_ascii=False) + "\n" for row in rows)


def show(title: str, rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD) -> None:
    """Print a table in Markdown; nothing where a number is None."""
    print(f"\n{title}\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(_cell(cell) for cell in row) + " |")
    print(flush=True)


def _cell(content: object) -> str:
    if content is None:
        return ""
    if isinstance(content, float):
        return f"{content:.4f}" if 0 < content < 0.1 else f"{content:.2f}"
    return str(content)
