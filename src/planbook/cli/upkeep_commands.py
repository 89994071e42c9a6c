"""Commands that show what planbook does and whether all is well."""

from dataclasses import replace
from pathlib import Path

import click

from planbook.cli.addin_hosts import ADDIN_HOSTS
from planbook.cli.endings import DONE, NEEDS_PERSON
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import FILE, now, planbook
from planbook.model.findings import needs_person


@planbook.command()
@click.option("--rotate-key", is_flag=True, help="换一把新密钥封签责任清单；已下发的仍然有效。")
@shared_options
def doctor(shared: Shared, *, rotate_key: bool) -> int:
    """检查工作区和办公软件加载项是否完好。"""
    from planbook.actions.examine import examine
    from planbook.actions.json_results import examination_json

    if rotate_key:
        return _rotate_key(shared)
    result = examine(shared.folder, Path.cwd())
    result = replace(
        result, checks=(*result.checks, *(check for host in ADDIN_HOSTS.values() for check in host.check()))
    )
    console = shared.console
    for check in result.checks:
        console.say(f"  {'✓' if check.is_good else '✗'} {check.subject}：{check.result}")
    console.show_json(examination_json(result))
    return DONE if all(check.is_good for check in result.checks) else NEEDS_PERSON


def _rotate_key(shared: Shared) -> int:
    from planbook.actions.json_results import findings_json
    from planbook.actions.rotate_key import rotate_key

    workspace = shared.workspace()
    result = rotate_key(workspace, now=now())
    shared.console.show_findings(result.findings)
    shared.console.say(f"已换新密钥，共保留 {result.keys} 把；请备份 {workspace.key_file}。")
    shared.console.show_json({"keys": result.keys, "findings": findings_json(result.findings)})
    return NEEDS_PERSON if needs_person(result.findings) else DONE


@planbook.command()
@click.argument("target", metavar="[文件夹]", required=False, type=FILE)
@shared_options
def demo(shared: Shared, target: Path | None) -> int:
    """用自带的虚构方案走一遍全流程。"""
    from planbook.actions.demonstrate import demonstrate
    from planbook.actions.json_results import demonstration_json

    console = shared.console
    result = demonstrate(target or Path("planbook-demo"), now=now(), say=console.say)
    console.say("")
    console.say("值得打开看看：")
    for path, what in result.worth_opening:
        console.say(f"  {path}  （{what}）")
    console.show_json(demonstration_json(result))
    return DONE
