"""The guard: which requests reach the service, and what the others are told."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from planbook.server.guard import JSON_BYTES, UPLOAD_BYTES, Guard, Message, Receive, Scope, Send

PORT = 18765
TOKEN = "t0ken"  # noqa: S105 (a test's)
GOOD = {"host": f"127.0.0.1:{PORT}", "x-planbook-token": TOKEN}


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the whole body and say how long it was."""
    taken = 0
    while True:
        message = await receive()
        taken += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(taken).encode()})


def ask(
    method: str = "POST",
    path: str = "/api/x",
    headers: dict[str, str] | None = None,
    body: Sequence[bytes] = (b"",),
) -> Answer:
    answer = Answer()
    parts = [{"type": "http.request", "body": part, "more_body": True} for part in body]
    parts[-1]["more_body"] = False
    sent = [(k.encode(), v.encode()) for k, v in (GOOD | (headers or {})).items() if v]
    scope: dict[str, Any] = {"type": "http", "method": method, "path": path, "headers": sent}

    async def receive() -> Message:
        return parts.pop(0)

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            answer.body += message["body"]

    asyncio.run(Guard(application, port=PORT, token=TOKEN)(scope, receive, send))
    return answer


@pytest.mark.parametrize("origin", ["", "null", "file://", f"http://127.0.0.1:{PORT}", f"http://localhost:{PORT}"])
def test_own_pages_and_the_addin_are_let_through(origin: str) -> None:
    answer = ask(headers={"origin": origin})
    assert answer.status == 200
    assert answer.headers.get("access-control-allow-origin", "") == origin


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": ""}, 421),
        ({"host": "evil.example"}, 421),
        ({"host": f"evil.example:{PORT}"}, 421),
        ({"host": "127.0.0.1"}, 421),
        ({"host": f"127.0.0.1:{PORT + 1}"}, 421),
        ({"host": f"127.0.0.1:{PORT}.evil.example"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"origin": f"http://127.0.0.1:{PORT}.evil.example"}, 403),
        ({"origin": "file://evil"}, 403),
        ({"x-planbook-token": ""}, 401),
        ({"x-planbook-token": TOKEN[:-1]}, 401),
        ({"x-planbook-token": TOKEN + "x"}, 401),
    ],
)
def test_others_are_refused_in_chinese(headers: dict[str, str], status: int) -> None:
    answer = ask(headers=headers)
    assert answer.status == status
    assert json.loads(answer.body)["error"]
    assert answer.headers.get("access-control-allow-origin") is None


def test_the_page_itself_needs_no_token_but_the_right_host() -> None:
    assert ask("GET", "/", {"x-planbook-token": ""}).status == 200
    assert ask("GET", "/", {"x-planbook-token": "", "host": "evil.example"}).status == 421


@pytest.mark.parametrize("origin", ["null", "file://"])
def test_the_preflight_names_the_origin_and_never_all(origin: str) -> None:
    asked = {"origin": origin, "x-planbook-token": "", "access-control-request-private-network": "true"}
    answer = ask("OPTIONS", headers=asked)
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == origin
    assert "X-Planbook-Token" in answer.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-private-network"] == "true"


def test_the_preflight_of_a_stranger_is_refused() -> None:
    assert ask("OPTIONS", headers={"origin": "https://evil.example"}).status == 403


@pytest.mark.parametrize(("path", "limit"), [("/api/x", JSON_BYTES), ("/api/inbox", UPLOAD_BYTES)])
def test_a_body_that_says_it_is_too_large_is_not_read(path: str, limit: int) -> None:
    answer = ask(path=path, headers={"content-length": str(limit + 1)}, body=(b"never read",))
    assert answer.status == 413
    assert answer.headers["connection"] == "close"
    assert ask(path=path, headers={"content-length": "-1"}).status == 413
    assert ask(path=path, headers={"content-length": "1e9"}).status == 413


def test_a_body_that_says_nothing_is_cut_off_while_it_streams() -> None:
    part = b"x" * 65536
    most = JSON_BYTES // len(part)
    assert ask(body=[part] * most).body == str(JSON_BYTES).encode()
    assert ask(body=[part] * (most + 1)).status == 413


def test_a_header_sent_twice_is_no_header() -> None:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"127.0.0.1:18765")] * 2}
    statuses = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        statuses.append(message.get("status"))

    asyncio.run(Guard(application, port=PORT, token=TOKEN)(scope, receive, send))
    assert statuses[0] == 421
