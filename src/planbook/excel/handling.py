"""What happens when a button of the ribbon is pressed: what it needs is asked, it is carried out, its ending shown."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.progress import Progress, Stopped
from planbook.actions.ribbon import BUTTONS, Ask, Button, Rewrites
from planbook.excel.asking import ask_for_request
from planbook.excel.click import Click
from planbook.excel.details import write_details
from planbook.excel.host import Host
from planbook.excel.releasing import Held, released
from planbook.excel.standing import Cancelled, choose_workspace, issued_periods
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.known_workspaces import known_workspaces
from planbook.workspace.user_folder import user_folder

_BOOKS: Final = (".xlsx", ".xlsm", ".xls")
_TO_READ: Final = ("history",)
"""Intentions whose details are the result."""


def carry_out(
    host: Host,
    click: Click,
    *,
    now: datetime,
    today: date,
    intentions: Mapping[str, Intention[Any]] = INTENTIONS,
) -> None:
    """Carry out a click in `host`.

    Raises:
        PlanbookError: It could not be done.
        Cancelled: The clerk closed a dialog.
        Stopped: The clerk pressed Esc.
    """
    button = BUTTONS.get(click.button)
    if button is None or button.intention not in intentions:
        label = f"“{button.label}”" if button else "这个"
        raise PlanbookError(f"{label}按钮的功能这一版 planbook 里没有，请升级 planbook 后重新安装加载项。")
    intention = intentions[button.intention]
    workspace = choose_workspace(host, known_workspaces(), button.label)
    values = ask_for_request(host, button, intention, workspace, today)
    at = Circumstances(workspace, now, today, _progress(host, button))
    held = _held(workspace, button, values)
    shown = _periods_shown(host, workspace) if Ask.TASKS in button.asks and held.files else ()
    with released(host, held) as notes:
        if Ask.PREVIEW in button.asks:
            _preview(host, at, button, intention, values)
        ending = intention.run(at, intention.request(**values))
        for period in shown:  # a decision is seen at once in the 总台账 that it was taken in
            intentions["ledger"].run(at, intentions["ledger"].request(period=str(period)))
    host.show_status(None)
    if "cell" in ending.json:
        _show_cell(host, ending)
    else:
        _show(host, button, ending, notes, now)


def _preview(
    host: Host, at: Circumstances, button: Button, intention: Intention[Any], values: Mapping[str, Any]
) -> None:
    """Carry an outward act out dry, show what it would do, and go on only if the clerk agrees."""
    would = intention.run(at, intention.request(**{**values, Ask.PREVIEW.value: True}))
    host.show_status(None)
    if would.json.get("changes") or would.json.get("findings") or len(would.json) > 1:
        host.open_outside(write_details(_details_folder(), f"{button.label}（预览）", would, at.now))
    if not host.confirm(
        "\n".join((*would.lines, "", f"确定{button.label}吗？清单已经打开，可以先看看。")), button.label
    ):
        raise Cancelled


def _show(host: Host, button: Button, ending: Ending, notes: list[str], now: datetime) -> None:
    """Open what there is to look at, then tell the result in three lines with the way to the details."""
    details = write_details(_details_folder(), button.label, ending, now)
    for path in ending.opens[:1]:
        _open(host, path)
    if button.intention in _TO_READ:
        host.open_outside(details)
        return
    lines = [*ending.lines[:3], *notes]
    if not ending.needs_person:
        host.tell("\n".join((*lines, "", f"详情：{details}")), button.label)
    elif host.confirm("\n".join((*lines, "", "有需要您核对的，要看详细清单吗？")), button.label):
        host.open_outside(details)


def _show_cell(host: Host, ending: Ending) -> None:
    """Open the file that a cell came from, which others made, at that cell; the status bar says what it is."""
    book = host.open(ending.opens[0], is_hostile=True)
    host.go_to(book, str(ending.json["sheet"]), str(ending.json["cell"]))
    host.show_status("　".join(ending.lines))


def _open(host: Host, path: Path) -> None:
    if path.suffix.lower() not in _BOOKS:
        host.open_outside(path)
        return
    for book in host.open_books():
        if book.path is not None and book.path.resolve() == path.resolve():
            host.activate(book)
            return
    host.open(path)


def _held(workspace: Workspace, button: Button, values: Mapping[str, Any]) -> Held:
    """Return what the button's intention rewrites; without a period the 总台账 of every period."""
    files: list[Path] = []
    folders: list[Path] = []
    periods = (Period.parse(str(values["period"])),) if values.get("period") else ()
    for one in button.rewrites:
        if one is Rewrites.REVIEW:
            files.append(workspace.review_table)
        elif one is Rewrites.MASTER:
            files += [workspace.master(period) for period in periods or issued_periods(workspace)]
        elif one is Rewrites.CORRECTIONS:
            folders += [workspace.corrections(period) for period in periods]
        else:
            folders += [workspace.forms(period) for period in periods]
    return Held(tuple(files), tuple(folders))


def _periods_shown(host: Host, workspace: Workspace) -> tuple[Period, ...]:
    """Return the periods whose 总台账 is open."""
    opened = {book.path.resolve() for book in host.open_books() if book.path is not None}
    return tuple(period for period in issued_periods(workspace) if workspace.master(period).resolve() in opened)


def _details_folder() -> Path:
    return user_folder() / "results"


def _progress(host: Host, button: Button) -> Progress:
    """Return what shows progress in the status bar and ends the work between two files once Esc was pressed."""

    def show(done: int, total: int, what: str) -> None:
        count = f" {done}/{total}" if total else ""
        host.show_status(f"{button.label}{count}：{what[-60:]}　（按 Esc 停下）")
        if host.wants_to_stop():
            raise Stopped

    return show
