"""Puts rows into a worksheet that XlsxWriter wrote with its headers alone, and whatever stands around rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planbook.sheets.raw import cell_address
from planbook.sheets.sheet_xml import escape_text

LINK_LIMIT: Final = 65_530
"""Most links that a worksheet holds (Excel specifications and limits)."""

_DIMENSION: Final = re.compile(r'<dimension ref="[^"]*"/>')
_FORMAT: Final = re.compile(r"<sheetFormatPr ([^>]*?)/>")
# Links stand before these, whichever comes first (ECMA-376, CT_Worksheet).
_BEHIND_LINKS: Final = re.compile(r"<(?:printOptions|pageMargins|pageSetup|headerFooter)\b")


@dataclass(frozen=True, slots=True)
class InnerLink:
    """A link from a cell to a place in the same workbook: inert, it can lead nowhere else."""

    cell: str
    sheet: str
    area: str

    def xml(self) -> str:
        """Return its element."""
        quoted = self.sheet.replace("'", "''")
        place = escape_text(f"'{quoted}'!{self.area}").replace('"', "&quot;")
        return f'<hyperlink ref="{self.cell}" location="{place}" display="{self.cell}"/>'


def splice_rows(
    frame: str, rows: str, *, last_row: int, last_column: int, outline: int = 0, links: Sequence[InnerLink] = ()
) -> bytes:
    """Return the worksheet's part.

    Args:
        frame: The worksheet as XlsxWriter wrote it; it has at least one row.
        rows: Rows below those that it has (`sheet_xml.rows_xml`).
        last_row: Last row with them, from 1.
        last_column: Last column, from 1.
        outline: Highest level of row groups.
        links: Links; what is beyond Excel's limit is left out.
    """
    text = _DIMENSION.sub(f'<dimension ref="A1:{cell_address(last_row, last_column)}"/>', frame, count=1)
    if outline:
        text = _FORMAT.sub(rf'<sheetFormatPr \1 outlineLevelRow="{outline}"/>', text, count=1)
    above, mark, below = text.partition("</sheetData>")
    assert mark, "XlsxWriter writes a worksheet in another shape"  # noqa: S101  checked by the tests
    if links:
        place = _BEHIND_LINKS.search(below)
        assert place, "XlsxWriter writes a worksheet in another shape"  # noqa: S101  checked by the tests
        elements = "".join(link.xml() for link in links[:LINK_LIMIT])
        below = f"{below[: place.start()]}<hyperlinks>{elements}</hyperlinks>{below[place.start() :]}"
    return "".join((above, rows, mark, below)).encode()
