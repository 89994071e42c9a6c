"""Writes the 说明 sheet of a workbook: headed blocks of two columns, printed on A4 upright."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from planbook.outputs import styles
from planbook.outputs.cell_text import clean_text
from planbook.outputs.styles import Align, FormatBook, Tint
from planbook.outputs.table_sheet import set_up_print
from planbook.sheets.text_metrics import row_height_pt

_LABEL_WIDTH: Final = 24.0
_TEXT_WIDTH: Final = 84.0


@dataclass(frozen=True, slots=True)
class Instruction:
    """One line: a label in the left column (with `tint` a colour sample) and what it means in the right one."""

    label: str
    text: str
    tint: Tint | None = None


@dataclass(frozen=True, slots=True)
class InstructionBlock:
    """Lines under a heading."""

    heading: str
    lines: Sequence[Instruction]


@dataclass(frozen=True, slots=True)
class InstructionPage:
    """The whole sheet: title, remarks below it, blocks."""

    title: str
    remarks: Sequence[str]
    blocks: Sequence[InstructionBlock]


def write_instructions(sheet: Any, formats: FormatBook, page: InstructionPage, footer: str) -> None:
    """Write `page` onto a fresh worksheet."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    sheet.set_row(0, styles.TITLE_SIZE_PT * 2.2)
    sheet.write_string(0, 0, clean_text(page.title), formats.text(styles.TITLE_SIZE_PT, font=styles.TITLE_FONT))
    row = 1
    for remark in page.remarks:
        sheet.set_row(row, styles.BODY_SIZE_PT * 1.8)
        sheet.write_string(row, 0, clean_text(remark), formats.text(styles.BODY_SIZE_PT, tint=Tint(ink=styles.INK)))
        row += 1
    for block in page.blocks:
        sheet.set_row(row + 1, styles.HEADER_SIZE_PT * 2.2)
        heading = formats.text(
            styles.HEADER_SIZE_PT + 1, font=styles.HEADER_FONT, tint=Tint(ink=styles.RULE), bottom=2,
            bottom_color="#" + styles.RULE,
        )  # fmt: skip
        sheet.write_string(row + 1, 0, block.heading, heading)
        sheet.write_blank(row + 1, 1, None, heading)
        row += 2
        for line in block.lines:
            _write_line(sheet, formats, row, line)
            row += 1
    set_up_print(sheet, footer, "A4", is_landscape=False)


def _write_line(sheet: Any, formats: FormatBook, row: int, line: Instruction) -> None:
    label, text = clean_text(line.label), clean_text(line.text)
    sheet.write_string(row, 0, label, formats.cell(line.tint or styles.ISSUED, Align.CENTRE))
    sheet.write_string(row, 1, text, formats.cell(indent=1))
    measured = [(label, _LABEL_WIDTH, styles.BODY_SIZE_PT), (text, _TEXT_WIDTH, styles.BODY_SIZE_PT)]
    sheet.set_row(row, row_height_pt(measured, minimum_pt=22))
