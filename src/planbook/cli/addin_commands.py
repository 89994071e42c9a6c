"""Commands that bring planbook into office programs, and the one that their buttons start."""

import click

from planbook.cli.addin_hosts import ADDIN_HOSTS
from planbook.cli.endings import DONE, FAILED
from planbook.cli.options import ChineseGroup, Shared, shared_options
from planbook.cli.root import now, planbook, today

host_option = click.option(
    "--host", "host", type=click.Choice(list(ADDIN_HOSTS)), required=True, help="办公软件：excel 或 wps。"
)


@planbook.group(cls=ChineseGroup)
def addin() -> None:
    """安装、卸载办公软件里的“责任台账”选项卡。"""


@addin.command("build")
@host_option
@shared_options
def build(shared: Shared, host: str) -> int:
    """从源码打包加载项（开发用）。"""
    path = ADDIN_HOSTS[host].build()
    shared.console.say(f"已打包：{path}")
    shared.console.show_json({"addin": str(path)})
    return DONE


@addin.command("install")
@host_option
@shared_options
def install(shared: Shared, host: str) -> int:
    """为当前用户安装或升级加载项，不需要管理员权限；写 -w 时记住这个工作区。"""
    from planbook.workspace.known_workspaces import known_workspaces

    if shared.folder:
        known_workspaces().remember(shared.workspace())
    return _tell(shared, ADDIN_HOSTS[host].install())


@addin.command("uninstall")
@host_option
@shared_options
def uninstall(shared: Shared, host: str) -> int:
    """卸载加载项；台账和文件都不动。"""
    return _tell(shared, ADDIN_HOSTS[host].uninstall())


def _tell(shared: Shared, told: tuple[str, ...]) -> int:
    for sentence in told:
        shared.console.say(sentence)
    shared.console.show_json({"told": list(told)})
    return DONE


@planbook.command("excel-click", hidden=True)
@click.option("--button", required=True)
@click.option("--book", default="")
@click.option("--hwnd", default="0")
@click.option("--sheet", default="")
@click.option("--selection", default="")
def excel_click(button: str, book: str, hwnd: str, sheet: str, selection: str) -> int:
    """办理 Excel 里点的按钮（由加载项启动）。"""
    from planbook.excel.receiving import handle_arguments
    from planbook.excel.xlwings_host import attach_to_excel, import_xlwings_alone

    import_xlwings_alone()
    encoded = {"button": button, "book": book, "hwnd": hwnd, "sheet": sheet, "selection": selection}
    return DONE if handle_arguments(encoded, attach_to_excel, now=now(), today=today()) else FAILED
