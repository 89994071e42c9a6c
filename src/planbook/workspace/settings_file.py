"""Changing single values in `planbook.toml`, comments and everything else left as they are."""

from pathlib import Path

from planbook.model.errors import PlanbookError
from planbook.workspace.replacing import replace_file


def set_database(path: Path, url: str) -> None:
    """Let `database` in the settings file be `url`; empty for the workspace's own SQLite file.

    Raises:
        PlanbookError: The file cannot be read or written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, TOMLKitError, UnicodeDecodeError) as error:
        raise PlanbookError(f"读不了设置文件 {path}，没有改动。") from error
    document["database"] = url
    replace_file(path, tomlkit.dumps(document).encode())
