"""An inbox of 500 hostile files with good forms between them: time, and memory of all processes together.

    python -m benchmarks.bench_hostile [FILES]

The bounds: 60 s on two cores, 600 MB in all; every good form is taken in, and nothing else.
"""

import json
import shutil
import sys
import tempfile
from itertools import count, islice
from pathlib import Path

from tests.support.hostile import hostile_files

from benchmarks.measuring import Row, measure, report
from benchmarks.returns import PERIOD, filled_workspace

LIMIT_S, LIMIT_MB = 60, 600
GOOD = 20


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    workspace = filled_workspace(Path(__file__).with_name(".corpus"), GOOD)
    inbox = workspace.inbox(PERIOD)
    with tempfile.TemporaryDirectory() as folder:
        good = [path.rename(Path(folder) / path.name) for path in sorted(inbox.glob("*.xlsx"))]
        endless = (one for number in count() for one in hostile_files(number))
        for number, (name, content) in enumerate(islice(endless, files)):
            (inbox / f"{number:05}_{name}").write_bytes(content)
        for number, path in enumerate(good):
            shutil.move(path, inbox / f"{number * files // GOOD:05}_好.xlsx")
    command = [sys.executable, "-m", "planbook", "-w", str(workspace.root), "consolidate"]
    took = measure([*command, "--period", str(PERIOD), "--json"], code=1)
    verdicts = json.loads(took.output)["summary"]
    within = took.peak_mb <= LIMIT_MB and took.cpu_seconds <= 2 * LIMIT_S
    limit = f"limit {LIMIT_S} s on two cores, {LIMIT_MB} MB{'' if within else ', EXCEEDED'}"
    name = f"{files} hostile files, {GOOD} good forms: {verdicts['accepted']} accepted, {verdicts['rejected']} rejected"
    report("hostile", [Row(name, took.seconds, took.cpu_seconds, took.peak_mb, took.seconds / LIMIT_S, limit)])
    if verdicts["accepted"] != GOOD:
        raise SystemExit("not every good form was accepted")


if __name__ == "__main__":
    main()
