import io
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.model.attainment import Attainment, attainment_of
from planbook.model.figures import count_figures
from planbook.model.form import Role
from planbook.model.ledger import Assignment
from planbook.model.lights import Light
from planbook.outputs.cell_text import CELL_TEXT_LIMIT, clean_text
from planbook.outputs.master_notes import NotePlacer
from planbook.outputs.master_tables import TABLES, fill
from planbook.outputs.master_writer import write_master
from planbook.outputs.office_notes import NoteKey, OfficeNote, OfficeNotes
from planbook.outputs.styles import FormatBook
from planbook.outputs.table_sheet import write_table
from planbook.sheets.raw import RawSheet
from tests.support.validity import assert_valid_workbook
from tests.unit.outputs.sample_master import LEDGER, received
from tests.unit.outputs.sample_review import I1, I2, I3, T1, T2, T3, T4
from tests.unit.outputs.workbooks import read, table


def sheet(name: str) -> RawSheet:
    found = read(write_master(LEDGER)).sheet(name)
    assert found
    return found


def rows(name: str, header: str) -> list[dict[str, object]]:
    return table(sheet(name), header)


def test_sheets_stand_in_order_and_the_same_ledger_gives_the_same_bytes() -> None:
    content = write_master(LEDGER)
    assert [one.name for one in read(content).sheets] == [
        "总览", "任务台账", "单位明细", "指标台账", "未报与退改", "疑点", "变更", "填报质量", "说明", "_planbook",
    ]  # fmt: skip
    assert write_master(LEDGER) == content


def test_cards_count_what_the_ledger_holds() -> None:
    cards = sheet("总览")
    labels = {
        str(cards.value(row, column)): cards.value(row + 1, column) for row in (4, 8, 12) for column in range(1, 13, 2)
    }
    lights = Counter(standing.light.light for standing in LEDGER.tasks)
    assert labels == {
        "方案": 2, "任务": 4, "应报单位": 4, "已报": 3, "未报": 1, "平均完成进度": "—",
        **{light.label: lights[light] for light in Light},
        "超期未完成": 1, "待核查销号": 0, "已销号": 0, "指标": 3, "已达标指标": 1, "疑点": 0,
    }  # fmt: skip
    assert sum(lights.values()) == len(LEDGER.tasks)


def test_figures_by_plan_section_and_lead() -> None:
    figures = count_figures(LEDGER)
    assert [(group.title, group.total) for group in figures.groups] == [
        (LEDGER.plans[0].title, 3),
        (LEDGER.plans[1].title, 1),
    ]
    assert [(one.agency, one.tasks, one.reported, one.done, one.average_percent) for one in figures.leads] == [
        ("省科技厅", 2, 2, 1, Decimal("70.0")),
        ("市科技局", 1, 0, 0, None),
        ("省财政厅", 1, 0, 0, None),
    ]
    single = count_figures(replace(LEDGER, plans=LEDGER.plans[:1], tasks=LEDGER.tasks[:3]))
    assert (single.groups_by, [(group.title, group.total) for group in single.groups]) == (
        "章节",
        [("（一）平台建设", 2), ("三、保障措施", 1)],
    )


@pytest.mark.parametrize(
    ("place", "value", "attainment"),
    [
        (0, "15000", Attainment.REACHED),
        (0, "14999.9", Attainment.BELOW),
        (1, None, Attainment.SILENT),
        (2, "1.2", Attainment.REACHED),
    ],
)
def test_attainment(place: int, value: str | None, attainment: Attainment) -> None:
    standing = LEDGER.indicators[place]
    if value:
        one = standing.received[0]
        standing = replace(standing, received=(replace(one, report=replace(one.report, value=Decimal(value))),))
    assert attainment_of(standing) is attainment


def test_task_row_shows_lead_co_units_light_and_source() -> None:
    first, second, third, fourth = rows("任务台账", "任务编号")
    assert [row["任务编号"] for row in (first, second, third, fourth)] == [T1, T2, T3, T4]
    assert {name: first[name] for name in ("剩余天数", "亮灯", "亮灯依据", "进展状态", "完成进度")} == {
        "剩余天数": 275,
        "亮灯": "绿灯",
        "亮灯依据": "依据绿灯",
        "进展状态": "达到序时",
        "完成进度": 40,
    }
    assert first["完成时限"] in (date(2024, 12, 31), datetime.combine(date(2024, 12, 31), datetime.min.time()))
    assert first["配合单位情况"] == "省财政厅：状态未填\n东湖县人民政府：未报送"
    assert first["来源文件"] == "2024Q1_省科技厅_责任清单.xlsx / 责任清单 / 第5行"
    assert second["进展状态"] == "省科技厅：已完成（100%）\n省财政厅：未报送"
    assert (second["完成进度"], second["剩余天数"]) == ("100%\n—", -3)
    assert second["本期进展"] == "【省科技厅】=1+1 已完成立项"
    assert (third["亮灯"], third.get("本期进展"), third.get("领导批示")) == ("灰灯", None, None)
    assert fourth["进展状态"] == "未下发"


def test_agency_rows_show_every_part_with_provenance() -> None:
    parts = rows("单位明细", "报送情况")
    assert [(row["单位"], row["任务编号"], row["承担角色"], row["报送情况"]) for row in parts] == [
        ("省科技厅", T1, "牵头", "已报"),
        ("省财政厅", T1, "配合", "已报"),
        ("东湖县人民政府", T1, "配合", "未报送"),
        ("省科技厅", T2, "牵头", "已报"),
        ("省财政厅", T2, "牵头", "未报送"),
        ("市科技局", T4, "牵头", "未下发"),
    ]
    assert (parts[0]["联系电话"], parts[0]["附加栏目"], parts[0]["行号"]) == ("02788880000", "经费(万元)：120", 5)
    assert parts[0]["收到时间"] == datetime.fromisoformat("2024-04-03 01:30")


def test_indicator_rows_show_attainment_and_gap() -> None:
    found = rows("指标台账", "指标编号")
    assert [(row["指标编号"], row["报送单位"], row["目标"], row["达标情况"]) for row in found] == [
        (I1, "省科技厅", "≥15000", "未达标"),
        (I2, None, "2.9–3.1", "未报送"),
        (I3, "市科技局", "≥1.2", "未报送"),
        (I3, "省统计局", "≥1.2", "已达标"),
    ]
    assert (found[0]["完成率"], found[0]["差距"], found[0]["原始填写"]) == (80, 3000, "约12000")
    assert (found[3]["完成率"], found[3]["差距"]) == (125, 0)


def test_silent_agencies_come_before_findings() -> None:
    found = rows("未报与退改", "问题说明")
    assert [(row["序号"], row["类别"], row.get("单位"), row.get("位置")) for row in found] == [
        (1, "未报", "东湖县人民政府", None),
        (2, "退改", "省财政厅", "责任清单!Q7"),
        (3, "未落实", None, None),
    ]
    assert (found[0]["逾期天数"], found[0]["邮箱"]) == (3, "d@yc.gov.cn")


def test_text_that_looks_like_a_formula_stays_text() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_master(LEDGER)))
    cells = [cell for one in workbook.worksheets for row in one.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    dangerous = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]
    assert len(dangerous) >= 6
    assert all(cell.quotePrefix for cell in dangerous)


def test_empty_ledger_can_be_written() -> None:
    empty = replace(
        LEDGER, plans=(), tasks=(), indicators=(), missing=(), findings=(), unassigned=(), issued_agencies=0,
        returned_agencies=0,
    )  # fmt: skip
    assert read(write_master(empty)).sheet("任务台账")


NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from("=+-@&\n\r_x000D_\x00\x0b\ufeff😀")), min_size=1, max_size=40
)


@settings(max_examples=8, deadline=None)
@given(st.lists(NASTY, min_size=5, max_size=5), st.integers(0, 40_000))
def test_any_text_can_be_written(texts: list[str], length: int) -> None:
    office, title, agency, progress, name = texts
    plan = replace(LEDGER.plans[0], title=title)
    part = received(agency)
    part = replace(part, file_name=name, report=replace(part.report, progress=progress + "长" * length))
    standing = replace(LEDGER.tasks[0], plan=plan, assignments=(Assignment(T1, agency, Role.LEAD, True, part),))
    ledger = replace(LEDGER, office=office, plans=(plan,), tasks=(standing,))
    found = read(write_master(ledger)).sheet("任务台账")
    assert found
    (row,) = table(found, "任务编号")
    assert str(row.get("本期进展") or "")[:20] == clean_text(progress + "长" * length)[:20]
    assert len(str(row.get("本期进展"))) <= CELL_TEXT_LIMIT


@pytest.mark.validator
def test_master_is_valid() -> None:
    assert_valid_workbook(write_master(LEDGER))


def test_every_table_prints_one_page_wide_and_repeats_its_headers() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_master(LEDGER)))
    for name in ("任务台账", "单位明细", "指标台账", "未报与退改", "疑点", "变更", "填报质量"):
        one = workbook[name]
        assert (one.page_setup.fitToWidth or 1, one.page_setup.fitToHeight) == (1, 0)
        assert one.sheet_properties.pageSetUpPr
        assert one.sheet_properties.pageSetUpPr.fitToPage
        assert one.print_title_rows == "$3:$3"
        assert one.auto_filter.ref
        assert one.freeze_panes
    assert workbook["任务台账"].print_area.startswith("'任务台账'!$A$1:$S$")
    assert workbook["任务台账"]["S3"].value == "核查结论"


def test_links_lead_within_the_workbook_alone() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_master(LEDGER)))
    tasks = workbook["任务台账"]
    links = {cell.coordinate: cell.hyperlink for row in tasks.iter_rows() for cell in row if cell.hyperlink}
    assert links["A4"].location == "'单位明细'!A4:AB6"
    assert [workbook["单位明细"][f"A{row}"].value for row in (4, 5, 6)] == [T1] * 3
    assert workbook["单位明细"]["A7"].hyperlink.location == "'任务台账'!A5"
    assert all(link.target is None for link in links.values())


def test_sections_fold_under_their_first_task() -> None:
    tasks = openpyxl.load_workbook(io.BytesIO(write_master(LEDGER)))["任务台账"]
    assert [tasks.row_dimensions[row].outlineLevel for row in (4, 5, 6, 7)] == [0, 1, 0, 0]


@pytest.mark.parametrize("name", ["任务台账", "单位明细"])
def test_rows_made_task_by_task_are_those_that_xlsxwriter_writes(name: str) -> None:
    """Held against the slow way: the whole table handed to XlsxWriter, cell by cell."""
    notes = OfficeNotes(notes=(OfficeNote(NoteKey("任务台账", T2, ""), "督查意见", 0.5, is_percent=True),))
    (table,) = (one for one in TABLES if one.sheet.name == name)
    filled = fill(LEDGER, table, list(table.rows(LEDGER)), NotePlacer(notes))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        write_table(workbook.add_worksheet(name), FormatBook(workbook), filled.sheet, "")
    slow, quick = (
        openpyxl.load_workbook(io.BytesIO(one))[name] for one in (buffer.getvalue(), write_master(LEDGER, notes))
    )
    for made, written in zip(quick.iter_rows(min_row=4), slow.iter_rows(min_row=4), strict=True):
        assert [_look(cell) for cell in made] == [_look(cell) for cell in written]
        row = made[0].row or 0
        assert quick.row_dimensions[row].height == pytest.approx(slow.row_dimensions[row].height, abs=0.5)


def _look(cell: Any) -> tuple[object, ...]:
    font, fill_, align = cell.font, cell.fill, cell.alignment
    return (
        cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.quotePrefix, font.color.rgb, font.b,
        font.name, fill_.fgColor.rgb, align.horizontal, align.indent, align.wrap_text, cell.border.left.style,
    )  # fmt: skip


def test_a_row_of_a_ledger_that_outgrows_its_column_widens_the_column() -> None:
    first = LEDGER.tasks[0]
    part = first.assignments[0]
    assert part.received
    long = replace(part, received=replace(part.received, report=replace(part.received.report, progress="长" * 2000)))
    ledger = replace(LEDGER, tasks=(*LEDGER.tasks[1:], replace(first, assignments=(long, *first.assignments[1:]))))
    workbook = openpyxl.load_workbook(io.BytesIO(write_master(ledger)))
    for name, column, usual in (("任务台账", "M", 36), ("单位明细", "J", 40)):
        assert workbook[name].column_dimensions[column].width > usual + 20
