"""Commands that report on a period: the board, the bulletin, the letters."""

import click

from planbook.cli.endings import DONE
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import now, planbook, today
from planbook.model.period import Period


@planbook.command()
@click.option("--period", "period_text", default=None, metavar="期", help="填报期；默认最近下发的一期。")
@shared_options
def dashboard(shared: Shared, period_text: str | None) -> int:
    """生成看板：一个可以离线打开、可以发邮件的网页文件。"""
    from planbook.actions.reporting_json import dashboard_json
    from planbook.actions.write_dashboard import write_dashboard_file

    period = Period.parse(period_text) if period_text else None
    result = write_dashboard_file(shared.workspace(), period, now=now(), today=today())
    shared.console.say(f"看板：{result.path}")
    shared.console.show_json(dashboard_json(result))
    return DONE
