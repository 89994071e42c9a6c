"""What a database complains of, told to the clerk as one Chinese sentence each."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from planbook.model.errors import PlanbookError

_BUSY: Final = "台账数据库 {place} 正被另一个程序或另一位同事占用，请等对方做完后再试一次。"
_READ_ONLY: Final = "台账数据库 {place} 是只读的，无法写入，请检查这个文件及其文件夹的权限。"
_FOREIGN: Final = "{place} 不是台账数据库文件，请检查设置中的数据库位置，或用备份恢复。"
_DAMAGED: Final = "台账数据库 {place} 已损坏，请停止使用并用最近的备份恢复，再用 planbook doctor 检查。"
_FULL: Final = "磁盘空间不足，台账没有改动，请腾出空间后再试一次（{place}）。"
_UNREACHABLE: Final = "打不开台账数据库 {place}，请检查位置是否正确、文件夹是否存在、是否有权限。"
_IO: Final = "读写台账数据库 {place} 时出错，请检查磁盘或网络连接后再试一次。"
_NO_SERVER: Final = "连不上台账数据库服务器 {place}，请检查网络，以及设置中的数据库地址、用户名和密码。"
_REFUSED: Final = "台账数据库服务器拒绝了登录（{place}），请检查设置中的用户名和密码。"
_OTHER: Final = "台账数据库 {place} 无法完成操作（{detail}），请用 planbook doctor 检查。"

_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_NOTADB: _FOREIGN,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: _UNREACHABLE,
    sqlite3.SQLITE_IOERR: _IO,
}
# By SQLSTATE or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL: Final = {
    "55P03": _BUSY,  # lock_not_available
    "40P01": _BUSY,  # deadlock_detected
    "25006": _READ_ONLY,  # read_only_sql_transaction
    "42501": _READ_ONLY,  # insufficient_privilege
    "53100": _FULL,  # disk_full
    "3D000": _NO_SERVER,  # invalid_catalog_name
    "57P01": _NO_SERVER,  # admin_shutdown
    "57P02": _NO_SERVER,  # crash_shutdown
    "57P03": _NO_SERVER,  # cannot_connect_now
    "XX001": _DAMAGED,  # data_corrupted
    "XX002": _DAMAGED,  # index_corrupted
    "28": _REFUSED,
    "08": _NO_SERVER,
    "58": _IO,
}
# A broken constraint or a misspelt statement is planbook's own fault and stays what it is.
_OWN_FAULTS: Final = ("IntegrityError", "ProgrammingError", "InterfaceError", "NotSupportedError")


@contextmanager
def in_chinese(place: str) -> Iterator[None]:
    """Turn what the database raises in the block into a `PlanbookError` that names `place`."""
    try:
        yield
    except DBAPIError as error:
        sentence = _sentence(error.orig, place)
        if sentence is None:
            raise
        raise PlanbookError(sentence) from error
    except sqlite3.Error as error:  # raised bare while a connection is being set up
        sentence = _sentence(error, place)
        if sentence is None:
            raise
        raise PlanbookError(sentence) from error


def _sentence(error: BaseException | None, place: str) -> str | None:
    template = _template(error)
    return template and template.format(place=place, detail=str(error).strip().partition("\n")[0])


def _template(error: BaseException | None) -> str | None:
    if isinstance(error, sqlite3.Error):
        known = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the low byte is the primary code
    else:
        state = getattr(error, "sqlstate", None) or ""
        known = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
        if not known and not state:  # no answer from a server at all
            known = _NO_SERVER
    if known:
        return known
    return None if type(error).__name__ in _OWN_FAULTS else _OTHER
