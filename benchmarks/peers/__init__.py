"""Merge scripts as a clever colleague would write them: no checks, no provenance, no history."""
