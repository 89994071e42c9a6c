"""Workspaces with many agencies, their mailboxes filled in, and mail set up to reach a server of the test's own."""

import json
import shutil
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import StringIO
from itertools import islice, product
from pathlib import Path
from typing import Any

from planbook.actions.import_plans import import_plans
from planbook.actions.issue_forms import issue_forms
from planbook.actions.make_workspace import make_workspace
from planbook.actions.opening import new_run
from planbook.cli.entry import run
from planbook.ledger.store import open_ledger
from planbook.model.dispatch import Dispatch
from planbook.model.period import Period
from tests.support.command import CommandResult
from tests.support.mail_server import PASSWORD, MailServer

Q1 = Period.parse("2024Q1")


def agency_names(count: int) -> list[str]:
    """Return names of counties' offices."""
    places = product("东西南北中上下大小新", "河湖山川江海岭原田林溪泉塘坪沟坝港桥店村洲")
    return [f"{one}{two}县科技局" for one, two in islice(places, count)]


def plan_text(agencies: Sequence[str], mark: str = "") -> str:
    """Return a plan that gives each agency a task to lead and the next one's to support."""
    lines = [mark, "某省科技创新行动计划（2024—2026年）", "", "二、重点任务", ""]
    for number, lead in enumerate(agencies, start=1):
        support = agencies[number % len(agencies)]
        lines += [
            f"{number}.建设第{number}号平台。推动第{number}号平台建成投用。（牵头单位：{lead}；配合单位：{support}）",
            "",
        ]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class MailOffice:
    """An office with forms issued for 2024Q1."""

    root: Path
    agencies: tuple[str, ...]

    @classmethod
    def make(cls, folder: Path, count: int, mark: str = "") -> "MailOffice":
        root = folder / "台账"
        workspace = make_workspace(root, office="某省政府督查室", contact="张某 010-12345678")
        plan = folder / "方案.txt"
        plan.write_text(plan_text(agency_names(count), mark), encoding="utf-8")
        import_plans(workspace, [plan], now=datetime.now(UTC))
        issued = issue_forms(workspace, Q1, now=datetime.now(UTC), today=date(2024, 4, 1))
        office = cls(root, tuple(form.agency for form in issued.forms))
        assert len(office.agencies) == count
        office.fill_in({name: address_of(name) for name in office.agencies})
        return office

    def copied_to(self, folder: Path) -> "MailOffice":
        """Return a copy of it to do with as one likes."""
        shutil.copytree(self.root, folder / "台账")
        return MailOffice(folder / "台账", self.agencies)

    def fill_in(self, emails: dict[str, str]) -> None:
        """Enter mailboxes into the directory."""
        with open_ledger(self.root / "planbook.db") as ledger:
            agencies = ledger.agencies.directory().agencies
            entered = [replace(agency, email=emails.get(agency.name, agency.email)) for agency in agencies]
            ledger.agencies.replace(new_run("confirm", datetime.now(UTC)), entered)

    def set_up(self, server: MailServer | None = None, remind: str = "", **settings: object) -> None:
        """Write the settings for mail."""
        path = self.root / "planbook.toml"
        text = path.read_text(encoding="utf-8")
        before = text[: text.index("[mail]")]
        mail = server.settings(**settings) if server else ""
        path.write_text(f"{before}[mail]\n{mail}\n[remind]\n{remind}\n", encoding="utf-8")

    def send(self, *arguments: str, command: str = "send") -> CommandResult:
        """Run a command in this process, which need not import everything anew."""
        out, error = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(error):
            code = run(["-w", str(self.root), command, "--period", "2024Q1", *arguments, "--json"])
        assert "内部出错" not in error.getvalue(), error.getvalue()
        return CommandResult(code, json.loads(out.getvalue()), error.getvalue())

    def forms(self) -> dict[str, bytes]:
        """Return each agency's form as it stands on disk."""
        folder = self.root / "forms" / "2024Q1"
        return {name: (folder / f"2024Q1_{name}_责任清单.xlsx").read_bytes() for name in self.agencies}

    def dispatches(self) -> tuple[Dispatch, ...]:
        with open_ledger(self.root / "planbook.db") as ledger:
            return ledger.dispatches.of_period(Q1)


def address_of(agency: str) -> str:
    return f"{agency.encode('utf-8').hex()[:24]}@example.gov.cn"


def statuses(run: CommandResult) -> dict[str, str]:
    """Return how each line stands, by agency."""
    lines: list[dict[str, Any]] = run.result["dispatches"]
    return {line["agency"]: line["status"] for line in lines}


def codes(run: CommandResult) -> set[str]:
    return {finding["code"] for finding in run.result["findings"]}


def with_password(environment: Any) -> None:
    environment.setenv("PLANBOOK_SMTP_PASSWORD", PASSWORD)
