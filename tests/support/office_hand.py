"""Does to workbooks in LibreOffice what a person does: types, sorts, inserts, renames, saves under another format.

Runs under the system's Python (which has `uno`), started by `tests.support.office`; reads a JSON list of jobs from
the file named by the first argument. A job is {"open": path, "steps": [[verb, argument, …], …]}.
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

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}


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


class Hand:
    def __init__(self, document):
        self.document = document

    def sheet(self, name):
        return self.document.Sheets.getByName(name)

    def type(self, sheet, address, value):
        cell = self.sheet(sheet).getCellRangeByName(address)
        if isinstance(value, (int, float)):
            cell.setValue(value)
        else:
            cell.setString(value)

    def enter(self, sheet, address, text):
        """Type as at the keyboard: the program decides whether it is a number, a date or a formula."""
        self.sheet(sheet).getCellRangeByName(address).FormulaLocal = text

    def clear(self, sheet, address):
        self.sheet(sheet).getCellRangeByName(address).clearContents(1 | 2 | 4 | 16)

    def unprotect(self, sheet):
        self.sheet(sheet).unprotect("")

    def insert_rows(self, sheet, row, count=1):
        self.sheet(sheet).Rows.insertByIndex(row - 1, count)

    def delete_rows(self, sheet, row, count=1):
        self.sheet(sheet).Rows.removeByIndex(row - 1, count)

    def insert_columns(self, sheet, column, count=1):
        self.sheet(sheet).Columns.insertByIndex(column - 1, count)

    def delete_columns(self, sheet, column, count=1):
        self.sheet(sheet).Columns.removeByIndex(column - 1, count)

    def hide_rows(self, sheet, row, count=1):
        for index in range(row - 1, row - 1 + count):
            self.sheet(sheet).Rows.getByIndex(index).IsVisible = False

    def merge(self, sheet, area):
        self.sheet(sheet).getCellRangeByName(area).merge(True)

    def sort(self, sheet, area, column, ascending=True):
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = column - 1, ascending
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        descriptor = (prop("SortFields", fields), prop("ContainsHeader", False))
        uno.invoke(
            self.sheet(sheet).getCellRangeByName(area),
            "sort",
            (uno.Any("[]com.sun.star.beans.PropertyValue", descriptor),),
        )

    def copy_range(self, sheet, area, target_sheet, target):
        source = self.sheet(sheet).getCellRangeByName(area).RangeAddress
        self.sheet(target_sheet).copyRange(self.sheet(target_sheet).getCellRangeByName(target).CellAddress, source)

    def rename_sheet(self, sheet, name):
        self.sheet(sheet).Name = name

    def copy_sheet(self, sheet, name, position):
        self.document.Sheets.copyByName(sheet, name, position)

    def delete_sheet(self, sheet):
        self.document.Sheets.removeByName(sheet)

    def comment(self, sheet, address, text):
        cell = self.sheet(sheet).getCellRangeByName(address)
        self.sheet(sheet).Annotations.insertNew(cell.CellAddress, text)

    def save(self, path):
        suffix = Path(path).suffix.lower()
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.document.storeToURL(uno.systemPathToFileUrl(path), (prop("FilterName", FILTERS[suffix]),))


def main():
    jobs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
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
            for job in jobs:
                url = uno.systemPathToFileUrl(job["open"])
                document = desktop.loadComponentFromURL(url, "_blank", 0, (prop("Hidden", True),))
                hand = Hand(document)
                for verb, *arguments in job["steps"]:
                    getattr(hand, verb)(*arguments)
                document.close(True)
            with contextlib.suppress(Exception):  # the bridge goes away while it answers
                desktop.terminate()
            office.wait(30)
        finally:
            office.kill()


main()
