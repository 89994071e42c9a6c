from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.issued import altered_fields, clean_text, issued_row_digest, task_cells
from planbook.forms.layout import Column, Field, SheetKind, ValueKind
from planbook.forms.manifest import MAX_PROPERTY_LENGTH, SealReading, SealState, open_seal, seal
from planbook.sheets.raw import CellValue, RawSheet, RawWorkbook, Visibility
from tests.unit.forms.sample_forms import KEY, WORKSPACE, sample_form, sample_task

Rows = Sequence[Sequence[CellValue]]
FORM = sample_form()
SEALED = seal(FORM, DEFAULT_LAYOUT, KEY)


def workbook(*sheets: Rows, text: str = "") -> RawWorkbook:
    return RawWorkbook(
        tuple(RawSheet(f"_planbook ({place})", Visibility.HIDDEN, rows) for place, rows in enumerate(sheets)),
        {"planbook": text} if text else {},
    )


def opened(raw: RawWorkbook, keys: Sequence[bytes] = (KEY,)) -> SealReading:
    return open_seal(raw, keys, WORKSPACE)


def test_the_sheet_gives_everything_back() -> None:
    reading = opened(workbook(SEALED.rows, text=SEALED.property_text))
    assert (reading.state, reading.is_damaged) == (SealState.VALID, False)
    manifest = reading.manifest
    assert manifest is not None
    assert manifest.is_whole
    assert (manifest.form_id, manifest.agency, manifest.period) == (FORM.form_id, FORM.agency, FORM.period)
    assert (manifest.form_version, manifest.layout_version) == (1, DEFAULT_LAYOUT.version)
    assert manifest.codes(SheetKind.TASKS) == tuple(task.code for task in FORM.tasks)
    assert manifest.codes(SheetKind.INDICATORS) == tuple(indicator.code for indicator in FORM.indicators)
    cells = task_cells(FORM.tasks[0], 1)
    assert manifest.digest(SheetKind.TASKS, FORM.tasks[0].code) == issued_row_digest(DEFAULT_LAYOUT.tasks, cells)
    assert manifest.layout(DEFAULT_LAYOUT) == DEFAULT_LAYOUT


def test_a_form_is_read_by_the_layout_that_it_was_issued_under() -> None:
    own = Column(Field.EXTRA, "经费（万元）", 9, ValueKind.LONG_TEXT, is_required=True)
    kept = tuple(column for column in reversed(DEFAULT_LAYOUT.tasks.columns) if column.field is not Field.REMARKS)
    renamed = tuple(replace(column, header=f"本办{column.header}") for column in kept)
    tasks = replace(DEFAULT_LAYOUT.tasks, name="任务表", columns=(own, *renamed))
    issued = replace(DEFAULT_LAYOUT, version="自定1", tasks=tasks)
    manifest = opened(workbook(seal(FORM, issued, KEY).rows)).manifest
    assert manifest is not None
    restored = manifest.layout(DEFAULT_LAYOUT)
    assert (restored.version, restored.tasks.name) == ("自定1", "任务表")
    assert [replace(column, width=0) for column in restored.tasks.columns] == [
        replace(column, width=0) for column in tasks.columns
    ]


def test_the_property_alone_tells_whose_form_it_is() -> None:
    reading = opened(workbook(text=SEALED.property_text))
    assert reading.state is SealState.VALID
    assert reading.manifest is not None
    assert (reading.manifest.agency, reading.manifest.form_id) == (FORM.agency, FORM.form_id)
    assert not reading.manifest.is_whole


def test_an_agency_name_too_long_for_the_property_is_left_out_of_it() -> None:
    form = sample_form(agency="湘江省推进长株潭国家自主创新示范区建设工作领导小组" * 9)
    sealed = seal(form, DEFAULT_LAYOUT, KEY)
    assert len(sealed.property_text) <= MAX_PROPERTY_LENGTH
    by_property = opened(workbook(text=sealed.property_text)).manifest
    by_sheet = opened(workbook(sealed.rows, text=sealed.property_text)).manifest
    assert by_property is not None
    assert by_sheet is not None
    assert (by_property.agency, by_property.form_id) == ("", form.form_id)
    assert by_sheet.agency == form.agency


def _padded(rows: Rows) -> Rows:
    return [[*row, None, ""] for row in rows] + [[], [None]]


def _rewrapped(rows: Rows) -> Rows:
    return [[cell.replace(" ", "\r\n ") if isinstance(cell, str) else cell for cell in row] for row in rows]


def _numbers(rows: Rows) -> Rows:
    return [[float(cell) if isinstance(cell, str) and cell.isdecimal() else cell for cell in row] for row in rows]


@pytest.mark.parametrize("resave", [_padded, _rewrapped, _numbers])
def test_what_programs_do_on_saving_breaks_no_seal(resave: Callable[[Rows], Rows]) -> None:
    form = sample_form(form_id="1234567890123456", agency="省 科技厅")
    reading = opened(workbook(resave(seal(form, DEFAULT_LAYOUT, KEY).rows)))
    assert reading.manifest is not None
    assert (reading.manifest.form_id, reading.manifest.agency) == (form.form_id, form.agency)


def _with(label: str, place: int, value: str) -> Rows:
    return [(*row[:place], value, *row[place + 1 :]) if row[0] == label else row for row in SEALED.rows]


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        (_with("agency", 1, "省财政厅"), SealState.BROKEN),
        (_with("row", 2, "P9-001A"), SealState.BROKEN),
        (_with("seal", 1, "0" * 64), SealState.BROKEN),
        (_with("seal", 1, "密"), SealState.BROKEN),
        (SEALED.rows[:-1], SealState.BROKEN),
        (SEALED.rows[:1], SealState.BROKEN),
        (SEALED.rows[:7] + SEALED.rows[8:], SealState.BROKEN),
        (_with("workspace", 1, "someone-else"), SealState.FOREIGN),
        (SEALED.rows[1:], SealState.ABSENT),
    ],
)
def test_an_altered_manifest_is_not_believed(rows: Rows, state: SealState) -> None:
    reading = opened(workbook(rows))
    assert (reading.state, reading.manifests) == (state, ())


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (SEALED.property_text.replace("省科技厅", "省财政厅"), SealState.BROKEN),
        (SEALED.property_text[:-1], SealState.BROKEN),
        (SEALED.property_text.replace(WORKSPACE, "someone-else"), SealState.FOREIGN),
        ("planbook", SealState.BROKEN),
        ("", SealState.ABSENT),
        ("   ", SealState.ABSENT),
    ],
)
def test_an_altered_property_is_not_believed(text: str, state: SealState) -> None:
    reading = opened(workbook(text=text))
    assert (reading.state, reading.manifests) == (state, ())


def test_another_workspaces_form_is_foreign_whatever_its_key() -> None:
    sealed = seal(sample_form(workspace_id="another"), DEFAULT_LAYOUT, KEY)
    assert opened(workbook(sealed.rows, text=sealed.property_text)).state is SealState.FOREIGN


def test_earlier_keys_are_still_believed() -> None:
    raw = workbook(SEALED.rows)
    assert opened(raw, (b"a later key, after a change", KEY)).state is SealState.VALID
    assert opened(raw, (b"a later key, after a change",)).state is SealState.BROKEN
    assert opened(raw, ()).state is SealState.BROKEN


def test_a_good_copy_counts_beside_a_broken_one() -> None:
    reading = opened(workbook(_with("agency", 1, "省财政厅"), text=SEALED.property_text))
    assert (reading.state, reading.is_damaged) == (SealState.VALID, True)
    assert reading.manifest is not None
    assert reading.manifest.agency == "省科技厅"


def test_copies_of_one_form_are_one_and_two_forms_are_two() -> None:
    other = seal(sample_form(form_id="another-form", agency="省财政厅"), DEFAULT_LAYOUT, KEY)
    assert opened(workbook(SEALED.rows, SEALED.rows)).manifest is not None
    reading = opened(workbook(SEALED.rows, other.rows))
    assert [manifest.agency for manifest in reading.manifests] == ["省科技厅", "省财政厅"]
    assert reading.manifest is None


TASK = sample_task()
CELLS: Mapping[Field, CellValue] = task_cells(TASK, 1)
DIGEST = issued_row_digest(DEFAULT_LAYOUT.tasks, CELLS)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {Field.SEQUENCE: 7.0},
        {Field.DEADLINE: datetime(2024, 12, 31)},  # noqa: DTZ001  cells have no time zone
        {Field.DEADLINE: 45657.0},
        {Field.DEADLINE: "2024年12月31日"},
        {Field.TASK_BODY: TASK.body.replace("\n", "\r\n") + " "},
        {Field.PREVIOUS_PROGRESS: None},
    ],
)
def test_a_row_that_a_program_saved_again_is_unaltered(changes: Mapping[Field, CellValue]) -> None:
    assert altered_fields(DEFAULT_LAYOUT.tasks, DIGEST, {**CELLS, **changes}) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.TASK_TITLE, "另一任务"),
        (Field.TASK_BODY, TASK.body[:-1]),
        (Field.DEADLINE, date(2025, 12, 31)),
        (Field.DEADLINE, None),
        (Field.ROLE, "配合"),
        (Field.PREVIOUS_PROGRESS, "补写"),
    ],
)
def test_a_changed_issued_cell_is_named(field: Field, value: CellValue) -> None:
    assert altered_fields(DEFAULT_LAYOUT.tasks, DIGEST, {**CELLS, field: value}) == (field,)


def test_a_removed_column_is_no_alteration() -> None:
    kept: dict[Field, CellValue] = {field: value for field, value in CELLS.items() if field is not Field.SECTION}
    assert altered_fields(DEFAULT_LAYOUT.tasks, DIGEST, kept) == ()


texts = st.text(st.characters(codec="utf-8"), max_size=60) | st.text(max_size=60)


@given(agency=texts.filter(str.strip), body=texts, title=texts)
def test_any_text_can_be_sealed(agency: str, body: str, title: str) -> None:
    task = sample_task(body=body, title=title)
    sealed = seal(sample_form(agency=agency, tasks=0), DEFAULT_LAYOUT, KEY)
    written = [[clean_text(cell) for cell in row] for row in sealed.rows]
    reading = opened(workbook(written, text=clean_text(sealed.property_text)))
    assert (reading.state, reading.is_damaged) == (SealState.VALID, False)
    cells = task_cells(task, 1)
    assert altered_fields(DEFAULT_LAYOUT.tasks, issued_row_digest(DEFAULT_LAYOUT.tasks, cells), cells) == ()
