"""The master workbook as it lies on disk: what the office left in it, and what is remembered of writing it.

Reading a workbook of many thousand rows back takes longer than anything else that a click does. So the digest of what
was written is kept with the notes that it was written with: the same bytes hold the same notes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.outputs.decision_reader import EnteredDecisions
    from planbook.outputs.office_notes import OfficeNotes

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class MasterOnDisk:
    """What stood in a period's master workbook when it was read.

    Attributes:
        notes: What the office typed.
        entered: Decisions that it entered.
        sha256: Of its bytes; empty where there was none.
        written_from: What it was written from, if nobody touched it since; empty where somebody did.
    """

    notes: "OfficeNotes"
    entered: "EnteredDecisions"
    sha256: str
    written_from: str = ""


def read_master(workspace: Workspace, period: Period) -> MasterOnDisk:
    """Return what the office left in the master workbook of `period`.

    Raises:
        PlanbookError: The workbook cannot be read; it must not be written over.
    """
    from planbook.outputs.decision_reader import NONE_ENTERED, has_decisions, read_decisions
    from planbook.outputs.office_note_reader import read_office_notes
    from planbook.outputs.office_notes import NO_NOTES
    from planbook.sheets.reading import read_workbook
    from planbook.sheets.unreadable import UnreadableFile

    path = workspace.master(period)
    if not path.exists():
        return MasterOnDisk(NO_NOTES, NONE_ENTERED, "")
    try:
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        known = _remembered(workspace.written_master(period), sha256)
        if known and not has_decisions(known.notes):  # those are read again, for their cells
            return known
        workbook = read_workbook(content)
    except (OSError, UnreadableFile) as error:
        raise PlanbookError(
            f"现有的 {path} 读不出来，里面的批注可能丢失，因此没有覆盖；请把它改名移走后再试。"
        ) from error
    entered = read_decisions(workbook, period, path.name, sha256)
    return MasterOnDisk(read_office_notes(workbook), entered, sha256)


def is_still(workspace: Workspace, period: Period, read: MasterOnDisk) -> bool:
    """Return whether the workbook is still the one that was read."""
    path = workspace.master(period)
    return (hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "") == read.sha256


def write_master_file(
    workspace: Workspace, period: Period, content: bytes, notes: "OfficeNotes", written_from: str
) -> Path:
    """Replace the workbook and remember what it was written with.

    Raises:
        PlanbookError: It cannot be written; the old one stands.
    """
    from planbook.outputs.note_codec import notes_to_json

    path = workspace.master(period)
    replace_file(path, content)
    known = {
        "version": _VERSION,
        "sha256": hashlib.sha256(content).hexdigest(),
        "written_from": written_from,
        **notes_to_json(notes),
    }
    replace_file(workspace.written_master(period), json.dumps(known, ensure_ascii=False).encode())
    return path


def _remembered(path: Path, sha256: str) -> MasterOnDisk | None:
    """Return what is known of the very bytes; None where they are others, or nothing is known."""
    from planbook.outputs.decision_reader import NONE_ENTERED
    from planbook.outputs.note_codec import notes_from_json

    try:
        known: Any = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(known, Mapping) or known["version"] != _VERSION or known["sha256"] != sha256:
            return None
        return MasterOnDisk(notes_from_json(known), NONE_ENTERED, sha256, str(known["written_from"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
