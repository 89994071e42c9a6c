"""The office's form layout (责任清单样式.xlsx): put into new workspaces, read to issue and to take in returns."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.actions.standard_layouts import StandardLayouts
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Severity
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.forms.layout import FormLayout
    from planbook.forms.layout_file import LayoutReading

_MOST_KEPT: Final = 20


def put_standard_layout(workspace: Workspace) -> None:
    """Put the standard layout into the workspace, to be edited there; one that is there already stays."""
    if workspace.form_layout.exists():
        return
    from planbook.forms.default_layout import DEFAULT_LAYOUT
    from planbook.forms.layout_workbook import write_layout_workbook

    replace_file(workspace.form_layout, write_layout_workbook(DEFAULT_LAYOUT))


def layout_for_issue(workspace: Workspace) -> tuple["FormLayout", tuple[Finding, ...]]:
    """Return the layout that forms are to be issued in, and what the office should know about it.

    Without the workbook, or where nobody has edited it, it is the standard layout.

    Raises:
        PlanbookError: The workbook cannot be read, or has errors, each named with its cell.
    """
    from planbook.forms.default_layout import DEFAULT_LAYOUT

    reading = _read(workspace.form_layout)
    if reading is None:
        return DEFAULT_LAYOUT, ()
    findings = tuple(_placed(workspace, finding) for finding in reading.findings)
    if reading.layout is None:
        errors = [finding.message for finding in findings if finding.severity is Severity.ERROR]
        listed = "\n".join(f"  {message}" for message in errors)
        raise PlanbookError(
            f"样式表 {workspace.form_layout} 有 {len(errors)} 处错误，没有生成责任清单，请改正后再试：\n{listed}"
        )
    return _standard_if_unedited(reading.layout), findings


def keep_layout(workspace: Workspace, layout: "FormLayout") -> None:
    """Keep the workbook of a layout that forms are about to be issued in, so that it outlives the next edit."""
    from planbook.forms.default_layout import DEFAULT_LAYOUT

    kept = workspace.kept_layouts / f"{layout.version}.xlsx"
    if layout.version != DEFAULT_LAYOUT.version and not kept.exists():
        replace_file(kept, workspace.form_layout.read_bytes())


def layouts_for_reading(workspace: Workspace) -> tuple["FormLayout", ...]:
    """Return the layouts that returns may be in: the one in use, those used before, latest first, the standard one.

    What cannot be read just now is left out: a form says by its seal how it was laid out, and a layout workbook
    that somebody is halfway through editing must not stop returns.
    """
    from planbook.forms.default_layout import DEFAULT_LAYOUT

    kept = sorted(workspace.kept_layouts.glob("*.xlsx"), key=lambda path: path.stat().st_mtime, reverse=True)
    standard = StandardLayouts(workspace.standard_layouts, DEFAULT_LAYOUT)
    found = (_layout_if_possible(path, standard) for path in (workspace.form_layout, *kept[:_MOST_KEPT]))
    layouts = [layout for layout in found if layout]
    return tuple({layout.version: layout for layout in (*layouts, DEFAULT_LAYOUT)}.values())


def _standard_if_unedited(layout: "FormLayout") -> "FormLayout":
    from planbook.forms.default_layout import DEFAULT_LAYOUT

    return DEFAULT_LAYOUT if replace(layout, version=DEFAULT_LAYOUT.version) == DEFAULT_LAYOUT else layout


def _layout_if_possible(path: Path, standard: StandardLayouts) -> "FormLayout | None":
    from planbook.forms.default_layout import DEFAULT_LAYOUT

    try:
        content = path.read_bytes()
        if content in standard:
            return DEFAULT_LAYOUT
        layout = _read_content(path, content).layout
    except (OSError, PlanbookError):
        return None
    found = layout and _standard_if_unedited(layout)
    if found is DEFAULT_LAYOUT:
        standard.add(content)
    return found


def _read(path: Path) -> "LayoutReading | None":
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PlanbookError(f"读不了样式表 {path}，请检查是否有权限。") from error
    return _read_content(path, content)


def _read_content(path: Path, content: bytes) -> "LayoutReading":
    from planbook.forms.layout_file import read_layout_file

    try:
        return read_layout_file(content)
    except PlanbookError as error:
        raise PlanbookError(f"{path}：{error.message}") from error


def _placed(workspace: Workspace, finding: Finding) -> Finding:
    """Return a finding that says which file it speaks of: the form's sheets have the same names."""
    sheet = f"样式表 {finding.location.sheet}" if finding.location.sheet else None
    return replace(finding, location=replace(finding.location, file=workspace.form_layout.name, sheet=sheet))
