"""A press of a button: what it needs is asked, the intention runs, its ending is shown; over a host in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.actions.make_workspace import make_workspace
from planbook.actions.progress import Stopped, report
from planbook.excel import handling, standing
from planbook.excel.arguments import encode_argument
from planbook.excel.click import Click
from planbook.excel.host import SelectedRow, Selection
from planbook.excel.receiving import handle_arguments, handle_click, log_file
from planbook.excel.standing import Cancelled
from planbook.model.codes import CodeKind, make_code
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.known_workspaces import known_workspaces
from tests.support.memory_host import MemoryHost

NOW = datetime(2024, 4, 8, 1, tzinfo=UTC)
TODAY = date(2024, 4, 8)
CODES = [make_code(CodeKind.TASK, 1, number) for number in (1, 2, 3)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with every field that a button can fill in."""

    period: str = ""
    files: tuple[Path, ...] = ()
    tasks: tuple[str, ...] = ()
    reason: str = ""
    evidence: str = ""
    checker: str = ""
    agency: str = ""
    to: date | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class AskedForOne:
    """A request for one task."""

    task: str


class Deed:
    """An intention that writes down what it was asked and ends as told."""

    def __init__(self, request: type[Any] = Asked, act: Callable[[Circumstances], object] | None = None) -> None:
        self.requests: list[Any] = []
        self._act = act
        self.ending = Ending({"findings": [{"message": "第 3 行：应为数字"}]}, ("一", "二", "三"))
        self.intention = Intention("deed", "做", request, self.run)

    def run(self, at: Circumstances, request: Any) -> Ending:
        self.requests.append(request)
        if self._act:
            self._act(at)
        return self.ending


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "用户"
    monkeypatch.setenv("PLANBOOK_USER_FOLDER", str(folder))
    return folder


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    made = make_workspace(tmp_path / "台账", office="某省督查室", contact="")
    known_workspaces().remember(made)
    monkeypatch.setattr(standing, "issued_periods", lambda _workspace: (Period.parse("2024Q1"),))
    monkeypatch.setattr(handling, "issued_periods", lambda _workspace: (Period.parse("2024Q1"),))
    return made


def press(host: MemoryHost, button: str, **intentions: Deed) -> None:
    by_name = {name: deed.intention for name, deed in intentions.items()}
    handling.carry_out(host, Click(button), now=NOW, today=TODAY, intentions=by_name)


def rows(*codes: str) -> Selection:
    cells = [(("任务编号", code), ("任务名称", f"任务 {code}")) for code in codes]
    return Selection("任务台账", tuple(SelectedRow(row, one) for row, one in enumerate(cells, start=5)), "本期进展")


def reports(*agencies_and_codes: tuple[str, str]) -> Selection:
    cells = [(("单位", agency), ("任务编号", code)) for agency, code in agencies_and_codes]
    return Selection("单位明细", tuple(SelectedRow(row, one) for row, one in enumerate(cells, start=5)), "备注")


def test_one_click_consolidates_the_only_period(workspace: Workspace) -> None:
    host, deed = MemoryHost(), Deed()
    press(host, "planbookConsolidate", consolidate=deed)
    assert deed.requests == [Asked(period="2024Q1")]
    assert host.told[0].splitlines()[:3] == ["一", "二", "三"]
    details = Path(host.told[0].rsplit("：", 1)[1])
    assert "应为数字" in details.read_text(encoding="utf-8-sig")
    assert host.statuses[-1] is None


def test_the_workbook_in_front_says_the_period(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    periods = (Period.parse("2024Q1"), Period.parse("2024Q2"))
    monkeypatch.setattr(standing, "issued_periods", lambda _workspace: periods)
    host, deed = MemoryHost(texts=["<suggested>"]), Deed()
    press(host, "planbookConsolidate", consolidate=deed)
    master = workspace.master(periods[0])
    openpyxl.Workbook().save(master)
    host.put(master)
    press(host, "planbookConsolidate", consolidate=deed)
    assert [request.period for request in deed.requests] == ["2024Q2", "2024Q1"]


def test_forms_are_issued_for_the_period_that_the_clerk_names(workspace: Workspace) -> None:
    host, deed = MemoryHost(texts=["2024q3"]), Deed()
    press(host, "planbookIssue", issue=deed)
    assert deed.requests == [Asked(period="2024Q3")]


def test_findings_for_a_person_are_offered(workspace: Workspace) -> None:
    host, deed = MemoryHost(agrees=[True]), Deed()
    deed.ending = Ending({"findings": [{"message": "待认领"}]}, ("一",), needs_person=True)
    press(host, "planbookConsolidate", consolidate=deed)
    assert "待认领" in host.opened_outside[0].read_text(encoding="utf-8-sig")


def test_an_outward_act_is_shown_first(workspace: Workspace) -> None:
    host, deed = MemoryHost(agrees=[False, True]), Deed()
    with pytest.raises(Cancelled):
        press(host, "planbookSend", send=deed)
    press(host, "planbookSend", send=deed)
    assert [request.dry_run for request in deed.requests] == [True, True, False]
    assert host.questions[0].startswith("一\n二\n三")


def test_plan_documents_are_chosen(workspace: Workspace) -> None:
    host, deed = MemoryHost(files=[(), (Path("方案.docx"),)]), Deed()
    with pytest.raises(Cancelled):
        press(host, "planbookImport", **{"import": deed})
    press(host, "planbookImport", **{"import": deed})
    assert [request.files for request in deed.requests] == [(Path("方案.docx"),)]


def test_decisions_are_taken_on_the_selected_tasks_with_a_reason(workspace: Workspace) -> None:
    host, deed = (
        MemoryHost(texts=["验收报告", " 李某 ", "数字不实"], selected=rows(CODES[0], CODES[1], CODES[0])),
        Deed(),
    )
    press(host, "planbookClose", close=deed)
    press(host, "planbookReturn", **{"return": deed})
    tasks = (CODES[0], CODES[1])
    assert deed.requests == [
        Asked("2024Q1", tasks=tasks, evidence="验收报告", checker="李某"),
        Asked("2024Q1", tasks=tasks, reason="数字不实"),
    ]
    assert CODES[0] in host.questions[0]


def test_a_report_is_returned_to_the_agency_of_its_row(workspace: Workspace) -> None:
    host, deed = MemoryHost(texts=["数字不实"] * 2, selected=reports(("某市", CODES[0]), ("某市", CODES[1]))), Deed()
    press(host, "planbookReturn", **{"return": deed})
    assert deed.requests[0].agency == "某市"
    host.selected = reports(("某市", CODES[0]), ("某县", CODES[1]))
    with pytest.raises(PlanbookError):
        press(host, "planbookReturn", **{"return": deed})


@pytest.mark.parametrize("answer", ["2024-06-30", "2024年6月30日", "2024/6/30", " 2024.6.30 "])
def test_an_extension_names_its_day(workspace: Workspace, answer: str) -> None:
    host, deed = MemoryHost(texts=[answer, "雨季"], selected=rows(CODES[0])), Deed()
    press(host, "planbookExtend", extend=deed)
    assert deed.requests[0].to == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("button", "texts", "selected"),
    [
        ("planbookExtend", ["2024-02-30", "x"], rows(CODES[0])),
        ("planbookExtend", ["下个月", "x"], rows(CODES[0])),
        ("planbookClose", ["  "], rows(CODES[0])),
        ("planbookClose", ["好"], None),
        ("planbookClose", ["好"], rows("P1-001X", "合计", "")),
        ("planbookIssue", ["第三季度"], None),
    ],
)
def test_answers_that_make_no_sense_change_nothing(
    workspace: Workspace, button: str, texts: list[str | None], selected: Selection | None
) -> None:
    host, deed = MemoryHost(texts=texts, selected=selected), Deed()
    with pytest.raises(PlanbookError):
        press(host, button, extend=deed, close=deed, issue=deed)
    assert deed.requests == []


def test_a_button_for_one_task_wants_one(workspace: Workspace) -> None:
    host, deed = MemoryHost(selected=rows(CODES[0], CODES[1])), Deed(AskedForOne)
    with pytest.raises(PlanbookError):
        press(host, "planbookHistory", history=deed)
    host.selected = rows(CODES[2])
    press(host, "planbookHistory", history=deed)
    assert deed.requests == [AskedForOne(CODES[2])]
    assert "应为数字" in host.opened_outside[0].read_text(encoding="utf-8-sig")
    assert host.told == []


def test_esc_stops_between_two_files(workspace: Workspace) -> None:
    def read_ten(at: Circumstances) -> None:
        for done in range(10):
            report(at.progress, done, 10, f"第 {done} 份.xlsx")

    host, deed = MemoryHost(escape_at=4), Deed(act=read_ten)
    with pytest.raises(Stopped):
        press(host, "planbookConsolidate", consolidate=deed)
    assert host.statuses[3] == "一键汇总 3/10：第 3 份.xlsx　（按 Esc 停下）"
    assert len(host.statuses) == 4


def test_a_decision_is_seen_at_once_in_the_open_ledger(workspace: Workspace) -> None:
    master = workspace.master(Period.parse("2024Q1"))
    openpyxl.Workbook().save(master)
    host, decision, ledger = MemoryHost(texts=["好", ""], selected=rows(CODES[0])), Deed(), Deed()
    host.put(master)
    press(host, "planbookClose", close=decision, ledger=ledger)
    assert [request.period for request in ledger.requests] == ["2024Q1"]
    assert master.name in host.books


def test_a_strangers_folder_is_no_workspace_until_the_clerk_says_so(workspace: Workspace, tmp_path: Path) -> None:
    strange = make_workspace(tmp_path / "下载" / "来路不明", office="x", contact="")
    book = strange.outputs / "总台账.xlsx"
    openpyxl.Workbook().save(book)
    seen: list[Path] = []
    deed = Deed(act=lambda at: seen.append(at.workspace.root))
    for agrees in (False, True):
        host = MemoryHost(agrees=[agrees])
        host.put(book)
        press(host, "planbookConsolidate", consolidate=deed)
        assert str(strange.root) in host.questions[0]
    assert seen == [workspace.root, strange.root]


def test_without_a_workspace_the_clerk_points_to_one(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "台账", office="x", contact="")
    deed = Deed(AskedForNothing)
    host = MemoryHost(folders=[None, made.root])
    with pytest.raises(Cancelled):
        press(host, "planbookSettings", settings=deed)
    press(host, "planbookSettings", settings=deed)
    press(host, "planbookSettings", settings=deed)
    assert len(deed.requests) == 2
    assert known_workspaces().is_known(made.root)


@dataclass(frozen=True, slots=True)
class AskedForNothing:
    """A request for nothing in particular."""


def received(host: MemoryHost, button: str = "planbookDoctor") -> bool:
    return handle_click(Click(button), lambda _click: host, now=NOW, today=TODAY)


def test_errors_are_sentences_that_name_the_log(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise PlanbookError("台账正忙。")

    monkeypatch.setattr(handling, "carry_out", fail)
    host = MemoryHost()
    assert not received(host)
    assert "台账正忙。" in host.told[0]
    assert str(log_file()) in host.told[0]


def test_a_fault_of_ours_is_no_traceback_for_the_clerk(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(handling, "carry_out", fail)
    host = MemoryHost()
    assert not received(host)
    assert "secret" not in host.told[0]
    assert "secret detail" in log_file().read_text(encoding="utf-8")


def test_a_closed_dialog_says_nothing(workspace: Workspace) -> None:
    host = MemoryHost(files=[()])
    assert received(host, "planbookImport")
    assert host.told == []


def test_an_excel_that_cannot_be_reached_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    def attach(_click: Click) -> MemoryHost:
        raise PlanbookError("连不上 Excel。")

    assert not handle_click(Click("planbookDoctor"), attach, now=NOW, today=TODAY)
    assert "连不上 Excel。" in capsys.readouterr().err


def test_a_second_press_while_the_first_works_is_told(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = MemoryHost(), MemoryHost()

    def press_again(host: MemoryHost, *_arguments: object, **_options: object) -> None:
        assert host is first, "the second press must not be carried out"
        received(second)

    monkeypatch.setattr(handling, "carry_out", press_again)
    assert received(first)
    assert "还没有做完" in second.told[0]


def test_arguments_of_the_macros_are_decoded(workspace: Workspace) -> None:
    seen: list[Click] = []

    def attach(pressed: Click) -> MemoryHost:
        seen.append(pressed)
        return MemoryHost(files=[()])

    path = "C:\\台 账\\100% a=b.xlsx"
    encoded = {"button": "planbookImport", "book": encode_argument(path), "hwnd": "66", "selection": "~0024A~00241"}
    assert handle_arguments(encoded, attach, now=NOW, today=TODAY)
    assert seen == [Click("planbookImport", path, 66, "", "$A$1")]


def test_arguments_that_were_cut_off_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert not handle_arguments({"button": "~00"}, lambda _click: MemoryHost(), now=NOW, today=TODAY)
    assert "参数不完整" in capsys.readouterr().err


@pytest.mark.parametrize(
    "body", [{"button": 3}, {"button": "b", "hwnd": "7"}, {"button": "b", "book": None}, {"selection": ["x"]}]
)
def test_a_click_that_is_none_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(PlanbookError):
        Click.from_json(body)
