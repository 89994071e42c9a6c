"""Bringing a ledger's schema up to what this planbook needs; Alembic is imported only where there is work for it."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from planbook.model.errors import PlanbookError

HEAD: Final = "0007"
"""The newest revision under `migrations/versions`."""

_OWN_TABLES: Final = {"alembic_version", "workspace", "run"}


def revision_of(connection: Connection) -> str | None:
    """Return the schema's revision, None for a database without tables.

    Raises:
        PlanbookError: There are tables, but not planbook's.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return None
    if _OWN_TABLES.issubset(names):
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if revision:
            return str(revision)
    raise PlanbookError("设置中的数据库里存放着别的内容，不是 planbook 台账，请检查数据库位置。")


def upgrade(connection: Connection, revision: str = HEAD) -> None:
    """Bring the schema to `revision` within the connection's transaction.

    Raises:
        PlanbookError: A newer planbook made this ledger.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:  # Alembic does not know the revision that it finds
        raise PlanbookError("这个台账由更新版本的 planbook 建立，请先升级本机的 planbook。") from error
