"""Draws the manual's pictures of mails as agencies see them, by the built-in templates (needs Chromium)."""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date
from pathlib import Path

from planbook.mail.letter_fields import LetterFields, LetterKind
from planbook.mail.templates import Letters, standard_templates

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FIELDS = LetterFields(
    agency="省农业农村厅",
    agency_contact="李某",
    period="2024年第二季度",
    due_on=date(2024, 7, 10),
    tasks=7,
    lead_tasks=5,
    support_tasks=2,
    indicators=3,
    changes=("新增任务 1 项：建设农产品仓储保鲜冷链设施", "完成时限有调整 2 项：高标准农田建设、种业基地改造"),
    needs_correction=False,
    errors=0,
    doubts=0,
    attachment="2024Q2_省农业农村厅_责任清单.xlsx",
    office="某省政府督查室",
    contact="张某 010-12345678",
    today=date(2024, 7, 1),
)
PICTURES = (
    (LetterKind.FORM, date(2024, 7, 1), 578, "mail-form"),
    (LetterKind.LONG_OVERDUE, date(2024, 7, 15), 505, "mail-urging"),
)


def main() -> None:
    """Draw each letter in a window as wide as a reading pane."""
    letters = Letters(standard_templates())
    with tempfile.TemporaryDirectory() as folder:
        for kind, today, height, name in PICTURES:
            fields = LetterFields(**{**{slot: getattr(FIELDS, slot) for slot in FIELDS.__slots__}, "today": today})
            page = Path(folder) / f"{name}.html"
            page.write_text(letters.write(kind, fields).html, encoding="utf-8")
            browser = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size=720,{height}"]
            subprocess.run(
                [*browser, f"--screenshot={IMAGES / name}.png", page.as_uri()], check=True, capture_output=True
            )


if __name__ == "__main__":
    main()
