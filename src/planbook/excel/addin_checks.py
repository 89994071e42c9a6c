"""doctor: every precondition of the Excel add-in, and for each that fails what to do."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from planbook import __version__
from planbook.actions.examine import Check
from planbook.excel.addin_places import AddinPlaces
from planbook.excel.arguments import decode_argument
from planbook.excel.build_addin import ADDIN
from planbook.excel.installing import read_settings
from planbook.excel.windows_registry import Registry
from planbook.model.errors import PlanbookError

_INSTALL: Final = "planbook addin install --host excel"
_EXCEL: Final = r"Microsoft\Office\16.0\Excel"
_SECURITY: Final = (rf"HKCU\Software\Policies\{_EXCEL}\Security", rf"HKCU\Software\{_EXCEL}\Security")
_ATTACK_SURFACE: Final = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_NO_CHILD_PROCESSES: Final = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_FORBIDDING: Final = (
    (
        ("", "VBAWarnings"),
        4,
        "单位策略或设置禁止了全部宏；请信息中心把加载项签名或设为受信任位置（docs/excel-rollout.md）",
    ),
    (("", "VBAWarnings"), 3, "只许运行签名的宏；请信息中心给加载项签名（docs/excel-rollout.md）"),
    (("", "RequireAddinSig"), 1, "只许运行签名的加载项；请信息中心给加载项签名（docs/excel-rollout.md）"),
    (("", "DisableAllAddins"), 1, "设置里禁用了全部加载项；请在 Excel“选项→信任中心→加载项”里取消"),
    (
        (r"\Trusted Locations", "AllLocationsDisabled"),
        1,
        "受信任位置被停用，XLSTART 里的加载项也会被拦；请信息中心给加载项签名（docs/excel-rollout.md）",
    ),
)
"""Where below a security key which value says what."""

_SUBJECT: Final = "Excel 加载项"


def check_addin(
    places: AddinPlaces,
    registry: Registry,
    *,
    runs: Callable[[Path], str] | None = None,
    platform: str = sys.platform,
) -> tuple[Check, ...]:
    """Return the checks; where the add-in is not installed, one that says how, and no fault."""
    settings = read_settings(places.settings)
    if not places.addin.exists() and not settings:
        return (Check(_SUBJECT, is_good=True, result=f"没有安装；要在 Excel 里用，请运行 {_INSTALL}"),)
    checks = [_file(places), _interpreter(settings, runs or version_of)]
    if platform == "win32":
        checks += [Check("Excel 策略", is_good=False, result=fault) for fault in _policies(places, registry)]
    if places.script and not places.script.exists():
        fault = f"缺少脚本 {places.script}，Excel 启动不了 planbook；请重新运行 {_INSTALL}"
        checks.append(Check(_SUBJECT, is_good=False, result=fault))
    if platform in ("win32", "darwin"):
        checks.append(_xlwings())
    return tuple(checks)


def version_of(interpreter: Path) -> str:
    """Return what `planbook --version` says when that Python runs it, "" where it cannot."""
    command = [str(interpreter), "-P", "-m", "planbook", "--version"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 (our own)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout.strip().removeprefix("planbook ") if run.returncode == 0 else ""


def _file(places: AddinPlaces) -> Check:
    try:
        content = places.addin.read_bytes()
    except OSError:
        return Check(_SUBJECT, is_good=False, result=f"{places.addin} 不见了；请重新运行 {_INSTALL}")
    if content != ADDIN.read_bytes():
        fault = (
            f"{places.addin} 与 planbook {__version__} 自带的不同（旧版或被改过）；请退出 Excel 后重新运行 {_INSTALL}"
        )
        return Check(_SUBJECT, is_good=False, result=fault)
    return Check(_SUBJECT, is_good=True, result=f"已安装：{places.addin}")


def _interpreter(settings: dict[str, str], runs: Callable[[Path], str]) -> Check:
    subject = f"{_SUBJECT}的 Python"
    try:
        interpreter = Path(decode_argument(settings.get("interpreter", "")))
    except PlanbookError:
        interpreter = Path()
    if not interpreter.is_file():
        fault = f"找不到加载项要启动的 Python（{interpreter}）；请重新运行 {_INSTALL}"
        return Check(subject, is_good=False, result=fault)
    version = runs(interpreter)
    if version != __version__:
        said = f"版本是 {version}" if version else "启动不了 planbook"
        fault = f"{interpreter} {said}，应为 {__version__}；请用这个 Python 重新安装 planbook，再运行 {_INSTALL}"
        return Check(subject, is_good=False, result=fault)
    return Check(subject, is_good=True, result=str(interpreter))


def _policies(places: AddinPlaces, registry: Registry) -> Iterator[str]:
    """Yield what the registry says against the add-in, each with the way out."""
    server = registry.read(r"HKCR\Excel.Application\CLSID")
    if server is None:
        yield "没有找到 Excel。用 WPS 的，请运行 planbook addin install --host wps"
    elif _is_wps(str(registry.read(rf"HKCR\CLSID\{server!s}\LocalServer32") or "")):
        yield (
            "WPS 接管了 Excel 的文件和接口，按钮会连到 WPS；请在 WPS“配置工具”里取消“兼容第三方系统和软件”，"
            "或改用 planbook addin install --host wps"
        )
    if _marked(places.addin):
        yield f"{places.addin} 带着“来自网络”的标记，宏会被禁止；请退出 Excel，重新运行 {_INSTALL}"
    for key in _SECURITY:
        for name, value, fault in _FORBIDDING:
            if registry.read(rf"{key}{name[0]}", name[1]) == value:
                yield fault
    if _was_disabled(registry):
        yield "Excel 曾因出错停用过这个加载项；请在“选项→加载项→管理：禁用项目”里重新启用"
    if str(registry.read(_ATTACK_SURFACE, _NO_CHILD_PROCESSES)) == "1":
        yield "Windows Defender 的策略不许 Office 启动程序；请让 planbook 服务随登录启动，点按钮时由它办"


def _is_wps(program: str) -> bool:
    return any(sign in program.lower() for sign in ("wps", "kingsoft", r"\et.exe"))


def _was_disabled(registry: Registry) -> bool:
    key = rf"HKCU\Software\{_EXCEL}\Resiliency\DisabledItems"
    values = (registry.read(key, name) for name in registry.names(key))
    return any(isinstance(one, bytes) and "planbook" in one.decode("utf-16-le", "ignore").lower() for one in values)


def _marked(path: Path) -> bool:
    """Whether Windows has noted that the file came from the web."""
    return Path(f"{path}:Zone.Identifier").exists()


def _xlwings() -> Check:
    try:
        import xlwings
    except ImportError:
        return Check("xlwings", is_good=False, result="没有装 xlwings，连不上 Excel；请运行 pip install xlwings")
    return Check("xlwings", is_good=True, result=str(xlwings.__version__))
