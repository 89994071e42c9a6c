"""demo: the whole main job on the bundled fictional plan, agencies' part played visibly by this program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from planbook.actions.confirm_tasks import confirm_tasks
from planbook.actions.consolidate import ConsolidateResult, consolidate_returns
from planbook.actions.demonstration_returns import Fault, fill_form
from planbook.actions.import_plans import import_plans
from planbook.actions.issue_forms import FormOnDisk, issue_forms
from planbook.actions.make_workspace import make_workspace
from planbook.actions.write_bulletin import write_bulletin
from planbook.actions.write_dashboard import write_dashboard_file
from planbook.actions.write_letters import write_letters
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.samples import sample_plan
from planbook.workspace.folder import SETTINGS_NAME, Workspace

PERIOD: Final = Period(2024, 1, 3)
TODAY: Final = date(2024, 4, 12)
_MARK: Final = ".planbook-demo"
_GROUP: Final = "各市人民政府"
_CITIES: Final = ("澄州市人民政府", "临浦市人民政府", "望川市人民政府")
_SILENT: Final = ("省残联", "省妇联")
_FAULTS: Final = {
    "省科技厅": Fault.SENT_TWICE,
    "省商务厅": Fault.HEADER_RENAMED,
    "省水利厅": Fault.NUMBER_IN_WORDS,
    "省教育厅": Fault.NO_NUMBER,
}

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where the demonstration stands, and the files worth opening with a word on each."""

    workspace: Path
    worth_opening: tuple[tuple[Path, str], ...]


def demonstrate(root: Path, *, now: datetime, say: Say) -> Demonstration:
    """Play the main job in the folder `root`: plan in, forms out, returns in, master ledger out.

    Played again in the same folder it goes on from what is there.

    Raises:
        PlanbookError: `root` holds something that is not a demonstration.
    """
    if root.exists() and (not root.is_dir() or (any(root.iterdir()) and not (root / _MARK).exists())):
        raise PlanbookError(f"{root} 里已有别的内容，演示不会动它；请换一个文件夹：planbook demo 新文件夹。")
    root.mkdir(parents=True, exist_ok=True)
    (root / _MARK).touch()
    say("〔演示〕澄江省及其方案、单位、联系人均为虚构。")
    workspace = make_workspace(root, office="澄江省人民政府办公室督查室", contact="演示联系人 0000-0000000")
    imported = import_plans(workspace, [sample_plan(workspace.root / "示例方案")], now=now)
    say(f"1. 导入方案《{imported.plans[0].title}》，读出任务 {imported.plans[0].tasks} 项。")
    _review(workspace, now)
    say(f"2. 审核任务分解表：为“{_GROUP}”填上 {len(_CITIES)} 个市，确认。")
    issued = issue_forms(workspace, PERIOD, now=now, today=date(2024, 3, 25))
    say(f"3. 生成{PERIOD.label}责任清单 {len(issued.forms)} 份，每个单位一份。")
    sent = _play_agencies(workspace, issued.forms)
    say(f"4. 〔演示〕由本程序代各单位填写并交回 {sent} 份文件，其中故意留有常见差错：")
    say(f"   {'、'.join(_SILENT)}未报；省科技厅报了两版；省商务厅改了表头；")
    say("   省水利厅把进度写成汉字；省教育厅进度只写“大部分完成”（不是数字，要退改）。")
    result = consolidate_returns(workspace, PERIOD, (), now=now, today=TODAY)
    _tell(result, say)
    bulletin = write_bulletin(workspace, PERIOD, now=now, today=TODAY)
    board = write_dashboard_file(workspace, PERIOD, now=now, today=TODAY)
    letters = write_letters(workspace, PERIOD, now=now, today=TODAY).letters
    notices = sum(one.kind == "督办单" for one in letters)
    say(f"6. 写好通报、看板，督办单 {notices} 份，催办函 {len(letters) - notices} 份。")
    reports = (
        (bulletin.path, "通报"),
        (board.path, "看板：用浏览器打开"),
        *((one.path, one.kind) for one in letters[:1]),
    )
    return Demonstration(workspace.root, _worth_opening(workspace, issued.forms, result, reports))


def _review(workspace: Workspace, now: datetime) -> None:
    """Do in the review table what a clerk does there: enter the members of the one open group, and confirm."""
    from openpyxl import load_workbook

    book = load_workbook(workspace.review_table)
    sheet = book["单位"]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(number for number, row in enumerate(rows, start=1) if "名称" in row and "单位组" in row)
    columns = {str(name): place for place, name in enumerate(rows[header - 1], start=1) if name}
    listed = {str(row[columns["名称"] - 1]): number for number, row in enumerate(rows, start=1) if number > header}
    free = max(listed.values(), default=header) + 1
    for city in _CITIES:
        row = listed.get(city)
        if row is None:
            row, free = free, free + 1
        sheet.cell(row, columns["名称"], city)
        sheet.cell(row, columns["单位组"], _GROUP)
    book.save(workspace.review_table)
    result = confirm_tasks(workspace, workspace.review_table, now=now)
    if not result.is_applied:
        raise PlanbookError("演示用的任务分解表没有通过确认，请换一个新文件夹重新演示。")


def _play_agencies(workspace: Workspace, forms: Sequence[FormOnDisk]) -> int:
    """Put what the agencies would send into the inbox; files that are there already stay."""
    inbox = workspace.inbox(PERIOD)
    inbox.mkdir(parents=True, exist_ok=True)
    sent = 0
    for number, form in enumerate(forms):
        if form.agency in _SILENT:
            continue
        fault = _FAULTS.get(form.agency, Fault.NONE)
        versions = 2 if fault is Fault.SENT_TWICE else 1
        for version in range(1, versions + 1):
            suffix = "" if version == 1 else f"（更正{version - 1}）"
            target = inbox / f"{form.path.stem}{suffix}.xlsx"
            if not target.exists():
                target.write_bytes(fill_form(form.path.read_bytes(), number, version, fault))
            sent += 1
    return sent


def _tell(result: ConsolidateResult, say: Say) -> None:
    counts = {verdict.value: count for verdict, count in result.summary}
    say(
        f"5. 一键汇总：入账 {counts.get('accepted', 0)} 份，已有更新版 {counts.get('superseded', 0)} 份，"
        f"重复 {counts.get('duplicate', 0)} 份；未报 {len(result.missing_agencies)} 家"
        f"（{'、'.join(result.missing_agencies) or '无'}）。"
    )
    findings = [finding for outcome in result.files for finding in outcome.findings]
    for finding in findings[:6]:
        say(f"   · {finding.message}")
    if len(findings) > 6:
        say(f"   ……共 {len(findings)} 条，见总台账“未报与退改”。")


def _worth_opening(
    workspace: Workspace,
    forms: Sequence[FormOnDisk],
    result: ConsolidateResult,
    reports: tuple[tuple[Path, str], ...],
) -> tuple[tuple[Path, str], ...]:
    largest = max(forms, key=lambda form: form.tasks)
    corrections = tuple((one.path, f"退给{one.agency}改正的退改单") for one in result.corrections)
    return (
        (result.ledger, "总台账"),
        *reports,
        *corrections,
        (workspace.review_table, "任务分解表：读出的任务与原文对照"),
        (largest.path, f"发给{largest.agency}的责任清单"),
        (workspace.inbox(PERIOD), "交回的文件"),
        (workspace.root / SETTINGS_NAME, "设置"),
    )
