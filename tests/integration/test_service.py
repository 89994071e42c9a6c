"""The service as its fronts meet it: actions as jobs, one service a user, and what is known after a kill."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planbook.samples import sample_plan
from planbook.server.session import read_session
from tests.integration.conftest import Office
from tests.support.command import planbook
from tests.support.returns import filled_form
from tests.support.service import RunningService, environment, running_service


def fill_inbox(office: Office, count: int) -> None:
    for number, form in enumerate(list(office.forms.values())[:count]):
        (office.inbox / f"{number}.xlsx").write_bytes(filled_form(form, percent=number))


def test_the_main_job_over_http(tmp_path: Path) -> None:
    with running_service(tmp_path / "home") as service:
        refused = service.ask("POST", "/api/actions/issue", {"period": "2024Q1"})
        assert (refused.status, refused.json["code"]) == (409, "no_workspace")
        made = service.ask("POST", "/api/workspaces/create", {"path": str(tmp_path / "台账"), "office": "督查室"}).json
        assert service.act("import", {"files": [str(sample_plan(tmp_path))]})["json"]["plans"][0]["tasks"] == 29
        assert service.act("confirm", {})["json"]["applied"] is True
        issued = service.act("issue", {"period": "2024Q1"})
        again = planbook("issue", "--period", "2024Q1", workspace=tmp_path / "台账").result
        assert [form["path"] for form in issued["json"]["forms"]] == [form["path"] for form in again["forms"]]
        ended = service.act("consolidate", {"period": "2024Q1"})
        assert (ended["state"], ended["needs_person"]) == ("done", False)
        assert Path(ended["opens"][0]).is_file()
        assert 0 < len(ended["lines"]) <= 3
        failed = service.act("issue", {"period": "下个月"})
        assert failed["state"] == "failed"
        assert "下个月" in failed["error"]
        assert [job["action"] for job in service.ask("GET", "/api/jobs?count=2").json] == ["issue", "consolidate"]
        found = service.ask("POST", "/api/workspaces/find", {"path": ended["opens"][0]}).json
        assert found["id"] == made["id"]


def test_openapi_describes_every_action(tmp_path: Path) -> None:
    from planbook.actions.intentions.registry import INTENTIONS

    with running_service(tmp_path / "home") as service:
        described = service.ask("GET", "/api/openapi.json").json
    period = described["paths"]["/api/views/period"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert period["$ref"].endswith("/PeriodState")
    for name, intention in INTENTIONS.items():
        operation = described["paths"][f"/api/actions/{name}"]["post"]
        assert operation["summary"] == intention.title
        assert operation["responses"]["202"]["content"]["application/json"]["schema"]["$ref"].endswith("JobAnswer")


def test_one_service_a_user(tmp_path: Path) -> None:
    with running_service(tmp_path / "home") as service:
        command = [sys.executable, "-m", "planbook", "--json", "serve"]
        second = subprocess.run(
            command, env=environment(tmp_path / "home"), capture_output=True, text=True, timeout=60, check=False
        )
        assert second.returncode == 0
        assert str(service.session.port) in second.stdout
        assert service.ask("GET", "/api/health").json["pid"] == service.process.pid
    assert not (tmp_path / "home" / "service.json").exists()


def test_a_job_is_stopped_by_whoever_waits(office: Office, tmp_path: Path) -> None:
    fill_inbox(office, 12)
    with running_service(tmp_path / "home", office.root) as service:
        job = service.ask("POST", "/api/actions/consolidate", {"period": "2024Q1"}).json
        twin = service.ask("POST", "/api/actions/consolidate", {"period": "2024Q1"}).json
        assert twin["job"] == job["job"]
        service.ask("POST", f"/api/jobs/{job['job']}/cancel")
        ended = service.ask("GET", f"/api/jobs/{job['job']}?wait=30").json
        assert ended["state"] == "stopped"
        assert service.act("consolidate", {"period": "2024Q1"})["json"]["summary"]["accepted"] == 12


def test_many_ask_while_returns_are_taken_in(office: Office, tmp_path: Path) -> None:
    """Twenty at once, dropping files and looking: every answer comes, every file is in, each once."""
    contents = [filled_form(form, percent=50) for form in list(office.forms.values())[:20]]
    asked = ("/api/views/overview", "/api/views/period?period=2024Q1", "/api/views/inbox?period=2024Q1", "/api/jobs")
    with running_service(tmp_path / "home", office.root) as service, ThreadPoolExecutor(20) as clients:

        def client(number: int) -> list[int]:
            dropped = service.ask("POST", f"/api/inbox?period=2024Q1&name={number}.xlsx", raw=contents[number])
            started = service.ask("POST", "/api/actions/consolidate", {"period": "2024Q1"})
            return [dropped.status, started.status, *(service.ask("GET", path).status for path in asked)]

        statuses = {status for answers in clients.map(client, range(20)) for status in answers}
        assert statuses <= {200, 202}
        last = service.act("consolidate", {"period": "2024Q1"})
        assert last["json"]["summary"]["duplicate"] + last["json"]["summary"]["accepted"] == 20
    assert len({agency for agency, _ in office.export()}) == 20


def start_consolidation(service: RunningService, office: Office) -> tuple[str, int]:
    """Start one and return its job and its process once it has begun."""
    from planbook.server.job_records import JobJournal

    job = service.ask("POST", "/api/actions/consolidate", {"period": "2024Q1"}).json["job"]
    folder = JobJournal(service.home / "jobs").find(job)
    assert folder
    end = time.monotonic() + 30
    while time.monotonic() < end:
        process = folder.process()
        if process and folder.progress():
            return job, process[0]
        time.sleep(0.01)
    message = "the job did not begin"
    raise AssertionError(message)


def kill(service: RunningService) -> None:
    service.process.kill()
    service.process.wait()


@pytest.mark.parametrize("both", [False, True], ids=["service killed", "service and job killed"])
def test_the_outcome_of_a_job_is_known_after_a_kill(office: Office, tmp_path: Path, *, both: bool) -> None:
    fill_inbox(office, 30)
    with running_service(tmp_path / "home", office.root) as service:
        job, pid = start_consolidation(service, office)
        kill(service)
        if both:
            os.kill(pid, signal.SIGKILL)
    assert read_session(tmp_path / "home" / "service.json") is not None  # stale: nobody could remove it
    with running_service(tmp_path / "home", office.root) as service:
        ended = service.ask("GET", f"/api/jobs/{job}?wait=30").json
        assert ended["state"] == ("interrupted" if both else "done")
        if both:
            assert ended["error"]
            ended = service.act("consolidate", {"period": "2024Q1"})
        summary = ended["json"]["summary"]
        assert summary["accepted"] + summary["duplicate"] == 30
    assert len({agency for agency, _ in office.export()}) == 30
