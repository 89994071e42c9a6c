"""What strangers try on a loopback port, on the real service: refused, or taken as the text that it is."""

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from planbook.actions.intentions.registry import INTENTIONS
from tests.integration.conftest import Office
from tests.support.returns import filled_form
from tests.support.service import RunningService, running_service

TRAVERSALS = [
    "../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "%2e%2e%2fetc",
    "....//x",
    "a\0b",
    "~/x",
    "file:///etc/passwd",
]
SCRIPT = "<img src=x onerror=alert(1)><script>alert(1)</script>"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    home = tmp_path_factory.mktemp("home")
    with running_service(home) as running:
        made = running.ask("POST", "/api/workspaces/create", {"path": str(home / "台账"), "office": SCRIPT})
        assert made.status == 200
        yield running


def all_paths(service: RunningService) -> dict[str, list[str]]:
    """Return every path of the API with its methods, each parameter filled in."""
    described = service.ask("GET", "/api/openapi.json").json["paths"]
    return {
        path.replace("{job_id}", f"{'0' * 13}-{'0' * 12}"): [m.upper() for m in methods]
        for path, methods in described.items()
    }


def test_strangers_reach_no_endpoint(service: RunningService) -> None:
    paths = all_paths(service)
    assert len(paths) > len(INTENTIONS)
    for path, methods in paths.items():
        for method in methods:
            for headers, status in (
                ({"Origin": "https://evil.example"}, 403),
                ({"Host": f"evil.example:{service.session.port}"}, 421),
                ({"X-Planbook-Token": ""}, 401),
                ({"X-Planbook-Token": "x" * 43}, 401),
            ):
                answer = service.ask(method, path, headers=headers)
                assert (answer.status, path) == (status, path)
                assert "access-control-allow-origin" not in answer.headers


def test_only_the_right_method_is_answered(service: RunningService) -> None:
    for path, methods in all_paths(service).items():
        if methods == ["POST"]:
            assert service.ask("GET", path).status in (404, 405, 422), path
        if methods == ["GET"]:
            assert service.ask("POST", path, {}).status == 405, path
    assert service.ask("DELETE", "/api/jobs").status == 405
    assert service.ask("TRACE", "/api/health").status == 405


@pytest.mark.parametrize("path", ["/api/actions/issue", "/api/inbox?period=2024Q1&name=a.xlsx"])
def test_a_gibibyte_is_not_taken_in(service: RunningService, path: str) -> None:
    """Told of in advance, or streamed without a word: the connection ends long before."""
    gibibyte = 1 << 30
    connection = http.client.HTTPConnection("127.0.0.1", service.session.port, timeout=30)
    connection.putrequest("POST", path)
    connection.putheader("X-Planbook-Token", service.session.token)
    connection.putheader("Content-Length", str(gibibyte))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()

    with socket.create_connection(("127.0.0.1", service.session.port), timeout=30) as raw:
        session = service.session
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{session.port}\r\nX-Planbook-Token: {session.token}\r\n"
        raw.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        part = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        sent = 0
        try:
            while sent < gibibyte:
                raw.sendall(part)
                sent += len(part)
        except OSError:
            pass
        assert sent < gibibyte // 4
        try:
            answer = raw.recv(200)
        except OSError:
            answer = b""
        assert answer == b"" or b" 413 " in answer
    inbox = service.home / "台账" / "inbox" / "2024Q1"
    assert list(inbox.iterdir() if inbox.exists() else []) == []
    assert service.ask("GET", "/api/health").status == 200


@pytest.mark.parametrize("text", TRAVERSALS)
def test_no_parameter_leads_out_of_the_workspace(service: RunningService, text: str) -> None:
    from urllib.parse import quote

    coded = quote(text, safe="")
    for path in (
        f"/api/views/period?period={coded}",
        f"/api/views/inbox?period={coded}",
        f"/api/views/board?period={coded}",
        f"/api/views/file?period=2024Q1&sha256={coded}",
        f"/api/views/task?code={coded}",
        f"/api/views/cells?sha256={coded}&sheet=a&row=1",
        f"/api/views/cells?sha256={'0' * 64}&sheet={coded}&row={coded}",
        f"/api/views/overview?workspace={coded}",
        f"/api/jobs/{coded}",
        f"/{coded}",
    ):
        assert service.ask("GET", path).status in (404, 409, 422), path
    for path, body in (
        ("/api/workspaces/open", {"path": text}),
        ("/api/workspaces/find", {"path": text}),
        ("/api/open", {"path": text}),
        ("/api/actions/import?wait=30", {"files": [text] if text != "/etc/passwd" else ["/etc/../etc/passwd"]}),
        ("/api/settings", {text: 1}),
    ):
        assert service.ask("POST", path, body).status in (409, 422), path
    assert service.ask("POST", f"/api/inbox?period={coded}&name=a.xlsx", raw=b"x").status in (409, 422)
    dropped = service.ask("POST", f"/api/inbox?period=2024Q1&name={coded}", raw=b"x")
    assert dropped.status in (200, 409, 422)
    if dropped.status == 200:
        inbox = (service.home / "台账" / "inbox" / "2024Q1").resolve()
        assert Path(dropped.json["path"]).resolve().parent == inbox
        Path(dropped.json["path"]).unlink()


def test_a_period_of_an_action_leads_nowhere(service: RunningService) -> None:
    for text in TRAVERSALS:
        job = service.ask("POST", "/api/actions/consolidate?wait=30", {"period": text}).json
        assert job.get("state", "refused") in ("failed", "refused")
    assert sorted(path.name for path in (service.home / "台账").iterdir() if path.is_dir()) == sorted(
        {"plans", "forms", "inbox", "archive", "outputs", "templates"}
    )


def test_only_files_of_the_workspace_are_opened(service: RunningService, tmp_path: Path) -> None:
    outside = tmp_path / "x.txt"
    outside.write_text("x", encoding="utf-8")
    (service.home / "台账" / "outputs" / "link.txt").symlink_to(outside)
    for path in (outside, service.home / "台账" / "outputs" / "link.txt", service.home / "service.json"):
        assert service.ask("POST", "/api/open", {"path": str(path)}).status == 409


def test_names_are_data_wherever_they_come_from(office: Office, tmp_path: Path) -> None:
    """A file called like a script comes in, and comes back as JSON that no browser takes for a page."""
    from urllib.parse import quote

    name = "<img src=x onerror=alert(1)>.xlsx"
    agency, form = next(iter(office.forms.items()))
    with running_service(tmp_path / "home", office.root) as service:
        content = filled_form(form, text=SCRIPT)
        dropped = service.ask("POST", f"/api/inbox?period=2024Q1&name={quote(name)}", raw=content)
        assert dropped.json["name"] == "_img src=x onerror=alert(1)_.xlsx"
        again = service.ask("POST", f"/api/inbox?period=2024Q1&name={quote(name)}", raw=content)
        assert again.json["path"] == dropped.json["path"]
        other = service.ask("POST", f"/api/inbox?period=2024Q1&name={quote(name)}", raw=content + b" ")
        assert other.json["path"] != dropped.json["path"]
        Path(other.json["path"]).unlink()
        assert service.act("consolidate", {"period": "2024Q1"})["json"]["files"][0]["verdict"] == "accepted"
        answer = service.ask("GET", "/api/views/inbox?period=2024Q1")
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.json["files"][0]["agency"] == agency
        code = next(iter(office.export()))[1]
        task = service.ask("GET", f"/api/views/task?code={code}").json
        assert task["reports"][0]["text"] == SCRIPT
        source = task["reports"][0]
        asked = f"sha256={source['sha256']}&sheet={quote(source['sheet'])}&row={source['row']}"
        cells = service.ask("GET", f"/api/views/cells?{asked}").json
        assert SCRIPT in next(row for row in cells["rows"] if row["is_wanted"])["cells"]


def test_the_page_runs_nothing_but_its_own(service: RunningService) -> None:
    page = service.ask("GET", "/", headers={"X-Planbook-Token": ""})
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert b"http://" not in page.body
    assert b"https://" not in page.body
    assert service.session.token.encode() not in page.body
    assert json.loads((service.home / "service.json").read_text(encoding="utf-8"))["token"] == service.session.token
