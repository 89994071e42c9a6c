"""What is fuzzed: each target takes any bytes, and nothing but the errors that its callers expect comes out of it."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final
from unittest.mock import patch

from planbook.forms.dates import DateSetting, parse_date
from planbook.forms.manifest import SealState, open_seal, read_property_seal
from planbook.forms.numbers import parse_percent, parse_quantity
from planbook.forms.phones import parse_phone
from planbook.forms.statuses import parse_status
from planbook.forms.values import parse_text
from planbook.model.codes import find_codes, is_valid_code
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.plans.extraction import extract_plan
from planbook.plans.readers import office, read_document
from planbook.sheets.containers import expand
from planbook.sheets.found import Candidate
from planbook.sheets.limits import MEBIBYTE, Limits
from planbook.sheets.reading import read_workbook
from planbook.sheets.unreadable import UnreadableFile

_LIMITS: Final = Limits(
    file_bytes=4 * MEBIBYTE,
    unpacked_bytes=8 * MEBIBYTE,
    archive_bytes=16 * MEBIBYTE,
    entries=500,
    cells=100_000,
    files=1_000,
)
_KEY: Final = b"nobody who sends a file has this"
_PERIOD: Final = Period.parse("2024Q1")
_DATES: Final = DateSetting(period=_PERIOD, today=date(2024, 4, 8))
_ENDINGS: Final = (".txt", ".docx", ".pdf", ".html", ".mht", ".xlsx", ".ofd", ".md", "")


def workbook(content: bytes) -> None:
    """Any bytes as a workbook; what is read of them bears no seal of ours."""
    try:
        book = read_workbook(content, _LIMITS)
    except UnreadableFile:
        return
    assert open_seal(book, [_KEY], "0123456789abcdef").state is not SealState.VALID


def container(content: bytes) -> None:
    """Any bytes as an archive or a mail in the inbox: what comes out of it lies within the limits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "回表"
        path.write_bytes(content)
        found = list(expand([path], _LIMITS))
        assert found, "a file got no verdict"
        sizes = [one.size for one in found if isinstance(one, Candidate) and one.file is None]
        assert sum(sizes) <= _LIMITS.archive_bytes
        assert all(one.path.startswith(folder) for one in found)


def values(content: bytes) -> None:
    """Any text as a cell: whatever is made of it, the text itself is kept beside it."""
    text = content.decode("utf-8", errors="replace")
    for parsed in (
        parse_text(text),
        parse_percent(text),
        parse_quantity(text, "亿元"),
        parse_date(text, _DATES),
        parse_phone(text),
        parse_status(text),
    ):
        assert parsed.raw or not parsed.value
        assert parsed.value is not None or parsed.findings or parsed.is_blank or not parsed.raw
    assert all(is_valid_code(code) for code in find_codes(text))


def manifest(content: bytes) -> None:
    """Any text as a seal: none that was not made with the key is believed."""
    text = content.decode("utf-8", errors="replace")
    assert isinstance(read_property_seal(text, [_KEY], "0123456789abcdef"), SealState)


def plan(content: bytes) -> None:
    """Any bytes as a plan document, its name's ending by the first byte."""
    if not content:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"方案{_ENDINGS[content[0] % len(_ENDINGS)]}"
        path.write_bytes(content[1:])
        with patch.object(office, "find_office", return_value=None), suppress(PlanbookError):  # starts no office suite
            extract_plan(read_document(path))


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "workbook": workbook,
    "container": container,
    "values": values,
    "manifest": manifest,
    "plan": plan,
}
