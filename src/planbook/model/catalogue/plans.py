"""Catalogue entries for reading plan documents."""

from planbook.model.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
