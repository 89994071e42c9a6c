"""Commands that decide on tasks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

from planbook.cli.endings import DONE, NEEDS_PERSON
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import Day, now, planbook, today
from planbook.model.findings import needs_person

if TYPE_CHECKING:
    from planbook.model.decisions import Decision

_DAY: Final = Day()


def _decision(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what every decision takes."""
    options = (
        click.argument("tasks", metavar="任务编号", nargs=-1, required=True),
        click.option("--reason", default="", metavar="理由", help="理由，记入台账。"),
        click.option("--period", default=None, metavar="期", help="从哪一期的台账起算；默认最近下发的一期。"),
        click.option("--dry-run", is_flag=True, help="只说明会怎样，不写入。"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _run(shared: Shared, kind: str, options: dict[str, Any]) -> int:
    from planbook.actions.decide import decide
    from planbook.actions.decision_json import decided_json
    from planbook.actions.intentions.deciding import KINDS, request_of

    wanted, request = KINDS[kind]
    asked = request(**options)
    requests = [request_of(wanted, asked, code) for code in dict.fromkeys(asked.tasks)]
    result = decide(shared.workspace(), requests, now=now(), today=today(), is_dry_run=asked.dry_run)
    console = shared.console
    for one in result.decisions:
        console.say(f"{'将' if asked.dry_run else '已'}{_told(one)}：{one.task_code} {result.titles[one.task_code]}")
    console.show_findings(result.findings)
    console.show_json(decided_json(result))
    return NEEDS_PERSON if needs_person(result.findings) else DONE


def _told(one: "Decision") -> str:
    from planbook.model.decisions import DecisionKind

    match one.kind:
        case DecisionKind.EXTEND:
            return f"延期（{one.from_date} → {one.to_date}）"
        case DecisionKind.REASSIGN:
            since = f"，自{one.period.label}起" if one.period else ""
            return f"转办（{one.agency} → {one.to_agency}{since}）"
        case _:
            return one.kind.value


@planbook.command()
@_decision
@click.option("--evidence", default="", metavar="佐证", help="凭什么认定完成；默认用牵头单位填的佐证材料。")
@click.option("--checker", default="", metavar="核查人", help="谁核查的。")
@shared_options
def close(shared: Shared, **asked: Any) -> int:
    """销号：核查认定任务完成。"""
    return _run(shared, "close", asked)


@planbook.command("return")
@_decision
@click.option("--agency", default="", metavar="单位", help="退回哪个单位的进展；默认牵头单位。")
@shared_options
def return_(shared: Shared, **asked: Any) -> int:
    """退回：单位报的进展（如“已完成”）核查不认可。"""
    return _run(shared, "return", asked)


@planbook.command()
@_decision
@click.option("--to", type=_DAY, required=True, metavar="日期", help="延到哪一天，如 2024-12-31。")
@click.option(
    "--asked-on", type=_DAY, default=None, metavar="日期", help="单位哪天申请的；默认取回表中的申请，没有则今天。"
)
@shared_options
def extend(shared: Shared, **asked: Any) -> int:
    """延期：批准新的完成时限（应在到期前申请）。"""
    return _run(shared, "extend", asked)


@planbook.command()
@_decision
@click.option("--to", "to_agency", required=True, metavar="单位", help="转给哪个单位。")
@click.option("--from", "agency", default="", metavar="单位", help="由哪个单位转出；只有一个牵头单位时可不写。")
@shared_options
def reassign(shared: Shared, **asked: Any) -> int:
    """转办：从下一期起换承办单位（--period 指定从哪一期起）。"""
    return _run(shared, "reassign", asked)


@planbook.command()
@_decision
@shared_options
def suspend(shared: Shared, **asked: Any) -> int:
    """暂缓：任务暂停，不计时，下期不再发。"""
    return _run(shared, "suspend", asked)


@planbook.command()
@_decision
@shared_options
def resume(shared: Shared, **asked: Any) -> int:
    """恢复：暂缓的任务继续推进。"""
    return _run(shared, "resume", asked)


@planbook.command()
@_decision
@shared_options
def reopen(shared: Shared, **asked: Any) -> int:
    """重开：撤销销号。"""
    return _run(shared, "reopen", asked)
