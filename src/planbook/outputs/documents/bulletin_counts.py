"""Every number that a bulletin states, with the tasks, indicators, doubts or agencies that were counted for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planbook.model.attainment import Attainment
from planbook.model.decisions import ClosureState
from planbook.model.errors import PlanbookError
from planbook.model.figures import Figures
from planbook.model.form import Role
from planbook.model.ledger import PeriodLedger, PeriodSummary
from planbook.model.lights import Light
from planbook.outputs.documents.bulletin_fields import BulletinFields, LightFields
from planbook.outputs.documents.bulletin_ranking import Ranked


@dataclass(frozen=True, slots=True)
class Count:
    """A number as the bulletin states it, and what was counted for it: codes of tasks and indicators, or names."""

    name: str
    number: int
    counted: tuple[str, ...]


def counts_of(
    ledger: PeriodLedger, figures: Figures, ranking: Mapping[str, Sequence[Ranked]], fields: BulletinFields
) -> tuple[Count, ...]:
    """Return every count of a bulletin.

    Raises:
        PlanbookError: A number in `fields` is not that of what was counted for it; the bulletin must not be written.
    """
    counts = tuple(
        count
        for part in (
            _returns(ledger, figures, fields),
            _tasks(figures, fields),
            _indicators(figures, fields),
            _previous(ledger.previous),
            _ranking(ranking),
            _silent(ledger),
            _doubts(ledger, fields),
        )
        for count in part
    )
    wrong = [f"{one.name}{one.number}，实有{len(one.counted)}" for one in counts if one.number != len(one.counted)]
    if wrong:
        message = f"数字对不上，没有生成文件：{'；'.join(wrong)}。请运行 planbook doctor 检查台账后再试。"
        raise PlanbookError(message)
    return counts


def _returns(ledger: PeriodLedger, figures: Figures, fields: BulletinFields) -> Iterable[Count]:
    silent = set(figures.silent)
    yield Count("应报单位", fields.returns.issued, ledger.issued_to)
    yield Count("已报单位", fields.returns.returned, tuple(one for one in ledger.issued_to if one not in silent))
    yield Count("未报单位", fields.returns.missing, figures.silent)


def _tasks(figures: Figures, fields: BulletinFields) -> Iterable[Count]:
    yield Count("任务总数", fields.lights.total, figures.whole.tasks)
    yield from _lights("", fields.lights, figures.whole.codes)
    yield Count("已销号", fields.closed, figures.closed)
    yield Count("报告已完成、待核查", fields.claimed, figures.by_state[ClosureState.CLAIMED])
    yield Count("超过完成时限", len(fields.overdue), figures.overdue)
    for plan, stated in zip(figures.by_plan, (one for one in fields.plans if one.tasks), strict=True):
        yield Count(f"{plan.title}：任务数", stated.tasks, plan.tasks)
    for group, shown in zip(figures.groups, fields.groups, strict=True):
        yield Count(f"{group.title}：任务总数", shown.lights.total, group.tasks)
        yield from _lights(f"{group.title}：", shown.lights, group.codes)


def _lights(prefix: str, stated: LightFields, codes: Mapping[Light, tuple[str, ...]]) -> Iterable[Count]:
    numbers = {
        Light.GREEN: stated.green,
        Light.BLUE: stated.blue,
        Light.YELLOW: stated.yellow,
        Light.RED: stated.red,
        Light.GREY: stated.grey,
        Light.WHITE: stated.white,
    }
    for light in Light:
        yield Count(f"{prefix}{light.label}", numbers[light], codes.get(light, ()))


def _indicators(figures: Figures, fields: BulletinFields) -> Iterable[Count]:
    stated = fields.indicators
    numbers = {
        Attainment.REACHED: stated.reached,
        Attainment.BELOW: stated.below,
        Attainment.UNCLEAR: stated.unclear,
        Attainment.SILENT: stated.silent,
    }
    yield Count("指标总数", stated.total, tuple(code for codes in figures.indicators.values() for code in codes))
    for attainment, codes in figures.indicators.items():
        yield Count(f"指标{attainment.value}", numbers[attainment], codes)


def _previous(previous: PeriodSummary | None) -> Iterable[Count]:
    """Yield what stands beside this period's figures."""
    if previous is None or previous.counted is None:
        return
    counted, before = previous.counted, f"上期（{previous.period.label}）"
    yield Count(f"{before}：应报单位", previous.issued_agencies, counted.issued)
    returned = tuple(one for one in counted.issued if one not in counted.silent)
    yield Count(f"{before}：已报单位", previous.returned_agencies, returned)
    numbers = dict(previous.lights)
    everything = tuple(code for _, codes in counted.lights for code in codes)
    yield Count(f"{before}：任务总数", sum(numbers.values()), everything)
    for light, codes in counted.lights:
        yield Count(f"{before}：{light.label}", numbers.get(light, 0), codes)
    yield Count(f"{before}：已销号", previous.closed, counted.closed)


def _ranking(ranking: Mapping[str, Sequence[Ranked]]) -> Iterable[Count]:
    for members in ranking.values():
        for one in members:
            agency = one.standing.agency
            yield Count(f"{agency}：牵头任务", len(one.led), one.led)
            yield Count(f"{agency}：已报任务", len(one.reported), one.reported)
            yield Count(f"{agency}：报告完成", len(one.done), one.done)
            yield Count(f"{agency}：红灯", len(one.red), one.red)
            yield Count(f"{agency}：黄灯", len(one.yellow), one.yellow)


def _silent(ledger: PeriodLedger) -> Iterable[Count]:
    asked: dict[str, list[tuple[str, Role]]] = {one.agency: [] for one in ledger.missing}
    for standing in ledger.tasks if asked else ():
        for part in standing.assignments:
            if part.is_issued and part.agency in asked:
                asked[part.agency].append((standing.task.code, part.role))
    for one in ledger.missing:
        parts = asked[one.agency]
        yield Count(f"{one.agency}：未报的任务", one.tasks, tuple(code for code, _ in parts))
        led = tuple(code for code, role in parts if role is Role.LEAD)
        yield Count(f"{one.agency}：未报的牵头任务", one.lead_tasks, led)


def _doubts(ledger: PeriodLedger, fields: BulletinFields) -> Iterable[Count]:
    kinds: dict[str, list[str]] = {}
    for one in ledger.doubts:
        kinds.setdefault(one.kind.value, []).append(one.key)
    for kind, keys in kinds.items():
        yield Count(f"疑点：{kind}", sum(one.kind == kind for one in fields.doubts), tuple(keys))
