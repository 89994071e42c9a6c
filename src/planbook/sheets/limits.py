"""How much of one returned file is worth reading: bounds that no honest form meets and every hostile one does."""

from dataclasses import dataclass
from typing import Final

MEBIBYTE: Final = 1024 * 1024

LAST_ROW: Final = 1_048_576
"""The last row of a sheet; no spreadsheet program has more."""

LAST_COLUMN: Final = 16_384
"""The last column of a sheet, XFD."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one received file.

    Attributes:
        file_bytes: Size of the file itself; scans of stamped paper are the largest honest ones.
        unpacked_bytes: Size of a workbook's parts once inflated, as far as they are read.
        entries: Parts of one workbook, or members of one archive or mail.
        cells: Filled cells of one workbook, plus the empty places that a few far ones make necessary.
        archive_bytes: Size of everything in one archive once inflated.
        nesting: Archives and mails within one another; 2 takes a forwarded mail that has an archive attached.
        files: Files that one run of `expand` looks at.
        item_seconds: Time that a worker may spend on one file.
        worker_bytes: Address space of one worker, where the system can bound it.
    """

    file_bytes: int = 50 * MEBIBYTE
    unpacked_bytes: int = 160 * MEBIBYTE
    entries: int = 5_000
    cells: int = 2_000_000
    archive_bytes: int = 1024 * MEBIBYTE
    nesting: int = 3
    files: int = 1_000_000
    item_seconds: float = 30.0
    worker_bytes: int = 384 * MEBIBYTE


DEFAULT_LIMITS: Final = Limits()
