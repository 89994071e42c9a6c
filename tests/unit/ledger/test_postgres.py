"""The ledger on a real PostgreSQL server: it answers as SQLite does, moves over and back, and says who is at work."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, create_engine, text

from planbook.ledger import bulk
from planbook.ledger import rows as rows_module
from planbook.ledger.bulk import copy_rows
from planbook.ledger.connection import connect
from planbook.ledger.runs import note_run
from planbook.ledger.schema import plan as plan_table
from planbook.ledger.schema import submission_finding
from planbook.ledger.shared_lock import hold_shared_lock
from planbook.ledger.store import Ledger, open_ledger
from planbook.ledger.transfer import move_ledger
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from tests.support.postgres import PostgresServer, running_postgres
from tests.unit.ledger import builders
from tests.unit.ledger.builders import FINANCE, Q1, Q2, SCIENCE

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running_postgres() as started:
        yield started


def fill(ledger: Ledger) -> None:
    """Write something into most tables: awkward text, two periods, versions, a decision, an undone run."""
    tasks = builders.add_plan(ledger)
    indicator = ledger.plans.indicators()[0].code
    for period in (Q1, Q2):
        for agency in (SCIENCE, FINANCE):
            form = builders.form(ledger, agency, period, tasks=tasks, indicators=[indicator])
            finding = Finding.of("done_below_100", Location(sheet="责任清单", cell="K7"), percent="60")
            for version in ("一", "二"):
                name = f"{agency}{period}{version}'\"%\\.xlsx"
                answer = builders.submission(
                    form, file=name, progress=f"第{version}版 100% 𠮷\0\n次行", findings=[finding]
                )
                ledger.submissions.take_in(builders.run(), [answer])
    ledger.undoing.take_back(builders.run("undo"), "试")


def everything(ledger: Ledger) -> object:
    return (
        ledger.plans.all(), ledger.plans.tasks(), ledger.plans.indicators(), ledger.agencies.directory(),
        ledger.forms.issued(), ledger.reports.tasks(), ledger.reports.indicators(), ledger.reports.findings(),
        ledger.reports.tasks_before(Q2), ledger.reports.missing(Q1), ledger.decisions.all(), ledger.undoing.last(),
        ledger.history.of_tasks([task.code for task in ledger.plans.tasks()]),
        [ledger.submissions.history(agency, period) for agency in (SCIENCE, FINANCE) for period in (Q1, Q2)],
    )  # fmt: skip


def test_it_answers_as_sqlite_does_after_moving_over_and_back(
    ledger: Ledger, path: Path, server: PostgresServer
) -> None:
    fill(ledger)
    before = everything(ledger)
    url, back = server.new_database(), path.with_name("zurück 台账.db")
    there = move_ledger(path, url)
    assert dict(there.rows)["task_report"] == 24
    assert there.added == there.total
    with open_ledger(url) as moved:
        assert everything(moved) == before
        assert moved.workspace_id == ledger.workspace_id
        assert moved.check_integrity() == ()
        with moved.snapshot(builders.at(1, month=3)) as past:
            assert past.plans.all() == ()
        with moved.snapshot(builders.at(30)) as present:
            assert everything(present) == before
        builders.add_plan(moved, "后来的计划")
        after = everything(moved)
    assert dict(move_ledger(url, back).rows)["workspace"] == 1
    with open_ledger(back) as returned:
        assert everything(returned) == after
    assert 0 < move_ledger(url, path).added < there.total, "only what came since"
    assert everything(ledger) == after


def test_many_rows_go_in_by_copy_as_they_do_one_by_one(
    ledger: Ledger, path: Path, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = builders.add_plan(ledger, tasks=60)
    form = builders.form(ledger, SCIENCE, Q1, tasks=tasks, indicators=[ledger.plans.indicators()[0].code])
    url, slow = server.new_database(), server.new_database()
    for target in (url, slow):
        move_ledger(path, target)
    finding = Finding.of("done_below_100", Location(sheet="责任清单", cell="K7"), percent="6\t0")
    texts = ("\\N", "\\.", "tab\there", "line\r\nline", '"quoted", comma', "\0 and \ud800", "")
    answers = [
        builders.submission(form, file=f"{number}\\.xlsx", progress=text, findings=[finding] * 20)
        for number, text in enumerate(texts)
    ]
    copied: list[str] = []

    def counted(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
        copied.append(table.name)
        copy_rows(connection, table, rows)

    monkeypatch.setattr(rows_module, "copy_rows", counted)
    run = builders.run()
    with open_ledger(url) as quick, open_ledger(slow) as plain:
        taken = [one.submissions.take_in(run, answers) for one in (ledger, quick)]
        assert copied == ["task_report", "submission_finding"]
        monkeypatch.setattr(bulk, "WORTHWHILE", 10**9)
        taken.append(plain.submissions.take_in(run, answers))
        assert copied == ["task_report", "submission_finding"]
        assert taken[0] == taken[1] == taken[2]
        assert everything(ledger) == everything(quick) == everything(plain)


def test_a_copy_that_fails_leaves_nothing(ledger: Ledger, path: Path, server: PostgresServer) -> None:
    builders.add_plan(ledger)
    url = server.new_database()
    move_ledger(path, url)
    with open_ledger(url) as there:
        before = everything(there)
    database = connect(url, create=False, wait_s=5)
    rows: list[dict[str, object]] = [
        {"submission_number": number, "position": 1, "code": "x", "named_values": ()} for number in range(200)
    ]

    def write() -> None:
        with database.writing() as connection:
            note_run(connection, builders.run())
            copy_rows(connection, submission_finding, rows)

    with pytest.raises(PlanbookError, match="submission_finding"):
        write()
    database.close()
    with open_ledger(url) as there:
        assert everything(there) == before
        assert there.state()[0] == ledger.state()[0]


def test_a_server_that_goes_away_in_the_middle_is_told_in_one_sentence(server: PostgresServer) -> None:
    url = server.new_database()
    open_ledger(url, create=True).close()
    database = connect(url, create=False, wait_s=5)
    rows: list[dict[str, object]] = [{"sequence": number, "run_number": 1} for number in range(200)]

    def write() -> None:
        with database.writing() as connection:
            note_run(connection, builders.run())
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
            with database.session() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 10000)"), {"pid": pid})
            copy_rows(connection, plan_table, rows)

    with pytest.raises(PlanbookError, match="连不上台账数据库服务器"):
        write()
    database.close()
    with open_ledger(url) as there:
        assert there.state()[0] == 0


def test_another_ledger_is_never_written_over(ledger: Ledger, path: Path, server: PostgresServer) -> None:
    url = server.new_database()
    open_ledger(url, create=True).close()
    with pytest.raises(PlanbookError, match="另一个工作区"):
        move_ledger(path, url)
    same = server.new_database()
    move_ledger(path, same)
    with open_ledger(same) as there:
        builders.add_plan(there, "那边的计划")
    builders.add_plan(ledger, "这边的计划")
    with pytest.raises(PlanbookError, match="不是同一本"):
        move_ledger(path, same)
    foreign = server.new_database()
    with create_engine(foreign.replace("postgresql:", "postgresql+psycopg:")).begin() as connection:
        connection.execute(text("CREATE TABLE something (number integer)"))
    with pytest.raises(PlanbookError, match="别的内容"):
        move_ledger(path, foreign)


def test_who_waits_is_told_who_is_at_work(server: PostgresServer) -> None:
    url = server.new_database()
    held, done = threading.Event(), threading.Event()

    def work() -> None:
        with hold_shared_lock(url, "王科员（甲机）", "汇总2024年第一季度回表 100%"):
            held.set()
            done.wait(30)

    worker = threading.Thread(target=work)
    worker.start()
    assert held.wait(30)
    try:
        with (
            pytest.raises(PlanbookError, match=r"王科员（甲机）自 .* 起正在汇总2024年第一季度回表 100%"),
            hold_shared_lock(url, "李科员（乙机）", "下发", wait_s=0.3),
        ):
            pass
    finally:
        done.set()
        worker.join()
    with hold_shared_lock(url, "李科员（乙机）", "下发", wait_s=5):
        pass


def test_wrong_addresses_are_told_in_one_sentence(server: PostgresServer) -> None:
    absent = server.new_database().replace("/ledger_", "/no_such_")
    with pytest.raises(PlanbookError, match=r"连不上|没有"):
        open_ledger(absent)
