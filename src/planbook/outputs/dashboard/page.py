"""The dashboard as one self-contained HTML file: it asks no network for anything, and may not."""

import base64
import hashlib
from importlib.resources import files
from typing import Final

from planbook.outputs.dashboard.value import DashboardValue, dashboard_json
from planbook.outputs.vendored import read_echarts

_SCRIPTS: Final = ("elements.js", "charts.js", "task.js", "tasks.js", "dashboard.js")
_START: Final = """\
PlanbookDashboard.show(document.getElementById("board"), JSON.parse(document.getElementById("value").textContent));
"""
_BODY_STYLE: Final = "body{margin:0}"


def dashboard_script() -> str:
    """Return the view's script: it defines `PlanbookDashboard.show(element, value)` and wants ECharts before it."""
    return "".join(_read(name) for name in _SCRIPTS)


def dashboard_style() -> str:
    """Return the view's style sheet; everything in it is under `.planbook`, `.pb-…`."""
    return _read("dashboard.css")


def write_dashboard(value: DashboardValue) -> bytes:
    """Return the dashboard of `value` as an HTML file.

    Its policy names every script and style in it by hash, so that nothing else runs, whatever stands in the value, and
    forbids every connection.
    """
    script = f"{dashboard_script()}\n{_START}"
    style = f"{_BODY_STYLE}\n{dashboard_style()}"
    echarts = read_echarts()
    policy = (
        f"default-src 'none'; script-src {_hash(echarts)} {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>重点任务看板</title>
<style>{style}</style>
</head>
<body>
<div id="board"><noscript>看板要用 JavaScript 显示，请用浏览器打开本文件，不要在邮件预览中查看。</noscript></div>
<script type="application/json" id="value">{dashboard_json(value)}</script>
<script>{echarts}</script>
<script>{script}</script>
</body>
</html>
""".encode()


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(name: str) -> str:
    return files("planbook.outputs.dashboard").joinpath("view", name).read_text(encoding="utf-8")
