"""A stand-in for the loopback service that only writes down what it is sent."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from planbook import __version__


class _Recorder(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        taken: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        taken.requests.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(taken.status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def recording_service() -> Iterator[Any]:
    """Run one; `requests` holds paths, headers and JSON bodies, `status` is what it answers."""
    server: Any = HTTPServer(("127.0.0.1", 0), _Recorder)
    server.requests, server.status = [], 202
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def write_session(home: Path, port: int, **other: object) -> None:
    """Write the session file of a service that runs at `port`."""
    values = {"version": __version__, "port": port, "token": "t0ken", "pid": 1, "heartbeat": int(time.time())}
    home.mkdir(parents=True, exist_ok=True)
    (home / "service.json").write_text(json.dumps(values | other), encoding="ascii")
