"""The page's own files: a fixed list, read once; nothing in a URL ever names a file on disk."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from fastapi import APIRouter, Response

from planbook.outputs.dashboard.page import dashboard_script, dashboard_style
from planbook.outputs.vendored import read_echarts

router = APIRouter(include_in_schema=False)

_TYPES: Final[Mapping[str, str]] = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
}


def _page_files() -> Mapping[str, bytes]:
    folder = files("planbook.server").joinpath("page")
    found = {one.name: one.read_bytes() for one in folder.iterdir() if one.name.rpartition(".")[2] in _TYPES}
    found["echarts.js"] = read_echarts().encode()
    found["dashboard.js"] = dashboard_script().encode()
    found["dashboard.css"] = dashboard_style().encode()
    return found


_FILES: Final = _page_files()


@router.get("/")
def page() -> Response:
    """Return the page."""
    return _file("index.html")


@router.get("/{name}")
def part(name: str) -> Response:
    """Return one of the page's files."""
    return _file(name)


def _file(name: str) -> Response:
    content = _FILES.get(name)
    if content is None:
        return Response(status_code=404)
    return Response(content, media_type=_TYPES[name.rpartition(".")[2]])
