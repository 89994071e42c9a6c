"""The page while a thousand returns are taken in: 20 clients ask at once, and nobody waits for the long work.

    python -m benchmarks.bench_service [FORMS] [ROWS]

Prints percentiles of the answers' times, alone and beside a consolidation, and checks that no return was lost.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.support.service import RunningService, running_service

from benchmarks.measuring import Row, report
from benchmarks.returns import ROWS, filled_workspace

CLIENTS = 20
FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
PAUSE_S = 0.25  # a clerk who clicks four times a second
ASKED = (
    "/api/health",
    "/",
    "/main.js",
    "/api/views/overview",
    "/api/views/period?period=2024Q1",
    "/api/views/inbox?period=2024Q1",
    "/api/jobs?count=5",
)


def main() -> None:
    """Measure alone, then beside the consolidation."""
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = filled_workspace(Path(__file__).with_name(".corpus"), FILES, rows).root
        with running_service(folder / "home", root) as service:
            for path in ASKED:
                assert service.ask("GET", path).status == 200
            end = time.monotonic() + 8
            alone = measure(service, lambda: time.monotonic() > end)
            job = service.ask("POST", "/api/actions/consolidate", {"period": "2024Q1"}).json["job"]
            began = time.monotonic()

            def is_over() -> bool:
                return service.ask("GET", f"/api/jobs/{job}").json["state"] not in ("queued", "running")

            beside = measure(service, is_over)
            ended = service.ask("GET", f"/api/jobs/{job}").json
            rows = [*percentiles("alone", alone), *percentiles(f"beside the consolidation of {FILES}", beside)]
            rows.append(Row(f"consolidation of {FILES} meanwhile", time.monotonic() - began))
            report(f"the page, {CLIENTS} clients at once", rows)
            assert ended["json"]["summary"]["accepted"] == FILES, ended


def measure(service: RunningService, is_over: Callable[[], bool]) -> list[float]:
    """Have the clients ask until it is over; return how long each answer took, in milliseconds."""
    over = threading.Event()
    times: list[float] = []
    lock = threading.Lock()

    def client(number: int) -> None:
        turn = number
        while not over.is_set():
            began = time.perf_counter()
            answer = service.ask("GET", ASKED[turn % len(ASKED)])
            took = (time.perf_counter() - began) * 1000
            assert answer.status == 200, answer
            with lock:
                times.append(took)
            turn += 1
            over.wait(PAUSE_S)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    while not is_over():
        time.sleep(0.2)
    over.set()
    for thread in threads:
        thread.join()
    return times


def percentiles(when: str, times: list[float]) -> list[Row]:
    """Return how long answers took."""
    ordered = sorted(times)
    marks = {share: ordered[int(len(ordered) * share / 100) - 1] for share in (50, 95, 99)}
    return [Row(f"{len(ordered)} answers {when}, p{share}", value / 1000) for share, value in marks.items()]


if __name__ == "__main__":
    main()
