"""What a button must know before its intention can run: found out, asked for, and put into its request by name."""

import re
from dataclasses import fields
from datetime import date
from typing import Any, Final

from planbook.actions.intentions.base import Intention
from planbook.actions.ribbon import Ask, Button
from planbook.excel.host import Host, SelectedRow
from planbook.excel.standing import Cancelled, choose_period, selected_rows, selected_tasks, title_of
from planbook.model.errors import PlanbookError
from planbook.workspace.folder import Workspace

_PLAN_KINDS: Final = (
    ("方案文件", "*.docx;*.doc;*.wps;*.pdf;*.ofd;*.html;*.htm;*.txt;*.md;*.xlsx;*.xls;*.et"),
    ("所有文件", "*.*"),
)
_NAMED_AT_MOST: Final = 5
_DAY: Final = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?")


def ask_for_request(
    host: Host, button: Button, intention: Intention[Any], workspace: Workspace, today: date
) -> dict[str, Any]:
    """Return the fields of the intention's request that the button finds out; `PREVIEW` is the caller's.

    Raises:
        Cancelled: The clerk closed a dialog.
        PlanbookError: Nothing fitting is selected, or an answer makes no sense.
    """
    known = {field.name for field in fields(intention.request)}
    values: dict[str, Any] = {}
    rows: tuple[SelectedRow, ...] = ()
    if Ask.TASKS in button.asks:
        selection = selected_rows(host)
        rows = selection.rows
        values |= _tasks(rows, known)
        if "agency" in known:
            values["agency"] = _agency(rows, button)
        values |= {"beside": tuple(text for _, text in rows[0].cells if text), "header": selection.column_header}
    if Ask.FILES in button.asks:
        values["files"] = _files(host, button)
    if Ask.PERIOD in button.asks or "period" in known:
        values["period"] = choose_period(host, workspace, today, button.label, is_new=button.intention == "issue")
    if Ask.DATE in button.asks:
        values["to"] = _day(host, button, rows)
    if Ask.REASON in button.asks:
        values["reason"] = _sentence(host, button, rows, "请写明理由（记入台账）。")
    if Ask.EVIDENCE in button.asks:
        values["evidence"] = _sentence(host, button, rows, "请写明依据：佐证材料、核查情况（记入台账）。")
    if Ask.CHECKER in button.asks:
        values["checker"] = _checker(host, button)
    return {name: value for name, value in values.items() if name in known}


def _tasks(rows: tuple[SelectedRow, ...], known: set[str]) -> dict[str, Any]:
    """Return the selected tasks, whether the request takes many or one.

    Raises:
        PlanbookError: It takes one and several are selected.
    """
    tasks = selected_tasks(rows)
    if "tasks" not in known and len(tasks) > 1:
        raise PlanbookError(f"这个按钮一次只看一项任务，现在选中了 {len(tasks)} 项，请只选一行。")
    return {"tasks": tasks, "task": tasks[0]}


def _files(host: Host, button: Button) -> tuple[Any, ...]:
    files = host.ask_files(button.label, _PLAN_KINDS)
    if not files:
        raise Cancelled
    return files


def _day(host: Host, button: Button, rows: tuple[SelectedRow, ...]) -> date:
    answer = host.ask_text(f"{_named(rows)}\n\n完成时限延到哪一天？写作 2024-06-30。", button.label)
    if answer is None:
        raise Cancelled
    match = _DAY.fullmatch(answer.strip())
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
    raise PlanbookError(f"日期“{answer.strip()}”无法识别，请写成 2024-06-30 这样，再点一次。什么也没有改动。")


def _sentence(host: Host, button: Button, rows: tuple[SelectedRow, ...], wanted: str) -> str:
    answer = host.ask_text(f"{button.label}：{_named(rows)}\n\n{wanted}", button.label)
    if answer is None:
        raise Cancelled
    if not answer.strip():
        raise PlanbookError(f"{button.label}要写明理由或依据；没有写，什么也没有改动，请写一句再点一次。")
    return answer.strip()


def _checker(host: Host, button: Button) -> str:
    answer = host.ask_text("核查人是谁？可以不填。", button.label)
    if answer is None:
        raise Cancelled
    return answer.strip()


def _agency(rows: tuple[SelectedRow, ...], button: Button) -> str:
    """Return the agency whose reports are selected in 单位明细, "" in a sheet of tasks.

    Raises:
        PlanbookError: Reports of several agencies are selected.
    """
    agencies = {dict(row.cells).get("单位", "") for row in rows}
    if len(agencies) > 1:
        raise PlanbookError(f"一次只能{button.label}一个单位的任务，现在选中了 {len(agencies)} 个单位的行。")
    return agencies.pop() if agencies else ""


def _named(rows: tuple[SelectedRow, ...]) -> str:
    """Return the tasks in words, so that the clerk sees what is meant before deciding."""
    titles = list(dict.fromkeys(title_of(row)[:16] for row in rows))
    listed = "、".join(f"“{title}”" for title in titles[:_NAMED_AT_MOST])
    return listed if len(titles) <= _NAMED_AT_MOST else f"{listed}等 {len(titles)} 项任务"
