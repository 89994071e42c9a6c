"""Results of sending, collecting and chasing as JSON objects."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planbook.actions.dispatching import Listed, Status, count_status
from planbook.actions.json_results import Json, date_json, findings_json

if TYPE_CHECKING:
    from planbook.actions.collect_returns import CollectResult
    from planbook.actions.remind import RemindResult
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


def remind_json(result: "RemindResult") -> Json:
    """Return what `remind --json` prints: the list, and what was sent."""
    return {
        **send_json(result.sending),
        "list": str(result.path),
        "reminders": [
            {
                "agency": line.agency,
                "owes": line.owes,
                "errors": line.errors,
                "due_on": date_json(line.due_on),
                "days_late": line.days_late,
                "escalation": line.step.value,
                "reminded": [moment.isoformat() for moment, _ in line.reminders],
            }
            for line in result.list.lines
        ],
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


def collect_json(result: "CollectResult") -> Json:
    """Return what `collect --json` prints."""
    return {
        "period": str(result.period),
        "inbox": str(result.inbox),
        "messages": [
            {
                "kind": message.kind.value,
                "source": message.source,
                "uid": message.uid,
                "sender": message.sender,
                "subject": message.subject,
                "sent_at": message.sent_at.isoformat() if message.sent_at else None,
                "files": [
                    {
                        "name": file.name,
                        "path": file.path,
                        "sha256": file.sha256,
                        "is_workbook": file.is_workbook,
                        "remark": file.remark,
                    }
                    for file in message.files
                ],
            }
            for message in result.messages
        ],
        "collected": len(result.workbooks),
        "findings": findings_json(result.findings),
    }
