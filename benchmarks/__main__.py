"""Runs every benchmark, one after the other, and prints what all of them measured in one table: `make bench`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import HEAD, ROWS_FILE, show


def main() -> None:
    """Run each script beside this one in a process of its own, so that none inherits another's memory."""
    scripts = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = [name for name in scripts if not sys.argv[1:] or name.removeprefix("bench_") in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "rows.jsonl"
        kept.touch()
        failed = [name for name in chosen if not _has_run(name, kept)]
        rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    show("All benchmarks", rows, ("benchmark", *HEAD))
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


def _has_run(name: str, kept: Path) -> bool:
    print(f"\n== {name.removeprefix('bench_')}", flush=True)
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    root = Path(__file__).parents[1]
    return subprocess.run(command, check=False, cwd=root, env={**os.environ, ROWS_FILE: str(kept)}).returncode == 0


if __name__ == "__main__":
    main()
