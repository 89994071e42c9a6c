"""One item through a revision: what the document changed is taken, what the office decided stays, both are said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Generic

from planbook.model.edition import Item, Known
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerIndicator, LedgerTask
from planbook.model.likeness import contrast
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.model.review import FieldChange

_WORDS: Final[dict[StrEnum, str]] = {
    TaskKind.TASK: "任务",
    TaskKind.SAFEGUARD: "保障措施",
    LeadBasis.EXPLICIT: "明示",
    LeadBasis.FOOTNOTE: "脚注",
    LeadBasis.PRESUMED: "推定",
    LeadBasis.NONE: "待明确",
}
_SIGNS: Final = {
    Operator.AT_LEAST: "≥",
    Operator.MORE_THAN: "＞",
    Operator.EQUAL: "",
    Operator.AT_MOST: "≤",
    Operator.LESS_THAN: "＜",
    Operator.ABOUT: "约",
}


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that are taken over together, because one alone would contradict the others.

    Attributes:
        fields: Their names.
        headers: What the review table calls each; one header for all of them where they are shown as one.
        is_place: They say where the item stands and not what it asks: a change wants no new review.
    """

    fields: tuple[str, ...]
    headers: tuple[str, ...]
    is_place: bool = False


TASK_GROUPS: Final = (
    FieldGroup(("path",), ("所属章节",), is_place=True),
    FieldGroup(("number",), ("原文序号",), is_place=True),
    FieldGroup(("kind",), ("类别",)),
    FieldGroup(("title",), ("任务名称",)),
    FieldGroup(("body",), ("任务内容",)),
    FieldGroup(("lead_agencies", "supporting_agencies", "lead_basis"), ("牵头单位", "配合单位", "牵头依据")),
    FieldGroup(("deadline",), ("完成时限",)),
)
INDICATOR_GROUPS: Final = (
    FieldGroup(("task_code",), ("任务编号",)),
    FieldGroup(("name",), ("指标名称",)),
    FieldGroup(("operator", "value", "value_max", "unit"), ("目标值",)),
    FieldGroup(("by",), ("完成时限",)),
)


@dataclass(frozen=True, slots=True)
class MergedItem(Generic[Item]):
    """An item as it is to be, what changed in it, and where the office's word stood against the document's."""

    item: Item
    changes: tuple[FieldChange, ...]
    findings: tuple[Finding, ...]


def merge_item(known: Known[Item], fresh: Item, groups: Sequence[FieldGroup], subject: str) -> MergedItem[Item]:
    """Return what becomes of `known` now that the new document says `fresh`.

    A value that the office gave wins over the reader where the document says the same as before. Where the document
    changed it too, the office's value stays and a finding names both: neither is dropped silently. What the office
    merely confirmed follows the document, and waits for its next review.

    Findings:
        revised_field_kept: The office's value stands against the new document's.
    """
    now, base = known.now, known.reading
    changes: list[FieldChange] = []
    findings: list[Finding] = []
    item = now
    wants_review = False
    for group in groups:
        if _is_same(now, fresh, group) or (base is not None and _is_same(base, fresh, group)):
            continue
        is_untouched = _is_same(base, now, group) if base is not None else not now.is_confirmed
        if not is_untouched:
            findings += _kept(now, fresh, group, subject)
            continue
        changes += describe_changes(now, fresh, group, subject)
        item = replace(item, **{name: getattr(fresh, name) for name in group.fields})
        wants_review = wants_review or not group.is_place
    return MergedItem(
        replace(item, is_confirmed=now.is_confirmed and not wants_review), tuple(changes), tuple(findings)
    )


def describe_changes(before: Item, after: Item, group: FieldGroup, subject: str) -> list[FieldChange]:
    """Return how `after` differs from `before` in `group`, under the code of `before`."""
    shown = zip(group.headers, _in_words(before, group), _in_words(after, group), strict=True)
    return [FieldChange(subject, before.code, header, *contrast(old, new)) for header, old, new in shown if old != new]


def says_the_same(one: Item, other: Item, groups: Sequence[FieldGroup]) -> bool:
    """Return whether two readings ask the same, wherever they stand in their documents."""
    return all(_is_same(one, other, group) for group in groups if not group.is_place)


def name_of(item: LedgerTask | LedgerIndicator) -> str:
    """Return what a person calls the item."""
    return item.title if isinstance(item, LedgerTask) else item.name


def target_in_words(one: LedgerIndicator) -> str:
    """Return an indicator's target with its unit, e.g. `≥1.20万亿元` or `3—5家`."""
    high = f"—{one.value_max:f}" if one.value_max is not None else ""
    return f"{_SIGNS[one.operator]}{one.value:f}{high}{one.unit}"


def _kept(now: Item, fresh: Item, group: FieldGroup, subject: str) -> list[Finding]:
    return [
        Finding.of(
            "revised_field_kept",
            subject=subject,
            code=change.key,
            title=name_of(now),
            field=change.field,
            kept=change.before or "（空）",
            said=change.after or "（空）",
        )
        for change in describe_changes(now, fresh, group, subject)
    ]


def _is_same(one: Item, other: Item, group: FieldGroup) -> bool:
    return all(_folded(getattr(one, name)) == _folded(getattr(other, name)) for name in group.fields)


def _folded(value: object) -> object:
    """Return a value without the white space that a converter adds or loses between two copies of one text."""
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, tuple):
        return tuple(_folded(part) for part in value)
    return "" if value is None else value


def _in_words(item: Item, group: FieldGroup) -> tuple[str, ...]:
    if isinstance(item, LedgerIndicator) and len(group.headers) < len(group.fields):
        return (target_in_words(item),)
    if isinstance(item, LedgerTask) and group.fields == ("path",):
        return (" / ".join(item.path),)
    return tuple(_value_in_words(getattr(item, name)) for name in group.fields)


def _value_in_words(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, StrEnum):
        return _WORDS.get(value, value.value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
