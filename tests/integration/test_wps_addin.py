"""The WPS add-in in Chromium, against a fake WPS that knows the typings alone, talking to the real service."""

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from planbook import __version__
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.ribbon import BUTTONS
from planbook.samples import sample_plan
from planbook.server.session import write_session
from planbook.server.wps_addin import addin_files
from tests.integration.conftest import Office, issued_office, office_copy
from tests.support.browser import chromium, serious_findings
from tests.support.returns import filled_form
from tests.support.service import RunningService, running_service
from tests.support.wps.desk import Desk, DeskServer

pytestmark = pytest.mark.browser

HERE = Path(__file__).parents[1]
TOOLS = HERE / "node_modules"
MASTER = "outputs/2024Q1_总台账.xlsx"


def node(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NODE_PATH": str(TOOLS)}
    command = ["node", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


def build(folder: Path, session_file: Path | None = None) -> Path:
    for name, content in addin_files(session_file).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_every_script_is_es5(tmp_path: Path) -> None:
    scripts = sorted(build(tmp_path).rglob("*.js"))
    assert len(scripts) == 9
    for script in scripts:
        parsed = node(TOOLS / "acorn" / "bin" / "acorn", "--ecma5", "--silent", script)
        assert parsed.returncode == 0, (script.name, parsed.stderr)


def type_errors(folder: Path, scripts: list[Path]) -> str:
    options = {
        "allowJs": True, "checkJs": True, "noEmit": True, "noImplicitThis": True, "strictNullChecks": True,
        "target": "ES5",
        "ignoreDeprecations": "5.0", "lib": ["ES5", "DOM"], "skipLibCheck": True, "types": [], "typeRoots": [],
    }  # fmt: skip
    files = [str(TOOLS / "et-jsapi-declare" / "index.d.ts"), *map(str, scripts)]
    (folder / "jsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": files}), encoding="utf-8")
    return node(TOOLS / "typescript" / "bin" / "tsc", "-p", folder / "jsconfig.json").stdout


def test_the_scripts_use_wps_as_its_typings_say(tmp_path: Path) -> None:
    scripts = sorted(build(tmp_path).rglob("*.js"))
    assert type_errors(tmp_path, scripts) == ""
    wrong = tmp_path / "wrong.js"
    wrong.write_text(
        "window.Application.ActiveWorkbook.FullNam;\nwindow.Application.FileDialog('4');\n", encoding="utf-8"
    )
    found = type_errors(tmp_path, [wrong])
    assert ("wrong.js(1," in found, "wrong.js(2," in found) == (True, True)


def test_only_the_host_file_touches_wps(tmp_path: Path) -> None:
    for script in build(tmp_path).rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert ("Application" in text) == (script.name == "host.js"), script.name
        assert "fetch(" not in text
        assert "innerHTML" not in text


def test_the_ribbon_is_the_same_as_in_excel(tmp_path: Path) -> None:
    text = (build(tmp_path) / "ribbon.xml").read_text(encoding="utf-8")
    assert text.startswith("<customUI")
    space = "{http://schemas.microsoft.com/office/2006/01/customui}"
    wps = ElementTree.fromstring(text)  # noqa: S314 (our own)
    excel = ElementTree.parse(HERE.parent / "addin" / "excel" / "customUI14.xml").getroot()  # noqa: S314 (our own)
    shared = ("id", "label", "size", "screentip", "supertip")

    def buttons(root: ElementTree.Element) -> list[dict[str, str | None]]:
        return [{name: one.get(name) for name in shared} for one in root.iter() if one.tag.endswith("}button")]

    assert buttons(wps) == buttons(excel)
    assert {one.get("id") for one in wps.iter(f"{space}button")} == set(BUTTONS)
    assert all((tmp_path / "images" / f"{button.icon}.svg").is_file() for button in BUTTONS.values())


@pytest.fixture(scope="module")
def members() -> str:
    found = node(HERE / "support" / "wps" / "members.js")
    assert found.returncode == 0, found.stderr
    return found.stdout


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


class Wps:
    """WPS with the add-in loaded: press a button, and look at the dialog or the pane that it opens."""

    def __init__(self, browser: Browser, members: str, addin: Path) -> None:
        self.desk = Desk()
        self._server = DeskServer(self.desk)
        self._context: BrowserContext = browser.new_context(locale="zh-CN", viewport={"width": 560, "height": 520})
        fake = (HERE / "support" / "wps" / "fake.js").read_text(encoding="utf-8")
        fake = fake.replace("__MEMBERS__", members).replace("__DESK__", self._server.url)
        self._context.add_init_script(f"if (location.protocol === 'file:') {{ {fake} }}")
        self.faults: list[str] = []
        self._ribbon = self._open((addin / "index.html").as_uri())
        assert self._ribbon.evaluate("OnAddinLoad({})") is True

    def press(self, button: str) -> None:
        """Press a button of the tab; callbacks are called by name and must come back at once."""
        assert self._ribbon.evaluate("id => OnAction({Id: id})", button) is True

    def image(self, button: str) -> str:
        return str(self._ribbon.evaluate("id => GetImage({Id: id})", button))

    def dialog(self) -> Page:
        """Return the dialog that was opened last."""
        return self._open(self.desk.dialogs[-1])

    def pane(self) -> Page:
        """Return the task pane."""
        (pane,) = self.desk.panes.values()
        assert pane["visible"]
        return self._open(pane["url"])

    def close(self) -> None:
        self._context.close()
        self._server.close()
        assert self.desk.misuses == []
        assert self.faults == []

    def _open(self, url: str) -> Page:
        page = self._context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(url)
        return page


@pytest.fixture(scope="module")
def _consolidated_once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = issued_office(tmp_path_factory.mktemp("office"))
    office.inbox.mkdir(parents=True, exist_ok=True)
    for number, form in enumerate(list(office.forms.values())[:3]):
        (office.inbox / f"{number}.xlsx").write_bytes(filled_form(form, percent=50))
    office.consolidate()
    return office


@pytest.fixture
def consolidated(_consolidated_once: Office, tmp_path: Path) -> Office:
    """A fresh copy of an office with three returns in its ledger."""
    return office_copy(_consolidated_once, tmp_path / "台账")


@pytest.fixture(scope="module")
def shared_office(_consolidated_once: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One office in which every button is pressed, one after the other."""
    return office_copy(_consolidated_once, tmp_path_factory.mktemp("shared") / "台账")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def service(home: Path) -> Iterator[RunningService]:
    """One service for all tests, as a user has one for all workspaces: the open workbook tells which is meant."""
    with running_service(home) as running:
        yield running


@pytest.fixture
def mortal(consolidated: Office, tmp_path: Path) -> Iterator[RunningService]:
    """A service that a test may end."""
    with running_service(tmp_path / "home", consolidated.root) as running:
        yield running


@pytest.fixture
def wps(browser: Browser, members: str, home: Path, tmp_path: Path) -> Iterator[Wps]:
    running = Wps(browser, members, build(tmp_path / "planbook_1", home / "service.json"))
    yield running
    running.close()


@pytest.fixture
def own_wps(browser: Browser, members: str, tmp_path: Path) -> Iterator[Wps]:
    """WPS of a user who has a service of their own, or none."""
    running = Wps(browser, members, build(tmp_path / "planbook_1", tmp_path / "home" / "service.json"))
    yield running
    running.close()


def first_task_row(desk: Desk, path: Path, sheet: str) -> int:
    """Select the first task of the open ledger and return its row."""
    rows = desk.cells_of(path.name, sheet)
    header = next(number for number, row in enumerate(rows, start=1) if "任务编号" in row)
    column = rows[header - 1].index("任务编号")
    return next(number for number, row in enumerate(rows[header:], start=header + 1) if row[column])


def task_sheet(path: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    return next(
        name
        for name in book.sheetnames
        if any("任务编号" in row for row in book[name].iter_rows(max_row=12, values_only=True))
    )


def open_master(wps: Wps, office: Office) -> Path:
    master = office.root / MASTER
    wps.desk.opened(master, sheet=task_sheet(master))
    wps.desk.areas = [[first_task_row(wps.desk, master, wps.desk.sheet), 3, 2, 1]]
    return master


def wait_until_done(page: Page) -> None:
    expect(page.locator("h2")).to_contain_text("完成", timeout=60_000)


def test_the_open_ledger_is_saved_closed_rewritten_and_opened_where_the_clerk_was(
    wps: Wps, service: RunningService, consolidated: Office
) -> None:
    master = open_master(wps, consolidated)
    wps.desk.books[master.name].saved = False
    form = list(consolidated.forms.values())[3]
    (consolidated.inbox / "新.xlsx").write_bytes(filled_form(form, percent=80))
    sheet, area = wps.desk.sheet, list(wps.desk.areas[0])
    before = master.stat().st_mtime_ns
    wps.press("planbookConsolidate")
    page = wps.dialog()
    expect(page.get_by_label("填报期")).to_have_value("2024Q1")
    page.get_by_role("button", name="继续").click()
    wait_until_done(page)
    expect(page.locator("#content")).to_contain_text("新收 1 份")
    assert wps.desk.log[1:] == [
        ("save", master.name),
        ("close", master.name, True),
        ("open", master.name, False),
        ("select", master.name, sheet, *area),
    ]
    assert master.stat().st_mtime_ns > before
    assert (wps.desk.active, wps.desk.sheet) == (master.name, sheet)
    assert serious_findings(page) == []
    page.get_by_role("button", name="关闭").click()
    assert wps.desk.log[-1] == ("window_closed", "work.html")


def test_a_button_pressed_twice_in_haste_does_its_work_once(
    wps: Wps, service: RunningService, consolidated: Office
) -> None:
    master = open_master(wps, consolidated)
    wps.press("planbookLedger")
    page = wps.dialog()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/actions/" in request.url else None)
    page.get_by_role("button", name="继续").evaluate("button => { button.click(); button.click(); }")
    wait_until_done(page)
    assert len(asked) == 1
    assert master.name in wps.desk.books


def test_a_ledger_that_cannot_be_saved_is_left_open(wps: Wps, service: RunningService, consolidated: Office) -> None:
    master = open_master(wps, consolidated)
    wps.desk.books[master.name].saved = False
    wps.desk.save_fails = True
    wps.press("planbookConsolidate")
    page = wps.dialog()
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("什么也没有做")
    assert master.name in wps.desk.books
    assert not any(entry[0] == "close" for entry in wps.desk.log)


def test_a_read_only_ledgers_changes_are_kept_beside_it(
    wps: Wps, service: RunningService, consolidated: Office
) -> None:
    master = consolidated.root / MASTER
    wps.desk.opened(master, sheet=task_sheet(master), saved=False, read_only=True)
    wps.press("planbookLedger")
    page = wps.dialog()
    page.get_by_role("button", name="继续").click()
    wait_until_done(page)
    expect(page.locator("#content")).to_contain_text("另存在")
    assert master.with_name("2024Q1_总台账_未保存的改动.xlsx").is_file()


ASKED = {"planbookIssue": {"填报期": "2024Q2"}, "planbookExtend": {"延期到": "2026-12-31", "理由": "条件变化"}}
REASONED = ("planbookClose", "planbookReturn")


@pytest.mark.parametrize("button", [one for one in BUTTONS if BUTTONS[one].intention in INTENTIONS])
def test_every_button_does_its_work(
    button: str, wps: Wps, service: RunningService, shared_office: Office, tmp_path: Path
) -> None:
    """From the press to the end of what it stands for; what it would send is shown first."""
    master = open_master(wps, shared_office)
    wps.desk.chosen = [str(sample_plan(tmp_path))]
    assert wps.image(button) == f"images/{BUTTONS[button].icon}.svg"
    wps.press(button)
    if wps.desk.panes:
        frame = wps.pane().frame_locator("#page")
        expect(frame.locator("h1").first).to_be_visible(timeout=20_000)
        wps.desk.close(master.name, False)
        return
    page = wps.dialog()
    fields = ASKED.get(button, {"理由": "核查属实"} if button in REASONED else {})
    foot = page.locator("#foot")
    deadline = time.monotonic() + 60
    while page.locator("h2").count() == 0 and time.monotonic() < deadline:
        if page.get_by_role("alert").is_visible():
            break
        for label, text in fields.items():
            if page.get_by_label(label).count():
                with suppress(PlaywrightError):  # the form may have gone on meanwhile
                    page.get_by_label(label).fill(text, timeout=1000)
        go_on = foot.locator("button.primary")
        if go_on.count() and re.search("继续|确认", go_on.inner_text(timeout=2000)):
            go_on.click()
        page.wait_for_timeout(150)
    if page.get_by_role("alert").is_visible():  # refused for a reason of its own, in a sentence
        assert re.search(r"[\u4e00-\u9fff].*。", page.get_by_role("alert").inner_text())
        assert button not in (
            "planbookConsolidate",
            "planbookLedger",
            "planbookIssue",
            "planbookImport",
            "planbookDoctor",
            "planbookSource",
        )
    else:
        wait_until_done(page)
    assert master.name in wps.desk.books
    for book in list(wps.desk.books):
        wps.desk.close(book, False)


def test_tasks_are_asked_for_before_anything_else(wps: Wps, service: RunningService) -> None:
    for button in ("planbookClose", "planbookHistory", "planbookSource"):
        wps.press(button)
        assert "选中任务所在的行" in wps.desk.alerts[-1]
    assert wps.desk.dialogs == []


def test_rows_that_a_filter_hides_are_not_meant(wps: Wps, service: RunningService, consolidated: Office) -> None:
    master = open_master(wps, consolidated)
    row = wps.desk.areas[0][0]
    wps.desk.areas = [[row - 1, 1, 4, 3]]
    wps.desk.books[master.name].hidden = {row + 1}
    wps.press("planbookClose")
    codes = json.loads(wps.desk.storage["planbook_click"])["tasks"]["codes"]
    cells = wps.desk.cells_of(master.name, wps.desk.sheet)
    column = cells[row - 2].index("任务编号")
    assert codes == [cells[row - 1][column], cells[row + 1][column]]


def test_progress_is_shown_and_the_work_stopped(wps: Wps, service: RunningService, consolidated: Office) -> None:
    for number, form in enumerate(list(consolidated.forms.values())[3:40]):
        (consolidated.inbox / f"多{number}.xlsx").write_bytes(form.read_bytes())
    open_master(wps, consolidated)
    wps.press("planbookConsolidate")
    page = wps.dialog()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="停下").click()
    expect(page.get_by_role("alert")).to_contain_text("停下", timeout=30_000)
    assert "2024Q1_总台账.xlsx" in wps.desk.books  # opened again all the same


def no_service(service: RunningService) -> None:
    service.process.terminate()
    service.process.wait(timeout=20)


def stale_session(service: RunningService) -> None:
    service.process.kill()
    service.process.wait(timeout=20)
    from dataclasses import replace

    write_session(service.home / "service.json", replace(service.session, heartbeat=1))


def blocked_loopback(service: RunningService) -> None:
    """The session beats on, and nothing gets through: another port stands for WPS cutting the connection."""
    service.process.kill()
    service.process.wait(timeout=20)
    from dataclasses import replace

    write_session(service.home / "service.json", replace(service.session, port=9, heartbeat=int(time.time())))


def other_version(service: RunningService) -> None:
    service.process.kill()
    service.process.wait(timeout=20)
    from dataclasses import replace

    write_session(service.home / "service.json", replace(service.session, version="9.9.9", heartbeat=int(time.time())))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (no_service, "没有运行"),
        (stale_session, "已经停止"),
        (blocked_loopback, "拦截"),
        (other_version, f"加载项是 {__version__} 版，服务是 9.9.9 版"),
    ],
)
def test_each_failure_has_words_of_its_own(
    fault: Callable[[RunningService], None], told: str, own_wps: Wps, mortal: RunningService
) -> None:
    wps = own_wps
    fault(mortal)
    wps.press("planbookDoctor")
    page = wps.dialog()
    expect(page.get_by_role("alert")).to_contain_text(told, timeout=20_000)
    wps.press("planbookSettings")
    pane = wps.pane()
    expect(pane.get_by_role("alert")).to_contain_text(told, timeout=20_000)
    pane.get_by_role("button", name="收起").click()
    assert [one["visible"] for one in wps.desk.panes.values()] == [False]


@pytest.mark.parametrize("has_dialog", [True, False])
def test_without_a_workspace_one_is_chosen(
    has_dialog: bool, own_wps: Wps, consolidated: Office, tmp_path: Path
) -> None:
    """By WPS' own dialog or, where this WPS has none and the desk none either, by typing."""
    wps = own_wps
    wps.desk.has_file_dialog = has_dialog
    wps.desk.chosen = [str(consolidated.root)]
    with running_service(tmp_path / "home"):
        wps.press("planbookDoctor")
        page = wps.dialog()
        expect(page.get_by_role("alert")).to_contain_text("还没有打开过工作区", timeout=20_000)
        page.get_by_role("button", name="选择工作区文件夹").click()
        if not has_dialog:
            page.get_by_label("文件夹的完整路径").fill(str(consolidated.root))
            page.get_by_role("button", name="继续").click()
        wait_until_done(page)
        expect(page.locator("#where")).to_contain_text(str(consolidated.root))


@pytest.mark.usefixtures("mortal")  # a service that knows the workspace, whichever test ran before
def test_the_pane_shows_the_page_at_the_task(own_wps: Wps, consolidated: Office) -> None:
    wps = own_wps
    open_master(wps, consolidated)
    wps.press("planbookHistory")
    pane = wps.pane()
    frame = pane.frame_locator("#page")
    code = json.loads(wps.desk.storage["planbook_click"])["tasks"]["codes"][0]
    expect(frame.locator("main .help").first).to_have_text(code, timeout=20_000)
    wps.press("planbookSettings")
    expect(frame.locator("h1")).to_have_text("设置", timeout=20_000)
    pane.get_by_role("button", name="在浏览器里打开").click()
    assert wps.desk.log[-1][0] == "open_url"
