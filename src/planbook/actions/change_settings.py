"""settings: what the office may set, each with its explanation; changed one by one, comments and order kept."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from planbook.model.errors import PlanbookError
from planbook.workspace.folder import SETTINGS_NAME, Workspace
from planbook.workspace.replacing import replace_file
from planbook.workspace.settings import read_settings, render_settings

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

SettingValue: TypeAlias = str | int | float | bool | list[str]
"""A setting's value, as TOML and JSON both know it."""


_NOT_HERE: Final = ("database",)  # moving a ledger is more than typing an address, which may hold a password, too


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting: `name` is `section.key`, `help` the comment above it, `value` as it holds now."""

    name: str
    section: str
    help: str
    value: SettingValue
    default: SettingValue
    is_set: bool


def see_settings(workspace: Workspace) -> tuple[SettingLine, ...]:
    """Return every setting in the order of the commented template; those that the file leaves out at their default.

    Raises:
        PlanbookError: The settings file cannot be read.
    """
    now = dict(_settings(_document(workspace)))
    lines = []
    for name, (default, explanation) in _settings(_template()):
        if name in _NOT_HERE:
            continue
        value = now[name][0] if name in now else default
        lines.append(SettingLine(name, name.rpartition(".")[0], explanation, value, default, name in now))
    return tuple(lines)


def change_settings(workspace: Workspace, changes: Mapping[str, SettingValue]) -> tuple[SettingLine, ...]:
    """Write `changes` into the settings file and return the settings as they are then.

    Nothing else in the file changes: comments, order and blank lines stay.

    Raises:
        PlanbookError: A name is unknown, a value is of the wrong kind or out of bounds; nothing was written.
    """
    import tomlkit

    known = {line.name: line for line in see_settings(workspace)}
    document = _document(workspace)
    for name, value in changes.items():
        line = known.get(name)
        if line is None:
            raise PlanbookError(f"没有名为 {name[:60]} 的设置，没有改动。")
        if type(value) is not type(line.default):
            raise PlanbookError(f"设置 {name} 的取值应为{_kind(line.default)}，没有改动。")
        table: Any = document
        *sections, key = name.split(".")
        for section in sections:
            if section not in table:
                table[section] = tomlkit.table()
            table = table[section]
        table[key] = value
    content = tomlkit.dumps(document).encode()
    path = workspace.root / SETTINGS_NAME
    _refuse_faulty(content, path)
    replace_file(path, content)
    return see_settings(workspace)


def _refuse_faulty(content: bytes, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        candidate = Path(folder) / SETTINGS_NAME
        candidate.write_bytes(content)
        try:
            read_settings(candidate)
        except PlanbookError as error:
            raise PlanbookError(error.message.replace(str(candidate), path.name)) from error


def _kind(value: SettingValue) -> str:
    match value:
        case bool():
            return "是或否"
        case int() | float():
            return "整数" if isinstance(value, int) else "数字"
        case str():
            return "文字"
        case _:
            return "文字的列表"


def _document(workspace: Workspace) -> "TOMLDocument":
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = workspace.root / SETTINGS_NAME
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise PlanbookError(f"读不了设置文件 {path}，请检查文件是否存在、格式是否有误。") from error


def _template() -> "TOMLDocument":
    import tomlkit

    return tomlkit.parse(render_settings("", ""))


def _settings(container: Any, above: str = "") -> Iterator[tuple[str, tuple[SettingValue, str]]]:
    """Yield each plain setting's name, value and the comment lines right above it."""
    from tomlkit.items import Comment, Table, Whitespace

    comments: list[str] = []
    explanation = ""
    for key, item in (container if above == "" else container.value).body:
        if isinstance(item, Comment):
            comments.append(item.as_string().strip().lstrip("#").strip())
        elif isinstance(item, Whitespace):
            comments, explanation = [], ""  # a blank line: what was said above it is about something else
        elif isinstance(item, Table):
            yield from _settings(item, f"{above}{key.key}.")
            comments = []
        elif key is not None:
            explanation = " ".join(comments) or explanation  # one comment may stand above several settings
            value = item.unwrap()
            if isinstance(value, str | int | float) or _is_texts(value):
                yield f"{above}{key.key}", (value, explanation)
            comments = []


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
