"""The placeholders of a form layout: which field `{{ task.title }}` names, and what `{{ form.period }}` stands for."""

import re
from collections.abc import Mapping
from typing import Final

from planbook.forms.layout import Field, SheetKind
from planbook.model.form import Form

PLACEHOLDER: Final = re.compile(r"\{\{\s*([^{}\s][^{}]{0,60}?)\s*\}\}")
"""`{{ name }}`, as Jinja2 writes it."""

_REPORT: Final = (
    Field.STATUS,
    Field.COMPLETION_PERCENT,
    Field.PROGRESS,
    Field.PROBLEMS,
    Field.NEXT_STEPS,
    Field.EXPECTED_COMPLETION,
    Field.EXTENSION_TO,
    Field.EVIDENCE,
    Field.REPORTER,
    Field.PHONE,
    Field.REPORTED_ON,
    Field.REMARKS,
)

FIELDS: Final[Mapping[SheetKind, Mapping[str, Field]]] = {
    SheetKind.TASKS: {
        "task.sequence": Field.SEQUENCE,
        "task.code": Field.TASK_CODE,
        "task.plan": Field.PLAN_TITLE,
        "task.section": Field.SECTION,
        "task.title": Field.TASK_TITLE,
        "task.body": Field.TASK_BODY,
        "task.role": Field.ROLE,
        "task.lead_agencies": Field.LEAD_AGENCIES,
        "task.supporting_agencies": Field.SUPPORTING_AGENCIES,
        "task.deadline": Field.DEADLINE,
        "task.previous_progress": Field.PREVIOUS_PROGRESS,
        **{f"report.{field.value}": field for field in _REPORT},
    },
    SheetKind.INDICATORS: {
        "indicator.sequence": Field.SEQUENCE,
        "indicator.task_code": Field.TASK_CODE,
        "indicator.code": Field.INDICATOR_CODE,
        "indicator.name": Field.INDICATOR_NAME,
        "indicator.target": Field.TARGET,
        "indicator.unit": Field.UNIT,
        "indicator.due_by": Field.DUE_BY,
        "indicator.previous_value": Field.PREVIOUS_VALUE,
        "report.value": Field.VALUE,
        "report.data_source": Field.DATA_SOURCE,
        "report.remarks": Field.REMARKS,
    },
}
"""Name of each field's placeholder in the sample row of a layout workbook."""

FORM_NAMES: Final = ("form.period", "form.agency", "form.office", "form.due_on", "form.contact")
"""Placeholders that titles and notes may have."""


def placeholder(kind: SheetKind, field: Field) -> str:
    """Return the placeholder of `field`, e.g. `{{ task.title }}`."""
    name = next(name for name, known in FIELDS[kind].items() if known is field)
    return f"{{{{ {name} }}}}"


def fill_in(template: str, form: Form) -> str:
    """Return `template` with the form's own values; placeholders that nobody knows stay as they are."""
    values = {
        "form.period": form.period.label,
        "form.agency": form.agency,
        "form.office": form.office,
        "form.due_on": f"{form.due_on.year}年{form.due_on.month}月{form.due_on.day}日" if form.due_on else "",
        "form.contact": form.contact,
    }
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template)
