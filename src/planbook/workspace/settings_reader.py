"""Reads typed values out of `planbook.toml`, with a Chinese sentence for each that is of the wrong kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from planbook.model.errors import PlanbookError


@dataclass(frozen=True, slots=True)
class SettingsReader:
    """Values of a settings file by section and name, each checked for its kind."""

    path: Path
    values: Mapping[str, object]

    def text(self, section: str, name: str, default: str) -> str:
        """Return a text without the blanks around it.

        Raises:
            PlanbookError: It is no text.
        """
        value = self._find(section, name, default)
        if not isinstance(value, str):
            raise PlanbookError(f"设置文件 {self.path} 中 {name} 应为放在英文双引号内的文字，现为 {value!r}。")
        return value.strip()

    def number(self, section: str, name: str, default: int, lowest: int, highest: int) -> int:
        """Return a whole number from `lowest` to `highest`.

        Raises:
            PlanbookError: It is none.
        """
        value = self._find(section, name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise PlanbookError(
                f"设置文件 {self.path} 中 {name} 应为 {lowest} 到 {highest} 之间的整数，现为 {value!r}。"
            )
        return value

    def _find(self, section: str, name: str, default: object) -> object:
        values: object = self.values if not section else self.values.get(section, {})
        if not isinstance(values, Mapping):
            raise PlanbookError(f"设置文件 {self.path} 中 [{section}] 应为一节，请对照说明改正。")
        return values.get(name, default)
