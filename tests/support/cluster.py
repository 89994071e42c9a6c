"""A cluster of two workers on this machine, started as a person would."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running_cluster() -> Iterator[str]:
    """Run a cluster for as long as the block runs; give its address."""
    command = [sys.executable, "-m", "planbook", "cluster", "local", "2", "--port", "0", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        said = "".join(iter(process.stdout.readline, "}\n")) + "}"
        yield json.loads(said)["address"]
    finally:
        process.terminate()
        process.communicate(timeout=30)
