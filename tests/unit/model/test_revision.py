from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from planbook.model.codes import CodeKind, make_code
from planbook.model.edition import Known, PlanEdition, indicators_as_read, tasks_as_read
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.plan import Indicator, LeadBasis, Operator, Plan, PlanTask, SourcePosition, TaskKind
from planbook.model.revision import PlanRevision, has_tasks_in_common, revise_plan

LABORATORY = "聚焦新材料领域，建设实验室，组建高水平科研团队，开展联合攻关。"
MARKET = "完善技术交易服务体系，健全激励机制，技术合同成交额达到120亿元。"
FUND = "发挥财政资金引导作用，设立规模10亿元的成果转化基金。"
POPULAR = "每年举办科技活动周，提升公民科学素质。"
OLD = [
    ("1", "建设云岭实验室", LABORATORY, "科技局"),
    ("2", "建设技术交易市场", MARKET, "科技局"),
    ("3", "设立成果转化基金", FUND, "财政局"),
]

Row = tuple[str, str, str, str]
Edit = Callable[[LedgerTask], LedgerTask]


def _task(row: Row, line: int) -> PlanTask:
    number, title, body, lead = row
    return PlanTask(
        ("二、重点任务",), number, title, body, (lead,), (), LeadBasis.EXPLICIT, None, TaskKind.TASK, None, False,
        SourcePosition(line),
    )  # fmt: skip


def _indicator(name: str, value: str, unit: str = "亿元", task: int | None = None, by: str | None = None) -> Indicator:
    return Indicator(name, Operator.AT_LEAST, Decimal(value), None, unit, by, f"{name}{value}{unit}", task)


def _plan(rows: Sequence[Row], indicators: Sequence[Indicator] = (), classification: str | None = None) -> Plan:
    tasks = tuple(_task(row, line) for line, row in enumerate(rows, start=1))
    return Plan("行动计划", None, None, None, None, classification, tasks, tuple(indicators), ())


def _edition(
    rows: Sequence[Row] = OLD,
    indicators: Sequence[Indicator] = (),
    *,
    edits: dict[str, Edit] | None = None,
    deleted: Sequence[str] = (),
    added: Sequence[Row] = (),
    classification: str | None = None,
) -> PlanEdition:
    """An imported plan, reviewed: some tasks edited, deleted or added by the office, by title."""
    plan = _plan(rows, indicators, classification)
    read = [
        replace(task, code=make_code(CodeKind.TASK, 1, place))
        for place, task in enumerate(tasks_as_read(plan, 1), start=1)
    ]
    edits = edits or {}
    known = [
        Known(edits[task.title](task) if task.title in edits else task, task, task.title in deleted) for task in read
    ]
    for place, row in enumerate(added, start=len(read) + 1):
        (task,) = tasks_as_read(_plan([row]), 1)
        code = make_code(CodeKind.TASK, 1, place)
        known.append(Known(replace(task, code=code, order=place, is_confirmed=True), None, is_retired=False))
    values = [
        Known(
            replace(one, code=make_code(CodeKind.INDICATOR, 1, place)),
            replace(one, code=make_code(CodeKind.INDICATOR, 1, place)),
            is_retired=False,
        )
        for place, one in enumerate(indicators_as_read(plan, 1, [task.code for task in read]), start=1)
    ]
    facts = LedgerPlan(1, "行动计划", None, None, None, None, classification, "旧.txt", "00")
    return PlanEdition(facts, 1, tuple(known), tuple(values))


def _code(place: int) -> str:
    return make_code(CodeKind.TASK, 1, place)


def _standing(revision: PlanRevision) -> list[tuple[str, str]]:
    """What stands after the revision, in order: code and title."""
    tasks = [*revision.tasks.kept.values(), *revision.tasks.added]
    return [(task.code, task.title) for task in sorted(tasks, key=lambda task: task.order)]


def _said(revision: PlanRevision) -> list[tuple[str, str | None]]:
    return [(finding.code, dict(finding.values).get("code")) for finding in revision.findings]


def _shown(revision: PlanRevision) -> list[tuple[str, str, str, str]]:
    return [(change.key, change.field, change.before, change.after) for change in revision.changes]


def test_the_same_tasks_elsewhere_are_no_change() -> None:
    revision = revise_plan(
        _edition(), _plan([(number, title, f" {body}\n", lead) for number, title, body, lead in OLD])
    )
    assert revision.changes == ()
    assert revision.findings == ()
    assert [task.code for task in revision.tasks.kept.values()] == [_code(1), _code(2), _code(3)]
    assert not revision.tasks.added
    assert not revision.tasks.retired


def test_a_task_comes_a_task_goes_and_the_others_keep_their_codes() -> None:
    new = [OLD[0], ("2", "开展科普宣传", POPULAR, "科协"), ("3", *OLD[1][1:])]
    revision = revise_plan(_edition(), _plan(new))
    assert _standing(revision) == [
        (_code(1), "建设云岭实验室"),
        ("新2", "开展科普宣传"),
        (_code(2), "建设技术交易市场"),
    ]
    assert revision.tasks.retired == [_code(3)]
    assert _shown(revision) == [
        ("新2", "新增", "", "开展科普宣传"),
        (_code(2), "原文序号", "2", "3"),
        (_code(3), "删除", "设立成果转化基金", ""),
    ]
    assert revision.findings == ()


@pytest.mark.parametrize(
    ("row", "is_sure"),
    [
        (("9", "建设技术交易市场", POPULAR, "科技局"), True),  # by title
        (("9", "打造要素大市场", MARKET, "科技局"), True),  # by body
        (("9", "加快建设技术交易市场", MARKET.replace("120", "150"), "科技局"), False),  # by likeness
        (("9", "开展科普宣传", POPULAR, "科协"), None),
        (("9", "建设农产品交易市场", "完善农村物流设施，健全冷链，建设集散中心3个。", "商务局"), None),
    ],
)
def test_a_task_is_found_again_by_its_words(row: Row, is_sure: bool | None) -> None:
    revision = revise_plan(_edition(), _plan([OLD[0], row, OLD[2]]))
    is_found = _standing(revision)[1][0] == _code(2)
    assert is_found is (is_sure is not None)
    expected = [("revised_matched_by_likeness", _code(2))] if is_sure is False else []
    assert _said(revision) == expected


def test_two_tasks_of_one_title_are_told_apart_by_their_text() -> None:
    rows = [("1", "加强保障", LABORATORY, "科技局"), ("1", "加强保障", POPULAR, "科协")]
    revision = revise_plan(_edition(rows), _plan(rows[::-1]))
    assert [task.body for task in revision.tasks.kept.values()] == [POPULAR, LABORATORY]
    assert [*revision.tasks.kept] == [_code(2), _code(1)]


def _led_by(name: str) -> Edit:
    return lambda task: replace(task, lead_agencies=(name,), is_confirmed=True)


@pytest.mark.parametrize(
    ("office", "document", "stands", "is_said"),
    [
        ("科技局", "科技局", "科技局", False),
        ("财政局", "科技局", "财政局", False),  # the document says what it said: the office's word stands
        ("科技局", "教育局", "教育局", False),  # merely confirmed: the document's change is taken
        ("财政局", "教育局", "财政局", True),  # both changed it: the office's stands, both are named
        ("财政局", "财政局", "财政局", False),
    ],
)
def test_the_office_against_the_document(office: str, document: str, stands: str, is_said: bool) -> None:
    edition = _edition(edits={"建设云岭实验室": _led_by(office)})
    revision = revise_plan(edition, _plan([("1", "建设云岭实验室", LABORATORY, document), *OLD[1:]]))
    task = revision.tasks.kept[_code(1)]
    assert task.lead_agencies == (stands,)
    assert _said(revision) == ([("revised_field_kept", _code(1))] if is_said else [])
    if is_said:
        named = dict(revision.findings[0].values)
        assert (named["kept"], named["said"]) == (office, document)
    assert task.is_confirmed is not (office != stands)  # what the document changed waits for the next review
    assert revision.tasks.readings[0].lead_agencies == (document,)


def test_what_the_office_added_and_deleted_stays_so() -> None:
    added = [("", "办公室自定事项", POPULAR, "科协")]
    edition = _edition(deleted=["建设技术交易市场"], added=added)
    revision = revise_plan(edition, _plan([OLD[0], OLD[1], ("3", "设立成果转化基金", FUND, "金融局")]))
    assert _standing(revision) == [
        (_code(1), "建设云岭实验室"),
        (_code(3), "设立成果转化基金"),
        (_code(4), "办公室自定事项"),
    ]
    assert _said(revision) == [("revised_office_item_kept", _code(4))]
    changed = revise_plan(edition, _plan([OLD[0], ("2", "建设技术交易市场", MARKET, "商务局"), OLD[2]]))
    assert ("revised_item_deleted", _code(2)) in _said(changed)
    assert _code(2) not in dict(_standing(changed))


def test_an_edited_task_that_the_document_drops_is_named() -> None:
    revision = revise_plan(_edition(edits={"建设云岭实验室": _led_by("财政局")}), _plan(OLD[1:]))
    assert revision.tasks.retired == [_code(1)]
    assert _said(revision) == [("revised_edited_item_removed", _code(1))]


def test_a_task_of_an_earlier_document_comes_back_under_its_code() -> None:
    edition = _edition()
    withdrawn = replace(edition.tasks[2], reading=None, is_retired=True)
    edition = replace(edition, tasks=(*edition.tasks[:2], withdrawn))
    revision = revise_plan(edition, _plan(OLD))
    assert _shown(revision) == [(_code(3), "恢复", "已删除", "设立成果转化基金")]
    assert _code(3) in revision.tasks.kept


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (_indicator("技术合同成交额", "120"), _indicator("技术合同成交额", "150"), ("目标值", "≥120亿元", "≥150亿元")),
        (_indicator("成交额", "1.2", by="2024"), _indicator("成交额", "1.2", by="2025"), ("完成时限", "2024", "2025")),
        (_indicator("成交额", "120"), _indicator("成交额", "0.012", "万亿元"), ("目标值", "≥120亿元", "≥0.012万亿元")),
        (_indicator("高企数", "0", "家"), _indicator("高企数", "0", "家"), None),
    ],
)
def test_a_target_that_changed_shows_the_old_value(
    old: Indicator, new: Indicator, shown: tuple[str, str, str] | None
) -> None:
    revision = revise_plan(_edition(indicators=[old]), _plan(OLD, [new]))
    code = make_code(CodeKind.INDICATOR, 1, 1)
    assert _shown(revision) == ([(code, *shown)] if shown else [])
    assert [(one.value, one.unit, one.by) for one in revision.indicators.kept.values()] == [
        (new.value, new.unit, new.by)
    ]


def test_targets_of_two_years_stay_apart_and_go_with_their_task() -> None:
    old = [_indicator("成交额", value, task=1, by=year) for value, year in (("100", "2024"), ("120", "2025"))]
    new = [replace(one, value=one.value + 5, task=1) for one in reversed(old)]
    revision = revise_plan(_edition(indicators=old), _plan(OLD, new))
    assert sorted(f"{one.by} {one.value}" for one in revision.indicators.kept.values()) == ["2024 105", "2025 125"]
    gone = revise_plan(_edition(indicators=old), _plan([OLD[0], OLD[2]]))
    assert gone.indicators.retired == [make_code(CodeKind.INDICATOR, 1, place) for place in (1, 2)]


def test_a_new_indicator_of_a_task_that_the_office_deleted_is_left_out_and_named() -> None:
    edition = _edition(deleted=["建设技术交易市场"])
    revision = revise_plan(edition, _plan(OLD, [_indicator("成交额", "5", task=1)]))
    assert not revision.indicators.added
    assert [finding.code for finding in revision.findings] == ["revised_indicator_left_out"]


def test_an_indicator_of_a_new_task_follows_it() -> None:
    new = [*OLD, ("4", "开展科普宣传", POPULAR, "科协")]
    revision = revise_plan(_edition(), _plan(new, [_indicator("场次", "5", "场", task=3)]))
    (added,) = revision.indicators.added
    assert added.task_code == revision.tasks.added[0].code == "新4"


def test_an_indicator_that_the_office_moved_does_not_lose_its_home() -> None:
    edition = _edition(indicators=[_indicator("成交额", "5", task=1)])
    (known,) = edition.indicators

    def moved(one: LedgerIndicator) -> LedgerIndicator:
        return replace(one, task_code=_code(3))

    edition = replace(edition, indicators=(replace(known, now=moved(known.now)),))
    kept = revise_plan(edition, _plan(OLD, [_indicator("成交额", "5", task=1)]))
    assert kept.indicators.kept[known.now.code].task_code == _code(3)
    back = revise_plan(edition, _plan(OLD[:2], [_indicator("成交额", "5", task=1)]))
    assert back.indicators.kept[known.now.code].task_code == _code(2)


def test_another_plan_of_the_same_title_has_nothing_in_common() -> None:
    other = [
        ("1", "推广保护性耕作", "推广面积20万亩，建设示范区。", "农业局"),
        ("2", "修建水利设施", "新修水渠。", "水利局"),
    ]
    assert not has_tasks_in_common(_edition(), _plan(other))
    assert has_tasks_in_common(_edition(), _plan([other[0], OLD[2]]))
    revision = revise_plan(_edition(), _plan(other))
    assert [code for code, _ in _said(revision)] == ["revised_mostly_removed", "revised_nothing_in_common"]


def test_safeguards_in_common_do_not_make_an_edition() -> None:
    def with_safeguard(rows: Sequence[Row]) -> Plan:
        plan = _plan([*rows, ("3", "加强组织领导", "各部门要高度重视，压实责任，确保落实。", "各部门")])
        return replace(plan, tasks=(*plan.tasks[:-1], replace(plan.tasks[-1], kind=TaskKind.SAFEGUARD)))

    edition = _edition(OLD[:2])
    (safeguard,) = tasks_as_read(with_safeguard([]), 1)
    known = Known(replace(safeguard, code=_code(3)), replace(safeguard, code=_code(3)), is_retired=False)
    edition = replace(edition, tasks=(*edition.tasks, known))
    other = [
        ("1", "推广保护性耕作", "推广面积20万亩，建设示范区。", "农业局"),
        ("2", "修建水利设施", "新修水渠。", "水利局"),
    ]
    assert not has_tasks_in_common(edition, with_safeguard(other))


def test_a_lost_secrecy_mark_is_named() -> None:
    revision = revise_plan(_edition(classification="内部"), _plan(OLD))
    assert [code for code, _ in _said(revision)] == ["revised_declassified"]
    assert _shown(revision) == [("P1", "密级", "内部", "")]


def test_a_thousand_rewritten_tasks_are_not_compared_one_by_one() -> None:
    def rows(word: str) -> list[Row]:
        return [(str(n), f"{word}{n}", f"{word}第{n}项工作，按期完成。", "科技局") for n in range(1000)]

    revision = revise_plan(_edition(rows("甲")), _plan(rows("乙")))
    assert ("revised_likeness_not_tried", None) in _said(revision)
    assert len(revision.tasks.added) == len(revision.tasks.retired) == 1000
