"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, started once, each caller a new database."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_VERSIONS = Path("/usr/lib/postgresql")
_PORT = 54329  # only the name of the socket: the server listens on no network


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; its socket lies in `folder`."""

    folder: Path
    account: str

    def new_database(self) -> str:
        """Create an empty database and return its URL."""
        name = f"ledger_{next(_names)}_{os.getpid()}"
        _run(self.account, "createdb", "-h", str(self.folder), "-p", str(_PORT), "-U", "planbook", name)
        return f"postgresql://planbook@/{name}?host={self.folder}&port={_PORT}"


_names = count(1)


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Run a server for as long as the block runs. It refuses to run as root, so root lends it another account."""
    account = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="planbook-pg-"))  # short: a socket's path has at most 107 characters
    try:
        if os.getuid() == 0:
            shutil.chown(folder, account)
        cluster = folder / "cluster"
        _run(account, "initdb", "-D", str(cluster), "-U", "planbook", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -p {_PORT} -c fsync=off"
        start = ("start", "-D", str(cluster), "-w", "-l", str(folder / "log"), "-o", settings)
        _run(account, "pg_ctl", *start)
        try:
            yield PostgresServer(folder, account)
        finally:
            _run(account, "pg_ctl", "stop", "-D", str(cluster), "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(account: str, program: str, *arguments: str) -> None:
    command = [_program(program), *arguments]
    if os.getuid() == 0:
        command = ["runuser", "-u", account, "--", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", timeout=120)
    assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


def _program(name: str) -> str:
    installed = sorted(_VERSIONS.glob(f"*/bin/{name}"))
    found = str(installed[-1]) if installed else shutil.which(name)
    assert found, f"{name} is missing: scripts/setup_tests.sh installs it"
    return found
