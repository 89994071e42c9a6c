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

STARTED = time.perf_counter()
import openpyxl  # noqa: E402, F401 (the stand-in needs it, planbook does not: measured apart)

OWN_COST_S = time.perf_counter() - STARTED
sys.path.insert(0, str(Path(__file__).parents[1]))

HWND = 7
WORK: list[float] = []


def measure_work() -> None:
    """Have the work of the button counted: doctor's examination."""
    import planbook.actions.examine as room

    examine = room.examine

    def measured(*arguments: Any, **options: Any) -> Any:
        started = time.perf_counter()
        try:
            return examine(*arguments, **options)
        finally:
            WORK.append(time.perf_counter() - started)

    room.examine = measured


def tell() -> None:
    print(json.dumps({"work": WORK[-1], "stand_in": OWN_COST_S}), flush=True)


def main() -> None:
    from tests.support.excel_engine import running_excels

    measure_work()
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
