"""The `planbook` command itself, and what its commands share."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import click

from planbook import __version__
from planbook.cli.options import ChineseGroup, Shared, shared_options

FILE: Final = click.Path(path_type=Path)

period_option = click.option(
    "--period", "period_text", required=True, metavar="期", help="填报期，如 2024Q1、2024-03。"
)


class Day(click.ParamType[date]):
    """A day written as 2024-12-31."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value).strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            self.fail("", param, ctx)


as_of_option = click.option(
    "--as-of", type=Day(), default=None, metavar="日期", help="台账在这一天结束时的样子，如 2024-04-15。"
)


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date where the clerk sits."""
    return datetime.now().astimezone().date()


@click.group(cls=ChineseGroup, invoke_without_command=False)
@click.version_option(__version__, "--version", message="planbook %(version)s", help="显示版本。")
@shared_options
def planbook(_shared: Shared) -> None:
    """行动计划任务分解、责任清单下发与台账汇总。"""
