"""The document readers: any file that a plan comes in, to one `Document`; `read_document` is the door."""

from planbook.plans.readers.dispatch import read_document

__all__ = ["read_document"]
