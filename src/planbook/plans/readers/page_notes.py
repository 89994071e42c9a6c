"""Footnotes of a laid out page: the smaller lines at its foot that begin with a note's mark."""

import re
from collections.abc import Sequence

from planbook.plans.readers.cleaning import superscript
from planbook.plans.readers.page_lines import Line
from planbook.plans.readers.page_paragraphs import Margins, Paragraph

_SMALLER = 0.92
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = re.compile(
    r"(?P<mark>[①-⑳*＊※†]{1,3}|[\[［〔【]\d{1,2}[\]］〕】]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\d{1,2}(?=[^\d.．、,，%％年月日\-—]))\s*"
)


def take_notes(lines: list[Line], margins: Margins | None) -> tuple[list[Line], list[Paragraph]]:
    """Split off a page's footnotes, without their marks; raised marks that refer to them go from the text too."""
    first = len(lines)
    while first > 0 and margins is not None and lines[first - 1].size < _SMALLER * margins.size:
        first -= 1
    if first in {0, len(lines)} or not _MARK.match(lines[first].text):
        return lines, []
    notes: list[Paragraph] = []
    marks: list[str] = []
    for line in lines[first:]:
        mark = _MARK.match(line.text)
        if mark or not notes:
            marks.append(mark["mark"] if mark else "")
            notes.append(Paragraph([_without(line, len(mark[0]) if mark else 0)]))
        else:
            notes[-1].lines.append(line)
    raised = [superscript(mark) for mark in marks if superscript(mark)[:1] in _RAISED]
    return [_unmarked(line, raised) for line in lines[:first]], notes


def _without(line: Line, length: int) -> Line:
    """The line without its first characters."""
    runs = list(line.runs)
    line.text = line.text[length:]
    while length and runs:
        text = runs[0].text.lstrip()
        runs[0] = runs[0]._replace(text=text[length:])
        length = max(0, length - len(text))
        if not runs[0].text:
            runs.pop(0)
    line.runs = tuple(runs)
    return line


def _unmarked(line: Line, marks: Sequence[str]) -> Line:
    """The line without raised marks; behind a letter they are powers (m²)."""
    for mark in marks:
        if mark in line.text:
            pattern = re.compile(f"(?<![A-Za-z{_RAISED}]){mark}(?![{_RAISED}])")
            line.text = pattern.sub("", line.text)
            line.runs = tuple(run._replace(text=pattern.sub("", run.text)) for run in line.runs)
    return line
