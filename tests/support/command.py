"""Runs the `planbook` command as a user does: a process of its own, JSON out, never a traceback."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class CommandResult:
    """Exit code, stdout as JSON (None where there is none) and stderr of one run."""

    code: int
    result: Any
    error: str


def planbook(*arguments: str | Path, workspace: Path | None = None, timeout_s: float = 240) -> CommandResult:
    """Run `planbook ARGUMENTS --json`; a traceback on stderr fails the test at once."""
    at = ["-w", str(workspace)] if workspace else []
    command = [sys.executable, "-m", "planbook", *at, *map(str, arguments), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)
    assert "Traceback" not in run.stderr, run.stderr
    return CommandResult(run.returncode, json.loads(run.stdout) if run.stdout.strip() else None, run.stderr.strip())
