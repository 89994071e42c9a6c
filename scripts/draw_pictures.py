"""Draws most pictures of the manual: the demonstration's files as LibreOffice prints them (needs Poppler too)."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The fonts that official papers use stand on Windows and WPS; here they are drawn by their nearest free relatives.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{aliases}</fontconfig>"""
RELATIVES = {
    "Noto Serif CJK SC": ("方正小标宋简体", "仿宋", "仿宋_GB2312", "楷体", "楷体_GB2312", "宋体", "华文中宋"),
    "Noto Sans CJK SC": ("黑体", "微软雅黑"),
}
IMAGES = ROOT / "docs" / "images"
PICTURES = (  # file in the demonstration's workspace, page, resolution, name
    ("outputs/任务分解表.xlsx", 3, 70, "review"),
    ("forms/2024Q1/2024Q1_省农业农村厅_责任清单.xlsx", 1, 70, "instructions"),
    ("forms/2024Q1/2024Q1_省农业农村厅_责任清单.xlsx", 3, 75, "form"),
    ("outputs/退改单/2024Q1/2024Q1_省教育厅_退改单.xlsx", 1, 70, "correction"),
)


def main() -> None:
    """Play the demonstration in a temporary folder and draw its files."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        environment = {**os.environ, "FONTCONFIG_FILE": str(_write_fonts(work))}
        planbook = ROOT / ".venv" / "bin" / "planbook"
        subprocess.run([str(planbook), "demo", str(work / "demo")], check=True)
        for source, page, resolution, name in PICTURES:
            office = ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf"]
            subprocess.run(
                [*office, "--outdir", str(work), str(work / "demo" / source)],
                check=True,
                capture_output=True,
                env=environment,
            )
            pdf = work / f"{Path(source).stem}.pdf"
            where = ["-f", str(page), "-l", str(page), "-r", str(resolution), "-singlefile", "-png"]
            subprocess.run(["pdftoppm", *where, str(pdf), str(IMAGES / name)], check=True)


def _write_fonts(folder: Path) -> Path:
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{relative}</string></edit></match>'
        for relative, names in RELATIVES.items()
        for name in names
    )
    path = folder / "fonts.conf"
    path.write_text(FONTS.replace("{aliases}", aliases), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
