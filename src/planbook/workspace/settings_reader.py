"""Reads typed values out of `planbook.toml`, with a Chinese sentence for each that is of the wrong kind."""

from collections.abc import Mapping, Sequence
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

    def yes_no(self, section: str, name: str, *, default: bool) -> bool:
        """Return `true` or `false`.

        Raises:
            PlanbookError: It is neither.
        """
        value = self._find(section, name, default)
        if not isinstance(value, bool):
            raise PlanbookError(f"设置文件 {self.path} 中 {name} 应为 true 或 false，现为 {value!r}。")
        return value

    def choice(self, section: str, name: str, default: str, choices: Sequence[str]) -> str:
        """Return one of `choices`, whatever its case.

        Raises:
            PlanbookError: It is none of them.
        """
        value = self.text(section, name, default).lower()
        if value not in choices:
            allowed = "、".join(f'"{choice}"' for choice in choices)
            raise PlanbookError(f"设置文件 {self.path} 中 {name} 应为 {allowed} 之一，现为 {value!r}。")
        return value

    def texts(self, section: str, name: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of texts without the blanks around them, empty ones left out.

        Raises:
            PlanbookError: It is none.
        """
        value = self._find(section, name, list(default))
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise PlanbookError(f'设置文件 {self.path} 中 {name} 应为一列文字，如 ["甲", "乙"]，现为 {value!r}。')
        return tuple(text for one in value if (text := one.strip()))

    def numbers(self, section: str, name: str, default: Sequence[int], lowest: int, highest: int) -> tuple[int, ...]:
        """Return a list of whole numbers from `lowest` to `highest`.

        Raises:
            PlanbookError: It is none.
        """
        value = self._find(section, name, list(default))
        is_list = isinstance(value, list) and all(isinstance(one, int) and lowest <= one <= highest for one in value)
        if not is_list or not isinstance(value, list):
            allowed = f"{lowest} 到 {highest} 之间的整数"
            raise PlanbookError(f"设置文件 {self.path} 中 {name} 应为一列{allowed}，如 [3, 15]，现为 {value!r}。")
        return tuple(value)

    def table(self, section: str, name: str) -> tuple[tuple[object, ...], ...]:
        """Return the rows of a table, each a list; none where there is no table.

        Raises:
            PlanbookError: It is no list of lists.
        """
        value = self._find(section, name, [])
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            raise PlanbookError(f"设置文件 {self.path} 中 {name} 应为一行行放在方括号里的表，请对照说明改正。")
        return tuple(tuple(row) for row in value)

    def _find(self, section: str, name: str, default: object) -> object:
        values: object = self.values if not section else self.values.get(section, {})
        if not isinstance(values, Mapping):
            raise PlanbookError(f"设置文件 {self.path} 中 [{section}] 应为一节，请对照说明改正。")
        return values.get(name, default)
