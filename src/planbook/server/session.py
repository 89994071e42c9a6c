"""The running service's session file: where the add-ins find its port and token, and see that it is alive."""

import json
import secrets
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from planbook import __version__
from planbook.workspace.replacing import replace_file
from planbook.workspace.user_folder import STALE_S

BEAT_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Session:
    """What the session file says.

    Attributes:
        version: Of planbook.
        port: On 127.0.0.1.
        token: What every request must carry; new at each start.
        pid: Process of the service.
        heartbeat: When the file was last written, seconds since 1970.
        url: The page, its token behind `#`, where no server and no log ever sees it.
    """

    version: str
    port: int
    token: str
    pid: int
    heartbeat: int
    url: str

    def is_alive(self, now_s: float) -> bool:
        """Whether the service wrote the file a moment ago."""
        return abs(now_s - self.heartbeat) <= STALE_S


def new_session(port: int, pid: int, *, now_s: float) -> Session:
    """Return the session of a service that starts at `port`, with a fresh token."""
    token = secrets.token_urlsafe(32)
    return Session(__version__, port, token, pid, int(now_s), f"http://127.0.0.1:{port}/#token={token}")


def write_session(path: Path, session: Session) -> None:
    """Write the session file, readable by its owner alone.

    Raises:
        PlanbookError: It cannot be written.
    """
    content = json.dumps(asdict(session), ensure_ascii=True).encode()  # VBA reads it byte by byte
    replace_file(path, content, mode=0o600)


def read_session(path: Path) -> Session | None:
    """Return what the session file says, None where there is none or it is no session file."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Session(
            version=str(values["version"]),
            port=int(values["port"]),
            token=str(values["token"]),
            pid=int(values["pid"]),
            heartbeat=int(values["heartbeat"]),
            url=str(values["url"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Heartbeat:
    """Keeps the session file fresh while the service runs and removes it at the end."""

    def __init__(self, path: Path, session: Session) -> None:
        self._path = path
        self._session = session
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Session:
        write_session(self._path, self._session)
        self._thread.start()
        return self._session

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()
        with suppress(OSError):
            self._path.unlink()

    def _beat(self) -> None:
        while not self._stop.wait(BEAT_S):
            # A full disk or a scanner that holds the file must not end the service: the next beat tries again.
            with suppress(Exception):
                write_session(self._path, replace(self._session, heartbeat=int(time.time())))
