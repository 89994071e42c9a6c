"""The page in Debian's Chromium, over a real workspace: from empty to consolidated, for every eye and every hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from planbook.samples import sample_plan
from tests.integration.conftest import Office
from tests.integration.test_claim import with_broken_seal
from tests.support.browser import broken_console, chromium, serious_findings
from tests.support.returns import filled_form
from tests.support.service import RunningService, running_service

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
VIEWS = ["period", "inbox", "board", "task", "actions", "settings", "start"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def open_page(browser: Browser, service: RunningService, *, width: int = 1440, theme: str = "light") -> Page:
    colours = "dark" if theme == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", color_scheme=colours)  # type: ignore[arg-type]  # two of its literals
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto(service.session.url)
    expect(page.locator("h1").first).to_be_visible()
    return page


def go(page: Page, view: str) -> None:
    page.evaluate("view => { location.hash = `#/${view}`; }", view)
    shown = ".planbook h1" if view == "board" else f".view-{view.split('/', maxsplit=1)[0]} h1"
    expect(page.locator(shown).first).to_be_visible()


def wait_for_job(page: Page, title: str) -> None:
    expect(page.locator("#jobs strong").first).to_have_text(f"{title}：完成", timeout=60_000)
    page.get_by_role("button", name="收起").first.click()
    expect(page.locator("#view")).not_to_have_attribute("aria-busy", "true")


def test_from_an_empty_folder_to_the_consolidated_ledger(browser: Browser, tmp_path: Path) -> None:
    with running_service(tmp_path / "home") as service:
        page = open_page(browser, service)
        heard = broken_console(page)
        assert service.session.token not in page.url
        page.get_by_label("文件夹的完整路径").fill(str(tmp_path / "台账"))
        page.get_by_label("发文单位").fill(SCRIPT)
        page.get_by_role("button", name="新建工作区").click()
        expect(page.get_by_role("heading", name="还没有下发过责任清单")).to_be_visible()
        go(page, "actions")
        page.get_by_role("button", name="导入方案").click()
        page.get_by_label("方案文件").set_input_files(str(sample_plan(tmp_path)))
        page.get_by_role("button", name="导入", exact=True).click()
        wait_for_job(page, "导入方案")
        page.get_by_role("button", name="确认分工").click()
        expect(page.locator("dialog")).to_contain_text("尚未写入")
        page.get_by_role("button", name="确认，就这样做").click()
        wait_for_job(page, "确认分工")
        page.get_by_role("button", name="生成责任清单").click()
        page.locator("dialog").get_by_label("填报期").fill("2024Q1")
        page.get_by_role("button", name="继续").click()
        wait_for_job(page, "生成责任清单")

        forms = sorted((tmp_path / "台账" / "forms" / "2024Q1").glob("*.xlsx"))
        returns = []
        for number, form in enumerate(forms[:4]):
            content = filled_form(form, percent="大部分" if number == 1 else 20 * number, text=SCRIPT)
            path = tmp_path / f"<b>回表{number}.xlsx"
            path.write_bytes(with_broken_seal(content) if number == 3 else content)
            returns.append(path)
        go(page, "inbox")
        page.set_input_files("#dropped", [str(path) for path in returns])
        expect(page.get_by_role("heading", name="还没有汇总的 4 个文件")).to_be_visible()
        page.get_by_role("button", name="一键汇总").click()
        wait_for_job(page, "一键汇总")

        card = page.locator(".claim")
        expect(card).to_have_count(1)
        agency = forms[3].name.split("_")[1]
        card.get_by_role("button", name="认领入账").click()
        expect(card.get_by_role("alert")).to_contain_text("请先选择单位")
        card.get_by_label("是哪个单位的").select_option(agency)
        card.get_by_label("怎样核实的").fill("电话核实")
        card.get_by_role("button", name="认领入账").click()
        expect(page.locator("dialog")).to_contain_text("认定", timeout=60_000)
        page.keyboard.press("Escape")
        expect(page.locator(".claim")).to_have_count(0)

        go(page, "period")
        expect(page.locator(".tile.returned .number")).to_have_text("4")
        expect(page.locator(".tile.to_correct .number")).to_have_text("1")
        page.locator(".tile.silent").click()
        expect(page.locator("tbody tr")).to_have_count(len(forms) - 4)
        assert [line for line in heard if "409" not in line and "422" not in line] == []


@pytest.fixture
def filled(office: Office, tmp_path: Path) -> Iterator[RunningService]:
    """A service over an office with three returns in force, one of them faulty."""
    for number, form in enumerate(list(office.forms.values())[:3]):
        (office.inbox / f"{number}.xlsx").write_bytes(
            filled_form(form, percent="多" if number == 1 else 50, text=SCRIPT)
        )
    office.consolidate()
    with running_service(tmp_path / "home", office.root) as service:
        yield service


def test_everyone_can_use_every_view(browser: Browser, filled: RunningService) -> None:
    for width, theme in ((1440, "light"), (360, "dark")):  # colours do not depend on the width
        page = open_page(browser, filled, width=width, theme=theme)
        for view in VIEWS:
            go(page, view)
            assert (view, width, theme, serious_findings(page)) == (view, width, theme, [])
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (view, width)
        page.context.close()


def test_a_value_is_followed_to_the_cell_that_it_came_from(browser: Browser, filled: RunningService) -> None:
    page = open_page(browser, filled)
    code = filled.ask("GET", "/api/views/board?period=2024Q1").json["tasks"][0]["code"]
    go(page, f"task/{code}")
    page.locator("td button.link").first.click()
    wanted = page.locator("dialog tr.wanted")
    expect(wanted).to_contain_text(SCRIPT)
    expect(page.locator("dialog tr.heading")).to_contain_text("本期进展情况")
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.locator("img, main script").count() == 0


def review_with_script(table: Path) -> None:
    """Type scripts into the review table, as names of the first task and of its lead agency."""
    book = load_workbook(table)
    sheet = book["任务分解"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=15)]
    header = next(number for number, row in enumerate(rows, start=1) if "任务编号" in row)
    for name, text in (("任务名称", f"推进{SCRIPT}建设"), ("牵头单位", "省<i>财政</i>厅")):
        sheet.cell(header + 1, rows[header - 1].index(name) + 1).value = text
    book.save(table)


def test_names_are_text_wherever_they_are_shown(browser: Browser, tmp_path: Path) -> None:
    with running_service(tmp_path / "home") as service:
        service.ask("POST", "/api/workspaces/create", {"path": str(tmp_path / "台账"), "office": SCRIPT})
        imported = service.act("import", {"files": [str(sample_plan(tmp_path))]})
        review_with_script(Path(imported["json"]["review"]))
        assert service.act("confirm", {})["json"]["applied"] is True
        assert service.act("issue", {"period": "2024Q1"})["json"]["forms"]
        page = open_page(browser, service)
        code = service.ask("GET", "/api/views/board").json["tasks"][0]["code"]
        for view in (*VIEWS, f"task/{code}"):
            go(page, view)
            assert page.locator("#view img, #view script, #view i, .top img").count() == 0, view
        expect(page.locator("main h1")).to_contain_text("<img src=x")
        expect(page.locator("main dl")).to_contain_text("<i>")


def test_settings_are_checked_and_comments_kept(browser: Browser, filled: RunningService, office: Office) -> None:
    page = open_page(browser, filled)
    go(page, "settings")
    due = page.get_by_label("报送截止日")
    due.fill("999")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("0 到 366")
    assert "due_days = 10" in (office.root / "planbook.toml").read_text(encoding="utf-8")
    due.fill("15")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已保存 1 项")
    text = (office.root / "planbook.toml").read_text(encoding="utf-8")
    assert "# 报送截止日：填报期结束后第几天。\ndue_days = 15" in text


def test_what_would_be_sent_is_shown_before_it_is(browser: Browser, filled: RunningService, office: Office) -> None:
    settings = office.root / "planbook.toml"
    changed = filled.ask("POST", "/api/settings", {"mail.channel": "folder"})
    assert changed.status == 200, settings.read_text(encoding="utf-8")
    page = open_page(browser, filled)
    go(page, "actions")
    page.get_by_role("button", name="分发", exact=True).click()
    page.get_by_role("button", name="继续").click()
    preview = page.locator("dialog")
    expect(preview).to_contain_text("先看一看", timeout=60_000)
    expect(preview.locator("tbody tr")).to_have_count(len(office.forms))
    expect(preview).to_contain_text("待发")
    preview.get_by_role("button", name="取消").click()
    state = filled.ask("GET", "/api/views/period?period=2024Q1").json
    assert state["sent"] == 0
    page.get_by_role("button", name="分发", exact=True).click()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="确认，就这样做").click(timeout=60_000)
    wait_for_job(page, "分发")
    assert filled.ask("GET", "/api/views/period?period=2024Q1").json["sent"] > 0


def test_the_keyboard_alone_will_do(browser: Browser, filled: RunningService) -> None:
    page = open_page(browser, filled)
    page.keyboard.press("Tab")
    page.locator("#tabs a", has_text="收件").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".view-inbox h1")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "view"
    file = page.locator("td button.link").first
    file.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog h2")).to_be_visible()
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == file.text_content()


def test_a_page_without_the_token_shows_nothing(browser: Browser, filled: RunningService) -> None:
    page = browser.new_context().new_page()
    page.goto(f"http://127.0.0.1:{filled.session.port}/#/inbox")
    expect(page.get_by_role("alert")).to_contain_text("口令")
    assert page.locator("td").count() == 0
