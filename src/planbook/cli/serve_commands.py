"""The command that runs the loopback service."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from planbook.cli.endings import DONE
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import now, planbook, today

if TYPE_CHECKING:
    from planbook.server.session import Session


@planbook.command()
@click.option("--port", type=click.IntRange(1024, 65535), default=None, metavar="端口", help="固定用这个端口。")
@click.option("--open", "opens_page", is_flag=True, help="在浏览器里打开页面；服务已在运行时只打开页面。")
@click.option("--keep", "keeps_running", is_flag=True, help="意外退出时自动重新启动（登录启动项用）。")
@shared_options
def serve(shared: Shared, port: int | None, *, opens_page: bool, keeps_running: bool) -> int:
    """运行本机服务：WPS 加载项和页面由它提供（只在本机，Ctrl-C 结束）。"""
    if keeps_running:
        from planbook.server.keeping import keep_running

        own = [f"--port={port}"] if port else []
        return keep_running(own, first=["--open"] if opens_page else [])
    from planbook.server.running import AlreadyRunningError, run_service
    from planbook.workspace.known_workspaces import KnownWorkspaces
    from planbook.workspace.user_folder import session_file, user_folder

    if shared.folder:
        KnownWorkspaces(user_folder() / "workspaces.json").remember(shared.workspace())

    def say_where(session: "Session") -> None:
        shared.console.say(f"服务已启动，端口 {session.port}。打开页面：planbook serve --open")
        shared.console.show_json({"port": session.port, "session": str(session_file()), "is_running": True})
        if opens_page:
            click.launch(session.url)

    try:
        run_service(user_folder(), session_file(), port=port, excel_click=_excel_click, on_ready=say_where)
    except AlreadyRunningError as running:
        if running.session is None:
            raise
        shared.console.say(f"服务已经在运行，端口 {running.session.port}。")
        shared.console.show_json({"port": running.session.port, "session": str(session_file()), "is_running": True})
        if opens_page:
            click.launch(running.session.url)
    return DONE


def _excel_click(values: Mapping[str, object]) -> None:
    """Carry out a click that Excel's add-in sent to the service."""
    from planbook.excel.click import Click
    from planbook.excel.receiving import handle_click
    from planbook.excel.xlwings_host import attach_to_excel

    handle_click(Click.from_json(values), attach_to_excel, now=now(), today=today())
