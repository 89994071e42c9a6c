"""issue: one responsibility workbook per agency for a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import chain, count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from uuid import uuid4

from planbook.actions.build_forms import FormSource, build_forms, has_same_content
from planbook.actions.form_layout import keep_layout, layout_for_issue
from planbook.actions.opening import new_run, opened_ledger
from planbook.actions.progress import Progress, report
from planbook.actions.task_standings import read_facts
from planbook.actions.what_to_ask import what_to_ask
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.form import Form
from planbook.model.ledger import IssuedForm
from planbook.model.period import Period
from planbook.workspace.folder import Workspace, file_name_for
from planbook.workspace.replacing import refuse_unwritable, replace_file, unwritable

if TYPE_CHECKING:
    from planbook.forms.layout import FormLayout
    from planbook.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class FormOnDisk:
    """An agency's form as it now stands on disk; not `is_new` if it was issued before and asks the same."""

    agency: str
    path: Path
    tasks: int
    indicators: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class IssueResult:
    """The forms of the period, and what was left out."""

    forms: tuple[FormOnDisk, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Planned:
    """A form and what is to be done with its file.

    Attributes:
        form: The form.
        path: Where its file belongs.
        content: What to write there; None where the file stands and stays.
        is_new: The ledger does not know it yet.
        is_altered: What stands there now is nothing that planbook wrote.
    """

    form: Form
    path: Path
    content: bytes | None
    is_new: bool
    is_altered: bool


def issue_forms(
    workspace: Workspace,
    period: Period,
    agencies: Sequence[str] = (),
    *,
    now: datetime,
    today: date,
    progress: Progress | None = None,
) -> IssueResult:
    """Write each agency's form for `period` under forms/PERIOD/; `agencies`, if given, limits it to those.

    A form that was issued before and would ask the same in the same layout stays as it is; any other is issued
    anew under the next version, and answers to the old one still count. Each form is entered in the ledger before
    its file is written: a file that exists is always known, and a run that was cut short goes on.

    Raises:
        PlanbookError: There is no plan, an agency is unknown, the office's layout has errors, or a file cannot be
            written.
    """
    with workspace.locked(f"生成{period.label}责任清单"), opened_ledger(workspace) as ledger:
        layout, doubts = layout_for_issue(workspace)
        source, findings = _source(workspace, ledger, period, today, layout)
        forms = build_forms(source)
        if agencies:
            wanted = _known_agencies(ledger, agencies)
            without = wanted - {form.agency for form in forms}
            findings += tuple(Finding.of("agency_not_issued", name=name) for name in sorted(without))
            forms = tuple(form for form in forms if form.agency in wanted)
        planned = _plan(workspace, ledger, period, forms, layout, progress=progress)
        for one in planned:
            if one.content is not None:
                refuse_unwritable(one.path)
        keep_layout(workspace, layout)
        _record(workspace, ledger, period, planned, now)
        notes = [_write(one, now) for one in planned]
    on_disk = tuple(
        FormOnDisk(one.form.agency, one.path, len(one.form.tasks), len(one.form.indicators), one.is_new)
        for one in planned
    )
    return IssueResult(on_disk, doubts + findings + tuple(note for note in notes if note))


def _source(
    workspace: Workspace, ledger: "Ledger", period: Period, today: date, layout: "FormLayout"
) -> tuple[FormSource, tuple[Finding, ...]]:
    facts = read_facts(ledger)
    if not facts.plans:
        raise PlanbookError("工作区里还没有方案，请先运行 planbook import 方案文件。")
    asked = what_to_ask(facts, period)
    source = FormSource(
        workspace_id=ledger.workspace_id,
        period=period,
        issued_on=today,
        due_on=workspace.settings.due_on(period),
        office=workspace.settings.office,
        contact=workspace.settings.contact,
        layout_version=layout.version,
        plans=tuple(facts.plans.values()),
        tasks=asked.tasks,
        indicators=asked.indicators,
        assignments=asked.assignments,
        reports={(one.agency, one.report.task_code): one for one in ledger.reports.tasks_before(period)},
        indicator_reports={
            (one.agency, one.report.indicator_code): one for one in ledger.reports.indicators_before(period)
        },
    )
    return source, asked.findings


def _known_agencies(ledger: "Ledger", names: Sequence[str]) -> set[str]:
    directory = ledger.agencies.directory()
    unknown = [name for name in names if directory.find(name) is None]
    if unknown:
        raise PlanbookError(f"单位名录里没有“{'、'.join(unknown)}”，请核对名称（见任务分解表“单位”页）。")
    return {agency.name for agency in map(directory.find, names) if agency}


def _plan(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    forms: Sequence[Form],
    layout: "FormLayout",
    *,
    progress: Progress | None,
) -> tuple[_Planned, ...]:
    from planbook.forms.seal_check import bears_known_seal
    from planbook.forms.writer import write_form

    keys = workspace.keys()
    issued = {one.agency: one for one in ledger.forms.issued(period)}
    contents = {form.form_id: form for form in ledger.forms.of_period(period)}
    written = ledger.forms.digests(period)
    names = _file_names(forms, issued)
    planned: list[_Planned] = []
    for done, form in enumerate(forms):
        report(progress, done, len(forms), form.agency)
        path = workspace.forms(period) / names[form.agency]
        standing = path.read_bytes() if path.is_file() else None
        on_disk = sha256(standing).hexdigest() if standing is not None else None
        is_altered = on_disk is not None and on_disk not in written.get(form.agency, frozenset())
        last = issued.get(form.agency)
        current = contents[last.form_id] if last else None
        is_new = current is None or not has_same_content(form, current)
        if standing is not None and not is_new and not is_altered:  # a form under a lost key could not be believed
            is_new = not bears_known_seal(standing, keys, ledger.workspace_id)
        if current is None or is_new:
            current = replace(form, form_id=uuid4().hex, version=last.version + 1 if last else 1)
        stays = not is_new and (is_altered or (last is not None and on_disk == last.file_sha256))
        content = None if stays else write_form(current, layout, keys[0])
        planned.append(_Planned(current, path, content, is_new, is_altered))
    return tuple(planned)


def _file_names(forms: Sequence[Form], issued: Mapping[str, IssuedForm]) -> dict[str, str]:
    """Return each agency's file name: as issued before, else by its name; no two alike, whatever the case."""
    names = {agency: PurePath(one.path).name for agency, one in issued.items()}
    taken = {name.casefold() for name in names.values()}
    for form in forms:
        if form.agency in names:
            continue
        stem = f"{form.period}_{file_name_for(form.agency)}"
        suffixes = chain([""], (f"_{number}" for number in count(2)))
        candidates = (f"{stem}{suffix}_责任清单.xlsx" for suffix in suffixes)
        names[form.agency] = next(name for name in candidates if name.casefold() not in taken)
        taken.add(names[form.agency].casefold())
    return names


def _record(workspace: Workspace, ledger: "Ledger", period: Period, planned: Sequence[_Planned], now: datetime) -> None:
    from planbook.ledger.records import FormFile

    files = [
        FormFile(one.form, one.path.relative_to(workspace.root).as_posix(), sha256(one.content).hexdigest(), now)
        for one in planned
        if one.is_new and one.content is not None
    ]
    ledger.forms.record(new_run("issue", now, period=period), files)


def _write(one: _Planned, now: datetime) -> Finding | None:
    """Write the form's file if it has to be; what somebody changed since it was issued is never written over."""
    if one.content is None:
        return Finding.of("issued_form_altered", path=one.path) if one.is_altered else None
    finding = None
    if one.is_altered:
        aside = one.path.with_name(f"{one.path.stem}_下发后改动_{now:%Y%m%d%H%M%S}{one.path.suffix}")
        try:
            one.path.rename(aside)
        except OSError as error:
            raise unwritable(one.path, error) from error
        finding = Finding.of("issued_form_moved", path=one.path, aside=aside.name)
    replace_file(one.path, one.content)
    return finding
