"""The 同名指标 sheet of the review table: what several plans ask of the same indicator, side by side, read-only."""

from collections.abc import Sequence
from typing import Final

from planbook.model.same_indicators import ComparedIndicator
from planbook.outputs import review_layout as layout
from planbook.outputs import styles
from planbook.outputs.cell_text import plain_number
from planbook.outputs.review_advice import target_value
from planbook.outputs.review_rows import in_words
from planbook.outputs.styles import Align, Tint
from planbook.outputs.table_sheet import Cell, CellContent, TableColumn, TableSheet

_COLUMNS: Final = (
    TableColumn("指标名称", 30, tint=styles.ISSUED),
    TableColumn("方案", 34, tint=styles.ISSUED),
    TableColumn("编号", 11, Align.CENTRE, tint=styles.ISSUED),
    TableColumn("目标值", 18, Align.CENTRE, tint=styles.ISSUED),
    TableColumn("单位", 10, Align.CENTRE, tint=styles.ISSUED),
    TableColumn("时限", 12, Align.CENTRE, tint=styles.ISSUED, number_format="@"),
    TableColumn("适用范围/原文", 52, tint=styles.QUOTED),
    TableColumn("提示", 40, tint=styles.ISSUED),
)
_REMARKS: Final = (
    "几个方案都有的指标列在一起，便于对照；范围、单位、时限都相同而目标不同的标黄。本表只供查看，改动请在“指标”表中进行。",
)
# Every other group is shaded, so that the eye sees where one indicator ends.
_SHADES: Final = (styles.PLAIN, styles.ISSUED)


def same_indicator_sheet(groups: Sequence[Sequence[ComparedIndicator]]) -> TableSheet:
    """Return the sheet over `groups` of indicators of one name."""
    rows = [
        _row(one, group, _SHADES[number % 2]) for number, group in enumerate(groups) for one in group
    ]  # fmt: skip
    return TableSheet(
        layout.SAME_INDICATORS_SHEET, "同名指标对照", _REMARKS, _COLUMNS, rows,
        frozen_columns=1, paper="A4", tab_colour="8E7CC3",
    )  # fmt: skip


def _row(one: ComparedIndicator, group: Sequence[ComparedIndicator], shade: Tint) -> list[CellContent | Cell]:
    indicator = one.indicator
    tint = styles.WARNING_TINT if one.differs_from else shade
    quote = f"{one.area or '未写明地区'}：{indicator.quote}" if indicator.quote else one.area
    return [
        Cell(indicator.name, shade),
        Cell(one.plan.title, shade),
        Cell(indicator.code, shade),
        Cell(f"{in_words(indicator.operator)} {target_value(indicator)}", tint),
        Cell(indicator.unit, shade),
        Cell(indicator.by, shade),
        quote,
        Cell("\n".join(_remarks(one, group)), tint),
    ]


def _remarks(one: ComparedIndicator, group: Sequence[ComparedIndicator]) -> list[str]:
    remarks = [f"与 {code} 的目标不一致，请核对。" for code in one.differs_from]
    value, unit = one.comparable
    if value != one.indicator.value and any(
        other.indicator.unit != one.indicator.unit and other.comparable[1] == unit for other in group
    ):
        remarks.append(f"折合 {plain_number(value)}{unit}。")
    if not one.indicator.by:
        remarks.append("未写时限，没有比较。")
    return remarks
