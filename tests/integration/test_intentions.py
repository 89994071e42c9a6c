"""Every front reaches the same work: intentions end as the commands of their name do."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planbook.actions.intentions.base import Circumstances, Ending
from planbook.actions.intentions.planning import ConfirmRequest, ImportRequest, IssueRequest
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.intentions.returns import ConsolidateRequest
from planbook.actions.make_workspace import make_workspace
from planbook.actions.progress import Stopped
from planbook.samples import sample_plan
from tests.integration.conftest import Office
from tests.support.command import planbook

NOW = datetime(2024, 4, 8, 1, tzinfo=UTC)


def at(root: Path) -> Circumstances:
    return Circumstances(make_workspace(root, office="某省督查室", contact=""), NOW, date(2024, 4, 8))


def run(name: str, at: Circumstances, request: object | None = None) -> Ending:
    intention = INTENTIONS[name]
    return intention.run(at, intention.request() if request is None else request)


def test_the_main_job_by_intentions(tmp_path: Path) -> None:
    here = at(tmp_path / "台账")
    imported = run("import", here, ImportRequest((sample_plan(tmp_path),)))
    assert imported.opens == (here.workspace.review_table,)
    assert run("confirm", here, ConfirmRequest()).json["applied"] is True
    issued = run("issue", here, IssueRequest("2024Q1"))
    assert issued.json == planbook("issue", "--period", "2024Q1", workspace=here.workspace.root).result | {
        "forms": issued.json["forms"]
    }
    consolidated = run("consolidate", here, ConsolidateRequest("2024Q1"))
    assert consolidated.opens[0].is_file()
    assert run("export", here).json == {"reports": [], "indicators": []}
    assert not run("doctor", here).needs_person
    for ending in (imported, issued, consolidated):
        assert 0 < len(ending.lines) <= 3


def test_whoever_waits_may_stop_it(office: Office) -> None:
    def stop(_done: int, _total: int, _what: str) -> None:
        raise Stopped

    (office.inbox / "a.xlsx").write_bytes(next(iter(office.forms.values())).read_bytes())
    here = at(office.root)
    stoppable = Circumstances(here.workspace, here.now, here.today, stop)
    with pytest.raises(Stopped):
        run("consolidate", stoppable, ConsolidateRequest("2024Q1"))
    assert len(office.consolidate()["files"]) == 1
