"""Who answers for what: tasks and indicators against the directory, groups resolved, each agency once a task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planbook.model.agency import Agency, Directory
from planbook.model.findings import Finding
from planbook.model.form import Role
from planbook.model.ledger import LedgerIndicator, LedgerTask


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's part in one task."""

    task_code: str
    agency: Agency
    role: Role


@dataclass(frozen=True, slots=True)
class Assignments:
    """Who answers for what.

    Attributes:
        parts: In task order; a task's leads before its supporting agencies.
        reporters: Agencies that report each indicator, by indicator code.
        findings: Tasks and indicators that reach no agency, groups without members, unknown names.
    """

    parts: tuple[Part, ...]
    reporters: Mapping[str, tuple[Agency, ...]]
    findings: tuple[Finding, ...]


def assign(tasks: Iterable[LedgerTask], indicators: Iterable[LedgerIndicator], directory: Directory) -> Assignments:
    """Return who answers for `tasks` and `indicators`.

    An agency that a task names both as lead and, itself or through a group, as supporting is lead. An
    indicator without agencies of its own is reported by the leads of its task.
    """
    parts: list[Part] = []
    findings: list[Finding] = []
    leads_of: dict[str, tuple[Agency, ...]] = {}
    for task in tasks:
        leads, unknown_leads = directory.resolve(task.lead_agencies)
        supporting, unknown_supporting = directory.resolve(task.supporting_agencies)
        leads_of[task.code] = leads
        parts += [Part(task.code, agency, Role.LEAD) for agency in leads]
        parts += [Part(task.code, agency, Role.SUPPORT) for agency in supporting if agency not in leads]
        findings += [_unresolved(directory, task, name) for name in (*unknown_leads, *unknown_supporting)]
        if not leads and not supporting:
            findings.append(Finding.of("task_without_agency", code=task.code, title=task.title))
    reporters: dict[str, tuple[Agency, ...]] = {}
    for indicator in indicators:
        agencies, unknown = directory.resolve(indicator.agencies)
        if not agencies and not unknown and indicator.task_code:
            agencies = leads_of.get(indicator.task_code, ())
        reporters[indicator.code] = agencies
        if not agencies:
            findings.append(Finding.of("indicator_without_agency", code=indicator.code, name=indicator.name))
    return Assignments(tuple(parts), reporters, tuple(findings))


def _unresolved(directory: Directory, task: LedgerTask, name: str) -> Finding:
    known = directory.find(name)
    code = "group_without_members" if known and known.is_group else "agency_not_in_directory"
    return Finding.of(code, name=name, code=task.code, title=task.title)
