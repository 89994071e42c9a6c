"""Running the service: one for each user, on a port of 127.0.0.1 that the session file tells."""

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from planbook.model.errors import PlanbookError
from planbook.server.session import Heartbeat, Session, new_session, read_session
from planbook.workspace.replacing import unwritable

USUAL_PORT: Final = 18765
LOG_NAME: Final = "service.log"
_LOG_BYTES: Final = 1024 * 1024
_LOG_FILES: Final = 3


class AlreadyRunningError(PlanbookError):
    """This user's service runs already; `session` says where."""

    def __init__(self, session: Session | None) -> None:
        super().__init__("服务已经在运行，不必再开一个。")
        self.session = session


def run_service(
    state: Path,
    session_file: Path,
    *,
    port: int | None = None,
    excel_click: Callable[[Mapping[str, object]], None] | None = None,
    on_ready: Callable[[Session], None] | None = None,
) -> None:
    """Serve until Ctrl-C or the end of the user's session.

    Args:
        state: The user's folder: log, jobs, known workspaces, and the lock that keeps a second service out.
        session_file: Where the add-ins look for port and token.
        port: Asked for explicitly; else the usual one, or any that is free.
        excel_click: What a click in Excel does.
        on_ready: Called once requests can come.

    Raises:
        AlreadyRunningError: There is one.
        PlanbookError: The port is taken, or the folder cannot be written.
    """
    import uvicorn
    from filelock import FileLock, Timeout

    from planbook.server.app import create_app

    try:
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise unwritable(state, error) from error
    lock = FileLock(state / "service.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise AlreadyRunningError(read_session(session_file)) from error
    except OSError as error:
        raise unwritable(state, error) from error
    with ExitStack() as stack:
        stack.callback(lock.release)
        _log_to(state / LOG_NAME)
        listener = stack.enter_context(_listen(port))
        own_port = int(listener.getsockname()[1])
        session = new_session(own_port, os.getpid(), now_s=time.time())
        app = create_app(port=own_port, token=session.token, state=state, excel_click=excel_click)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # nobody stands in front, so whoever says so is lying
            ws="none",
            timeout_graceful_shutdown=5,
        )
        stack.enter_context(Heartbeat(session_file, session))
        _end_in_order()
        if on_ready:
            on_ready(session)  # the socket listens: who comes now waits a moment
        uvicorn.Server(config).run(sockets=[listener])


def _end_in_order() -> None:
    """Have SIGTERM end the service as Ctrl-C does: with its session file removed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _listen(port: int | None) -> socket.socket:
    """Return a socket that listens on loopback alone; nobody else can bind its port meanwhile."""
    wanted = [port] if port is not None else [USUAL_PORT, 0]
    for each in wanted:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # else a restart waits for a minute
        try:
            listener.bind(("127.0.0.1", each))
        except OSError:
            listener.close()
            continue
        listener.listen(128)
        return listener
    raise PlanbookError(f"端口 {port} 已被别的程序占用，请换一个，或不写 --port 由程序自己选。")


def _log_to(path: Path) -> None:
    handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    path.chmod(0o600)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.handlers = [handler]  # no console: at logon there is none
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
