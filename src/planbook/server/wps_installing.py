"""addin install --host wps: the add-in's folder, and one element in publish.xml beside other vendors'."""

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planbook import __version__
from planbook.model.errors import PlanbookError
from planbook.server.wps_addin import FOLDER, NAME
from planbook.server.wps_places import WpsPlaces
from planbook.workspace.replacing import replace_file, unwritable

if TYPE_CHECKING:
    from lxml.etree import _Element

_OWN_FOLDER: Final = re.compile(rf"{NAME}_\d[\w.]*")
_TAGS: Final = ("jsplugin", "jspluginonline")
_AFTERWARDS: Final = (
    "请重新打开 WPS 表格；第一次会问是否信任“planbook”加载项，请点“允许”，再重新打开一次，应看到“责任台账”选项卡。",
    "没有的话，planbook doctor 会逐项说明缺什么；单位统一管理加载项的，见 docs/wps.md。",
)


def install_addin(places: WpsPlaces, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Put the add-in in place, or a newer one in the older one's; return what to tell the clerk.

    Nothing is changed before publish.xml was read whole. WPS asks for trust by what the folder holds, so one that is
    there already with the same content is left alone.

    Raises:
        PlanbookError: publish.xml is malformed, the IT department has rolled planbook out already, or something cannot
            be written.
    """
    if _names(places.enterprise_register).count(NAME):
        raise PlanbookError(
            "信息中心已经统一下发了“责任台账”加载项（jsplugins.xml）；同名的再装一个，两个都不会出现，所以没有安装。"
        )
    register = _read_register(places.register)
    before = installed_version(places)
    folder = places.addins / FOLDER
    if not _holds(folder, files):
        _replace_folder(folder, files)
    for old in _own_folders(places):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    element = {"type": "et", "url": FOLDER, "version": __version__, "enable": "enable_dev", "install": "null"}
    if _write_element(register, element):
        _keep_first(places.register)
        replace_file(places.register, _serialised(register))
    done = "已安装" if before is None else "已是最新" if before == __version__ else f"已从 {before} 升级"
    return (f"WPS 加载项{done}：{folder}", *_AFTERWARDS)


def uninstall_addin(places: WpsPlaces) -> tuple[str, ...]:
    """Remove the add-in's folders and its element, and nothing of other vendors; return what to tell the clerk.

    Raises:
        PlanbookError: publish.xml is malformed or cannot be written.
    """
    folders = list(_own_folders(places))
    was_listed = False
    if places.register.exists():
        register = _read_register(places.register)
        was_listed = _remove_elements(register)
        if was_listed:
            replace_file(places.register, _serialised(register))
    for folder in folders:
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise PlanbookError(f"删不了 {folder}：请先退出 WPS，再卸载一次。") from error
    if not folders and not was_listed:
        return ("WPS 加载项没有安装，不用卸载。",)
    return ("WPS 加载项已卸载，重新打开 WPS 表格后“责任台账”选项卡消失。台账和文件都没有动。",)


def installed_version(places: WpsPlaces) -> str | None:
    """Return the version that is listed and there, None where none is."""
    for element in _elements(places.register):
        if element.get("name") == NAME and (places.addins / str(element.get("url"))).is_dir():
            return str(element.get("version"))
    return None


def trust(places: WpsPlaces) -> tuple[bool, bool] | None:
    """Return whether WPS says that the user allowed the add-in, and that it loaded; None where it has not asked yet."""
    try:
        values = json.loads(places.trust.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    entries = values.get("et", {}) if isinstance(values, dict) else {}
    for entry in entries.values() if isinstance(entries, dict) else ():
        if isinstance(entry, dict) and entry.get("name") == NAME:
            return (bool(entry.get("enable")), bool(entry.get("isload")))
    return None


def _read_register(path: Path) -> "_Element":
    from lxml import etree

    try:
        content = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise unwritable(path, error) from error
    if not content.strip():
        return etree.fromstring(b"<jsplugins>\n</jsplugins>")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PlanbookError(f"{path} 已损坏，里面可能还有别的加载项，没有改动；请改名移走后再装。") from error
    facts: Any = root.getroottree().docinfo
    if root.tag != "jsplugins" or facts.doctype:
        raise PlanbookError(f"{path} 不是 WPS 加载项的清单，没有改动；请改名移走后再装。")
    return root


def _write_element(register: "_Element", wanted: Mapping[str, str]) -> bool:
    """Give planbook's one element the wanted attributes; return whether anything changed."""
    from lxml import etree

    own = [one for one in register.iterchildren(*_TAGS) if one.get("name") == NAME]
    attributes = {"name": NAME, **wanted, "customDomain": ""}
    if (
        len(own) == 1
        and own[0].tag == "jsplugin"
        and {str(name): str(text) for name, text in own[0].attrib.items()} == attributes
    ):
        return False
    _remove_elements(register)
    element = etree.SubElement(register, "jsplugin", attributes)
    element.tail = "\n"
    before: Any = element.getprevious()
    if before is not None:
        before.tail = "\n  "
    else:
        register.text = "\n  "
    return True


def _remove_elements(register: "_Element") -> bool:
    own = [one for one in register.iterchildren(*_TAGS) if one.get("name") == NAME]
    for element in own:
        register.remove(element)
    return bool(own)


def _serialised(register: "_Element") -> bytes:
    from lxml import etree

    body: bytes = etree.tostring(register, encoding="UTF-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body.split(b"?>\n", 1)[-1].strip() + b"\n"


def _keep_first(path: Path) -> None:
    """Keep publish.xml as it was before planbook ever touched it."""
    kept = path.with_name(f"{path.name}.planbook-backup")
    if path.exists() and not kept.exists():
        replace_file(kept, path.read_bytes())


def _elements(path: Path) -> Iterator["_Element"]:
    with suppress(PlanbookError):
        yield from _read_register(path).iterchildren(*_TAGS)


def _names(path: Path) -> list[str]:
    return [str(element.get("name")) for element in _elements(path)]


def _own_folders(places: WpsPlaces) -> Iterator[Path]:
    if places.addins.is_dir():
        yield from (one for one in places.addins.iterdir() if _OWN_FOLDER.fullmatch(one.name) and one.is_dir())


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    there = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return there == dict(files)


def _replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the folder in place whole: WPS never loads half of one."""
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise PlanbookError(f"写不了 {folder}：请先退出 WPS，再装一次。") from error
