"""The picture above a table (an office's emblem or logo): taken from the layout workbook, put into every form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from planbook.model.findings import Finding, Location

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

EMU_PER_PX: Final = 9_525
_MOST_BYTES: Final = 300 * 1024  # it travels in every form
_SIZES_PX: Final = (8, 1_200)
_FORMATS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_DESCRIPTION: Final = "单位标识"
_ANCHOR: Final = re.compile(
    r"<xdr:from><xdr:col>(?P<column>\d+)</xdr:col><xdr:colOff>(?P<offset>\d+)</xdr:colOff>(?P<from_row>.*?)</xdr:from>"
    r"<xdr:to><xdr:col>\d+</xdr:col><xdr:colOff>\d+</xdr:colOff>(?P<to_row>.*?)</xdr:to>"
    r'(?P<between>.*?<a:off )x="\d+"(?P<top> y="\d+"/><a:ext cx=")(?P<width>\d+)"'
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture beside the title of a table.

    Attributes:
        content: The file, PNG or JPEG.
        column: Column that it begins in, from 0.
        offset_px: Its distance from the left edge of that column.
        top_px: Its distance from the sheet's top.
        width_px: Its width.
        height_px: Its height.
    """

    content: bytes
    column: int
    offset_px: int
    top_px: int
    width_px: int
    height_px: int

    def within(self, height_px: int) -> "Logo":
        """Return the logo no higher than a title row of `height_px`, in proportion, and wholly inside of it."""
        height_px = max(height_px, 1)
        share = min(1.0, height_px / self.height_px)
        height = max(1, round(self.height_px * share))
        return Logo(
            self.content,
            self.column,
            self.offset_px,
            min(self.top_px, height_px - height),
            max(1, round(self.width_px * share)),
            height,
        )


def read_logo(worksheet: "Worksheet", title_rows: int) -> tuple[Logo | None, tuple[Finding, ...]]:
    """Return the picture that stands in the first `title_rows` rows of a sheet of a layout workbook, and findings.

    A picture of another format, or one that is too heavy to travel in every form, is a finding; so is each further
    one, and one that stands elsewhere.
    """
    findings: list[Finding] = []
    logo: Logo | None = None
    for image in getattr(worksheet, "_images", ()):  # openpyxl has no public name for what it read
        place = Location(sheet=worksheet.title)
        start = getattr(image.anchor, "_from", None)
        content = image._data()  # likewise
        if start is None or start.row >= title_rows or logo:
            findings.append(Finding.of("layout_picture_ignored", place))
        elif not content.startswith(_FORMATS):
            findings.append(Finding.of("layout_logo_format", place))
        elif len(content) > _MOST_BYTES:
            facts = {"size": round(len(content) / 1024), "limit": _MOST_BYTES // 1024}
            findings.append(Finding.of("layout_logo_heavy", place, **facts))
        else:
            above = sum(_row_px(worksheet, row) for row in range(1, start.row + 1))
            width, height = _size_px(image)
            logo = Logo(
                content, start.col, start.colOff // EMU_PER_PX, above + start.rowOff // EMU_PER_PX, width, height
            )
    return logo, tuple(findings)


def insert_logo(worksheet: Any, logo: Logo) -> None:
    """Put the picture into a sheet that XlsxWriter writes."""
    from io import BytesIO

    from xlsxwriter.image import Image

    image = Image(BytesIO(logo.content))
    natural = image._width * 96 / image._x_dpi, image._height * 96 / image._y_dpi
    options = {
        "x_offset": logo.offset_px,
        "y_offset": logo.top_px,
        "x_scale": logo.width_px / natural[0],
        "y_scale": logo.height_px / natural[1],
        "object_position": 2,  # moves with the cells, keeps its size
        "description": _DESCRIPTION,
        "image_data": BytesIO(logo.content),
    }
    worksheet.insert_image(0, logo.column, "logo", options)


def anchor_logo(drawing: str, logo: Logo, widths_px: Sequence[int], default_px: int) -> str:
    """Return a drawing part with the picture where it stands in a sheet whose columns have other widths.

    Args:
        drawing: The part as XlsxWriter wrote it for some widths.
        logo: The picture.
        widths_px: Width of each column, 0 for a hidden one.
        default_px: Width of the columns beyond.
    """

    def width_px(column: int) -> int:
        return widths_px[column] if column < len(widths_px) else default_px

    def walk(column: int, offset: int) -> tuple[int, int]:
        while offset >= (width := width_px(column) * EMU_PER_PX):
            column, offset = column + 1, offset - width
        return column, offset

    def replace(match: re.Match[str]) -> str:
        column, offset = walk(logo.column, logo.offset_px * EMU_PER_PX)
        width = int(match["width"])
        last, rest = walk(column, offset + width)
        left = sum(map(width_px, range(logo.column))) + logo.offset_px
        return (
            f"<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>{offset}</xdr:colOff>{match['from_row']}</xdr:from>"
            f"<xdr:to><xdr:col>{last}</xdr:col><xdr:colOff>{rest}</xdr:colOff>{match['to_row']}</xdr:to>"
            f'{match["between"]}x="{left * EMU_PER_PX}"{match["top"]}{width}"'
        )

    return _ANCHOR.sub(replace, drawing, count=1)


def _size_px(image: Any) -> tuple[int, int]:
    """Return the size at which a picture is shown; its own where the drawing does not say."""
    shown = getattr(getattr(getattr(image.anchor, "pic", None), "spPr", None), "xfrm", None)
    extent = getattr(shown, "ext", None) or getattr(image.anchor, "ext", None)
    if extent is not None and extent.cx and extent.cy:
        width, height = extent.cx / EMU_PER_PX, extent.cy / EMU_PER_PX
    else:
        width, height = image.width, image.height
    least, most = _SIZES_PX
    return round(min(max(width, least), most)), round(min(max(height, least), most))


def _row_px(worksheet: "Worksheet", row: int) -> int:
    height = worksheet.row_dimensions[row].height
    return round((15.0 if height is None else float(height)) * 4 / 3)
