"""Catalogue entries for reading returned forms."""

from planbook.model.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
