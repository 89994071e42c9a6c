import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planbook.sheets.isolation import IsolatedFunction, run_isolated
from planbook.sheets.limits import DEFAULT_LIMITS
from tests.unit.sheets.victims import act, give_something_that_cannot_travel, measure

QUICK = replace(DEFAULT_LIMITS, item_seconds=0.5)
REPOSITORY = Path(__file__).parents[3]


def told(*items: str) -> list[str]:
    """Return results, or codes of findings in brackets."""
    outcomes = list(run_isolated(act, items, context="好", limits=QUICK))
    assert [outcome.item for outcome in outcomes] == list(items)
    assert [outcome.index for outcome in outcomes] == list(range(len(items)))
    return [outcome.result or f"[{outcome.finding.code if outcome.finding else ''}]" for outcome in outcomes]


def test_each_failure_costs_its_item_alone_and_the_order_stays() -> None:
    assert told("1", "hang", "2", "abort", "3", "exit", "fail 甲", "devour", "4", "kill", "refuse file_pdf", "5") == [
        "好 1",
        "[file_timeout]",
        "好 2",
        "[file_reader_died]",
        "好 3",
        "[file_reader_died]",
        "[file_reader_failed]",
        "[file_memory]",
        "好 4",
        "[file_reader_died]",
        "[file_pdf]",
        "好 5",
    ]


def test_nothing_to_do_starts_nothing() -> None:
    assert told() == []


def test_more_items_than_are_handed_out_at_once() -> None:
    assert told(*map(str, range(300))) == [f"好 {number}" for number in range(300)]


def test_one_item_gets_one_worker_and_many_get_no_more_than_allowed() -> None:
    for count, most in ((1, 1), (40, 2)):
        outcomes = list(run_isolated(act, ["process"] * count, context=""))
        processes = {outcome.result for outcome in outcomes}
        assert 1 <= len(processes) <= most
        assert str(os.getpid()) not in processes


def test_results_and_items_larger_than_a_pipe() -> None:
    assert [outcome.result for outcome in run_isolated(act, ["big 3000000"] * 4, context="")] == ["x" * 3_000_000] * 4
    sizes = [100, 5_000, 2_000_000, 0, 70_000]
    outcomes = run_isolated(measure, [bytes(size) for size in sizes], context=None)
    assert [outcome.result for outcome in outcomes] == sizes


def test_an_unexpected_error_leaves_a_trace_for_the_log() -> None:
    (outcome,) = run_isolated(act, ["fail 甲"], context="")
    assert outcome.finding is not None
    assert dict(outcome.finding.values) == {"detail": "KeyError"}
    assert "KeyError: '甲'" in outcome.trace


def test_a_result_that_cannot_travel_is_a_failure_like_others() -> None:
    outcomes = list(run_isolated(give_something_that_cannot_travel, ["a", "b"], context=None))
    assert [outcome.finding.code for outcome in outcomes if outcome.finding] == ["file_reader_failed"] * 2


@pytest.mark.parametrize(("size", "most"), [(1, 100), (20_000_000, 6)])
def test_items_are_taken_only_a_little_ahead(size: int, most: int) -> None:
    taken = 0

    def items() -> Iterator[bytes]:
        nonlocal taken
        for number in range(1_000):
            taken = number
            yield bytes(size)

    run = run_isolated(measure, items(), context=None)
    assert next(run).result == size
    assert taken < most
    run.close()


def test_workers_stay_from_run_to_run_and_end_with_it() -> None:
    with IsolatedFunction(act, context="") as isolated:
        first = [outcome.result for outcome in isolated.run(["process"])]
        second = [outcome.result for outcome in isolated.run(["process"])]
        assert first == second
        process = int(first[0] or "0")
        os.kill(process, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_giving_up_half_way_ends_the_workers() -> None:
    run = run_isolated(act, ["process", "hang", "hang"], context="")
    process = int(next(run).result or "0")
    run.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_workers_neither_print_nor_hear_of_interrupts(capfd: pytest.CaptureFixture[str]) -> None:
    assert told("print", "interrupt", "abort") == ["好 print", "好 interrupt", "[file_reader_died]"]
    assert capfd.readouterr() == ("", "")


PROGRAM = """
from dataclasses import replace
import sys
from planbook.sheets.isolation import run_isolated
from planbook.sheets.limits import DEFAULT_LIMITS
from tests.unit.sheets.victims import act

if __name__ == "__main__":
    limits = replace(DEFAULT_LIMITS, item_seconds=float(sys.argv[1]))
    try:
        for outcome in run_isolated(act, ["process", "hang", "hang"], context="", limits=limits):
            print(outcome.result, flush=True)
    except KeyboardInterrupt:
        sys.exit(130)
"""


def started(folder: Path, item_seconds: float) -> tuple[subprocess.Popen[str], int]:
    """Start a program whose workers hang; return it and the process number of a worker."""
    program = folder / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, str(program), str(item_seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        start_new_session=True,
        text=True,
    )
    assert run.stdout is not None
    return run, int(run.stdout.readline())


def wait_for_end(process: int) -> None:
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the worker is still there")


def test_a_program_that_is_interrupted_ends_its_workers(tmp_path: Path) -> None:
    run, worker = started(tmp_path, 60)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, errors = run.communicate(timeout=30)
    assert (run.returncode, errors) == (130, "")
    wait_for_end(worker)


def test_workers_that_lost_their_parent_end_by_themselves(tmp_path: Path) -> None:
    run, worker = started(tmp_path, 0.3)
    run.kill()
    run.communicate(timeout=30)
    wait_for_end(worker)
