"""Spreadsheet files as such: what kind a file is, its raw cells under limits; nothing of forms or plans."""
