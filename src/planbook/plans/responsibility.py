"""Responsibility: from the unit notes of a task to its lead and supporting agencies, and the ground for the lead."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from planbook.model.plan import LeadBasis
from planbook.plans.agency_names import ListedAgency
from planbook.plans.characters import fold, squeeze
from planbook.plans.role_words import Role
from planbook.plans.unit_notes import UnitNote

_FIRST_LEADS: Final = re.compile(
    r"(?:列|排|位列|居|处)(?:名|序)?(?:在|于|为)?(?:第一|首|最前|前列?)(?:位|名|个)?(?:的|者)?[^。；;，,]{0,12}?(?:为|是|即为|系|作为)(?:该?[^。；;，,]{0,6})?(?:总?牵头|主办|主责)"
    r"|第一(?:责任)?(?:单位|个|家|位)[^。；;，,]{0,8}(?:为|是|即为)(?:总?牵头|主办|主责)"
    r"|(?:排名|排序)?(?:首位|第一位)[^。；;，,]{0,10}(?:为|是|即为)(?:总?牵头|主办|主责)"
)
_MARKED_LEAD: Final = re.compile(
    r"(?:标(?:有|注|明)?|带|加|注)(?:有|注)?[“\"]?[*★☆△▲◆◇※#][”\"]?(?:号|标志|标记)?(?:的|者)?[^。；;]{0,10}(?:为|是)(?:牵头|主办|主责)"
    r"|[*★☆△▲◆◇※#][”\"]?(?:号|标志|标记)?(?:的|者)?(?:为|是|表示)(?:牵头|主办|主责)"
)


@dataclass(frozen=True, slots=True)
class LeadStatement:
    """What the document says of leads as a whole: the first listed leads, or the marked ones do."""

    first_leads: bool = False
    marked_leads: bool = False


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Agencies of a task.

    Attributes:
        leads: Lead agencies, in order.
        supporting: The others, in order, those that guide last.
        basis: Ground for the leads.
        doubtful: Names that a person should look at.
    """

    leads: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    basis: LeadBasis = LeadBasis.NONE
    doubtful: tuple[str, ...] = ()


def find_lead_statement(texts: Iterable[str]) -> LeadStatement:
    """Return the document's own rule on who leads (“列第一位的为牵头单位”), wherever it stands."""
    first = marked = False
    for text in texts:
        if "牵头" in text or "主办" in text or "主责" in text:
            plain = fold(text)
            first = first or _FIRST_LEADS.search(plain) is not None
            marked = marked or _MARKED_LEAD.search(plain) is not None
    return LeadStatement(first, marked)


def assign_roles(notes: Sequence[UnitNote], statement: LeadStatement) -> Responsibility:
    """Return who leads and who helps.

    Precedence: a word of the text (牵头、主办; 负责 or 责任 against 配合) before the document's statement before the
    first listed, which is then only presumed. No agency appears twice, and none in both lists.
    """
    entries = [entry for note in notes for entry in note.entries]
    listed = [agency for entry in entries for agency in entry.agencies]
    if not listed:
        return Responsibility()
    roles = {entry.role for entry in entries}
    basis = LeadBasis.EXPLICIT
    if Role.LEAD in roles:
        leads = [agency for entry in entries if entry.role is Role.LEAD for agency in entry.agencies]
    elif statement.marked_leads and any(agency.is_marked for agency in listed):
        leads, basis = [agency for agency in listed if agency.is_marked], LeadBasis.FOOTNOTE
    elif Role.RESPONSIBLE in roles and Role.SUPPORT in roles:
        leads = [agency for entry in entries if entry.role is Role.RESPONSIBLE for agency in entry.agencies]
    elif statement.first_leads:
        firsts = [_principal(note) for note in notes]
        leads, basis = [agency for agency in firsts if agency], LeadBasis.FOOTNOTE
    else:
        first = next((agency for note in notes if (agency := _principal(note))), listed[0])
        leads, basis = [first], LeadBasis.PRESUMED
    lead_names = _unique(agency.name for agency in leads)
    guides = [agency for entry in entries if entry.role is Role.GUIDE for agency in entry.agencies]
    others = [agency for entry in entries if entry.role is not Role.GUIDE for agency in entry.agencies]
    taken = {squeeze(name) for name in lead_names}
    supporting = [name for name in _unique(agency.name for agency in (*others, *guides)) if squeeze(name) not in taken]
    doubtful = _unique(agency.name for agency in listed if agency.is_doubtful)
    return Responsibility(tuple(lead_names), tuple(supporting), basis, tuple(doubtful))


def _principal(note: UnitNote) -> ListedAgency | None:
    """First agency of a note that is not only guiding."""
    return next((agency for entry in note.entries if entry.role is not Role.GUIDE for agency in entry.agencies), None)


def _unique(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(squeeze(name), name)
    return list(found.values())
