"""Options that every command takes, before or after its name, and help in Chinese."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planbook.cli.console import Console

if TYPE_CHECKING:
    from planbook.workspace.folder import Workspace

_HEADINGS: Final = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class ChineseFormatter(click.HelpFormatter):
    """Help text with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write a section's heading."""
        super().write_heading(_HEADINGS.get(heading, heading))


class ChineseContext(click.Context):
    """Context whose help is formatted in Chinese."""

    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """Command with help in Chinese."""

    context_class = ChineseContext


class ChineseGroup(click.Group):
    """Group with help in Chinese."""

    context_class = ChineseContext
    command_class = ChineseCommand


@dataclass(frozen=True, slots=True)
class Shared:
    """What the shared options say."""

    console: Console
    folder: Path | None

    def workspace(self) -> "Workspace":
        """Return the workspace: `-w`, else the nearest one above the current folder."""
        from planbook.workspace.folder import find_workspace, open_workspace

        return open_workspace(self.folder) if self.folder else find_workspace(Path.cwd())


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `-w`, `--json` and `-v`; its function gets them as one `Shared`."""

    @click.option("-w", "--workspace", "folder", type=click.Path(path_type=Path), help="工作区文件夹。")
    @click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象。")
    @click.option("-v", "--verbose", "is_verbose", is_flag=True, help="显示全部细节。")
    @click.help_option("-h", "--help", help="显示用法。")
    @click.pass_context
    @functools.wraps(command)
    def with_shared(
        context: click.Context,
        /,
        *arguments: object,
        folder: Path | None,
        as_json: bool,
        is_verbose: bool,
        **options: object,
    ) -> object:
        above = context.parent.obj if context.parent and isinstance(context.parent.obj, Shared) else None
        console = Console(
            as_json=as_json or (above is not None and above.console.as_json),
            is_verbose=is_verbose or (above is not None and above.console.is_verbose),
        )
        shared = Shared(console, folder or (above.folder if above else None))
        context.obj = shared
        return command(shared, *arguments, **options)

    return with_shared
