"""Reads an office's own form layout from its workbook (样式表), and gives each layout its version."""

import hashlib
import json
import zipfile
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Any, Final

from planbook.forms.cell_looks import theme_colours
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.issued import clean_text
from planbook.forms.layout import FormLayout, SheetKind, SheetLayout
from planbook.forms.layout_sheet import LayoutSheetReader, find_sample_row
from planbook.forms.layout_workbook import NOTES_SHEET
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Severity

_MAX_NOTES: Final = 30
_SHEET_NAMES: Final = {SheetKind.TASKS: "责任清单", SheetKind.INDICATORS: "指标进度"}
_MAX_BYTES: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LayoutReading:
    """A layout workbook read: the layout, None where an error stands among the findings, and the findings."""

    layout: FormLayout | None
    findings: tuple[Finding, ...]


def read_layout_file(content: bytes, base: FormLayout = DEFAULT_LAYOUT) -> LayoutReading:
    """Return the layout that a workbook describes.

    Args:
        content: The workbook (.xlsx).
        base: Layout that gives what a workbook does not say: kinds of value, prompts without a comment.

    Raises:
        PlanbookError: The content is no workbook that can be read.
    """
    workbook = _opened(content)
    theme = theme_colours(workbook.loaded_theme)
    findings: list[Finding] = []
    sheets: dict[SheetKind, SheetLayout] = {}
    title, style = base.title, base.style
    for sheet in base.sheets:
        found = [each for each in workbook.worksheets if find_sample_row(each, sheet.kind)]
        if len(found) != 1:
            code = "layout_sheet_twice" if found else "layout_sheet_missing"
            findings.append(Finding.of(code, name=f"“{_SHEET_NAMES[sheet.kind]}”"))
            continue
        reader = LayoutSheetReader(found[0], sheet, base, theme)
        sheets[sheet.kind] = reader.read()
        findings += reader.findings
        if sheet.kind is SheetKind.TASKS:
            title, font, size = reader.title()
            style = replace(style, title_font=font or style.title_font, title_size=size or style.title_size)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return LayoutReading(None, tuple(findings))
    layout = replace(
        base,
        tasks=sheets[SheetKind.TASKS],
        indicators=sheets[SheetKind.INDICATORS],
        title=title or base.title,
        notes=_notes(workbook),
        style=style,
    )
    return LayoutReading(replace(layout, version=layout_version(layout)), tuple(findings))


def layout_version(layout: FormLayout) -> str:
    """Return a version that is equal for equal layouts, whatever version they bear, and differs otherwise."""
    facts = json.dumps(asdict(replace(layout, version="")), ensure_ascii=False, sort_keys=True, default=str)
    return f"自定{hashlib.sha256(facts.encode()).hexdigest()[:12]}"


def _opened(content: bytes) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if len(content) > _MAX_BYTES:
        raise PlanbookError("样式表超过 20 MB，请删去其中的图片后重试。")
    try:
        return load_workbook(BytesIO(content))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError) as error:
        raise PlanbookError("样式表打不开，请用 Excel 或 WPS 另存为 .xlsx 工作簿后重试。") from error


def _notes(workbook: Any) -> tuple[str, ...]:
    if NOTES_SHEET not in workbook.sheetnames:
        return ()
    cells = workbook[NOTES_SHEET].iter_rows(min_row=2, max_row=1 + _MAX_NOTES, max_col=1, values_only=True)
    return tuple(clean_text(str(text)) for (text,) in cells if text is not None and str(text).strip())
