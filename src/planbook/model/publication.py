"""The public version (评价结果向社会公布) of a period's ledger: results, none of the office's own business."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from planbook.model.decisions import Closure, ClosureState
from planbook.model.ledger import (
    AgencyStanding,
    Assignment,
    IndicatorStanding,
    MissingAgency,
    PeriodLedger,
    ReceivedIndicator,
    ReceivedReport,
    SameIndicator,
    TaskStanding,
)
from planbook.model.lights import LightReading
from planbook.model.secrecy import find_mark
from planbook.model.submission import TaskReport

_WITHHELD: Final = "（略）"
_SHORTEST_NAME: Final = 2
_SHORTEST_SENTENCE: Final = 4
# Telephones as clerks write them, and mailboxes: whoever typed one into 本期进展 did not mean to publish it.
_REACHABLE: Final = re.compile(
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+"
    r"|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|(?<!\d)\(?0\d{2,3}\)?[-－— ]?\d{7,8}(?:[-转]\d{1,6})?(?!\d)"
    r"|(?:电话|手机|联系方式)[：:\s]*\d[\d\- 转]{5,}"
)
_SETTLED_GROUNDS: Final = {ClosureState.CLOSED: "已销号", ClosureState.SUSPENDED: "暂缓，不计时"}


def secret_plans(ledger: PeriodLedger) -> frozenset[int]:
    """Return the numbers of the plans that bear a secrecy mark."""
    return frozenset(plan.sequence for plan in ledger.plans if plan.classification and find_mark(plan.classification))


def publish(ledger: PeriodLedger) -> PeriodLedger:
    """Return what of `ledger` may be published.

    Gone are contacts, telephones, mailboxes, reporters, problems, next steps, evidence, remarks, everything as
    written, added columns, file names, findings, doubts, changes, decisions with their reasons, notes, and plans
    that bear a secrecy mark, with their tasks and indicators. What agencies wrote as their progress stays, but for
    words that would tell any of that again.
    """
    secret = secret_plans(ledger)
    tasks = [one for one in ledger.tasks if one.plan.sequence not in secret]
    censor = _Censor(ledger)
    return replace(
        ledger,
        plans=tuple(
            replace(plan, file_name="", file_sha256="") for plan in ledger.plans if plan.sequence not in secret
        ),
        tasks=tuple(_task(one, censor) for one in tasks),
        indicators=tuple(_indicator(one) for one in ledger.indicators if one.plan.sequence not in secret),
        missing=tuple(_missing(one) for one in ledger.missing),
        findings=(),
        unassigned=(),
        agencies=tuple(_standing(one) for one in ledger.agencies),
        doubts=(),
        same_indicators=tuple(_same(one, secret) for one in ledger.same_indicators),
        changes=(),
        affiliations=tuple(replace(one, leaders=()) for one in ledger.affiliations),
        is_public=True,
    )


class _Censor:
    """Takes words out of free text that stand elsewhere in the ledger as somebody's name, number or problem."""

    def __init__(self, ledger: PeriodLedger) -> None:
        words: set[str] = set()
        for report in _reports(ledger.tasks):
            words.update(_long_enough((report.reporter, report.phone), _SHORTEST_NAME))
            sentences = re.split(r"[。；;\n]", f"{report.problems}\n{report.remarks}")
            words.update(_long_enough((report.problems, report.remarks, *sentences), _SHORTEST_SENTENCE))
        for one in ledger.missing:
            words.update(_long_enough((one.contact, one.phone, one.email), _SHORTEST_NAME))
        self._words = sorted(words, key=lambda word: (-len(word), word))
        self._any = re.compile("|".join(map(re.escape, self._words))) if self._words else None

    def clean(self, text: str) -> str:
        """Return `text` without them, and without anything that looks like a telephone or mailbox."""
        shown = _REACHABLE.sub(_WITHHELD, text)
        return self._any.sub(_WITHHELD, shown) if self._any else shown


def _reports(tasks: Iterable[TaskStanding]) -> Iterable[TaskReport]:
    for standing in tasks:
        for one in standing.assignments:
            for received in (one.received, one.previous):
                if received:
                    yield received.report


def _long_enough(texts: Sequence[str], shortest: int) -> Iterable[str]:
    return (text.strip() for text in texts if len(text.strip()) >= shortest)


def _task(standing: TaskStanding, censor: _Censor) -> TaskStanding:
    state = standing.closure.state
    settled = standing.closure.rests
    light = _light(standing.light, state if settled else None)
    task = replace(standing.task, note="", unit_note=None, excerpt="", source_page=None)
    return replace(
        standing,
        task=task,
        plan=replace(standing.plan, file_name="", file_sha256=""),
        assignments=tuple(_part(one, state if settled else None, censor) for one in standing.assignments),
        light=light,
        deadline=replace(standing.deadline, claimed=None),
        closure=Closure(ClosureState.OPEN if state is ClosureState.RETURNED else state),
        decisions=(),
        previous=replace(standing.previous, light=_light(standing.previous.light, ClosureState.OPEN))
        if standing.previous
        else None,
    )


def _light(light: LightReading, settled: ClosureState | None) -> LightReading:
    """Return a light whose ground names neither checker nor reason of a decision."""
    return replace(light, ground=_SETTLED_GROUNDS.get(settled, "")) if settled else light


def _part(one: Assignment, settled: ClosureState | None, censor: _Censor) -> Assignment:
    return replace(
        one,
        received=_received(one.received, censor) if one.received else None,
        previous=None,
        light=_light(one.light, settled) if one.light else None,
    )


def _received(received: ReceivedReport, censor: _Censor) -> ReceivedReport:
    report = replace(
        received.report,
        progress=censor.clean(received.report.progress),
        problems="",
        next_steps="",
        expected_completion=None,
        extension_to=None,
        evidence="",
        reporter="",
        phone="",
        reported_on=None,
        remarks="",
        sheet="",
        row=0,
        raw=(),
        extras=(),
    )
    return replace(received, report=report, file_name="", file_sha256="")


def _value(received: ReceivedIndicator) -> ReceivedIndicator:
    report = replace(received.report, raw="", data_source="", remarks="", sheet="", row=0, extras=())
    return replace(received, report=report, file_name="", file_sha256="")


def _indicator(standing: IndicatorStanding) -> IndicatorStanding:
    return replace(
        standing,
        indicator=replace(standing.indicator, note="", quote=""),
        plan=replace(standing.plan, file_name="", file_sha256=""),
        received=tuple(_value(one) for one in standing.received),
        previous=tuple(_value(one) for one in standing.previous),
    )


def _same(group: SameIndicator, secret: Collection[int]) -> SameIndicator:
    members = tuple(
        replace(one, standing=_indicator(one.standing), differs_from=(), disagrees_with=())
        for one in group.members
        if one.standing.plan.sequence not in secret
    )
    return replace(group, members=members)


def _missing(one: MissingAgency) -> MissingAgency:
    return replace(one, contact="", phone="", email="")


def _standing(one: AgencyStanding) -> AgencyStanding:
    return replace(one, errors=0, warnings=0)
