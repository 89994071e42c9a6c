"""Commands that bring plans in and send forms out."""

from pathlib import Path

import click

from planbook.cli.endings import DONE, NEEDS_PERSON
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import FILE, now, period_option, planbook, today
from planbook.model.findings import needs_person
from planbook.model.period import Period


@planbook.command()
@click.argument("target", metavar="文件夹", type=FILE)
@click.option("--office", default="", help="发文单位，印在责任清单上。")
@click.option("--contact", default="", help="联系人和电话。")
@shared_options
def init(shared: Shared, target: Path, office: str, contact: str) -> int:
    """建立工作区。"""
    from planbook.actions.make_workspace import make_workspace

    workspace = make_workspace(target, office=office, contact=contact)
    shared.console.say(f"工作区已建立：{workspace.root}")
    shared.console.say("下一步：planbook import 方案文件")
    shared.console.show_json({"workspace": str(workspace.root)})
    return DONE


@planbook.command()
@click.argument("file", metavar="方案文件", type=FILE)
@shared_options
def extract(shared: Shared, file: Path) -> int:
    """读方案文件，列出任务（不需要工作区）。"""
    from planbook.actions.extract_plan import extract_plan_file
    from planbook.actions.json_results import plan_json

    plan = extract_plan_file(file)
    console = shared.console
    console.say(f"《{plan.title}》：任务 {len(plan.tasks)} 项，指标 {len(plan.indicators)} 个")
    for task in plan.tasks:
        agencies = "、".join((*task.lead_agencies, *task.supporting_agencies)) or "（未写责任单位）"
        console.say(f"  {task.number or '—'} {task.title}：{agencies}")
    console.show_findings(plan.findings)
    console.show_json(plan_json(plan))
    return DONE  # reading is all that was asked; what a person must settle is settled after import


@planbook.command("import")
@click.argument("files", metavar="方案文件", nargs=-1, required=True, type=FILE)
@click.option("--as-new", is_flag=True, help="即使与台账中的方案同名，也另作一份方案导入。")
@click.option("--revises", default=None, metavar="方案编号", help="作为这份方案（如 P1）的修订版导入。")
@shared_options
def import_(shared: Shared, files: tuple[Path, ...], *, as_new: bool, revises: str | None) -> int:
    """把方案导入工作区，生成任务分解表供审核；同名方案的新文件作为修订版。"""
    from planbook.actions.import_plans import import_plans
    from planbook.actions.json_results import import_json
    from planbook.actions.take_in_plan import ImportChoice

    choice = ImportChoice.of(is_separate=as_new, plan_number=revises)
    with shared.console.progress("读取方案") as progress:
        result = import_plans(shared.workspace(), files, now=now(), choice=choice, progress=progress)
    console = shared.console
    for plan in result.plans:
        version = f"（第 {plan.version} 版，改动 {len(plan.changes)} 处）" if plan.version > 1 else ""
        console.say(f"《{plan.title}》：任务 {plan.tasks} 项{version if plan.is_new else '（以前已导入，没有改动）'}")
        for change in plan.changes:
            console.say(f"  {change}")
    console.show_findings(result.findings)
    console.say(f"请审核：{result.review}")
    console.say("改好保存后运行：planbook confirm 任务分解表.xlsx（不改也可直接 planbook issue --period 期）")
    console.show_json(import_json(result))
    return NEEDS_PERSON if needs_person(result.findings) else DONE


@planbook.command()
@click.argument("table", metavar="任务分解表.xlsx", type=FILE)
@click.option("--dry-run", is_flag=True, help="只说明会改什么，不写入。")
@shared_options
def confirm(shared: Shared, table: Path, *, dry_run: bool) -> int:
    """按审核过的任务分解表更新任务、指标和单位名录。"""
    from planbook.actions.confirm_tasks import confirm_tasks
    from planbook.actions.json_results import confirm_json

    result = confirm_tasks(shared.workspace(), table, now=now(), is_dry_run=dry_run)
    console = shared.console
    for change in result.changes:
        console.say(f"  {change}")
    console.show_findings(result.findings)
    if not result.is_applied:
        console.say("（演示，没有写入）" if dry_run else "表中有错，一处也没有写入；请改正后重新确认。")
    else:
        console.say(f"已确认：{len(result.changes)} 处改动。")
    console.show_json(confirm_json(result))
    return NEEDS_PERSON if needs_person(result.findings) else DONE


@planbook.command()
@period_option
@click.option("--agency", "agencies", multiple=True, metavar="单位", help="只生成这些单位的，可写多次。")
@shared_options
def issue(shared: Shared, period_text: str, agencies: tuple[str, ...]) -> int:
    """生成各单位的责任清单。"""
    from planbook.actions.issue_forms import issue_forms
    from planbook.actions.json_results import issue_json

    period = Period.parse(period_text)
    workspace = shared.workspace()
    with shared.console.progress("生成责任清单") as progress:
        result = issue_forms(workspace, period, agencies, now=now(), today=today(), progress=progress)
    console = shared.console
    console.show_findings(result.findings)
    console.say(f"{period.label}责任清单 {len(result.forms)} 份，在 {workspace.forms(period)}")
    console.show_json(issue_json(result))
    return NEEDS_PERSON if needs_person(result.findings) else DONE
