"""Draws the tab 责任台账 for the manual from the ribbon's own XML and icons: docs/images/ribbon*.png, by Chromium."""

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Final

from lxml import etree
from playwright.sync_api import Page, sync_playwright

ROOT: Final = Path(__file__).parents[1]
RIBBON: Final = ROOT / "addin" / "excel" / "customUI14.xml"
ICONS: Final = ROOT / "addin" / "icons"
IMAGES: Final = ROOT / "docs" / "images"
NAMESPACE: Final = "{http://schemas.microsoft.com/office/2009/07/customui}"
CHROMIUM: Final = "/usr/bin/chromium"
OTHER_TABS: Final = ("文件", "开始", "插入", "页面布局", "公式", "数据", "审阅", "视图")

STYLE: Final = """
body{margin:0;font:13px 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;background:VAR_GROUND;color:VAR_INK}
.tabs{display:flex;gap:22px;padding:10px 16px 0}.tabs span{padding-bottom:7px}
.tabs .mine{font-weight:600;border-bottom:3px solid #217346}
.groups{display:flex;background:VAR_PANE;padding:6px 8px 0;margin:0 8px;border-radius:6px;box-shadow:0 1px 3px #0003}
.group{display:flex;flex-direction:column;border-right:1px solid VAR_RULE;padding:0 7px}
.group:last-child{border:0}.buttons{display:flex;flex:1}.name{text-align:center;font-size:11px;opacity:.65;padding:3px}
.large{width:64px;text-align:center;padding:5px 1px}.large img{width:32px;height:32px;display:block;margin:0 auto 4px}
.column{display:flex;flex-direction:column;justify-content:center}
.small{display:flex;align-items:center;gap:6px;padding:3px 6px;white-space:nowrap}.small img{width:16px;height:16px}
.shown{background:VAR_HOVER;border-radius:4px}
.tip{position:absolute;width:270px;background:VAR_GROUND;border:1px solid VAR_RULE;border-radius:5px;padding:9px 12px;
box-shadow:0 2px 8px #0004;line-height:1.5}.tip b{display:block;margin-bottom:3px}
"""
LIGHT: Final = {"GROUND": "#f3f3f3", "INK": "#222", "PANE": "#fff", "RULE": "#d8d8d8", "HOVER": "#e6f0ea"}
DARK: Final = {"GROUND": "#1f1f1f", "INK": "#eee", "PANE": "#292929", "RULE": "#4a4a4a", "HOVER": "#3d3d3d"}


def picture(button: etree._Element, size: int) -> str:
    """Return the button's icon as an image element."""
    content = (ICONS / f"{button.get('image')}_{size}.png").read_bytes()
    return f"<img src='data:image/png;base64,{b64encode(content).decode('ascii')}'>"


def buttons_html(group: etree._Element, shown: str) -> str:
    """Return the group's buttons: large ones beside each other, small ones three to a column, as Excel sets them."""
    html, column = "", ""
    small = 0
    for button in group:
        mark = " shown" if button.get("id") == shown else ""
        name = f"id='{button.get('id')}'"
        label = escape(str(button.get("label")))
        if button.get("size") == "large":
            html += f"<div {name} class='large{mark}'>{picture(button, 32)}{label}</div>"
            continue
        column += f"<div {name} class='small{mark}'>{picture(button, 16)}{label}</div>"
        small += 1
        if small % 3 == 0:
            html, column = html + f"<div class='column'>{column}</div>", ""
    return html + (f"<div class='column'>{column}</div>" if column else "")


def page_html(colours: dict[str, str], shown: str = "") -> str:
    """Return the whole ribbon; `shown` is the button whose tip is open."""
    root = etree.parse(str(RIBBON)).getroot()
    tab = next(root.iter(f"{NAMESPACE}tab"))
    tabs = "".join(f"<span>{name}</span>" for name in OTHER_TABS) + f"<span class='mine'>{tab.get('label')}</span>"
    groups = "".join(
        f"<div class='group'><div class='buttons'>{buttons_html(group, shown)}</div>"
        f"<div class='name'>{escape(str(group.get('label')))}</div></div>"
        for group in tab
    )
    tip = ""
    if shown:
        button = next(one for one in root.iter(f"{NAMESPACE}button") if one.get("id") == shown)
        tip = f"<div class='tip'><b>{button.get('screentip')}</b>{escape(str(button.get('supertip')))}</div>"
    style = STYLE
    for name, colour in colours.items():
        style = style.replace(f"VAR_{name}", colour)
    return f"<style>{style}</style><div class='tabs'>{tabs}</div><div class='groups'>{groups}</div>{tip}"


def draw(page: Page, name: str, colours: dict[str, str], *, height: int, shown: str = "") -> None:
    """Draw one picture."""
    page.set_viewport_size({"width": 880, "height": height})
    page.set_content(page_html(colours, shown))
    if shown:
        page.evaluate(
            "id => { const box = document.getElementById(id).getBoundingClientRect();"
            "const tip = document.querySelector('.tip');"
            "tip.style.left = box.left + 'px'; tip.style.top = (box.bottom + 26) + 'px'; }",
            shown,
        )
    page.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    """Draw the ribbon on light and on dark, and with the tip of the one button."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        draw(page, "ribbon", LIGHT, height=152)
        draw(page, "ribbon-dark", DARK, height=152)
        draw(page, "ribbon-consolidate", LIGHT, height=262, shown="planbookConsolidate")
        browser.close()


if __name__ == "__main__":
    main()
