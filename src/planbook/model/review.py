"""What a reviewed 任务分解表.xlsx asks of the ledger: findings beside the tasks going out, changes coming back."""

from dataclasses import dataclass

from planbook.model.agency import Directory
from planbook.model.findings import Finding, Severity
from planbook.model.ledger import LedgerIndicator, LedgerTask


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """A finding that the review table shows to the clerk.

    Attributes:
        finding: The finding itself.
        code: Code of the task or indicator that it concerns; None for one on the plan as a whole.
        plan_sequence: The plan that it concerns, None where it concerns no single plan.
        agency: Name of the agency in the directory that it concerns.
    """

    finding: Finding
    code: str | None = None
    plan_sequence: int | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that the review changes, in words.

    Attributes:
        subject: What kind of thing: 任务, 指标 or 单位.
        key: Its code or, for agencies, its name; a provisional code (`新1`) for what is new.
        field: Column heading, or 新增 / 删除 for the thing as a whole.
        before: Value so far as the table shows it; empty where there was none.
        after: Value from now on; empty where there is none.
    """

    subject: str
    key: str
    field: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return the change as one line, e.g. `任务 P1-003K 牵头单位：省科技厅 → 省财政厅`."""
        if self.field == "新增":
            return f"新增{self.subject} {self.key}：{self.after}".rstrip("：")
        if self.field == "删除":
            return f"删除{self.subject} {self.key}：{self.before}".rstrip("：")
        return f"{self.subject} {self.key} {self.field}：{self.before or '（空）'} → {self.after or '（空）'}"


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """What the ledger has to take over from a reviewed table; apply it whole or not at all.

    What is new carries a provisional code (`新1`, `新2` …), unique among the new tasks or the new indicators; the
    ledger gives the real codes, which never repeat one that was ever given. `task_code` of an indicator, updated
    or added, may be the provisional code of an added task and is to be replaced with that task's real code.

    Attributes:
        updated_tasks: Whole tasks that replace those of the same code: values that the clerk changed, places
            (`order`) that shifted, and `is_confirmed` set by a first review.
        added_tasks: New tasks; `order` gives each its place among the tasks of its plan that are not retired.
        retired_codes: Tasks that are no longer to be issued; their history stays.
        updated_indicators: Like `updated_tasks`.
        added_indicators: Like `added_tasks`.
        retired_indicator_codes: Like `retired_codes`, those of retired tasks included.
        directory: The whole directory from now on.
        changes: Every changed value in words, in the table's order; a row merely confirmed gives none.
        findings: What was said while reading and comparing. A table with an error among them must not be applied.
    """

    updated_tasks: tuple[LedgerTask, ...]
    added_tasks: tuple[LedgerTask, ...]
    retired_codes: tuple[str, ...]
    updated_indicators: tuple[LedgerIndicator, ...]
    added_indicators: tuple[LedgerIndicator, ...]
    retired_indicator_codes: tuple[str, ...]
    directory: Directory
    changes: tuple[FieldChange, ...]
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether an error among the findings forbids to apply it."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
