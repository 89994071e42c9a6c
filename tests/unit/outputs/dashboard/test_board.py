"""The board in Chromium: it draws without a network, hostile text stays text, keys and every width serve."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from planbook.outputs.dashboard.page import write_dashboard
from planbook.outputs.dashboard.value import DashboardValue
from tests.unit.outputs.dashboard.sample_board import VALUE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>{{7*7}}${alert(4)}"
    "javascript:alert(5) </script><!-- {a|b} =1+1"
)
AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Seen:
    """A page on the board, with everything that it did which it must not."""

    def __init__(self, browser: Browser, path: Path, **options: Any) -> None:
        self.faults: list[str] = []
        context = browser.new_context(**options)
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", self._dismiss)
        self.page.on("request", lambda request: self._note(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("canvas")

    def _dismiss(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note(self, url: str) -> None:
        if not url.startswith("file:///") or not url.endswith("board.html"):
            self.faults.append(f"request: {url}")


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "board.html"
    path.write_bytes(write_dashboard(VALUE))
    return path


def hostile(noun: Any, depth: int = 0) -> Any:
    """Return `noun` with every text in it, however deep, made hostile; lights stay, as only planbook writes them."""
    if isinstance(noun, str):
        return HOSTILE
    if isinstance(noun, tuple):
        return tuple(hostile(one, depth + 1) for one in noun)
    if dataclasses.is_dataclass(noun) and not isinstance(noun, type):
        values = {field.name: getattr(noun, field.name) for field in dataclasses.fields(noun)}
        kept = ("light", "lights") if not isinstance(noun, DashboardValue) else ()
        return replace(noun, **{name: value if name in kept else hostile(value) for name, value in values.items()})
    return noun


def test_hostile_text_in_any_field_is_inert(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "board.html"
    path.write_bytes(write_dashboard(hostile(VALUE)))
    seen = Seen(browser, path)
    for number in range(seen.page.locator(".pb-open").count()):
        seen.page.locator(".pb-open").nth(number).click()
        assert HOSTILE.split("\n", maxsplit=1)[0][:20] in seen.page.locator("dialog").inner_text()
        seen.page.keyboard.press("Escape")
    for box in seen.page.locator(".pb-panels canvas").all():
        box.hover(force=True)
    assert seen.page.locator("#board img, #board svg, #board script, #board iframe").count() == 0
    assert seen.page.locator("body > script").count() == 3
    assert seen.faults == []


def test_nothing_that_is_injected_would_run(browser: Browser, board: Path) -> None:
    head, body = board.read_text(encoding="utf-8").split("<noscript>")
    injected = "<img src=x onerror='window.hit=1'><script>window.hit=1</script><noscript>"
    board.write_text(head + injected + body, encoding="utf-8")
    seen = Seen(browser, board)
    assert seen.page.evaluate("window.hit") is None
    assert any("Content Security Policy" in fault for fault in seen.faults)


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_every_width_and_can_be_read_by_everyone(browser: Browser, board: Path, width: int, theme: str) -> None:
    seen = Seen(browser, board, viewport={"width": width, "height": 800}, color_scheme=theme, bypass_csp=True)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.locator(".pb-open").first.click()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.keyboard.press("Escape")
    seen.page.add_script_tag(path=str(AXE))
    verdict = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(one["id"], one["nodes"][0]["html"]) for one in verdict["violations"]] == []
    assert [fault for fault in seen.faults if not fault.startswith("request")] == []


def test_lights_narrow_the_tasks_and_words_find_them(browser: Browser, board: Path) -> None:
    page = Seen(browser, board).page
    titles = page.locator(".pb-tasks tbody tr .pb-open")
    assert titles.count() == 4
    page.get_by_role("button", name="红灯").click()
    assert titles.all_inner_texts() == ["培育高新技术企业"]
    page.get_by_role("button", name="红灯").click()
    page.get_by_role("searchbox").fill("市科技局")
    assert titles.all_inner_texts() == ["成果转化"]
    page.get_by_role("searchbox").fill("没有这样的任务名")
    assert page.locator(".pb-tasks .pb-empty").is_visible()


def test_keys_alone_reach_a_task_and_come_back(browser: Browser, board: Path) -> None:
    page = Seen(browser, board).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # 跳到任务
    for _ in range(5):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "建设省实验室"
    page.keyboard.press("Enter")
    assert page.locator("dialog").get_attribute("open") is not None
    assert "历次进展" in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "建设省实验室"
    page.get_by_role("tab").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    assert "市科技局" in page.locator("#pb-ranking").inner_text()


def test_it_prints_on_white_and_returns_to_the_dark(browser: Browser, board: Path) -> None:
    page = Seen(browser, board, color_scheme="dark").page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#board").get_attribute("data-theme") == "light"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#board").get_attribute("data-theme") == "dark"
    assert page.pdf().startswith(b"%PDF")
