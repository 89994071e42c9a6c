"""Draws the pictures of 总台账: the demonstration gone on for two more periods, with the office at work in it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from PIL import Image, ImageChops
from scripts.draw_report_pictures import ALIAS, FONTS, IMAGES, PERIODS, PLANBOOK, SERIF, play

from planbook.model.codes import CodeKind, make_code

SHEETS = {
    "总览": "master-overview",
    "任务台账": "master-tasks",
    "单位明细": "master-reports",
    "指标台账": "master-indicators",
    "未报与退改": "master-returns",
    "疑点": "master-doubts",
    "变更": "master-changes",
    "填报质量": "master-quality",
    "分发情况": "master-dispatches",
    "失联批注": "master-orphans",
    "说明": "master-guide",
}
DECISIONS: tuple[dict[str, object], ...] = (
    {"决定": "销号", "决定依据": "现场核查属实", "核查人": "张三", "佐证": "验收报告", "领导批示": "好，注意巩固。"},
    {"决定": "暂缓", "决定依据": "省级规划调整，待批复"},
    {"督查意见": "进度偏慢，请 4 月底前补齐短板。", "领导批示": "请分管领导跟进。"},
    {"核查结论": "抽查 3 个点位，2 个属实。"},
)


def main() -> None:
    """Play three periods, let the office note and decide in the second, and draw the last one's workbook."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        demo = work / "demo"
        subprocess.run([str(PLANBOOK), "demo", str(demo)], check=True, capture_output=True)
        for number, (period, silent) in enumerate(PERIODS, start=1):
            play(demo, period, silent, number)
            if number == len(PERIODS):
                send(demo, period)
            master = demo / "outputs" / f"{period}_总台账.xlsx"
            if number == len(PERIODS):
                work_in(master)
            subprocess.run([str(PLANBOOK), "-w", str(demo), "ledger", "--period", period], check=False)
        draw(work, demo / "outputs" / f"{PERIODS[-1][0]}_总台账.xlsx", SHEETS)
        public = [str(PLANBOOK), "-w", str(demo), "ledger", "--period", PERIODS[-1][0], "--public"]
        subprocess.run(public, check=True)
        draw(work, demo / "outputs" / f"{PERIODS[-1][0]}_总台账_公开版.xlsx", {"任务台账": "master-public"})


def send(demo: Path, period: str) -> None:
    """Hand the forms out by folder, and the correction sheets after them."""
    for more in ([], ["--corrections"]):
        command = [str(PLANBOOK), "-w", str(demo), "send", "--period", period, "--channel", "folder", *more]
        subprocess.run(command, check=False, capture_output=True)


def work_in(master: Path) -> None:
    """Note and decide in the workbook as an office does; one note stands at a task that the plan has no longer."""
    book = load_workbook(master)
    sheet: Any = book["任务台账"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "任务编号" for cell in row))
    columns = {str(cell.value): cell.column for cell in header}
    for place, cells in enumerate(DECISIONS):
        for name, value in cells.items():
            sheet.cell(header[0].row + 1 + place * 2, columns[name]).value = value
    gone = {"任务编号": make_code(CodeKind.TASK, 1, 42), "任务名称": "建设乡村数字展厅", "领导批示": "请说明调出原因。"}
    for name, value in gone.items():
        sheet.cell(sheet.max_row + (name == "任务编号"), columns[name]).value = value
    book.save(master)


def draw(work: Path, workbook: Path, sheets: dict[str, str]) -> None:
    """Draw the first printed page of each sheet, its white margins cut off."""
    fonts = work / "fonts.conf"
    aliases = [ALIAS.format(font, "Noto Serif CJK SC") for font in SERIF]
    aliases += [ALIAS.format(font, "Noto Sans CJK SC") for font in ("黑体", "微软雅黑")]
    fonts.write_text(FONTS.format("".join(aliases)), encoding="utf-8")
    for sheet, name in sheets.items():
        office = ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf"]
        pdf = work / f"{workbook.stem}.pdf"
        if not pdf.exists():
            subprocess.run(
                [*office, "--outdir", str(work), str(workbook)],
                check=True,
                capture_output=True,
                env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
            )
        page = page_of(pdf, sheet)
        dots = "120" if sheet == "总览" else "80"  # A4 upright beside A3 across
        where = ["-f", str(page), "-l", str(page), "-r", dots, "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *where, str(pdf), str(IMAGES / name)], check=True)
        crop(IMAGES / f"{name}.png")
        if sheet == "失联批注":  # a line or two at the head of a page
            with Image.open(IMAGES / f"{name}.png") as image:
                head = image.crop((0, 0, image.width, image.height // 6))
            head.save(IMAGES / f"{name}.png")


TITLES = {"总览": ("总台账", "完成情况"), "任务台账": ("任务台账", "任务进展情况")}


def page_of(pdf: Path, sheet: str) -> int:
    """Return the page that a sheet begins on: its title opens the page's text."""
    told = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    for page, text in enumerate(told.split("\f"), start=1):
        lines = text.split("\n")
        if lines[0].strip().endswith(TITLES.get(sheet, (sheet,))):
            return page
    message = f"{sheet} is not in {pdf}"
    raise SystemExit(message)


def crop(path: Path) -> None:
    """Cut the white margins off, and let the palette be small."""
    picture = Image.open(path).convert("RGB")
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    if box:
        left, top, right, bottom = box
        picture = picture.crop((max(left - 12, 0), max(top - 12, 0), right + 12, bottom + 12))
    picture.quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
