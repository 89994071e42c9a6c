"""One clerk at a time on a PostgreSQL ledger, wherever each of them works, with the name of who holds it."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, text

from planbook.ledger.connection import connect
from planbook.model.errors import PlanbookError

_WORK_LOCK: Final = 0x776F726B  # “work”; apart from the lock of single writes, which is held for moments
_PAUSE_S: Final = 0.2
_NOTE: Final = re.compile(r"/\* planbook (\{.*\}) \*/")


@contextmanager
def hold_shared_lock(url: str, who: str, purpose: str, *, wait_s: float = 10.0) -> Iterator[None]:
    """Hold the ledger at `url` for one piece of work; the server frees it when the connection dies.

    Who holds it, and what for, stands as a comment in the statement that took the lock, where the server shows it to
    whoever waits.

    Raises:
        PlanbookError: Someone else holds it for longer; the message says who, since when, and what for.
    """
    database = connect(url, create=False, wait_s=wait_s)
    try:
        with database.session() as connection:
            note = json.dumps({"who": who, "purpose": purpose}, ensure_ascii=False).replace("*/", "")
            until = time.monotonic() + wait_s
            while not _try(connection, note):
                if time.monotonic() >= until:
                    raise PlanbookError(f"{_holder(connection)}，请等其完成后再试。")
                time.sleep(_PAUSE_S)
            yield
    finally:
        database.close()


def _try(connection: Connection, note: str) -> bool:
    # The driver's own placeholders are of no use in a comment; a percent sign there must not be taken for one.
    statement = f"SELECT pg_try_advisory_lock({_WORK_LOCK}) /* planbook {note} */".replace("%", "%%")
    return bool(connection.exec_driver_sql(statement).scalar_one())


def _holder(connection: Connection) -> str:
    query = text(
        "SELECT a.query, a.query_start FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid "
        "WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :lock "
        "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    row = connection.execute(query, {"lock": _WORK_LOCK}).first()
    match = _NOTE.search(str(row[0])) if row else None
    if row is None or match is None:
        return "另一位同事正在使用这本台账"
    since: Any = row[1]
    told = json.loads(match[1])
    begun = f"自 {since.astimezone():%H:%M:%S} 起" if since else ""
    return f"{told['who']}{begun}正在{told['purpose']}"
