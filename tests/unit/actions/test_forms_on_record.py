"""Forms on record are the same whether they were taken apart before or are when asked for."""

import pytest

from planbook.actions.forms_on_record import FormsOnRecord
from planbook.forms.candidates import Candidate
from planbook.ledger.form_codec import encode_form
from planbook.ledger.kept_forms import KeptForm
from planbook.model.errors import PlanbookError
from tests.unit.forms.return_samples import return_form

FORM = return_form()


def kept(content: str) -> KeptForm:
    return KeptForm(FORM.form_id, FORM.agency, content)


def test_a_kept_form_is_the_form_that_was_issued() -> None:
    forms = FormsOnRecord((kept(encode_form(FORM)),))
    assert forms.form(FORM.form_id) == FORM
    assert dict(forms) == {FORM.form_id: Candidate.of(FORM)}
    assert forms.agencies == {FORM.agency}
    assert "another" not in forms
    assert forms.get("another") is None


def test_a_damaged_form_is_told_in_one_sentence() -> None:
    forms = FormsOnRecord((kept(encode_form(FORM)[:-9]),))
    with pytest.raises(PlanbookError, match="备份"):
        forms.form(FORM.form_id)
