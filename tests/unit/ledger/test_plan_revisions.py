import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Table, inspect, select

from planbook.ledger.connection import connect
from planbook.ledger.migration import HEAD, upgrade
from planbook.ledger.records import AddedPlan
from planbook.ledger.schema import indicator_version, plan_version, task_version
from planbook.ledger.store import Ledger, open_ledger
from planbook.model.codes import CodeKind, make_code
from planbook.model.errors import PlanbookError
from planbook.model.plan import Plan
from tests.unit.ledger import builders
from tests.unit.ledger.builders import FINANCE, SCIENCE


def _plan(*titles: str, leads: Sequence[str] = (SCIENCE,), target: str = "1.20") -> Plan:
    """A plan with a task a title, and an indicator of the first task."""
    plan = builders.plan(tasks=0)
    tasks = tuple(replace(builders.plan_task(title), lead_agencies=tuple(leads)) for title in titles)
    return replace(plan, tasks=tasks, indicators=(replace(plan.indicators[0], value=Decimal(target)),))


def _add(ledger: Ledger, plan: Plan) -> AddedPlan:
    return ledger.plans.add(
        builders.run("import"), plan, file_name="一.docx", file_sha256=builders.digest("一"), imported_at=builders.at(1)
    )


def _revise(ledger: Ledger, plan: Plan, file: str = "二", sequence: int = 1) -> AddedPlan:
    return ledger.plans.revise(
        builders.run("import"),
        sequence,
        plan,
        file_name=f"{file}.docx",
        file_sha256=builders.digest(file),
        imported_at=builders.at(2),
    )


def _code(place: int) -> str:
    return make_code(CodeKind.TASK, 1, place)


def _titles(ledger: Ledger) -> dict[str, str]:
    return {task.code: task.title for task in ledger.plans.tasks()}


def _rows(ledger: Ledger, table: Table, *columns: str) -> list[tuple[object, ...]]:
    query = select(*(table.c[name] for name in columns)).order_by(*table.primary_key)
    with ledger._database.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_codes_stay_new_ones_follow_and_none_is_given_twice(ledger: Ledger) -> None:
    _add(ledger, _plan("甲项工作", "乙项工作"))
    revised = _revise(ledger, _plan("乙项工作", "建设云岭"))
    assert (revised.version, revised.is_new) == (2, True)
    assert _titles(ledger) == {_code(2): "乙项工作", _code(3): "建设云岭"}
    assert [(change.key, change.field) for change in revised.changes if change.subject == "任务"] == [
        (_code(3), "新增"),
        (_code(1), "删除"),
    ]
    _revise(ledger, _plan("乙项工作", "开展科普"), "三")
    assert _titles(ledger) == {_code(2): "乙项工作", _code(4): "开展科普"}
    assert {task.code for task in ledger.plans.tasks(include_retired=True)} == {_code(place) for place in (1, 2, 3, 4)}


def test_old_target_stays_in_the_history(ledger: Ledger) -> None:
    _add(ledger, _plan("甲项工作"))
    revised = _revise(ledger, _plan("甲项工作", target="1.5"))
    assert [str(change) for change in revised.changes] == [
        f"指标 {revised.indicators[0].code} 目标值：≥1.20万亿元 → ≥1.5万亿元"
    ]
    assert _rows(ledger, indicator_version, "version", "value") == [(1, Decimal("1.20")), (2, Decimal("1.5"))]
    assert _rows(ledger, plan_version, "version", "file_name") == [(1, "一.docx"), (2, "二.docx")]


def test_indicator_of_a_new_task_gets_its_real_code(ledger: Ledger) -> None:
    _add(ledger, _plan("甲项工作"))
    revised = _revise(ledger, _plan("建设云岭", "甲项工作"))
    (one,) = revised.indicators
    assert one.task_code == _code(2)
    assert (one.code, "任务编号", _code(1), _code(2)) in [
        (change.key, change.field, change.before, change.after) for change in revised.changes
    ]


def test_the_file_in_force_again_changes_nothing(ledger: Ledger) -> None:
    _add(ledger, _plan("甲项工作"))
    assert not _revise(ledger, _plan("甲项工作"), "一").is_new
    _revise(ledger, _plan("乙项工作"))
    before = _rows(ledger, task_version, "code", "version")
    again = _revise(ledger, _plan("乙项工作"))
    assert (again.is_new, again.version, again.changes) == (False, 2, ())
    assert _rows(ledger, task_version, "code", "version") == before


def test_every_document_is_the_measure_for_the_next(ledger: Ledger) -> None:
    (task,) = _add(ledger, _plan("甲项工作")).tasks
    _revise(ledger, _plan("甲项工作", leads=["市教育局"]), "二")
    assert ledger.plans.tasks()[0].lead_agencies == ("市教育局",)
    edited = replace(ledger.plans.tasks()[0], lead_agencies=(FINANCE,), supporting_agencies=(), is_confirmed=True)
    ledger.reviews.apply(builders.run("confirm"), builders.review(updated=[edited]))
    same = _revise(ledger, _plan("甲项工作", leads=["市教育局"], target="9"), "三")
    assert (ledger.plans.tasks()[0].lead_agencies, same.findings) == ((FINANCE,), ())
    other = _revise(ledger, _plan("甲项工作", leads=["市商务局"], target="9"), "四")
    assert ledger.plans.tasks()[0].lead_agencies == (FINANCE,)
    assert {finding.code for finding in other.findings} == {"revised_field_kept"}
    assert (1, other.findings[0]) in ledger.plans.findings()
    assert [known.said.lead_agencies for known in ledger.plans.edition(1).tasks] == [("市商务局",)]
    assert ledger.plans.tasks()[0].code == task.code


def test_what_the_office_deleted_stays_deleted_through_every_document(ledger: Ledger) -> None:
    _, second = _add(ledger, _plan("甲项工作", "乙项工作")).tasks
    ledger.reviews.apply(builders.run("confirm"), builders.review(retired=[second.code]))
    for file in ("二", "三"):
        _revise(ledger, _plan("甲项工作", "乙项工作", target=str(len(file))), file)
        assert _titles(ledger) == {_code(1): "甲项工作"}


def test_what_a_document_dropped_comes_back_with_a_later_one(ledger: Ledger) -> None:
    _add(ledger, _plan("甲项工作", "建设云岭"))
    _revise(ledger, _plan("甲项工作"), "二")
    _revise(ledger, _plan("甲项工作", "建设云岭"), "三")
    assert _titles(ledger) == {_code(1): "甲项工作", _code(2): "建设云岭"}


def test_revision_that_cannot_be_written_leaves_nothing(ledger: Ledger) -> None:
    _add(ledger, _plan("甲项工作"))
    with pytest.raises(PlanbookError, match="9999"):
        _revise(ledger, _plan("甲项工作", *(f"任务{number}" for number in range(9_999))))
    assert _rows(ledger, plan_version, "version") == [(1,)]
    assert _titles(ledger) == {_code(1): "甲项工作"}


def test_unknown_plan(ledger: Ledger) -> None:
    with pytest.raises(PlanbookError, match="P7"):
        _revise(ledger, _plan("甲项工作"), sequence=7)


def test_plan_of_a_file(ledger: Ledger) -> None:
    _add(ledger, _plan("甲项工作"))
    _revise(ledger, _plan("甲项工作", target="2"))
    found = [ledger.plans.of_file(builders.digest(file)) for file in ("一", "二", "三")]
    assert [one and one.file_name for one in found] == ["二.docx", "二.docx", None]


def _as_first_made(path: Path, old: Path) -> None:
    """Write the ledger at `path` as the very first planbook would have it: its tables and columns alone."""
    database = connect(old, create=True, wait_s=1)
    with database.writing() as connection:
        upgrade(connection, "0001")
        columns = {
            name: [column["name"] for column in inspect(connection).get_columns(name)]
            for name in inspect(connection).get_table_names()
            if name != "alembic_version"
        }
    database.close()
    with closing(sqlite3.connect(old)) as copy:
        copy.execute("ATTACH DATABASE ? AS new", (str(path),))
        for table, names in columns.items():
            kept = ", ".join(f'"{name}"' for name in names)
            copy.execute(f'INSERT INTO main."{table}" ({kept}) SELECT {kept} FROM new."{table}"')  # noqa: S608 - our own names
        copy.commit()


def test_ledger_from_before_there_were_revisions(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    _add(ledger, _plan("甲项工作"))
    ledger.close()
    old = tmp_path / "old.db"
    _as_first_made(path, old)
    with open_ledger(old) as upgraded:
        _revise(upgraded, _plan("甲项工作", target="2"))
        assert _titles(upgraded) == {_code(1): "甲项工作"}
        assert upgraded.check_integrity() == ()
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
