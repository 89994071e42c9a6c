"""The 总览 sheet: cards, charts, and the tables with the same figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from planbook.model.attainment import Attainment
from planbook.model.decisions import ClosureState
from planbook.model.figures import Figures, LeadProgress, LightCount
from planbook.model.ledger import PeriodLedger
from planbook.model.lights import Light
from planbook.outputs import styles
from planbook.outputs.cell_text import china_time, chinese_date, clean_text
from planbook.outputs.master_charts import COLUMN_WIDTH, OVERVIEW_COLUMNS, Charts, ChartValues
from planbook.outputs.styles import LIGHT_ORDER, LIGHT_TINTS, Align, FormatBook, Tint
from planbook.outputs.table_sheet import Cell, CellContent, TableColumn, set_up_print, write_cell
from planbook.sheets.text_metrics import row_height_pt

_LEAD_HEADERS: Final = ("牵头任务", "已报", "报告完成", "平均进度", "红灯", "黄灯", "绿灯", "灰灯")
_SET_IN: Final = "　　"
_CALM: Final = Tint("EEF3F8", styles.RULE)
_ALARM: Final = Tint("FBE9E7", "9B1C16")


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
        charts = Charts(self._workbook, self._sheet, ChartValues(chart_sheet))
        self._row = charts.write(self._figures, self._ledger.history, self._row)
        self._sheet.set_h_pagebreaks([self._row])  # cards and charts fill a page: no table's head stands at its foot
        self._write_tables()
        set_up_print(self._sheet, footer, "A4", is_landscape=False)

    def _write_title(self) -> None:
        ledger = self._ledger
        title = self._formats.text(22, font=styles.TITLE_FONT, align="center")
        self._sheet.set_row(0, 46)
        self._sheet.merge_range(0, 0, 0, OVERVIEW_COLUMNS - 1, self._title(), title)
        made = china_time(ledger.made_at)
        facts = f"{ledger.office}　　截止日期：{chinese_date(ledger.cut_off)}　　生成时间：{made:%Y-%m-%d %H:%M}"
        under = self._formats.text(
            11, tint=Tint(ink=styles.MUTED_INK), align="center", bottom=2, bottom_color="#" + styles.RULE
        )  # fmt: skip
        self._sheet.set_row(1, 24)
        self._sheet.merge_range(1, 0, 1, OVERVIEW_COLUMNS - 1, clean_text(facts), under)
        self._sheet.set_row(2, 9)
        self._row = 3

    def _title(self) -> str:
        ledger = self._ledger
        if ledger.is_public:
            return f"{ledger.period.label}重点任务完成情况"
        scope = f"（{ledger.scope}）" if ledger.scope else ""
        return clean_text(f"{ledger.period.label}重点任务总台账{scope}")

    def _write_cards(self) -> None:
        figures, ledger = self._figures, self._ledger
        reached, measured = figures.attainments.get(Attainment.REACHED, 0), len(ledger.indicators)
        claimed = len(figures.by_state.get(ClosureState.CLAIMED, ()))
        overdue, closed = len(figures.overdue), len(figures.closed)
        percent = figures.whole.completion_percent
        before = ledger.previous.completion_percent if ledger.previous else None
        moved = f"较上期 {percent - before:+g}" if percent is not None and before is not None else ""
        self._card_row(
            [
                ("方案", figures.plans, "", _CALM),
                ("任务", figures.tasks, "", _CALM),
                ("应报单位", figures.issued, "", _CALM),
                ("已报", figures.returned, _share(figures.returned, figures.issued, "报送率"), _CALM),
                ("未报", figures.missing, _share(figures.missing, figures.issued, "占"), _alarm(figures.missing)),
                ("平均完成进度", percent, moved, _CALM),
            ]
        )
        before_lights = dict(ledger.previous.lights) if ledger.previous else None
        self._card_row(
            [
                (light.label, figures.lights.get(light, 0), _moved(figures, light, before_lights), LIGHT_TINTS[light])
                for light in LIGHT_ORDER
            ]
        )
        doubts = ("考评单位", len(ledger.agencies), "", _CALM) if ledger.is_public else (
            "疑点", len(ledger.doubts), "", _alarm(len(ledger.doubts))
        )  # fmt: skip
        self._card_row(
            [
                ("超期未完成", overdue, _share(overdue, figures.tasks, "占"), _alarm(overdue)),
                ("待核查销号", claimed, _share(claimed, figures.tasks, "占"), _CALM),
                ("已销号", closed, _share(closed, figures.tasks, "占"), _CALM),
                ("指标", measured, "", _CALM),
                ("已达标指标", reached, _share(reached, measured, "占"), _CALM),
                doubts,
            ]
        )

    def _card_row(self, cards: Sequence[tuple[str, int | Decimal | None, str, Tint]]) -> None:
        for height, offset in ((22, 0), (38, 1), (18, 2), (9, 3)):
            self._sheet.set_row(self._row + offset, height)
        for number, (label, count, remark, tint) in enumerate(cards):
            first, last = number * 2, number * 2 + 1
            flat = Tint(tint.fill, tint.ink)
            edge: dict[str, Any] = {"font": styles.SCREEN_FONT, "align": "center"}
            edge |= {"left": 5, "left_color": "#FFFFFF", "right": 5, "right_color": "#FFFFFF"}
            top = self._formats.text(11, tint=flat, **edge)
            shown = {"num_format": 'General"%"'} if isinstance(count, Decimal) else {}
            middle = self._formats.text(24, tint=Tint(tint.fill, tint.ink, is_bold=True), **edge, **shown)
            bottom = self._formats.text(9, tint=flat, **edge)
            self._sheet.merge_range(self._row, first, self._row, last, label, top)
            self._sheet.merge_range(self._row + 1, first, self._row + 1, last, "", middle)
            if count is None:
                self._sheet.write_string(self._row + 1, first, "—", middle)
            else:
                self._sheet.write_number(self._row + 1, first, count, middle)
            self._sheet.merge_range(self._row + 2, first, self._row + 2, last, remark, bottom)
        self._row += 4

    def _write_tables(self) -> None:
        figures = self._figures
        counted = [("任务数", 1), *((light.label, 1) for light in LIGHT_ORDER), ("平均进度", 1)]
        self._table("各方案、章节", [("方案　章节", 4), *counted], _tree(figures), outlines=True)
        self._table(
            "各类别（按第一牵头单位）", [("考核类别", 4), *counted], [_group_cells(one) for one in figures.by_category]
        )
        self._table(
            "各牵头单位进度",
            [("牵头单位", 4), *((header, 1) for header in _LEAD_HEADERS)],
            [_lead_cells(lead) for lead in figures.leads],
        )

    def _table(
        self,
        title: str,
        headers: Sequence[tuple[str, int]],
        rows: Sequence[Sequence[CellContent | Cell]],
        *,
        outlines: bool = False,
    ) -> None:
        """Write a table; with `outlines`, rows whose title is set in fold away under the one above them."""
        self._sheet.set_row(self._row, 30)
        self._sheet.write_string(
            self._row, 0, title, self._formats.text(13, font=styles.HEADER_FONT, tint=Tint(ink=styles.RULE))
        )
        self._row += 1
        self._span_row([Cell(header) for header, _ in headers], [span for _, span in headers], is_header=True)
        for row in rows:
            cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
            is_under = outlines and str(cells[0].content).startswith(_SET_IN)
            self._span_row(cells, [span for _, span in headers], level=int(is_under))
        self._row += 1

    def _span_row(
        self, cells: Sequence[Cell], spans: Sequence[int], *, is_header: bool = False, level: int = 0
    ) -> None:
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
        height = row_height_pt([(str(first), width, styles.BODY_SIZE_PT)], minimum_pt=22)
        self._sheet.set_row(self._row, height, None, {"level": level} if level else {})
        self._row += 1


def _tree(figures: Figures) -> list[list[CellContent | Cell]]:
    """Return a row for each plan and under it one for each of its sections."""
    rows: list[list[CellContent | Cell]] = []
    for plan in figures.by_plan:
        title, *counts = _group_cells(plan)
        rows.append([Cell(str(title), Tint("EEF3F8", styles.RULE, is_bold=True)), *counts])
        sections = [one for one in figures.by_section if one.above == plan.above]
        rows += [[_SET_IN + one.title, *_group_cells(one)[1:]] for one in sections]
    return rows


def _group_cells(group: LightCount) -> list[CellContent | Cell]:
    return [
        group.title,
        group.total,
        *(_light_cell(group.lights, light) for light in LIGHT_ORDER),
        Cell(group.completion_percent, number_format='General"%"'),
    ]


def _alarm(count: int) -> Tint:
    return _ALARM if count else _CALM


def _moved(figures: Figures, light: Light, before: Mapping[Light, int] | None) -> str:
    """Return how a light's count moved since the period before, else its share."""
    count = figures.lights.get(light, 0)
    if before is None:
        return _share(count, figures.tasks, "占")
    moved = count - before.get(light, 0)
    return f"较上期 {moved:+d}" if moved else "与上期持平"


def _lead_cells(lead: LeadProgress) -> list[CellContent | Cell]:
    return [
        lead.agency,
        lead.tasks,
        lead.reported,
        lead.done,
        Cell(lead.average_percent, number_format='General"%"'),
        *(_light_cell(lead.lights, light) for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)),
    ]


def _light_cell(lights: Mapping[Any, int], light: Any) -> Cell:
    count = lights.get(light, 0)
    return Cell(count, LIGHT_TINTS[light] if count else Tint(ink="B4BAC1"))


def _share(part: int, whole: int, word: str) -> str:
    return f"{word} {part * 100 / whole:.0f}%" if whole else ""
