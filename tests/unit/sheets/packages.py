"""Workbooks made by hand for the tests: Open XML packages, compound files, BIFF and BIFF12 records."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def relationships(links: Mapping[str, tuple[str, str]]) -> str:
    """Return a relationships part: id to (last word of the type, target)."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in links.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def worksheet(rows: str, after: str = "", root: str = f'worksheet xmlns="{MAIN}"') -> str:
    """Return a worksheet part with these rows, and what stands after them."""
    name = root.split(" ", maxsplit=1)[0]
    return f"{DECLARATION}<{root}><sheetData>{rows}</sheetData>{after}</{name}>"


def row(*cells: str, number: int = 1, attributes: str = "") -> str:
    """Return a row of cells as XML."""
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def strings(*items: str) -> str:
    """Return a shared strings part from the insides of its `si` elements."""
    return f'{DECLARATION}<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles(*format_ids: int, codes: Mapping[int, str] | None = None) -> str:
    """Return a styles part whose cell formats have these number formats."""
    known = "".join(f'<numFmt numFmtId="{key}" formatCode="{code}"/>' for key, code in (codes or {}).items())
    formats = "".join(f'<xf numFmtId="{format_id}"/>' for format_id in format_ids)
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts>{known}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>'
    )


def workbook(
    sheet: str | bytes,
    *,
    shared: str | None = None,
    formats: str | None = None,
    properties: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a workbook with one sheet, 表, in the part `xl/worksheets/sheet1.xml`."""
    links = {"rId1": ("worksheet", "worksheets/sheet1.xml")}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": index('<sheet name="表" sheetId="1" r:id="rId1"/>', properties),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if shared is not None:
        links["rId2"] = ("sharedStrings", "sharedStrings.xml")
        parts["xl/sharedStrings.xml"] = shared
    if formats is not None:
        links["rId3"] = ("styles", "styles.xml")
        parts["xl/styles.xml"] = formats
    parts["xl/_rels/workbook.xml.rels"] = relationships(links)
    return zipped({**parts, **(extra or {})})


def content_types(main: str = "spreadsheetml.sheet.main+xml", part: str = "/xl/workbook.xml") -> str:
    """Return the list of content types, with the type of the main part."""
    override = f'<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{main}"/>'
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{override}</Types>'


def index(sheets: str, properties: str = "") -> str:
    """Return a workbook part with these `sheet` elements."""
    root = f'workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"'
    return f"{DECLARATION}<{root}>{properties}<sheets>{sheets}</sheets></workbook>"


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file (MS-CFB) with these streams at its top, each padded to 4096 bytes at least."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    contents = [content.ljust(4096, b"\0") for content in streams.values()]
    contents = [content + bytes(-len(content) % sector) for content in contents]
    entries = [_entry("Root Entry", 5, end, 0, child=1 if streams else free)]
    allocation = [0xFFFFFFFD, *range(2, (len(streams) + 4) // 4 + 1), end]  # the table itself, then the directory
    first = len(allocation)
    for number, (name, content) in enumerate(zip(streams, contents, strict=True), start=1):
        right = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, first, len(content), right=right))
        count = len(content) // sector
        allocation += [*range(first + 1, first + count), end]
        first += count
    entries += [_entry("", 0, 0, 0)] * (-len(entries) % 4)
    assert len(allocation) <= sector // 4, "one sector of allocation table only"
    table = struct.pack("<128I", *allocation, *[free] * (128 - len(allocation)))
    header = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    # no directory sectors counted, one of table, directory in sector 1, small streams below 4096 bytes, none elsewhere
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    return header + table + b"".join(entries) + b"".join(contents)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0" if name else b""
    return encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIQ", len(encoded), kind, 1, 0xFFFFFFFF, right, child, 0, start, size
    )


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a BIFF record."""
    return struct.pack("<HH", kind, len(content)) + content


def record12(kind: int, content: bytes = b"") -> bytes:
    """Return a BIFF12 record (MS-XLSB 2.1.4)."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    digits = bytearray()
    while True:
        digits.append(size & 0x7F | (0x80 if size > 0x7F else 0))
        size >>= 7
        if not size:
            return head + bytes(digits) + content


def wide(text: str) -> bytes:
    """Return a text as BIFF12 writes it."""
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def cells12(*cells: tuple[int, int, bytes]) -> bytes:
    """Return cell records of a BIFF12 row: (record type, column from 0, value), all of format 0."""
    return b"".join(record12(kind, struct.pack("<II", column, 0) + value) for kind, column, value in cells)


def workbook12(sheet: bytes, shared: Sequence[str] = (), formats: Sequence[int] = (0,)) -> bytes:
    """Return a binary workbook (.xlsb) with one very hidden sheet, 表."""
    types = content_types().replace(
        "openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "ms-excel.sheet.binary.macroEnabled.main"
    )
    entry = struct.pack("<II", 2, 1) + wide("rId1") + wide("表")
    cell_formats = b"".join(record12(47, struct.pack("<HHIII", 0xFFFF, number, 0, 0, 0)) for number in formats)
    links = {
        "rId1": ("worksheet", "worksheets/sheet1.bin"),
        "rId2": ("sharedStrings", "sharedStrings.bin"),
        "rId3": ("styles", "styles.bin"),
    }
    return zipped(
        {
            "[Content_Types].xml": types.replace("workbook.xml", "workbook.bin"),
            "_rels/.rels": relationships({"rId1": ("officeDocument", "xl/workbook.bin")}),
            "xl/workbook.bin": record12(131) + record12(143) + record12(156, entry) + record12(144) + record12(132),
            "xl/_rels/workbook.bin.rels": relationships(links),
            "xl/worksheets/sheet1.bin": record12(129)
            + record12(148, bytes(16))
            + record12(145)
            + sheet
            + record12(146)
            + record12(130),
            "xl/sharedStrings.bin": record12(159, struct.pack("<II", len(shared), len(shared)))
            + b"".join(record12(19, b"\0" + wide(text)) for text in shared)
            + record12(160),
            "xl/styles.bin": record12(278)
            + record12(615, struct.pack("<I", 1))
            + record12(44, struct.pack("<H", 200) + wide('yyyy"年"m"月"'))
            + record12(626, struct.pack("<I", 1))
            + record12(47, struct.pack("<HHIII", 0xFFFF, 9, 0, 0, 0))
            + record12(627)
            + record12(617, struct.pack("<I", len(formats)))
            + cell_formats
            + record12(618)
            + record12(279),
        }
    )
