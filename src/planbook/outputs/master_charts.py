"""The charts of 总览, which Excel itself draws: returns, lights, indicators, the course over periods, progress."""

from collections.abc import Sequence
from typing import Any, Final

from planbook.model.attainment import Attainment
from planbook.model.figures import Figures, LightCount
from planbook.model.ledger import PeriodSummary
from planbook.model.lights import Light
from planbook.outputs import styles
from planbook.outputs.cell_text import clean_text
from planbook.outputs.master_layout import CHARTS_SHEET
from planbook.outputs.styles import LIGHT_CHART_COLOURS, LIGHT_ORDER

OVERVIEW_COLUMNS: Final = 12
"""Columns of the overview; a chart is a third of them wide, or all."""

COLUMN_WIDTH: Final = 11.0
"""Width of each, in characters."""

_COLUMN_PX: Final = 82
_RING_HEIGHT_PX: Final = 250
_COURSE_HEIGHT_PX: Final = 290
_ROW_PT: Final = 15.0
_LABEL_CHARACTERS: Final = 16
_CHARTED_GROUPS: Final = 25
_CHARTED_PERIODS: Final = 9
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


class Charts:
    """Draws the charts onto the overview, from the top down."""

    def __init__(self, workbook: Any, sheet: Any, values: ChartValues) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._values = values

    def write(self, figures: Figures, history: Sequence[PeriodSummary], row: int) -> int:
        """Insert the charts from `row` (from 0) on and return the row below them."""
        third = OVERVIEW_COLUMNS // 3
        rings = (
            ("报送情况", [("已报", figures.returned), ("未报", figures.missing)], ["4F8FCB", "C8453B"]),
            (
                "任务亮灯",
                [(light.label, figures.lights.get(light, 0)) for light in LIGHT_ORDER],
                [LIGHT_CHART_COLOURS[light] for light in LIGHT_ORDER],
            ),
            (
                "指标达标",
                [(one.value, figures.attainments.get(one, 0)) for one in Attainment],
                list(_ATTAINMENT_COLOURS.values()),
            ),
        )
        below = row
        for place, (title, counts, colours) in enumerate(rings):
            ring = self._ring(title, self._values.add(counts), colours)
            below = self._insert((row, place * third), ring, columns=third, height_px=_RING_HEIGHT_PX)
        row = below
        if len(history) > 1:
            row = self._insert(
                (row, 0),
                self._course(history[-_CHARTED_PERIODS:]),
                columns=OVERVIEW_COLUMNS,
                height_px=_COURSE_HEIGHT_PX,
            )
        row = self._groups(figures.by_section, "章节", row)
        if len(figures.by_plan) > 1:
            row = self._groups(figures.by_plan, "方案", row)
        return self._leads(figures, row)

    def _insert(self, place: tuple[int, int], chart: Any, *, columns: int, height_px: int) -> int:
        """Insert a chart at `place` (row, column), `columns` wide, and return the row below it."""
        row, column = place
        chart.set_size({"width": columns * _COLUMN_PX - 6, "height": height_px})
        chart.set_chartarea({"border": {"color": "#" + styles.BORDER}})
        chart.show_hidden_data()
        self._sheet.insert_chart(row, column, chart, {"x_offset": 3, "y_offset": 3, "object_position": 2})
        below = row - (-height_px * 3 // 4 // int(_ROW_PT)) + 1
        for covered in range(row, below):
            self._sheet.set_row(covered, _ROW_PT)
        return below

    def _ring(self, title: str, rows: tuple[int, int], colours: Sequence[str]) -> Any:
        chart = self._workbook.add_chart({"type": "doughnut"})
        chart.add_series(
            {
                "name": title,
                "categories": self._values.reference(rows, 0),
                "values": self._values.reference(rows, 1),
                "points": [
                    {"fill": {"color": "#" + colour}, "border": {"color": "#FFFFFF", "width": 1.5}}
                    for colour in colours
                ],
                "data_labels": {
                    "value": True,
                    "num_format": "0;;;",  # no label on a slice of nothing
                    "font": {**_font(10), "bold": True, "color": "#FFFFFF"},
                },
            }
        )
        chart.set_hole_size(58)
        chart.set_title({"name": title, "name_font": _font(12), "overlay": False})
        chart.set_legend({"position": "right", "font": _font(9)})
        return chart

    def _course(self, history: Sequence[PeriodSummary]) -> Any:
        """Return the course over the periods: lights as stacked columns, mean completion as a line."""
        rows = self._values.add(
            [
                (
                    one.period.label,
                    *(dict(one.lights).get(light, 0) for light in LIGHT_ORDER),
                    float(one.completion_percent or 0),
                )
                for one in history
            ]
        )
        chart = self._workbook.add_chart({"type": "column", "subtype": "stacked"})
        self._add_lights(chart, rows, gap=90, is_labelled=False)  # the line's numbers would stand on theirs
        line = self._workbook.add_chart({"type": "line"})
        line.add_series(
            {
                "name": "平均完成进度",
                "categories": self._values.reference(rows, 0),
                "values": self._values.reference(rows, len(LIGHT_ORDER) + 1),
                "y2_axis": True,
                "line": {"color": "#1F2D3D", "width": 2.25},
                "marker": {"type": "circle", "size": 7, "fill": {"color": "#FFFFFF"}, "border": {"color": "#1F2D3D"}},
                "data_labels": {
                    "value": True,
                    "num_format": 'General"%"',
                    "position": "above",
                    "font": {**_font(10), "bold": True},
                },
            }
        )
        chart.combine(line)
        chart.set_title({"name": "历期亮灯与平均完成进度", "name_font": _font(12), "overlay": False})
        chart.set_x_axis({"num_font": _font(9), "line": {"color": "#" + styles.BORDER}})
        grid = {"visible": True, "line": {"color": "#E6EAEE"}}
        chart.set_y_axis({"num_font": _font(9), "major_gridlines": grid, "line": {"none": True}})
        line.set_y2_axis(
            {"min": 0, "max": 100, "num_format": 'General"%"', "num_font": _font(9), "line": {"none": True}}
        )
        chart.set_legend({"position": "bottom", "font": _font(9)})
        return chart

    def _add_lights(self, chart: Any, rows: tuple[int, int], *, gap: int, is_labelled: bool = True) -> None:
        for column, light in enumerate(LIGHT_ORDER, start=1):
            ink = "#59636E" if light is Light.WHITE else "#FFFFFF"
            chart.add_series(
                {
                    "name": light.label,
                    "categories": self._values.reference(rows, 0),
                    "values": self._values.reference(rows, column),
                    "fill": {"color": "#" + LIGHT_CHART_COLOURS[light]},
                    "gap": gap,
                    "data_labels": {"value": is_labelled, "num_format": "0;;;", "font": {**_font(9), "color": ink}},
                }
            )

    def _groups(self, groups: Sequence[LightCount], kind: str, row: int) -> int:
        shown = groups[:_CHARTED_GROUPS]
        if not shown:
            return row
        rows = self._values.add(
            [(_short(one.title), *(one.lights.get(light, 0) for light in LIGHT_ORDER)) for one in shown]
        )
        chart = self._workbook.add_chart({"type": "bar", "subtype": "stacked"})
        self._add_lights(chart, rows, gap=60)
        part = f"，前 {_CHARTED_GROUPS} 个" if len(shown) < len(groups) else ""
        chart.set_title({"name": f"各{kind}亮灯情况（任务数）{part}", "name_font": _font(12), "overlay": False})
        _set_bar_axes(chart)
        chart.set_legend({"position": "bottom", "font": _font(9)})
        return self._insert((row, 0), chart, columns=OVERVIEW_COLUMNS, height_px=110 + 28 * len(shown))

    def _leads(self, figures: Figures, row: int) -> int:
        charted = [lead for lead in figures.leads if lead.average_percent is not None]
        if not charted:
            return row
        is_whole = len(charted) <= _BEST + _LAST
        shown = charted if is_whole else charted[:_BEST] + charted[-_LAST:]
        rows = self._values.add([(_short(lead.agency), float(lead.average_percent or 0)) for lead in shown])
        chart = self._workbook.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": "平均完成进度",
                "categories": self._values.reference(rows, 0),
                "values": self._values.reference(rows, 1),
                "fill": {"color": "#4F8FCB"},
                "gap": 50,
                "data_labels": {"value": True, "num_format": 'General"%"', "font": _font(9)},
            }
        )
        title = "牵头单位平均完成进度" + ("" if is_whole else f"（前 {_BEST} 位和后 {_LAST} 位）")
        chart.set_title({"name": title, "name_font": _font(12), "overlay": False})
        _set_bar_axes(chart, minimum=0, maximum=105)  # room for the label of a full bar
        chart.set_legend({"none": True})
        return self._insert((row, 0), chart, columns=OVERVIEW_COLUMNS, height_px=80 + 25 * len(shown))


def _set_bar_axes(chart: Any, minimum: float | None = None, maximum: float | None = None) -> None:
    """First category on top; no value axis, since every bar has its number."""
    chart.set_y_axis({"reverse": True, "num_font": _font(9), "line": {"color": "#" + styles.BORDER}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": minimum, "max": maximum})


def _font(size: int) -> dict[str, object]:
    return {"name": styles.SCREEN_FONT, "size": size, "bold": False, "color": "#" + styles.INK}


def _short(title: str) -> str:
    plain = " ".join(title.split())
    return plain if len(plain) <= _LABEL_CHARACTERS else plain[: _LABEL_CHARACTERS - 1] + "…"
