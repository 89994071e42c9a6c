"""Which layout a returned workbook is read by: its seal's, else the one whose headers it has."""

from collections.abc import Sequence

from planbook.forms.layout import FormLayout
from planbook.forms.manifest import Manifest
from planbook.forms.matching import HeaderMatch
from planbook.forms.tables import survey
from planbook.sheets.raw import RawWorkbook


def choose_layout(workbook: RawWorkbook, manifest: Manifest | None, layouts: Sequence[FormLayout]) -> FormLayout:
    """Return the layout that `workbook` is to be read by.

    Args:
        workbook: The returned workbook.
        manifest: What its seal proves, None where none holds.
        layouts: The layouts that forms were issued in, the one in use first; at least one.
    """
    if manifest:
        base = next((layout for layout in layouts if layout.version == manifest.layout_version), None)
        if manifest.is_whole:
            return manifest.layout(base or layouts[0])
        if base:
            return base
    if len(layouts) == 1:
        return layouts[0]
    return max(layouts, key=lambda layout: _known_headers(workbook, layout))


def _known_headers(workbook: RawWorkbook, layout: FormLayout) -> int:
    """Return how many headers are exactly the layout's; `max` prefers the earlier layout among equals."""
    return sum(
        match.match is HeaderMatch.SAME for table in survey(workbook, layout).tables for match in table.columns.matched
    )
