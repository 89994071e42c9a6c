"""Does to workbooks in LibreOffice what a person does: types, sorts, inserts, renames, saves under another format.

Runs under the system's Python (which has `uno`), started by `tests.support.office`; reads a JSON list of jobs from
the file named by the first argument. A job is {"open": path, "steps": [[verb, argument, …], …]}.
"""

import json
import sys
from pathlib import Path

import uno
from office_desktop import prop, running_desktop

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".et": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}


class Hand:
    def __init__(self, desktop, document):
        self.desktop, self.document = desktop, document

    def sheet(self, name):
        return self.document.Sheets.getByName(name)

    def type(self, sheet, address, value):
        cell = self.sheet(sheet).getCellRangeByName(address)
        if isinstance(value, (int, float)):
            cell.setValue(float(value))
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

    def insert_cell(self, sheet, address, pushes):
        """Insert one cell, which pushes the others `right` or `down`."""
        place = self.sheet(sheet).getCellRangeByName(address).RangeAddress
        self.sheet(sheet).insertCells(place, uno.Enum("com.sun.star.sheet.CellInsertMode", pushes.upper()))

    def delete_cell(self, sheet, address, pulls):
        """Delete one cell, which pulls the others `left` or `up`."""
        place = self.sheet(sheet).getCellRangeByName(address).RangeAddress
        self.sheet(sheet).removeRange(place, uno.Enum("com.sun.star.sheet.CellDeleteMode", pulls.upper()))

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

    def type_rows(self, sheet, area, rows):
        """Type a whole block; None leaves a cell empty."""
        block = tuple(tuple("" if value is None else value for value in row) for row in rows)
        self.sheet(sheet).getCellRangeByName(area).setDataArray(block)

    def move_range(self, sheet, area, target):
        source = self.sheet(sheet).getCellRangeByName(area).RangeAddress
        self.sheet(sheet).moveRange(self.sheet(sheet).getCellRangeByName(target).CellAddress, source)

    def filter(self, sheet, area, column, text):
        """Filter an area (its first row the headers) for one text in one of its columns."""
        descriptor = self.sheet(sheet).getCellRangeByName(area).createFilterDescriptor(True)
        field = uno.createUnoStruct("com.sun.star.sheet.TableFilterField")
        field.Field, field.IsNumeric, field.StringValue = column - 1, False, text
        field.Operator = uno.Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
        descriptor.ContainsHeader = True
        descriptor.FilterFields = (field,)
        self.sheet(sheet).getCellRangeByName(area).filter(descriptor)

    def paste_values(self, sheet, name):
        """Replace the workbook by a new one that holds one sheet's values and nothing else."""
        cursor = self.sheet(sheet).createCursor()
        cursor.gotoEndOfUsedArea(True)
        values = cursor.getDataArray()
        self.replace_document("private:factory/scalc")
        target = self.document.Sheets.getByIndex(0)
        target.Name = name
        target.getCellRangeByPosition(0, 0, len(values[0]) - 1, len(values) - 1).setDataArray(values)

    def move_sheet_to_new(self, sheet):
        """Move a sheet into a new workbook, as dragging its tab into another window does."""
        old = self.document
        self.document = self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (prop("Hidden", True),))
        self.document.Sheets.importSheet(old, sheet, 0)
        old.close(True)

    def bring_sheet(self, path, sheet, position):
        """Copy a sheet of another workbook into this one."""
        other = self.desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (prop("Hidden", True),))
        self.document.Sheets.importSheet(other, sheet, position)
        other.close(True)

    def replace_document(self, url):
        self.document.close(True)
        self.document = self.desktop.loadComponentFromURL(url, "_blank", 0, (prop("Hidden", True),))

    def count_from_1904(self):
        date = uno.createUnoStruct("com.sun.star.util.Date")
        date.Day, date.Month, date.Year = 1, 1, 1904
        self.document.NullDate = date

    def rename_sheet(self, sheet, name):
        self.sheet(sheet).Name = name

    def copy_sheet(self, sheet, name, position):
        self.document.Sheets.copyByName(sheet, name, position)

    def delete_sheet(self, sheet):
        self.document.Sheets.removeByName(sheet)

    def comment(self, sheet, address, text):
        cell = self.sheet(sheet).getCellRangeByName(address)
        self.sheet(sheet).Annotations.insertNew(cell.CellAddress, text)

    def save(self, path, password=""):
        """Save under `path`, in the format of its suffix; with a password LibreOffice shuts .xls and .ods."""
        options = [prop("FilterName", FILTERS[Path(path).suffix.lower()])]
        if password:
            options.append(prop("Password", password))
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.document.storeToURL(uno.systemPathToFileUrl(path), tuple(options))


def main():
    jobs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with running_desktop() as desktop:
        for job in jobs:
            url = uno.systemPathToFileUrl(job["open"])
            document = desktop.loadComponentFromURL(url, "_blank", 0, (prop("Hidden", True),))
            hand = Hand(desktop, document)
            for verb, *arguments in job["steps"]:
                getattr(hand, verb)(*arguments)
            hand.document.close(True)


main()
