"""The 单位 sheet of the review table: checks it by itself, and makes the office's directory from it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planbook.model.agency import Agency, Directory, agency_from_name, agency_key
from planbook.model.findings import Finding
from planbook.outputs.review_rows import ReviewAgencyRow
from planbook.outputs.review_values import parse_names


def check_agencies(rows: Sequence[ReviewAgencyRow]) -> list[Finding]:
    """Return what is wrong between the rows of 单位.

    Agencies entered twice, cells that name several agencies, aliases that mean two agencies, one mailbox for two
    agencies, groups that are not there or are no groups, and groups that contain themselves.
    """
    named = [row for row in rows if row.name]
    return [
        *_names_taken_twice(named),
        *_shared_mailboxes(named),
        *_bad_groups(named),
    ]


def _names_taken_twice(rows: Sequence[ReviewAgencyRow]) -> Iterable[Finding]:
    owners: dict[str, ReviewAgencyRow] = {}
    for row in rows:
        owner = owners.setdefault(agency_key(row.name), row)
        if owner is not row:
            first = owner.place.location("name").cell
            yield Finding.of("review_agency_twice", row.place.location("name"), name=row.name, first=first)
    for row in rows:
        parts = parse_names(row.name)
        if len(parts) > 1 and all(agency_key(part) in owners for part in parts):
            yield Finding.of("review_several_agencies", row.place.location("name"), text=row.name)
    for row in rows:
        for alias in row.aliases:
            owner = owners.setdefault(agency_key(alias), row)
            # An alias that is only another spelling of the agency's own name is superfluous, not wrong.
            if owner is not row and owner.name != row.name:
                location = row.place.location("aliases")
                yield Finding.of("review_alias_taken", location, alias=alias, owner=owner.name)


def _shared_mailboxes(rows: Sequence[ReviewAgencyRow]) -> Iterable[Finding]:
    owners: dict[str, ReviewAgencyRow] = {}
    for row in rows:
        owner = owners.setdefault(row.email.lower(), row) if row.email else row
        if owner is not row:
            location = row.place.location("email")
            yield Finding.of("review_mailbox_shared", location, email=row.email, name=row.name, owner=owner.name)


def _bad_groups(rows: Sequence[ReviewAgencyRow]) -> Iterable[Finding]:
    directory = Directory(tuple(agency_of(row) for row in rows))
    above = {row.name: tuple(_own_name(directory, group) for group in row.groups) for row in rows}
    for row in rows:
        location = row.place.location("groups")
        for group in row.groups:
            known = directory.find(group)
            if known is None:
                yield Finding.of("review_group_unlisted", location, group=group)
            elif not known.is_group:
                yield Finding.of("review_group_is_agency", location, group=group)
        if _contains_itself(row.name, above):
            yield Finding.of("review_group_in_itself", location, group=row.name)


def _contains_itself(name: str, above: dict[str, tuple[str, ...]]) -> bool:
    pending, seen = list(above[name]), set[str]()
    while pending:
        group = pending.pop()
        if group == name:
            return True
        if group not in seen:
            seen.add(group)
            pending += above.get(group, ())
    return False


def _own_name(directory: Directory, name: str) -> str:
    known = directory.find(name)
    return known.name if known else name


def agency_of(row: ReviewAgencyRow) -> Agency:
    """Return the agency that a row describes."""
    return Agency(
        row.name, row.aliases, row.groups, row.contact, row.phone, row.email, row.level, row.is_group, row.leader
    )


def make_directory(agencies: Iterable[Agency]) -> Directory:
    """Return the directory of `agencies`: groups by their own names, and those that only members name added."""
    listed = tuple(agencies)
    directory = Directory(listed)
    resolved: list[Agency] = []
    unlisted: dict[str, Agency] = {}
    for agency in listed:
        groups = tuple(dict.fromkeys(_own_name(directory, group) for group in agency.groups))
        for group in groups:
            if directory.find(group) is None:
                unlisted.setdefault(agency_key(group), replace(agency_from_name(group), is_group=True))
        resolved.append(replace(agency, groups=groups))
    return Directory((*resolved, *unlisted.values()))
