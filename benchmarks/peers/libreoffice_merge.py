"""What a macro does: LibreOffice opens each file, and its rows are appended to one workbook.

/usr/bin/python3 libreoffice_merge.py FOLDER OUT HEADER_ROW PROFILE
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

COLUMNS = 23


def option(name: str, value: object) -> PropertyValue:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def desktop(pipe: str) -> object:
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise TimeoutError(pipe)


def merge(office: object, folder: Path, out: Path, header: int) -> int:
    hidden = option("Hidden", value=True)
    merged = office.loadComponentFromURL("private:factory/scalc", "_blank", 0, (hidden,))
    target = merged.Sheets.getByIndex(0)
    count = 0
    for path in sorted(folder.glob("*.xlsx")):
        book = office.loadComponentFromURL(path.as_uri(), "_blank", 0, (hidden, option("ReadOnly", value=True)))
        sheet = book.Sheets.getByName("责任清单")
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        rows = sheet.getCellRangeByPosition(0, header, COLUMNS - 1, cursor.RangeAddress.EndRow).getDataArray()
        book.close(True)
        target.getCellRangeByPosition(0, count, COLUMNS - 1, count + len(rows) - 1).setDataArray(rows)
        count += len(rows)
    merged.storeToURL(out.absolute().as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
    merged.close(True)
    return count


folder, out, header, profile = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
pipe = f"planbook{os.getpid()}"
program = subprocess.Popen(
    [
        *("soffice", "--headless", "--norestore", "--nologo"),
        *(f"-env:UserInstallation={profile.absolute().as_uri()}", f"--accept=pipe,name={pipe};urp;"),
    ],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
try:
    print(merge(desktop(pipe), folder, out, header))
finally:
    program.terminate()
    program.wait(30)
