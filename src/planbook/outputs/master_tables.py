"""The tables of 总台账.xlsx: which sheets there are, how each looks, and what gives it rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from planbook.model.ledger import PeriodLedger
from planbook.model.tallies import TaskTally
from planbook.outputs import master_layout as layout
from planbook.outputs.cell_text import chinese_date
from planbook.outputs.master_layout import PUBLIC_HEADERS
from planbook.outputs.master_notes import KeyedRow, NotedTable, NotePlacer
from planbook.outputs.master_rows import indicator_rows, report_rows, task_rows
from planbook.outputs.master_watch_rows import change_rows, doubt_rows, quality_rows, return_rows
from planbook.outputs.table_sheet import TableColumn, TableSheet
from planbook.outputs.task_sheets import TASK_SHEETS


@dataclass(frozen=True, slots=True)
class MasterTable:
    """One sheet that is a table.

    Attributes:
        sheet: Its look, still without columns and rows.
        rows: What gives it rows.
        last_printed: Header of the last column that is printed; the columns to the right are for the screen.
    """

    sheet: TableSheet
    rows: Callable[[PeriodLedger], Iterable[KeyedRow]]
    last_printed: str | None = None


def _sheet(name: str, remark: str, *, frozen: int, colour: str, paper: str = "A3") -> TableSheet:
    return TableSheet(name, name, (remark,), (), (), frozen, paper, colour)


TABLES: Final = (
    MasterTable(
        _sheet(
            layout.TASKS_SHEET,
            "浅黄栏目由办公室填写，刷新时保留；选了“决定”的，下次一键汇总时办理并记入“已作决定”。点任务编号看各单位明细。",
            frozen=4,
            colour="C8453B",
        ),
        task_rows,
        layout.NOTE_HEADERS[-1],
    ),
    MasterTable(
        _sheet(
            layout.REPORTS_SHEET,
            "每个单位承担的每项任务一行，含未报送的。点任务编号回到任务台账。",
            frozen=3,
            colour="4F8FCB",
        ),
        report_rows,
        "填报日期",
    ),
    MasterTable(
        _sheet(
            layout.INDICATORS_SHEET,
            "完成率、差距按单位填报的数值计算；到期预测按各期数值的走势推算。",
            frozen=4,
            colour="6FAE5A",
        ),
        indicator_rows,
        "走势说明",
    ),
    MasterTable(
        _sheet(
            layout.RETURNS_SHEET,
            "没有报送的单位、回表中需要退改或核对的问题、没有落实到单位的任务。",
            frozen=3,
            colour="E9B93C",
        ),
        return_rows,
    ),
    MasterTable(
        _sheet(
            layout.DOUBTS_SHEET,
            "填报内容相互矛盾、与数字不符、与上期不衔接之处，请核实；依据栏写明出处。",
            frozen=5,
            colour="D9782D",
        ),
        doubt_rows,
    ),
    MasterTable(
        _sheet(
            layout.CHANGES_SHEET,
            "与上期台账不同之处：亮灯、进度、时限、办理状态、承办单位、方案调整。",
            frozen=4,
            colour="8E7CC3",
        ),
        change_rows,
    ),
    MasterTable(
        _sheet(
            layout.QUALITY_SHEET,
            "按设置中的评分表计分，分类排名，同分并列；每一分的算法写在“得分说明”。",
            frozen=3,
            colour="2E9C94",
        ),
        quality_rows,
    ),
)

DISPATCHES: Final = _sheet(
    layout.DISPATCHES_SHEET, "责任清单、退改单、催报的每一次发送，不含试发。", frozen=2, colour="7F8FA3"
)


def task_tables(ledger: PeriodLedger) -> tuple[MasterTable, ...]:
    """Return those of the tables that show tasks, which are made task by task."""
    return tuple(one for one in TABLES if one.sheet.name in TASK_SHEETS and _is_shown(ledger, one))


def filled_tables(ledger: PeriodLedger, placer: NotePlacer) -> Iterator[NotedTable]:
    """Yield the other tables that show `ledger`, the office's notes in place; the public version has few and none."""
    for table in TABLES:
        if table.sheet.name not in TASK_SHEETS and _is_shown(ledger, table):
            yield fill(ledger, table, list(table.rows(ledger)), placer)


def _is_shown(ledger: PeriodLedger, table: MasterTable) -> bool:
    return not ledger.is_public or table.sheet.name in PUBLIC_HEADERS


def fill(ledger: PeriodLedger, table: MasterTable, rows: list[KeyedRow], placer: NotePlacer) -> NotedTable:
    """Return a table with its rows and notes."""
    name = table.sheet.name
    placed = placer.place(layout.NOTED_SHEETS[name], table.sheet, rows, shown_headers(ledger, name))
    look = dressed(ledger, table, placed.sheet.columns)
    return replace(placed, sheet=replace(look, columns=placed.sheet.columns, rows=placed.sheet.rows))


def dressed(ledger: PeriodLedger, table: MasterTable, columns: Sequence[TableColumn]) -> TableSheet:
    """Return a table's look with its title, and with what `columns` are printed and frozen; rows are not set."""
    headers = [column.header for column in columns]
    last = table.last_printed
    printed = headers.index(last) + 1 if last in headers else None
    frozen = min(table.sheet.frozen_columns, len(headers))
    return replace(_titled(ledger, table.sheet), printed_columns=printed, frozen_columns=frozen)


def shown_headers(ledger: PeriodLedger, name: str) -> tuple[str, ...] | None:
    """Return the columns that are shown; None for all. A slice is no place to note or decide: nobody reads it back."""
    if ledger.is_public:
        return PUBLIC_HEADERS[name]
    if ledger.scope or ledger.as_of:
        headers = (column.header for column in layout.NOTED_SHEETS[name].columns)
        return tuple(header for header in headers if header not in layout.OFFICE_HEADERS)
    return None


def _titled(ledger: PeriodLedger, sheet: TableSheet) -> TableSheet:
    period = f"{ledger.period.label}，截止 {chinese_date(ledger.cut_off)}。"
    scope = f"{ledger.scope}。" if ledger.scope else ""
    title = _PUBLIC_TITLES.get(sheet.name, sheet.title) if ledger.is_public else sheet.title
    is_working_copy = not ledger.is_public and not ledger.scope and not ledger.as_of
    remarks = sheet.remarks if is_working_copy or sheet.name not in _WORKING_REMARKS else ("",)
    return replace(
        sheet,
        title=f"{ledger.period.label}{title}",
        remarks=tuple((period + scope + remark).strip() for remark in remarks),
    )


_PUBLIC_TITLES: Final = {
    layout.TASKS_SHEET: "任务进展情况",
    layout.INDICATORS_SHEET: "指标完成情况",
    layout.QUALITY_SHEET: "考核评价结果",
}
_WORKING_REMARKS: Final = (layout.TASKS_SHEET,)


def outlines_of(tallies: Iterable[TaskTally]) -> tuple[int, ...]:
    """Return each task row's group level: the first row of a plan's section stands for it, the others fold under it."""
    places = [(one.plan_sequence, one.path) for one in tallies]
    return tuple(int(place == before) for before, place in zip([None, *places], places, strict=False))
