"""Order of notes: documents that name the agencies on a line above each item instead of behind it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from planbook.plans.characters import SENTENCE_END
from planbook.plans.segments import Segment
from planbook.plans.unit_notes import find_unit_notes

_FEWEST: Final = 3


def put_notes_behind(segments: Sequence[Segment]) -> list[Segment]:
    """Return `segments`, notes that stand on lines above their items put behind them.

    A line of agencies belongs to the item above it unless all of the document's such lines stand directly before items
    of one style, the first of them below a bare heading, which has no measure of its own that they could be for.
    """
    groups = _note_lines(segments)
    if len(groups) < _FEWEST or not _stand_above(segments, groups):
        return list(segments)
    ordered: list[Segment] = []
    at = 0
    for (start, end), (following, _) in pairwise([*groups, (len(segments), len(segments))]):
        ordered.extend(segments[at:start])
        at = end + 1
        while at < following and segments[at].marker is None:
            at += 1
        ordered.extend([*segments[end:at], *segments[start:end]])
    ordered.extend(segments[at:])
    return ordered


def _note_lines(segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Return (start, end) of every run of lines that hold nothing but agencies."""
    groups: list[tuple[int, int]] = []
    for index, segment in enumerate(segments):
        if segment.marker is not None or not segment.starts_line or not _is_note(segment.text):
            continue
        if groups and groups[-1][1] == index:
            groups[-1] = (groups[-1][0], index + 1)
        else:
            groups.append((index, index + 1))
    return groups


def _is_note(text: str) -> bool:
    notes = find_unit_notes(text.strip()) if ":" in text or "：" in text or text[-1:] in ")）】〕]" else ()
    covered = sum(note.end - note.start for note in notes if note.entries)
    return covered > 0 and covered >= len(text.strip(" 。")) - 1


def _stand_above(segments: Sequence[Segment], groups: Sequence[tuple[int, int]]) -> bool:
    markers = [segments[end].marker if end < len(segments) else None for _, end in groups]
    styles = {marker.style if marker else None for marker in markers}
    first = groups[0][0]
    above = segments[first - 1] if first else None
    opens_section = above is not None and (
        above.text.rstrip()[-1:] not in SENTENCE_END if above.marker else not _closes_item(segments, first)
    )
    if None in styles or len(styles) != 1 or not opens_section:
        return False
    return above is None or above.marker is None or above.marker.style not in styles


def _closes_item(segments: Sequence[Segment], index: int) -> bool:
    """Return whether any item stands above the first line of agencies."""
    return any(segment.marker is not None for segment in segments[:index])
