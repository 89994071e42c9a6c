"""Ends of notes: whether a line closes with an assignment, so that the next one is no more of it."""

import re
from typing import Final

from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.role_words import FIELD_LABEL, ROLE_LABEL

_LABELLED: Final = re.compile(rf"\s*\(?(?:{ROLE_LABEL}|{FIELD_LABEL})\s*:")
_ROLE_END: Final = re.compile(r"(?:配合|参与|参加|协助|协办|协同|负责|落实|实施|牵头|承办|指导|支持)$")


def ends_with_assignment(plain: str) -> bool:
    """Return whether the last sentence of a folded line is a labelled assignment that is whole.

    ……补贴。责任单位:市商务局 is one, and so is …责任单位:市商务局牵头,市财政局配合; one torn within a name is none.
    """
    last = plain[max(plain.rfind(mark) for mark in "。;") + 1 :].strip()
    return _LABELLED.match(last) is not None and (ends_as_agency(last) or _ROLE_END.search(last) is not None)


def ends_with_role(plain: str) -> bool:
    """Return whether the same ends in what its agencies do (……牵头,……配合), which no wrapped line goes on from."""
    return ends_with_assignment(plain) and _ROLE_END.search(plain.rstrip()) is not None
