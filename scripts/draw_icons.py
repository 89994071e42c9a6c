"""Draws the ribbon's icons: addin/icons/NAME.svg to NAME_16.png and NAME_32.png, by Chromium.

With a path as argument it also draws there a sheet of all of them, on a light and on a dark ribbon, to look at.
"""

import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

ICONS: Final = Path(__file__).parents[1] / "addin" / "icons"
CHROMIUM: Final = "/usr/bin/chromium"
SIZES: Final = (16, 32)


def draw(page: Page, svg: Path, size: int) -> bytes:
    """Return the drawing as a PNG of `size` pixels on nothing."""
    page.set_viewport_size({"width": size, "height": size})
    style = f"html,body{{margin:0;background:transparent}}svg{{display:block;width:{size}px;height:{size}px}}"
    page.set_content(f"<style>{style}</style>{svg.read_text(encoding='utf-8')}")
    return page.screenshot(omit_background=True)


def draw_sheet(page: Page, target: Path) -> None:
    """Draw all icons at both sizes on both grounds."""
    page.set_viewport_size({"width": 1000, "height": 640})
    rows = ""
    for ground, ink in (("#f5f5f5", "#222"), ("#292929", "#eee")):
        cells = "".join(
            f"<div style='width:100px;padding:8px'>{_picture(svg, 32)} {_picture(svg, 16)}<br>{svg.stem}</div>"
            for svg in sorted(ICONS.glob("*.svg"))
        )
        rows += f"<div style='background:{ground};color:{ink};display:flex;flex-wrap:wrap;padding:12px'>{cells}</div>"
    page.set_content(f"<body style='margin:0;font:12px sans-serif'>{rows}")
    page.screenshot(path=target, full_page=True)


def _picture(svg: Path, size: int) -> str:
    from base64 import b64encode

    png = b64encode(svg.with_name(f"{svg.stem}_{size}.png").read_bytes()).decode("ascii")
    return f"<img width={size} height={size} src='data:image/png;base64,{png}'>"


def main() -> None:
    """Draw every icon that there is a source for."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for svg in sorted(ICONS.glob("*.svg")):
            for size in SIZES:
                svg.with_name(f"{svg.stem}_{size}.png").write_bytes(draw(page, svg, size))
        if len(sys.argv) > 1:
            draw_sheet(page, Path(sys.argv[1]))
        browser.close()


if __name__ == "__main__":
    main()
