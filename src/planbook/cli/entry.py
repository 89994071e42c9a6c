"""The `planbook` command's way in and out: runs a command and turns every ending into an exit code and a sentence."""

import gc
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from planbook.cli.endings import DONE, FAILED, INTERRUPTED
from planbook.model.errors import PlanbookError

_OBJECTS_BETWEEN_COLLECTIONS: Final = 50_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 done but findings need a person, 2 not done, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):  # a Chinese console on Windows may speak GBK: never fail on a character
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    # A ledger is a great many objects that stay: by default they are all looked through for circles again and again.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; nothing is raised."""
    try:
        from planbook.cli.commands import planbook

        result = planbook.main(args=list(arguments), prog_name="planbook", standalone_mode=False)
    except PlanbookError as error:
        return _fail(arguments, error.message)
    except (click.Abort, KeyboardInterrupt):
        _write("已中断。已完成的部分都保存好了，重新运行会接着做。")
        return INTERRUPTED
    except click.ClickException as error:
        return _fail(arguments, _in_chinese(error))
    except BrokenPipeError:
        return FAILED
    except Exception as error:  # noqa: BLE001 (the front end: a clerk never reads a traceback)
        return _fail(arguments, _unexpected(error, is_verbose="-v" in arguments))
    return result if isinstance(result, int) else DONE


def _fail(arguments: Sequence[str], message: str) -> int:
    if "--json" in arguments:
        from planbook.cli.console import Console

        Console(as_json=True).show_json({"error": message})
    _write(message)
    return FAILED


def _write(message: str) -> None:
    sys.stderr.write(message + "\n")


def _in_chinese(error: click.ClickException) -> str:
    """Return a usage error as one Chinese sentence with the way to the help text."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "planbook"
    tail = f"，用法见 {command} --help。"
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return f"请写明要做什么{tail}"
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}{tail}"
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            option = error.param.opts[0] if isinstance(error.param, click.Option) else name
            return f"缺少参数 {option}{tail}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 用法不对：缺少或多了取值{tail}"
        case click.BadParameter():
            name = error.param.opts[0] if isinstance(error.param, click.Option) else "参数"
            return f"{name} 的取值不对{tail}"
        case click.UsageError() if "No such command" in error.message:
            return f"没有命令 {error.message.split(chr(39))[1]}{tail}"
        case click.UsageError() if "Missing command" in error.message:
            return f"请写明要做什么{tail}"
        case click.UsageError() if "unexpected extra argument" in error.message:
            return f"多了用不上的参数{tail}"
        case _:
            return f"命令写法不对{tail}"


def _unexpected(error: Exception, *, is_verbose: bool) -> str:
    """Write the traceback where support can find it and return the sentence that says so."""
    text = "".join(traceback.format_exception(error))
    if is_verbose:
        _write(text)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    path = Path(tempfile.gettempdir()) / f"planbook-{stamp}.log"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        return "planbook 内部出错，没有完成；请加 -v 重试一次，把显示的内容发给维护人员。"
    return f"planbook 内部出错，没有完成；详情记在 {path}，请把它发给维护人员。"
