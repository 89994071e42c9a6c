"""Intentions that take returns in."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.period import Period
from planbook.model.submission import Verdict


@dataclass(frozen=True, slots=True)
class ConsolidateRequest:
    """Returned files and folders of a period; none means the period's inbox. `cluster` is who reads them, if any."""

    period: str
    paths: tuple[Path, ...] = ()
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Reports in force of a period, or of all; `as_of` asks for those of a past day."""

    period: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """Whose the unclaimed file with digest `file` is, and for which period."""

    file: str
    agency: str
    period: str
    reason: str = ""


def _claim(at: Circumstances, request: ClaimRequest) -> Ending:
    from planbook.actions.claim_return import claim_return
    from planbook.actions.json_results import consolidate_json

    result = claim_return(
        at.workspace,
        request.file,
        request.agency,
        Period.parse(request.period),
        reason=request.reason,
        now=at.now,
        today=at.today,
        progress=at.progress,
    )
    outcome = result.files[0]
    lines = (
        f"“{outcome.path}”已作为{outcome.agency}的回表入账。",
        f"需要核对的问题 {len(outcome.findings)} 条。",
        f"未报单位 {len(result.missing_agencies)} 个。",
    )
    return Ending(consolidate_json(result), lines, result.needs_person, (result.ledger,))


def _consolidate(at: Circumstances, request: ConsolidateRequest) -> Ending:
    from planbook.actions.consolidate import consolidate_returns
    from planbook.actions.json_results import consolidate_json

    result = consolidate_returns(
        at.workspace,
        Period.parse(request.period),
        request.paths,
        now=at.now,
        today=at.today,
        progress=at.progress,
        cluster=request.cluster,
    )
    counts = dict(result.summary)
    to_settle = counts.get(Verdict.REJECTED, 0) + counts.get(Verdict.UNCLAIMED, 0)
    lines = (
        f"新收 {counts.get(Verdict.ACCEPTED, 0)} 份，以前已收 {counts.get(Verdict.DUPLICATE, 0)} 份。",
        f"不能采用或待认领 {to_settle} 份，退改单 {len(result.corrections)} 份。",
        f"未报单位 {len(result.missing_agencies)} 个。",
    )
    return Ending(consolidate_json(result), lines, result.needs_person, (result.ledger,))


def _export(at: Circumstances, request: ExportRequest) -> Ending:
    from planbook.actions.export_reports import export_reports
    from planbook.actions.json_results import export_json

    period = Period.parse(request.period) if request.period else None
    result = export_reports(at.workspace, period, today=at.today, as_of=request.as_of)
    return Ending(export_json(result), (f"进展 {len(result.reports)} 条，指标 {len(result.indicators)} 条。",))


INTENTIONS: Final[tuple[Intention[Any], ...]] = (
    Intention("consolidate", "一键汇总", ConsolidateRequest, _consolidate),
    Intention("claim", "认领回表", ClaimRequest, _claim),
    Intention("export", "导出数据", ExportRequest, _export),
)
