import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.ledger.form_codec import decode_form, encode_form
from planbook.model.form import Form, FormIndicator, FormTask, Role
from planbook.model.period import Period

_TEXT = st.text(max_size=20)
_TEXTS = st.lists(_TEXT, max_size=3).map(tuple)
_DAY = st.none() | st.dates()
_PERIOD = st.sampled_from([Period.parse(text) for text in ("2024Q1", "2024-03", "2024H1", "2024")])
_TASK = st.builds(
    FormTask,
    code=_TEXT,
    plan_title=_TEXT,
    section=_TEXT,
    title=_TEXT,
    body=_TEXT,
    role=st.sampled_from(Role),
    lead_agencies=_TEXTS,
    supporting_agencies=_TEXTS,
    deadline=_DAY,
    previous_progress=_TEXT,
)
_INDICATOR = st.builds(
    FormIndicator, code=_TEXT, task_code=_TEXT, name=_TEXT, target=_TEXT, unit=_TEXT, by=_TEXT, previous_value=_TEXT
)
FORMS = st.builds(
    Form,
    form_id=_TEXT,
    workspace_id=_TEXT,
    agency=_TEXT,
    period=_PERIOD,
    version=st.integers(1, 99),
    issued_on=st.dates(),
    due_on=_DAY,
    office=_TEXT,
    contact=_TEXT,
    tasks=st.lists(_TASK, max_size=3).map(tuple),
    indicators=st.lists(_INDICATOR, max_size=3).map(tuple),
    classification=st.none() | _TEXT,
    layout_version=_TEXT,
)
_PLAIN = Form("a1", "w1", "省科技厅", Period.parse("2024Q1"), 1, date(2024, 4, 1), None, "督查室", "", (), ())


@given(FORMS)
def test_form_comes_back_as_it_went_in(form: Form) -> None:
    text = encode_form(form)
    assert decode_form(text) == form
    assert encode_form(decode_form(text)) == text


def test_text_is_canonical_and_legible() -> None:
    text = encode_form(_PLAIN)
    assert "省科技厅" in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert encode_form(replace(_PLAIN, version=2)) != text


@pytest.mark.parametrize(
    "damage",
    [
        {"format": 2},
        {"period": "2024Q9"},
        {"issued_on": "4月1日"},
        {"tasks": [{"code": "P1-001A"}]},
        {"tasks": None},
    ],
)
def test_damaged_form_is_no_form(damage: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_form(json.dumps(json.loads(encode_form(_PLAIN)) | damage))


def test_text_that_is_no_form() -> None:
    for text in ("", "[]", "null", "{}"):
        with pytest.raises(ValueError, match=r".+"):
            decode_form(text)
