"""Writes addin/excel/customUI14.xml from the table of buttons (planbook.actions.ribbon)."""

from pathlib import Path

from planbook.excel.ribbon_xml import render_ribbon

if __name__ == "__main__":
    target = Path(__file__).parents[1] / "addin" / "excel" / "customUI14.xml"
    target.write_text(render_ribbon(), encoding="utf-8", newline="\n")
