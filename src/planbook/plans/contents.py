"""Contents lists: headings in a row without text, which come again later, or lines that lead to a page number."""

import re
from collections.abc import Sequence
from typing import Final

from planbook.plans.characters import squeeze
from planbook.plans.segments import Segment

_LEADERS: Final = re.compile(r"[.…·。\s]{3,}\s*\d{1,3}\s*$|\s+\d{1,3}\s*$|…+\s*\d{0,3}\s*$")
_ENTRY: Final = re.compile(r".{2,60}?(?:[.·]{4,}|…{2,}|(?:[.·…] ){3,})[.·…\s]*\d{1,3}\s*$")
_CONTENTS: Final = re.compile(r"目\s*[录次]")
_LONGEST_ENTRY: Final = 60
_MOST_BETWEEN: Final = 4  # lines between the contents and the first section: the title once more, a preamble


def drop_contents(segments: Sequence[Segment]) -> list[Segment]:
    """Return `segments` without the contents list.

    Its entries come again later as headings, or end in leaders and a page number (一、总体要求……1).
    """
    segments = _without_entries(segments)
    keys = [_heading_key(segment) for segment in segments]
    last = {key: index for index, key in enumerate(keys) if key}
    kept: list[Segment] = []
    index = 0
    while index < len(segments):
        if keys[index] and last[keys[index]] > index:
            end = _contents_end(segments, keys, last, index)
            if end - index > 1 or (end > index and kept and _CONTENTS.search(kept[-1].plain[-12:])):
                index = end
                continue
        kept.append(segments[index])
        index += 1
    return kept


def _without_entries(segments: Sequence[Segment]) -> Sequence[Segment]:
    entries = {id(segment) for segment in segments if _ENTRY.fullmatch(segment.plain.strip())}
    return [segment for segment in segments if id(segment) not in entries] if len(entries) > 1 else segments


def _contents_end(segments: Sequence[Segment], keys: Sequence[str], last: dict[str, int], start: int) -> int:
    """Index behind a run of bare headings that all come again behind the run; `start` where there is none."""
    end = start
    seen: set[str] = set()
    while end < len(segments) and keys[end] and keys[end] not in seen:
        if last[keys[end]] == end or not _is_bare(segments[end]):
            break
        seen.add(keys[end])
        end += 1
    behind = next((key for key in keys[end : end + _MOST_BETWEEN] if key), "")
    return end if behind in seen else start


def _is_bare(segment: Segment) -> bool:
    return len(segment.text) <= _LONGEST_ENTRY


def _heading_key(segment: Segment) -> str:
    """Return number and heading without stop, leaders and page; of a heading that runs in to its text, that alone."""
    if segment.marker is None:
        return ""
    text = segment.text[segment.marker.end :]
    heading = _LEADERS.sub("", text) if _is_bare(segment) else ""
    heading = re.split(r"[。\n]", heading or text[:_LONGEST_ENTRY], maxsplit=1)[0]
    return squeeze(segment.marker.printed + heading) if heading.strip() else ""
