"""addin install --host excel: the add-in into the user's own startup folder, without administrator rights."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from planbook import __version__
from planbook.excel.addin_places import AddinPlaces
from planbook.excel.arguments import encode_argument
from planbook.excel.build_addin import ADDIN
from planbook.model.errors import PlanbookError
from planbook.workspace.replacing import replace_file

POLICY_NOTES: Final = (
    "重新打开 Excel，应看到“责任台账”选项卡。没有的话：",
    "· 单位策略只许签名的宏或加载项时，请信息中心按 docs/excel-rollout.md 签名或设受信任位置；",
    "· 从网上或邮件得到的安装包，请先在文件属性里勾选“解除锁定”再安装；",
    "· planbook doctor 会逐项说明缺什么。",
)

_SCRIPT: Final = """\
-- Starts planbook for Excel's add-in. Written by planbook addin install; the interpreter is fixed here.
on runPlanbook(arguments)
    set interpreter to {interpreter}
    do shell script quoted form of interpreter & " -P -m planbook " & arguments & " > /dev/null 2>&1 &"
    return ""
end runPlanbook
"""


def install_addin(places: AddinPlaces) -> tuple[str, ...]:
    """Put the add-in, its settings and, on a Mac, its script in place; return what to tell the clerk.

    Doing it again changes nothing; a newer version takes the older one's place.

    Raises:
        PlanbookError: The interpreter is no file, Excel holds the add-in, or a folder cannot be written.
    """
    if not places.interpreter.is_file():
        raise PlanbookError(f"找不到 Python：{places.interpreter}，请用装有 planbook 的 Python 运行安装。")
    before = installed_version(places)
    content = ADDIN.read_bytes()
    if not _holds(places.addin, content):
        _put(places.addin, content)
    interpreter = _speakable(places.interpreter)
    settings = f"version={__version__}\ninterpreter={encode_argument(str(interpreter))}\n"
    if not _holds(places.settings, settings.encode("ascii")):
        replace_file(places.settings, settings.encode("ascii"))
    if places.script:
        script = _SCRIPT.format(interpreter=_applescript_text(str(places.interpreter))).encode()
        if not _holds(places.script, script):
            replace_file(places.script, script)
    done = "已安装" if before is None else "已是最新" if before == __version__ else f"已从 {before} 升级"
    return (f"Excel 加载项{done}：{places.addin}", f"点按钮时启动：{interpreter}", *POLICY_NOTES)


def uninstall_addin(places: AddinPlaces) -> tuple[str, ...]:
    """Remove what `install_addin` put in place, and nothing else; return what to tell the clerk.

    Raises:
        PlanbookError: Excel holds the add-in.
    """
    removed = [path for path in (places.addin, places.settings, places.script) if path and _remove(path)]
    if not removed:
        return ("Excel 加载项没有安装，不用卸载。",)
    return ("Excel 加载项已卸载，重新打开 Excel 后“责任台账”选项卡消失。台账和文件都没有动。",)


def installed_version(places: AddinPlaces) -> str | None:
    """Return the version of the add-in that is installed, None where none is."""
    if not places.addin.exists():
        return None
    return read_settings(places.settings).get("version", "")


def read_settings(path: Path) -> dict[str, str]:
    """Return the lines `name=value` of the add-in's settings, as written; nothing where there are none."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _put(path: Path, content: bytes) -> None:
    """Write the add-in as new bytes: a copied file would keep the mark that it came from the web."""
    try:
        replace_file(path, content)
    except PlanbookError as error:
        raise PlanbookError(f"写不了 {path}：请先退出 Excel，再装一次。（{error.message}）") from error


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise PlanbookError(f"删不了 {path}：请先退出 Excel，再卸载一次。") from error
    return True


def _speakable(path: Path) -> Path:
    """Return the interpreter by a path that VBA's `Shell` can say: it knows the code page alone, not Unicode."""
    if sys.platform != "win32" or str(path).isascii():
        return path
    import ctypes

    short = ctypes.create_unicode_buffer(1024)
    with suppress(OSError):
        if ctypes.windll.kernel32.GetShortPathNameW(str(path), short, len(short)) and short.value.isascii():
            return Path(short.value)
    return path


def _applescript_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
