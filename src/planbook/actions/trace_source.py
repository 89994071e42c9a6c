"""source: the archived return that a cell of the master workbook came from, and the very cell in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from planbook.actions.form_layout import layouts_for_reading
from planbook.actions.opening import opened_ledger
from planbook.model.errors import PlanbookError
from planbook.model.form import Role
from planbook.model.ledger import ReceivedReport
from planbook.model.period import Period
from planbook.workspace.folder import Workspace, file_name_for
from planbook.workspace.replacing import replace_file
from planbook.workspace.user_folder import user_folder

if TYPE_CHECKING:
    from planbook.forms.layout import FormLayout

# Headers of the master workbook that the form words otherwise.
_MASTER_HEADERS: Final[Mapping[str, str]] = {
    "牵头单位进展状态": "进展状态",
    "本期进展": "本期进展情况",
    "申请延期": "申请延期至",
    "单位预计完成": "预计完成时间",
    "单位申请延期至": "申请延期至",
}
_COPIES_KEPT: Final = 50


@dataclass(frozen=True, slots=True)
class SourceCell:
    """Where a value was read.

    Attributes:
        agency: Whose return it is.
        file_name: The return's name as it came in.
        sha256: Of its bytes.
        sheet: Sheet in it.
        cell: Address there, e.g. `N7`; that of the task's row where the header names no column of the form.
        path: A copy with the return's own name, to be opened and not to be edited; the archive stays untouched.
        others: Other agencies that reported on the task in the period.
    """

    agency: str
    file_name: str
    sha256: str
    sheet: str
    cell: str
    path: Path
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Wanted:
    """What a worker has to know to find the column of a header in a return."""

    layouts: tuple["FormLayout", ...]
    keys: tuple[bytes, ...]
    workspace_id: str
    sheet: str
    row: int
    header: str


def trace_source(
    workspace: Workspace, period: Period, task: str, *, beside: Sequence[str] = (), header: str = ""
) -> SourceCell:
    """Return the archived cell that a value of the master workbook came from.

    Args:
        workspace: The workspace.
        period: Period of the master workbook.
        task: Code of the row's task.
        beside: The row's other texts; an agency named among them is the one that is meant, else the lead.
        header: Header of the value's column.

    Raises:
        PlanbookError: Nobody has reported on the task in the period, or the archive no longer holds the return
            unaltered.
    """
    with opened_ledger(workspace) as ledger:
        reports = [one for one in ledger.reports.tasks(period) if one.report.task_code == task]
        workspace_id = ledger.workspace_id
    if not reports:
        raise PlanbookError(f"任务 {task} 在{period.label}还没有单位报送，没有来源可看。")
    chosen = _meant(reports, beside)
    if not workspace.is_archived(chosen.file_sha256):
        raise PlanbookError(f"存档里的“{chosen.file_name}”不见了或被改动过，看不了来源，请从备份恢复存档。")
    wanted = _Wanted(
        layouts=layouts_for_reading(workspace),
        keys=workspace.keys(),
        workspace_id=workspace_id,
        sheet=chosen.report.sheet,
        row=chosen.report.row,
        header=_MASTER_HEADERS.get(header, header),
    )
    return SourceCell(
        agency=chosen.agency,
        file_name=chosen.file_name,
        sha256=chosen.file_sha256,
        sheet=chosen.report.sheet,
        cell=_find_cell(workspace.archived(chosen.file_sha256), wanted),
        path=_copy(workspace, chosen),
        others=tuple(one.agency for one in reports if one is not chosen),
    )


def _meant(reports: Sequence[ReceivedReport], beside: Sequence[str]) -> ReceivedReport:
    """Return the report of the agency that the row names first, else the lead's."""
    named = [one for text in beside for one in reports if one.agency in text.split("、")]
    leads = [one for one in reports if one.report.role is Role.LEAD]
    return next(iter((*named, *leads, *reports)))


def _find_cell(archived: Path, wanted: _Wanted) -> str:
    """Return the cell's address; column A of the row where the return can no longer be read."""
    from planbook.sheets.isolation import run_isolated

    outcome = next(iter(run_isolated(find_cell, [archived], context=wanted, workers=1)))
    return outcome.result or f"A{wanted.row}"


def find_cell(path: Path, wanted: _Wanted) -> str:
    """Return the address of `wanted` in the return at `path`; run in a worker process on bytes of unknown origin."""
    from planbook.forms.layout_choice import survey_return
    from planbook.forms.manifest import open_seal
    from planbook.sheets.headers import normalise_header
    from planbook.sheets.raw import cell_address
    from planbook.sheets.reading import read_workbook

    workbook = read_workbook(path)
    seal = open_seal(workbook, wanted.keys, wanted.workspace_id)
    found = survey_return(workbook, seal.manifest, wanted.layouts)
    tables = [one for one in found.tables if one.sheet.name == wanted.sheet and one.header_row < wanted.row]
    place = 1
    if tables:
        key = normalise_header(wanted.header)
        columns = tables[-1].columns
        matched = [one.place for one in columns.matched if normalise_header(one.column.header) == key]
        extra = [one for one, header in columns.unknown if normalise_header(header) == key]
        code = columns.place(tables[-1].layout.code_field)
        place = next(iter((*matched, *extra, code or 1)))
    return cell_address(wanted.row, place)


def _copy(workspace: Workspace, chosen: ReceivedReport) -> Path:
    """Return a copy of the archived return under its own name, which office programs need to open it."""
    folder = user_folder() / "sources"
    name = PurePath(chosen.file_name)
    path = folder / chosen.file_sha256[:12] / f"{file_name_for(name.stem)}{file_name_for(name.suffix or '.xlsx')}"
    content = workspace.archived(chosen.file_sha256).read_bytes()
    if not path.exists() or path.read_bytes() != content:
        path.unlink(missing_ok=True)
        replace_file(path, content, mode=0o600)
        _forget_old_copies(folder)
    return path


def _forget_old_copies(folder: Path) -> None:
    """Remove the copies that were made longest ago; one that a program holds stays."""
    from shutil import rmtree

    by_age = sorted((one for one in folder.iterdir() if one.is_dir()), key=lambda one: one.stat().st_mtime)
    for old in by_age[:-_COPIES_KEPT]:
        rmtree(old, ignore_errors=True)
