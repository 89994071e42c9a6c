"""Catalogue entries for files as such: unreadable, foreign, not workbooks."""

from planbook.model.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
