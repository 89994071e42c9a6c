"""Bulletin, letters and board from a consolidated period: their figures are those of an independent recount."""

import re
import shutil
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from planbook.actions.demonstration_returns import Fault, fill_form
from tests.integration.conftest import Office, issued_office
from tests.support.command import planbook
from tests.support.office import convert
from tests.support.validity import assert_valid_office_file

LABELS = {"red": "红灯", "yellow": "黄灯", "grey": "灰灯", "blue": "蓝灯", "green": "绿灯"}
SILENT = 2


@pytest.fixture(scope="module")
def _reported_once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = issued_office(tmp_path_factory.mktemp("reported"))
    office.inbox.mkdir(parents=True, exist_ok=True)
    for number, (agency, form) in enumerate(sorted(office.forms.items())[SILENT:]):
        (office.inbox / f"{agency}.xlsx").write_bytes(fill_form(form.read_bytes(), number, 1, Fault.NONE))
    result = office.consolidate()
    assert len(result["missing_agencies"]) == SILENT
    return office


@pytest.fixture
def reported(_reported_once: Office, tmp_path: Path) -> Office:
    """A fresh copy of an office where all but two agencies have answered for 2024Q1."""
    copy = Office.__new__(Office)
    copy.root = tmp_path / "台账"
    shutil.copytree(_reported_once.root, copy.root)
    copy.inbox = copy.root / "inbox" / "2024Q1"
    copy.imported, copy.issued = _reported_once.imported, _reported_once.issued
    copy.forms = {
        agency: copy.root / path.relative_to(_reported_once.root) for agency, path in _reported_once.forms.items()
    }
    return copy


def recount(office: Office) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return each task's light, and each agency's tasks, from the issued forms and the exported rows alone."""
    leads: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    for agency, form in office.forms.items():
        rows = load_workbook(form)["责任清单"].iter_rows(values_only=True)
        header = next(list(row) for row in rows if "任务编号" in row)
        for row in rows:
            cells = dict(zip(header, row, strict=False))
            code = str(cells["任务编号"] or "")
            if not re.fullmatch(r"P\d+-\w+", code):
                continue
            parts[agency].add(code)
            if str(next(value for name, value in cells.items() if str(name).startswith("承担"))).startswith("牵头"):
                leads[code].add(agency)
    lights = {(agency, code): str(row["light"]) for (agency, code), row in office.export().items() if "light" in row}
    worst = ("red", "yellow", "grey", "blue", "green")
    codes = {code for tasks in parts.values() for code in tasks}
    found = {
        code: min(
            (lights.get((agency, code), "grey") for agency in leads[code] or {a for a in parts if code in parts[a]}),
            key=worst.index,
        )
        for code in codes
    }
    return found, parts


def text_of(path: Path) -> str:
    document = Document(BytesIO(path.read_bytes()))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def tables_of(path: Path) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(BytesIO(path.read_bytes())).tables
    ]


def test_the_bulletin_says_what_an_independent_recount_says(reported: Office) -> None:
    lights, parts = recount(reported)
    run = planbook("bulletin", "--period", "2024Q1", workspace=reported.root)
    assert run.code == 0, run.error
    counts = {one["name"]: one for one in run.result["counts"]}
    everything = set(counts["任务总数"]["of"])
    assert len(everything) == reported.imported.result["plans"][0]["tasks"]
    assert len(everything - lights.keys()) == 1  # the one task of a group that nobody has resolved yet: grey
    lights |= dict.fromkeys(everything - lights.keys(), "grey")
    by_light = Counter(lights.values())
    for light, label in LABELS.items():
        assert set(counts[label]["of"]) == {code for code, one in lights.items() if one == light}
    for one in counts.values():
        assert one["count"] == len(one["of"])
    assert set(counts["应报单位"]["of"]) == set(reported.forms)
    silent = set(sorted(reported.forms)[:SILENT])
    assert set(counts["已报单位"]["of"]) == set(reported.forms) - silent
    assert set(counts["未报单位"]["of"]) == silent
    for agency, asked in parts.items():
        if agency in silent:
            assert set(counts[f"{agency}：未报的任务"]["of"]) == asked
        assert set(counts[f"{agency}：牵头任务"]["of"]) <= asked

    path = Path(run.result["bulletin"])
    text = text_of(path)
    assert f"重点任务共{len(lights)}项" in text
    for light, label in LABELS.items():
        assert f"{label}{by_light[light]}项" in text
    assert f"应报单位{len(reported.forms)}个，已报{len(reported.forms) - SILENT}个，未报{SILENT}个" in text
    groups = next(table for table in tables_of(path) if table[0][1] == "任务数")
    total = groups[-1]
    assert total[1:] == [str(sum(int(row[column]) for row in groups[1:-1])) for column in range(1, 8)]
    assert total[1] == str(len(lights))
    behind = [row[1] for table in tables_of(path) if "依据" in table[0] for row in table[1:]]
    assert sorted(behind) == sorted(code for code, light in lights.items() if light in ("red", "yellow"))


@pytest.mark.office
@pytest.mark.validator
def test_documents_are_valid_and_open_and_letters_go_to_whom_they_should(reported: Office, tmp_path: Path) -> None:
    lights, parts = recount(reported)
    planned = planbook("letters", "--period", "2024Q1", "--dry-run", workspace=reported.root).result
    assert not planned["written"]
    assert not any(Path(one["path"]).exists() for one in planned["letters"])
    written = planbook("letters", "--period", "2024Q1", workspace=reported.root).result
    assert written["letters"] == planned["letters"]
    part = planbook("letters", "--period", "2024Q1", "--plan", "P1", "--dry-run", workspace=reported.root).result
    assert [(one["agency"], one["tasks"]) for one in part["letters"]] == [
        (one["agency"], one["tasks"]) for one in planned["letters"]
    ]
    assert not {one["path"] for one in part["letters"]} & {one["path"] for one in planned["letters"]}
    assert part["laid_aside"] == []
    urged = {one["agency"]: set(one["tasks"]) for one in written["letters"] if one["kind"] == "催办函"}
    assert urged == {agency: parts[agency] for agency in sorted(reported.forms)[:SILENT]}
    late = {code for code, light in lights.items() if light in ("red", "yellow")}
    noticed = {code for one in written["letters"] if one["kind"] == "督办单" for code in one["tasks"]}
    assert noticed >= late  # the others are doubtful

    first = Path(written["letters"][0]["path"])
    bulletin = Path(planbook("bulletin", "--period", "2024Q1", workspace=reported.root).result["bulletin"])
    for path in (bulletin, first, Path(written["letters"][-1]["path"])):
        assert_valid_office_file(path, ".docx")
    assert convert(bulletin, "pdf", tmp_path).stat().st_size > 10_000


def test_letters_that_are_no_longer_called_for_are_laid_aside(reported: Office) -> None:
    agency = sorted(reported.forms)[0]
    before = planbook("letters", "--period", "2024Q1", workspace=reported.root).result
    (urging,) = (Path(one["path"]) for one in before["letters"] if one["agency"] == agency)
    late = fill_form(reported.forms[agency].read_bytes(), 0, 1, Fault.NONE)
    (reported.inbox / "迟到.xlsx").write_bytes(late)
    reported.consolidate()
    after = planbook("letters", "--period", "2024Q1", workspace=reported.root).result
    assert after["laid_aside"] == [str(urging)]
    assert not urging.exists()
    assert (urging.parent / "已不需要" / urging.name).exists()


def test_the_board_is_one_file_with_the_same_figures(reported: Office) -> None:
    lights, _ = recount(reported)
    run = planbook("dashboard", workspace=reported.root)
    assert (run.code, run.result["period"], run.result["tasks"]) == (0, "2024Q1", len(lights) + 1)
    value = board_value(Path(run.result["dashboard"]))
    shown = {one["light"]: one["count"] for one in value["lights"] if one["count"]}
    assert shown == dict(Counter([*lights.values(), "grey"]))
    drawn = {task["code"]: task["light"] for task in value["tasks"]}
    assert {code: drawn[code] for code in lights} == lights


def board_value(path: Path) -> Any:
    import json

    found = re.search(r'<script type="application/json" id="value">(.*?)</script>', path.read_text(encoding="utf-8"))
    assert found
    return json.loads(found[1])


def test_an_edited_template_is_used_and_a_broken_one_is_named_with_its_place(reported: Office) -> None:
    path = reported.root / "templates" / "通报.docx"
    document = Document(BytesIO(path.read_bytes()))
    document.paragraphs[0].runs[0].text = "内部掌握：{{ 本期 }}任务{{ 亮灯.总数 }}项"
    document.save(str(path))
    run = planbook("bulletin", "--period", "2024Q1", workspace=reported.root)
    assert text_of(Path(run.result["bulletin"])).startswith("内部掌握：2024年第一季度任务29项")

    written = Path(run.result["bulletin"]).read_bytes()
    document.paragraphs[0].runs[0].text = "{{ 任务总数 }}"
    document.save(str(path))
    broken = planbook("bulletin", "--period", "2024Q1", workspace=reported.root)
    assert broken.code == 2
    assert "第 1 段“{{ 任务总数 }}”" in broken.error
    assert Path(run.result["bulletin"]).read_bytes() == written


def test_a_part_of_the_ledger_is_reported_in_a_file_of_its_own(reported: Office) -> None:
    _, parts = recount(reported)
    agency = max(parts, key=lambda name: len(parts[name]))
    run = planbook("dashboard", "--agency", agency, "--public", workspace=reported.root)
    path = Path(run.result["dashboard"])
    assert agency in path.name
    assert "公开版" in path.name
    value = board_value(path)
    assert {task["code"] for task in value["tasks"]} == parts[agency]
    assert (value["is_public"], value["doubts"]) == (True, [])
    assert {part["problems"] + part["source"] for task in value["tasks"] for part in task["parts"]} == {""}
    unknown = planbook("bulletin", "--period", "2024Q1", "--agency", "没有这个单位", workspace=reported.root)
    assert unknown.code == 2
    assert not (reported.root / "outputs" / "2024Q1_通报.docx").exists()


@pytest.mark.parametrize("command", ["bulletin", "letters", "dashboard"])
def test_a_period_that_was_never_issued_is_refused(office: Office, command: str) -> None:
    run = planbook(command, "--period", "2031Q1", workspace=office.root)
    assert run.code == 2
    assert "2031Q1" in run.error
