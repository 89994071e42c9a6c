"""Whether something may go by mail at all: no secrecy mark in its plans, in the form, in the letter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.model.errors import PlanbookError
from planbook.model.form import Form
from planbook.model.ledger import LedgerPlan
from planbook.model.secrecy import find_mark, first_mark
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Marked:
    """A secrecy mark, and where it stands, in words."""

    mark: str
    where: str


@dataclass(frozen=True, slots=True)
class SecrecyCheck:
    """The marks of the workspace's plans, by sequence, and which plan each code is of."""

    by_plan: Mapping[int, Marked] = field(default_factory=dict)
    plan_of_code: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, ledger: "Ledger") -> "SecrecyCheck":
        """Return the check for a workspace: what the ledger says of its plans, and what stands in their documents."""
        marks = {plan.sequence: mark for plan in ledger.plans.all() if (mark := _mark_of_plan(workspace, plan))}
        codes = {task.code: task.plan_sequence for task in ledger.plans.tasks(include_retired=True)}
        codes |= {indicator.code: indicator.plan_sequence for indicator in ledger.plans.indicators()}
        return cls(marks, codes)

    def find(self, form: Form, texts: Iterable[str], letter: Sequence[str]) -> Marked | None:
        """Return the first mark that forbids mailing a form; None where nothing does.

        Args:
            form: The form as issued.
            texts: Every text in the file that is to be attached.
            letter: Subject and text of the letter.
        """
        if form.classification:
            return Marked(form.classification, "所依据的方案")
        codes = (*(task.code for task in form.tasks), *(indicator.code for indicator in form.indicators))
        plans = dict.fromkeys(self.plan_of_code[code] for code in codes if code in self.plan_of_code)
        for sequence in plans:
            if sequence in self.by_plan:
                return self.by_plan[sequence]
        for where, among in (("附件", texts), ("邮件", letter)):
            if found := first_mark(among):
                mark, text = found
                place = " ".join(text.split())[:30]
                return Marked(mark, f"{where}中“{place}”一处")
        return None


def _mark_of_plan(workspace: Workspace, plan: LedgerPlan) -> Marked | None:
    where = f"方案《{plan.title}》"
    if plan.classification:
        return Marked(plan.classification, where)
    if mark := find_mark(plan.title):
        return Marked(mark, where)
    original = _original(workspace, plan)
    found = first_mark(_texts_of(original)) if original else None
    return Marked(found[0], where) if found else None


def _original(workspace: Workspace, plan: LedgerPlan) -> Path | None:
    """Return the kept document of a plan, found by its bytes: its name may have had to be changed."""
    try:
        files = sorted(path for path in workspace.plans.iterdir() if path.is_file())
        return next((path for path in files if sha256(path.read_bytes()).hexdigest() == plan.file_sha256), None)
    except OSError:
        return None


def _texts_of(document: Path) -> tuple[str, ...]:
    from planbook.plans.document import TextLine
    from planbook.plans.readers import read_document

    try:
        blocks = read_document(document).blocks
    except PlanbookError:  # it was read when it was imported; what was found then stands in the ledger
        return ()
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, TextLine):
            texts.append(block.text)
        else:
            texts += (cell for row in block.rows for cell in row)
    return tuple(texts)
