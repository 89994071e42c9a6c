"""Draws the manual's pictures of bulletin, letters and board: the demonstration gone on for two more periods."""

from __future__ import annotations

import os
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import sync_playwright

from planbook.actions.demonstration_returns import Fault, fill_form

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
PLANBOOK = ROOT / ".venv" / "bin" / "planbook"
PERIODS = (("2024Q2", ("省残联", "省水利厅")), ("2024Q3", ("省妇联",)))
# The machine that draws has none of the document fonts: let it take the serif one for all but 黑体, as a clerk's would.
FONTS = """<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>{}</fontconfig>"""
ALIAS = (
    '<match><test name="family"><string>{}</string></test><edit name="family" mode="assign" binding="strong">'
    "<string>{}</string></edit></match>"
)
SERIF = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "宋体", "Times New Roman")


def main() -> None:
    """Play three periods in a temporary folder and draw what reports on the last one."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        demo = work / "demo"
        subprocess.run([str(PLANBOOK), "demo", str(demo)], check=True, capture_output=True)
        for number, (period, silent) in enumerate(PERIODS, start=1):
            play(demo, period, silent, number)
        for command in ("bulletin", "letters", "dashboard"):
            subprocess.run([str(PLANBOOK), "-w", str(demo), command, "--period", "2024Q3"], check=True)
        outputs = demo / "outputs"
        draw(work, outputs / "2024Q3_通报.docx", 1, "bulletin")
        draw(work, outputs / "2024Q3_通报.docx", 2, "bulletin-figures")
        notice = max((outputs / "督办单" / "2024Q3").glob("*.docx"), key=lambda path: path.stat().st_size)
        draw(work, notice, 1, "notice")
        draw(work, next((outputs / "催办函" / "2024Q3").glob("*.docx")), 1, "urging-letter")
        photograph(outputs / "2024Q3_看板.html")


def play(demo: Path, period: str, silent: tuple[str, ...], number: int) -> None:
    """Issue a period's forms, answer all but the silent ones, take them in."""
    subprocess.run([str(PLANBOOK), "-w", str(demo), "issue", "--period", period], check=False, capture_output=True)
    inbox = demo / "inbox" / period
    inbox.mkdir(parents=True, exist_ok=True)
    for place, form in enumerate(sorted((demo / "forms" / period).glob("*.xlsx"))):
        if not any(agency in form.name for agency in silent):
            filled = fill_form(form.read_bytes(), place, 1, Fault.NONE)
            (inbox / form.name).write_bytes(further(filled, 18 * number))
    subprocess.run([str(PLANBOOK), "-w", str(demo), "consolidate", "--period", period], check=False)


def further(content: bytes, points: int) -> bytes:
    """Return a filled form with its progress that much further."""
    book = load_workbook(BytesIO(content))
    sheet: Any = book["责任清单"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "任务编号" for cell in row))
    column = next(cell.column for cell in header if str(cell.value).startswith("完成进度"))
    for row in range(header[0].row + 1, sheet.max_row + 1):
        value = sheet.cell(row, column).value
        if isinstance(value, int | float) and value > 0:
            sheet.cell(row, column).value = min(value + points, 100)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def draw(work: Path, document: Path, page: int, name: str) -> None:
    """Draw one page of a document as LibreOffice prints it."""
    fonts = work / "fonts.conf"
    aliases = [ALIAS.format(font, "Noto Serif CJK SC") for font in SERIF] + [ALIAS.format("黑体", "Noto Sans CJK SC")]
    fonts.write_text(FONTS.format("".join(aliases)), encoding="utf-8")
    office = ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*office, "--outdir", str(work), str(document)],
        check=True,
        capture_output=True,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
    )
    where = ["-f", str(page), "-l", str(page), "-r", "75", "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *where, str(work / f"{document.stem}.pdf"), str(IMAGES / name)], check=True)


def photograph(board: Path) -> None:
    """Draw the board on a desk and on a telephone, and a task opened on it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, width, height, theme in (("board", 1280, 1000, "light"), ("board-phone", 390, 844, "dark")):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
            page.goto(board.as_uri())
            page.wait_for_selector("canvas")
            page.screenshot(path=str(IMAGES / f"{name}.png"))
            if name == "board":
                page.locator(".pb-open").nth(2).click()
                page.screenshot(path=str(IMAGES / "board-task.png"))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
