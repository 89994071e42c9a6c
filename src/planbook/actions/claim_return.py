"""claim: a clerk decides whose an unclaimed file is, and for which period; it is taken in as that agency's."""

from datetime import date, datetime

from planbook.actions.consolidate import ConsolidateResult, Intake
from planbook.actions.master_file import read_master
from planbook.actions.opening import opened_ledger
from planbook.actions.progress import Progress
from planbook.ledger.records import FileClaim
from planbook.model.agency import agency_key
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.model.submission import Verdict
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable


def claim_return(
    workspace: Workspace,
    sha256: str,
    agency: str,
    period: Period,
    *,
    reason: str = "",
    now: datetime,
    today: date,
    progress: Progress | None = None,
) -> ConsolidateResult:
    """Take the received file `sha256`, unclaimed so far, in as the return of `agency` for `period`.

    The decision is recorded in the ledger with who made it and when, so that the file is read the same way wherever
    it turns up again. It lets in what was issued to that agency and nothing else, and it counts for nothing against
    a seal that names another agency or period.

    Args:
        workspace: The workspace.
        sha256: Digest of the file, or its first characters, as long as just one file has them.
        agency: The agency, by a name that the directory knows.
        period: The period.
        reason: Why, in the clerk's words.
        now: The time, UTC.
        today: The day.
        progress: Told how far it is.

    Raises:
        PlanbookError: The file is not unclaimed, no form was issued to that agency for that period, the file proves
            to be another's, or nothing in it can be taken; then nothing was changed.
    """
    with workspace.locked("认领回表"), opened_ledger(workspace) as ledger:
        master = workspace.master(period)
        refuse_unwritable(master)
        file = ledger.files.unclaimed(sha256)
        entry = ledger.agencies.directory().find(agency)
        key = agency_key(entry.name if entry else agency)
        form = next((one for one in ledger.forms.issued(period) if agency_key(one.agency) == key), None)
        if form is None:
            raise PlanbookError(f"{period.label}没有给“{agency}”下发过责任清单，不能认领，请核对单位和填报期。")
        if not workspace.is_archived(file.sha256):
            raise PlanbookError(f"存档里找不到“{file.path}”，不能认领，请把它重新放进收件夹汇总。")
        read = read_master(workspace, period)
        intake = Intake(workspace, ledger, period, now=now, today=today, progress=progress)
        outcome = intake.take_claimed(FileClaim(file.sha256, form.form_id, reason.strip()), file.path)
        if outcome.verdict not in (Verdict.ACCEPTED, Verdict.SUPERSEDED):
            raise PlanbookError(f"没有认领：{outcome.reason.rstrip('。')}。")
        return intake.publish((outcome,), read)
