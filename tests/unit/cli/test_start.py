"""What the command line imports at its start: nothing that only some command needs."""

import json
import subprocess
import sys
from typing import Final

HEAVY: Final = ("openpyxl", "pandas", "pydantic", "rich", "sqlalchemy", "xlsxwriter", "lxml", "jinja2", "fastapi")
SCRIPT: Final = """
import json, sys
from planbook.cli.commands import planbook
print(json.dumps(sorted(sys.modules)))
"""


def test_a_start_imports_no_actions_and_no_heavy_library() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True)
    modules = set(json.loads(done.stdout))
    assert not modules.intersection(HEAVY)
    assert not [name for name in modules if name.startswith("planbook.actions.")]


def test_a_worker_that_reads_returns_imports_no_database() -> None:
    script = "import json, sys, planbook.actions.read_return_file; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert not set(json.loads(done.stdout)).intersection((*HEAVY, "click"))
