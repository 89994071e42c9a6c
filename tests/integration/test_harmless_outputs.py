"""Formulas, links, DDE and scripts in every field that people fill in: in no output does any of it come alive."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from planbook.samples import sample_plan
from tests.support.browser import chromium
from tests.support.command import planbook
from tests.support.filling import columns_of
from tests.support.office import convert
from tests.support.returns import filled_form

TRAP: Final = "http://127.0.0.1:9/trap"
SCRIPT: Final = f"<script>document.title='HURT'</script><img src='{TRAP}' onerror=\"document.title='HURT'\">"
SPELLS: Final = (
    f'=HYPERLINK("{TRAP}","点我")',
    "=cmd|'/C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    f'=WEBSERVICE("{TRAP}")',
    "{=1+1}",
    SCRIPT,
    f'"><svg onload="document.title=\'HURT\'"><a href="javascript:document.title=1">{TRAP}</a>',
    "</textarea></title></style>]]>&lt;script>{{7*7}}${7*7}{% raw %}",
    "DDEAUTO c:\\windows\\system32\\cmd.exe",
)
LANDMARK: Final = "1+1"


def spell(number: int) -> str:
    return SPELLS[number % len(SPELLS)]


@pytest.fixture(scope="module")
def cursed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every field says something dangerous, with everything written that planbook writes."""
    return cursed_workspace(tmp_path_factory.mktemp("cursed"))


def cursed_workspace(folder: Path) -> Path:
    root = folder / "台账"
    assert planbook("init", root, "--office", f"督查室{SPELLS[0]}{SCRIPT}", "--contact", SPELLS[1]).code == 0
    settings = root / "planbook.toml"
    text = settings.read_text(encoding="utf-8").replace('address = ""', 'address = "office@example.gov.cn"', 1)
    settings.write_text(text, encoding="utf-8")
    plan = sample_plan(folder)
    plan = plan.rename(plan.with_name("=1+1 <script>@a.docx"))
    review = Path(planbook("import", plan, workspace=root).result["review"])
    curse_review(review)
    assert planbook("confirm", review, workspace=root).result["applied"]
    forms = planbook("issue", "--period", "2024Q1", workspace=root).result["forms"]
    assert len(forms) > 10
    for number, form in enumerate(forms[:9]):
        content = filled_form(Path(form["path"]), percent="大部分" if number % 3 == 0 else 40, text=spell(number))
        curse_form(content, number, root / "inbox" / "2024Q1" / f"=1+1 '<b>@{number}.xlsx")
    assert planbook("consolidate", "--period", "2024Q1", workspace=root).code in (0, 1)
    curse_master(next((root / "outputs").glob("*总台账*.xlsx")))
    for command in (
        ("ledger", "--period", "2024Q1"),
        ("ledger", "--period", "2024Q1", "--public"),
        ("bulletin", "--period", "2024Q1"),
        ("dashboard", "--period", "2024Q1"),
        ("letters", "--period", "2024Q1"),
        ("send", "--period", "2024Q1", "--channel", "eml"),
        ("send", "--period", "2024Q1", "--channel", "folder"),
        ("remind", "--period", "2024Q1", "--channel", "eml"),
        ("remind", "--period", "2024Q1", "--channel", "folder"),
    ):
        run = planbook(*command, workspace=root)
        assert run.code in (0, 1), (command, run.error)
    return root


def curse_review(path: Path) -> None:
    book = load_workbook(path)
    tasks, agencies = book["任务分解"], book["单位"]
    header, columns = columns_of(tasks, "任务编号")
    for row in range(header + 1, tasks.max_row + 1):
        if tasks[f"{columns['任务编号']}{row}"].value:
            for offset, name in enumerate(("任务名称", "任务内容", "备注")):
                put(tasks[f"{columns[name]}{row}"], spell(row + offset))
    header, columns = columns_of(agencies, "名称")
    for row in range(header + 1, agencies.max_row + 1):
        if agencies[f"{columns['名称']}{row}"].value:
            for offset, name in enumerate(("简称/别名", "联系人", "电话", "分管领导")):
                put(agencies[f"{columns[name]}{row}"], f"{spell(row + offset)}{row}".replace(";", ""))  # parts aliases
            put(agencies[f"{columns['邮箱']}{row}"], f"a{row}@example.gov.cn")
    book.save(path)


def curse_form(content: bytes, number: int, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    book = load_workbook(target)
    sheet = book["责任清单"]
    header, columns = columns_of(sheet, "任务编号")
    fields = ("本期进展情况", "存在问题", "下一步措施", "佐证材料", "填报人", "联系电话", "备注")
    for row in range(header + 1, sheet.max_row + 1):
        if sheet[f"{columns['任务编号']}{row}"].value:
            for offset, name in enumerate(fields):
                put(sheet[f"{columns[name]}{row}"], spell(number + row + offset))
    book.save(target)


def curse_master(path: Path) -> None:
    book = load_workbook(path)
    sheet = book["任务台账"]
    header, columns = columns_of(sheet, "任务编号")
    for row in range(header + 1, sheet.max_row + 1):
        for offset, name in enumerate(("领导批示", "督查意见", "核查结论")):
            put(sheet[f"{columns[name]}{row}"], spell(row + offset))
    for row in (header + 1, header + 2):
        put(sheet[f"{columns['决定']}{row}"], "暂缓")
        put(sheet[f"{columns['决定依据']}{row}"], spell(row))
    column = sheet.max_column + 1
    own = sheet.cell(header, column)
    put(own, SPELLS[0])
    for row in range(header + 1, sheet.max_row + 1):
        put(sheet.cell(row, column), spell(row))
    book.save(path)


def put(cell: object, text: str) -> None:
    """Type a text as text, whatever it looks like."""
    cell.value = text  # type: ignore[attr-defined]
    cell.data_type = "s"  # type: ignore[attr-defined]


def written(root: Path, *suffixes: str) -> Iterator[Path]:
    for folder in ("outputs", "forms", "plans"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in suffixes and path.parent != root / "plans":
                yield path


def name_of(path: Path) -> str:
    """Return what kind of output a file is."""
    known = (
        "总台账_公开",
        "总台账",
        "任务分解表",
        "退改单",
        "签收表",
        "催报",
        "通报",
        "督办单",
        "催办函",
        "看板",
        "责任清单",
    )
    return next((kind for kind in known if kind in path.as_posix()), path.name)


def test_there_is_every_kind_of_output(cursed: Path) -> None:
    kinds = {name_of(path) for path in written(cursed, ".xlsx", ".docx", ".html", ".eml")}
    assert kinds >= {
        "总台账",
        "任务分解表",
        "退改单",
        "签收表",
        "催报",
        "通报",
        "督办单",
        "催办函",
        "看板",
        "责任清单",
    }, kinds


def test_packages_hold_no_formula_no_outside_link_and_no_field(cursed: Path) -> None:
    seen = 0
    for path in written(cursed, ".xlsx", ".docx"):
        with zipfile.ZipFile(path) as package:
            for part in package.namelist():
                assert not re.search(r"externalLink|connections|ddeLink|vbaProject|activeX|embeddings", part), (
                    path,
                    part,
                )
                content = package.read(part).decode("utf-8", "replace")
                if part.endswith(".rels"):
                    assert 'TargetMode="External"' not in content, (path, part)
                elif part.startswith("xl/worksheets/sheet"):
                    assert not re.search(r"<f[ >]|<f/>", content), (path, part)
                elif part.startswith("word/"):
                    fields = re.findall(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", content)
                    assert {"".join(one).strip().split(" ")[0] for one in fields} <= {"PAGE", "NUMPAGES"}, (path, part)
        seen += 1
    assert seen > 20


@pytest.mark.office
def test_libreoffice_evaluates_nothing_and_shows_what_was_typed(cursed: Path, tmp_path: Path) -> None:
    chosen: dict[str, Path] = {}
    for path in written(cursed, ".xlsx", ".docx"):
        chosen.setdefault(f"{name_of(path)}{path.suffix}", path)
    shown: dict[str, str] = {}
    for number, (kind, path) in enumerate(chosen.items()):
        source = Path(shutil.copy(path, tmp_path / f"{number}{path.suffix}"))
        flat = convert(source, "fods" if path.suffix == ".xlsx" else "fodt", tmp_path)
        text = flat.read_text(encoding="utf-8")
        assert "table:formula" not in text, kind
        leading = [
            one for one in re.findall(r'xlink:href="([^"]*)"', text) if not one.startswith(("#", "..", "Pictures/"))
        ]
        assert not [one for one in leading if one and "://" in one and "libreoffice" not in one], (kind, leading)
        assert not re.search(r"<text:(dde|script|database|execute)|office:dde|table:cell-range-source", text), kind
        shown[kind] = "".join(ET.fromstring(text).itertext())  # noqa: S314 - LibreOffice wrote it
    for kind in ("总台账.xlsx", "任务分解表.xlsx", "退改单.xlsx"):
        assert LANDMARK in shown[kind], kind
    for kind in ("总台账.xlsx", "任务分解表.xlsx", "退改单.xlsx", "责任清单.xlsx", "督办单.docx"):
        assert "HYPERLINK(" in shown[kind], kind


@pytest.mark.browser
def test_no_script_runs_and_nothing_is_fetched(cursed: Path, tmp_path: Path) -> None:
    pages = list(written(cursed, ".html"))
    for number, path in enumerate(written(cursed, ".eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body(("html",))
        if body is not None:
            copy = tmp_path / f"{number}.html"
            copy.write_text(f'<meta charset="utf-8">{body.get_content()}', encoding="utf-8")
            pages.append(copy)
    assert len(pages) > 10
    with chromium() as browser:
        context = browser.new_context()
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        for path in pages:
            page = context.new_page()
            page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
            page.goto(path.as_uri())
            page.wait_for_timeout(100)
            assert "HURT" not in page.title(), path
            assert page.evaluate("document.querySelectorAll('svg[onload], img[onerror]').length") == 0, path
            links = page.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))")
            assert not [one for one in links if one.startswith(("http", "javascript", "file"))], (path, links)
            page.close()
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))], asked


def test_mail_headers_stay_one_line_each(cursed: Path) -> None:
    for path in written(cursed, ".eml"):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert len(message.get_all("to", [])) == 1, path
        assert set(message.keys()) <= {
            *("From", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "X-Unsent"),
            *("Reply-To", "Disposition-Notification-To", "Auto-Submitted", "In-Reply-To", "References"),
            *("Content-Transfer-Encoding",),
        }, (path, message.keys())
