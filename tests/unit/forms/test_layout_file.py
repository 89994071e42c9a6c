from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from PIL import Image as PictureFile

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.layout import AS_STYLED, CellLook, Column, Field, FormLayout, Paper, ValueKind
from planbook.forms.layout_file import LayoutReading, layout_version, read_layout_file
from planbook.forms.layout_workbook import NOTES_SHEET, write_layout_workbook
from planbook.forms.logo import Logo
from planbook.forms.package_writer import render_package
from planbook.forms.pages import lay_out
from planbook.forms.reference_writer import render_reference
from planbook.forms.writer import write_form
from planbook.model.errors import PlanbookError
from planbook.model.findings import Severity
from planbook.model.form import Form
from tests.support.validity import assert_audited, assert_valid_workbook
from tests.unit.forms.sample_forms import KEY, picture, sample_form
from tests.unit.forms.test_package_writer import parts
from tests.unit.forms.test_writer import nasty_forms

STANDARD = write_layout_workbook(DEFAULT_LAYOUT)


def edited(edit: Callable[[Workbook], object]) -> LayoutReading:
    """Return the reading of the standard layout workbook after somebody has edited it."""
    workbook = load_workbook(BytesIO(STANDARD))
    edit(workbook)
    buffer = BytesIO()
    workbook.save(buffer)
    return read_layout_file(buffer.getvalue())


def layout_of(reading: LayoutReading) -> FormLayout:
    assert reading.layout is not None, reading.findings
    return reading.layout


def test_the_standard_workbook_gives_the_standard_layout() -> None:
    for reading in (read_layout_file(STANDARD), edited(lambda _: None)):
        assert reading.findings == ()
        assert replace(layout_of(reading), version=DEFAULT_LAYOUT.version) == DEFAULT_LAYOUT


def test_what_an_office_edits_is_taken_over() -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["责任清单"]
        sheet.title = "任务责任表"
        sheet["A1"].value = "{{ form.office }}督查事项"
        sheet["A1"].font = Font(name="华文中宋", size=26)
        sheet["E2"].value = "工作任务"
        sheet["E2"].font = Font(name="微软雅黑", size=12, bold=True, color="FFFFFF")
        sheet["E2"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=-0.5))
        sheet["F3"].font = Font(name="宋体", size=10)
        sheet["O2"].value = "存在问题*"
        sheet["N2"].value = "本期进展情况"
        sheet["N2"].comment = Comment("写清楚。", "")
        sheet.column_dimensions["F"].width = 50.63
        sheet.column_dimensions["C"].hidden = True
        sheet["X2"].value, sheet["X3"].value = "经费（万元）", "12.5"
        sheet["X3"].number_format = "0.00"
        sheet["Y2"].value = "到位日期"
        sheet["Y3"].number_format = "yyyy/m/d"
        sheet["Z2"].value = "督办领导＊"
        sheet.page_setup.paperSize = 9
        workbook[NOTES_SHEET]["A2"].value = "盖章扫描件另附。"

    layout = layout_of(edited(edit))
    by_field = {column.field: column for column in layout.tasks.columns if column.field is not Field.EXTRA}
    own = [column for column in layout.tasks.columns if column.field is Field.EXTRA]
    title = by_field[Field.TASK_TITLE]
    assert (layout.tasks.name, layout.title, layout.tasks.paper) == (
        "任务责任表",
        "{{ form.office }}督查事项",
        Paper.A4,
    )
    assert (layout.style.title_font, layout.style.title_size) == ("华文中宋", 26)
    assert title.header == "工作任务"
    assert title.header_look == CellLook("微软雅黑", 12, "FFFFFF", "254061", is_bold=True)
    assert by_field[Field.TASK_BODY].cell_look == CellLook(font="宋体", size=10)
    assert by_field[Field.TASK_BODY].width == 50
    assert by_field[Field.PLAN_TITLE].is_hidden
    assert by_field[Field.PROBLEMS].is_required
    assert not by_field[Field.PROGRESS].is_required
    assert by_field[Field.PROGRESS].prompt == "写清楚。"
    assert [(column.header, column.kind, column.is_required) for column in own] == [
        ("经费（万元）", ValueKind.NUMBER, False),
        ("到位日期", ValueKind.DATE, False),
        ("督办领导", ValueKind.LONG_TEXT, True),
    ]
    assert own[0].example == "12.5"
    assert layout.notes == ("盖章扫描件另附。",)
    assert layout.version != layout_version(DEFAULT_LAYOUT)
    assert by_field[Field.STATUS] == DEFAULT_LAYOUT.tasks.column(Field.STATUS)


def test_columns_may_be_moved_and_removed() -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["责任清单"]
        sheet.delete_cols(19)
        sheet.move_range("B2:B3", cols=30)

    columns = layout_of(edited(edit)).tasks.columns
    assert Field.EVIDENCE not in [column.field for column in columns]
    assert columns[-1].field is Field.TASK_CODE
    assert columns[-1].is_issued


@pytest.mark.parametrize(
    ("cell", "text", "code", "place"),
    [
        ("B3", None, "layout_code_missing", None),
        ("E3", "{{ task.titel }}", "layout_placeholder_unknown", "E3"),
        ("E3", "{{ indicator.name }}", "layout_sheet_twice", None),
        ("E3", "名称：{{ task.title }}", "layout_placeholder_misplaced", "E3"),
        ("F3", "{{task.title}}", "layout_field_twice", "F3"),
        ("F2", None, "layout_header_missing", "F3"),
        ("F2", "任务 名称：", "layout_header_twice", "F2"),
    ],
)
def test_errors_are_named_at_their_cell(cell: str, text: str | None, code: str, place: str | None) -> None:
    reading = edited(lambda workbook: setattr(workbook["责任清单"][cell], "value", text))
    assert reading.layout is None
    assert (code, place) in [(finding.code, finding.location.cell) for finding in reading.findings]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda sheet: sheet.delete_cols(5), "layout_title_missing"),
        (lambda sheet: sheet.delete_cols(12), "layout_required_missing"),
        (lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True), "layout_code_hidden"),
        (lambda sheet: setattr(sheet["W2"], "value", "长" * 80), "layout_header_long"),
    ],
)
def test_doubts_are_named_and_the_layout_still_serves(edit: Callable[[object], object], code: str) -> None:
    reading = edited(lambda workbook: edit(workbook["责任清单"]))
    assert reading.layout is not None
    assert [(finding.code, finding.severity) for finding in reading.findings] == [(code, Severity.WARNING)]


def test_a_missing_table_is_named() -> None:
    reading = edited(lambda workbook: workbook.remove(workbook["指标进度"]))
    assert [finding.code for finding in reading.findings] == ["layout_sheet_missing"]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04", STANDARD[:2000]])
def test_what_is_no_workbook_is_said_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PlanbookError):
        read_layout_file(content)


def test_the_version_follows_the_content() -> None:
    assert layout_version(DEFAULT_LAYOUT) == layout_version(replace(DEFAULT_LAYOUT, version="别的"))
    assert layout_version(DEFAULT_LAYOUT) != layout_version(replace(DEFAULT_LAYOUT, notes=("新",)))


HEADERS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)
COLOURS = st.sampled_from(["FF0000", "00FF00", "123456", None])
LOOKS = st.builds(
    CellLook, st.none() | HEADERS, st.none() | st.floats(6, 30), COLOURS, COLOURS, st.none() | st.booleans()
)


SIZES = st.integers(1, 900)
LOGOS = st.builds(Logo, st.just(picture(30, 10)), st.integers(0, 30), SIZES, SIZES, SIZES, SIZES)


@st.composite
def layouts(draw: st.DrawFn) -> FormLayout:
    sheets = []
    for sheet in DEFAULT_LAYOUT.sheets:
        kept = [c for c in sheet.columns if c.field is sheet.code_field or draw(st.integers(0, 3))]
        own = [
            Column(Field.EXTRA, draw(HEADERS), draw(st.floats(3, 60)), draw(st.sampled_from(ValueKind)))
            for _ in range(draw(st.integers(0, 2)))
        ]
        columns = [
            replace(
                column,
                header=draw(st.just(column.header) | HEADERS),
                is_hidden=draw(st.booleans()),
                prompt=draw(st.just(column.prompt) | st.text(max_size=300)),
                header_look=draw(st.just(AS_STYLED) | LOOKS),
                cell_look=draw(st.just(AS_STYLED) | LOOKS),
            )
            for column in draw(st.permutations([*kept, *own]))
        ]
        logo = draw(st.none() | LOGOS)
        sheets.append(replace(sheet, columns=tuple(columns), paper=draw(st.sampled_from(Paper)), logo=logo))
    title = draw(st.just(DEFAULT_LAYOUT.title) | HEADERS)
    layout = replace(DEFAULT_LAYOUT, tasks=sheets[0], indicators=sheets[1], title=title)
    return replace(layout, version=layout_version(layout))


@given(layout=layouts(), form=nasty_forms())
@settings(max_examples=20, deadline=None)
def test_both_writers_agree_on_any_layout(layout: FormLayout, form: Form) -> None:
    pages = lay_out(form, layout, KEY)
    assert parts(render_package(pages)) == parts(render_reference(pages))


@given(layout=layouts(), form=nasty_forms())
@settings(max_examples=25, deadline=None)
def test_any_layout_and_any_text_pass_the_audit(layout: FormLayout, form: Form) -> None:
    assert_audited(write_form(form, layout, KEY))


@pytest.mark.validator
@given(layout=layouts(), form=nasty_forms())
@settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.generate))  # each try takes a second
def test_any_layout_and_any_text_give_a_valid_workbook(layout: FormLayout, form: Form) -> None:
    assert_valid_workbook(write_form(form, layout, KEY))


@pytest.mark.validator
def test_the_layout_workbook_is_valid() -> None:
    assert_valid_workbook(STANDARD)


def test_the_bundled_layout_workbook_is_up_to_date() -> None:
    bundled = Path(__file__).parents[3] / "templates" / "责任清单样式.xlsx"
    assert parts(bundled.read_bytes()) == parts(STANDARD), "run scripts/build_layout_workbook.py"


def test_a_column_of_the_offices_own_may_stand_beside_indicators() -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["指标进度"]
        sheet.cell(2, sheet.max_column + 1).value = "口径说明"

    columns = layout_of(edited(edit)).indicators.columns
    assert [column.header for column in columns if column.field is Field.EXTRA] == ["口径说明"]


def _add_picture(workbook: Workbook, cell: str, content: bytes, size: tuple[int, int]) -> None:
    image = Image(BytesIO(content))
    image.width, image.height = size
    image.anchor = cell
    workbook["责任清单"].add_image(image)


def read_layout_pictures(content: bytes) -> list[Any]:
    return list(getattr(load_workbook(BytesIO(content))["责任清单"], "_images", []))


def test_a_picture_above_the_headers_goes_into_every_form_at_its_place() -> None:
    def edit(workbook: Workbook) -> None:
        _add_picture(workbook, "C1", picture(300, 100), (150, 50))

    layout = layout_of(edited(edit))
    assert layout.tasks.logo == Logo(picture(300, 100), 2, 0, 0, 150, 50)
    assert layout.indicators.logo is None
    assert layout.version != layout_version(DEFAULT_LAYOUT)
    assert layout_of(read_layout_file(write_layout_workbook(layout))).tasks.logo == layout.tasks.logo
    issued = read_layout_pictures(write_form(sample_form(), layout, KEY))
    assert [(image.anchor._from.col, image.anchor._from.row, image._data()) for image in issued] == [
        (2, 0, picture(300, 100))
    ]


def test_a_picture_too_high_for_the_title_block_is_made_smaller_in_proportion() -> None:
    fitted = Logo(b"", 0, 3, 40, 200, 400).within(100)
    assert (fitted.width_px, fitted.height_px, fitted.top_px) == (50, 100, 0)


@pytest.mark.parametrize(
    ("cell", "content", "code"),
    [
        ("C1", b"GIF", "layout_logo_format"),
        ("C1", b"noise", "layout_logo_heavy"),
        ("C9", b"", "layout_picture_ignored"),
    ],
)
def test_pictures_that_cannot_be_carried_are_named(cell: str, content: bytes, code: str) -> None:
    def edit(workbook: Workbook) -> None:
        made = BytesIO()
        if content == b"GIF":
            PictureFile.new("RGB", (9, 9)).save(made, "GIF")
        elif content == b"noise":
            noise = Random(1).randbytes(480_000)  # noqa: S311  # what no format makes small
            PictureFile.frombytes("RGB", (400, 400), noise).save(made, "PNG")
        _add_picture(workbook, cell, made.getvalue() or picture(9, 9), (90, 90))

    assert [finding.code for finding in edited(edit).findings] == [code]


def test_a_layout_keeps_its_version_whatever_was_looked_up_in_it() -> None:
    fresh = replace(DEFAULT_LAYOUT, tasks=replace(DEFAULT_LAYOUT.tasks), indicators=replace(DEFAULT_LAYOUT.indicators))
    before = layout_version(fresh)
    assert fresh.tasks.column(Field.STATUS) in fresh.tasks.columns
    assert fresh.tasks.column(Field.VALUE) is None
    assert layout_version(fresh) == before
    assert fresh == DEFAULT_LAYOUT
