"""How long the command line takes to start: `planbook --version`, its modules compiled, and none of its own compiled.

    python -m benchmarks.bench_start [TIMES]

The bound of 0.15 s is for a machine with nothing else to do; on a busy one the processor's time tells more.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import planbook
from benchmarks.measuring import Row, report

LIMIT_S = 0.15


def started(environment: dict[str, str]) -> tuple[float, float]:
    """Return seconds by the clock and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = time.perf_counter()
    command = [sys.executable, "-c", "from planbook.cli.entry import main; main()", "--version"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    took = time.perf_counter() - clock
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


_without_compiled = shutil.ignore_patterns("__pycache__")


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(Path(planbook.__file__).parent, Path(folder) / "planbook", ignore=_without_compiled)
        bare = {**usual, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": folder}
        for how, environment in (("compiled", usual), ("nothing of planbook compiled", bare)):
            started(environment)  # compiles what has to be compiled, and brings the files into memory
            runs = [started(environment) for _ in range(times)]
            clock, used = (statistics.median(one) for one in zip(*runs, strict=True))
            verdict = "" if clock <= LIMIT_S else ", TOO SLOW"
            name = f"planbook --version, {how}, best {min(one for one, _ in runs):.3f} s"
            rows.append(Row(name, clock, used, None, clock / LIMIT_S, f"limit {LIMIT_S} s{verdict}"))
    report("start", rows)


if __name__ == "__main__":
    main()
