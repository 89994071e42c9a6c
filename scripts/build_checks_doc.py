"""Writes docs/checks.md, the clerk's list of every finding, from the catalogue; `--check` only compares."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

TARGET = Path(__file__).parents[1] / "docs" / "checks.md"
ROOMS = {
    "documents": "读方案文件",
    "plans": "读方案内容",
    "review": "审核任务分解表",
    "revisions": "方案修订",
    "issuing": "下发责任清单",
    "files": "收到的文件",
    "forms": "读回表",
    "layouts": "责任清单样式",
    "supervision": "台账",
    "templates": "通报、督办单、催办函的模板",
}
SEVERITIES = {"error": "错误", "warning": "提醒", "note": "说明"}
HEAD = """\
# 问题目录

planbook 看出的每一种问题都有一个固定的代码。**错误**要处理，**提醒**要看一眼，**说明**只是告知。
命令行的 `--json` 输出和总台账的“问题清单”里用的就是这些代码。花括号里是具体内容。

（本页由 `scripts/build_checks_doc.py` 按程序里的目录生成，不要手改。）
"""


def render() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for room, title in ROOMS.items():
        entries = import_module(f"planbook.model.catalogue.{room}").ENTRIES
        parts.append(f"\n## {title}\n\n| 代码 | 轻重 | 说的是 | 怎么办 |\n|---|---|---|---|\n")
        for code, entry in sorted(entries.items()):
            cells = (f"`{code}`", SEVERITIES[entry.severity.value], entry.text, entry.remedy or "—")
            parts.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n")
    return "".join(parts)


def main() -> None:
    """Write the page, or fail with `--check` where it is out of date."""
    page = render()
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != page)
    TARGET.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
