"""A short cut for worksheets and shared strings that are written the way nearly all programs write them.

Regular expressions take them apart several times faster than an XML parser can call back. The short cut is taken
only where every single tag is accounted for: it reads a part whole or not at all, and what it does not read goes
through `xlsx_sheet` and `xlsx_strings`, which give the same. Tests hold them to that.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from planbook.sheets.cells import COLUMN_NUMBERS, SheetBuilder, parse_area
from planbook.sheets.limits import LAST_ROW, MEBIBYTE
from planbook.sheets.markup import feed, new_parser
from planbook.sheets.raw import CellKey, CellValue
from planbook.sheets.text import clean_open_xml_text, is_clean_open_xml_text
from planbook.sheets.unreadable import UnreadableFile
from planbook.sheets.xlsx_values import WorkbookContext, WrittenCell, put_cell

QUICK_LIMIT_BYTES: Final = 2 * MEBIBYTE
"""Larger parts are read as a stream, so that they never stand in memory whole."""

_DECLARATION: Final = re.compile(
    r"""<\?xml version=["']1\.0["'](?: encoding=["'](?:utf-8|UTF-8)["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>"""
)
_OPEN: Final = "<sheetData>"
_CLOSE: Final = "</sheetData>"
# Cells without anything in them are not matched at all: there are many, and they are told by how their tags end.
_TOKEN: Final = re.compile(
    r'<c r="([A-Z]+)([0-9]+)"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?>(?!</c>)'
    r"(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    r'(?:<v>([^<&]+)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>'
    r'|<row r="([0-9]{1,7})"([^<>]*)>'
)
# Only before a cell that says where it stands, or a row's end: one that does not is placed by its neighbour.
_EMPTY_CELL: Final = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,5}")?/>(?=<c r="|</row>)')
_EMPTY_END: Final = '"></c>'
_SHOWN: Final = re.compile(r' hidden="(?:0|1|false|true)"')
_HIDDEN_ROW: Final = re.compile(r' hidden="(?:1|true)"')
_PLAIN_TEXT: Final = r'<t(?: xml:space="preserve")?>([^<&]*)</t>'
_READING: Final = r"(?:<phoneticPr[^<>]*/>)?"
_SHARED: Final = re.compile(rf"<si>(?:{_PLAIN_TEXT}{_READING}|(.*?))</si>", re.DOTALL)
# LibreOffice makes runs of every change between Chinese and Latin letters.
_RUNS: Final = re.compile(rf"(?:<r>(?:<rPr>(?:<(?!/rPr>)[^<>]*>)*</rPr>)?{_PLAIN_TEXT}</r>)+{_READING}")
_RUN_TEXT: Final = re.compile(_PLAIN_TEXT)
_WRITTEN: Final = 6  # place of the group in `_TOKEN` that is a text written in its cell
_SMALL_GAP: Final = 32  # empty cells left out before one; more of them are counted against the limit at once
_GAPS: Final = [[None] * gap for gap in range(_SMALL_GAP + 1)]
_NUMBER: Final = frozenset(("", "n"))
_SAFE_DIGITS: Final = 300  # more of them may be no finite number
_MERGED: Final = re.compile(r'<mergeCells(?: count="[0-9]+")?>((?:<mergeCell ref="[A-Z0-9:]+"/>)*)</mergeCells>')
_MERGED_AREA: Final = re.compile(r'"([A-Z0-9:]+)"')
_TELLING: Final = re.compile(r"[<:](?:row|c|f|v|t|is|rPh|mergeCells?)[\s/>]")
_BETWEEN: Final = "\ue0fe"  # a character that nobody writes; where somebody does, the short cut is not taken


def split_worksheet(content: bytes) -> tuple[str, str] | None:
    """Return a worksheet part without its rows, and its rows; None where it is not written in the usual way."""
    text = _decode(content)
    if text is None or text.count(_OPEN) != 1 or text.count(_CLOSE) != 1 or "<worksheet" not in text[:2_000]:
        return None
    start, end = text.index(_OPEN) + len(_OPEN), text.index(_CLOSE)
    if end < start:
        return None
    return text[:start] + text[end:], text[start:end]


def read_frame(frame: str, sheet: SheetBuilder) -> bool:
    """Put what stands around the rows of a worksheet, its merged ranges, into `sheet`; return False where unusual.

    Raises:
        UnreadableFile: `file_damaged` where it is no well-formed XML.
    """
    merged = _MERGED.search(frame)
    areas = merged[1] if merged else ""
    rest = frame.replace(merged[0], "", 1) if merged else frame
    if _TELLING.search(rest):
        return False
    feed(new_parser(), [rest.encode()])
    for reference in _MERGED_AREA.findall(areas):
        area = parse_area(reference)
        if area:
            sheet.merge(area)
    return True


def read_rows(rows: str, sheet: SheetBuilder, context: WorkbookContext) -> bool:
    """Put the cells of `rows`, what stands in `sheetData`, into `sheet`; return False where a tag is not understood.

    `sheet` is then of no use any more.
    """
    strings, kinds = context.strings, context.kinds
    tokens = _TOKEN.findall(rows)
    inline = _resolve_inline(tokens)
    if inline is None:
        return False
    closed_rows = rows.count("</row>")
    tags = closed_rows + rows.count("/>") + 2 * rows.count(_EMPTY_END)
    appended = seen_rows = opened_rows = 0
    row, row_digits, values = 0, "", sheet.open_row(1)
    for letters, digits, style, kind, formula, value, written, new_row, row_attributes in tokens:
        if new_row:
            row, row_digits = int(new_row), new_row
            if not _is_usual_row(row, row_attributes):
                return False
            seen_rows += 1
            opened_rows += not row_attributes.endswith("/")
            values = _opened(sheet, row, row_attributes)
            continue
        if digits != row_digits or (written and (formula or kind == "s")):
            return False
        text = strings.get(value) if kind == "s" else inline.get(written)
        content: str | float | None = None
        if text and text[0] not in "=_":  # else it may be a picture
            content = text
        elif value.isdecimal() and len(value) < _SAFE_DIGITS and kind in _NUMBER and (style or "0") not in kinds:
            content = float(value)
        gap = COLUMN_NUMBERS[letters] - len(values) - 1
        if content and not formula and 0 <= gap <= _SMALL_GAP:
            values += _GAPS[gap]
            values.append(content)
            appended += gap + 1
            tags += 6 if written else 4
        elif written:
            sheet.put_text(row, COLUMN_NUMBERS[letters], inline[written])
            tags += 6
        else:
            tags += _put_other(sheet, (row, COLUMN_NUMBERS[letters]), (style, kind, formula, value), context)
    sheet.count_appended(appended)
    return tags + opened_rows == rows.count("<") and seen_rows == rows.count("<row") and opened_rows == closed_rows


def _opened(sheet: SheetBuilder, row: int, attributes: str) -> list[CellValue]:
    if "hidden" in attributes and _HIDDEN_ROW.search(attributes):
        sheet.hide_rows(row, row)
    return sheet.open_row(row)


def _put_other(
    sheet: SheetBuilder, place: CellKey, written: tuple[str, str, str, str], context: WorkbookContext
) -> int:
    """Put a cell that is no plain text or number; return how many tags it has, those that end in "/>" left out."""
    style, kind, formula, value = written
    cell = WrittenCell({"t": kind or "n", "s": style or "0"}, value or None, None, formula or None)
    put_cell(sheet, *place, cell, context)
    return (4 if value else 2) + formula.count("<") - formula.endswith("/>")


def _resolve_inline(tokens: Iterable[tuple[str, ...]]) -> Mapping[str, str] | None:
    """Return the clean texts of cells that hold their own, by how they are written; None where that is not usual."""
    written = list(dict.fromkeys([token[_WRITTEN] for token in tokens if token[_WRITTEN]]))
    joined = _BETWEEN.join(written)
    if "&" not in joined and "]]>" not in joined and is_clean_open_xml_text(joined):
        return dict(zip(written, written, strict=True))
    texts = _without_references(written)
    if texts is None:
        return None
    if not is_clean_open_xml_text(_BETWEEN.join(texts)):
        texts = [clean_open_xml_text(text) for text in texts]
    return dict(zip(written, texts, strict=True))


def _without_references(written: Sequence[str]) -> list[str] | None:
    """Return texts with what `&#22635;` and `&amp;` stand for in place of them; None where one is not allowed.

    The XML parser does it, all texts at once: some programs write every Chinese character so.
    """
    pieces: list[str] = []
    parser = new_parser()
    parser.CharacterDataHandler = pieces.append
    try:
        feed(parser, [f"<t>{_BETWEEN.join(written)}</t>".encode()])
    except UnreadableFile:
        return None
    texts = "".join(pieces).split(_BETWEEN)
    return texts if len(texts) == len(written) else None


def _is_usual_row(row: int, attributes: str) -> bool:
    return (
        0 < row <= LAST_ROW
        and "xmlns" not in attributes
        and bool("hidden" not in attributes or _SHOWN.search(attributes))
    )


def drop_empty_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a worksheet part without the cells that have a format and nothing else.

    People format whole columns, and programs then write a million empty cells: parsing those one by one takes most of
    a minute. A cell that lies across two chunks is left to the parser.
    """
    is_plain = True
    for chunk in chunks:
        # What looks like a cell may be text from here on; the mark itself may lie across two chunks.
        is_plain = is_plain and b"<![" not in chunk and b"CDATA[" not in chunk
        yield _EMPTY_CELL.sub(b"", chunk) if is_plain else chunk


def read_shared_strings(content: bytes, read_rich: Callable[[bytes], str]) -> list[str] | None:
    """Return the shared strings of a part; None where it is not written in the usual way.

    Args:
        content: The part.
        read_rich: Reads one `si` element that is more than plain text.
    """
    text = _decode(content)
    if text is None:
        return None
    found = _SHARED.findall(text)
    if text.count("<si") != len(found) or text.count("</si><si>") != max(0, len(found) - 1):
        return None
    # One look at the whole part spares a look at each of its thousands of texts.
    is_clean = is_clean_open_xml_text(text)
    strings: list[str] = []
    for plain, rich in found:
        if rich and not _RUNS.fullmatch(rich):
            strings.append(read_rich(f"<si>{rich}</si>".encode()))
        else:
            joined = "".join(_RUN_TEXT.findall(rich)) if rich else plain
            strings.append(joined if is_clean else clean_open_xml_text(joined))
    return strings


def _decode(content: bytes) -> str | None:
    """Return a part as text; None where it is not UTF-8, or has comments, CDATA sections or a document type."""
    if len(content) > QUICK_LIMIT_BYTES:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    declaration = _DECLARATION.match(text)
    if "<!" in text or text.count("<?") != (1 if declaration else 0):
        return None
    return text
