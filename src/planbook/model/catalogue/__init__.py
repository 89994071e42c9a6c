"""The catalogue of finding codes: every wording that validation shows to a clerk stands here and nowhere else."""

from planbook.model.catalogue import (
    decisions,
    dispatches,
    documents,
    doubts,
    files,
    forms,
    issuing,
    layouts,
    plans,
    review,
    revisions,
    supervision,
    templates,
)
from planbook.model.catalogue.entry import Entry

CATALOGUE: dict[str, Entry] = {
    **documents.ENTRIES,
    **dispatches.ENTRIES,
    **plans.ENTRIES,
    **review.ENTRIES,
    **revisions.ENTRIES,
    **issuing.ENTRIES,
    **layouts.ENTRIES,
    **forms.ENTRIES,
    **files.ENTRIES,
    **supervision.ENTRIES,
    **templates.ENTRIES,
    **decisions.ENTRIES,
    **doubts.ENTRIES,
}

__all__ = ["CATALOGUE", "Entry"]
