"""Where a click stands: which workspace, which reporting period, which tasks; from the workbook in front, never by it.

A workbook may come from anyone, and so may the folder around it: it only chooses among the workspaces that the clerk
has used before; another one is used after the clerk has said so.
"""

from datetime import date

from planbook.actions.opening import opened_ledger
from planbook.excel.host import Host, OpenBook, SelectedRow, Selection
from planbook.model.codes import is_valid_code, normalise_code
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.workspace.folder import Workspace, find_workspace, open_workspace
from planbook.workspace.known_workspaces import KnownWorkspaces


class Cancelled(Exception):  # noqa: N818 (a wish, not an error)
    """The clerk closed a dialog: nothing is done and nothing said."""


def choose_workspace(host: Host, known: KnownWorkspaces, title: str) -> Workspace:
    """Return the workspace that a click is meant for.

    That of the workbook in front where the clerk has used it before or agrees to now, else the last used, else the
    folder that the clerk points to.

    Raises:
        Cancelled: The clerk pointed to none.
        PlanbookError: The folder is no workspace, or its settings cannot be read.
    """
    workspace = _around(host.active_book())
    if workspace is not None and (known.is_known(workspace.root) or _agrees(host, workspace, title)):
        known.remember(workspace)
        return workspace
    used = known.all()
    if used:
        return open_workspace(used[0].root)
    folder = host.ask_folder("请选择 planbook 工作区文件夹（里面有 planbook.toml）")
    if folder is None:
        raise Cancelled
    chosen = open_workspace(folder)
    known.remember(chosen)
    return chosen


def _around(book: OpenBook | None) -> Workspace | None:
    """Return the workspace that the workbook in front lies in, if it lies in one."""
    if book is None or book.path is None:
        return None
    try:
        return find_workspace(book.path.parent)
    except PlanbookError:
        return None


def _agrees(host: Host, workspace: Workspace, title: str) -> bool:
    return host.confirm(
        f"当前工作簿在您没有用过的工作区里：\n{workspace.root}\n\n是本单位自己的工作区吗？不能确定请点“否”。", title
    )


def choose_period(host: Host, workspace: Workspace, today: date, title: str, *, is_new: bool = False) -> str:
    """Return the reporting period that a click is meant for, as it is written.

    That of the 总台账 in front; else the one that forms were issued for; where there are several, or for forms still
    to be issued (`is_new`), the clerk is asked.

    Raises:
        Cancelled: The clerk closed the dialog.
        PlanbookError: What the clerk wrote is no period.
    """
    issued = issued_periods(workspace)
    front = host.active_book()
    if front is not None and front.path is not None and not is_new:
        for period in issued:
            if front.path.resolve() == workspace.master(period).resolve():
                return str(period)
    if len(issued) == 1 and not is_new:
        return str(issued[0])
    suggested = _suggested(issued, today, is_new=is_new)
    answer = host.ask_text("哪个填报期？季度写作 2024Q1，月份 2024-03，半年 2024H1，全年 2024。", title, str(suggested))
    if answer is None:
        raise Cancelled
    return str(Period.parse(answer))


def issued_periods(workspace: Workspace) -> tuple[Period, ...]:
    """Return the periods that forms were issued for, the newest last."""
    with opened_ledger(workspace) as ledger:
        return tuple(sorted({form.period for form in ledger.forms.issued()}))


def _suggested(issued: tuple[Period, ...], today: date, *, is_new: bool) -> Period:
    if issued and not is_new:
        return issued[-1]
    months = issued[-1].months if issued else 3  # an office keeps its rhythm; most report by quarters
    first = (today.month - 1) // months * months + 1
    return Period(today.year, first, months)


def selected_rows(host: Host) -> Selection:
    """Return what is selected, with those of the visible rows alone that name a task.

    Raises:
        PlanbookError: None does.
    """
    selection = host.selection()
    rows = tuple(row for row in selection.rows if code_in(row)) if selection else ()
    if selection is None or not rows:
        raise PlanbookError("请先在总台账的“任务台账”或“单位明细”里选中任务所在的行（可以选多行），再点这个按钮。")
    return Selection(selection.sheet, rows, selection.column_header)


def code_in(row: SelectedRow) -> str:
    """Return the task code in a row, "" where there is none."""
    codes = (normalise_code(text) for _, text in row.cells)
    return next((code for code in codes if code.startswith("P") and is_valid_code(code)), "")


def selected_tasks(rows: tuple[SelectedRow, ...]) -> tuple[str, ...]:
    """Return the codes of the tasks in `rows`, each once, in their order."""
    return tuple(dict.fromkeys(code_in(row) for row in rows))


def title_of(row: SelectedRow) -> str:
    """Return a task's title in a row, else its code."""
    return dict(row.cells).get("任务名称", "") or code_in(row)
