"""Write the standard form layout as a workbook for offices to edit: python scripts/build_layout_workbook.py."""

from pathlib import Path

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.layout_workbook import write_layout_workbook

TARGET = Path(__file__).parents[1] / "templates" / "责任清单样式.xlsx"

if __name__ == "__main__":
    TARGET.write_bytes(write_layout_workbook(DEFAULT_LAYOUT))
