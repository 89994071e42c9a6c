"""Workspaces as integration tests need them."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from planbook.samples import sample_plan
from tests.integration.mail_office import MailOffice, with_password
from tests.support.command import planbook

REAL_PLANS = sorted((Path(__file__).parents[3] / "shared" / "plans").glob("seed-*.txt"))
PLAN_SETS = ["sample", *(["real"] if REAL_PLANS else [])]


class Office:
    """A workspace with its forms issued for 2024Q1."""

    def __init__(self, root: Path, plans: list[Path]) -> None:
        self.root = root
        self.inbox = root / "inbox" / "2024Q1"
        assert planbook("init", root, "--office", "某省督查室").code == 0
        self.imported = planbook("import", *plans, workspace=root)
        self.issued = planbook("issue", "--period", "2024Q1", workspace=root)
        self.forms = {form["agency"]: Path(form["path"]) for form in self.issued.result["forms"]}

    def consolidate(self, *paths: Path) -> dict[str, Any]:
        """Consolidate 2024Q1 and return the result."""
        run = planbook("consolidate", *paths, "--period", "2024Q1", workspace=self.root)
        assert run.result is not None, run.error
        assert "files" in run.result, run.error
        result: dict[str, Any] = run.result
        return result

    def export(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return what is in force by (agency, code)."""
        result = planbook("export", "--period", "2024Q1", workspace=self.root).result
        rows = {(one["agency"], one["task"]): one for one in result["reports"]}
        rows |= {(one["agency"], one["indicator"]): one for one in result["indicators"]}
        assert len(rows) == len(result["reports"]) + len(result["indicators"])
        return rows


def issued_office(root: Path, plan_set: str = "sample") -> Office:
    """Return a new office with the sample plan, or with the real ones where they lie beside the project."""
    return Office(root / "台账", [sample_plan(root)] if plan_set == "sample" else REAL_PLANS)


@pytest.fixture(scope="session")
def _issued_once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return issued_office(tmp_path_factory.mktemp("office"))


def office_copy(office: Office, root: Path) -> Office:
    """Return a fresh copy of an office at `root`."""
    copy = Office.__new__(Office)
    copy.root = root
    shutil.copytree(office.root, root)
    copy.inbox = root / "inbox" / "2024Q1"
    copy.inbox.mkdir(parents=True, exist_ok=True)
    copy.imported, copy.issued = office.imported, office.issued
    copy.forms = {agency: root / path.relative_to(office.root) for agency, path in office.forms.items()}
    return copy


@pytest.fixture
def office(_issued_once: Office, tmp_path: Path) -> Office:
    """A fresh copy of an office with the sample plan's forms issued."""
    return office_copy(_issued_once, tmp_path / "台账")


@pytest.fixture(scope="session")
def _mail_office_once(tmp_path_factory: pytest.TempPathFactory) -> MailOffice:
    return MailOffice.make(tmp_path_factory.mktemp("mail"), 24)


@pytest.fixture
def mail_office(_mail_office_once: MailOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MailOffice:
    """A fresh copy of an office with 24 agencies, all with mailboxes; the password stands in the environment."""
    with_password(monkeypatch)
    return _mail_office_once.copied_to(tmp_path)
