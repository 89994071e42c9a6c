import zipfile
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.layout import CellLook, Column, Field, FormLayout, FormStyle, Paper, ValueKind
from planbook.forms.logo import Logo
from planbook.forms.package_writer import render_package
from planbook.forms.pages import FormPages, lay_out
from planbook.forms.reference_writer import render_reference
from planbook.model.form import Form
from tests.unit.forms.sample_forms import BODY, KEY, picture, sample_form, sample_task
from tests.unit.forms.test_writer import nasty_forms

_TASKS = DEFAULT_LAYOUT.tasks
_OWN = Column(
    Field.EXTRA,
    "经费（万元）<&>",
    8,
    ValueKind.NUMBER,
    prompt="填数字。",
    header_look=CellLook(fill="C00000", colour="FFFFFF", is_bold=True),
    cell_look=CellLook(font="楷体", size=14),
)


def _changed(column: Column) -> Column:
    look = CellLook(size=9, fill="EEEEEE") if column.field is Field.TASK_BODY else column.cell_look
    return replace(column, is_hidden=column.kind is ValueKind.DATE, cell_look=look)


OTHER_LAYOUT = replace(
    DEFAULT_LAYOUT,
    version="2",
    title="{{ form.office }}{{form.period}}任务表",
    notes=("其他要求见{{ form.office }}通知。",),
    tasks=replace(
        _TASKS,
        name="任务 清单",
        columns=(_OWN, *(_changed(column) for column in reversed(_TASKS.columns))),
        paper=Paper.A4,
        logo=Logo(picture(300, 120), 1, 30, 5, 300, 120),
    ),
    indicators=replace(DEFAULT_LAYOUT.indicators, logo=Logo(picture(40, 40), 0, 0, 0, 40, 40)),
    style=FormStyle(body_font="宋体", body_size=12, fill_in_fill="FFFFFF"),
)


def parts(content: bytes) -> Mapping[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name).decode("latin-1") for name in package.namelist()}


def assert_same_parts(pages: FormPages) -> None:
    fast, slow = parts(render_package(pages)), parts(render_reference(pages))
    assert list(fast) == list(slow)
    for name, text in slow.items():
        assert fast[name] == text, name


@pytest.mark.parametrize("layout", [DEFAULT_LAYOUT, OTHER_LAYOUT])
@pytest.mark.parametrize(
    "form",
    [
        sample_form(),
        sample_form(tasks=0, indicators=0),
        sample_form(tasks=1, indicators=0, classification="秘密", due_on=None, contact=""),
        sample_form(tasks=40, indicators=20),
        replace(sample_form(), tasks=(sample_task(body=BODY * 30), sample_task(2, previous_progress="长" * 2000))),
    ],
)
def test_both_writers_give_the_same_parts(form: Form, layout: FormLayout) -> None:
    assert_same_parts(lay_out(form, layout, KEY))


@given(form=nasty_forms())
@settings(max_examples=25, deadline=None)
def test_both_writers_give_the_same_parts_for_any_text(form: Form) -> None:
    assert_same_parts(lay_out(form, DEFAULT_LAYOUT, KEY))
