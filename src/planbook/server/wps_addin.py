"""The WPS add-in's folder: the sources of `addin/wps/`, with ribbon, buttons and icons by the table of buttons."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from planbook import __version__
from planbook.actions.ribbon import GROUPS, TAB_ID, TAB_LABEL, Button, Group, all_buttons
from planbook.model.errors import PlanbookError
from planbook.workspace.replacing import replace_file

NAME: Final = "planbook"
FOLDER: Final = f"{NAME}_{__version__}"
_NAMESPACE: Final = "http://schemas.microsoft.com/office/2006/01/customui"
_VIEWS: Final[Mapping[str, str]] = {"history": "task/{task}", "settings": "settings"}
"""Buttons that show a view of the page in the task pane; all others work in a dialog."""

_SHIPPED: Final = Path(__file__).with_name("wps_files")
_SOURCES: Final = Path(__file__).parents[3] / "addin"


def addin_files(session_file: Path | None = None) -> Mapping[str, bytes]:
    """Return the add-in's files by their path within its folder.

    Args:
        session_file: Where the service of this user says its port; None for the usual place on each computer.

    Raises:
        PlanbookError: planbook was installed without the add-in.
    """
    pages, icons = (_SHIPPED, _SHIPPED / "images") if _SHIPPED.is_dir() else (_SOURCES / "wps", _SOURCES / "icons")
    if not (pages / "index.html").is_file():
        raise PlanbookError("这个 planbook 没有带 WPS 加载项的文件，请重新安装 planbook。")
    found = {
        path.relative_to(pages).as_posix(): path.read_bytes()
        for path in sorted(pages.rglob("*"))
        if path.is_file() and path.suffix in (".html", ".js", ".css", ".xml")
    }
    found |= {f"images/{button.icon}.svg": (icons / f"{button.icon}.svg").read_bytes() for button in all_buttons()}
    found["ribbon.xml"] = render_ribbon().encode()
    found["js/buttons.js"] = render_buttons().encode()
    found["js/config.js"] = _render_config(session_file).encode()
    return found


def render_ribbon() -> str:
    """Return ribbon.xml; WPS wants it without an XML declaration."""
    groups = "\n".join(_group(group) for group in GROUPS)
    return (
        f'<customUI xmlns={quoteattr(_NAMESPACE)} onLoad="OnAddinLoad">\n'
        '  <ribbon startFromScratch="false">\n    <tabs>\n'
        f"      <tab id={quoteattr(TAB_ID)} label={quoteattr(TAB_LABEL)}>\n{groups}\n      </tab>\n"
        "    </tabs>\n  </ribbon>\n</customUI>\n"
    )


def render_buttons() -> str:
    """Return buttons.js: the table of buttons as the add-in's scripts know it."""
    table = {
        button.id: {
            "action": button.intention,
            "label": button.label,
            "icon": button.icon,
            "asks": [one.value for one in button.asks],
            "rewrites": [one.value for one in button.rewrites],
            "view": _VIEWS.get(button.intention, ""),
        }
        for button in all_buttons()
    }
    kind = (
        "/** @type {Object<string, {action: string, label: string, icon: string, asks: string[], "
        "rewrites: string[], view: string}>} */"
    )
    return f"// 由按钮表生成，请勿手改。\n{kind}\nvar PLANBOOK_BUTTONS = {_script(table)};\n"


def pack_for_it(folder: Path) -> Path:
    """Write what an IT department rolls out: the folder, its 7z, jsplugins.xml and oem.ini; return the folder.

    Raises:
        PlanbookError: It cannot be written.
    """
    files = addin_files()
    for name, content in files.items():
        replace_file(folder / FOLDER / name, content)
    replace_file(folder / f"{NAME}.7z", _packed(files))
    replace_file(folder / "jsplugins.xml", render_jsplugins("http://内网服务器/wps").encode())
    replace_file(folder / "oem.ini", render_oem("http://内网服务器/wps").encode())
    return folder


def render_jsplugins(server: str) -> str:
    """Return the list of add-ins that WPS fetches from an intranet server."""
    address = quoteattr(f"{server}/{NAME}.7z")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<jsplugins>\n'
        f'  <jsplugin name="{NAME}" type="et" url={address} version="{__version__}"/>\n</jsplugins>\n'
    )


def render_oem(server: str) -> str:
    """Return the lines for `office6/cfgs/oem.ini` that send WPS there."""
    return f"[Support]\nJsApiPlugin=true\n[Server]\nJSPluginsServer={escape(server)}/jsplugins.xml\n"


def _group(group: Group) -> str:
    buttons = "\n".join(_button(button) for button in group.buttons)
    return f"        <group id={quoteattr(group.id)} label={quoteattr(group.label)}>\n{buttons}\n        </group>"


def _button(button: Button) -> str:
    attributes = {
        "id": button.id,
        "label": button.label,
        "size": "large" if button.is_large else "normal",
        "getImage": "GetImage",
        "onAction": "OnAction",
        "screentip": button.screentip,
        "supertip": button.supertip,
    }
    return f"          <button {' '.join(f'{name}={quoteattr(text)}' for name, text in attributes.items())}/>"


def _render_config(session_file: Path | None) -> str:
    config = {"version": __version__, "sessionFile": session_file.as_posix() if session_file else ""}
    return f"// 由 planbook 写入。\nvar PLANBOOK_CONFIG = {_script(config)};\n"


def _script(value: object) -> str:
    """Return a value as script: JSON in which nothing can end the script that it stands in."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def _packed(files: Mapping[str, bytes]) -> bytes:
    import py7zr

    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(content, f"{FOLDER}/{name}")
    return buffer.getvalue()
