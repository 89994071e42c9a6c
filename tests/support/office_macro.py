"""Runs VBA of an add-in in LibreOffice; prints a JSON list of what the procedures returned.

Runs under the system's Python (which has `uno`), started by `tests.support.macros`; reads from the file named by the
first argument {"addin": path, "workbook": path or null, "calls": [[procedure, argument, …], …]}.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

ADDIN_FILTER = "Calc MS Excel 2007 VBA XML"  # LibreOffice does not know .xlam by its name
ALWAYS_RUN = 4


def prop(name, value):
    return PropertyValue(Name=name, Value=value)


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    sys.exit("LibreOffice did not answer")


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
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"planbook{Path(profile).name}"
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                f"--accept=pipe,name={pipe};urp",
                "--headless",
                "--norestore",
                "--nolockcheck",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            desktop = connect(pipe)
            sys.stdout.write(json.dumps(run(desktop, job)))
            with contextlib.suppress(Exception):  # the bridge goes away while it answers
                desktop.terminate()
            office.wait(30)
        finally:
            office.kill()


main()
