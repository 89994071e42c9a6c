"""kill -9 at random moments: nothing is lost, and a rerun ends as an undisturbed run would have.

Every act is run once undisturbed; then, on fresh copies, it is killed at a random moment of that time and run again.
`PLANBOOK_CRASHES` sets how many times an act is killed; `make crash` takes 200 moments in all.
"""

import multiprocessing
import os
import random
import shutil
import time
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.integration.conftest import Office
from tests.support import crash_acts
from tests.support.returns import filled_form

CRASHES = int(os.environ.get("PLANBOOK_CRASHES", "8"))


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that start at once: the fork server has loaded all that the acts need."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.crash_acts"])
    return context


def before(act: str, office: Office, tmp_path: Path) -> Path:
    """Return a workspace in which `act` comes next."""
    root = tmp_path / "起点" / "台账"
    if act in ("import", "issue"):
        crash_acts.make_office(root)
        if act == "issue":
            crash_acts.act("import", str(root))
        return root
    shutil.copytree(office.root, root)
    for number, form in enumerate(list(office.forms.values())[:8]):
        (root / "inbox" / "2024Q1" / f"{number}.xlsx").write_bytes(filled_form(form, percent=number))
    if act == "ledger":
        crash_acts.act("consolidate", str(root))
    return root


def run(processes: ForkServerContext, act: str, root: Path, kill_after_s: float | None = None) -> float:
    """Run `act`, killed after that many seconds if it is still at work; return how long it took."""
    process = processes.Process(target=crash_acts.act, args=(act, str(root)))
    started = time.monotonic()
    process.start()
    process.join(kill_after_s)
    if kill_after_s is not None:
        process.kill()
        process.join()
    else:
        assert process.exitcode == 0
    return time.monotonic() - started


@pytest.mark.parametrize("act", crash_acts.ACTS)
def test_killed_at_any_moment(processes: ForkServerContext, office: Office, tmp_path: Path, act: str) -> None:
    start = before(act, office, tmp_path)
    undisturbed = tmp_path / "不受打扰" / "台账"
    shutil.copytree(start.parent, undisturbed.parent)
    seconds = run(processes, act, undisturbed)
    expected = crash_acts.state(undisturbed)
    dice = random.Random(act)  # noqa: S311 (moments, not secrets)
    for number in range(CRASHES):
        root = tmp_path / f"中断{number}" / "台账"
        shutil.copytree(start.parent, root.parent)
        moment = dice.uniform(0, seconds)
        run(processes, act, root, moment)
        assert crash_acts.faults(root) == [], f"after {moment:.3f} s"
        run(processes, act, root)
        assert crash_acts.state(root) == expected, f"after {moment:.3f} s"
        shutil.rmtree(root.parent)
