"""The whole click on 1,000 returned forms of 30 rows, against a bare read of the same files and against its peers.

    python -m benchmarks.bench_consolidate [FORMS] [--no-slow]

Measured in one run, each in a process of its own: reading, every check, database and 总台账 for planbook; reading
and one merged sheet for the others. The slow peers read the first 200 files, and their time is scaled.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook

from benchmarks.measuring import Measured, Row, measure, report
from benchmarks.returns import PERIOD, filled_workspace

HERE = Path(__file__).parent
PEERS = HERE / "peers"
CORPUS = HERE / ".corpus"
SLOW_FILES = 200
NEW_FILES = 3


def consolidate(workspace: Path) -> Measured:
    command = [sys.executable, "-m", "planbook", "-w", workspace, "consolidate", "--period", str(PERIOD), "--json"]
    return measure(command, code=None)


def header_row(form: Path) -> int:
    sheet = load_workbook(form, read_only=True)["责任清单"]
    return next(number for number, row in enumerate(sheet.iter_rows(values_only=True), 1) if "任务编号" in row)


def peers(inbox: Path, out: Path, header: int, *, with_slow: bool) -> list[tuple[str, Measured, float]]:
    """Return each peer's name, what it took, and by what its time is to be multiplied."""
    few = out / "few"
    few.mkdir()
    files = sorted(inbox.glob("*.xlsx"))
    for path in files[:SLOW_FILES]:
        shutil.copy(path, few)
    scale = len(files) / min(len(files), SLOW_FILES)
    node = HERE / "node_modules"
    if not node.exists():
        subprocess.run(
            ["npm", "install", "--no-package-lock", "--no-fund", "--no-audit", "--silent"], cwd=HERE, check=True
        )
    quick = (
        ("SheetJS", ["node", PEERS / "sheetjs.js", inbox, out / "sheetjs.xlsx", str(header)]),
        ("ExcelJS", ["node", PEERS / "exceljs.js", inbox, out / "exceljs.xlsx", str(header)]),
        ("polars", [sys.executable, PEERS / "polars_concat.py", inbox, out / "polars.xlsx", str(header)]),
    )
    slow = (
        ("pandas + openpyxl", [sys.executable, PEERS / "pandas_openpyxl.py", few, out / "pandas.xlsx", str(header)]),
        (
            "LibreOffice",
            ["/usr/bin/python3", PEERS / "libreoffice_merge.py", few, out / "lo.xlsx", str(header), out / "profile"],
        ),
    )
    found = [(name, measure(command), 1.0) for name, command in quick]
    return found + [(name, measure(command), scale) for name, command in slow] if with_slow else found


def main() -> None:
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    count = int(numbers[0]) if numbers else 1000
    workspace = filled_workspace(CORPUS, count)
    inbox = workspace.inbox(PERIOD)
    header = header_row(next(inbox.glob("*.xlsx")))
    floor = measure([sys.executable, PEERS / "calamine_read.py", inbox])
    later = [path.rename(CORPUS / path.name) for path in sorted(inbox.glob("*.xlsx"))[:NEW_FILES]]
    few_less = consolidate(workspace.root)
    for path in later:
        path.rename(inbox / path.name)
    incremental = consolidate(workspace.root)
    unchanged = consolidate(workspace.root)
    bare = "bare read"
    rows = [
        Row("python-calamine, bare read", floor.seconds, floor.cpu_seconds, floor.peak_mb, 1.0, bare),
        *(
            Row(f"planbook, {what}", took.seconds, took.cpu_seconds, took.peak_mb, took.seconds / floor.seconds, bare)
            for what, took in (
                (f"{count - NEW_FILES} new", few_less),
                (f"{NEW_FILES} new among {count}", incremental),
                ("nothing new", unchanged),
            )
        ),
    ]
    with tempfile.TemporaryDirectory() as out:
        for name, took, scale in peers(inbox, Path(out), header, with_slow="--no-slow" not in sys.argv):
            scaled = took.seconds * scale
            ratio = scaled / few_less.seconds
            rows.append(Row(name, scaled, took.cpu_seconds * scale, took.peak_mb, ratio, "planbook's click"))
    report(f"{count} returned forms of 30 rows", rows)
    if few_less.output.count('"accepted"') < count - NEW_FILES:
        raise SystemExit("not every form was accepted")


if __name__ == "__main__":
    main()
