from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planbook.model.affiliations import affiliations_of, leaders_of
from planbook.model.agency import Agency, Directory
from planbook.model.agency_level import category_of
from planbook.model.errors import PlanbookError
from planbook.model.ledger import PeriodLedger
from planbook.model.slices import WHOLE, Scope, slice_ledger, summary_of
from tests.unit.outputs.sample_master import LEDGER as BARE
from tests.unit.outputs.sample_review import T1, T2, T3, T4

DIRECTORY = Directory(
    (
        Agency("省科技厅", leader="王副省长、李秘书长"),
        Agency("省财政厅", leader="赵副省长"),
        Agency("市科技局", leader="王副省长"),
        Agency("东湖县人民政府"),
        Agency("省统计局"),
    )
)
NAMES = [agency.name for agency in DIRECTORY.agencies]
LEDGER = replace(BARE, affiliations=affiliations_of(NAMES, DIRECTORY))


def codes(ledger: PeriodLedger) -> list[str]:
    return [one.task.code for one in ledger.tasks]


@pytest.mark.parametrize(
    ("scope", "tasks", "missing", "issued"),
    [
        (WHOLE, [T1, T2, T3, T4], 1, 4),
        (Scope(leader="王副省长"), [T1, T2, T4], 0, 1),
        (Scope(leader="赵副省长"), [T2], 0, 1),
        (Scope(section="保障"), [T3], 0, 0),
        (Scope(plan="p2"), [T4], 0, 0),
        (Scope(plan=BARE.plans[0].title), [T1, T2, T3], 1, 3),
        (Scope(agency="东湖县政府"), [T1], 1, 1),
        (Scope(category="省直单位"), [T1, T2], 0, 2),
        (Scope(category="市直单位"), [T4], 0, 0),
        (Scope(plan="P1", leader="王副省长"), [T1, T2], 0, 1),
    ],
)
def test_slices(scope: Scope, tasks: list[str], missing: int, issued: int) -> None:
    cut = slice_ledger(LEDGER, scope)
    assert (codes(cut), len(cut.missing), cut.issued_agencies) == (tasks, missing, issued)
    assert cut.issued_agencies == cut.returned_agencies + len(cut.missing)
    assert cut.scope == scope.label


@pytest.mark.parametrize(
    ("scope", "named"),
    [
        (Scope(leader="孙副省长"), "王副省长"),
        (Scope(plan="乡村振兴"), "P1"),
        (Scope(agency="省水利厅"), "省科技厅"),
        (Scope(category="街道"), "省直单位"),
        (Scope(section="没有的章节"), "没有的章节"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(scope: Scope, named: str) -> None:
    with pytest.raises(PlanbookError, match=named):
        slice_ledger(LEDGER, scope)


def test_a_word_that_fits_two_plans_is_refused() -> None:
    twins = tuple(replace(plan, title=f"行动计划{plan.sequence}") for plan in LEDGER.plans)
    with pytest.raises(PlanbookError, match=r"2 个方案.*P1.*P2"):
        slice_ledger(replace(LEDGER, plans=twins), Scope(plan="行动计划"))


def test_the_past_of_a_slice_is_cut_from_the_past() -> None:
    earlier = replace(LEDGER, tasks=LEDGER.tasks[:1])
    cut = slice_ledger(LEDGER, Scope(leader="王副省长"), (earlier,))
    assert [sum(count for _, count in one.lights) for one in cut.history] == [1, 3]
    assert cut.previous == cut.history[0]
    absent = slice_ledger(LEDGER, Scope(plan="P2"), (earlier,))
    assert [sum(count for _, count in one.lights) for one in absent.history] == [0, 1]


def test_summary_counts_tasks_once() -> None:
    summary = summary_of(replace(LEDGER, tasks=(replace(LEDGER.tasks[0], completion_percent=Decimal(40)),)))
    assert (dict(summary.lights)["green"], summary.completion_percent) == (1, Decimal("40.0"))  # type: ignore[index]


def test_agencies_count_within_the_slice() -> None:
    missing = replace(BARE.missing[0], tasks=9, lead_tasks=9, due_on=date(2024, 3, 28))
    cut = slice_ledger(replace(LEDGER, missing=(missing,)), Scope(plan="P1"))
    assert [(one.tasks, one.lead_tasks) for one in cut.missing] == [(1, 0)]


@pytest.mark.parametrize(
    ("text", "leaders"),
    [("王副省长、李秘书长", ("王副省长", "李秘书长")), ("王 五；李四/王 五", ("王 五", "李四")), ("", ())],
)
def test_leaders_of_a_cell(text: str, leaders: tuple[str, ...]) -> None:
    assert leaders_of(Agency("省科技厅", leader=text)) == leaders


@pytest.mark.parametrize(
    ("name", "level", "category"),
    [
        ("省科技厅", "", "省直单位"),
        ("武汉市人民政府", "市", "市州"),
        ("市科技局", "", "市直单位"),
        ("东湖县人民政府", "", "县市区"),
        ("东湖高新区管委会", "", "园区"),
        ("长江产业集团", "", "其他单位"),
        ("长江产业集团", "省属企业", "省属企业"),
    ],
)
def test_categories(name: str, level: str, category: str) -> None:
    assert category_of(name, level) == category
