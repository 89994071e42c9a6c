"""Intentions that decide on tasks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.decisions import DecisionKind, DecisionRequest
from planbook.model.errors import PlanbookError
from planbook.model.findings import needs_person
from planbook.model.period import Period


class _Asked(Protocol):
    """What every decision is asked with."""

    @property
    def tasks(self) -> tuple[str, ...]:
        """Task codes."""

    @property
    def dry_run(self) -> bool:
        """Only say what would be decided."""


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """销号: tasks that are done, with what shows it and who checked it."""

    tasks: tuple[str, ...]
    reason: str = ""
    evidence: str = ""
    checker: str = ""
    period: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """退回: tasks whose reports are sent back, of `agency` or of the leads."""

    tasks: tuple[str, ...]
    reason: str = ""
    agency: str = ""
    period: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ExtendRequest:
    """延期: the new deadline, and the day on which the agency asked for it."""

    tasks: tuple[str, ...]
    to: date | None = None
    reason: str = ""
    asked_on: date | None = None
    period: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ReassignRequest:
    """转办: who takes over, who hands over (empty: the only lead), and from which period on (empty: the next)."""

    tasks: tuple[str, ...]
    to_agency: str = ""
    agency: str = ""
    reason: str = ""
    period: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class PlainDecisionRequest:
    """暂缓, 恢复, 重开: nothing but the reason."""

    tasks: tuple[str, ...]
    reason: str = ""
    period: str | None = None
    dry_run: bool = False


def request_of(kind: DecisionKind, asked: Any, code: str) -> DecisionRequest:
    """Return the decision that a front's request asks for on one task."""
    return DecisionRequest(
        task_code=code,
        kind=kind,
        reason=asked.reason.strip(),
        evidence=getattr(asked, "evidence", "").strip(),
        checker=getattr(asked, "checker", "").strip(),
        to_date=getattr(asked, "to", None),
        asked_on=getattr(asked, "asked_on", None),
        agency=getattr(asked, "agency", "").strip(),
        to_agency=getattr(asked, "to_agency", "").strip(),
        period=Period.parse(asked.period) if asked.period else None,
    )


def _deciding(kind: DecisionKind) -> Callable[[Circumstances, _Asked], Ending]:
    def run(at: Circumstances, request: _Asked) -> Ending:
        from planbook.actions.decide import decide
        from planbook.actions.decision_json import decided_json

        if not request.tasks:
            raise PlanbookError(f"没有选任务，请先选中要{kind.value}的任务。")
        requests = [request_of(kind, request, code) for code in dict.fromkeys(request.tasks)]
        result = decide(at.workspace, requests, now=at.now, today=at.today, is_dry_run=request.dry_run)
        is_shown = "将" if request.dry_run else "已"
        lines = [f"{is_shown}{kind.value} {len(result.decisions)} 项任务。"]
        if result.findings:
            lines.append(f"需要核对的问题 {len(result.findings)} 条：{result.findings[0].message}")
        return Ending(decided_json(result), tuple(lines), needs_person(result.findings))

    return run


_TABLE: Final = (
    ("close", DecisionKind.CLOSE, CloseRequest),
    ("return", DecisionKind.RETURN, ReturnRequest),
    ("extend", DecisionKind.EXTEND, ExtendRequest),
    ("reassign", DecisionKind.REASSIGN, ReassignRequest),
    ("suspend", DecisionKind.SUSPEND, PlainDecisionRequest),
    ("resume", DecisionKind.RESUME, PlainDecisionRequest),
    ("reopen", DecisionKind.REOPEN, PlainDecisionRequest),
)
KINDS: Final[Mapping[str, tuple[DecisionKind, type[Any]]]] = {name: (kind, request) for name, kind, request in _TABLE}
INTENTIONS: Final[tuple[Intention[Any], ...]] = tuple(
    Intention(name, kind.value, request, _deciding(kind)) for name, kind, request in _TABLE
)
