"""The way to the details: everything that an intention found, as a text that the clerk can open and print."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from planbook.actions.intentions.base import Ending
from planbook.actions.json_results import Json
from planbook.workspace.folder import file_name_for
from planbook.workspace.replacing import replace_file

_KEPT: Final = 50
_HEADINGS: Final[Mapping[str, str]] = {
    "findings": "需要核对的问题",
    "files": "文件",
    "missing_agencies": "未报单位",
    "corrections": "退改单",
    "forms": "责任清单",
    "plans": "方案",
    "changes": "改动",
    "checks": "检查项目",
    "messages": "邮件",
    "recipients": "收件单位",
    "dispatches": "分发",
    "reminders": "催报",
    "decisions": "决定",
    "reports": "进展",
}


def write_details(folder: Path, label: str, ending: Ending, now: datetime) -> Path:
    """Write what `ending` tells into a text file in `folder` and return its path; the oldest are removed.

    Raises:
        PlanbookError: The folder cannot be written.
    """
    local = now.astimezone()
    path = folder / f"{local:%Y%m%d-%H%M%S}_{file_name_for(label)}.txt"
    text = "\n".join([f"{label}（{local:%Y-%m-%d %H:%M:%S}）", "", *ending.lines, *_sections(ending.json)])
    replace_file(path, ("\ufeff" + text.replace("\n", "\r\n") + "\r\n").encode())  # the BOM is for old editors
    for old in sorted(folder.glob("*.txt"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return path


def _sections(json: Json) -> Iterator[str]:
    """Yield the lists of the result, one line an entry."""
    for name, entries in json.items():
        if isinstance(entries, Sequence) and not isinstance(entries, str) and entries:
            yield ""
            yield f"{_HEADINGS.get(name, name)}（{len(entries)}）"
            for entry in entries:
                yield from _lines(entry)


def _lines(entry: object, indent: str = "  ") -> Iterator[str]:
    if not isinstance(entry, Mapping):
        yield f"{indent}{entry}"
        return
    message = entry.get("message")
    if isinstance(message, str):
        yield f"{indent}{message}"
        return
    shown = [_shown(value) for name, value in entry.items() if name not in ("sha256", "findings", "source")]
    yield indent + "  ".join(text for text in shown if text)
    findings = entry.get("findings")
    if isinstance(findings, Sequence) and not isinstance(findings, str):
        for finding in findings:
            yield from _lines(finding, indent + "    ")


def _shown(value: object) -> str:
    if value is None or value == "" or isinstance(value, Mapping):
        return ""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(str(one) for one in value)
    return str(value)
