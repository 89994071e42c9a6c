"""A click makes the master workbook from what was kept of the one before: the same bytes as made wholly anew."""

import hashlib
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from planbook.actions import make_master
from planbook.actions.change_settings import change_settings
from planbook.actions.intentions.base import Circumstances
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.make_master import MasterMaker
from planbook.actions.make_workspace import make_workspace
from planbook.actions.master_file import read_master
from planbook.actions.opening import opened_ledger
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.workspace.folder import Workspace, open_workspace
from tests.support.filling import columns_of

UNITS: Final = ("省科技厅", "省财政厅", "省教育厅", "省水利厅", "省农业农村厅", "省统计局", "省审计厅")
STATUSES: Final = ("未启动", "滞后序时", "达到序时", "超序时", "已完成")
FIRST_DAY: Final = date(2024, 3, 20)


def plan_text(title: str, tasks: int) -> str:
    lines = [title, "", "一、重点任务", ""]
    for place in range(tasks):
        if place == tasks // 2:
            lines += ["二、保障措施", ""]
        units = [UNITS[(place + offset * 2) % len(UNITS)] for offset in range(1 + place % 4)]
        lines.append(
            f"{place + 1}．推进第{'甲乙丙丁戊己庚辛壬癸'[place % 10]}项工程建设。"
            f"完善机制，到2024年12月31日前建成平台{place + 2}个。"
            f"（责任单位：{'、'.join(units)}）"
        )
    return "\n".join(lines)


class Clerk:
    """An office's clerk, who does this and that, and presses 一键汇总."""

    def __init__(self, root: Path, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311
        self.root = root / "台账"
        self.day = FIRST_DAY
        self.pressed = 0
        self.period = "2024Q1"
        self.sent: dict[str, list[bytes]] = {}
        self.forms: dict[str, Path] = {}
        make_workspace(self.root, office="督查室", contact="")
        self.import_plan("湘江省科技创新行动计划（2023—2025年）", 9)
        self.issue()

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.root)

    @property
    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 4, tzinfo=UTC) + timedelta(seconds=self.pressed)

    def press(self, name: str, **asked: Any) -> Any:
        self.pressed += 1
        intention = INTENTIONS[name]
        return intention.run(Circumstances(self.workspace, self.now, self.day), intention.request(**asked)).json

    def import_plan(self, title: str, tasks: int) -> None:
        path = self.root.parent / f"{title}.txt"
        path.write_text(plan_text(title, tasks), encoding="utf-8")
        self.press("import", files=(path,))

    def issue(self) -> None:
        issued = self.press("issue", period=self.period)["forms"]
        self.forms |= {form["agency"]: Path(form["path"]) for form in issued}

    # What happens between two clicks.

    def returns(self) -> None:
        for agency in self.dice.sample(sorted(self.forms), self.dice.choice((1, 1, 2))):
            self._send(agency, self._filled(self.forms[agency]))

    def old_version_comes_again(self) -> None:
        if self.sent:
            agency = self.dice.choice(sorted(self.sent))
            self._put(agency, self.dice.choice(self.sent[agency]))

    def nothing(self) -> None:
        pass

    def note(self) -> None:
        path = self.workspace.master(Period.parse(self.period))
        book = load_workbook(path)
        sheet = book["任务台账"]
        header, columns = columns_of(sheet, "任务编号")
        row = self.dice.randrange(header + 1, sheet.max_row + 1)
        sheet[f"{columns['督查意见']}{row}"] = self.dice.choice(("请核实", 0.5, "=1+1", datetime(2024, 4, 1, 8)))  # noqa: DTZ001
        if self.dice.random() < 0.3:
            parts = book["单位明细"]
            parts.cell(3, parts.max_column + 1, "办公室备注")
            parts.cell(5, parts.max_column, "已电话催办")
        book.save(path)

    def decide(self) -> None:
        with opened_ledger(self.workspace) as ledger:
            codes = [one.code for one in ledger.plans.tasks()]
        kind = self.dice.choice(("close", "suspend", "extend", "return"))
        more: dict[str, object] = {"to": self.day + timedelta(days=200)} if kind == "extend" else {}
        more |= {"checker": "李主任"} if kind == "close" else {}
        self._try(kind, tasks=(self.dice.choice(codes),), reason="已研究", **more)

    def undo(self) -> None:
        self._try("undo")

    def new_plan(self) -> None:
        self.import_plan(f"湘江省数字经济行动计划第{self.pressed}号（2024—2025年）", 3)
        self.issue()

    def next_period(self) -> None:
        self.period = "2024Q2" if self.period == "2024Q1" else "2024Q1"
        self.day = max(self.day, date(2024, 6, 20)) if self.period == "2024Q2" else self.day
        self.issue()
        self.sent.clear()

    def next_day(self) -> None:
        self.day += timedelta(days=self.dice.choice((1, 12)))

    def settings(self) -> None:
        change_settings(self.workspace, {"office.name": f"督查室{self.pressed}"})

    def _try(self, name: str, **asked: Any) -> None:
        with suppress(PlanbookError):  # cannot be done now: the clerk does something else
            self.press(name, **asked)

    def _filled(self, form: Path, *, is_plain: bool = False) -> bytes:
        book = load_workbook(form)
        sheet = book["责任清单"]
        header, columns = columns_of(sheet, "任务编号")
        for row in range(header + 1, sheet.max_row + 1):
            if not sheet[f"{columns['任务编号']}{row}"].value or self.dice.random() < 0.1:
                continue
            status = self.dice.choice(STATUSES)
            values = {
                "进展状态": status,
                "完成进度(%)": self.dice.choice((100 if status == "已完成" else self.dice.randrange(100), "大部分")),
                "本期进展情况": self.dice.choice(("完成前期工作", "=已建成<3>个&调试", "一\n二\n三"))
                + "甲" * (1500 if not is_plain and self.dice.random() < 0.02 else 0),
                "存在问题": self.dice.choice(("", " 用地紧张 ")),
                "填报人": "张三",
                "联系电话": "13800000000",
                "填报日期": self.day.isoformat(),
                "申请延期至": self.dice.choice((None, "2025-06-30")),
            }
            for name, value in values.items():
                sheet[f"{columns[name]}{row}"] = value
        if "指标进度" in book.sheetnames:
            found = book["指标进度"]
            header, columns = columns_of(found, "指标编号")
            for row in range(header + 1, found.max_row + 1):
                if found[f"{columns['指标编号']}{row}"].value:
                    found[f"{columns['本期完成值']}{row}"] = self.dice.randrange(20)
        buffer = BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    def _send(self, agency: str, content: bytes) -> None:
        self.sent.setdefault(agency, []).append(content)
        self._put(agency, content)

    def _put(self, agency: str, content: bytes) -> None:
        inbox = self.workspace.inbox(Period.parse(self.period))
        inbox.mkdir(parents=True, exist_ok=True)
        (inbox / f"{agency}_{self.pressed}_{self.dice.random()}.xlsx").write_bytes(content)

    def click(self) -> str:
        """Press 一键汇总 and return the digest of the workbook."""
        self.press("consolidate", period=self.period)
        return digest(self.workspace.master(Period.parse(self.period)).read_bytes())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def made_anew(root: Path, period: str, now: datetime, today: date) -> str:
    """Return the digest of the workbook as it is made with nothing kept; nothing is written."""
    workspace, one = open_workspace(root), Period.parse(period)
    kept = workspace.kept_master(one)
    aside = kept.with_suffix(".aside")
    if kept.exists():
        kept.rename(aside)
    try:
        with opened_ledger(workspace) as ledger:
            maker = MasterMaker(workspace, ledger, one, now=now, today=today)
            return digest(maker.make(read_master(workspace, one).notes))
    finally:
        if aside.exists():
            aside.rename(kept)


@pytest.fixture(scope="module")
def fresh_process() -> Iterator[ProcessPoolExecutor]:
    """A process that has never made a workbook of this one's, and forgets each after it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=4) as pool:
        yield pool


class Ways:
    """Counts which way the workbooks were made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kept = self.anew = 0
        from_kept, anew = MasterMaker._from_kept, MasterMaker._anew

        def count_kept(*args: Any) -> bytes:
            content = from_kept(*args)
            self.kept += 1
            return content

        def count_anew(*args: Any) -> bytes:
            self.anew += 1
            return anew(*args)

        monkeypatch.setattr(MasterMaker, "_from_kept", count_kept)
        monkeypatch.setattr(MasterMaker, "_anew", count_anew)


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    return Ways(monkeypatch)


OFTEN = (Clerk.returns,) * 9
ACTS = (
    *OFTEN, Clerk.old_version_comes_again, Clerk.nothing, Clerk.note, Clerk.note, Clerk.decide, Clerk.undo,
    Clerk.new_plan, Clerk.next_period, Clerk.next_day, Clerk.settings,
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_between_clicks_the_workbook_is_as_made_anew(
    seed: int, tmp_path: Path, fresh_process: ProcessPoolExecutor, ways: Ways
) -> None:
    clerk = Clerk(tmp_path, seed)
    done = []
    for _ in range(14):
        act = clerk.dice.choice(ACTS)
        done.append(act.__name__)
        act(clerk)
        before = clerk.workspace.master(Period.parse(clerk.period))
        old = digest(before.read_bytes()) if before.exists() else ""
        made = clerk.click()
        if made != old:  # else nothing was written, and the moment of writing is another
            expected = fresh_process.submit(made_anew, clerk.root, clerk.period, clerk.now, clerk.day).result()
            assert made == expected, done
    assert ways.kept >= 3
    assert ways.anew >= 3


def taken_in(clerk: Clerk) -> None:
    for agency in sorted(clerk.forms)[:4]:
        clerk._send(agency, clerk._filled(clerk.forms[agency], is_plain=True))
    clerk.click()


def test_a_few_returns_are_made_from_what_was_kept(tmp_path: Path, ways: Ways) -> None:
    clerk = Clerk(tmp_path, 0)
    taken_in(clerk)
    assert (ways.kept, ways.anew) == (0, 1)
    for _ in range(3):
        agency = sorted(clerk.forms)[4]
        clerk._send(agency, clerk._filled(clerk.forms[agency], is_plain=True))
        assert clerk.click() == made_anew(clerk.root, clerk.period, clerk.now, clerk.day)
    assert ways.kept == 3


def test_taking_back_and_more_than_a_few_are_made_anew(
    tmp_path: Path, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = Clerk(tmp_path, 0)
    taken_in(clerk)
    clerk.press("undo")
    assert (ways.kept, ways.anew) == (0, 2)
    monkeypatch.setattr(make_master, "_MOST_CHANGED", 1)
    taken_in(clerk)
    assert (ways.kept, ways.anew) == (0, 3)


def _flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: b"",
        lambda kept: kept[:-1],
        _flip,
        lambda kept: b"planbook-kept-0\n" + kept[16:],
        lambda kept: kept + b"x",
    ],
)
def test_what_was_kept_and_harmed_changes_nothing(tmp_path: Path, ways: Ways, harm: Any) -> None:
    clerk = Clerk(tmp_path, 0)
    taken_in(clerk)
    kept = clerk.workspace.kept_master(Period.parse(clerk.period))
    kept.write_bytes(harm(kept.read_bytes()))
    clerk.returns()
    assert clerk.click() == made_anew(clerk.root, clerk.period, clerk.now, clerk.day)
    assert ways.kept == 0


def test_what_another_workspace_kept_changes_nothing(tmp_path: Path, ways: Ways) -> None:
    ours, theirs = Clerk(tmp_path / "a", 0), Clerk(tmp_path / "b", 3)
    taken_in(ours)
    taken_in(theirs)
    period = Period.parse(ours.period)
    ours.workspace.kept_master(period).write_bytes(theirs.workspace.kept_master(period).read_bytes())
    ours.returns()
    assert ours.click() == made_anew(ours.root, ours.period, ours.now, ours.day)
    assert ways.kept == 0


def test_a_ledger_from_a_backup_does_not_meet_what_a_lost_one_left(tmp_path: Path, ways: Ways) -> None:
    """Runs and submissions are numbered alike in both; their keys tell them apart."""
    clerk = Clerk(tmp_path, 0)
    file = clerk.workspace.ledger_file
    assert file
    backup = file.read_bytes()
    taken_in(clerk)
    file.write_bytes(backup)
    for path in clerk.workspace.inbox(Period.parse(clerk.period)).iterdir():
        path.unlink()
    clerk.dice.seed(99)
    taken_in(clerk)
    master = clerk.workspace.master(Period.parse(clerk.period))
    assert digest(master.read_bytes()) == made_anew(clerk.root, clerk.period, clerk.now, clerk.day)
    assert ways.kept == 0
