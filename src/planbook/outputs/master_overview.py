"""The 总览 sheet: cards, charts, and the tables with the same figures."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from planbook.model.figures import Figures, LeadProgress, LightCount
from planbook.model.ledger import PeriodLedger
from planbook.model.lights import Light
from planbook.outputs import styles
from planbook.outputs.cell_text import china_time, chinese_date, clean_text
from planbook.outputs.master_charts import COLUMN_WIDTH, OVERVIEW_COLUMNS, ChartValues, write_charts
from planbook.outputs.styles import LIGHT_ORDER, LIGHT_TINTS, Align, FormatBook, Tint
from planbook.outputs.table_sheet import Cell, CellContent, TableColumn, set_up_print, write_cell
from planbook.sheets.text_metrics import row_height_pt

_LEAD_HEADERS: Final = ("牵头任务", "已报", "报告完成", "平均进度", "红灯", "黄灯", "灰灯")


class Overview:
    """Writes the overview onto a fresh worksheet, top to bottom."""

    def __init__(self, workbook: Any, sheet: Any, formats: FormatBook, ledger: PeriodLedger, figures: Figures) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._formats = formats
        self._ledger = ledger
        self._figures = figures
        self._row = 0

    def write(self, chart_sheet: Any, footer: str) -> None:
        """Write everything; `chart_sheet` takes the short labels and numbers that the charts are drawn from."""
        self._sheet.hide_gridlines(2)
        self._sheet.set_column(0, OVERVIEW_COLUMNS - 1, COLUMN_WIDTH)
        self._write_title()
        self._write_cards()
        self._row = write_charts(self._workbook, self._sheet, ChartValues(chart_sheet), self._figures, self._row)
        self._write_tables()
        set_up_print(self._sheet, footer, "A4", is_landscape=False)

    def _write_title(self) -> None:
        ledger = self._ledger
        title = self._formats.text(22, font=styles.TITLE_FONT, align="center")
        self._sheet.set_row(0, 46)
        self._sheet.merge_range(0, 0, 0, OVERVIEW_COLUMNS - 1, f"{ledger.period.label}重点任务总台账", title)
        made = china_time(ledger.made_at)
        facts = f"{ledger.office}　　截止日期：{chinese_date(ledger.cut_off)}　　生成时间：{made:%Y-%m-%d %H:%M}"
        under = self._formats.text(
            11, tint=Tint(ink=styles.MUTED_INK), align="center", bottom=2, bottom_color="#" + styles.RULE
        )  # fmt: skip
        self._sheet.set_row(1, 24)
        self._sheet.merge_range(1, 0, 1, OVERVIEW_COLUMNS - 1, clean_text(facts), under)
        self._sheet.set_row(2, 9)
        self._row = 3

    def _write_cards(self) -> None:
        figures = self._figures
        blue = Tint("EEF3F8", styles.RULE)
        missing = Tint("FBE9E7", "9B1C16") if figures.missing else blue
        self._card_row(
            [
                ("方案", figures.plans, "", blue),
                ("任务", figures.tasks, "", blue),
                ("应报单位", figures.issued, "", blue),
                ("已报", figures.returned, _share(figures.returned, figures.issued, "报送率"), blue),
                ("未报", figures.missing, _share(figures.missing, figures.issued, "占"), missing),
            ]
        )
        self._card_row(
            [
                (light.label, figures.lights.get(light, 0), _share(figures.lights.get(light, 0), figures.tasks, "占"),
                 LIGHT_TINTS[light])
                for light in LIGHT_ORDER
            ]
        )  # fmt: skip

    def _card_row(self, cards: Sequence[tuple[str, int, str, Tint]]) -> None:
        for height, offset in ((22, 0), (38, 1), (18, 2), (9, 3)):
            self._sheet.set_row(self._row + offset, height)
        for number, (label, count, remark, tint) in enumerate(cards):
            first, last = number * 2, number * 2 + 1
            flat = Tint(tint.fill, tint.ink)
            edge: dict[str, Any] = {"font": styles.SCREEN_FONT, "align": "center"}
            edge |= {"left": 5, "left_color": "#FFFFFF", "right": 5, "right_color": "#FFFFFF"}
            top = self._formats.text(11, tint=flat, **edge)
            middle = self._formats.text(24, tint=Tint(tint.fill, tint.ink, is_bold=True), **edge)
            bottom = self._formats.text(9, tint=flat, **edge)
            self._sheet.merge_range(self._row, first, self._row, last, label, top)
            self._sheet.merge_range(self._row + 1, first, self._row + 1, last, "", middle)
            self._sheet.write_number(self._row + 1, first, count, middle)
            self._sheet.merge_range(self._row + 2, first, self._row + 2, last, remark, bottom)
        self._row += 4

    def _write_tables(self) -> None:
        figures = self._figures
        self._table(
            f"各{figures.groups_by}亮灯",
            [(figures.groups_by, 4), ("任务数", 1), *((light.label, 1) for light in LIGHT_ORDER)],
            [_group_cells(group) for group in figures.groups],
        )
        self._table(
            "各牵头单位进度",
            [("牵头单位", 3), *((header, 1) for header in _LEAD_HEADERS)],
            [_lead_cells(lead) for lead in figures.leads],
        )  # fmt: skip

    def _table(
        self, title: str, headers: Sequence[tuple[str, int]], rows: Sequence[Sequence[CellContent | Cell]]
    ) -> None:
        self._sheet.set_row(self._row, 30)
        self._sheet.write_string(
            self._row, 0, title, self._formats.text(13, font=styles.HEADER_FONT, tint=Tint(ink=styles.RULE))
        )
        self._row += 1
        self._span_row([Cell(header) for header, _ in headers], [span for _, span in headers], is_header=True)
        for row in rows:
            cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
            self._span_row(cells, [span for _, span in headers])
        self._row += 1

    def _span_row(self, cells: Sequence[Cell], spans: Sequence[int], *, is_header: bool = False) -> None:
        column = 0
        for cell, span in zip(cells, spans, strict=True):
            tint = styles.ISSUED_HEADER if is_header else cell.tint or styles.PLAIN
            align = Align.LEFT if span > 1 and not is_header else Align.CENTRE
            look = self._formats.header(tint) if is_header else self._formats.cell(tint, align)
            if span > 1:
                self._sheet.merge_range(self._row, column, self._row, column + span - 1, "", look)
            if is_header:
                self._sheet.write_string(self._row, column, str(cell.content), look)
            else:
                written = TableColumn("", COLUMN_WIDTH, align, number_format=cell.number_format or "General")
                write_cell(self._sheet, self._formats, (self._row, column), written, cell)
            column += span
        first = cells[0].content
        width = COLUMN_WIDTH * spans[0] - 2
        self._sheet.set_row(self._row, row_height_pt([(str(first), width, styles.BODY_SIZE_PT)], minimum_pt=22))
        self._row += 1


def _group_cells(group: LightCount) -> list[CellContent | Cell]:
    return [group.title, group.total, *(_light_cell(group.lights, light) for light in LIGHT_ORDER)]


def _lead_cells(lead: LeadProgress) -> list[CellContent | Cell]:
    red, yellow, grey = Light.RED, Light.YELLOW, Light.GREY
    return [
        lead.agency,
        lead.tasks,
        lead.reported,
        lead.done,
        Cell(lead.average_percent, number_format='General"%"'),
        *(_light_cell(lead.lights, light) for light in (red, yellow, grey)),
    ]


def _light_cell(lights: Mapping[Any, int], light: Any) -> Cell:
    count = lights.get(light, 0)
    return Cell(count, LIGHT_TINTS[light] if count else Tint(ink="B4BAC1"))


def _share(part: int, whole: int, word: str) -> str:
    return f"{word} {part * 100 / whole:.0f}%" if whole else ""
