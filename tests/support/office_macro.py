"""Runs VBA of an add-in in LibreOffice; prints a JSON list of what the procedures returned.

Runs under the system's Python (which has `uno`), started by `tests.support.macros`; reads from the file named by the
first argument {"addin": path, "workbook": path or null, "calls": [[procedure, argument, …], …]}.
"""

import json
import sys
from pathlib import Path

import uno
from office_desktop import prop, running_desktop

ADDIN_FILTER = "Calc MS Excel 2007 VBA XML"  # LibreOffice does not know .xlam by its name
ALWAYS_RUN = 4


def run(desktop, job):
    macros = (prop("Hidden", True), prop("MacroExecutionMode", ALWAYS_RUN), prop("FilterName", ADDIN_FILTER))
    addin = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["addin"]), "_blank", 0, macros)
    if addin is None:
        sys.exit("LibreOffice did not open the add-in")
    if job["workbook"]:
        desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["workbook"]), "_blank", 0, ())
    results = []
    for procedure, *arguments in job["calls"]:
        url = f"vnd.sun.star.script:VBAProject.{procedure}?language=Basic&location=document"
        results.append(addin.getScriptProvider().getScript(url).invoke(tuple(arguments), (), ())[0])
    return results


def main():
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with running_desktop() as desktop:
        sys.stdout.write(json.dumps(run(desktop, job)))


main()
