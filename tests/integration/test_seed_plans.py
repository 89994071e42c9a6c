"""The labelled plans that lie beside the checkout are read as their labels say, in every format.

The plans are not part of the project. Where they are missing nothing is collected; where they are there, and CI has
them, every one is read.
"""

import html
import json
from pathlib import Path
from typing import Any

import pytest

from planbook.model.plan import Plan, PlanTask
from planbook.plans.characters import squeeze
from planbook.plans.reading import read_plan

SEEDS = sorted((Path(__file__).parents[2].parent / "shared" / "plans").glob("*.gold.json"))


def text_of(seed: Path) -> Path:
    return seed.with_name(seed.name.replace(".gold.json", ".txt"))


def as_word(text: str, path: Path) -> Path:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def as_page(text: str, path: Path) -> Path:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    path.write_text(f'<html><head><meta charset="utf-8"></head><body>{paragraphs}</body></html>', encoding="utf-8")
    return path


def read_as(seed: Path, form: str, folder: Path) -> Plan:
    source = text_of(seed)
    text = source.read_text(encoding="utf-8")
    if form == "docx":
        return read_plan(as_word(text, folder / "plan.docx"))
    if form == "html":
        return read_plan(as_page(text, folder / "plan.html"))
    if form == "gb18030":
        encoded = folder / "plan.txt"
        encoded.write_text(text, encoding="gb18030")
        return read_plan(encoded)
    return read_plan(source)


def labelled(seed: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(seed.read_text(encoding="utf-8"))
    return found


def task_facts(task: PlanTask) -> tuple[object, ...]:
    agencies = [squeeze(name) for name in (*task.lead_agencies, *task.supporting_agencies)]
    return [squeeze(part) for part in task.path], (task.number or "").strip("()（）"), agencies, task.kind.value


def gold_facts(task: dict[str, Any]) -> tuple[object, ...]:
    agencies = [squeeze(name) for name in (*task["lead"], *task["units"])]
    return [squeeze(part) for part in task["path"]], (task["no"] or "").strip("()（）"), agencies, task["kind"]


@pytest.mark.parametrize("form", ["txt", "docx", "html", "gb18030"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name.split(".")[0])
def test_tasks(seed: Path, form: str, tmp_path: Path) -> None:
    gold = labelled(seed)
    plan = read_as(seed, form, tmp_path)
    required = [task for task in gold["tasks"] if not task.get("optional")]
    optional = {squeeze(task["title"]) for task in gold["tasks"] if task.get("optional")}
    tasks = [task for task in plan.tasks if squeeze(task.title) not in optional]
    assert [squeeze(task.title) for task in tasks] == [squeeze(task["title"]) for task in required]
    assert [task_facts(task) for task in tasks] == [gold_facts(task) for task in required]
    for task, label in zip(tasks, required, strict=True):
        body = squeeze(task.body)
        assert body.startswith(squeeze(label["starts"]))
        assert body.endswith(squeeze(label["ends"]))
        if label["lead"]:
            assert [squeeze(name) for name in task.lead_agencies] == [squeeze(name) for name in label["lead"]]
        accepted = {label["deadline"], *label.get("deadlines_all", []), label.get("deadline_soft")}
        assert (task.deadline.isoformat() if task.deadline else None) in accepted | (
            set() if label["deadline"] else {None}
        )


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name.split(".")[0])
def test_indicators(seed: Path) -> None:
    gold = labelled(seed)["indicators"]
    found = [(float(each.value), squeeze(each.unit)) for each in read_plan(text_of(seed)).indicators]
    for label in sorted(gold, key=lambda each: bool(each.get("optional"))):
        key = (float(label["value"]), squeeze(label["unit"]))
        if key in found:
            found.remove(key)
        else:
            assert label.get("optional"), label
    assert found == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name.split(".")[0])
def test_metadata(seed: Path) -> None:
    gold = labelled(seed)
    plan = read_plan(text_of(seed))
    assert squeeze(plan.title) == squeeze(gold["title"])
    assert plan.issuer == gold["issuer"]
    assert plan.document_number == gold["doc_no"]
