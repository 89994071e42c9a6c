"""Finds doubts (疑点) in a period's reports: contradictions within it, drift against the period before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from planbook.model.doubts import Doubt, DoubtKind, DoubtSource
from planbook.model.findings import Finding, Severity
from planbook.model.form import Role, Status
from planbook.model.ledger import (
    Assignment,
    IndicatorStanding,
    MissingAgency,
    ReceivedIndicator,
    ReceivedReport,
    SameIndicator,
    TaskStanding,
)
from planbook.model.lights import expected_percent
from planbook.model.submission import TaskReport
from planbook.model.tallies import TaskTally
from planbook.model.trends import Direction, direction_of, reaches

_FAR_APART: Final = Decimal(40)  # percentage points between a lead and who helps it
_BEHIND: Final = Decimal(10)  # percentage points behind, from which on 达到序时 is contradicted
_TELLING: Final = 20  # characters, from which on two equal texts are no accident
_OFTEN: Final = 2


def find_task_doubts(standings: Iterable[TaskStanding]) -> tuple[Doubt, ...]:
    """Return the doubts on tasks; what the office closed or suspended gives none."""
    return tuple(
        doubt for standing in standings if not standing.closure.rests for check in _CHECKS for doubt in check(standing)
    )


def _doubt(
    kind: DoubtKind, standing: TaskStanding, code: str, reports: Sequence[ReceivedReport], **values: object
) -> Doubt:
    agencies = tuple(one.agency for one in reports) or tuple(
        one.agency for one in standing.assignments if one.role is Role.LEAD
    )
    sources = tuple(
        DoubtSource(one.agency, one.file_name, one.report.sheet, one.report.row, _said(one.report)) for one in reports
    )
    return Doubt(kind, standing.task.code, standing.task.title, agencies, Finding.of(code, **values), sources)


def _said(report: TaskReport) -> str:
    status = report.status.value if report.status else "未填状态"
    return status if report.completion_percent is None else f"{status} {_plain(report.completion_percent)}%"


def _against_each_other(standing: TaskStanding) -> Iterator[Doubt]:
    leads = [one.received for one in standing.assignments if one.role is Role.LEAD and one.received]
    supporting = [one.received for one in standing.assignments if one.role is Role.SUPPORT and one.received]
    for lead in leads:
        for support in supporting:
            ours, theirs = lead.report, support.report
            names = {"lead": lead.agency, "support": support.agency}
            if ours.status is Status.DONE and theirs.status in (Status.NOT_STARTED, Status.BEHIND):
                yield _doubt(
                    DoubtKind.AGENCIES,
                    standing,
                    "doubt_lead_done_support_not",
                    (lead, support),
                    said=_said(theirs),
                    **names,
                )
            elif theirs.status is Status.DONE and ours.status in (Status.NOT_STARTED, Status.BEHIND):
                yield _doubt(
                    DoubtKind.AGENCIES,
                    standing,
                    "doubt_support_done_lead_not",
                    (lead, support),
                    said=_said(ours),
                    **names,
                )
            elif ours.completion_percent is not None and theirs.completion_percent is not None:
                gap = abs(ours.completion_percent - theirs.completion_percent)
                if gap >= _FAR_APART:
                    yield _doubt(
                        DoubtKind.AGENCIES,
                        standing,
                        "doubt_percents_apart",
                        (lead, support),
                        percent=_plain(ours.completion_percent),
                        other=_plain(theirs.completion_percent),
                        gap=_plain(gap),
                        **names,
                    )


def _against_numbers(standing: TaskStanding) -> Iterator[Doubt]:
    for one in _received(standing):
        status, percent = one.report.status, one.report.completion_percent
        if percent is None:
            continue
        code = ""
        if status is Status.DONE and percent < 100:
            code = "doubt_done_below_full"
        elif status is Status.NOT_STARTED and percent > 0:
            code = "doubt_started_not"
        elif percent == 100 and status is not Status.DONE:
            code = "doubt_full_not_done"
        if code:
            said = status.value if status else "未填"
            yield _doubt(DoubtKind.CLAIM, standing, code, (one,), agency=one.agency, percent=_plain(percent), said=said)


def _against_the_calendar(standing: TaskStanding) -> Iterator[Doubt]:
    start, until = standing.plan.period_start, standing.deadline.effective or standing.plan.period_end
    if not start or not until:
        return
    expected = expected_percent(start, until, standing.light.cut_off)
    for one in _received(standing):
        status, percent = one.report.status, one.report.completion_percent
        if status not in (Status.ON_SCHEDULE, Status.AHEAD) or percent is None or expected - percent < _BEHIND:
            continue
        arithmetic = (
            f"起止{start}至{until}，截至{standing.light.cut_off}序时应为{_plain(expected)}%，"
            f"报告{_plain(percent)}%，落后{_plain(expected - percent)}个百分点"
        )
        yield _doubt(
            DoubtKind.CLAIM,
            standing,
            "doubt_on_schedule_behind",
            (one,),
            agency=one.agency,
            said=status.value,
            arithmetic=arithmetic,
        )


def _against_last_time(standing: TaskStanding) -> Iterator[Doubt]:
    for part in standing.assignments:
        now, then = part.received, part.previous
        if now is None or then is None:
            continue
        before = then.period.label
        if then.report.status is Status.DONE and now.report.status is not Status.DONE:
            said = now.report.status.value if now.report.status else "未填"
            yield _doubt(
                DoubtKind.REGRESS,
                standing,
                "doubt_done_withdrawn",
                (now, then),
                agency=now.agency,
                before=before,
                said=said,
            )
        past, percent = then.report.completion_percent, now.report.completion_percent
        if past is not None and percent is not None and percent < past:
            yield _doubt(
                DoubtKind.REGRESS,
                standing,
                "doubt_progress_fell",
                (now, then),
                agency=now.agency,
                previous=f"{_plain(past)}%",
                before=before,
                percent=f"{_plain(percent)}%",
                gap=_plain(past - percent),
            )
        if now.report.progress and _key(now.report.progress) == _key(then.report.progress):
            yield _doubt(DoubtKind.COPIED, standing, "doubt_text_copied", (now, then), agency=now.agency, before=before)


def _copied_from_each_other(standing: TaskStanding) -> Iterator[Doubt]:
    groups: dict[str, list[ReceivedReport]] = {}
    for one in _received(standing):
        if len(key := _key(one.report.progress)) >= _TELLING:
            groups.setdefault(key, []).append(one)
    for group in groups.values():
        if len(group) > 1:
            agencies = "、".join(one.agency for one in group)
            yield _doubt(DoubtKind.COPIED, standing, "doubt_text_shared", group, agencies=agencies)


def _slipping(standing: TaskStanding) -> Iterator[Doubt]:
    deadline = standing.deadline
    for part in standing.assignments:
        if part.received is None or part.received.report.status is Status.DONE:
            continue
        yield from _slipping_report(standing, part, part.received)
    if deadline.extensions >= _OFTEN:
        original = deadline.original or "（原无时限）"
        yield _doubt(
            DoubtKind.DEADLINE,
            standing,
            "doubt_extended_often",
            (),
            count=deadline.extensions,
            original=original,
            approved=deadline.approved,
        )


def _slipping_report(standing: TaskStanding, part: Assignment, one: ReceivedReport) -> Iterator[Doubt]:
    effective, report = standing.deadline.effective, one.report
    expected, asked = report.expected_completion, report.extension_to
    if effective and asked and asked > effective:
        yield _doubt(
            DoubtKind.DEADLINE,
            standing,
            "doubt_extension_asked",
            (one,),
            agency=one.agency,
            day=asked,
            deadline=effective,
        )
    elif effective and expected and expected > effective:
        yield _doubt(
            DoubtKind.DEADLINE,
            standing,
            "doubt_expected_after_deadline",
            (one,),
            agency=one.agency,
            expected=expected,
            deadline=effective,
            days=(expected - effective).days,
        )
    past = part.previous.report.expected_completion if part.previous else None
    if part.previous and past and expected and expected > past:
        yield _doubt(
            DoubtKind.DEADLINE,
            standing,
            "doubt_expected_postponed",
            (one, part.previous),
            agency=one.agency,
            previous=past,
            expected=expected,
            days=(expected - past).days,
        )


_CHECKS: Final[tuple[Callable[[TaskStanding], Iterator[Doubt]], ...]] = (
    _against_each_other,
    _against_numbers,
    _against_the_calendar,
    _against_last_time,
    _copied_from_each_other,
    _slipping,
)


def _received(standing: TaskStanding) -> list[ReceivedReport]:
    return [one.received for one in standing.assignments if one.received]


def _key(text: str) -> str:
    return "".join(text.split())


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def find_indicator_doubts(indicators: Iterable[IndicatorStanding], tasks: Iterable[TaskTally]) -> tuple[Doubt, ...]:
    """Return the doubts on indicators: reporters that disagree, values that fall, forecasts and claims that miss."""
    by_code = {one.code: one for one in tasks}
    found: list[Doubt] = []
    for standing in indicators:
        found += _reporters_disagree(standing)
        found += _value_fell(standing)
        if standing.trend and standing.trend.is_on_track is False:
            found.append(_indicator_doubt(standing, "doubt_indicator_off_track", arithmetic=standing.trend.ground))
        task = by_code.get(standing.indicator.task_code or "")
        if task and not task.rests:
            found += _done_below_target(standing, task)
    return tuple(found)


def _indicator_doubt(standing: IndicatorStanding, code: str, **values: object) -> Doubt:
    sources = tuple(_indicator_source(one) for one in standing.received)
    agencies = tuple(one.agency for one in standing.received) or standing.agencies
    indicator = standing.indicator
    return Doubt(DoubtKind.INDICATOR, indicator.code, indicator.name, agencies, Finding.of(code, **values), sources)


def _indicator_source(one: ReceivedIndicator) -> DoubtSource:
    return DoubtSource(one.agency, one.file_name, one.report.sheet, one.report.row, one.report.raw)


def _reporters_disagree(standing: IndicatorStanding) -> Iterator[Doubt]:
    values = {one.agency: one.report.value for one in standing.received if one.report.value is not None}
    if len(set(values.values())) > 1:
        shown = "；".join(f"{agency} {_plain(value)}{standing.indicator.unit}" for agency, value in values.items())
        yield _indicator_doubt(standing, "doubt_indicator_values_differ", values=shown)


def _value_fell(standing: IndicatorStanding) -> Iterator[Doubt]:
    direction = direction_of(standing.indicator)
    past = {one.agency: one for one in standing.previous}
    for one in standing.received:
        then = past.get(one.agency)
        value, before = one.report.value, then.report.value if then else None
        if then is None or value is None or before is None:
            continue
        if (direction is Direction.UP and value < before) or (direction is Direction.DOWN and value > before):
            yield _indicator_doubt(
                standing,
                "doubt_indicator_fell",
                before=then.period.label,
                previous=_plain(before),
                value=_plain(value),
                unit=standing.indicator.unit,
            )


def _done_below_target(standing: IndicatorStanding, task: TaskTally) -> Iterator[Doubt]:
    claims = {one.agency for one in task.parts if one.is_lead and one.is_done}
    for one in standing.received:
        value = one.report.value
        if value is None or one.agency not in claims or reaches(standing.indicator, value) is not False:
            continue
        indicator = standing.indicator
        yield _indicator_doubt(
            standing,
            "doubt_done_below_target",
            agency=one.agency,
            indicator=indicator.code,
            name=indicator.name,
            value=_plain(value),
            target=_plain(indicator.value),
            unit=indicator.unit,
        )


def find_other_doubts(missing: Iterable[MissingAgency], same: Iterable[SameIndicator]) -> tuple[Doubt, ...]:
    """Return the doubts on agencies that stay silent, and on one indicator reported differently for several plans."""
    silent = [
        Doubt(
            DoubtKind.SILENCE,
            one.agency,
            "",
            (one.agency,),
            Finding.of("doubt_silent_again", agency=one.agency, count=one.silent_periods),
        )
        for one in missing
        if one.silent_periods >= _OFTEN
    ]
    return (*silent, *(doubt for group in same for doubt in _plans_differ(group)))


def _plans_differ(group: SameIndicator) -> Iterator[Doubt]:
    disputed = [one for one in group.members if one.disagrees_with]
    if not disputed:
        return
    received = [report for one in disputed for report in one.standing.received]
    shown = "；".join(
        f"{one.standing.indicator.code} {report.agency} {report.report.raw}{one.standing.indicator.unit}"
        for one in disputed
        for report in one.standing.received
    )
    yield Doubt(
        DoubtKind.INDICATOR,
        disputed[0].standing.indicator.code,
        group.name,
        tuple(dict.fromkeys(report.agency for report in received)),
        Finding.of("doubt_plans_values_differ", values=shown),
        tuple(_indicator_source(report) for report in received),
    )


def gravest_first(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Return `doubts` by weight, otherwise in their order."""
    weight = list(Severity)
    return tuple(sorted(doubts, key=lambda one: weight.index(one.finding.severity)))
