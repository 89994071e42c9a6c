"""Results as the contracted JSON objects, the same for the command line and every other front."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from planbook.model.findings import Finding
from planbook.model.plan import Indicator, Plan, PlanTask

if TYPE_CHECKING:
    from planbook.actions.confirm_tasks import ConfirmResult
    from planbook.actions.consolidate import ConsolidateResult
    from planbook.actions.demonstrate import Demonstration
    from planbook.actions.examine import Examination
    from planbook.actions.export_reports import ExportedIndicator, ExportedReport, ExportResult
    from planbook.actions.import_plans import ImportResult
    from planbook.actions.issue_forms import IssueResult

Json: TypeAlias = Mapping[str, object]


def number_json(value: Decimal | None) -> int | float | None:
    """Return a number as JSON writes it: whole ones without a decimal point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def date_json(day: date | None) -> str | None:
    """Return a day as `YYYY-MM-DD`."""
    return day.isoformat() if day else None


def findings_json(findings: Iterable[Finding]) -> list[Json]:
    """Return findings with wording and place."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "message": finding.message,
            "location": str(finding.location) or None,
        }
        for finding in findings
    ]


def plan_json(plan: Plan) -> Json:
    """Return what `extract --json` prints."""
    return {
        "plan": {
            "title": plan.title,
            "issuer": plan.issuer,
            "document_number": plan.document_number,
            "period_start": date_json(plan.period_start),
            "period_end": date_json(plan.period_end),
            "classification": plan.classification,
        },
        "tasks": [_task_json(task) for task in plan.tasks],
        "indicators": [_indicator_json(indicator) for indicator in plan.indicators],
        "findings": findings_json(plan.findings),
    }


def _task_json(task: PlanTask) -> Json:
    return {
        "path": list(task.path),
        "number": task.number,
        "title": task.title,
        "body": task.body,
        "lead_agencies": list(task.lead_agencies),
        "supporting_agencies": list(task.supporting_agencies),
        "lead_basis": task.lead_basis.value,
        "deadline": date_json(task.deadline),
        "kind": task.kind.value,
        "unit_note": task.unit_note,
        "truncated": task.truncated,
        "source": {"page": task.source.page, "line": task.source.line},
    }


def _indicator_json(indicator: Indicator) -> Json:
    return {
        "name": indicator.name,
        "operator": indicator.operator.value,
        "value": number_json(indicator.value),
        "value_max": number_json(indicator.value_max),
        "unit": indicator.unit,
        "by": indicator.by,
        "quote": indicator.quote,
        "task": indicator.task,
    }


def import_json(result: "ImportResult") -> Json:
    """Return what `import --json` prints."""
    return {
        "plans": [
            {
                "title": plan.title,
                "tasks": plan.tasks,
                "path": str(plan.path),
                "is_new": plan.is_new,
                "version": plan.version,
            }
            for plan in result.plans
        ],
        "changes": [str(change) for change in result.changes],
        "review": str(result.review),
        "findings": findings_json(result.findings),
    }


def confirm_json(result: "ConfirmResult") -> Json:
    """Return what `confirm --json` prints."""
    return {
        "applied": result.is_applied,
        "changes": [str(change) for change in result.changes],
        "findings": findings_json(result.findings),
    }


def issue_json(result: "IssueResult") -> Json:
    """Return what `issue --json` prints."""
    return {
        "forms": [
            {
                "agency": form.agency,
                "path": str(form.path),
                "tasks": form.tasks,
                "indicators": form.indicators,
                "is_new": form.is_new,
            }
            for form in result.forms
        ],
        "findings": findings_json(result.findings),
    }


def consolidate_json(result: "ConsolidateResult") -> Json:
    """Return what `consolidate --json` prints."""
    return {
        "files": [
            {
                "path": outcome.path,
                "sha256": outcome.sha256,
                "verdict": outcome.verdict.value,
                "agency": outcome.agency,
                "reason": outcome.reason,
                "origin": outcome.origin,
                "findings": findings_json(outcome.findings),
            }
            for outcome in result.files
        ],
        "summary": {verdict.value: count for verdict, count in result.summary},
        "missing_agencies": list(result.missing_agencies),
        "ledger": str(result.ledger),
        "corrections": [
            {"agency": one.agency, "path": str(one.path), "notice": str(one.notice)} for one in result.corrections
        ],
        "findings": findings_json(result.findings),
    }


def export_json(result: "ExportResult") -> Json:
    """Return what `export --json` prints."""
    return {
        "reports": [_report_json(one) for one in result.reports],
        "indicators": [_reported_indicator_json(one) for one in result.indicators],
    }


def _report_json(one: "ExportedReport") -> Json:
    report = one.received.report
    return {
        "task": report.task_code,
        "task_title": one.task_title,
        "agency": one.received.agency,
        "role": report.role.value,
        "period": str(one.received.period),
        "status": report.status.value if report.status else None,
        "completion_percent": number_json(report.completion_percent),
        "progress": report.progress,
        "problems": report.problems,
        "next_steps": report.next_steps,
        "expected_completion": date_json(report.expected_completion),
        "extension_to": date_json(report.extension_to),
        "evidence": report.evidence,
        "reporter": report.reporter,
        "phone": report.phone,
        "reported_on": date_json(report.reported_on),
        "remarks": report.remarks,
        "extras": dict(report.extras),
        "raw": dict(report.raw),
        "light": one.light.light.value,
        "light_ground": one.light.ground,
        "closure": one.closure.state.value,
        "deadline": {
            "original": date_json(one.deadline.original),
            "approved": date_json(one.deadline.approved),
            "effective": date_json(one.deadline.effective),
            "extensions": one.deadline.extensions,
        },
        "source": {"file": one.received.file_name, "sheet": report.sheet, "row": report.row},
    }


def _reported_indicator_json(one: "ExportedIndicator") -> Json:
    report = one.received.report
    return {
        "task": one.task_code,
        "indicator": report.indicator_code,
        "indicator_name": one.name,
        "agency": one.received.agency,
        "period": str(one.received.period),
        "value": number_json(report.value),
        "unit": one.unit,
        "raw": report.raw,
        "data_source": report.data_source,
        "remarks": report.remarks,
        "extras": dict(report.extras),
        "source": {"file": one.received.file_name, "sheet": report.sheet, "row": report.row},
    }


def examination_json(result: "Examination") -> Json:
    """Return what `doctor --json` prints."""
    return {
        "workspace": str(result.workspace) if result.workspace else None,
        "checks": [
            {
                "subject": check.subject,
                "good": check.is_good,
                "result": check.result,
                "findings": findings_json(check.findings),
            }
            for check in result.checks
        ],
    }


def demonstration_json(result: "Demonstration") -> Json:
    """Return what `demo --json` prints."""
    return {
        "workspace": str(result.workspace),
        "files": [{"path": str(path), "what": what} for path, what in result.worth_opening],
    }
