"""Reads any workbook that an agency may return (.xlsx, .xlsm, .xls, .et, .xlsb, .ods) into raw cells."""

from pathlib import Path

from planbook.sheets.files import read_bytes
from planbook.sheets.limits import DEFAULT_LIMITS, Limits
from planbook.sheets.raw import RawWorkbook
from planbook.sheets.sniffing import FileKind, explain, sniff
from planbook.sheets.unreadable import UnreadableFile


def read_workbook(source: Path | bytes, limits: Limits = DEFAULT_LIMITS) -> RawWorkbook:
    """Return the raw cells of a workbook, whatever program wrote it; its kind is told by its content.

    Every format is read by a reader that keeps only the cells there are, so that one stray cell in the last row
    and column costs nothing, and that tells what values hide: error values, formulas without result, percentages.
    No formula, macro, link or entity is followed.

    Args:
        source: A file, or the content of one.
        limits: Bounds on it. Time is bounded by reading in a worker (`isolation.run_isolated`).

    Raises:
        UnreadableFile: It cannot be read; its finding says why and what to ask of the sender.
    """
    content = source if isinstance(source, bytes) else read_bytes(source, limits)
    kind = sniff(content, limits)
    if kind is FileKind.XLSX:
        from planbook.sheets.xlsx import read_xlsx

        return read_xlsx(content, limits)
    if kind is FileKind.XLS:
        from planbook.sheets.xls import read_xls

        return read_xls(content, limits)
    if kind is FileKind.ODS:
        from planbook.sheets.ods import read_ods

        return read_ods(content, limits)
    if kind is FileKind.XLSB:
        from planbook.sheets.xlsb import read_xlsb

        return read_xlsb(content, limits)
    raise UnreadableFile(explain(kind, limits))
