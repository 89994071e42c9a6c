"""Clicks come in here: one at a time in each Excel, every ending told in Chinese, every fault written to the log."""

import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final, TypeAlias

from planbook.actions.progress import Stopped
from planbook.actions.ribbon import TAB_LABEL
from planbook.excel.arguments import decode_argument
from planbook.excel.click import Click
from planbook.excel.host import Host
from planbook.model.errors import PlanbookError
from planbook.workspace.user_folder import user_folder

Attach: TypeAlias = Callable[[Click], Host]
"""Returns the office program that a click came from; raises `PlanbookError` where it cannot be reached."""

_LOG: Final = logging.getLogger("planbook.excel")
_LOG_BYTES: Final = 1024 * 1024
_LOG_FILES: Final = 3
_BUSY: Final = "上一次点的按钮还没有做完，请稍等。"
_STOPPED: Final = "已停下。到这时为止做完的都保存好了，再点一次会接着做。"


def handle_click(click: Click, attach: Attach, *, now: datetime, today: date) -> bool:
    """Carry out a click and show how it ended; return whether it was done. Nothing is raised."""
    _log_to_file()
    try:
        host = attach(click)
    except PlanbookError as error:
        _LOG.warning("%s: %s", click.button, error.message)
        _tell_without_excel(error.message, click.hwnd)
        return False
    except Exception:  # noqa: BLE001 (a front end: a clerk never reads a traceback)
        _tell_without_excel(_unexpected(click), click.hwnd)
        return False
    message = _carry_out(host, click, now, today)
    if message:
        with suppress(Exception):  # Excel may be gone by now; the log has it all the same
            host.show_status(None)
            host.tell(message, TAB_LABEL, is_error=not message.startswith(_STOPPED))
    return message == ""


def handle_arguments(encoded: Mapping[str, str], attach: Attach, *, now: datetime, today: date) -> bool:
    """Carry out a click that came as arguments, which the macros encoded; see `handle_click`."""
    try:
        values: dict[str, object] = {name: decode_argument(text) for name, text in encoded.items()}
        hwnd = encoded.get("hwnd", "")
        click = Click.from_json(values | {"hwnd": int(hwnd) if hwnd.isdecimal() else 0})
    except PlanbookError as error:  # started without a console: nobody else would say it
        _log_to_file()
        _LOG.warning("%s", error.message)
        _tell_without_excel(error.message, 0)
        return False
    return handle_click(click, attach, now=now, today=today)


def _carry_out(host: Host, click: Click, now: datetime, today: date) -> str:
    """Carry out a click; return what must still be said, "" where it is done or the clerk closed a dialog."""
    from planbook.excel.handling import carry_out
    from planbook.excel.standing import Cancelled

    try:
        with _alone(click):
            _LOG.info("%s", click.button)
            carry_out(host, click, now=now, today=today)
    except Cancelled as cancelled:
        host.show_status(None)
        return "\n".join(_notes(cancelled))
    except (Stopped, KeyboardInterrupt) as stopped:
        return "\n".join((_STOPPED, *_notes(stopped)))
    except PlanbookError as error:
        _LOG.warning("%s: %s", click.button, error.message)
        return "\n".join((error.message, *_notes(error), "", f"记录：{log_file()}"))
    except Exception:  # noqa: BLE001 (a front end: a clerk never reads a traceback)
        return _unexpected(click)
    return ""


def _notes(error: BaseException) -> Sequence[str]:
    """Return what the way back added: workbooks that could not be opened again as they were."""
    return getattr(error, "__notes__", ())


def log_file() -> Path:
    """Return where clicks and faults are written down."""
    return user_folder() / "logs" / "excel.log"


@contextmanager
def _alone(click: Click) -> Iterator[None]:
    """Hold this Excel for one click: a second press while the first still works must not start it twice.

    Raises:
        PlanbookError: The first is not done yet.
    """
    from filelock import FileLock, Timeout

    folder = user_folder() / "clicks"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"excel-{click.hwnd}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise PlanbookError(_BUSY) from error
    try:
        yield
    finally:
        lock.release()


def _unexpected(click: Click) -> str:
    """Write the traceback into the log and return the sentence that says where it is."""
    _LOG.error("%s: %s", click.button, traceback.format_exc())
    return f"planbook 内部出错，没有完成；详情记在 {log_file()}，请把它发给维护人员。"


def _log_to_file() -> None:
    """Have this room write into its own log; a folder that cannot be written stops nobody from working."""
    path = log_file()
    if any(isinstance(one, RotatingFileHandler) and Path(one.baseFilename) == path for one in _LOG.handlers):
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _LOG.handlers = [handler]
        _LOG.setLevel(logging.INFO)
        _LOG.propagate = False


def _tell_without_excel(message: str, hwnd: int) -> None:
    """Show a message by the system itself, over the window of that Excel if there is one."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(hwnd or None, message, TAB_LABEL, 0x30)
    elif sys.platform == "darwin":
        from planbook.excel.native import show_alert

        show_alert(message, TAB_LABEL)
    else:
        sys.stderr.write(message + "\n")
