"""Forms opened and saved again by LibreOffice, as an agency without Excel would do."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.issued import altered_fields
from planbook.forms.manifest import SealState, open_seal
from planbook.forms.writer import write_form
from planbook.model.form import Role
from planbook.sheets.reading import read_workbook
from tests.support.office import convert
from tests.unit.forms.sample_forms import BODY, KEY, WORKSPACE, sample_form, sample_task

FORM = replace(
    sample_form(indicators=2),
    tasks=(
        sample_task(1),
        sample_task(2, body="=1+1", previous_progress="上期：\n“完成80%”。 ", role=Role.SUPPORT),
        sample_task(3, body=BODY * 8, deadline=date(2025, 6, 30), section="", lead_agencies=()),
        sample_task(4, title="  前后有空格 ", body="_x000D_ <&> 0012", deadline=None),
    ),
)


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_form_saved_again_keeps_its_seal_and_its_issued_cells(suffix: str, tmp_path: Path) -> None:
    issued = tmp_path / "issued" / "form.xlsx"
    issued.parent.mkdir()
    issued.write_bytes(write_form(FORM, DEFAULT_LAYOUT, KEY))
    workbook = read_workbook(convert(issued, suffix, tmp_path))
    for copy in (workbook, replace(workbook, custom_properties={})):
        reading = open_seal(copy, (KEY,), WORKSPACE)
        assert (reading.state, reading.is_damaged) == (SealState.VALID, False)
        assert reading.manifest is not None
        assert reading.manifest.is_whole
        for sheet in DEFAULT_LAYOUT.sheets:
            raw = workbook.sheet(sheet.name)
            assert raw is not None
            code_place = sheet.position(sheet.code_field) or 0
            codes = reading.manifest.codes(sheet.kind)
            assert codes
            for row, code in enumerate(codes, start=sheet.first_row):
                assert raw.value(row, code_place) == code
                digest = reading.manifest.digest(sheet.kind, code) or ""
                values = {field: raw.value(row, sheet.position(field) or 0) for field in sheet.sealed_fields}
                assert altered_fields(sheet, digest, values) == (), code
