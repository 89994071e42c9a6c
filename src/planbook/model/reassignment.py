"""Reassignments (转办): who answers for a task from a period on, groups and indicators included."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from planbook.model.agency import Agency, Directory
from planbook.model.assignment import Assignments, Part
from planbook.model.decisions import Decision, DecisionKind
from planbook.model.form import Role
from planbook.model.ledger import LedgerTask
from planbook.model.period import Period


def reassignments(decisions: Iterable[Decision], period: Period | None) -> tuple[Decision, ...]:
    """Return those of one task's `decisions` that hand it over by `period`; by now, where that is None."""
    return tuple(
        one for one in decisions if one.kind is DecisionKind.REASSIGN and (period is None or one.holds_in(period))
    )


def reassign_task(
    task: LedgerTask, decisions: Iterable[Decision], directory: Directory, period: Period | None = None
) -> LedgerTask:
    """Return `task` with the names of its agencies as they are after its reassignments.

    A name that stands for the agency is replaced; one that is in by its group (各市人民政府) leaves the group's name
    standing, and the new agency is added.
    """
    for one in reassignments(decisions, period):
        is_lead = one.role is not Role.SUPPORT
        names = task.lead_agencies if is_lead else task.supporting_agencies
        changed = _replaced(names, one, directory)
        others = task.supporting_agencies if is_lead else task.lead_agencies
        if is_lead:  # who led it before does not stay on as a helper of its own, nor the new lead as one
            rest = tuple(name for name in others if _name(name, directory) != one.to_agency)
            task = replace(task, lead_agencies=changed, supporting_agencies=rest)
        else:
            task = replace(task, supporting_agencies=changed)
    return task


def _replaced(names: tuple[str, ...], one: Decision, directory: Directory) -> tuple[str, ...]:
    found = [one.to_agency if _name(name, directory) == one.agency else name for name in names]
    if one.to_agency not in found:
        found.append(one.to_agency)
    return tuple(dict.fromkeys(found))


def _name(name: str, directory: Directory) -> str:
    agency = directory.find(name)
    return agency.name if agency else name


def reassign_parts(
    assignments: Assignments,
    decisions: Mapping[str, tuple[Decision, ...]],
    directory: Directory,
    *,
    task_of: Mapping[str, str | None],
    period: Period | None = None,
) -> Assignments:
    """Return `assignments` of tasks as the plans have them, with every reassignment by `period` made.

    Args:
        assignments: What `assign` gave.
        decisions: Decisions by task code.
        directory: The office's directory.
        task_of: Each indicator's task, by indicator code: an indicator passes on with the lead of its task.
        period: The period; None for now.
    """
    moves = {code: found for code, group in decisions.items() if (found := reassignments(group, period))}
    if not moves:
        return assignments
    by_task: dict[str, list[Part]] = {}
    for part in assignments.parts:
        by_task.setdefault(part.task_code, []).append(part)
    for code, group in moves.items():
        if code in by_task:
            by_task[code] = _moved(by_task[code], group, directory)
    reporters = {
        code: _moved_reporters(agencies, moves.get(task_of.get(code) or "", ()), directory)
        for code, agencies in assignments.reporters.items()
    }
    parts = tuple(part for group in by_task.values() for part in group)
    return Assignments(parts, reporters, assignments.findings)


def _moved(parts: list[Part], moves: tuple[Decision, ...], directory: Directory) -> list[Part]:
    for one in moves:
        receiver = directory.find(one.to_agency) or Agency(one.to_agency)
        code = parts[0].task_code if parts else one.task_code
        place = next((at for at, part in enumerate(parts) if part.agency.name == one.agency), len(parts))
        role = one.role or Role.LEAD
        kept = [part for part in parts if part.agency.name not in (one.agency, receiver.name)]
        kept.insert(min(place, len(kept)), Part(code, receiver, role))
        parts = sorted(kept, key=lambda part: part.role is not Role.LEAD)
    return parts


def _moved_reporters(
    agencies: tuple[Agency, ...], moves: tuple[Decision, ...], directory: Directory
) -> tuple[Agency, ...]:
    for one in moves:
        receiver = directory.find(one.to_agency) or Agency(one.to_agency)
        if any(agency.name == one.agency for agency in agencies):
            moved = (receiver if agency.name == one.agency else agency for agency in agencies)
            agencies = tuple({agency.name: agency for agency in moved}.values())
    return agencies
