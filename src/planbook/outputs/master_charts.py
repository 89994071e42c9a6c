"""The charts of 总览, which Excel itself draws: returns, indicators, lights by plan or section, progress by agency."""

from collections.abc import Sequence
from typing import Any, Final

from planbook.model.attainment import Attainment
from planbook.model.figures import Figures
from planbook.outputs import styles
from planbook.outputs.cell_text import clean_text
from planbook.outputs.master_layout import CHARTS_SHEET
from planbook.outputs.styles import LIGHT_CHART_COLOURS, LIGHT_ORDER

OVERVIEW_COLUMNS: Final = 10
"""Columns of the overview; every chart is half of them wide, or all."""

COLUMN_WIDTH: Final = 13.0
"""Width of each, in characters."""

_COLUMN_PX: Final = 96
_RING_HEIGHT_PX: Final = 290
_ROW_PT: Final = 15.0
_LABEL_CHARACTERS: Final = 14
_CHARTED_GROUPS: Final = 25
_BEST, _LAST = 8, 7  # agencies in the chart of progress where not all have room
_ATTAINMENT_COLOURS: Final = {
    Attainment.REACHED: "6FAE5A",
    Attainment.BELOW: "C8453B",
    Attainment.UNCLEAR: "E9B93C",
    Attainment.SILENT: "B4BAC1",
}


class ChartValues:
    """Short labels and numbers on a hidden sheet; the long titles would leave a chart no room."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._row = 0

    def add(self, rows: Sequence[tuple[str | float, ...]]) -> tuple[int, int]:
        """Write `rows` and return the first and last row."""
        first = self._row
        for row in rows:
            for column, value in enumerate(row):
                if isinstance(value, str):
                    self._sheet.write_string(self._row, column, clean_text(value))
                else:
                    self._sheet.write_number(self._row, column, value)
            self._row += 1
        self._row += 1
        return first, max(self._row - 2, first)

    def reference(self, rows: tuple[int, int], column: int) -> list[str | int]:
        """Return XlsxWriter's reference to one column of what `add` wrote."""
        return [CHARTS_SHEET, rows[0], column, rows[1], column]


def write_charts(workbook: Any, sheet: Any, values: ChartValues, figures: Figures, row: int) -> int:
    """Insert the charts from `row` (from 0) on and return the row below them."""
    half, whole = OVERVIEW_COLUMNS // 2, OVERVIEW_COLUMNS
    returned = values.add([("已报", figures.returned), ("未报", figures.missing)])
    ring = _ring(workbook, "报送情况", values, returned, ["4F8FCB", "C8453B"])
    _insert(sheet, (row, 0), ring, columns=half, height_px=_RING_HEIGHT_PX)
    attained = values.add([(one.value, figures.attainments.get(one, 0)) for one in Attainment])
    ring = _ring(workbook, "指标达标情况", values, attained, list(_ATTAINMENT_COLOURS.values()))
    row = _insert(sheet, (row, half), ring, columns=half, height_px=_RING_HEIGHT_PX)
    groups = figures.groups[:_CHARTED_GROUPS]
    if groups:
        height = 110 + 32 * len(groups)
        row = _insert(sheet, (row, 0), _light_bars(workbook, values, figures), columns=whole, height_px=height)
    charted = [lead for lead in figures.leads if lead.average_percent is not None]
    if charted:
        is_whole = len(charted) <= _BEST + _LAST
        shown = charted if is_whole else charted[:_BEST] + charted[-_LAST:]
        rows = values.add([(_short(lead.agency), float(lead.average_percent or 0)) for lead in shown])
        title = "牵头单位平均完成进度" + ("" if is_whole else f"（前 {_BEST} 位和后 {_LAST} 位）")
        bars = _progress_bars(workbook, title, values, rows)
        row = _insert(sheet, (row, 0), bars, columns=whole, height_px=80 + 27 * len(shown))
    return row


def _insert(sheet: Any, place: tuple[int, int], chart: Any, *, columns: int, height_px: int) -> int:
    """Insert a chart at `place` (row, column), `columns` wide, and return the row below it."""
    row, column = place
    chart.set_size({"width": columns * _COLUMN_PX - 6, "height": height_px})
    chart.set_chartarea({"border": {"color": "#" + styles.BORDER}})
    chart.show_hidden_data()
    sheet.insert_chart(row, column, chart, {"x_offset": 3, "y_offset": 3, "object_position": 2})
    below = row - (-height_px * 3 // 4 // int(_ROW_PT)) + 1
    for covered in range(row, below):
        sheet.set_row(covered, _ROW_PT)
    return below


def _ring(workbook: Any, title: str, values: ChartValues, rows: tuple[int, int], colours: Sequence[str]) -> Any:
    chart = workbook.add_chart({"type": "doughnut"})
    chart.add_series(
        {
            "name": title,
            "categories": values.reference(rows, 0),
            "values": values.reference(rows, 1),
            "points": [{"fill": {"color": "#" + colour}} for colour in colours],
            "data_labels": {
                "value": True,
                "num_format": "0;;;",  # no label on a slice of nothing
                "font": {**_font(10), "bold": True, "color": "#FFFFFF"},
            },
        }
    )
    chart.set_hole_size(55)
    chart.set_title({"name": title, "name_font": _font(12), "overlay": False})
    chart.set_legend({"position": "right", "font": _font(10)})
    return chart


def _light_bars(workbook: Any, values: ChartValues, figures: Figures) -> Any:
    groups = figures.groups[:_CHARTED_GROUPS]
    rows = values.add([(_short(one.title), *(one.lights.get(light, 0) for light in LIGHT_ORDER)) for one in groups])
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for column, light in enumerate(LIGHT_ORDER, start=1):
        chart.add_series(
            {
                "name": light.label,
                "categories": values.reference(rows, 0),
                "values": values.reference(rows, column),
                "fill": {"color": "#" + LIGHT_CHART_COLOURS[light]},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "0;;;", "font": {**_font(9), "color": "#FFFFFF"}},
            }
        )
    is_part = len(groups) < len(figures.groups)
    title = f"各{figures.groups_by}亮灯情况（任务数）" + (f"，前 {_CHARTED_GROUPS} 个" if is_part else "")
    chart.set_title({"name": title, "name_font": _font(12), "overlay": False})
    _set_bar_axes(chart)
    chart.set_legend({"position": "bottom", "font": _font(10)})
    return chart


def _progress_bars(workbook: Any, title: str, values: ChartValues, rows: tuple[int, int]) -> Any:
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "平均完成进度",
            "categories": values.reference(rows, 0),
            "values": values.reference(rows, 1),
            "fill": {"color": "#4F8FCB"},
            "gap": 50,
            "data_labels": {"value": True, "num_format": 'General"%"', "font": _font(9)},
        }
    )
    chart.set_title({"name": title, "name_font": _font(12), "overlay": False})
    _set_bar_axes(chart, minimum=0, maximum=105)  # room for the label of a full bar
    chart.set_legend({"none": True})
    return chart


def _set_bar_axes(chart: Any, minimum: float | None = None, maximum: float | None = None) -> None:
    """First category on top; no value axis, since every bar has its number."""
    chart.set_y_axis({"reverse": True, "num_font": _font(9), "line": {"color": "#" + styles.BORDER}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": minimum, "max": maximum})


def _font(size: int) -> dict[str, object]:
    return {"name": styles.SCREEN_FONT, "size": size, "bold": False, "color": "#" + styles.INK}


def _short(title: str) -> str:
    plain = " ".join(title.split())
    return plain if len(plain) <= _LABEL_CHARACTERS else plain[: _LABEL_CHARACTERS - 1] + "…"
