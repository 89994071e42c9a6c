"""Commands that take returns in and show what the ledger holds."""

from datetime import date
from pathlib import Path

import click

from planbook.cli.endings import DONE, NEEDS_PERSON
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import FILE, as_of_option, now, period_option, planbook, today
from planbook.model.period import Period


@planbook.command()
@click.argument("paths", metavar="文件或文件夹", nargs=-1, type=FILE)
@period_option
@click.option("--cluster", default="", metavar="地址", help="由集群读取，如 tcp://10.0.0.5:8786；默认在本机读取。")
@shared_options
def consolidate(shared: Shared, paths: tuple[Path, ...], period_text: str, cluster: str) -> int:
    """一键汇总：读回表，记入台账，更新总台账。"""
    from planbook.actions.consolidate import consolidate_returns
    from planbook.actions.json_results import consolidate_json
    from planbook.cli.show_outcomes import show_outcomes

    period = Period.parse(period_text)
    with shared.console.progress("读取回表") as progress:
        result = consolidate_returns(
            shared.workspace(), period, paths, now=now(), today=today(), progress=progress, cluster=cluster
        )
    show_outcomes(shared.console, result)
    shared.console.show_json(consolidate_json(result))
    return NEEDS_PERSON if result.needs_person else DONE


@planbook.command()
@click.argument("file", metavar="文件摘要")
@click.option("--agency", required=True, metavar="单位", help="这份回表是哪个单位的。")
@period_option
@click.option("--reason", default="", metavar="依据", help="怎样核实的，记入台账。")
@shared_options
def claim(shared: Shared, file: str, agency: str, period_text: str, reason: str) -> int:
    """认领一份“待认领”的回表：由您认定是哪个单位、哪一期的。"""
    from planbook.actions.claim_return import claim_return
    from planbook.actions.json_results import consolidate_json
    from planbook.cli.show_outcomes import show_outcomes

    period = Period.parse(period_text)
    workspace = shared.workspace()
    result = claim_return(workspace, file, agency, period, reason=reason, now=now(), today=today())
    show_outcomes(shared.console, result)
    shared.console.show_json(consolidate_json(result))
    return NEEDS_PERSON if result.needs_person else DONE


@planbook.command()
@click.option("--period", "period_text", default=None, metavar="期", help="只导出这一期；默认全部。")
@as_of_option
@shared_options
def export(shared: Shared, period_text: str | None, as_of: date | None) -> int:
    """导出台账中有效的全部进展。"""
    from planbook.actions.export_reports import export_reports
    from planbook.actions.json_results import export_json

    period = Period.parse(period_text) if period_text else None
    result = export_reports(shared.workspace(), period, today=today(), as_of=as_of)
    shared.console.say(f"进展 {len(result.reports)} 条，指标 {len(result.indicators)} 条。加 --json 输出全部内容。")
    shared.console.show_json(export_json(result))
    return DONE
