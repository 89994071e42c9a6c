"""The [reading] section of `planbook.toml`: how many processes read returns, and what one file may cost at most."""

from dataclasses import dataclass, field
from typing import Final

from planbook.sheets.limits import DEFAULT_LIMITS, MEBIBYTE, Limits
from planbook.workspace.settings_reader import SettingsReader

READING_TEMPLATE: Final = """\
[reading]
# 同时读取回表的进程数。
workers = 2
# 以下是一个文件的上限，正常填报的表远远达不到；超过的文件单独列出，不影响其他文件。
# 读取时限（秒）、读取进程的内存（MB）。
seconds_per_file = 30
memory_mb = 384
# 文件大小、表格展开后的大小（MB）、表格内部的部件数、有内容的格数。
file_mb = 50
unpacked_mb = 160
parts = 5000
cells = 2000000
# 压缩包展开后的大小（MB），压缩包和邮件最多套几层，一次最多看多少个文件。
archive_mb = 1024
nesting = 3
files = 1000000
"""


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """Processes that read returns, and the limits of what one file may cost."""

    workers: int = 2
    limits: Limits = field(default_factory=lambda: DEFAULT_LIMITS)


def read_reading_settings(reader: SettingsReader) -> ReadingSettings:
    """Return how returns are read.

    Raises:
        PlanbookError: A number is none, or out of bounds.
    """

    def number(name: str, default: int, lowest: int, highest: int) -> int:
        return reader.number("reading", name, default, lowest, highest)

    def mebibytes(name: str, default: int, lowest: int = 1) -> int:
        return number(name, default // MEBIBYTE, lowest, 65_536) * MEBIBYTE

    usual = DEFAULT_LIMITS
    return ReadingSettings(
        workers=number("workers", 2, 1, 64),
        limits=Limits(
            file_bytes=mebibytes("file_mb", usual.file_bytes),
            unpacked_bytes=mebibytes("unpacked_mb", usual.unpacked_bytes),
            entries=number("parts", usual.entries, 20, 1_000_000),
            cells=number("cells", usual.cells, 1_000, 100_000_000),
            archive_bytes=mebibytes("archive_mb", usual.archive_bytes),
            nesting=number("nesting", usual.nesting, 1, 10),
            files=number("files", usual.files, 1, 100_000_000),
            item_seconds=float(number("seconds_per_file", int(usual.item_seconds), 1, 3_600)),
            worker_bytes=mebibytes("memory_mb", usual.worker_bytes, 256),
        ),
    )
