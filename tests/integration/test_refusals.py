"""What cannot be done is said in one Chinese sentence with exit code 2, and nothing is half-written."""

import re
from pathlib import Path

import pytest

from planbook.samples import sample_plan
from tests.integration.conftest import Office
from tests.support.command import planbook
from tests.support.returns import filled_form


def listing(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith("planbook.db-") and path.suffix != ".lock"
    }


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("不存在的命令",),
        ("issue",),
        ("issue", "--period"),
        ("issue", "--period", "第一季度"),
        ("issue", "--period", "2024Q1", "--无此选项"),
        ("issue", "--perid", "2024Q1"),
        ("extract",),
        ("extract", "没有这个文件.docx"),
        ("extract", "/"),
        ("import",),
        ("confirm", "没有这个文件.xlsx"),
        ("consolidate", "--period", "2024Q9"),
        ("export", "--period", "x"),
        ("init",),
    ],
)
def test_bad_arguments(office: Office, arguments: tuple[str, ...]) -> None:
    run = planbook(*arguments, workspace=office.root)
    assert run.code == 2
    assert re.search(r"[\u4e00-\u9fff]", run.error)
    assert run.error.count("\n") == 0
    assert run.result == {"error": run.error}


@pytest.mark.parametrize(
    "arguments",
    [
        ("issue", "--period", "2024Q1"),
        ("consolidate", "--period", "2024Q1"),
        ("export",),
        ("ledger", "--period", "2024Q1"),
        ("confirm", "x.xlsx"),
    ],
)
def test_without_a_workspace(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = planbook(*arguments, workspace=tmp_path)
    assert run.code == 2
    assert "planbook init" in run.error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n" + bytes(64), b"%PDF-1.4 broken"])
def test_an_unreadable_plan(office: Office, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "方案.docx"
    path.write_bytes(content)
    before = listing(office.root)
    run = planbook("import", sample_plan(tmp_path), path, workspace=office.root)
    assert run.code == 2
    assert "方案.docx" in run.error
    assert listing(office.root) == before


def test_issue_without_a_plan(tmp_path: Path) -> None:
    planbook("init", tmp_path / "w")
    run = planbook("issue", "--period", "2024Q1", workspace=tmp_path / "w")
    assert run.code == 2
    assert "planbook import" in run.error


def test_issue_for_an_unknown_agency(office: Office) -> None:
    run = planbook("issue", "--period", "2024Q2", "--agency", "省不存在厅", workspace=office.root)
    assert run.code == 2
    assert "省不存在厅" in run.error
    assert not (office.root / "forms" / "2024Q2").exists()


@pytest.mark.parametrize("how", ["read-only", "open in LibreOffice", "open in Excel"])
def test_a_ledger_that_cannot_be_replaced(office: Office, how: str) -> None:
    (office.inbox / "回表.xlsx").write_bytes(filled_form(next(iter(office.forms.values()))))
    master = Path(office.consolidate()["ledger"])
    before = master.read_bytes()
    if how == "read-only":
        master.chmod(0o444)
    else:
        name = f".~lock.{master.name}#" if how == "open in LibreOffice" else f"~${master.name}"
        (master.parent / name).write_text("")
    for command in ("consolidate", "ledger"):
        run = planbook(command, "--period", "2024Q1", workspace=office.root)
        assert run.code == 2
        assert master.name in run.error
        assert master.read_bytes() == before


def test_a_ledger_that_cannot_be_read_is_not_written_over(office: Office) -> None:
    first, second = list(office.forms.values())[:2]
    (office.inbox / "1.xlsx").write_bytes(filled_form(first))
    master = Path(office.consolidate()["ledger"])
    master.write_bytes(b"PK damaged by a power cut")
    (office.inbox / "2.xlsx").write_bytes(filled_form(second))
    run = planbook("consolidate", "--period", "2024Q1", workspace=office.root)
    assert run.code == 2
    assert master.name in run.error
    assert len({agency for agency, _ in office.export()}) == 1  # nothing was taken in
    master.rename(master.with_name("坏的.xlsx"))
    assert office.consolidate()["summary"]["accepted"] == 1


def test_a_form_that_cannot_be_replaced_stops_before_anything_is_issued(office: Office) -> None:
    folder = office.root / "forms" / "2024Q2"
    folder.mkdir(parents=True)
    agency = list(office.forms)[-1]
    shut = folder / f"2024Q2_{agency}_责任清单.xlsx"
    shut.write_bytes(b"x")
    shut.chmod(0o444)
    run = planbook("issue", "--period", "2024Q2", workspace=office.root)
    assert run.code == 2
    assert shut.name in run.error
    assert [path.name for path in folder.iterdir()] == [shut.name]


def test_settings_with_a_mistake(office: Office) -> None:
    (office.root / "planbook.toml").write_text("[forms\n", encoding="utf-8")
    run = planbook("issue", "--period", "2024Q1", workspace=office.root)
    assert run.code == 2
    assert "planbook.toml" in run.error


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_database_that_is_none(office: Office, content: bytes) -> None:
    (office.root / "planbook.db").write_bytes(content)
    run = planbook("export", workspace=office.root)
    assert run.code == 2
    assert "planbook.db" in run.error
    assert (office.root / "planbook.db").read_bytes() == content
