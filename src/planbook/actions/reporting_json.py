"""Results of reporting on a period as JSON objects, the same for the command line and every other front."""

from typing import TYPE_CHECKING

from planbook.actions.json_results import Json, findings_json

if TYPE_CHECKING:
    from planbook.actions.write_bulletin import WrittenBulletin
    from planbook.actions.write_dashboard import WrittenDashboard
    from planbook.actions.write_letters import WrittenLetters


def dashboard_json(result: "WrittenDashboard") -> Json:
    """Return what `dashboard --json` prints."""
    return {"dashboard": str(result.path), "period": str(result.period), "tasks": result.tasks}


def bulletin_json(result: "WrittenBulletin") -> Json:
    """Return what `bulletin --json` prints: every count with the codes or agencies behind it."""
    return {
        "bulletin": str(result.path),
        "period": str(result.period),
        "counts": [{"name": one.name, "count": one.number, "of": list(one.counted)} for one in result.counts],
        "findings": findings_json(result.findings),
    }


def letters_json(result: "WrittenLetters") -> Json:
    """Return what `letters --json` prints."""
    return {
        "period": str(result.period),
        "letters": [
            {"kind": one.kind, "agency": one.agency, "path": str(one.path), "tasks": list(one.tasks)}
            for one in result.letters
        ],
        "laid_aside": [str(path) for path in result.laid_aside],
        "written": result.is_written,
    }
