"""Debris of pages: page numbers, running heads and the counters that document-sharing sites put before each page."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planbook.plans.characters import CJK, fold
from planbook.plans.note_ends import ends_with_assignment
from planbook.plans.numbering import match_marker
from planbook.plans.passages import DraftLine
from planbook.plans.role_words import FIELD_LABEL, ROLE_LABEL

_PAGE_NUMBER_LINE: Final = re.compile(
    r"[-–—_~\s]{0,8}(?:第\s*)?\d{1,4}\s*页?\s*(?:[,，/、]?\s*(?:共|of|/)\s*\d{1,4}\s*页?)?[-–—_~\s]{0,8}"
    r"|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_PAGE_NUMBER_INLINE: Final = re.compile(
    r"\s?[-–—]\s?(\d{1,3})\s?[-–—]\s?|\s?第\s?(\d{1,3})\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?\s?"
)
_BARE_NUMBER_INLINE: Final = re.compile(rf"(?<=[{CJK}，、]) (\d{{1,3}}) (?=[{CJK}，、。])")
_COUNTER: Final = re.compile(r"(?<!\d)(\d{1,3})\s?、\s?")
_COMPLETE: Final = "。！？!?；;：:)）】]》」”…|"
_RUN_IN_COUNTER: Final = re.compile(rf"[{CJK}\dA-Za-z、，,%]$")
_LABELLED: Final = re.compile(rf"\(?(?:{ROLE_LABEL}|{FIELD_LABEL})\s*:")
_SHORTEST_PAGE: Final = 120
_MEAN_PAGE: Final = 200
_WHOLE_PAGE: Final = 300
_SHORTEST_CUT_LINE: Final = 15
_LONGEST_RUNNING_HEAD: Final = 40
_LONGEST_HEADING: Final = 45


@dataclass(frozen=True, slots=True)
class _Site:
    """A number that may be a page's: where it stands, its value, and how far into the document."""

    line: int
    start: int
    end: int
    value: int
    distance: int
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Link:
    """One site of a chain, and the chain before it."""

    site: _Site
    earlier: "_Link | None"
    length: int


def drop_page_numbers(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """Return `lines` without page numbers on lines of their own; the line after one may continue the line before."""
    kept: list[DraftLine] = []
    is_after_cut = False
    for line in lines:
        if line.text and _PAGE_NUMBER_LINE.fullmatch(fold(line.text)):
            is_after_cut = bool(kept)
            continue
        line.is_after_cut = line.is_after_cut or is_after_cut
        is_after_cut = False
        kept.append(line)
    return kept


def drop_running_heads(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """Return `lines` without titles repeated on every page: short lines that recur where pages begin or end."""
    counted = Counter(line.text for line in lines if 4 <= len(line.text) <= _LONGEST_RUNNING_HEAD)
    at_edge: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if counted[line.text] > 2:
            following = lines[index + 1] if index + 1 < len(lines) else None
            is_edge = index == 0 or line.is_after_cut or following is None or following.is_after_cut
            at_edge[line.text] += is_edge or following.source.page != line.source.page if following else 1
    heads = {
        text
        for text, count in at_edge.items()
        if count * 5 >= counted[text] * 4
        and not re.search(r"[:：。；;、，,|]|^\s*[(（]?[一二三四五六七八九十\d—●•]", text)
    }
    kept: list[DraftLine] = []
    is_after_cut = False
    for line in lines:
        if line.text in heads:
            is_after_cut = True
            continue
        line.is_after_cut = line.is_after_cut or is_after_cut
        is_after_cut = False
        kept.append(line)
    return kept


def drop_inline_page_numbers(lines: Sequence[DraftLine]) -> None:
    """Take page numbers out of sentences; they are known by running on: `- 3 -`, `- 4 -`, `- 5 -`."""
    _erase(lines, _longest_run(_sites(lines, _PAGE_NUMBER_INLINE), 2, most_skipped=1, shortest_page=1))
    _erase(lines, _longest_run(_sites(lines, _BARE_NUMBER_INLINE), 3, most_skipped=1))


def drop_page_counters(lines: Sequence[DraftLine]) -> bool:
    r"""Take out the `1、`, `2、`… that document-sharing sites put where each page of the original begins.

    They break sentences (…成果达\n4、400项), stand a page apart and run on, which honest numbering never does at
    once. The line that such a counter opened continues the line before. Returns whether there were any.
    """
    sites = _sites(lines, _COUNTER)
    run = _longest_run([site for site in sites if site.is_cut], 1, most_skipped=3)
    if len(run) == 1:
        run = [*_whole_page_before(run[0], sites), *run]
    if len(run) < 2 or run[-1].distance - run[0].distance < (run[-1].value - run[0].value) * _MEAN_PAGE:
        return False
    run = _fill(run, sites)
    if sum(site.start == 0 for site in sites) > 2 * len(run) + 2:
        return False  # the document numbers its items so
    for site in run:
        if site.start == 0 and site.line > 0 and (site.is_cut or site.value > 1):
            lines[site.line].is_continuation = True
    _erase(lines, run)
    return True


def _whole_page_before(site: _Site, sites: Sequence[_Site]) -> list[_Site]:
    """Return the counter before a lone one, where both stand at the head of a line, a full page apart."""
    return [
        each
        for each in sites
        if site.start == each.start == 0
        and each.value == site.value - 1
        and site.distance - each.distance >= _WHOLE_PAGE
    ][-1:]


def is_broken_off(text: str) -> bool:
    """Return whether a line long enough to be a sentence ends without any mark, and is no heading with a number."""
    return len(text) >= _SHORTEST_CUT_LINE and text[-1] not in _COMPLETE and not _is_heading(text)


def _is_heading(text: str) -> bool:
    """Return whether a line without stop is whole: a heading with its number, or a line of agencies."""
    plain = fold(text)
    is_numbered = len(text) <= _LONGEST_HEADING and "。" not in text and match_marker(plain) is not None
    return is_numbered or _LABELLED.match(plain) is not None or ends_with_assignment(plain)


def _sites(lines: Sequence[DraftLine], pattern: re.Pattern[str]) -> list[_Site]:
    sites: list[_Site] = []
    distance = 0
    before = ""  # the lines since the last mark: a wrapped sentence
    for index, line in enumerate(lines):
        for match in pattern.finditer(line.text):
            value = int(match[match.lastindex or 1])
            if match.start() == 0:
                is_cut = is_broken_off(before)
            else:
                lead = line.text[max(match.start() - 2, 0) : match.start()].rstrip()
                is_cut = _RUN_IN_COUNTER.search(lead) is not None
            sites.append(_Site(index, match.start(), match.end(), value, distance + match.start(), is_cut))
        distance += len(line.text)
        is_open = bool(line.text) and line.text[-1] not in _COMPLETE and not _is_heading(line.text)
        before = (before + line.text)[-100:] if is_open else line.text[-1:]
    return sites


def _longest_run(
    sites: Sequence[_Site], shortest_run: int, *, most_skipped: int, shortest_page: int = _SHORTEST_PAGE
) -> list[_Site]:
    """Return the longest chain of sites a page apart whose values run on, skipping at most so many values."""
    by_value: dict[int, _Link] = {}  # end of the best chain that ends in each value
    best: _Link | None = None
    for site in sites:
        earlier = next(
            (
                link
                for step in range(1, most_skipped + 1)
                if (link := by_value.get(site.value - step)) and site.distance - link.site.distance >= shortest_page
            ),
            None,
        )
        link = _Link(site, earlier, earlier.length + 1 if earlier else 1)
        known = by_value.get(site.value)
        if known is None or link.length >= known.length:
            by_value[site.value] = link
        if best is None or link.length > best.length:
            best = link
    if best is None or best.length < shortest_run:
        return []
    run: list[_Site] = []
    while best:
        run.append(best.site)
        best = best.earlier
    return run[::-1]


def _fill(run: Sequence[_Site], sites: Sequence[_Site]) -> list[_Site]:
    """Add the counters that fell between two sentences: values missing from `run`, about where a page ends."""
    values = [site.value for site in run]
    chosen = {site.value: site for site in run}
    is_inline = sum(site.start > 0 for site in run) * 2 > len(run)
    page = (run[-1].distance - run[0].distance) / (values[-1] - values[0])
    for site in sites:
        if site.value in values or site.value > values[-1] + 1 or (site.start and not is_inline):
            continue
        index = bisect_left(values, site.value)
        near = run[min(max(index - 1, 0), len(run) - 1)]
        error = abs(site.distance - near.distance - (site.value - near.value) * page)
        known = chosen.get(site.value)
        if error < page * 0.6 and (known is None or error < abs(known.distance - near.distance - page)):
            chosen[site.value] = site
    return list(chosen.values())


def _erase(lines: Sequence[DraftLine], run: Sequence[_Site]) -> None:
    for site in sorted(run, key=lambda each: (each.line, -each.start)):
        line = lines[site.line]
        line.text = line.text[: site.start] + line.text[site.end :]
        if site.start < line.bold:
            line.bold -= min(site.end, line.bold) - site.start
