"""Holds every file that planbook writes against Microsoft's Open XML SDK validator and openxml-audit."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from openxml_audit import FileFormat, OpenXmlValidator

_SDK_VALIDATOR: Final = Path(__file__).parents[1] / "node_modules" / ".bin" / "ooxml-validator"
_OFFICE_VERSIONS: Final = ("Office2016", "Microsoft365")
_AUDIT_FORMATS: Final = (FileFormat.OFFICE_2016, FileFormat.MICROSOFT_365)


def assert_valid_office_file(content: bytes | Path, suffix: str = ".xlsx") -> None:
    """Assert that neither validator has anything to say about an Office file, given as bytes or path."""
    if isinstance(content, Path):
        _assert_valid(content)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        _assert_valid(path)


def assert_valid_workbook(content: bytes | Path) -> None:
    """Assert that neither validator has anything to say about a workbook, given as bytes or path."""
    assert_valid_office_file(content, ".xlsx")


def assert_audited(content: bytes) -> None:
    """Assert that openxml-audit alone has nothing to say about a workbook: it runs in this process, and is quick."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.xlsx"
        path.write_bytes(content)
        _assert_audited(path)


def _assert_valid(path: Path) -> None:
    assert _SDK_VALIDATOR.exists(), "Open XML SDK validator is not installed: make setup-tests"
    for version in _OFFICE_VERSIONS:
        run = subprocess.run(
            [str(_SDK_VALIDATOR), str(path), "--officeVersion", version], capture_output=True, text=True, check=False
        )
        assert run.stdout, run.stderr
        verdict = json.loads(run.stdout)
        assert verdict["ok"], f"{path.name}, {version}: {json.dumps(verdict['errors'], ensure_ascii=False, indent=1)}"
    _assert_audited(path)


def _assert_audited(path: Path) -> None:
    for file_format in _AUDIT_FORMATS:
        result = OpenXmlValidator(file_format).validate(path)
        assert not result.errors, f"{path.name}, {file_format}: {result.errors}"
