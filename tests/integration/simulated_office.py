"""Three periods of an office: agencies answer, are silent, late, or send again; tasks are closed, extended, moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from planbook.actions.extract_plan import extract_plan_file
from planbook.actions.intentions.base import Circumstances, Ending
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.make_workspace import make_workspace
from planbook.model.plan import Plan
from planbook.workspace.folder import open_workspace
from tests.support.filling import columns_of

PERIODS: Final = {"2024Q1": date(2024, 3, 31), "2024Q2": date(2024, 6, 30), "2024Q3": date(2024, 9, 30)}
CITIES: Final = ("东江市人民政府", "西江市人民政府", "南江市人民政府", "北江市人民政府", "中江市人民政府")
_STATUSES: Final = ("未启动", "滞后序时", "达到序时", "超序时", "已完成")


@dataclass
class SimulatedOffice:
    """An office and what happened in it, told by whoever made it happen.

    Attributes:
        root: The workspace.
        issued: (period, agency, task) to what stood in the form: role and deadline.
        answered: (period, agency) to the days on which its returns came in.
        closed: Task to the period in whose ledger it was closed.
        suspended: Likewise.
        extended: Task to (period, new deadline).
        moved: Task to (from, to, first period).
        returned: Task to the period in which its lead's report was sent back.
        mute: The agency that never answers.
        plans: The plans as they read, by number.
        groups: Names in the plans that stand for several agencies, each of which got them as its members.
    """

    root: Path
    issued: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    answered: dict[tuple[str, str], list[date]] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    suspended: dict[str, str] = field(default_factory=dict)
    extended: dict[str, tuple[str, date]] = field(default_factory=dict)
    moved: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)
    mute: str = ""
    plans: dict[int, Plan] = field(default_factory=dict)
    groups: tuple[str, ...] = ()

    def press(self, name: str, day: date, **asked: Any) -> Ending:
        """Do what a button of that name does, at noon of `day`."""
        now = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        intention = INTENTIONS[name]
        is_new = not (self.root / "planbook.toml").exists()
        workspace = make_workspace(self.root, office="督查室", contact="") if is_new else open_workspace(self.root)
        return intention.run(Circumstances(workspace, now, day), intention.request(**asked))

    def silent(self, period: str) -> set[str]:
        """Return the agencies that were asked and did not answer."""
        asked = {agency for one, agency, _ in self.issued if one == period}
        return {agency for agency in asked if (period, agency) not in self.answered}


def simulate(root: Path, plans: list[Path]) -> SimulatedOffice:
    """Return an office after three periods."""
    office = SimulatedOffice(root)
    office.plans = {number: extract_plan_file(path) for number, path in enumerate(plans, start=1)}
    office.press("import", date(2024, 3, 1), files=tuple(plans))
    _resolve_groups(office, date(2024, 3, 2))
    for number, (period, end) in enumerate(PERIODS.items()):
        _run_period(office, number, period, end)
    return office


def _resolve_groups(office: SimulatedOffice, day: date) -> None:
    """Write the cities below each group of the directory sheet, as the clerk does, and confirm it."""
    table = open_workspace(office.root).review_table
    book = load_workbook(table)
    sheet = book["单位"]
    header, columns = columns_of(sheet, "名称")
    name, group, is_group = (columns[title] for title in ("名称", "单位组", "是否单位组"))
    rows = range(header + 1, sheet.max_row + 1)
    groups = [sheet[f"{name}{row}"].value for row in rows if sheet[f"{is_group}{row}"].value == "是"]
    below = sheet.max_row
    for one in groups:
        for city in CITIES:
            below += 1
            sheet[f"{name}{below}"], sheet[f"{group}{below}"], sheet[f"{is_group}{below}"] = city, one, "否"
    office.groups = tuple(groups)
    book.save(table)
    office.press("confirm", day)


def _run_period(office: SimulatedOffice, number: int, period: str, end: date) -> None:
    first = date(end.year, end.month, 20)
    forms: Any = office.press("issue", first, period=period).json["forms"]
    office.mute = office.mute or forms[3]["agency"]
    inbox = office.root / "inbox" / period
    inbox.mkdir(parents=True, exist_ok=True)
    in_time, late = date(end.year, end.month + 1, 8), date(end.year, end.month + 1, 19)
    later: list[_Form] = []
    for place, issued in enumerate(forms):
        form = _Form(issued["agency"], Path(issued["path"]))
        office.issued |= {(period, form.agency, code): row for code, row in form.rows()}
        kind = (place + number) % 8
        if kind == 0 or form.agency == office.mute:  # one of eight is silent, one always
            continue
        if kind in (1, 2):
            later.append(form)
        if kind != 1:
            _answer(office, period, form, number, in_time)
    office.press("consolidate", in_time, period=period)
    for form in later:
        _answer(office, period, form, number + 10, late)
    office.press("consolidate", late, period=period)
    _decide(office, period, date(late.year, late.month, 20))


class _Form:
    """An issued form, opened once."""

    def __init__(self, agency: str, path: Path) -> None:
        self.agency = agency
        self.book = load_workbook(path)
        self.sheet = self.book["责任清单"]
        self._header, self.columns = columns_of(self.sheet, "任务编号")

    def codes(self) -> Iterator[tuple[int, str]]:
        for row in range(self._header + 1, self.sheet.max_row + 1):
            code = self.sheet[f"{self.columns['任务编号']}{row}"].value
            if code:
                yield row, str(code)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        role = next(letter for name, letter in self.columns.items() if name.startswith("承担角色"))
        for row, code in self.codes():
            due = self.sheet[f"{self.columns['完成时限']}{row}"].value
            day = due.date() if isinstance(due, datetime) else None
            yield code, {"role": self.sheet[f"{role}{row}"].value, "deadline": day}


def _answer(office: SimulatedOffice, period: str, form: _Form, seed: int, day: date) -> None:
    """Fill in every row of a form, each otherwise, and put it where returns are put."""
    for row, code in form.codes():
        mark = sum(map(ord, f"{form.agency}{code}")) + seed * 31
        status = _STATUSES[mark % 5]
        values = {
            "进展状态": status,
            "完成进度(%)": 100 if status == "已完成" and mark % 7 else mark % 101 if mark % 13 else None,
            "本期进展情况": f"{period} {form.agency} 推进 {code} 第 {mark % 9} 步",
            "填报人": "张三",
            "联系电话": "13800000000",
            "填报日期": day.isoformat(),
        }
        for name, value in values.items():
            form.sheet[f"{form.columns[name]}{row}"] = value
    buffer = BytesIO()
    form.book.save(buffer)
    (office.root / "inbox" / period / f"{form.agency}_{day}.xlsx").write_bytes(buffer.getvalue())
    office.answered.setdefault((period, form.agency), []).append(day)


def _decide(office: SimulatedOffice, period: str, day: date) -> None:
    """Close, suspend, extend, hand over and send back some of the tasks that one agency alone leads."""
    leads: dict[str, list[str]] = {}
    for (one, agency, code), row in office.issued.items():
        if one == period and row["role"] == "牵头":
            leads.setdefault(code, []).append(agency)
    free = [
        code for code, agencies in sorted(leads.items())
        if len(agencies) == 1 and code not in {*office.closed, *office.suspended, *office.moved, *office.returned}
    ]  # fmt: skip
    answered = [code for code in free if (period, leads[code][0]) in office.answered]
    closed, returned, *rest = answered
    office.press("close", day, tasks=(closed,), reason="已验收", checker="李主任")
    office.closed[closed] = period
    office.press("return", day, tasks=(returned,), reason="缺验收材料")
    office.returned[returned] = period
    suspended, moved = rest[0], rest[1]
    office.press("suspend", day, tasks=(suspended,), reason="等待上级意见")
    office.suspended[suspended] = period
    periods = list(PERIODS)
    following = periods[min(periods.index(period) + 1, len(periods) - 1)]
    receiver = next(agency for one, agency, _ in office.issued if one == period and agency not in leads[moved])
    if following != period and (period, receiver, moved) not in office.issued:
        office.press("reassign", day, tasks=(moved,), to_agency=receiver, reason="职能调整")
        office.moved[moved] = (leads[moved][0], receiver, following)
    for code in rest[2:]:
        due = office.issued[period, leads[code][0], code]["deadline"]
        if due and due > day and code not in office.extended:
            later = date(due.year + 1, due.month, 15)
            office.press("extend", day, tasks=(code,), to=later, reason="征地滞后")
            office.extended[code] = (period, later)
            break
