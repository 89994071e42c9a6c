"""Whose form a workbook is, and for which period: by seal, else by task codes, else by headers, agency and titles."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planbook.forms.candidates import Candidate, SeenRow, seen_rows
from planbook.forms.layout import SheetKind
from planbook.forms.manifest import SealReading, SealState
from planbook.forms.table_faults import is_same_agency, named_period, other_agency
from planbook.forms.tables import Survey
from planbook.forms.title_naming import agency_in_titles, period_in_titles
from planbook.model.agency import agency_key
from planbook.model.findings import Finding
from planbook.model.period import Period
from planbook.model.submission import Anchor

_ENOUGH_AGREEING: Final = 0.8
_FEW_AGREEING: Final = 0.5


class Claim(StrEnum):
    """What identification came to.

    CLAIMED: it is certain which form the workbook answers. UNCLAIMED: it is one of this workspace's, but not
    certain whose, or not of the period asked for. NOT_OURS: it is none of this workspace's forms.
    """

    CLAIMED = "claimed"
    UNCLAIMED = "unclaimed"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Identification:
    """Which form a workbook answers.

    Attributes:
        claim: How certain it is.
        form_id: The form; for UNCLAIMED the one that it probably is, where there is just one.
        agency: That form's agency, likewise.
        period: That form's period, or the one that the workbook names.
        anchor: By what the form was identified; None unless CLAIMED.
        reason: Why the form was not claimed; None for CLAIMED.
        findings: What the clerk should know about a claimed form.
    """

    claim: Claim
    form_id: str | None = None
    agency: str | None = None
    period: Period | None = None
    anchor: Anchor | None = None
    reason: Finding | None = None
    findings: tuple[Finding, ...] = ()


def identify(found: Survey, seal: SealReading, forms: Mapping[str, Candidate], *, asked: Period) -> Identification:
    """Return which of `forms` the workbook answers.

    The file's name plays no part. Codes are no secret and the same in every workspace, so without a seal a code
    counts only together with the title and role that were issued with it.

    Args:
        found: What of a form is found in the workbook.
        seal: What its seals prove (`open_seal`).
        forms: The workspace's issued forms by id, of the period asked for and of others.
        asked: Period that returns are being taken in for.
    """
    rows = tuple(row for table in found.tables for row in seen_rows(table))
    candidates = forms.values()
    match seal.state:
        case SealState.VALID:
            return _by_seal(seal, found, rows, forms, asked)
        case SealState.FOREIGN:
            return Identification(Claim.NOT_OURS, reason=Finding.of("form_of_other_workspace"))
        case SealState.BROKEN:
            return _doubted(Finding.of("seal_broken"), _plausible(found, rows, candidates, asked))
    if any(row.code for row in rows) and (known := _plausible(found, rows, candidates, asked)):
        return _by_codes(found, rows, known, asked)
    return _by_headers(found, rows, candidates, asked)


def _by_seal(
    seal: SealReading, found: Survey, rows: Sequence[SeenRow], forms: Mapping[str, Candidate], asked: Period
) -> Identification:
    manifest = seal.manifest
    if manifest is None:
        agencies = "、".join(dict.fromkeys(each.agency or each.form_id for each in seal.manifests))
        return Identification(Claim.UNCLAIMED, reason=Finding.of("several_forms", agencies=agencies))
    own = forms.get(manifest.form_id)
    if own is None:
        agency = manifest.agency or "？"
        unknown = _other_period(manifest.period, asked)
        unknown = unknown or Finding.of("form_not_on_record", agency=agency, period=manifest.period.label)
        return Identification(Claim.UNCLAIMED, None, manifest.agency or None, manifest.period, reason=unknown)
    reason = _contradiction(own, found, rows, forms.values()) or _other_period(own.period, asked)
    if reason:
        return Identification(Claim.UNCLAIMED, own.form_id, own.agency, own.period, reason=reason)
    findings = (Finding.of("seal_damaged"),) if seal.is_damaged else ()
    return Identification(Claim.CLAIMED, own.form_id, own.agency, own.period, Anchor.MANIFEST, findings=findings)


def _contradiction(
    own: Candidate, found: Survey, rows: Sequence[SeenRow], candidates: Collection[Candidate]
) -> Finding | None:
    """Return why the visible contents are not those of the sealed form: somebody exchanged the sheets."""
    for kind in SheetKind:
        facts = [table.facts for table in found.tables if table.layout.kind is kind]
        names = [fact.agency for fact in facts if fact.agency]
        strange = [other for name in names if (other := _other_agency(name, own, candidates))]
        if strange and len(strange) == len(names):  # beside a table of its own, the reader leaves out the strange one
            return Finding.of("contents_of_other_agency", agency=own.agency, named=strange[0])
        periods = [period for fact in facts if (period := named_period(fact.period))]
        if periods and own.period not in periods:
            return Finding.of("contents_of_other_period", period=own.period.label, named=periods[0].label)
    coded = [row for row in rows if row.code]
    agreeing = sum(row.agrees(own) for row in coded)
    if not coded or agreeing >= _FEW_AGREEING * len(coded):
        return None
    # The rows may be another agency's, or so far altered that the reader must say so row by row.
    least = max(agreeing + 1, _FEW_AGREEING * len(coded))
    for candidate in candidates:
        if candidate.agency != own.agency and sum(row.agrees(candidate) for row in coded) >= least:
            return Finding.of("contents_of_other_agency", agency=own.agency, named=candidate.agency)
    return None


def _other_agency(name: str, own: Candidate, candidates: Collection[Candidate]) -> str | None:
    return other_agency(name, own.agency, (candidate.agency for candidate in candidates))


def _plausible(
    found: Survey, rows: Sequence[SeenRow], candidates: Collection[Candidate], asked: Period
) -> tuple[Candidate, ...]:
    """Return the candidates that most coded rows agree with, newest version of each form, the named agency's alone."""
    coded = [row for row in rows if row.code]
    newest: dict[tuple[str, Period], Candidate] = {}
    for candidate in candidates:
        agreeing = sum(row.agrees(candidate) for row in coded)
        if not agreeing or agreeing < _ENOUGH_AGREEING * len(coded):
            continue
        against = sum(row.is_of_other_role(candidate) for row in rows)
        known = newest.get((candidate.agency, candidate.period))
        if agreeing >= _ENOUGH_AGREEING * (len(coded) + against) and (not known or known.version < candidate.version):
            newest[candidate.agency, candidate.period] = candidate
    named = _named_agency(found, candidates)
    kept = [candidate for candidate in newest.values() if not named or is_same_agency(named, candidate.agency)]
    exact = [candidate for candidate in kept if named and agency_key(named) == agency_key(candidate.agency)]
    return tuple(sorted(exact or kept, key=lambda candidate: candidate.period != asked))


def _by_codes(found: Survey, rows: Sequence[SeenRow], known: Sequence[Candidate], asked: Period) -> Identification:
    agencies = _agencies(known)
    is_told = any(row.title for row in rows) or _named_agency(found, known)
    if len(agencies) > 1 or not is_told:
        return _doubted(Finding.of("agency_unclear", agencies="、".join(agencies[:5])), known)
    return _of_period(known, found, rows, asked, Anchor.CODES)


def _by_headers(
    found: Survey, rows: Sequence[SeenRow], candidates: Collection[Candidate], asked: Period
) -> Identification:
    """Identify a table without codes by headers, agency and titles; all three must agree."""
    if not found.tables and not found.outside:
        return Identification(Claim.NOT_OURS, reason=Finding.of("not_a_form"))
    titles = [row.title for row in rows if row.title]
    known = [
        candidate
        for candidate in candidates
        if titles and sum(title in candidate.titles for title in titles) >= _ENOUGH_AGREEING * len(titles)
    ]
    if not known and not found.outside:
        coded = any(row.code for row in rows)
        return Identification(Claim.NOT_OURS, reason=Finding.of("rows_not_ours" if coded else "not_a_form"))
    if any(row.code for row in rows) or not known:  # codes that agree with no form speak louder than titles
        return _doubted(Finding.of("form_unclear"), known)
    named = _named_agency(found, candidates)
    own = [candidate for candidate in known if named and agency_key(named) == agency_key(candidate.agency)]
    if not own:
        agencies = _agencies(known)
        return _doubted(Finding.of("agency_unclear", agencies="、".join(agencies[:5])), known)
    newest = {candidate.period: candidate for candidate in sorted(own, key=lambda candidate: candidate.version)}
    return _of_period(tuple(newest.values()), found, rows, asked, Anchor.HEADERS)


def _of_period(
    known: Sequence[Candidate], found: Survey, rows: Sequence[SeenRow], asked: Period, anchor: Anchor
) -> Identification:
    """Choose among one agency's forms of several periods: by the period named, else by last period's entries."""
    named = _named_period(found)
    if named:
        known = [candidate for candidate in known if candidate.period == named]
        if not known:
            return Identification(Claim.UNCLAIMED, reason=_other_period(named, asked) or Finding.of("form_unclear"))
    else:
        known = _with_previous(known, rows)
    if len(known) != 1:
        return _doubted(Finding.of("period_unclear", asked=asked.label), known)
    own = known[0]
    reason = _other_period(own.period, asked)
    if reason:
        return Identification(Claim.UNCLAIMED, own.form_id, own.agency, own.period, reason=reason)
    code = "identified_by_codes" if anchor is Anchor.CODES else "identified_by_headers"
    findings = (Finding.of(code, agency=own.agency),)
    return Identification(Claim.CLAIMED, own.form_id, own.agency, own.period, anchor, findings=findings)


def _with_previous(known: Sequence[Candidate], rows: Sequence[SeenRow]) -> list[Candidate]:
    """Return the candidates whose 上期 texts stand in the rows; all of them where the table has no such column."""
    return [candidate for candidate in known if _has_previous(candidate, rows)]


def _has_previous(candidate: Candidate, rows: Sequence[SeenRow]) -> bool:
    told = [
        issued.previous == row.previous
        for row in rows
        if row.previous is not None
        and (issued := candidate.by_code.get(row.code) if row.code else candidate.by_title.get(row.title))
    ]
    return sum(told) >= _ENOUGH_AGREEING * len(told)


def _doubted(reason: Finding, known: Iterable[Candidate]) -> Identification:
    """Return what is probable and not certain; form and agency only where there is just one."""
    candidates = tuple(known)
    agencies = _agencies(candidates)
    return Identification(
        Claim.UNCLAIMED,
        candidates[0].form_id if len(candidates) == 1 else None,
        agencies[0] if len(agencies) == 1 else None,
        candidates[0].period if len(candidates) == 1 else None,
        reason=reason,
    )


def _other_period(period: Period, asked: Period) -> Finding | None:
    return None if period == asked else Finding.of("form_of_other_period", period=period.label, asked=asked.label)


def _agencies(candidates: Iterable[Candidate]) -> list[str]:
    return list(dict.fromkeys(candidate.agency for candidate in candidates))


def _named_agency(found: Survey, candidates: Collection[Candidate]) -> str:
    """Return the agency that a label names, else the one of `candidates` that a title does; empty where none does."""
    names = [table.facts.agency for table in found.tables if table.facts.agency]
    return names[0] if names else found.facts.agency or agency_in_titles(found, candidates)


def _named_period(found: Survey) -> Period | None:
    texts = [table.facts.period for table in found.tables if table.facts.period] or [found.facts.period]
    return named_period(texts[0]) or period_in_titles(found)
