"""Writes parts as a Word document (.docx): equal parts give equal bytes."""

import hashlib
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from planbook.outputs.documents import page
from planbook.outputs.documents.parts import Column, FactTable, Level, Line, Part, RowTable, Style, Words
from planbook.outputs.documents.stylesheet import (
    LEVEL_TWO_WORDS,
    NAMESPACE,
    font_table_xml,
    footer_xml,
    settings_xml,
    styles_xml,
    text_xml,
)
from planbook.outputs.documents.theme import theme_xml

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LONG_AGO: Final = (2000, 1, 1, 0, 0, 0)
_FACT_LABEL_MM: Final = 26.0

_CONTENT_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/>'
    '<Override PartName="/word/theme/theme1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    "</Types>"
)
_PACKAGE_LINKS: Final = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
)
_APPLICATION: Final = (
    f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>planbook</Application></Properties>'
)
_DOCUMENT_LINKS: Final = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            (
                ("styles", "styles"),
                ("settings", "settings"),
                ("fontTable", "fontTable"),
                ("footer", "footer1"),
                ("footer", "footer2"),
                ("theme", "theme/theme1"),
            ),
            start=1,
        )
    )
    + "</Relationships>"
)


def write_document(parts: Sequence[Part], *, name: str) -> bytes:
    """Return `parts` as a Word document called `name` in its properties.

    The properties also carry a digest of the text, by which an unedited copy is told from one that an office edited.
    """
    document = _document_xml(parts)
    digest = digest_of(document.encode())
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _PACKAGE_LINKS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _DOCUMENT_LINKS,
        "word/styles.xml": styles_xml(),
        "word/settings.xml": settings_xml(),
        "word/fontTable.xml": font_table_xml(),
        "word/theme/theme1.xml": theme_xml(),
        "word/footer1.xml": footer_xml(is_odd=True),
        "word/footer2.xml": footer_xml(is_odd=False),
        "docProps/core.xml": _core_xml(name, digest),
        "docProps/app.xml": _APPLICATION,
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for path, text in files.items():
            package.writestr(zipfile.ZipInfo(path, _LONG_AGO), (_HEAD + text).encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def digest_of(document: bytes) -> str:
    """Return the digest of a document's text part without its XML declaration."""
    return hashlib.sha256(document.removeprefix(_HEAD.encode())).hexdigest()


def _core_xml(name: str, digest: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(name)}</dc:title><dc:identifier>{digest}</dc:identifier></cp:coreProperties>"
    )


def _document_xml(parts: Sequence[Part]) -> str:
    content = "".join(_part_xml(part) for part in parts)
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{page.PAGE_WIDTH}" w:h="{page.PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{page.MARGIN_TOP}" w:right="{page.MARGIN_RIGHT}" w:bottom="{page.MARGIN_BOTTOM}"'
        f' w:left="{page.MARGIN_LEFT}" w:header="851" w:footer="{page.FOOTER_DISTANCE}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{page.LINE_PITCH}"/></w:sectPr>'
    )
    return (
        f'<w:document xmlns:w="{NAMESPACE}" xmlns:r="{_OFFICE}/relationships"><w:body>{content}{section}</w:body>'
        "</w:document>"
    )


def _part_xml(part: Part) -> str:
    match part:
        case Line():
            return _paragraph_xml(part.style, part.words)
        case RowTable():
            return _row_table_xml(part)
        case FactTable():
            return _fact_table_xml(part)


def _paragraph_xml(style: Style, words: Sequence[Words]) -> str:
    look = "" if style is Style.BLANK else f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    return f"<w:p>{look}{''.join(_run_xml(one) for one in words)}</w:p>"


def _run_xml(words: Words) -> str:
    if isinstance(words, Level):
        return f'<w:r><w:rPr><w:rStyle w:val="{LEVEL_TWO_WORDS}"/></w:rPr>{text_xml(words.text)}</w:r>'
    return f"<w:r>{text_xml(words)}</w:r>"


def _row_table_xml(table: RowTable) -> str:
    widths = [page.twips(column.width_mm) for column in table.columns]
    header = [(column.header, Style.TABLE_HEADER) for column in table.columns]
    rows = [_row_xml(widths, header, is_header=True)]
    rows.append(_mark_row_xml(widths, f"{{%tr for {table.each} %}}"))
    rows.append(_row_xml(widths, [(column.content, column.style) for column in table.columns]))
    rows.append(_mark_row_xml(widths, "{%tr endfor %}"))
    if table.total:
        cells = zip(table.total, (column.style for column in table.columns), strict=True)
        rows.append(_row_xml(widths, list(cells)))
    return _table_xml(widths, rows)


def _fact_table_xml(table: FactTable) -> str:
    label = page.twips(_FACT_LABEL_MM)
    half = page.TEXT_WIDTH // 2
    widths = [label, half - label, label, page.TEXT_WIDTH - half - label]
    rows = []
    for facts in table.rows:
        cells: list[str] = []
        for name, content in facts:
            span = 1 if len(facts) > 1 else 3
            width = widths[1] if len(facts) > 1 else page.TEXT_WIDTH - label
            cells.append(_cell_xml(label, name, Style.TABLE_HEADER))
            cells.append(_cell_xml(width, content, Style.TABLE_TEXT, span=span))
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return _table_xml(widths, rows)


def _table_xml(widths: Sequence[int], rows: Sequence[str]) -> str:
    border = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
    edges = "".join(f"<w:{edge} {border}/>" for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _row_xml(widths: Sequence[int], cells: Sequence[tuple[str, Style]], *, is_header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if is_header else ""
    content = "".join(_cell_xml(width, text, style) for width, (text, style) in zip(widths, cells, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{content}</w:tr>"


def _mark_row_xml(widths: Sequence[int], mark: str) -> str:
    """Return a row over the whole width that only steers the template and vanishes from the document."""
    return f"<w:tr>{_cell_xml(sum(widths), mark, Style.MARK, span=len(widths))}</w:tr>"


def _cell_xml(width: int, text: str, style: Style, *, span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph_xml(style, (text,))}</w:tc>"
    )


def table_width_mm(columns: Sequence[Column]) -> float:
    """Return how wide the columns are together."""
    return sum(column.width_mm for column in columns)
