"""The service as its users meet it: `planbook serve` in a process of its own, and requests to it."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planbook.server.session import Session, read_session


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of one answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class RunningService:
    """A service that runs for a test; `home` is its user's folder."""

    home: Path
    process: subprocess.Popen[bytes]
    session: Session

    def ask(
        self, method: str, path: str, body: object = None, *, headers: Mapping[str, str] | None = None, raw: bytes = b""
    ) -> Answer:
        """Send one request as a page of the service does; `headers` overrides, an empty value leaves one out."""
        content = raw or (json.dumps(body).encode() if body is not None else b"")
        sent = {"Host": f"127.0.0.1:{self.session.port}", "X-Planbook-Token": self.session.token}
        sent |= {"Content-Type": "application/json"} if body is not None else {}
        sent |= dict(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.session.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value:
                    connection.putheader(name, value)
            if method == "POST":
                connection.putheader("Content-Length", str(len(content)))
            connection.endheaders(content or None)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def act(self, action: str, body: Mapping[str, object], *, timeout_s: float = 120) -> Any:
        """Carry an action out and return its job once it has ended."""
        end = time.monotonic() + timeout_s
        job = self.ask("POST", f"/api/actions/{action}?wait=30", dict(body)).json
        while job.get("state") in ("queued", "running") and time.monotonic() < end:
            job = self.ask("GET", f"/api/jobs/{job['job']}?wait=30").json
        return job


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a service whose user's folder is `home`."""
    return {**os.environ, "PLANBOOK_USER_FOLDER": str(home)}


@contextmanager
def running_service(home: Path, workspace: Path | None = None) -> Iterator[RunningService]:
    """Run `planbook serve` for as long as the block runs."""
    at = ["-w", str(workspace)] if workspace else []
    command = [sys.executable, "-m", "planbook", *at, "serve"]
    process = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        yield RunningService(home, process, _session(home, process))
    finally:
        process.terminate()
        _, error = process.communicate(timeout=30)
        # A test that killed it outright also cut off whatever processes it was just starting: theirs is the last word.
        was_killed = process.returncode == -signal.SIGKILL
        assert was_killed or b"Traceback" not in error, error.decode()


def _session(home: Path, process: subprocess.Popen[bytes], timeout_s: float = 30) -> Session:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        session = read_session(home / "service.json")
        if session and session.pid == process.pid:
            return session
        assert process.poll() is None, "the service ended at once"
        time.sleep(0.05)
    message = "the service did not start"
    raise AssertionError(message)
