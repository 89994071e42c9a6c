"""Catalogue entries for the review table and the agency directory."""

from planbook.model.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
