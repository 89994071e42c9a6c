"""What doctor says of the WPS add-in and of the service: each precondition, and what to do where it is not met."""

import time
from collections.abc import Iterator
from pathlib import Path

from planbook import __version__
from planbook.actions.examine import Check
from planbook.server.session import read_session
from planbook.server.wps_installing import installed_version, trust
from planbook.server.wps_places import WpsPlaces


def check_addin(places: WpsPlaces, session_file: Path) -> tuple[Check, ...]:
    """Return the checks; where the add-in is not installed that is no fault."""
    version = installed_version(places)
    if version is None:
        return (Check("WPS 加载项", is_good=True, result="没有安装；要用请运行 planbook addin install --host wps"),)
    return tuple(_checks(places, session_file, version))


def _checks(places: WpsPlaces, session_file: Path, version: str) -> Iterator[Check]:
    is_current = version == __version__
    result = (
        f"{version}，{places.addins}"
        if is_current
        else f"是 {version} 版，请再运行一次 planbook addin install --host wps"
    )
    yield Check("WPS 加载项", is_good=is_current, result=result)
    yield _trust(places)
    session = read_session(session_file)
    is_alive = session is not None and session.is_alive(time.time())
    where = (
        f"在运行，端口 {session.port}" if session and is_alive else "没有运行：请注销后重新登录，或运行 planbook serve"
    )
    yield Check("本机服务", is_good=is_alive, result=where)
    yield _blocking(places)


def _trust(places: WpsPlaces) -> Check:
    allowed = trust(places)
    if allowed is None:
        return Check("WPS 信任", is_good=True, result="WPS 还没有问过；打开 WPS 表格时请点“允许”")
    if not allowed[0]:
        return Check(
            "WPS 信任", is_good=False, result="没有允许：请在 WPS 的“加载项管理”里允许 planbook，再重新打开 WPS"
        )
    if not allowed[1]:
        remedy = "允许了但没有加载：请先 planbook addin uninstall --host wps，再安装一次，然后重新打开 WPS"
        return Check("WPS 信任", is_good=False, result=remedy)
    return Check("WPS 信任", is_good=True, result="已允许并加载")


def _blocking(places: WpsPlaces) -> Check:
    policy = places.policy
    blocklist = policy.with_name("jsaddinblockhost.ini") if policy else None
    if blocklist and blocklist.is_file():
        return Check(
            "WPS 网址管控",
            is_good=True,
            result=f"有 {blocklist}；按钮提示“拦截了加载项访问本机”时，请信息中心在其中放行 127.0.0.1",
        )
    return Check("WPS 网址管控", is_good=True, result="没有发现")
