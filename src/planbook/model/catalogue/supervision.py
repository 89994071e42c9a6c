"""Catalogue entries for issuing, supervision and the ledger."""

from planbook.model.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
