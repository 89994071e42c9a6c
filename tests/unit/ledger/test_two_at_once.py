"""Several processes at one ledger: writers take turns, readers see one state, and a killed one leaves no half."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from planbook.ledger.store import Ledger, open_ledger
from tests.unit.ledger import builders
from tests.unit.ledger.builders import Q1

ROOT = Path(__file__).parents[3]

_SLOW_WRITER = """
import sys, time
from planbook.ledger.store import open_ledger
from tests.unit.ledger import builders
with open_ledger(sys.argv[1]) as ledger, ledger._database.writing():
    print("holding", flush=True)
    sys.stdin.readline()
    time.sleep(0.2)
"""

# Kills itself at the first statement that names a table, or at the commit.
_DOOMED_WRITER = """
import os, signal, sys
from sqlalchemy import Engine, event
from planbook.ledger.store import open_ledger
from tests.unit.ledger import builders

path, moment = sys.argv[1:]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
def after_statement(_connection, _cursor, statement, *_):
    if statement.startswith(f"INSERT INTO {moment} "):
        die()
ledger = open_ledger(path)
event.listen(Engine, "after_cursor_execute", after_statement)
if moment == "before commit":
    event.listen(Engine, "commit", die)
forms = ledger.forms.of_period(builders.Q1)
ledger.submissions.take_in(
    builders.run(), [builders.submission(form, file=f"{form.agency}.xlsx") for form in forms]
)
die()
"""


def _start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_second_writer_waits_for_the_first(ledger: Ledger, path: Path) -> None:
    with _start(_SLOW_WRITER, str(path)) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "holding\n"
        other.stdin.write("go on\n")
        other.stdin.flush()
        assert len(builders.add_plan(ledger)) == 3
    assert other.returncode == 0


def test_snapshot_keeps_to_one_state(ledger: Ledger, path: Path) -> None:
    builders.add_plan(ledger, "甲计划")
    with open_ledger(path) as other, ledger.snapshot() as seen:
        assert len(seen.plans.all()) == 1
        builders.add_plan(other, "乙计划")
        assert len(seen.plans.all()) == 1
        assert len(seen.plans.tasks()) == 3
        with pytest.raises(RuntimeError):
            builders.add_plan(seen, "丙计划")
    assert len(ledger.plans.all()) == 2


@pytest.mark.parametrize(
    ("moment", "reports"),
    [
        ("task_report", 0),
        ("before commit", 0),
        ("after commit", 60),
    ],
)
def test_killed_intake_leaves_the_old_or_the_new_state(ledger: Ledger, path: Path, moment: str, reports: int) -> None:
    tasks = builders.add_plan(ledger, tasks=20)
    indicators = [one.code for one in ledger.plans.indicators()]
    forms = [builders.form(ledger, f"单位{n}", tasks=tasks, indicators=indicators) for n in range(3)]
    ledger.close()
    with _start(_DOOMED_WRITER, str(path), moment) as doomed:
        pass
    assert doomed.returncode == -signal.SIGKILL
    with open_ledger(path) as after:
        assert len(after.reports.tasks(Q1)) == reports
        assert after.check_integrity() == ()
        after.submissions.take_in(
            builders.run(), [builders.submission(form, file=f"{form.agency}.xlsx") for form in forms]
        )
        assert len(after.reports.tasks(Q1)) == 60
        assert [len(after.submissions.history(form.agency, Q1)) for form in forms] == [1, 1, 1]


def test_killed_creation_can_be_repeated(path: Path) -> None:
    code = """
    import os, signal, sys
    from sqlalchemy import Engine, event
    from planbook.ledger.store import open_ledger
    event.listen(Engine, "commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    open_ledger(sys.argv[1], create=True)
    """
    with _start(code, str(path)) as doomed:
        pass
    assert doomed.returncode == -signal.SIGKILL
    with open_ledger(path, create=True) as ledger:
        assert len(builders.add_plan(ledger)) == 3


def test_nothing_is_ever_changed_or_deleted(ledger: Ledger) -> None:
    """Append-only, seen at the statements that the ledger sends while it does everything that it can."""
    verbs = set()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        verbs.add(statement.split(maxsplit=1)[0].upper())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        first, *others = builders.add_plan(ledger)
        change = builders.review(updated=[others[0]], retired=[others[1].code], added=[first])
        ledger.reviews.apply(builders.run("confirm"), change)
        for version in (1, 2):
            form = builders.form(ledger, tasks=[first])
            ledger.submissions.take_in(builders.run(), [builders.submission(form, file=f"{version}")])
        ledger.check_integrity()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert verbs == {"BEGIN", "SELECT", "INSERT", "PRAGMA"}
