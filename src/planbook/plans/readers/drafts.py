"""What readers collect before lines are numbered: formatted runs of text, draft lines and draft tables."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from planbook.model.errors import PlanbookError
from planbook.plans.document import Table, TextLine
from planbook.plans.readers.cleaning import clean_line, split_lines

MAXIMUM_CHARACTERS = 30_000_000
"""A plan has a hundred thousand characters at most; what is three hundred times longer was not written by people."""


class Run(NamedTuple):
    """A stretch of text in one format; `face` is the font's name, empty where unknown. It may hold line feeds."""

    text: str
    is_bold: bool = False
    face: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One paragraph before numbering; line feeds within its runs part it into several lines.

    `line` is the place that the file itself gives it (text files); None takes the next number.
    """

    runs: tuple[Run, ...]
    page: int | None = None
    heading_level: int | None = None
    is_note: bool = False
    line: int | None = None

    @property
    def text(self) -> str:
        """Its text, cleaned, one line a line."""
        return "\n".join(text for text, _ in formatted_lines(self.runs, frozenset()))


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table before numbering, merged cells already repeated."""

    rows: tuple[tuple[str, ...], ...]
    page: int | None = None
    line: int | None = None

    @property
    def text(self) -> str:
        """Its cells, row by row, each merged cell once a row."""
        return "\n".join("\t".join(dict.fromkeys(filter(None, row))) for row in self.rows)


DraftBlock = Draft | DraftTable


def plain(text: str, *, page: int | None = None, line: int | None = None) -> Draft:
    """Return a draft of unformatted text."""
    return Draft((Run(text),), page=page, line=line)


_HEADING_FACES = ("黑体", "楷体", "小标宋", "SIMHEI", "HEITI", "KAITI", "XIAOBIAOSONG")


def is_heading_face(face: str) -> bool:
    """Return whether official documents set headings in this face (GB/T 9704: 黑体 for 一、, 楷体 for （一）)."""
    name = face.upper().replace(" ", "").replace("-", "")
    return any(known in name for known in _HEADING_FACES)


def formatted_lines(runs: Iterable[Run], heading_faces: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield each line of `runs` cleaned, with the number of its leading characters that stand out.

    Args:
        runs: Formatted text.
        heading_faces: Faces that mark a heading in this document, beside boldness.
    """
    runs = [run for run in runs if run.text]
    text = "".join(run.text for run in runs)
    if not any(run.is_bold or run.face in heading_faces for run in runs):
        yield from ((line, 0) for start, end in split_lines(text) if (line := clean_line(text[start:end])))
        return
    marks = "".join(("1" if run.is_bold or run.face in heading_faces else "0") * len(run.text) for run in runs)
    for start, end in split_lines(text):
        line = clean_line(text[start:end])
        if not line:
            continue
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        stop = marks.find("0", first, end)
        yield line, len(line) if stop < 0 else min(len(clean_line(text[first:stop])), len(line))


@dataclass(slots=True)
class BlockWriter:
    """Collects draft blocks and numbers them once the whole document, and so its body face, is known."""

    name: str
    drafts: list[DraftBlock] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    characters: int = 0

    def add(self, block: DraftBlock) -> None:
        """Append a block; notes are kept for the end.

        Raises:
            PlanbookError: The document is longer than any document is.
        """
        if isinstance(block, Draft) and block.is_note:
            self.notes.append(block)
        else:
            self.drafts.append(block)
        self.characters += (
            len(block.text) if isinstance(block, DraftTable) else sum(len(run.text) for run in block.runs)
        )
        if self.characters > MAXIMUM_CHARACTERS:
            raise PlanbookError(
                f"{self.name}：文字超过 {MAXIMUM_CHARACTERS // 10_000} 万字，不像一份文件，请拆分后再导入。"
            )

    def blocks(self) -> tuple[TextLine | Table, ...]:
        """Return the numbered blocks, notes last."""
        faces = self._heading_faces()
        numbered: list[TextLine | Table] = []
        last = 0
        for draft in chain(self.drafts, self.notes):
            if isinstance(draft, DraftTable):
                last = max(last + 1, draft.line or 0)
                numbered.append(Table(draft.rows, line=last, page=draft.page))
                last += len(draft.rows) - 1
                continue
            for text, bold in formatted_lines(draft.runs, faces):
                last = draft.line if draft.line is not None and draft.line >= last else last + 1
                numbered.append(TextLine(text, last, draft.page, draft.heading_level, bold, draft.is_note))
        return tuple(numbered)

    def _heading_faces(self) -> frozenset[str]:
        """Faces of headings, unless the document is set in that face throughout."""
        sizes: Counter[str] = Counter()
        for draft in self.drafts:
            if isinstance(draft, Draft):
                for run in draft.runs:
                    sizes[run.face] += len(run.text)
        total = sum(sizes.values())
        return frozenset(face for face, size in sizes.items() if is_heading_face(face) and size * 2 < total)
