"""Builds the bundled sample plan (a fictional province's) as a Word document from its text beside this script."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "planbook" / "samples" / "sample_plan.docx"
FIXED = dt.datetime(2024, 1, 8, 9, 0, 0)  # noqa: DTZ001 (python-docx wants naive UTC)
TITLE_FONT, BODY_FONT, BLACK_FONT, KAI_FONT = "方正小标宋简体", "仿宋", "黑体", "楷体"


def add(document: WordDocument, text: str, *, font: str = BODY_FONT, size: float = 16, **layout: object) -> None:
    """Add a paragraph; a run-in heading (up to the first 。 of a ### or safeguard line) is set bold."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(0)
    if layout.get("indent", True):
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    if "align" in layout:
        paragraph.alignment = layout["align"]  # type: ignore[assignment]
    heading, rest = "", text
    if layout.get("run_in") and "。" in text:
        heading, rest = text[: text.index("。") + 1], text[text.index("。") + 1 :]
    for part, bold in ((heading, True), (rest, bool(layout.get("bold", False)))):
        if part:
            run = paragraph.add_run(part)
            run.bold = bold
            run.font.size = Pt(size)
            run.font.name = font
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if layout.get("page_break"):
        paragraph.add_run().add_break(WD_BREAK.PAGE)


def build() -> bytes:
    """Return the document; the same bytes each time."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)
    center, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    for line in (HERE / "sample_plan.txt").read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition(" ") if re.match(r"[@#]", line) else ("", "", line)
        match kind:
            case "@notice" | "@title":
                add(document, text, font=TITLE_FONT, size=22, indent=False, align=center)
            case "@number":
                add(document, text, indent=False, align=center)
            case "@address":
                add(document, text, indent=False)
            case "@sign":
                add(document, text, indent=False, align=right)
            case "@mark":
                add(document, text, page_break=True)
            case "#":
                add(document, text, font=BLACK_FONT)
            case "##":
                add(document, text, font=KAI_FONT, run_in=True, bold="。" not in text)
            case "###":
                add(document, text, run_in=True)
            case _:
                add(document, text)
    properties = document.core_properties
    properties.author, properties.title = "planbook", "澄江省数字乡村建设三年行动计划（示例，纯属虚构）"
    properties.created = properties.modified = FIXED
    buffer = BytesIO()
    document.save(buffer)
    return with_fixed_times(buffer.getvalue())


def with_fixed_times(content: bytes) -> bytes:
    """Return the package with fixed time stamps."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, (2024, 1, 8, 9, 0, 0))
            new.writestr(fixed, old.read(entry), zipfile.ZIP_DEFLATED)
    return target.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(build())
