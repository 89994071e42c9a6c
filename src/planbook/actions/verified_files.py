"""Attachments that are certainly what they must be: read once, verified as bytes, and sent as those very bytes."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.model.findings import Finding
from planbook.model.ledger import IssuedForm
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.sheets.raw import RawWorkbook


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """A file whose bytes were checked; whoever sends it sends `content` and never opens the path again.

    Attributes:
        name: Its name.
        content: Its bytes.
        sha256: Their digest.
        texts: Every text in its cells and comments.
    """

    name: str
    content: bytes
    sha256: str
    texts: tuple[str, ...]


def verify_file(
    workspace: Workspace, workspace_id: str, form: IssuedForm, path: Path, expected_sha256: str
) -> VerifiedFile | Finding:
    """Return the form or correction workbook at `path` if it is exactly what was made for the agency of `form`.

    Two things must agree: the digest that the ledger recorded when the file was made, and the seal inside, which
    names agency, period and form.
    """
    from planbook.sheets.files import read_bytes
    from planbook.sheets.limits import DEFAULT_LIMITS
    from planbook.sheets.reading import read_workbook
    from planbook.sheets.unreadable import UnreadableFile

    values = {"agency": form.agency, "path": path, "period": form.period}
    try:
        content = read_bytes(path, DEFAULT_LIMITS)
    except UnreadableFile:
        return Finding.of("dispatch_file_missing", **values)
    digest = sha256(content).hexdigest()
    if digest != expected_sha256:
        return _named_by(content, workspace, workspace_id, form, path) or Finding.of("dispatch_file_altered", **values)
    try:
        workbook = read_workbook(content)
    except UnreadableFile:
        return Finding.of("dispatch_seal_broken", **values)
    problem = _problem_of_seal(workbook, workspace, workspace_id, form, path)
    return problem or VerifiedFile(path.name, content, digest, _texts(workbook))


def _problem_of_seal(
    workbook: "RawWorkbook", workspace: Workspace, workspace_id: str, form: IssuedForm, path: Path
) -> Finding | None:
    from planbook.forms.manifest import SealState, open_seal

    seal = open_seal(workbook, workspace.keys(), workspace_id)
    manifest = seal.manifest
    if seal.state is not SealState.VALID or manifest is None or seal.is_damaged or not manifest.is_whole:
        return Finding.of("dispatch_seal_broken", agency=form.agency, path=path)
    if (manifest.form_id, manifest.agency, manifest.period) != (form.form_id, form.agency, form.period):
        named = f"{manifest.agency}、{manifest.period.label}"
        return Finding.of("dispatch_seal_wrong", agency=form.agency, path=path, named=named)
    return None


def _named_by(content: bytes, workspace: Workspace, workspace_id: str, form: IssuedForm, path: Path) -> Finding | None:
    """Return the plainer finding where an altered file is another agency's: somebody exchanged two files."""
    from planbook.forms.manifest import MANIFEST_PROPERTY, Manifest, read_property_seal
    from planbook.sheets.limits import DEFAULT_LIMITS
    from planbook.sheets.package import Package
    from planbook.sheets.properties import read_custom_properties
    from planbook.sheets.unreadable import UnreadableFile

    try:
        text = read_custom_properties(Package(content, DEFAULT_LIMITS)).get(MANIFEST_PROPERTY, "")
    except UnreadableFile:
        return None
    found = read_property_seal(text, workspace.keys(), workspace_id)
    if not isinstance(found, Manifest) or (found.agency, found.period) == (form.agency, form.period):
        return None
    named = f"{found.agency}、{found.period.label}"
    return Finding.of("dispatch_seal_wrong", agency=form.agency, path=path, named=named)


def _texts(workbook: "RawWorkbook") -> tuple[str, ...]:
    from planbook.forms.manifest import MANIFEST_SHEET

    return tuple(
        text
        for sheet in workbook.sheets
        if sheet.name != MANIFEST_SHEET
        for text in (
            sheet.name,
            *(value for row in sheet.rows for value in row if isinstance(value, str)),
            *sheet.comments.values(),
        )
    )
