"""How long 总台账.xlsx of 30,000 parts takes, against a bare XlsxWriter dump of the same cells, side by side.

    python -m benchmarks.bench_master [AGENCIES] [TASKS] [ROUNDS]

Both write the same values onto the same sheets in one run, turn by turn, so that the machine's moods fall alike.
The dump has no styles, widths, heights, links, charts or filters; `rows` is what building the rows alone takes of ours.
"""

import io
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import xlsxwriter

from benchmarks.measuring import Row, own_peak_mb, report
from planbook.model.codes import CodeKind, make_code
from planbook.model.form import Role, Status
from planbook.model.ledger import (
    Affiliation,
    Assignment,
    LedgerPlan,
    LedgerTask,
    PeriodLedger,
    ReceivedReport,
    TaskStanding,
)
from planbook.model.lights import Light, LightReading
from planbook.model.period import Period
from planbook.model.plan import LeadBasis, TaskKind
from planbook.model.submission import TaskReport
from planbook.outputs.master_notes import NotedTable, NotePlacer
from planbook.outputs.master_tables import TABLES, fill
from planbook.outputs.master_writer import write_master
from planbook.outputs.office_notes import NO_NOTES
from planbook.outputs.table_sheet import Cell, CellContent

PERIOD, CUT_OFF = Period.parse("2024Q1"), date(2024, 3, 31)
NOW = datetime(2024, 4, 8, 1, tzinfo=UTC)
WORDS = (
    "推进",
    "加快",
    "建设",
    "完善",
    "科技创新",
    "成果转化",
    "重大项目",
    "产业集群",
    "实验室",
    "研发投入",
    "一批",
    "，",
    "。",
)
PLAN = LedgerPlan(
    1, "湘江省科技创新三年行动计划（2023—2025年）", "湘江省人民政府", None, date(2023, 1, 1), date(2025, 12, 31), None,
    "方案.docx", "a" * 64,
)  # fmt: skip


def sentence(dice: random.Random, length: int) -> str:
    return "".join(dice.choice(WORDS) for _ in range(length))


def task_report(dice: random.Random, code: str, role: Role, row: int) -> TaskReport:
    return TaskReport(
        code,
        role,
        dice.choice(list(Status)),
        Decimal(dice.randint(0, 100)),
        sentence(dice, dice.randint(10, 40)),
        sentence(dice, dice.randint(0, 8)),
        sentence(dice, dice.randint(3, 10)),
        None,
        None,
        "立项批复",
        f"张{row % 90}",
        f"027-8{dice.randint(1000000, 9999999)}",
        date(2024, 4, 1),
        "",
        "责任清单",
        row,
    )


def standing(dice: random.Random, place: int, agencies: Sequence[str]) -> TaskStanding:
    code = make_code(CodeKind.TASK, 1, place)
    task = LedgerTask(
        code, 1, place, ("二、重点任务", f"（{place % 12 + 1}）{PLAN.title[:6]}"), str(place), sentence(dice, 6),
        sentence(dice, dice.randint(20, 60)), agencies[:1], agencies[1:], LeadBasis.EXPLICIT, date(2024, 12, 31),
        TaskKind.TASK, None, False, place, None, "",
    )  # fmt: skip
    light = LightReading(dice.choice(list(Light)), "序时进度41.7%，报告40%，落后1.7个百分点", CUT_OFF)
    parts = []
    for number, agency in enumerate(agencies):
        role = Role.SUPPORT if number else Role.LEAD
        received = ReceivedReport(
            agency, PERIOD, task_report(dice, code, role, place), f"2024Q1_{agency}_责任清单.xlsx", f"{place:064x}", NOW
        )
        parts.append(Assignment(code, agency, role, True, received, None, light))
    return TaskStanding(task, PLAN, tuple(parts), light, 275, completion_percent=Decimal(40))


def make_ledger(agencies: int, tasks: int) -> PeriodLedger:
    dice = random.Random(0)
    names = [f"省第{number}工作厅" for number in range(1, agencies + 1)]
    each = agencies * 30 // tasks
    return PeriodLedger(
        office="某省督查室", period=PERIOD, cut_off=CUT_OFF, made_at=NOW, plans=(PLAN,),
        tasks=tuple(
            standing(dice, place, [names[(place * 7 + number * 13) % agencies] for number in range(each)])
            for place in range(1, tasks + 1)
        ),
        indicators=(), missing=(), issued_agencies=agencies, returned_agencies=agencies, findings=(), unassigned=(),
        affiliations=tuple(Affiliation(name, "省直单位") for name in names),
    )  # fmt: skip


def tables_of(ledger: PeriodLedger) -> list[NotedTable]:
    placer = NotePlacer(NO_NOTES)
    return [fill(ledger, table, list(table.rows(ledger)), placer) for table in TABLES]


def dump(ledger: PeriodLedger) -> tuple[bytes, int]:
    """Return a workbook with the same cells and nothing else, and how many rows it has."""
    buffer = io.BytesIO()
    tables = [table.sheet for table in tables_of(ledger)]
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = workbook.add_worksheet(table.name)
            for number, row in enumerate(table.rows):
                for place, content in enumerate(row):
                    value = content.content if isinstance(content, Cell) else content
                    _write(sheet, number, place, value, day)
    return buffer.getvalue(), sum(len(table.rows) for table in tables)


def _write(sheet: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: CellContent, day: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value.replace(tzinfo=None) if isinstance(value, datetime) else value, day)
    else:
        sheet.write_number(row, column, value)


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure, and print a table."""
    agencies, tasks, rounds = (*map(int, sys.argv[1:]), *(1000, 3000, 3)[len(sys.argv) - 1 :])
    ledger = make_ledger(agencies, tasks)
    ours, bare, rows = [], [], []
    for turn in range(rounds):
        shown = replace(ledger, made_at=NOW + timedelta(seconds=turn))
        ours.append(timed(lambda shown=shown: write_master(shown)))
        bare.append(timed(lambda shown=shown: dump(shown)))
        rows.append(timed(lambda shown=shown: tables_of(shown)))
    content, count = dump(ledger)
    best, dumped = min(ours), min(bare) - min(rows)
    sizes = f"{len(write_master(ledger)) / 1e6:.1f} MB, dump {len(content) / 1e6:.1f} MB"
    report(
        f"master: {agencies * 30} parts, {count} rows, {sizes}",
        [
            Row("bare XlsxWriter dump", None, dumped, None, 1.0, "bare dump"),
            Row("planbook", None, best, own_peak_mb(), best / dumped, "bare dump"),
            Row("of it making the rows", None, min(rows), None, min(rows) / dumped, "bare dump"),
        ],
    )


if __name__ == "__main__":
    main()
