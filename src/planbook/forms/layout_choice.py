"""Which layout a returned workbook is read by: its seal's, else the one whose headers it has."""

from collections.abc import Sequence

from planbook.forms.layout import FormLayout
from planbook.forms.manifest import Manifest
from planbook.forms.matching import HeaderMatch
from planbook.forms.tables import Survey, survey
from planbook.sheets.raw import RawWorkbook


def survey_return(workbook: RawWorkbook, manifest: Manifest | None, layouts: Sequence[FormLayout]) -> Survey:
    """Return what of the form is found in `workbook`, by the layout that it is to be read by.

    Args:
        workbook: The returned workbook.
        manifest: What its seal proves, None where none holds.
        layouts: The layouts that forms were issued in, the one in use first; at least one.
    """
    if manifest:
        base = next((layout for layout in layouts if layout.version == manifest.layout_version), None)
        if manifest.is_whole:
            return survey(workbook, manifest.layout(base or layouts[0]))
        if base:
            return survey(workbook, base)
    if len(layouts) == 1:
        return survey(workbook, layouts[0])
    return max((survey(workbook, layout) for layout in layouts), key=_known_headers)


def _known_headers(found: Survey) -> int:
    """Return how many headers are exactly the layout's; `max` prefers the earlier layout among equals."""
    return sum(match.match is HeaderMatch.SAME for table in found.tables for match in table.columns.matched)
