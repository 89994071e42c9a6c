"""planbook: action plans to responsibility workbooks, returned workbooks to a master progress ledger."""

__version__ = "0.1.0"
