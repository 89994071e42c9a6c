"""Intentions that show what the ledger holds."""

from dataclasses import dataclass
from typing import Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.findings import needs_person
from planbook.model.period import Period


@dataclass(frozen=True, slots=True)
class LedgerRequest:
    """Period of the master workbook."""

    period: str


@dataclass(frozen=True, slots=True)
class DoctorRequest:
    """Nothing is asked beside the workspace."""


def _ledger(at: Circumstances, request: LedgerRequest) -> Ending:
    from planbook.actions.json_results import findings_json
    from planbook.actions.publish_ledger import publish_ledger

    result = publish_ledger(at.workspace, Period.parse(request.period), now=at.now, today=at.today)
    json = {"ledger": str(result.path), "findings": findings_json(result.findings)}
    return Ending(json, (f"总台账：{result.path}",), needs_person(result.findings), (result.path,))


def _doctor(at: Circumstances, _request: DoctorRequest) -> Ending:
    from planbook.actions.examine import examine
    from planbook.actions.json_results import examination_json

    result = examine(at.workspace.root, at.workspace.root)
    faults = [f"✗ {check.subject}：{check.result}" for check in result.checks if not check.is_good]
    lines = tuple(faults[:3]) or (f"检查 {len(result.checks)} 项，都完好。",)
    return Ending(examination_json(result), lines, bool(faults))


INTENTIONS: Final[tuple[Intention[Any], ...]] = (
    Intention("ledger", "总台账", LedgerRequest, _ledger),
    Intention("doctor", "体检", DoctorRequest, _doctor),
)
