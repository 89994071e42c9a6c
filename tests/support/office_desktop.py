"""LibreOffice without a window and with a profile of its own, for the scripts that the system's Python runs."""

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def prop(name, value):
    return PropertyValue(Name=name, Value=value)


@contextlib.contextmanager
def running_desktop():
    """Start LibreOffice for as long as the block runs; gives its desktop."""
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
            desktop = _connected(pipe)
            yield desktop
            with contextlib.suppress(Exception):  # the bridge goes away while it answers
                desktop.terminate()
            office.wait(30)
        finally:
            office.kill()


def _connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    sys.exit("LibreOffice did not answer")
