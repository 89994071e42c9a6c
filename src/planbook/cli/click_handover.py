"""A click in Excel handed over to the service that runs already, before anything else of planbook is imported.

On Windows the macros ask the service themselves. Excel for Mac lets them ask nobody on the network and start programs
by a script alone, and other office programs lack the means, too: there the started command hands the click over. A cold
start of Python's libraries costs a clerk a second; `json` and `socket` cost a few hundredths.
"""

import json
import socket
import time
from collections.abc import Sequence
from typing import Final

from planbook import __version__
from planbook.excel.arguments import decode_argument
from planbook.model.errors import PlanbookError
from planbook.workspace.user_folder import STALE_S, session_file

_CONNECT_S: Final = 0.5
_ANSWER_S: Final = 5.0
_NAMES: Final = ("button", "book", "hwnd", "sheet", "selection")


def hand_over(arguments: Sequence[str]) -> bool:
    """Hand the click that stands in `arguments`, as the macros write them, over to the running service.

    Returns whether it was taken: False where no service of this version runs, where it is busy with an earlier click,
    and where the arguments are none of the macros'; the command then goes on by itself and says what there is to say.
    """
    try:
        click = _click(arguments)
        session = json.loads(session_file().read_text(encoding="utf-8"))
        is_fresh = abs(time.time() - int(session["heartbeat"])) <= STALE_S
        if click is None or not is_fresh or session["version"] != __version__:
            return False
        return _post(int(session["port"]), str(session["token"]), json.dumps(click).encode("ascii"))
    except (OSError, ValueError, KeyError, TypeError, PlanbookError):
        return False


def _click(arguments: Sequence[str]) -> dict[str, object] | None:
    """Return the click as the service takes it."""
    click: dict[str, object] = dict.fromkeys(_NAMES, "")
    for argument in arguments:
        name, sign, value = argument.removeprefix("--").partition("=")
        if name not in click or not sign:
            return None
        click[name] = decode_argument(value)
    window = str(click["hwnd"])
    return click | {"hwnd": int(window) if window.isdecimal() else 0, "instance": window}


def _post(port: int, token: str, body: bytes) -> bool:
    """Send the click to this computer, past every proxy; return whether the service took it."""
    head = (
        f"POST /excel/click HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Planbook-Token: {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=_CONNECT_S) as service:
        service.settimeout(_ANSWER_S)
        service.sendall(head.encode("ascii") + body)
        return service.makefile("rb").readline(64).split()[1:2] == [b"202"]
