"""Whether a document is a new plan, one that is in already, or the next version of one; and taking it in as that."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from planbook.model.likeness import edition_key
from planbook.model.plan import Plan
from planbook.model.revision import has_tasks_in_common

if TYPE_CHECKING:
    from planbook.ledger.records import AddedPlan, Run
    from planbook.ledger.store import Ledger

_PLAN_NUMBER: Final = re.compile(r"[Pp]?([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan document that was read: its name, the digest of its bytes, and what it says."""

    name: str
    sha256: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """What the clerk says a document is; without a word its title and tasks decide.

    Attributes:
        is_separate: It is a plan of its own, whatever its title.
        revises: Number of the plan that it is the next version of.
    """

    is_separate: bool = False
    revises: int | None = None

    @classmethod
    def of(cls, *, is_separate: bool, plan_number: str | None) -> "ImportChoice":
        """Return the choice as given in words; `plan_number` is written `P1` or `1`.

        Raises:
            PlanbookError: Both were given, or the number is none.
        """
        if plan_number is None:
            return cls(is_separate)
        match = _PLAN_NUMBER.fullmatch(unicodedata.normalize("NFKC", plan_number).strip())
        if match is None:
            raise PlanbookError(f"“{plan_number}”不是方案编号，请写成 P1、P2（任务编号的前半部分就是方案编号）。")
        if is_separate:
            raise PlanbookError("--as-new 与 --revises 只能用一个：前者另作一份方案，后者作为修订版。")
        return cls(revises=int(match[1]))


@dataclass(frozen=True, slots=True)
class Intake:
    """What a document is to be: the next version of plan `revises`, or a plan as it comes; with why it is so."""

    revises: int | None
    findings: tuple[Finding, ...] = ()


def decide_intake(ledger: "Ledger", document: PlanDocument, choice: ImportChoice) -> Intake:
    """Return what `document` is to be taken in as; nothing is written.

    Findings:
        revised_file_outdated: The file is an earlier version of a plan; nothing is to be done with it.
        revised_file_of_other_plan: The file was imported as a plan of its own before.
        revised_title_shared: A plan of the same title has no task in common with it; it is another plan.

    Raises:
        PlanbookError: There is no plan of the number given, no task was read, or only the clerk can choose.
    """
    known = ledger.plans.of_file(document.sha256)
    is_outdated = known is not None and known.file_sha256 != document.sha256
    if choice.revises is not None:
        edition = ledger.plans.edition(choice.revises)
        if not document.plan.tasks and edition.tasks:
            raise PlanbookError(
                f"{document.name} 中没有读出任务，不能作为 P{choice.revises}《{edition.plan.title}》的修订版。"
            )
        if known is None or known.sequence == choice.revises or edition.plan.file_sha256 == document.sha256:
            return Intake(choice.revises)
        named = {"name": document.name, "other": known.sequence, "title": known.title, "sequence": choice.revises}
        return Intake(choice.revises, (Finding.of("revised_file_of_other_plan", **named),))
    if known is not None:
        named = {"name": document.name, "title": known.title, "sequence": known.sequence}
        return Intake(None, (Finding.of("revised_file_outdated", **named),) if is_outdated else ())
    return Intake(None) if choice.is_separate else _by_title(ledger, document)


def take_in(ledger: "Ledger", run: "Run", document: PlanDocument, intake: Intake, *, now: datetime) -> "AddedPlan":
    """Write `document` into the ledger as `intake` says; a file that is in already changes nothing."""
    if intake.revises is None:
        return ledger.plans.add(
            run, document.plan, file_name=document.name, file_sha256=document.sha256, imported_at=now
        )
    return ledger.plans.revise(
        run,
        intake.revises,
        document.plan,
        file_name=document.name,
        file_sha256=document.sha256,
        imported_at=now,
    )


def _by_title(ledger: "Ledger", document: PlanDocument) -> Intake:
    key = edition_key(document.plan.title)
    namesakes = [plan for plan in ledger.plans.all() if key and edition_key(plan.title) == key]
    found = [
        plan for plan in namesakes if has_tasks_in_common(ledger.plans.edition(plan.sequence), document.plan)
    ]  # fmt: skip
    if len(found) > 1:
        numbers = "、".join(f"P{plan.sequence}" for plan in found)
        raise PlanbookError(
            f"{document.name} 与台账中的 {numbers} 同名，请用 --revises 指明是哪一份的修订版，或加 --as-new 另作一份。"
        )
    if found:
        return Intake(found[0].sequence)
    said = [
        Finding.of("revised_title_shared", Location(file=document.name), title=plan.title, sequence=plan.sequence)
        for plan in namesakes
    ]
    return Intake(None, tuple(said))
