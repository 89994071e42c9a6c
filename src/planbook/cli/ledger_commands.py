"""Commands on the ledger itself: its workbook, its past, taking a consolidation back, moving house."""

from datetime import date
from typing import TYPE_CHECKING

import click

from planbook.cli.endings import DONE, NEEDS_PERSON
from planbook.cli.options import ChineseGroup, Shared, shared_options
from planbook.cli.root import as_of_option, now, planbook, today
from planbook.cli.view_options import view_options
from planbook.model.findings import needs_person
from planbook.model.period import Period

if TYPE_CHECKING:
    from planbook.actions.reported_period import View


@planbook.group(cls=ChineseGroup, invoke_without_command=True)
@click.option("--period", "period_text", default=None, metavar="期", help="填报期，如 2024Q1、2024-03。")
@view_options
@shared_options
def ledger(shared: Shared, period_text: str | None, view: "View") -> int:
    """按台账现状重写总台账.xlsx（办公室批注原样保留）；只看一部分、公开版、过去某天的样子，都另存文件。"""
    context = click.get_current_context()
    if context.invoked_subcommand:
        return DONE
    if not period_text:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    from planbook.actions.json_results import findings_json
    from planbook.actions.publish_ledger import publish_ledger

    result = publish_ledger(shared.workspace(), Period.parse(period_text), now=now(), today=today(), view=view)
    shared.console.show_findings(result.findings)
    shared.console.say(f"总台账：{result.path}")
    shared.console.show_json({"ledger": str(result.path), "findings": findings_json(result.findings)})
    return NEEDS_PERSON if needs_person(result.findings) else DONE


@ledger.command()
@click.option(
    "--to", "to", required=True, metavar="数据库", help="postgresql://用户@服务器/库名；搬回本文件夹写 sqlite。"
)
@shared_options
def migrate(shared: Shared, to: str) -> int:
    """把台账搬到另一个数据库（几个人共用时用 PostgreSQL），逐表核对行数。"""
    from planbook.actions.migrate_ledger import migrate_ledger

    result = migrate_ledger(shared.workspace(), to, now=now())
    console = shared.console
    console.say(f"已搬到 {result.moved.place}：{result.moved.total} 行，两边一致（新写入 {result.moved.added} 行）。")
    if result.put_aside:
        console.say(f"原来的 planbook.db 已移到 {result.put_aside}。")
    rows = dict(result.moved.rows)
    put_aside = str(result.put_aside) if result.put_aside else None
    console.show_json({"place": result.moved.place, "rows": rows, "added": result.moved.added, "put_aside": put_aside})
    return DONE


@planbook.command()
@click.option("--reason", default="", metavar="理由", help="为什么撤销，记入台账。")
@click.option("--dry-run", is_flag=True, help="只说明会撤销什么，不写入。")
@shared_options
def undo(shared: Shared, reason: str, *, dry_run: bool) -> int:
    """撤销上一次一键汇总：收进的回表不再算数，但都留着可查。"""
    from planbook.actions.decision_json import undone_json
    from planbook.actions.undo import undo_consolidation

    result = undo_consolidation(shared.workspace(), now=now(), today=today(), reason=reason, is_dry_run=dry_run)
    run, console = result.run, shared.console
    when = run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    console.say(f"{'将撤销' if dry_run else '已撤销'} {run.who} {when} 的汇总：回表 {len(run.returns)} 份")
    for agency, name in run.returns:
        console.say(f"  {agency}  {name}")
    if run.decisions:
        console.say(f"  总台账里填的决定 {run.decisions} 项")
    if not dry_run and run.returns:
        console.say("这些文件还在原处，下次汇总会再读；不想采用的请先移走。")
    console.show_findings(result.findings)
    if result.ledger:
        console.say(f"总台账：{result.ledger}")
    console.show_json(undone_json(result))
    return NEEDS_PERSON if needs_person(result.findings) else DONE


@planbook.command()
@click.argument("task", metavar="任务编号")
@as_of_option
@shared_options
def history(shared: Shared, task: str, as_of: date | None) -> int:
    """一项任务的来龙去脉：每一版、每次下发、每次报送、每个决定，来自哪个文件哪一格。"""
    from planbook.actions.decision_json import history_json
    from planbook.actions.task_history import read_history

    result = read_history(shared.workspace(), task, as_of=as_of)
    console = shared.console
    console.say(f"{result.task.code} {result.task.title}")
    for one in result.entries:
        when = one.at.astimezone().strftime("%Y-%m-%d %H:%M")
        source = " ".join(part for part in (one.file, one.sheet, one.place) if part)
        console.say(
            f"  {when} {one.kind.value} {one.agency or one.who}：{one.text}" + (f"〔{source}〕" if source else "")
        )
    console.show_json(history_json(result))
    return DONE
