"""Decisions, the history of a task and undone runs as JSON objects."""

from typing import TYPE_CHECKING

from planbook.actions.json_results import Json, date_json, findings_json
from planbook.model.decisions import Decision

if TYPE_CHECKING:
    from planbook.actions.decide import Decided
    from planbook.actions.task_history import TaskHistory
    from planbook.actions.undo import Undone


def decided_json(result: "Decided") -> Json:
    """Return what `close --json` and its like print."""
    return {
        "decisions": [
            decision_json(one) | {"task_title": result.titles.get(one.task_code, "")} for one in result.decisions
        ],
        "findings": findings_json(result.findings),
    }


def decision_json(one: Decision) -> dict[str, object]:
    """Return one decision."""
    return {
        "task": one.task_code,
        "kind": one.kind.value,
        "decided_on": date_json(one.decided_on),
        "who": one.who,
        "reason": one.reason,
        "evidence": one.evidence,
        "checker": one.checker,
        "from": date_json(one.from_date),
        "to": date_json(one.to_date),
        "asked_on": date_json(one.asked_on),
        "agency": one.agency,
        "to_agency": one.to_agency,
        "role": one.role.value if one.role else None,
        "period": str(one.period) if one.period else None,
        "source": {"file": one.file, "sheet": one.sheet, "cell": one.cell},
    }


def history_json(result: "TaskHistory") -> Json:
    """Return what `history --json` prints."""
    return {
        "task": result.task.code,
        "title": result.task.title,
        "entries": [
            {
                "at": one.at.isoformat(),
                "kind": one.kind.value,
                "who": one.who,
                "agency": one.agency,
                "period": str(one.period) if one.period else None,
                "text": one.text,
                "counts": one.counts,
                "in_force": one.is_in_force,
                "source": {"file": one.file, "sheet": one.sheet, "place": one.place, "sha256": one.file_sha256},
            }
            for one in result.entries
        ],
    }


def undone_json(result: "Undone") -> Json:
    """Return what `undo --json` prints."""
    run = result.run
    return {
        "run": run.number,
        "who": run.who,
        "started_at": run.started_at.isoformat(),
        "period": str(run.period) if run.period else None,
        "returns": [{"agency": agency, "file": name} for agency, name in run.returns],
        "decisions": run.decisions,
        "ledger": str(result.ledger) if result.ledger else None,
        "findings": findings_json(result.findings),
    }
