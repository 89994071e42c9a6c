"""Results of reporting on a period as JSON objects, the same for the command line and every other front."""

from typing import TYPE_CHECKING

from planbook.actions.json_results import Json

if TYPE_CHECKING:
    from planbook.actions.write_dashboard import WrittenDashboard


def dashboard_json(result: "WrittenDashboard") -> Json:
    """Return what `dashboard --json` prints."""
    return {"dashboard": str(result.path), "period": str(result.period), "tasks": result.tasks}
