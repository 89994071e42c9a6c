"""Puts rows into a worksheet that XlsxWriter wrote with its headers alone, and whatever stands around rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from planbook.sheets.raw import cell_address
from planbook.sheets.sheet_xml import escape_text

LINK_LIMIT: Final = 65_530
"""Most links that a worksheet holds (Excel specifications and limits)."""

_DIMENSION: Final = re.compile(r'<dimension ref="[^"]*"/>')
_FORMAT: Final = re.compile(r"<sheetFormatPr ([^>]*?)/>")
# Links stand before these, whichever comes first (ECMA-376, CT_Worksheet).
_BEHIND_LINKS: Final = re.compile(r"<(?:printOptions|pageMargins|pageSetup|headerFooter)\b")


def links_xml(sheet: str, links: Iterable[tuple[str, str]]) -> str:
    """Return the `hyperlinks` element with links into another sheet of the workbook: inert, they lead nowhere else.

    Args:
        sheet: The other sheet.
        links: (cell that the link stands in, area of the other sheet) of each; what is beyond Excel's limit is left
            out.
    """
    quoted = sheet.replace("'", "''")
    place = escape_text(f"'{quoted}'!").replace('"', "&quot;")
    elements = "".join(
        f'<hyperlink ref="{cell}" location="{place}{area}" display="{cell}"/>'
        for cell, area in islice(links, LINK_LIMIT)
    )
    return f"<hyperlinks>{elements}</hyperlinks>" if elements else ""


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """A worksheet's part without the rows of its table: what stands above them, between them and links, and behind."""

    above: bytes
    between: bytes
    behind: bytes

    @classmethod
    def of(cls, written: str, *, last_row: int, last_column: int, outline: int = 0) -> "SheetFrame":
        """Return the frame for a table.

        Args:
            written: The worksheet as XlsxWriter wrote it; it has at least one row.
            last_row: Last row with the table's, from 1.
            last_column: Last column, from 1.
            outline: Highest level of row groups.
        """
        text = _DIMENSION.sub(f'<dimension ref="A1:{cell_address(last_row, last_column)}"/>', written, count=1)
        if outline:
            text = _FORMAT.sub(rf'<sheetFormatPr \1 outlineLevelRow="{outline}"/>', text, count=1)
        above, mark, below = text.partition("</sheetData>")
        place = _BEHIND_LINKS.search(below)
        assert mark and place, "XlsxWriter writes a worksheet in another shape"  # noqa: S101, PT018  checked by tests
        return cls(above.encode(), (mark + below[: place.start()]).encode(), below[place.start() :].encode())
