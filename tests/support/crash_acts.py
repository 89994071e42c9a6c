"""What the crash harness does in a process of its own, and how it tells what state a workspace is in.

The modules that the acts need are imported here: a fork server that has this module loaded starts each act at once.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from docxtpl import DocxTemplate
from matplotlib import figure, ticker
from python_calamine import CalamineWorkbook

from planbook.actions import (
    collect_returns,
    confirm_tasks,
    consolidate,
    import_plans,
    issue_forms,
    publish_ledger,
    read_return_file,
    send_forms,
    write_bulletin,
    write_dashboard,
)
from planbook.actions.examine import examine
from planbook.actions.export_reports import export_reports
from planbook.actions.intentions.base import Circumstances, Ending
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.json_results import export_json
from planbook.actions.make_workspace import make_workspace
from planbook.actions.opening import opened_ledger
from planbook.forms import writer
from planbook.ledger import store
from planbook.ledger.store import Ledger
from planbook.mail import courier, mailbox
from planbook.model.period import Period
from planbook.outputs import master_layout, master_writer, review_writer
from planbook.outputs.dashboard import build, page
from planbook.outputs.documents import bulletin, rendering, template_marks
from planbook.outputs.documents.charts import chinese_font
from planbook.samples import sample_plan
from planbook.workspace.folder import open_workspace
from tests.support.mail_server import PASSWORD

NOW: Final = datetime(2024, 4, 8, 1, tzinfo=UTC)
TODAY: Final = date(2024, 4, 8)
PERIOD: Final = "2024Q1"
LOADED: Final = (
    *(confirm_tasks, consolidate, import_plans, issue_forms, publish_ledger, read_return_file),
    *(writer, store, master_writer, review_writer),
    *(collect_returns, send_forms, write_bulletin, write_dashboard, courier, mailbox),
    *(build, page, bulletin, rendering, template_marks, DocxTemplate, figure, ticker),
    chinese_font(),  # looked for among all fonts, and remembered
)


def carry_out(name: str, root: Path, fields: Mapping[str, object]) -> Ending:
    """Carry out the intention `name` in the workspace at `root`, by the harness's own clock."""
    intention = INTENTIONS[name]
    at = Circumstances(open_workspace(root), NOW, TODAY)
    return intention.run(at, intention.request(**fields))


def act(name: str, root: str) -> None:
    """Carry out one act of the crash harness."""
    os.environ["PLANBOOK_SMTP_PASSWORD"] = PASSWORD  # a provider has one for both its servers
    ACTS[name](Path(root))


def _import(root: Path) -> None:
    carry_out("import", root, {"files": (root.parent / "方案.docx",)})


def _issue(root: Path) -> None:
    carry_out("issue", root, {"period": PERIOD})


def _consolidate(root: Path) -> None:
    carry_out("consolidate", root, {"period": PERIOD})


def _ledger(root: Path) -> None:
    carry_out("ledger", root, {"period": PERIOD})


def _send_by_mail(root: Path) -> None:
    carry_out("send", root, {"period": PERIOD, "channel": "smtp"})


def _send_as_drafts(root: Path) -> None:
    carry_out("send", root, {"period": PERIOD, "channel": "eml"})


def _send_into_folders(root: Path) -> None:
    carry_out("send", root, {"period": PERIOD, "channel": "folder"})


def _collect(root: Path) -> None:
    carry_out("collect", root, {"period": PERIOD})


def _bulletin(root: Path) -> None:
    carry_out("bulletin", root, {"period": PERIOD})


def _dashboard(root: Path) -> None:
    carry_out("dashboard", root, {"period": PERIOD})


ACTS: Final[Mapping[str, Callable[[Path], None]]] = {
    "import": _import,
    "issue": _issue,
    "consolidate": _consolidate,
    "ledger": _ledger,
    "decisions": _ledger,  # taken over from the workbook, in which the office has typed them
    "bulletin": _bulletin,
    "dashboard": _dashboard,
    "send_smtp": _send_by_mail,
    "send_eml": _send_as_drafts,
    "send_folder": _send_into_folders,
    "collect": _collect,
}
MAILING: Final = ("send_smtp", "send_eml", "send_folder", "collect")


def make_office(root: Path) -> None:
    """Make a workspace at `root`, and the sample plan beside it, where the act `import` looks for it."""
    root.parent.mkdir(parents=True, exist_ok=True)
    sample_plan(root.parent).rename(root.parent / "方案.docx")
    make_workspace(root, office="某省督查室", contact="")


def faults(root: Path) -> list[str]:
    """Return what `doctor` finds wrong with the workspace."""
    return [f"{check.subject}：{check.result}" for check in examine(root, root).checks if not check.is_good]


def state(root: Path, *, by_own_clock: bool = True) -> str:
    """Return everything a clerk could tell two workspaces apart by, as JSON.

    Outputs bear the minute in which they were written: only those written by the harness's own clock are compared.
    """
    workspace = open_workspace(root)
    with opened_ledger(workspace) as ledger:
        tasks = [(task.code, task.title, task.lead_agencies, task.supporting_agencies) for task in ledger.plans.tasks()]
        forms = [(str(one.period), one.agency, one.version, one.path) for one in ledger.forms.issued()]
        decided = sorted(ledger.decisions.all().items())
        decisions = [(code, one.kind, one.reason, one.decided_on) for code, several in decided for one in several]
        sent = _sent(ledger)
    archived = sorted(path.name for path in (root / "archive").rglob("*") if path.is_file())
    whole = all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in (root / "archive").glob("??/*"))
    names = sorted(
        path.relative_to(root).as_posix()
        for folder in ("forms", "outputs", "plans", "inbox")
        for path in (root / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".planbook-")
    )
    exported = export_json(export_reports(workspace, None, today=TODAY))
    contents = _contents(root / "outputs") if by_own_clock else {}
    told = [tasks, forms, decisions, sent, archived, whole, names, contents, exported]
    return json.dumps(told, ensure_ascii=False, default=str)


def _sent(ledger: Ledger) -> list[tuple[str, ...]]:
    """Return whatever has left the office, each as often as it has: attempts that came to nothing leave nothing."""
    dispatches = ledger.dispatches.of_period(Period.parse(PERIOD))
    out = [one for one in dispatches if one.outcome.is_out]
    return sorted((one.agency, one.errand, one.channel, one.outcome, one.file_sha256) for one in out)


def _contents(outputs: Path) -> dict[str, object]:
    """Return what stands in each output; drafts and packages bear moments and numbers that no two writings share."""
    found: dict[str, object] = {}
    for path in sorted(one for one in outputs.rglob("*") if one.is_file() and not one.name.startswith(".planbook-")):
        if path.suffix == ".eml":
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            content: object = [part.get_content() for part in message.walk() if not part.is_multipart()]
        elif path.suffix == ".xlsx":
            content = _cells(path)
        elif path.suffix == ".docx":
            with ZipFile(path) as package:
                content = package.read("word/document.xml")
        else:
            content = path.read_bytes()
        found[path.relative_to(outputs).as_posix()] = hashlib.sha256(repr(content).encode()).hexdigest()
    return found


def _cells(path: Path) -> list[object]:
    book = CalamineWorkbook.from_path(str(path))
    # The stamp on the charts' sheet tells each writing from any other.
    names = [name for name in book.sheet_names if name != master_layout.CHARTS_SHEET]
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in names}
    # When something was put into its folder is told by the system's clock.
    return [
        (name, [[cell for cell in row if not isinstance(cell, datetime)] for row in rows])
        for name, rows in sheets.items()
    ]
