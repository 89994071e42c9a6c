from dataclasses import replace

import pytest

from planbook.model.errors import PlanbookError
from planbook.model.figures import NO_LEAD, count_figures, refuse_unless_reconciled
from planbook.model.lights import Light
from tests.unit.model.test_slices import LEDGER
from tests.unit.outputs.sample_review import T1, T2, T3, T4


def test_every_count_leads_back_to_its_tasks() -> None:
    figures = count_figures(LEDGER)
    assert figures.whole.codes == {Light.GREEN: (T1,), Light.RED: (T2,), Light.GREY: (T3, T4)}
    assert {group.title: group.tasks for group in figures.by_category} == {
        "省直单位": (T1, T2), NO_LEAD: (T3,), "市直单位": (T4,),
    }  # fmt: skip
    assert [(group.title, group.total) for group in figures.by_lead] == [("省科技厅", 2), (NO_LEAD, 1), ("市科技局", 1)]
    assert figures.overdue == (T2,)
    assert figures.silent == ("东湖县人民政府",)


def test_every_division_holds_every_task_once() -> None:
    figures = count_figures(LEDGER)
    for groups in (figures.by_plan, figures.by_section, figures.by_category, figures.by_lead, (figures.whole,)):
        assert sorted(code for group in groups for code in group.tasks) == sorted([T1, T2, T3, T4])


def test_figures_that_do_not_add_up_are_refused() -> None:
    figures = count_figures(LEDGER)
    with pytest.raises(PlanbookError, match="类别"):
        refuse_unless_reconciled(replace(figures, by_category=figures.by_category[1:]), LEDGER)
    with pytest.raises(PlanbookError, match="应报"):
        count_figures(replace(LEDGER, issued_agencies=9))
    with pytest.raises(PlanbookError, match="重复"):
        count_figures(replace(LEDGER, tasks=(*LEDGER.tasks, LEDGER.tasks[0])))
    with pytest.raises(PlanbookError, match="指标编号重复"):
        count_figures(replace(LEDGER, indicators=(*LEDGER.indicators, LEDGER.indicators[0])))
    with pytest.raises(PlanbookError, match="方案P2"):
        count_figures(replace(LEDGER, plans=LEDGER.plans[:1]))
