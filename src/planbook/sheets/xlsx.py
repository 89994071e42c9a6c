"""Open XML workbooks (.xlsx, .xlsm, the strict edition too): from the package to raw cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from planbook.sheets.cells import CellBudget, SheetBuilder
from planbook.sheets.limits import Limits
from planbook.sheets.markup import local_attribute, read_elements
from planbook.sheets.package import Package, Relationship
from planbook.sheets.properties import read_custom_properties, read_saved_at
from planbook.sheets.raw import RawSheet, RawWorkbook, Visibility
from planbook.sheets.text import clean_open_xml_text
from planbook.sheets.unreadable import unreadable
from planbook.sheets.xlsx_comments import read_comments
from planbook.sheets.xlsx_quick import QUICK_LIMIT_BYTES, drop_empty_cells, read_frame, read_rows, split_worksheet
from planbook.sheets.xlsx_sheet import WorksheetReader
from planbook.sheets.xlsx_strings import read_strings
from planbook.sheets.xlsx_styles import read_number_kinds
from planbook.sheets.xlsx_values import WorkbookContext

_USUAL_WORKBOOK: Final = "xl/workbook.xml"
_PICTURE_STRUCTURE: Final = "xl/richData/rdrichvaluestructure.xml"
_SHEETS_LIMIT: Final = 1_000
_VISIBILITIES: Final[Mapping[str, Visibility]] = {visibility.value: visibility for visibility in Visibility}


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    relationship_id: str
    visibility: Visibility


def read_xlsx(content: bytes, limits: Limits) -> RawWorkbook:
    """Return the raw cells of an Open XML workbook.

    Raises:
        UnreadableFile: `file_damaged`, `file_over_limit`, `file_forbidden_markup`, `file_without_sheets`.
    """
    package = Package(content, limits)
    workbook = workbook_part(package, _USUAL_WORKBOOK)
    index = _WorkbookReader()
    read_elements(package.chunks(workbook), index)
    links = package.relationships(workbook)
    strings, styles = find_part(package, links, "sharedStrings"), find_part(package, links, "styles")
    context = WorkbookContext(
        strings=dict(zip(map(str, count()), read_strings(package, strings), strict=False)) if strings else {},
        kinds=read_number_kinds(package, styles) if styles else {},
        is_1904=index.is_1904,
        has_local_pictures=package.has(_PICTURE_STRUCTURE) and b"_localImage" in package.read(_PICTURE_STRUCTURE),
    )
    budget = CellBudget(limits)
    sheets: list[RawSheet] = []
    for entry, part in worksheet_parts(index.sheets, links):
        sheet = _read_worksheet(package, part, entry, context, budget)
        read_comments(package, part, sheet)
        sheets.append(sheet.build())
    if not sheets:
        raise unreadable("file_without_sheets")
    return RawWorkbook(tuple(sheets), read_custom_properties(package), read_saved_at(package))


def _read_worksheet(
    package: Package, part: str, entry: SheetEntry, context: WorkbookContext, budget: CellBudget
) -> SheetBuilder:
    sheet = SheetBuilder(entry.name, entry.visibility, budget)
    if package.size(part) > QUICK_LIMIT_BYTES:
        WorksheetReader(sheet, context).read(drop_empty_cells(package.chunks(part)))
        return sheet
    content = package.read(part)
    split = split_worksheet(content)
    if split and read_rows(split[1], sheet, context):
        if not read_frame(split[0], sheet):
            WorksheetReader(sheet, context).read([split[0].encode()])
        return sheet
    sheet = SheetBuilder(entry.name, entry.visibility, budget)
    WorksheetReader(sheet, context).read([content])
    return sheet


def find_part(package: Package, links: tuple[Relationship, ...], kind: str) -> str | None:
    """Return the part of a kind that a workbook can do without, None where it does."""
    return next((link.target for link in links if link.kind == kind and package.has(link.target)), None)


def workbook_part(package: Package, usual: str) -> str:
    """Return the name of the workbook part: the usual one, else the one that the package's relationships name."""
    if package.has(usual):
        return usual
    main = next((link.target for link in package.relationships() if link.kind == "officeDocument"), None)
    if main is None:
        raise unreadable("file_damaged")
    return main


def worksheet_parts(sheets: list[SheetEntry], links: tuple[Relationship, ...]) -> list[tuple[SheetEntry, str]]:
    """Return the worksheets in the workbook's order, each with its part; sheets of charts and macros are left out.

    Raises:
        UnreadableFile: `file_damaged` where a sheet leads nowhere.
    """
    targets = {link.id: link for link in links}
    if len(sheets) > _SHEETS_LIMIT:
        raise unreadable("file_over_limit", what="工作表数量", limit=f"{_SHEETS_LIMIT} 张")
    found: list[tuple[SheetEntry, str]] = []
    for sheet in sheets:
        link = targets.get(sheet.relationship_id)
        if link is None:
            raise unreadable("file_damaged")
        if link.kind == "worksheet":
            found.append((sheet, link.target))
    return found


class _WorkbookReader:
    def __init__(self) -> None:
        self.sheets: list[SheetEntry] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and len(self.sheets) <= _SHEETS_LIMIT:
            self.sheets.append(
                SheetEntry(
                    clean_open_xml_text(attributes.get("name", "")),
                    local_attribute(attributes, "id") or "",
                    _VISIBILITIES.get(attributes.get("state", ""), Visibility.VISIBLE),
                )
            )
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")

    def end(self, name: str, text: str) -> None:
        pass
