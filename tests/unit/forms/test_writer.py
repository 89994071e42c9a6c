from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.issued import MAX_CELL_LENGTH
from planbook.forms.layout import Column, Field, SheetLayout, ValueKind
from planbook.forms.manifest import MANIFEST_PROPERTY, SealState, open_seal
from planbook.forms.writer import write_form
from planbook.model.form import Form, Role
from planbook.sheets.raw import RawSheet, RawWorkbook, Visibility
from tests.support.validity import assert_valid_workbook
from tests.unit.forms.sample_forms import BODY, KEY, WORKSPACE, sample_form, sample_indicator, sample_task

TASKS, INDICATORS = DEFAULT_LAYOUT.sheets


def opened(form: Form) -> Workbook:
    return load_workbook(BytesIO(write_form(form, DEFAULT_LAYOUT, KEY)))


def cell_texts(sheet: Worksheet, row: int) -> list[object]:
    return [sheet.cell(row, place).value for place in range(1, sheet.max_column + 1)]


@pytest.fixture(scope="module")
def form() -> Form:
    tasks = (
        sample_task(1),
        sample_task(2, role=Role.SUPPORT, deadline=None, previous_progress="一季度完成立项批复。"),
        sample_task(3, title="=1+1", body='+86、-5、@某某、=HYPERLINK("http://a")', section=""),
    )
    return (
        sample_form(tasks=0, indicators=2, classification="内部")
        if not tasks
        else replace(sample_form(indicators=2, classification="内部"), tasks=tasks)
    )


@pytest.fixture(scope="module")
def workbook(form: Form) -> Workbook:
    return opened(form)


def test_sheets_stand_in_order_and_the_manifest_is_very_hidden(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["填报说明", "责任清单", "指标进度", "_planbook"]
    assert [workbook[name].sheet_state for name in workbook.sheetnames] == ["visible"] * 3 + ["veryHidden"]


def test_a_form_without_indicators_has_no_sheet_for_them() -> None:
    assert opened(sample_form(indicators=0)).sheetnames == ["填报说明", "责任清单", "_planbook"]


@pytest.mark.parametrize("sheet", DEFAULT_LAYOUT.sheets)
def test_headers_stand_in_the_header_row(workbook: Workbook, sheet: SheetLayout) -> None:
    assert cell_texts(workbook[sheet.name], sheet.header_row) == [column.label for column in sheet.columns]


def test_the_title_block_says_whose_form_it_is(workbook: Workbook) -> None:
    sheet = workbook["责任清单"]
    block = [str(sheet.cell(row, 1).value) for row in range(1, 4)]
    assert block[0] == "2024年第一季度重点任务责任清单"
    assert block[1] == "填报单位：省科技厅"
    assert block[2].split("　　") == [
        "内部",
        "填报期：2024年第一季度",
        "截止日期：2024年4月10日",
        "发文单位：湘江省人民政府办公厅",
        "联系人：李明 0731-88880000",
    ]


def test_issued_cells_hold_what_is_issued_and_fill_in_cells_nothing(workbook: Workbook, form: Form) -> None:
    sheet = workbook["责任清单"]
    assert cell_texts(sheet, TASKS.first_row) == [
        1,
        form.tasks[0].code,
        form.tasks[0].plan_title,
        form.tasks[0].section,
        form.tasks[0].title,
        BODY,
        "牵头",
        "省科技厅",
        "省发展改革委、省财政厅、长沙市人民政府",
        datetime(2024, 12, 31),  # noqa: DTZ001  cells have no time zone
        None,
        *[None] * 12,
    ]
    assert cell_texts(sheet, TASKS.first_row + 1)[9:11] == [None, "一季度完成立项批复。"]
    assert cell_texts(workbook["指标进度"], INDICATORS.first_row) == [
        1,
        form.tasks[0].code,
        form.indicators[0].code,
        "全社会研发经费投入强度",
        "≥2.9",
        "%",
        "2025年",
        "2.6",
        None,
        None,
        None,
    ]


def test_text_that_looks_like_a_formula_stays_text(workbook: Workbook) -> None:
    row = TASKS.first_row + 2
    for place, text in ((5, "=1+1"), (6, '+86、-5、@某某、=HYPERLINK("http://a")')):
        cell = workbook["责任清单"].cell(row, place)
        assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("sheet", DEFAULT_LAYOUT.sheets)
def test_issued_cells_are_locked_and_fill_in_cells_open(workbook: Workbook, sheet: SheetLayout) -> None:
    worksheet = workbook[sheet.name]
    protection = worksheet.protection
    assert protection.sheet
    assert protection.password is None
    allowed = (protection.sort, protection.autoFilter, protection.formatRows, protection.formatColumns)
    assert allowed == (False, False, False, False)  # False: not forbidden
    for place, column in enumerate(sheet.columns, start=1):
        cell = worksheet.cell(sheet.first_row, place)
        assert cell.protection.locked is column.is_issued, column.header
        filled = cell.fill.start_color.rgb
        assert filled == "FF" + ("F2F4F7" if column.is_issued else "FFFBE6"), column.header


@pytest.mark.parametrize("sheet", DEFAULT_LAYOUT.sheets)
def test_the_table_is_frozen_filtered_and_prints_with_its_header(workbook: Workbook, sheet: SheetLayout) -> None:
    worksheet = workbook[sheet.name]
    last_row = worksheet.max_row
    last = worksheet.cell(last_row, len(sheet.columns)).coordinate
    title = sheet.position(Field.TASK_TITLE) or sheet.position(Field.INDICATOR_NAME) or 0
    assert worksheet.freeze_panes == worksheet.cell(sheet.first_row, title + 1).coordinate
    assert worksheet.auto_filter.ref == f"A{sheet.header_row}:{last}"
    assert worksheet.print_title_rows == f"${sheet.header_row - 1}:${sheet.header_row}"
    assert worksheet.page_setup.orientation == "landscape"
    assert worksheet.sheet_properties.pageSetUpPr is not None
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage
    assert (worksheet.page_setup.fitToWidth or 1, worksheet.page_setup.fitToHeight) == (1, 0)
    footer, header = vars(worksheet)["HeaderFooter"].oddFooter, vars(worksheet)["HeaderFooter"].oddHeader
    assert (footer.center.text, header.left.text) == ("第 &P 页 共 &N 页", "填报单位：省科技厅")
    assert not worksheet.merged_cells.ranges


def validations(worksheet: Worksheet) -> Iterator[tuple[str, str, str, str | None, str | None]]:
    for rule in worksheet.data_validations.dataValidation:
        yield str(rule.sqref), rule.type, rule.errorStyle or "stop", rule.formula1, rule.formula2


def test_what_is_typed_is_checked_as_it_is_typed(workbook: Workbook) -> None:
    assert list(validations(workbook["责任清单"])) == [
        ("L6:L8", "list", "stop", '"未启动,滞后序时,达到序时,超序时,已完成"', None),
        ("M6:M8", "decimal", "stop", "0", "100"),
        ("N6:N8", "textLength", "stop", "2000", None),
        ("O6:O8", "textLength", "stop", "2000", None),
        ("P6:P8", "textLength", "stop", "2000", None),
        ("Q6:Q8", "date", "warning", "36526", "73050"),
        ("R6:R8", "date", "warning", "36526", "73050"),
        ("S6:S8", "textLength", "stop", "1000", None),
        ("T6:T8", "textLength", "stop", "50", None),
        ("U6:U8", "textLength", "stop", "60", None),
        ("V6:V8", "date", "warning", "36526", "73050"),
        ("W6:W8", "textLength", "stop", "1000", None),
    ]
    for sheet in DEFAULT_LAYOUT.sheets:
        rules = workbook[sheet.name].data_validations.dataValidation
        assert len(rules) == len(sheet.fill_in_columns)
        for rule in rules:
            assert 0 < len(rule.promptTitle) <= 32
            assert 0 < len(rule.prompt) <= 255
            assert 0 < len(rule.error) <= 225


def test_gaps_and_contradictions_are_coloured_while_typing(workbook: Workbook) -> None:
    formulas = {
        (str(area.sqref), str(rule.formula[0]))
        for area in workbook["责任清单"].conditional_formatting
        for rule in area.rules
    }
    required = [place for place, column in enumerate(TASKS.columns, start=1) if column.is_required]
    missing = [area for area, formula in formulas if "TRIM" in formula]
    contradictions = {area for area, formula in formulas if "已完成" in formula}
    assert len(missing) == len(required)
    assert contradictions == {"L6:L8", "M6:M8"}


def test_last_periods_text_looks_different(workbook: Workbook) -> None:
    sheet = workbook["责任清单"]
    previous, title = sheet.cell(7, 11), sheet.cell(7, 5)
    assert previous.font.color.rgb != (title.font.color.rgb if title.font.color else None)
    assert previous.font.name != title.font.name


def test_the_instructions_say_who_what_and_by_when(workbook: Workbook, form: Form) -> None:
    texts = [str(cell.value) for row in workbook["填报说明"].iter_rows() for cell in row if cell.value]
    everything = "\n".join(texts)
    for needed in (
        "省科技厅",
        "2024年4月10日",
        "湘江省人民政府办公厅",
        "李明 0731-88880000",
        "内部",
        "任务3项（牵头2项、配合1项），指标2项",
    ):
        assert needed in everything
    for column in (*TASKS.fill_in_columns, *INDICATORS.fill_in_columns):
        assert column.label in texts
        assert column.prompt in texts
    assert form.tasks[0].title not in everything


def test_rows_are_high_enough_for_long_texts_and_none_too_high() -> None:
    tasks = tuple(sample_task(item, body=BODY * item, previous_progress="长" * 40 * item) for item in (1, 4, 12, 40))
    sheet = opened(replace(sample_form(), tasks=tasks))["责任清单"]
    heights = [float(sheet.row_dimensions[row].height or 0) for row in range(6, 10)]
    assert heights == sorted(heights)
    assert heights[0] < heights[2]
    assert heights[-1] <= 409.5
    assert float(sheet.cell(9, 6).font.sz) < float(sheet.cell(6, 6).font.sz)


def test_hidden_and_own_columns_of_an_offices_layout() -> None:
    own = Column(Field.EXTRA, "经费（万元）", 9, ValueKind.NUMBER, prompt="填数字。")
    columns = tuple(replace(c, is_hidden=c.field is Field.SECTION) for c in reversed(TASKS.columns))
    layout = replace(DEFAULT_LAYOUT, version="2", tasks=replace(TASKS, columns=(own, *columns)))
    content = write_form(sample_form(), layout, KEY)
    sheet = load_workbook(BytesIO(content))["责任清单"]
    assert cell_texts(sheet, 5)[:3] == ["经费（万元）", "备注", "填报日期*"]
    assert sheet.column_dimensions["U"].hidden
    assert sheet["X6"].value == 1
    assert not sheet["A6"].protection.locked


def test_equal_input_gives_equal_bytes() -> None:
    assert write_form(sample_form(), DEFAULT_LAYOUT, KEY) == write_form(sample_form(), DEFAULT_LAYOUT, KEY)


def raw(workbook: Workbook) -> RawWorkbook:
    sheets = []
    for sheet in workbook.worksheets:
        rows = [[str(value) for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
        sheets.append(RawSheet(sheet.title, Visibility.VISIBLE, rows))
    properties = vars(workbook)["custom_doc_props"].props  # the stubs lack it
    return RawWorkbook(tuple(sheets), {str(item.name): str(item.value) for item in properties})


def test_the_file_carries_the_seal_twice(workbook: Workbook, form: Form) -> None:
    whole = raw(workbook)
    assert MANIFEST_PROPERTY in whole.custom_properties
    for copy in (replace(whole, custom_properties={}), replace(whole, sheets=())):
        reading = open_seal(copy, (KEY,), WORKSPACE)
        assert reading.state is SealState.VALID
        assert reading.manifest is not None
        assert reading.manifest.form_id == form.form_id


NASTY = (
    *("<r>富文本</r>", "_x000D_", "\x00\x01\ufffe\ud800", "&<>\"'", "省&市（单位）", "=1+1", "\r\n\t", "", " "),
    *("{{ task.title }}", "'引号", "[方括号]:*?/\\", "行\u2028行\x0b行", "\u202e反写", "a" * 40_000, "😀" * 20_000),
)
nasty = st.sampled_from(NASTY) | st.text(max_size=40)


@st.composite
def nasty_forms(draw: st.DrawFn) -> Form:
    task = sample_task(
        1,
        plan_title=draw(nasty),
        section=draw(nasty),
        title=draw(nasty),
        body=draw(nasty),
        lead_agencies=tuple(draw(st.lists(nasty, max_size=2))),
        previous_progress=draw(nasty),
        deadline=draw(st.none() | st.dates(date(1900, 3, 1), date(9999, 12, 31))),
    )
    indicator = sample_indicator(
        1, name=draw(nasty), target=draw(nasty), unit=draw(nasty), by=draw(nasty), previous_value=draw(nasty)
    )
    form = sample_form(
        agency=draw(nasty), office=draw(nasty), contact=draw(nasty), classification=draw(st.none() | nasty)
    )
    return replace(form, tasks=(task,), indicators=(indicator,))


@given(form=nasty_forms())
@settings(max_examples=30, deadline=None)
def test_any_text_gives_a_workbook_that_reads_back(form: Form) -> None:
    workbook = opened(form)
    assert open_seal(raw(workbook), (KEY,), WORKSPACE).state is SealState.VALID
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(values_only=True):
            assert all(len(value.encode("utf-16-le")) <= 2 * MAX_CELL_LENGTH for value in row if isinstance(value, str))


@pytest.mark.validator
@given(form=nasty_forms())
@settings(max_examples=5, deadline=None)
def test_any_text_gives_a_valid_workbook(form: Form) -> None:
    assert_valid_workbook(write_form(form, DEFAULT_LAYOUT, KEY))


@pytest.mark.validator
@pytest.mark.parametrize(("tasks", "indicators"), [(3, 1), (0, 0), (200, 40)])
def test_forms_of_any_size_are_valid(tasks: int, indicators: int) -> None:
    assert_valid_workbook(write_form(sample_form(tasks, indicators), DEFAULT_LAYOUT, KEY))
