"""Rows of a sheet that has few of them far apart: one stray cell in the last row costs next to nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, overload

from planbook.sheets.raw import CellValue

Row = Sequence[CellValue]

_EMPTY_ROW: Final[tuple[CellValue, ...]] = ()
_SPARSE_FROM: Final = 1_000


@dataclass(frozen=True, slots=True)
class SparseRows(Sequence[Row]):
    """Rows by number (from 1), all others empty; behaves as the list of `height` rows that it stands for."""

    filled: Mapping[int, Row]
    height: int

    def __len__(self) -> int:
        return self.height

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self.filled.get(row + 1, _EMPTY_ROW) for row in range(*index.indices(self.height))]
        row = index + self.height if index < 0 else index
        if not 0 <= row < self.height:
            raise IndexError(index)
        return self.filled.get(row + 1, _EMPTY_ROW)

    def __iter__(self) -> Iterator[Row]:
        for row in range(1, self.height + 1):
            yield self.filled.get(row, _EMPTY_ROW)


def number_rows(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """Yield the rows with their numbers (from 1), without those of a sparse sheet that hold nothing."""
    if isinstance(rows, SparseRows):
        yield from sorted(rows.filled.items())
    else:
        yield from enumerate(rows, start=1)


def arrange_rows(filled: Mapping[int, Row], height: int) -> Sequence[Row]:
    """Return the `height` rows of a sheet, the first one first, from its filled rows by number (from 1)."""
    if height > _SPARSE_FROM and height > 4 * len(filled):
        return SparseRows(filled, height)
    return [filled.get(row, _EMPTY_ROW) for row in range(1, height + 1)]
