"""The bulletin's figures: they add up or nothing is written, and each names what was counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document

from planbook.model.decisions import Closure, ClosureState
from planbook.model.doubts import Doubt, DoubtKind
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.ledger import AgencyStanding, Counted, PeriodLedger, PeriodSummary
from planbook.model.lights import Light
from planbook.model.period import Period
from planbook.model.publication import publish
from planbook.model.scores import AgencyScore
from planbook.outputs.documents.bulletin import Bulletin, BulletinDays, compose_bulletin
from planbook.outputs.documents.rendering import render_document
from planbook.outputs.documents.standard_templates import Template, write_standard_template
from tests.support.validity import assert_valid_office_file
from tests.unit.outputs.sample_master import LEDGER
from tests.unit.outputs.sample_review import T1, T2, T3

DAYS = BulletinDays(date(2024, 4, 8), date(2024, 4, 15), date(2024, 7, 10))
BEFORE = PeriodSummary(
    Period.parse("2023Q4"), 4, 4, ((Light.RED, 2), (Light.YELLOW, 0), (Light.GREEN, 1)), 0, Decimal(20)
)
DOUBT = Doubt(DoubtKind.CLAIM, LEDGER.tasks[0].task.code, "建设省实验室", ("省科技厅",), Finding.of("row_duplicated"))


def standing(agency: str, category: str, rank: int, total: str) -> AgencyStanding:
    return AgencyStanding(
        agency, category, 2, 1, None, None, None, 1, 0, 0, ((Light.RED, 1),), Decimal("70.0"),
        AgencyScore((), Decimal(total), rank, 2),
    )  # fmt: skip


def composed(ledger: PeriodLedger = LEDGER) -> Bulletin:
    return compose_bulletin(ledger, DAYS)


def test_lights_and_groups_sum_to_the_tasks() -> None:
    fields = composed().fields
    lights = fields.lights
    assert (lights.total, lights.green, lights.red, lights.grey) == (4, 1, 1, 2)
    assert [(one.title, one.lights.total) for one in fields.groups] == [
        ("云川省科技创新行动计划（2023—2025年）", 3),
        ("青城市实施方案", 1),
    ]
    assert (fields.returns.issued, fields.returns.returned, fields.returns.share) == (4, 3, "75.0%")
    assert (fields.indicators.total, fields.indicators.reached, fields.indicators.below) == (3, 1, 1)


def test_every_count_names_what_was_counted() -> None:
    counts = {one.name: one for one in composed().counts}
    assert counts["红灯"].counted == (LEDGER.tasks[1].task.code,)
    assert counts["未报单位"].counted == ("东湖县人民政府",)
    fields = composed().fields
    stated = {
        "任务总数": fields.lights.total, "绿灯": fields.lights.green, "灰灯": fields.lights.grey,
        "超过完成时限": len(fields.overdue), "指标已达标": fields.indicators.reached,
    }  # fmt: skip
    assert {name: counts[name].number for name in stated} == stated


def numbers_in(value: object, path: str = "") -> Iterator[tuple[str, int]]:
    """Yield every whole number that a template may name, with its path."""
    if isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from numbers_in(one, f"{path}[{place}]")
    elif is_dataclass(value):
        for one in dataclass_fields(value):
            yield from numbers_in(getattr(value, one.name), f"{path}.{one.name}")
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path.lstrip("."), value


def test_no_number_of_the_bulletin_is_without_its_count() -> None:
    agencies = (standing("省科技厅", "省直单位", 1, "88"), standing("省财政厅", "省直单位", 2, "60"))
    counted = Counted(("省科技厅", "省财政厅"), ("省财政厅",), ((Light.RED, (T1,)), (Light.GREEN, (T2, T3))), (T2,))
    before = PeriodSummary(Period.parse("2023Q4"), 2, 1, ((Light.RED, 1), (Light.GREEN, 2)), 1, None, counted)
    bulletin = composed(replace(LEDGER, agencies=agencies, previous=before, doubts=(DOUBT, DOUBT)))
    stated = Counter(number for path, number in numbers_in(bulletin.fields) if not path.endswith("days_late"))
    traced = Counter(one.number for one in bulletin.counts)
    assert not stated - traced
    assert all(one.number == len(one.counted) for one in bulletin.counts)
    counts = {one.name: one.counted for one in bulletin.counts}
    assert len(counts) == len(bulletin.counts)
    assert counts["应报单位"] == LEDGER.issued_to
    assert counts["已报单位"] == LEDGER.issued_to[:3]
    assert counts["省科技厅：牵头任务"] == (T1, T2)
    assert counts["省科技厅：报告完成"] == (T2,)
    assert counts["省财政厅：红灯"] == (T2,)
    assert counts["东湖县人民政府：未报的任务"] == (T1,)
    last = "上期（2023年第四季度）："
    assert counts[f"{last}已报单位"] == ("省科技厅",)
    assert counts[f"{last}绿灯"] == (T2, T3)
    assert counts[f"{last}已销号"] == (T2,)
    assert counts[f"疑点：{DOUBT.kind.value}"] == (DOUBT.key, DOUBT.key)
    rows = {one.title: one.before for one in bulletin.fields.comparison}
    assert (rows["应报单位（个）"], rows["已报单位（个）"], rows["任务（项）"], rows["绿灯（项）"]) == (
        "2",
        "1",
        "3",
        "2",
    )


@pytest.mark.parametrize(
    "ledger",
    [
        replace(LEDGER, returned_agencies=4),
        replace(LEDGER, issued_to=LEDGER.issued_to[1:]),
        replace(LEDGER, missing=(replace(LEDGER.missing[0], tasks=2),)),
        replace(LEDGER, indicators=(*LEDGER.indicators, LEDGER.indicators[0])),
        replace(LEDGER, plans=LEDGER.plans[:1]),
        replace(LEDGER, tasks=(*LEDGER.tasks, LEDGER.tasks[0])),
    ],
)
def test_figures_that_do_not_add_up_are_refused(ledger: PeriodLedger) -> None:
    with pytest.raises(PlanbookError, match="数字对不上"):
        composed(ledger)


def test_last_period_stands_beside_this_one() -> None:
    fields = composed(replace(LEDGER, previous=BEFORE)).fields
    assert fields.changes == "红灯减少1项、灰灯增加2项"
    rows = {one.title: (one.now, one.before, one.change) for one in fields.comparison}
    assert rows["红灯（项）"] == ("1", "2", "-1")
    assert rows["灰灯（项）"] == ("2", "0", "+2")
    assert rows["已报单位（个）"] == ("3", "4", "-1")
    assert rows["绿灯（项）"] == ("1", "1", "持平")
    assert composed().fields.comparison == ()


def test_agencies_are_ranked_within_their_category() -> None:
    ledger = replace(
        LEDGER,
        agencies=(
            standing("省财政厅", "省直单位", 2, "61.50"),
            standing("省科技厅", "省直单位", 1, "88.00"),
            replace(standing("市科技局", "市州", 1, "70"), score=None),
        ),
    )
    ranking = composed(ledger).fields.categories
    assert [(one.title, [(rank.place, rank.agency, rank.score) for rank in one.ranks]) for one in ranking] == [
        ("省直单位", [("1", "省科技厅", "88"), ("2", "省财政厅", "61.5")]),
        ("市州", [("—", "市科技局", "—")]),
    ]
    assert (ranking[0].ranks[0].tasks, ranking[0].ranks[0].done) == (2, 1)


def test_overdue_leaves_out_what_is_settled() -> None:
    late = replace(LEDGER.tasks[1], days_left=-3)
    for state, number in ((ClosureState.OPEN, 1), (ClosureState.CLAIMED, 0), (ClosureState.CLOSED, 0)):
        tasks = (LEDGER.tasks[0], replace(late, closure=Closure(state)), *LEDGER.tasks[2:])
        assert len(composed(replace(LEDGER, tasks=tasks)).fields.overdue) == number


def test_the_public_version_leaves_out_problems_and_doubts() -> None:
    ledger = replace(LEDGER, doubts=(DOUBT,))
    inside, outside = composed(ledger).fields, composed(publish(ledger)).fields
    assert inside.problems
    assert inside.doubts
    assert (outside.problems, outside.doubts) == ((), ())
    assert "单位反映的困难和问题" not in [one.title for one in outside.annexes]
    assert outside.is_public


@pytest.mark.parametrize("number", [0, 1, 3])
def test_annexes_are_numbered_only_where_there_are_several(number: int) -> None:
    ledger = replace(LEDGER, tasks=LEDGER.tasks[2:], missing=(), issued_agencies=3, issued_to=LEDGER.issued_to[:3])
    if number:
        silent = tuple(replace(one, tasks=0) for one in LEDGER.missing)
        ledger = replace(ledger, missing=silent, issued_agencies=4, issued_to=LEDGER.issued_to)
    if number == 3:
        ledger = replace(ledger, tasks=LEDGER.tasks, missing=LEDGER.missing)
    fields = composed(ledger).fields
    marks = [
        mark for mark in (fields.annex_marks.tasks, fields.annex_marks.silent, fields.annex_marks.problems) if mark
    ]
    assert marks == {0: [], 1: ["附件"], 3: ["附件1", "附件2", "附件3"]}[number]
    assert [one.number for one in fields.annexes] == {0: [], 1: [""], 3: ["1.", "2.", "3."]}[number]


@pytest.mark.validator
def test_it_becomes_a_valid_document_with_pictures_that_are_described() -> None:
    fields = composed(replace(LEDGER, previous=BEFORE, history=(BEFORE, replace(BEFORE, period=LEDGER.period)))).fields
    document = render_document(write_standard_template(Template.BULLETIN), fields, Template.BULLETIN)
    assert_valid_office_file(document, ".docx")
    drawn = Document(BytesIO(document)).element.xpath("//wp:docPr/@descr")
    assert len(drawn) == 1
    assert all("红灯1项" in words for words in drawn)


def test_without_a_chinese_font_there_are_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.outputs.documents.charts.chinese_font", lambda: None)
    fields = composed().fields
    assert (fields.pictures.lights, fields.pictures.groups, fields.pictures.trend) == (None, None, None)
    render_document(write_standard_template(Template.BULLETIN), fields, Template.BULLETIN)
