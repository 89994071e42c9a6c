"""Runs every benchmark, one after the other: `make bench`."""

import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run each script beside this one in a process of its own, so that none inherits another's memory."""
    for script in sorted(Path(__file__).parent.glob("bench_*.py")):
        print(f"\n== {script.stem.removeprefix('bench_')}", flush=True)
        subprocess.run([sys.executable, str(script)], check=True)


if __name__ == "__main__":
    main()
