"""What the command line shows: one JSON object, or Chinese sentences with a progress bar on a terminal."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from planbook.model.findings import Finding, Severity

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with (done, total, what is being done)."""

_MARKS = {Severity.ERROR: "✗", Severity.WARNING: "！", Severity.NOTE: "·"}
_SHOWN_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Console:
    """How results are shown: `as_json` prints one JSON object on stdout and nothing else."""

    as_json: bool = False
    is_verbose: bool = False

    def say(self, text: str = "") -> None:
        """Print a line for the clerk."""
        if not self.as_json:
            sys.stdout.write(text + "\n")

    def show_json(self, result: Mapping[str, object]) -> None:
        """Print `result` where JSON was asked for."""
        if self.as_json:
            json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
            sys.stdout.write("\n")

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Print findings, the heaviest first; very many are cut off with a count unless verbose."""
        if self.as_json:
            return
        weight = list(Severity)
        ordered = sorted(findings, key=lambda finding: weight.index(finding.severity))
        shown = ordered if self.is_verbose else ordered[:_SHOWN_AT_MOST]
        for finding in shown:
            self.say(f"  {_MARKS[finding.severity]} {finding.message}")
        if len(ordered) > len(shown):
            self.say(f"  ……另有 {len(ordered) - len(shown)} 条，加 -v 全部显示。")

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress | None]:
        """Give a progress callback that draws a bar, None where nobody watches (no terminal, or JSON)."""
        if self.as_json or not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console as RichConsole

        from planbook.cli.progress_bar import progress_bar

        with progress_bar(title, RichConsole(stderr=True)) as advance:
            yield advance
