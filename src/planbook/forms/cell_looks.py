"""How a cell of an office's layout workbook looks, as far as it differs from the form's own style."""

import colorsys
import re
from typing import TYPE_CHECKING, Any, Final

from planbook.forms.layout import CellLook
from planbook.forms.palette import Properties

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_THEME_ORDER: Final = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_THEME_COLOUR: Final = re.compile(
    r"<a:(?P<name>dk[12]|lt[12]|accent[1-6])>\s*<a:(?:srgbClr val|sysClr [^>]*lastClr)=\"(?P<rgb>[0-9A-Fa-f]{6})\""
)
_BLACK: Final = "000000"


def theme_colours(theme: bytes | None) -> tuple[str, ...]:
    """Return the workbook's theme colours in the order in which cells number them."""
    text = (theme or b"").decode("utf-8", errors="replace")
    found = {match["name"]: match["rgb"].upper() for match in _THEME_COLOUR.finditer(text)}
    return tuple(found.get(name, "") for name in _THEME_ORDER)


def look_of(cell: "Cell", standard: Properties, theme: tuple[str, ...]) -> CellLook:
    """Return what `cell` has of its own against the `standard` style; what is the same, or unknown, is None."""
    font, fill = cell.font, cell.fill
    colour = _rgb(font.color, theme) or _BLACK
    background = _rgb(fill.fgColor, theme) if fill.patternType == "solid" else None
    own = CellLook(
        font=font.name,
        size=float(font.sz) if font.sz else None,
        colour=colour,
        fill=background,
        is_bold=bool(font.b),
    )
    return CellLook(
        font=own.font if own.font != standard.get("font_name") else None,
        size=own.size if own.size != standard.get("font_size") else None,
        colour=own.colour if own.colour != _plain(standard.get("font_color"), _BLACK) else None,
        fill=own.fill if own.fill != _plain(standard.get("bg_color"), "") else None,
        is_bold=own.is_bold if own.is_bold != bool(standard.get("bold")) else None,
    )


def _plain(colour: object, otherwise: str) -> str:
    return str(colour).removeprefix("#").upper() if colour else otherwise


def _rgb(colour: Any, theme: tuple[str, ...]) -> str | None:
    """Return an openpyxl colour as `RRGGBB`, None where it is automatic or unknown."""
    from openpyxl.styles.colors import COLOR_INDEX

    if colour is None:
        return None
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour.rgb[-6:].upper()
    if colour.type == "theme" and 0 <= colour.theme < len(theme) and theme[colour.theme]:
        return _tinted(theme[colour.theme], colour.tint or 0.0)
    if colour.type == "indexed" and 0 <= colour.indexed < len(COLOR_INDEX):
        return str(COLOR_INDEX[colour.indexed])[-6:].upper()
    return None


def _tinted(rgb: str, tint: float) -> str:
    """Return `rgb` lighter (`tint` above 0) or darker: ECMA-376 part 1, 18.8.19, on the lightness."""
    red, green, blue = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation))
