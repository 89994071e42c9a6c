"""Intentions that only look: where a cell came from, what is set."""

from dataclasses import dataclass
from typing import Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.period import Period


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """A cell of the master workbook: its period, its row's task and other texts, its column's header."""

    period: str
    task: str
    beside: tuple[str, ...] = ()
    header: str = ""


@dataclass(frozen=True, slots=True)
class SettingsRequest:
    """Nothing is asked beside the workspace."""


def _source(at: Circumstances, request: SourceRequest) -> Ending:
    from planbook.actions.trace_source import trace_source

    period = Period.parse(request.period)
    found = trace_source(at.workspace, period, request.task, beside=request.beside, header=request.header)
    json = {
        "agency": found.agency,
        "file": found.file_name,
        "sha256": found.sha256,
        "sheet": found.sheet,
        "cell": found.cell,
        "path": str(found.path),
        "others": list(found.others),
    }
    lines = [f"{found.agency}报送的“{found.file_name}”", f"工作表“{found.sheet}”，单元格 {found.cell}"]
    if found.others:
        lines.append(f"另有 {len(found.others)} 个单位报送了这项任务，在“单位明细”里选中那一行再点可以看到。")
    return Ending(json, tuple(lines), opens=(found.path,))


def _settings(at: Circumstances, _request: SettingsRequest) -> Ending:
    path = at.workspace.root / "planbook.toml"
    return Ending({"settings": str(path)}, (f"设置文件：{path}", "改好保存即可，下次运行生效。"), opens=(path,))


INTENTIONS: Final[tuple[Intention[Any], ...]] = (
    Intention("source", "看来源", SourceRequest, _source),
    Intention("settings", "设置", SettingsRequest, _settings),
)
