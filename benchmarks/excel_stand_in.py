"""Runs planbook's way through a click with an Excel in memory; `bench_excel_click` starts it.

    excel_stand_in.py click BUTTON     what the add-in starts where no service runs
    excel_stand_in.py serve            the resident service

Prints one JSON line a click: seconds that the work itself took, and seconds that only this stand-in costs.
"""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

STARTED, USED = time.perf_counter(), time.process_time()
import openpyxl  # noqa: E402, F401 (the stand-in needs it, planbook does not: measured apart)

OWN_COST_S = time.perf_counter() - STARTED
OWN_CPU_S = time.process_time() - USED
sys.path.insert(0, str(Path(__file__).parents[1]))

HWND = 7
WORK: list[float] = []
CPU = [0.0]  # seconds of the processor that the stand-in and the work took


def measure_work() -> None:
    """Have the work of the button counted: doctor's examination."""
    import planbook.actions.examine as room

    examine = room.examine

    def measured(*arguments: Any, **options: Any) -> Any:
        started, used = time.perf_counter(), time.process_time()
        try:
            return examine(*arguments, **options)
        finally:
            WORK.append(time.perf_counter() - started)
            CPU[0] += time.process_time() - used

    room.examine = measured


def tell() -> None:
    print(json.dumps({"work": WORK[-1], "stand_in": OWN_COST_S, "cpu": time.process_time() - CPU[0]}), flush=True)


def main() -> None:
    if sys.argv[1] == "click":
        from planbook.excel.xlwings_host import import_xlwings_alone

        import_xlwings_alone()  # first, as the command does: the stand-in imports xlwings too
    from tests.support.excel_engine import running_excels

    measure_work()
    CPU[0] = OWN_CPU_S
    with running_excels(HWND):
        if sys.argv[1] == "click":
            from planbook.cli.entry import run

            run(["excel-click", f"--button={sys.argv[2]}", f"--hwnd={HWND}"])
            tell()
            return
        from planbook.excel.click import Click
        from planbook.excel.receiving import handle_click
        from planbook.excel.xlwings_host import attach_to_excel
        from planbook.server.running import run_service
        from planbook.workspace.user_folder import session_file, user_folder

        def click(values: Any) -> None:
            pressed = Click.from_json(values)
            handle_click(pressed, attach_to_excel, now=datetime.now(UTC), today=datetime.now().astimezone().date())
            tell()

        run_service(user_folder(), session_file(), excel_click=click)


if __name__ == "__main__":
    main()
