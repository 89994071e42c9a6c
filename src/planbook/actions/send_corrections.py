"""send_corrections: each correction workbook to the agency whose return it puts right, once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from planbook.actions.dispatching import Item, Manner
from planbook.actions.open_corrections import OpenCorrection, open_corrections
from planbook.actions.progress import Progress
from planbook.actions.send_forms import LetterFacts, SendResult, send_items
from planbook.actions.verified_files import VerifiedFile
from planbook.mail.letter_fields import LetterKind
from planbook.model.dispatch import Errand, Escalation
from planbook.model.findings import Finding
from planbook.model.form import Form
from planbook.model.ledger import IssuedForm
from planbook.model.period import Period
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger


def send_corrections(
    workspace: Workspace,
    period: Period,
    agencies: Sequence[str] = (),
    *,
    manner: Manner,
    now: datetime,
    today: date,
    progress: Progress | None = None,
) -> SendResult:
    """Send the open correction workbooks of `period`; see `send_forms`.

    Raises:
        PlanbookError: As `send_forms`.
    """

    def items(ledger: "Ledger", forms: Sequence[IssuedForm]) -> Iterator[Item | tuple[Form, Errand, Finding]]:
        facts = LetterFacts(workspace, ledger, today)
        wanted = {form.agency for form in forms}
        for agency, one in open_corrections(workspace, ledger, period).items():
            if agency in wanted:
                yield correction_item(facts, one)

    return send_items(workspace, period, agencies, items, manner=manner, now=now, progress=progress)


def correction_item(facts: LetterFacts, one: OpenCorrection) -> Item | tuple[Form, Errand, Finding]:
    """Return the dispatch of a correction workbook, or why it must not be sent."""
    if not isinstance(one.file, VerifiedFile):
        return one.form, Errand.CORRECTION, one.file
    fields = facts.fields(one.form, one.file.name, faults=(one.errors, one.doubts))
    email = facts.agency(one.form.agency).email
    return Item(Errand.CORRECTION, Escalation.NONE, one.form, one.file, fields, LetterKind.CORRECTION, email)
