"""Who may talk to the service: Host, Origin, token and size of a request are checked before anything is made of it."""

import hmac
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any, Final, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers: TypeAlias = list[tuple[bytes, bytes]]

TOKEN_HEADER: Final = "X-Planbook-Token"  # noqa: S105 (a name, no token)
JSON_BYTES: Final = 1024 * 1024
UPLOAD_BYTES: Final = 128 * 1024 * 1024
UPLOAD_PATHS: Final = ("/api/inbox", "/api/uploads")

# Pages of the add-in lie in files: Chromium calls their origin `null`, WPS 365 `file://`.
_FILE_ORIGINS: Final = ("null", "file://")
_OPEN_PATHS: Final = ("/api/", "/excel/")
_CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' file:"
)
_ALWAYS: Final[Headers] = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", _CONTENT_POLICY.encode()),
    (b"cross-origin-resource-policy", b"cross-origin"),  # the add-in's task pane frames the page from a file
]


class _TooLarge(Exception):  # noqa: N818 (ends the reading of one body)
    pass


class Guard:
    """ASGI middleware in front of the whole service.

    A web page in the clerk's browser can send requests to this port, under a foreign Origin or, having its own name
    resolve to 127.0.0.1, under a foreign Host: both are refused. A page in a file has the Origin `null`, and so has a
    sandboxed frame of a web page: those are told apart by the token alone, which only this user can read.
    """

    def __init__(self, app: App, *, port: int, token: str) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost"))
        own = (f"http://{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self._origins = frozenset(origin.encode() for origin in (*own, *_FILE_ORIGINS))
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = _single(scope["headers"])
        origin = headers.get(b"origin")
        if headers.get(b"host") not in self._hosts:
            await _refuse(send, 421, "只接受发给 127.0.0.1 的请求。")
        elif origin is not None and origin not in self._origins:
            await _refuse(send, 403, "只接受本机页面和加载项的请求。")
        elif scope["method"] == "OPTIONS":
            await _preflight(send, origin, headers)
        elif scope["path"].startswith(_OPEN_PATHS) and not self._has_token(headers):
            await _refuse(send, 401, "口令不对：服务可能重新启动过，请重新打开页面。", origin)
        else:
            await self._pass_on(scope, receive, _marked(send, origin), headers)

    def _has_token(self, headers: Mapping[bytes, bytes]) -> bool:
        return hmac.compare_digest(headers.get(TOKEN_HEADER.lower().encode(), b""), self._token)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, headers: Mapping[bytes, bytes]) -> None:
        limit = UPLOAD_BYTES if scope["path"] in UPLOAD_PATHS else JSON_BYTES
        stated = headers.get(b"content-length", b"0")
        if not stated.isdigit() or int(stated) > limit:
            await _refuse(send, 413, _too_large(limit))
            return
        taken = 0
        is_refused = False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise _TooLarge
            return message

        async def checked(message: Message) -> None:
            nonlocal is_refused
            if taken <= limit:
                await send(message)
            elif not is_refused:  # whatever the application made of a body that broke off
                is_refused = True
                await _refuse(send, 413, _too_large(limit))

        try:
            await self._app(scope, counted, checked)
        except _TooLarge:
            await checked({})


def _single(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return headers by name; one that is sent twice counts as one that no check accepts."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        found[name] = value if name not in found else found[name] + b"," + value
    return found


def _too_large(limit: int) -> str:
    return f"内容超过 {limit // (1024 * 1024)} MB，没有接收。"


def _shared(origin: bytes | None) -> Headers:
    """Return the headers that let a page of `origin`, already found good, read an answer."""
    if origin is None:
        return [(b"vary", b"Origin")]
    return [(b"access-control-allow-origin", origin), (b"vary", b"Origin")]


def _marked(send: Send, origin: bytes | None) -> Send:
    async def send_marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            message = {**message, "headers": [*given, *_ALWAYS, *_shared(origin)]}
        await send(message)

    return send_marked


async def _preflight(send: Send, origin: bytes | None, headers: Mapping[bytes, bytes]) -> None:
    allowed: Headers = [
        (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
        (b"access-control-allow-headers", f"Content-Type, {TOKEN_HEADER}".encode()),
        (b"access-control-max-age", b"600"),
    ]
    if headers.get(b"access-control-request-private-network") == b"true":
        allowed.append((b"access-control-allow-private-network", b"true"))
    await send({"type": "http.response.start", "status": 204, "headers": [*allowed, *_shared(origin)]})
    await send({"type": "http.response.body", "body": b""})


async def _refuse(send: Send, status: int, message: str, origin: bytes | None = None) -> None:
    body = json.dumps({"error": message}, ensure_ascii=False).encode()
    headers: Headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),  # what else comes is not wanted
        *_ALWAYS,
        *_shared(origin),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
