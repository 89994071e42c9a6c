"""The look that the office's workbooks share: fonts with their sizes, a restrained palette, and cell formats."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from planbook.model.findings import Severity
from planbook.model.lights import Light

TITLE_FONT: Final = "黑体"
HEADER_FONT: Final = "黑体"
BODY_FONT: Final = "仿宋"
SCREEN_FONT: Final = "微软雅黑"

TITLE_SIZE_PT: Final = 18
NOTE_SIZE_PT: Final = 10
HEADER_SIZE_PT: Final = 11
BODY_SIZE_PT: Final = 10.5

INK: Final = "1F2D3D"
MUTED_INK: Final = "6B7785"
BORDER: Final = "AAB4BF"
RULE: Final = "2F5D8A"


class Align(StrEnum):
    """Horizontal alignment."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Tint:
    """Colours of a cell, `RRGGBB`; no fill means white."""

    fill: str | None = None
    ink: str = INK
    is_bold: bool = False


PLAIN: Final = Tint()
ISSUED_HEADER: Final = Tint("D9E2EC", is_bold=True)
EDITABLE_HEADER: Final = Tint("F8D9A0", is_bold=True)
ISSUED: Final = Tint("F5F7F9")
EDITABLE: Final = Tint("FFFDF2")
QUOTED: Final = Tint("F5F7F9", MUTED_INK)
NEW: Final = Tint("E7F1E4")

MISSING: Final = Tint("FCE9E7", "9B1C16")

ERROR_TINT: Final = Tint("F8CFCB", "9B1C16")
WARNING_TINT: Final = Tint("FFE9A8", "7A4F00")
NOTE_TINT: Final = Tint("E1ECF7", "1F4E79")

SEVERITY_TINTS: Final = {Severity.ERROR: ERROR_TINT, Severity.WARNING: WARNING_TINT, Severity.NOTE: NOTE_TINT}
SEVERITY_LABELS: Final = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}

LIGHT_TINTS: Final = {
    Light.RED: Tint("F4B6B0", "8E1B14", is_bold=True),
    Light.YELLOW: Tint("FFE699", "7A5200", is_bold=True),
    Light.BLUE: Tint("BDD7EE", "1F4E79", is_bold=True),
    Light.GREEN: Tint("C6E0B4", "2F5E1E", is_bold=True),
    Light.GREY: Tint("E3E5E8", "59636E", is_bold=True),
    Light.WHITE: Tint("FFFFFF", "59636E", is_bold=True),
}
LIGHT_CHART_COLOURS: Final = {
    Light.RED: "C8453B",
    Light.YELLOW: "E9B93C",
    Light.BLUE: "4F8FCB",
    Light.GREEN: "6FAE5A",
    Light.GREY: "B4BAC1",
    Light.WHITE: "DDE1E6",
}
LIGHT_ORDER: Final = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN, Light.GREY, Light.WHITE)


class FormatBook:
    """Cell formats of one workbook, each made once; XlsxWriter writes every one that was ever asked for."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._known: dict[tuple[tuple[str, object], ...], Any] = {}
        self._cells: dict[tuple[Tint, Align, str, bool, int], Any] = {}
        self._names: dict[tuple[Tint, Align, str, bool, int], str] = {}
        self._settled: int | None = None

    @property
    def is_regular(self) -> bool:
        """Whether `style` gave no numbers but those that were settled; what is not settled yet counts as regular."""
        return self._settled is None or self._settled == len(self._names)

    def settle(self) -> None:
        """Take the numbers that `style` has given so far for those that any other workbook gives."""
        self._settled = len(self._names)

    def make(self, **properties: object) -> Any:
        """Return the format with these XlsxWriter properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._known:
            self._known[key] = self._workbook.add_format(properties)
        return self._known[key]

    def text(self, size_pt: float, *, font: str = BODY_FONT, tint: Tint = PLAIN, **properties: object) -> Any:
        """Return a format for text that stands outside a table."""
        return self.make(
            font_name=font,
            font_size=size_pt,
            font_color="#" + tint.ink,
            bold=tint.is_bold,
            valign="vcenter",
            **({"bg_color": "#" + tint.fill} if tint.fill else {}),
            **properties,
        )

    def cell(
        self,
        tint: Tint = PLAIN,
        align: Align = Align.LEFT,
        number_format: str = "General",
        *,
        is_quoted: bool = False,
        indent: int = 0,
    ) -> Any:
        """Return the format of a table cell.

        Args:
            tint: Colours.
            align: Horizontal alignment.
            number_format: Number format as spreadsheets write it.
            indent: Steps of about one character.
            is_quoted: Keep the text a text when somebody edits the cell and presses Enter (`=1+1`).
        """
        key = (tint, align, number_format, is_quoted, indent)
        if key not in self._cells:  # asked for once a cell: tens of thousands of times in a large ledger
            self._cells[key] = self.text(
                BODY_SIZE_PT,
                tint=tint,
                align=str(align),
                num_format=number_format,
                text_wrap=True,
                border=1,
                border_color="#" + BORDER,
                quote_prefix=is_quoted,
                indent=indent,
            )
        return self._cells[key]

    def style(
        self,
        tint: Tint = PLAIN,
        align: Align = Align.LEFT,
        number_format: str = "General",
        *,
        is_quoted: bool = False,
        indent: int = 0,
    ) -> str:
        """Return the name of the same format as `cell` gives, for rows whose XML is written without XlsxWriter."""
        key = (tint, align, number_format, is_quoted, indent)
        name = self._names.get(key)
        if name is None:
            look = self.cell(tint, align, number_format, is_quoted=is_quoted, indent=indent)
            # XlsxWriter would number the format when it writes a cell of it, which it never does here.
            name = self._names[key] = str(look._get_xf_index())
        return name

    def header(self, tint: Tint) -> Any:
        """Return the format of a header cell."""
        return self.text(
            HEADER_SIZE_PT,
            font=HEADER_FONT,
            tint=tint,
            align="center",
            text_wrap=True,
            border=1,
            border_color="#" + BORDER,
        )
