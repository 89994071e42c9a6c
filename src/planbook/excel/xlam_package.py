"""The add-in's package: parts written by hand, stored in a fixed order; every build gives the same bytes."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from planbook.excel.vba_project import DOCUMENT_MODULES
from planbook.excel.xlam_theme import THEME

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATIONSHIPS: Final = f"{_OFFICE}/relationships"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)

_CONTENT_TYPES: Final = (
    f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/docProps/app.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEET_TYPE}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>'
    '<Override PartName="/xl/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.addin.macroEnabled.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
    "</Types>"
)
_STYLES: Final = (
    f'{_DECLARATION}<styleSheet xmlns="{_SHEET}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_WORKBOOK: Final = (
    f'{_DECLARATION}<workbook xmlns="{_SHEET}" xmlns:r="{_RELATIONSHIPS}">'
    f'<workbookPr codeName="{DOCUMENT_MODULES[0]}"/><bookViews><workbookView/></bookViews>'
    '<sheets><sheet name="sentences" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def pack_addin(
    *,
    vba_project: bytes,
    ribbon: str,
    icons: Mapping[str, bytes],
    sentences: Sequence[tuple[str, str]],
    version: str,
) -> bytes:
    """Return the .xlam.

    Args:
        vba_project: vbaProject.bin.
        ribbon: customUI14.xml.
        icons: PNG by the name that the ribbon's `image` attributes use.
        sentences: Key and text of the worksheet that the macros read.
        version: planbook's version, shown among the file's properties.
    """
    names = sorted(icons)
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES.encode(),
        "_rels/.rels": _rels(
            ("rId1", f"{_RELATIONSHIPS}/officeDocument", "xl/workbook.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_RELATIONSHIPS}/extended-properties", "docProps/app.xml"),
            (
                "rId4",
                "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
                "customUI/customUI14.xml",
            ),
        ),
        "customUI/_rels/customUI14.xml.rels": _rels(
            *((name, f"{_RELATIONSHIPS}/image", f"images/{name}.png") for name in names)
        ),
        "customUI/customUI14.xml": ribbon.encode(),
        **{f"customUI/images/{name}.png": icons[name] for name in names},
        "docProps/app.xml": _app_properties(),
        "docProps/core.xml": _core_properties(version),
        "xl/_rels/workbook.xml.rels": _rels(
            ("rId1", f"{_RELATIONSHIPS}/worksheet", "worksheets/sheet1.xml"),
            ("rId2", f"{_RELATIONSHIPS}/styles", "styles.xml"),
            ("rId3", f"{_RELATIONSHIPS}/sharedStrings", "sharedStrings.xml"),
            ("rId4", f"{_RELATIONSHIPS}/theme", "theme/theme1.xml"),
            ("rId5", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/sharedStrings.xml": _shared_strings(sentences),
        "xl/styles.xml": _STYLES.encode(),
        "xl/theme/theme1.xml": THEME.encode(),
        "xl/vbaProject.bin": vba_project,
        "xl/workbook.xml": _WORKBOOK.encode(),
        "xl/worksheets/sheet1.xml": _sentence_sheet(len(sentences)),
    }
    return _zip(parts)


def _rels(*relationships: tuple[str, str, str]) -> bytes:
    entries = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{to}"/>' for id_, kind, to in relationships)
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'.encode()


def _app_properties() -> bytes:
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"
    ).encode()


def _core_properties(version: str) -> bytes:
    """Title and description are what Excel's list of add-ins shows."""
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>责任台账</dc:title>'
        f"<dc:description>planbook {escape(version)}：行动计划任务分解、责任清单下发与台账汇总</dc:description>"
        "</cp:coreProperties>"
    ).encode()


def _shared_strings(sentences: Sequence[tuple[str, str]]) -> bytes:
    items = "".join(f"<si><t>{escape(text)}</t></si>" for sentence in sentences for text in sentence)
    count = 2 * len(sentences)
    return f'{_DECLARATION}<sst xmlns="{_SHEET}" count="{count}" uniqueCount="{count}">{items}</sst>'.encode()


def _sentence_sheet(count: int) -> bytes:
    """Return the worksheet: keys in column A, texts in column B, as the shared strings have them."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{2 * row - 2}</v></c><c r="B{row}" t="s"><v>{2 * row - 1}</v></c></row>'
        for row in range(1, count + 1)
    )
    return (
        f'{_DECLARATION}<worksheet xmlns="{_SHEET}"><sheetPr codeName="{DOCUMENT_MODULES[1]}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def _zip(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts stored, not deflated: nothing depends on the zlib that built it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name in (*_FIRST, *sorted(set(parts) - {*_FIRST})):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            package.writestr(entry, parts[name])
    return buffer.getvalue()
