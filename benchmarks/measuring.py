"""Runs a command and tells what it took: wall time, processor time, and the peak memory of it and its children."""

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

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


def show(title: str, rows: Sequence[Sequence[object]], head: Sequence[str]) -> None:
    """Print a table in Markdown, numbers as they are given."""
    print(f"\n{title}\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row) + " |")
    print(flush=True)
