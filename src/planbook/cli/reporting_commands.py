"""Commands that report on a period: the board, the bulletin, the letters."""

from typing import TYPE_CHECKING

import click

from planbook.cli.endings import DONE
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import now, period_option, planbook, today
from planbook.cli.view_options import part_options, view_options
from planbook.model.period import Period

if TYPE_CHECKING:
    from planbook.actions.reported_period import View


@planbook.command()
@period_option
@view_options
@shared_options
def bulletin(shared: Shared, period_text: str, view: "View") -> int:
    """写通报（Word）：按模板生成，数字对不上不出稿。"""
    from planbook.actions.reporting_json import bulletin_json
    from planbook.actions.write_bulletin import write_bulletin

    result = write_bulletin(shared.workspace(), Period.parse(period_text), now=now(), today=today(), view=view)
    shared.console.show_findings(result.findings)
    shared.console.say(f"通报：{result.path}")
    shared.console.show_json(bulletin_json(result))
    return DONE


@planbook.command()
@period_option
@click.option("--agency", "agencies", multiple=True, metavar="单位", help="只写给这些单位；可写多次，默认全部。")
@part_options
@click.option("--dry-run", is_flag=True, help="只列出要写哪些，不写文件。")
@shared_options
def letters(shared: Shared, period_text: str, agencies: tuple[str, ...], *, dry_run: bool, **parts: str) -> int:
    """写督办单（滞后、超期、矛盾的单位）和催办函（未报单位）。"""
    from planbook.actions.reporting_json import letters_json
    from planbook.actions.write_letters import write_letters
    from planbook.model.slices import Scope

    with shared.console.progress("写督办单和催办函") as progress:
        result = write_letters(
            shared.workspace(),
            Period.parse(period_text),
            agencies,
            now=now(),
            today=today(),
            is_dry_run=dry_run,
            progress=progress,
            scope=Scope(**parts),
        )
    for one in result.letters:
        shared.console.say(f"{one.kind}：{one.agency}（{len(one.tasks)} 项）{'' if dry_run else f' {one.path}'}")
    for path in result.laid_aside:
        shared.console.say(f"{'将' if dry_run else '已'}移到“已不需要”：{path.name}")
    if not result.letters:
        shared.console.say("没有要督办、催办的单位。")
    shared.console.show_json(letters_json(result))
    return DONE


@planbook.command()
@click.option("--period", "period_text", default=None, metavar="期", help="填报期；默认最近下发的一期。")
@view_options
@shared_options
def dashboard(shared: Shared, period_text: str | None, view: "View") -> int:
    """生成看板：一个可以离线打开、可以发邮件的网页文件。"""
    from planbook.actions.reporting_json import dashboard_json
    from planbook.actions.write_dashboard import write_dashboard_file

    period = Period.parse(period_text) if period_text else None
    result = write_dashboard_file(shared.workspace(), period, now=now(), today=today(), view=view)
    shared.console.say(f"看板：{result.path}")
    shared.console.show_json(dashboard_json(result))
    return DONE
