"""Issued forms as canonical JSON: the ledger keeps every form word for word, and gives back exactly that form."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from planbook.ledger.canonical import canonical_json
from planbook.model.errors import PlanbookError
from planbook.model.form import Form, FormIndicator, FormTask, Role
from planbook.model.period import Period

_FORMAT: Final = 1


def encode_form(form: Form) -> str:
    """Return `form` as text; equal forms give equal text."""
    return canonical_json(
        {
            "format": _FORMAT,
            "form_id": form.form_id,
            "workspace_id": form.workspace_id,
            "agency": form.agency,
            "period": str(form.period),
            "version": form.version,
            "issued_on": form.issued_on.isoformat(),
            "due_on": _day_text(form.due_on),
            "office": form.office,
            "contact": form.contact,
            "tasks": [_encode_task(task) for task in form.tasks],
            "indicators": [_encode_indicator(indicator) for indicator in form.indicators],
            "classification": form.classification,
            "layout_version": form.layout_version,
        }
    )


def decode_form(text: str) -> Form:
    """Return the form that `text` was made of.

    Raises:
        ValueError: `text` is no form in the known format.
    """
    content = json.loads(text)
    try:
        if content["format"] != _FORMAT:
            raise ValueError(f"unknown form format {content['format']}")
        return Form(
            form_id=content["form_id"],
            workspace_id=content["workspace_id"],
            agency=content["agency"],
            period=Period.parse(content["period"]),
            version=content["version"],
            issued_on=date.fromisoformat(content["issued_on"]),
            due_on=_day(content["due_on"]),
            office=content["office"],
            contact=content["contact"],
            tasks=tuple(_decode_task(task) for task in content["tasks"]),
            indicators=tuple(_decode_indicator(indicator) for indicator in content["indicators"]),
            classification=content["classification"],
            layout_version=content["layout_version"],
        )
    except (KeyError, TypeError, PlanbookError) as error:
        raise ValueError(f"incomplete form: {error}") from error


def _encode_task(task: FormTask) -> Mapping[str, object]:
    return {
        "code": task.code,
        "plan_title": task.plan_title,
        "section": task.section,
        "title": task.title,
        "body": task.body,
        "role": task.role.value,
        "lead_agencies": task.lead_agencies,
        "supporting_agencies": task.supporting_agencies,
        "deadline": _day_text(task.deadline),
        "previous_progress": task.previous_progress,
    }


def _decode_task(content: Mapping[str, Any]) -> FormTask:
    return FormTask(
        code=content["code"],
        plan_title=content["plan_title"],
        section=content["section"],
        title=content["title"],
        body=content["body"],
        role=Role(content["role"]),
        lead_agencies=_texts(content["lead_agencies"]),
        supporting_agencies=_texts(content["supporting_agencies"]),
        deadline=_day(content["deadline"]),
        previous_progress=content["previous_progress"],
    )


def _encode_indicator(indicator: FormIndicator) -> Mapping[str, object]:
    return {
        "code": indicator.code,
        "task_code": indicator.task_code,
        "name": indicator.name,
        "target": indicator.target,
        "unit": indicator.unit,
        "by": indicator.by,
        "previous_value": indicator.previous_value,
    }


def _decode_indicator(content: Mapping[str, Any]) -> FormIndicator:
    return FormIndicator(
        code=content["code"],
        task_code=content["task_code"],
        name=content["name"],
        target=content["target"],
        unit=content["unit"],
        by=content["by"],
        previous_value=content["previous_value"],
    )


def _texts(content: Sequence[str]) -> tuple[str, ...]:
    return tuple(content)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
