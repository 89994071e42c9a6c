"""The add-in's VBA run in LibreOffice, by a process of the system's Python."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias, cast

_HAND: Final = Path(__file__).with_name("office_macro.py")
_SYSTEM_PYTHON: Final = "/usr/bin/python3"  # Debian's, which python3-uno belongs to

Call: TypeAlias = tuple[str, *tuple[str | int, ...]]
"""`Module.Procedure` and its arguments."""


def run_macros(
    addin: Path, calls: Sequence[Call], *, workbook: Path | None = None, user_folder: Path | None = None
) -> list[object]:
    """Open the add-in (and a workbook in front of it) in LibreOffice, call procedures, return what they returned."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / addin.name  # a lock file beside the original would make loading fail
        shutil.copy(addin, copy)
        job = Path(folder) / "job.json"
        content = {"addin": str(copy), "workbook": str(workbook) if workbook else None, "calls": calls}
        job.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        environment = {**os.environ, "PLANBOOK_USER_FOLDER": str(user_folder or folder)}
        run = subprocess.run(
            [_SYSTEM_PYTHON, str(_HAND), str(job)],
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            env=environment,
        )
        assert run.returncode == 0, run.stderr[-2000:]
        return cast("list[object]", json.loads(run.stdout))
