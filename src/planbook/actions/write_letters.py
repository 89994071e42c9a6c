"""letters: 督办单 for agencies with late or contradictory tasks, 催办函 for silent ones, each a Word document."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.actions.document_templates import ReadTemplate, read_template
from planbook.actions.progress import Progress, report
from planbook.actions.reported_period import View, read_reported_period
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.model.slices import WHOLE, Scope
from planbook.workspace.folder import Workspace, file_name_for
from planbook.workspace.replacing import refuse_unwritable, replace_file
from planbook.workspace.working_days import work_calendar

if TYPE_CHECKING:
    from planbook.outputs.documents.letters import Letter
    from planbook.outputs.documents.standard_templates import Template

_NO_LONGER_NEEDED: Final = "已不需要"


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter: its kind (督办单, 催办函), whom it goes to, its file, and the tasks that it speaks of."""

    kind: str
    agency: str
    path: Path
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenLetters:
    """The period's letters, and those of an earlier run that are no longer called for and were laid aside."""

    period: Period
    letters: tuple[WrittenLetter, ...]
    laid_aside: tuple[Path, ...]
    is_written: bool


def write_letters(
    workspace: Workspace,
    period: Period,
    agencies: tuple[str, ...] = (),
    *,
    now: datetime,
    today: date,
    is_dry_run: bool = False,
    progress: Progress | None = None,
    scope: Scope = WHOLE,
) -> WrittenLetters:
    """Write the letters of `period`, for all agencies or only for `agencies`, on all tasks or those within `scope`.

    Letters on a part of the tasks get file names of their own, and lay none aside.

    Raises:
        PlanbookError: Nothing was issued for it, an agency is unknown, there is nothing in the scope, a template has
            faults, or a file cannot be written; then none was.
    """
    from planbook.outputs.documents.letters import compose_letters
    from planbook.outputs.documents.standard_templates import Template

    templates = {template: read_template(workspace, template) for template in (Template.NOTICE, Template.URGING)}
    view = View(scope=scope)
    current = read_reported_period(workspace, period, view, now=now, today=today).ledger
    unknown = set(agencies) - {one.agency for task in current.tasks for one in task.assignments}
    if unknown:
        raise PlanbookError(f"{period.label}没有单位“{'、'.join(sorted(unknown))}”，请按责任清单上的名称写。")
    reply_by = work_calendar().after(today, workspace.settings.writing.reply_working_days)
    composed = compose_letters(current, contact=workspace.settings.contact, issued_on=today, reply_by=reply_by)
    planned = [(letter, _path(workspace, period, letter, view.suffix)) for letter in composed]
    wanted = [(letter, path) for letter, path in planned if not agencies or letter.agency in agencies]
    aside = () if agencies or view.suffix else _no_longer_needed(workspace, period, {path for _, path in planned})
    if not is_dry_run:
        for path in (*(path for _, path in wanted), *aside):
            refuse_unwritable(path)
        _write(wanted, templates, progress)
        for path in aside:
            target = path.parent / _NO_LONGER_NEEDED / path.name
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
    written = tuple(WrittenLetter(letter.template[:3], letter.agency, path, letter.tasks) for letter, path in wanted)
    return WrittenLetters(period, written, aside, is_written=not is_dry_run)


def _write(
    wanted: list[tuple["Letter", Path]], templates: dict["Template", ReadTemplate], progress: Progress | None
) -> None:
    from planbook.outputs.documents.rendering import render_document

    for number, (letter, path) in enumerate(wanted):
        report(progress, number, len(wanted), letter.agency)
        template = templates[letter.template]
        replace_file(path, render_document(template.content, letter.fields, template.name))
    report(progress, len(wanted), len(wanted), "")


def _folder(workspace: Workspace, period: Period, kind: str) -> Path:
    return workspace.outputs / kind / str(period)


def _path(workspace: Workspace, period: Period, letter: "Letter", suffix: str) -> Path:
    name = file_name_for(f"{period}_{letter.agency}_{letter.template[:3]}")
    return _folder(workspace, period, letter.template[:3]) / f"{name}{suffix}.docx"


def _no_longer_needed(workspace: Workspace, period: Period, needed: set[Path]) -> tuple[Path, ...]:
    """Return letters of an earlier run whose agency has answered since: nobody must send them by mistake."""
    found = (path for kind in ("督办单", "催办函") for path in _folder(workspace, period, kind).glob(f"*_{kind}.docx"))
    return tuple(sorted(path for path in found if path not in needed and not path.name.startswith("~$")))
