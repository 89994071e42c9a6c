"""Clicks in Excel: taken at once, carried out in a thread by what the command line put in."""

import secrets
import threading
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from planbook.server.app import LOG, service_of

router = APIRouter(prefix="/excel", tags=["excel"])

_busy: set[str] = set()
_lock = threading.Lock()


@router.post("/click", status_code=202)
async def click(request: Request, body: dict[str, Any]) -> JSONResponse:
    """Take a click; a second one while the first still works in the same Excel is refused."""
    act = service_of(request).excel_click
    assert act is not None  # noqa: S101 (without it this route is not there)
    instance = str(body.get("instance", ""))
    with _lock:
        if instance in _busy:
            return JSONResponse({"error": "上一次点的按钮还没有做完，请稍等。", "code": "busy"}, status_code=409)
        _busy.add(instance)

    def carry_out() -> None:
        try:
            act(body)
        except Exception:  # noqa: BLE001 (a thread's top: the log is all that is left)
            LOG.exception("excel click %s", body.get("button"))
        finally:
            with _lock:
                _busy.discard(instance)

    threading.Thread(target=carry_out, name="excel-click", daemon=True).start()
    return JSONResponse({"job": secrets.token_hex(6)}, status_code=202)
