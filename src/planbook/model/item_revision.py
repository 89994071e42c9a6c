"""What a new document makes of one kind of item, tasks or indicators: kept, changed, added, retired."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Generic

from planbook.model.edition import Item, Known
from planbook.model.field_merging import FieldGroup, merge_item, name_of, says_the_same
from planbook.model.findings import Finding
from planbook.model.likeness import contrast
from planbook.model.pairing import Matching
from planbook.model.review import FieldChange


@dataclass(frozen=True, slots=True)
class ItemKind:
    """How one kind of item is revised.

    Attributes:
        subject: What a person calls it.
        groups: Its fields, as they are taken over.
        source_fields: Fields that only tell where the document has it: they always follow the document.
    """

    subject: str
    groups: tuple[FieldGroup, ...]
    source_fields: tuple[str, ...]


@dataclass(slots=True)
class ItemRevision(Generic[Item]):
    """What becomes of the items of one kind.

    New ones carry provisional codes (`新1`…) that the ledger replaces with real ones wherever they stand.

    Attributes:
        kept: Known items that stand on, as they are to be, by code; unchanged ones too.
        changed: Codes of those of them in which the document changed something.
        added: New items.
        retired: Codes of items that the new document no longer has.
        readings: What the new document says under each code: the measure of what the office edits from now on.
        changes: Every change in words, in the document's order.
        findings: What the clerk must look at.
    """

    kept: dict[str, Item] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    added: list[Item] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    readings: list[Item] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def assign_codes(old: Sequence[Known[Item]], fresh: Sequence[Item], matching: Matching) -> list[Item]:
    """Return the items of a new document under the codes of their partners, or under provisional ones."""
    return [
        replace(item, code=old[matching.old_of[place]].now.code if place in matching.old_of else f"新{place + 1}")
        for place, item in enumerate(fresh)
    ]


def revise_items(
    old: Sequence[Known[Item]], fresh: Sequence[Item], matching: Matching, kind: ItemKind
) -> ItemRevision[Item]:
    """Return what becomes of `old` now that the document says `fresh` (under codes, see `assign_codes`).

    Findings:
        revised_likeness_not_tried: Too many items are left over to look for similar ones.
        revised_matched_by_likeness: Two items are taken for one because they are alike.
        revised_item_deleted: The document changed an item that the office had deleted; it stays deleted.
        revised_edited_item_removed: The document drops an item that the office had edited.
        revised_office_item_kept: The office added an item that the document does not have; it stays.
    """
    revision: ItemRevision[Item] = ItemRevision()
    if not matching.is_likeness_tried:
        revision.findings.append(Finding.of("revised_likeness_not_tried", subject=kind.subject))
    for place, item in enumerate(fresh):
        revision.readings.append(item)
        if place not in matching.old_of:
            revision.added.append(item)
            revision.changes.append(FieldChange(kind.subject, item.code, "新增", "", name_of(item)))
            continue
        known = old[matching.old_of[place]]
        if place in matching.by_likeness:
            revision.findings.append(_alike(known, item, kind))
        _take_over(known, item, kind, revision)
    seen = set(matching.old_of.values())
    for place, known in enumerate(old):
        if place not in seen and not known.is_retired:
            _settle_missing(known, kind, revision)
    _number(old, fresh, revision)
    return revision


def _take_over(known: Known[Item], item: Item, kind: ItemKind, revision: ItemRevision[Item]) -> None:
    code, title = known.now.code, name_of(known.now)
    if known.is_retired and known.reading is not None:  # the office deleted it while the document had it
        if not says_the_same(known.reading, item, kind.groups):
            revision.findings.append(
                Finding.of("revised_item_deleted", subject=kind.subject, code=code, title=title)
            )  # fmt: skip
        return
    merged = merge_item(known, item, kind.groups, kind.subject)
    changes = list(merged.changes)
    if known.is_retired:  # an earlier document had it, the last one did not
        changes.insert(0, FieldChange(kind.subject, code, "恢复", "已删除", title))
    if changes:
        revision.changed.append(code)
    revision.changes += changes
    revision.findings += merged.findings
    revision.kept[code] = replace(merged.item, **{name: getattr(item, name) for name in kind.source_fields})


def _settle_missing(known: Known[Item], kind: ItemKind, revision: ItemRevision[Item]) -> None:
    now = known.now
    named = {"subject": kind.subject, "code": now.code, "title": name_of(now)}
    if known.reading is None:
        revision.kept[now.code] = now
        revision.findings.append(Finding.of("revised_office_item_kept", **named))
        return
    retire(now, kind, revision)
    if not says_the_same(known.reading, now, kind.groups):
        revision.findings.append(Finding.of("revised_edited_item_removed", **named))


def retire(item: Item, kind: ItemKind, revision: ItemRevision[Item]) -> None:
    """Take `item` out of what stands."""
    revision.kept.pop(item.code, None)
    revision.retired.append(item.code)
    revision.changes.append(FieldChange(kind.subject, item.code, "删除", name_of(item), ""))


def _alike(known: Known[Item], item: Item, kind: ItemKind) -> Finding:
    before, after = contrast(name_of(known.said), name_of(item))
    return Finding.of(
        "revised_matched_by_likeness", subject=kind.subject, code=known.now.code, before=before, title=after
    )


def _number(old: Sequence[Known[Item]], fresh: Sequence[Item], revision: ItemRevision[Item]) -> None:
    """Number what stands in the new document's order; what the office added follows what it stood behind."""
    added = {item.code: item for item in revision.added}
    in_document = [item.code for item in fresh if item.code in revision.kept or item.code in added]
    order = list(in_document)
    placed = set(in_document)
    above: str | None = None
    for known in sorted((one for one in old if one.now.code in revision.kept), key=lambda one: one.now.order):
        code = known.now.code
        if code not in placed:
            order.insert(order.index(above) + 1 if above else 0, code)
            placed.add(code)
        above = code
    places = {code: place for place, code in enumerate(order, start=1)}
    revision.kept = {code: replace(item, order=places[code]) for code, item in revision.kept.items()}
    revision.added = [replace(item, order=places[item.code]) for item in revision.added]
