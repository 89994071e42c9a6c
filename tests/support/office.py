"""LibreOffice as the tests' independent program: opens, edits as a person does, converts to other formats."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias

_HAND: Final = Path(__file__).with_name("office_hand.py")
_SYSTEM_PYTHON: Final = "/usr/bin/python3"  # Debian's, which python3-uno belongs to

Step: TypeAlias = tuple[object, ...]
"""A verb of `office_hand.Hand` and its arguments."""


def edit_workbooks(jobs: Sequence[tuple[Path, Sequence[Step]]]) -> None:
    """Open each workbook in one LibreOffice and do the steps; end with ("save", path) to keep the result."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "jobs.json"
        content = [{"open": str(path), "steps": [list(step) for step in steps]} for path, steps in jobs]
        plan.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        run = subprocess.run(
            [_SYSTEM_PYTHON, str(_HAND), str(plan)], capture_output=True, text=True, timeout=600, check=False
        )
        assert run.returncode == 0, run.stderr[-2000:]


def convert(path: Path, suffix: str, folder: Path) -> Path:
    """Return `path` converted by LibreOffice to the format of `suffix` (without dot) in `folder`."""
    with tempfile.TemporaryDirectory() as profile:
        run = subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                suffix,
                "--outdir",
                str(folder),
                str(path),
            ],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    target = folder / f"{path.stem}.{suffix.split(':', maxsplit=1)[0]}"
    assert target.exists(), run.stderr[-2000:]
    return target
