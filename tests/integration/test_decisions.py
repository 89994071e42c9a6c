"""The office's decisions: taken, refused, seen in the next forms, in the past, in the history, and taken back."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from planbook.actions.intentions.base import Circumstances, Ending
from planbook.actions.intentions.registry import INTENTIONS
from planbook.model.errors import PlanbookError
from planbook.workspace.folder import open_workspace
from tests.integration.conftest import Office
from tests.support.command import planbook
from tests.support.filling import columns_of
from tests.support.returns import filled_form

_MARCH, _APRIL, _MAY = (datetime(2024, month, 8, 1, tzinfo=UTC) for month in (3, 4, 5))


class Clerk:
    """Someone who presses buttons at a given moment."""

    def __init__(self, root: Path, now: datetime = _APRIL) -> None:
        self.at = Circumstances(open_workspace(root), now, now.date())

    def then(self, now: datetime) -> "Clerk":
        return Clerk(self.at.workspace.root, now)

    def press(self, name: str, **asked: Any) -> Ending:
        intention = INTENTIONS[name]
        return intention.run(self.at, intention.request(**asked))

    def export(self, **asked: Any) -> dict[tuple[str, str], dict[str, Any]]:
        reports: Any = self.press("export", **asked).json["reports"]
        return {(one["agency"], one["task"]): one for one in reports}


def issued(office: Office, period: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of a period's forms by (agency, task): role and deadline as they stand in the file."""
    found = {}
    for path in sorted((office.root / "forms" / period).glob("*_责任清单.xlsx")):
        sheet = load_workbook(path)["责任清单"]
        header, columns = columns_of(sheet, "任务编号")
        agency = path.name.split("_")[1]
        for row in range(header + 1, sheet.max_row + 1):
            cells = {name: sheet[f"{letter}{row}"].value for name, letter in columns.items()}
            if cells["任务编号"]:
                found[agency, str(cells["任务编号"])] = cells
    return found


@pytest.fixture
def clerk(office: Office) -> Clerk:
    """A clerk of an office in which two agencies have answered."""
    for agency in ("省农业农村厅", "省水利厅"):
        (office.inbox / f"{agency}.xlsx").write_bytes(filled_form(office.forms[agency]))
    clerk = Clerk(office.root)
    clerk.press("consolidate", period="2024Q1")
    return clerk


def sole_lead_tasks(office: Office, agency: str) -> list[str]:
    return [
        code
        for (name, code), row in issued(office, "2024Q1").items()
        if name == agency and row["承担角色(牵头/配合)" if "承担角色(牵头/配合)" in row else "承担角色"] == "牵头"
        and row["牵头单位"] == agency
    ]  # fmt: skip


def test_next_forms_leave_out_what_rests_and_follow_what_was_decided(office: Office, clerk: Clerk) -> None:
    closed, suspended, moved, *_ = sole_lead_tasks(office, "省农业农村厅")
    extended = next(
        code
        for (_, code), row in issued(office, "2024Q1").items()
        if row["完成时限"] and code not in (closed, suspended, moved)
    )
    clerk.press("close", tasks=(closed,), reason="已验收", checker="李主任", evidence="验收报告")
    clerk.press("suspend", tasks=(suspended,), reason="等待上级意见")
    clerk.press("reassign", tasks=(moved,), to_agency="省民政厅", reason="职能调整")
    clerk.press("extend", tasks=(extended,), to=date(2027, 6, 30), reason="征地滞后")
    before = issued(office, "2024Q1")
    assert clerk.press("issue", period="2024Q1").json["forms"], "the period that is being worked on stays as it was"
    assert issued(office, "2024Q1").keys() == before.keys()
    assert {one["is_new"] for one in _forms(clerk.press("issue", period="2024Q1"))} == {False}

    clerk.then(_MAY).press("issue", period="2024Q2")
    after = issued(office, "2024Q2")
    asked = {code for _, code in after}
    assert {closed, suspended} & asked == set()
    assert {code for _, code in before} - asked == {closed, suspended}
    assert [agency for agency, code in after if code == moved and after[agency, code]["牵头单位"] == "省民政厅"]
    assert ("省农业农村厅", moved) not in after
    assert {row["完成时限"].date() for (_, code), row in after.items() if code == extended} == {date(2027, 6, 30)}


def _forms(ending: Ending) -> list[dict[str, Any]]:
    forms: Any = ending.json["forms"]
    return list(forms)


def test_closed_is_settled_and_the_past_stays(office: Office, clerk: Clerk) -> None:
    code = sole_lead_tasks(office, "省农业农村厅")[0]
    later = clerk.then(_MAY)
    later.press("close", tasks=(code,), reason="已验收")
    assert later.export()["省农业农村厅", code]["closure"] == "已销号"
    then = later.export(as_of=date(2024, 4, 20))["省农业农村厅", code]
    assert then["closure"] == "在办"
    assert later.export(as_of=date(2024, 4, 7)) == {}
    path = Path(str(later.press("ledger", period="2024Q1", as_of=date(2024, 4, 20)).json["ledger"]))
    assert path.name == "2024Q1_总台账_截至2024-04-20.xlsx"
    assert load_workbook(path, read_only=True).sheetnames
    with pytest.raises(PlanbookError, match="已于2024-05-08销号"):
        later.press("extend", tasks=(code,), to=date(2030, 1, 1))
    later.press("reopen", tasks=(code,), reason="复查不合格")
    assert later.export() == clerk.export()
    assert {one["closure"] for one in later.export().values()} == {"在办"}


def test_what_was_sent_back_and_reported_anew_is_worked_on_again(office: Office, clerk: Clerk) -> None:
    code, other, *_ = sole_lead_tasks(office, "省农业农村厅")
    clerk.press("return", tasks=(code, other), reason="缺验收材料")
    states = {task: one["closure"] for (_, task), one in clerk.export().items()}
    assert (states[code], states[other]) == ("退回", "退回")
    again = filled_form(office.forms["省农业农村厅"], text="补充了验收材料")
    (office.inbox / "省农业农村厅_二.xlsx").write_bytes(again)
    later = clerk.then(_MAY)
    later.press("consolidate", period="2024Q1")
    later.press("return", tasks=(other,), reason="仍缺材料")
    states = {task: one["closure"] for (_, task), one in later.export().items()}
    assert (states[code], states[other]) == ("在办", "退回")
    path = Path(str(later.press("ledger", period="2024Q1").json["ledger"]))
    sheet = load_workbook(path)["任务台账"]
    header, columns = columns_of(sheet, "任务编号")
    shown = {
        sheet[f"{columns['任务编号']}{row}"].value: sheet[f"{columns['办理状态']}{row}"].value
        for row in range(header + 1, sheet.max_row + 1)
    }
    assert {task: shown[task] for task in states} == states


def test_history_names_every_file(office: Office, clerk: Clerk) -> None:
    code = sole_lead_tasks(office, "省农业农村厅")[0]
    clerk.then(_MAY).press("close", tasks=(code,), reason="已验收", checker="李主任")
    entries: Any = clerk.press("history", task=code).json["entries"]
    assert [one["kind"] for one in entries][-2:] == ["报送", "决定"]
    report = next(one for one in entries if one["kind"] == "报送")
    assert report["source"]["file"] == "inbox/2024Q1/省农业农村厅.xlsx"
    assert report["source"]["place"].startswith("第")
    assert (office.root / "archive" / report["source"]["sha256"][:2] / report["source"]["sha256"]).is_file()
    assert "李主任" in entries[-1]["text"]
    before: Any = clerk.press("history", task=code, as_of=date(2024, 4, 20)).json["entries"]
    assert "决定" not in {one["kind"] for one in before}


def test_undo_takes_back_one_consolidation_after_the_other(office: Office, clerk: Clerk) -> None:
    first = clerk.export()
    changed = replace(clerk.at, now=_MAY)
    (office.inbox / "省水利厅.xlsx").write_bytes(filled_form(office.forms["省水利厅"], percent=55))
    INTENTIONS["consolidate"].run(changed, INTENTIONS["consolidate"].request(period="2024Q1"))
    assert clerk.export() != first
    shown = clerk.press("undo", dry_run=True).json
    assert shown["returns"] == [{"agency": "省水利厅", "file": "inbox/2024Q1/省水利厅.xlsx"}]
    assert clerk.press("undo", reason="发错了").json["run"] == shown["run"]
    assert clerk.export() == first
    assert len(clerk.then(datetime(2024, 5, 9, tzinfo=UTC)).export(as_of=date(2024, 5, 9))) == len(first)
    clerk.press("undo")
    assert clerk.export() == {}
    with pytest.raises(PlanbookError, match="没有可以撤销的汇总"):
        clerk.press("undo")
    clerk.press("consolidate", period="2024Q1")  # what still lies in the inbox is taken in as if it were new
    assert {one["completion_percent"] for one in clerk.export().values()} == {40, 55}
    assert not clerk.press("doctor").needs_person


def test_doctor_reads_the_archive_again(office: Office, clerk: Clerk) -> None:
    assert list((office.root / "backups").glob("planbook_*.db")), "the day's copy was taken before the first write"
    assert not clerk.press("doctor").needs_person
    code = sole_lead_tasks(office, "省农业农村厅")[0]
    with closing(sqlite3.connect(office.root / "planbook.db")) as database:
        database.execute("UPDATE task_report SET progress = '改过' WHERE task_code = ?", (code,))
        database.commit()
    checks: Any = clerk.press("doctor").json["checks"]
    found = [finding["code"] for check in checks for finding in check["findings"]]
    assert set(found) == {"ledger_differs_from_archive"}
    for path in (office.root / "archive").glob("??/*"):
        path.write_bytes(b"")
    checks = clerk.press("doctor").json["checks"]
    assert {one["code"] for check in checks for one in check["findings"]} == {"archive_unreadable"}


def test_commands_say_what_was_decided(office: Office, clerk: Clerk) -> None:
    codes = sole_lead_tasks(office, "省农业农村厅")[:2]
    closed = planbook("close", *codes, "--reason", "已验收", "--checker", "李主任", workspace=office.root)
    assert closed.code == 0, closed.error
    assert [one["task"] for one in closed.result["decisions"]] == codes
    assert {one["code"] for one in closed.result["findings"]} == {"closed_without_claim", "closed_without_evidence"}
    again = planbook("close", codes[0], workspace=office.root)
    assert (again.code, "已于" in again.error) == (2, True)
    both = planbook("reopen", codes[0], "P9-999A", workspace=office.root)
    assert (both.code, len(both.result["decisions"]), len(both.result["findings"])) == (1, 1, 1)
    assert planbook("extend", codes[0], "--to", "明年", workspace=office.root).code == 2
    assert planbook("history", codes[0], workspace=office.root).result["task"] == codes[0]
