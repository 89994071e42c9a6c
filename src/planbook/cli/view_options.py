"""Options that say which part of the ledger a report shows, as of which day, and for whom."""

import functools
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from planbook.cli.root import as_of_option

_PARTS = (
    ("--leader", "leader", "姓名", "只看这位分管领导分管的单位牵头的任务。"),
    ("--section", "section", "章节", "只看这一章节（标题或其中几个字）的任务。"),
    ("--plan", "plan", "方案", "只看这个方案（编号 P1、标题或其中几个字）的任务。"),
    ("--category", "category", "类别", "只看这一类单位（省直单位、市州、园区……）牵头的任务。"),
)


def view_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a `View`; its function gets them as `view`."""

    @as_of_option
    @click.option("--agency", "agency", default="", metavar="单位", help="只看这个单位参与的任务。")
    @click.option("--public", "is_public", is_flag=True, help="公开版：不含联系人、困难、疑点和内部意见。")
    @functools.wraps(command)
    def with_view(
        *arguments: Any, as_of: date | None, agency: str, is_public: bool, leader: str, section: str, plan: str,
        category: str, **options: Any,
    ) -> Any:  # fmt: skip
        from planbook.actions.reported_period import View
        from planbook.model.slices import Scope

        scope = Scope(leader=leader, section=section, plan=plan, agency=agency, category=category)
        return command(*arguments, view=View(as_of, scope, is_public), **options)

    return part_options(with_view)


def part_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a part of the tasks, each a text, empty where it is not given."""
    for option, name, metavar, words in reversed(_PARTS):
        command = click.option(option, name, default="", metavar=metavar, help=words)(command)
    return command
