"""The filled-in cells of one task or indicator: read from wherever they stand, with everything that is odd noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from planbook.forms.finding_log import FindingLog
from planbook.forms.header_units import unit_in_header
from planbook.forms.layout import Column, Field, ValueKind
from planbook.forms.matching import MatchedColumn
from planbook.forms.parsed import Parsed, cell_text, shown
from planbook.forms.row_reading import CellContent, Parser, RowReading
from planbook.forms.tables import FoundTable
from planbook.model.findings import Location
from planbook.sheets.raw import CellKey, CellRange, CellValue, RawSheet

Value = TypeVar("Value")


_NUMBERS: Final = (ValueKind.PERCENT, ValueKind.NUMBER, ValueKind.COUNT)
_PICTURE_FORMULA: Final = "=DISPIMG("


@dataclass(frozen=True, slots=True)
class Source:
    """One cell that a value may come from.

    Attributes:
        table: Table that it stands in.
        row: Its row, from 1.
        column: Its column.
        merged: Merged range that covers it and begins in this column, if any.
        key: Where the value is stored: the first cell of the merged range, else the cell itself.
        value: The stored value.
        fault: Code of a finding and text where there is content that is no value.
        written: What the cell has to say, as text; empty for an empty cell.
    """

    table: FoundTable
    row: int
    column: MatchedColumn
    merged: CellRange | None
    key: CellKey
    value: CellValue
    fault: tuple[str, str] | None
    written: str

    @classmethod
    def of(cls, table: FoundTable, row: int, column: MatchedColumn, covering: CellRange | None) -> "Source":
        """Return the cell in `row` and `column` of `table`, which the merged range `covering` may cover."""
        sheet = table.sheet
        merged = covering if covering and covering.first_column == column.place else None
        key = (merged.first_row if merged else row, column.place)
        value = sheet.value(*key)
        fault = None
        if key in sheet.errors:
            fault = ("cell_error_value", sheet.errors[key])
        elif key in sheet.pictures_in_cells or is_picture(value):
            fault = ("cell_picture", "图片")
        elif key in sheet.empty_formulas:
            fault = ("cell_formula_empty", "公式")
        shown_text = percent_text(value) if key in sheet.percent_cells else cell_text(value)
        hidden = _hidden_text(sheet, (row, column.place), covering) if covering else ""
        if hidden and (not merged or hidden != shown_text):
            fault = ("merged_hides_value", hidden)
        return cls(table, row, column, merged, key, value, fault, fault[1] if fault else shown_text)

    @property
    def sheet(self) -> RawSheet:
        """The sheet that it stands in."""
        return self.table.sheet

    @property
    def location(self) -> Location:
        """Where a clerk finds it."""
        return self.table.location_at(self.row, self.column.place)

    @property
    def content(self) -> CellContent:
        """The stored value with what stands around it that bears on its meaning."""
        sheet = self.table.sheet
        return CellContent(self.value, self.key in sheet.percent_cells, stated_unit(self), sheet.counts_from_1904)

    @property
    def is_merged_across(self) -> bool:
        """The merged range covers other columns, too."""
        return self.merged is not None and self.merged.first_column != self.merged.last_column

    @property
    def is_merged_down(self) -> bool:
        """The merged range covers other rows, too."""
        return self.merged is not None and self.merged.first_row != self.merged.last_row


class FilledCells(RowReading):
    """The cells of one task or indicator, each column with the places where it was found.

    Usually a column has one place; copied columns and rows give several, which must not contradict each other.

    Attributes:
        sources: Places by column header.
    """

    __slots__ = ("sources",)

    def __init__(self, sources: Mapping[str, Sequence[Source]], log: FindingLog) -> None:
        super().__init__(log)
        self.sources = sources

    def written(self, column: Column | None) -> str:
        """Return what a column has to say, as text; empty where it has nothing."""
        return next((source.written for source in self._of(column) if source.written), "")

    def _of(self, column: Column | None) -> Sequence[Source]:
        return self.sources.get(column.header, []) if column else []

    def note_comments(self) -> None:
        """Report the comments of cells that are not read because nothing is filled in."""
        for header, sources in self.sources.items():
            for source in sources:
                self._note_comment(header, source)

    def _parsed(self, column: Column, parser: Parser[Value]) -> Parsed[Value] | None:
        sources = self._of(column)
        if not sources:
            return None
        source = sources[0]
        if len(sources) > 1:
            written = {text: source for source in reversed(sources) if (text := source.written)}
            if len(written) > 1:
                return self._conflict(column, list(written.values())[::-1])
            source = next(iter(written.values()), source)
        self._note_comment(column.header, source)
        if source.fault:
            code, text = source.fault
            self.log.add(code, source.location, column=column.header, raw=text)
            return Parsed(None, text)
        if source.merged and source.written and not self._accept_merged(column, source):
            return Parsed(None, source.written)
        parsed = parser(source.content)
        if parsed.findings:
            self.log.place(parsed.located(source.location), column=column.header)
        return parsed

    def _conflict(self, column: Column, sources: Sequence[Source]) -> Parsed[Value]:
        for source in sources:
            others = "、".join(str(other.location) for other in sources if other is not source)
            self.log.add(
                "cells_conflict", source.location, column=column.header, raw=shown(source.written), others=others
            )
        return Parsed(None, " ‖ ".join(source.written for source in sources))

    def _accept_merged(self, column: Column, source: Source) -> bool:
        """Take a text that was merged over several rows for each of them; a number might be their sum."""
        if source.is_merged_down and column.kind in _NUMBERS:
            self.log.add("merged_number", source.location, column=column.header, raw=shown(source.written))
            return False
        if source.is_merged_across or source.row != source.key[0]:
            self.log.add("merged_cells", source.location, column=column.header, raw=shown(source.written))
        return True

    def _note_comment(self, header: str, source: Source) -> None:
        comment = source.sheet.comments.get((source.row, source.column.place))
        if comment and comment.strip():
            code = "comment_beside_value" if source.written else "comment_instead_of_value"
            self.log.add(code, source.location, column=header, comment=shown(comment))


def gather_sources(rows: Iterable[tuple[FoundTable, int]]) -> dict[str, list[Source]]:
    """Return the filled-in cells of the given rows, all of one task or indicator, by column header."""
    sources: dict[str, list[Source]] = {}
    for table, row in rows:
        # A range that begins in the header holds the header's text, which is nobody's answer.
        merged = [found for found in table.sheet.merged if table.header_row < found.first_row <= row <= found.last_row]
        for match in table.columns.matched:
            if not match.column.is_issued:
                covering = next(
                    (found for found in merged if found.first_column <= match.place <= found.last_column), None
                )
                sources.setdefault(match.column.header, []).append(Source.of(table, row, match, covering))
    return sources


def stated_unit(source: Source) -> str:
    """Return the unit of a cell as its own header or row states it, where that is not as issued; else empty.

    People write （万元） behind 本期完成值, or change 计量单位, and then fill in what they have. Which of the two
    units a bare number is in, nobody can tell.
    """
    added = unit_added_to_header(source.column)
    if added or source.column.column.field is not Field.VALUE:
        return added
    return source.table.text(source.row, Field.UNIT)


def unit_added_to_header(column: MatchedColumn) -> str:
    """Return the unit that a header states and that was not issued in it; empty where there is none."""
    if column.column.kind not in (ValueKind.PERCENT, ValueKind.NUMBER):
        return ""
    added = unit_in_header(column.header)
    return added if added != unit_in_header(column.column.header) else ""


def percent_text(value: CellValue) -> str:
    """Return a number stored in a percent cell as the cell shows it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell_text(value)
    return f"{cell_text(float(format(value * 100, '.15g')))}%"


def _hidden_text(sheet: RawSheet, key: CellKey, covering: CellRange) -> str:
    """Return what a cell below a merged range holds; nobody sees it, but WPS and LibreOffice keep it when merging."""
    return "" if key == (covering.first_row, covering.first_column) else cell_text(sheet.value(*key))


def is_picture(value: CellValue) -> bool:
    """Return whether a cell's value is the formula by which WPS keeps a picture in a cell."""
    return isinstance(value, str) and value[:20].upper().replace("_XLFN.", "").startswith(_PICTURE_FORMULA)
