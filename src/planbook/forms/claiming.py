"""A clerk's word on whose a workbook is: it counts where nothing certain stands against it."""

from collections.abc import Mapping

from planbook.forms.candidates import Candidate
from planbook.forms.identify import Claim, Identification
from planbook.forms.manifest import Manifest, SealReading
from planbook.model.findings import Finding
from planbook.model.submission import Anchor


def claimed_by_person(
    found: Identification, seal: SealReading, chosen: Candidate, known: Mapping[str, Candidate]
) -> Identification:
    """Return the identification of a workbook that a clerk says answers `chosen`.

    What is not ours no word makes ours. A seal that holds is certain: where any in the workbook names another agency
    or period than `chosen`, or one that nothing is known of, the workbook stays unclaimed; so does one whose contents
    are clearly another agency's. Rows are read as those of `chosen` alone, so the word lets in nothing that was not
    issued to it.

    Args:
        found: What the workbook shows by itself.
        seal: What its seals prove.
        chosen: The form that the clerk chose.
        known: Forms by id, to tell whose seals are.
    """
    if found.claim is Claim.NOT_OURS:
        return found
    against = [manifest for manifest in seal.manifests if not _is_of(manifest, chosen, known)]
    if against:
        named = known[against[0].form_id].agency if against[0].form_id in known else against[0].agency or "？"
        period = against[0].period.label
        return _refused(found, Finding.of("claim_against_seal", agency=named, period=period, chosen=chosen.agency))
    if found.claim is Claim.CLAIMED:
        if (found.agency, found.period) == (chosen.agency, chosen.period):
            return found
        return _refused(found, Finding.of("claim_against_contents", agency=found.agency or "？", chosen=chosen.agency))
    own = next((known[one.form_id] for one in seal.manifests if one.form_id in known), chosen)
    finding = Finding.of("claimed_by_person", agency=own.agency, period=own.period.label)
    return Identification(Claim.CLAIMED, own.form_id, own.agency, own.period, Anchor.PERSON, findings=(finding,))


def _refused(found: Identification, reason: Finding) -> Identification:
    return Identification(Claim.UNCLAIMED, found.form_id, found.agency, found.period, reason=reason)


def _is_of(manifest: Manifest, chosen: Candidate, known: Mapping[str, Candidate]) -> bool:
    sealed = known.get(manifest.form_id)
    if sealed is not None:
        return (sealed.agency, sealed.period) == (chosen.agency, chosen.period)
    return (manifest.agency, manifest.period) == (chosen.agency, chosen.period)  # no name, no certainty: not its
