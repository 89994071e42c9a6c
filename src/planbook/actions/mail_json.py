"""Results of sending, collecting and chasing as JSON objects."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planbook.actions.dispatching import Listed, Status, count_status
from planbook.actions.json_results import Json, findings_json

if TYPE_CHECKING:
    from planbook.actions.send_forms import SendResult


def send_json(result: "SendResult") -> Json:
    """Return what `send --json` prints."""
    return {
        "period": str(result.period),
        "channel": result.channel.value,
        "dry_run": result.is_dry_run,
        "dispatches": lines_json(result.lines),
        "summary": summary_json(result.lines),
        "findings": findings_json(result.findings),
        "opens": [str(path) for path in result.opens],
    }


def lines_json(lines: Iterable[Listed]) -> list[Json]:
    """Return the lines of a list."""
    return [
        {
            "agency": line.dispatch.agency,
            "errand": line.dispatch.errand.value,
            "escalation": line.dispatch.escalation.value,
            "recipient": line.dispatch.recipient,
            "copies": list(line.dispatch.copies),
            "file": line.dispatch.file_name,
            "sha256": line.dispatch.file_sha256,
            "size": line.dispatch.size,
            "status": line.status.value,
            "reason": line.reason,
            "message_id": line.dispatch.message_id,
        }
        for line in lines
    ]


def summary_json(lines: Iterable[Listed]) -> Json:
    """Return how many lines stand how."""
    counts = count_status(lines)
    return {status.value: counts[status] for status in Status if counts[status]}
