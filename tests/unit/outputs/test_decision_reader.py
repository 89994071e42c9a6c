from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.model.decisions import DecisionKind
from planbook.outputs.decision_reader import EnteredDecisions, has_decisions, read_decisions, without_decisions
from planbook.outputs.master_writer import write_master
from planbook.outputs.office_note_reader import read_office_notes
from tests.unit.outputs.sample_master import LEDGER, PERIOD
from tests.unit.outputs.sample_review import T1, T2
from tests.unit.outputs.workbooks import Clerk, edited, read

FIRST = write_master(LEDGER)


def entered(*, digest: str = "d", **cells: str) -> EnteredDecisions:
    def change(clerk: Clerk) -> None:
        for header, value in cells.items():
            clerk.put("任务台账", T1, header, value)

    return read_decisions(read(edited(FIRST, change)), PERIOD, "总台账.xlsx", digest)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("销号", DecisionKind.CLOSE), (" 同意 延期", DecisionKind.EXTEND), ("已退回", DecisionKind.RETURN)],
)
def test_a_decision_with_its_cell(text: str, kind: DecisionKind) -> None:
    found = entered(决定=text, 决定依据="属实", 核查人="张三", 佐证="单", 延期至="2024年9月底", 转办单位="省财政厅")
    (request,) = found.requests
    assert (request.task_code, request.kind, request.reason, request.checker, request.evidence) == (
        T1, kind, "属实", "张三", "单",
    )  # fmt: skip
    assert (request.to_date, request.to_agency, request.period) == (date(2024, 9, 30), "省财政厅", PERIOD)
    assert (request.location.file, request.location.sheet) == ("总台账.xlsx", "任务台账")
    assert request.location.cell
    assert found.findings == ()


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"决定": "办结"}, "decision_kind_unknown"),
        ({"决定": "销号、延期"}, "decision_kind_unknown"),
        ({"核查人": "张三"}, "decision_incomplete"),
        ({"决定": "延期", "延期至": "年底前后"}, "decision_day_unreadable"),
        ({"决定": "延期", "延期至": "2024-09-30", "延期申请日": "上周"}, "decision_day_unreadable"),
    ],
)
def test_what_makes_no_sense_is_a_finding_with_its_cell(cells: dict[str, str], code: str) -> None:
    found = entered(**cells)
    assert found.requests == ()
    assert [(one.code, one.location.sheet) for one in found.findings] == [(code, "任务台账")]
    assert found.findings[0].location.cell


def test_the_key_tells_entries_apart_and_survives_another_reading() -> None:
    (one,), (same,) = entered(决定="暂缓").requests, entered(决定="暂缓", digest="e", 领导批示="好").requests
    (other,) = entered(决定="暂缓", 决定依据="等").requests
    assert one.key == same.key
    assert one.key != other.key


def test_a_handing_over_holds_from_the_next_period() -> None:
    (request,) = entered(决定="转办", 转办单位="省财政厅").requests
    assert request.period is None


def test_what_is_taken_over_leaves_the_columns_and_nothing_else() -> None:
    def change(clerk: Clerk) -> None:
        for task in (T1, T2):
            clerk.put("任务台账", task, "决定", "暂缓")
            clerk.put("任务台账", task, "领导批示", "好")

    notes = read_office_notes(read(edited(FIRST, change)))
    kept = without_decisions(notes, frozenset({T1}))
    assert sorted((note.key.code, note.header) for note in kept.notes) == [
        (T1, "领导批示"), (T2, "决定"), (T2, "领导批示"),
    ]  # fmt: skip
    assert has_decisions(kept)
    assert not has_decisions(without_decisions(notes, frozenset({T1, T2})))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=4, max_size=4))
def test_hostile_text_is_text(texts: list[str]) -> None:
    kind, reason, day, agency = ("".join(char for char in text if char.isprintable()) or "x" for text in texts)
    found = entered(决定=kind, 决定依据=reason, 延期至=day, 转办单位=agency)
    assert len(found.requests) + len(found.findings) <= 1
