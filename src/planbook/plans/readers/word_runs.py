"""The inside of a Word paragraph: runs with their format, fields by their result, changes as if accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from planbook.plans.readers.cleaning import superscript
from planbook.plans.readers.drafts import DraftBlock, Run
from planbook.plans.readers.word_numbering import symbols_of
from planbook.plans.readers.word_numerals import format_number
from planbook.plans.readers.word_package import MC, W, preferred_branch
from planbook.plans.readers.word_styles import Style, Styles, character_format

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INLINE = frozenset(
    f"{W}{name}"
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "dir", "bdo", "customXml", "sdt", "sdtContent")
)
_CONTENTS_CODE = re.compile(r"\s*TOC\b", re.IGNORECASE)
_ENCLOSED_CODE = re.compile(r"\s*EQ\s*\\o\s*\\ac\(\s*[○◯]\s*[,，]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class _Surroundings(Protocol):
    """What a paragraph reports to the document around it."""

    @property
    def page(self) -> int | None:
        """Page that the walk has reached."""
        ...

    def turn_page(self) -> None:
        """A page of the last layout ended here."""
        ...

    def refer_to_note(self, kind: str, note_id: str) -> None:
        """The text refers to a footnote or endnote."""
        ...

    def boxes(self, element: etree._Element) -> Iterator[DraftBlock]:
        """Blocks of the text boxes in a drawing."""
        ...


@dataclass(slots=True)
class _Field:
    code: str = ""
    has_result: bool = False


@dataclass(slots=True)
class FieldState:
    """Fields that are open, outermost first; a table of contents runs over many paragraphs.

    `is_balanced` says whether each field of the document ends: one that does not must not swallow the rest.
    """

    is_balanced: bool = True
    _open: list[_Field] = field(default_factory=list)

    @property
    def is_in_contents(self) -> bool:
        """Whether the walk is within a table of contents."""
        return any(_CONTENTS_CODE.match(each.code) for each in self._open)

    @property
    def is_showing(self) -> bool:
        """Whether text is shown: outside of field codes and tables of contents."""
        return all(each.has_result for each in self._open) and not self.is_in_contents

    def mark(self, kind: str | None) -> str:
        """Take note of a field's begin, separator or end; return what a field without result shows."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            enclosed = None if ended.has_result else _ENCLOSED_CODE.match(ended.code)
            if enclosed and self.is_showing:
                return format_number(int(enclosed[1]), "decimalEnclosedCircle")
        return ""

    def add_code(self, text: str) -> None:
        """Take in a piece of field code."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].code += text

    def end_paragraph(self) -> None:
        """Close what a damaged document left open."""
        if not self.is_balanced:
            self._open.clear()


@dataclass(slots=True)
class ParagraphContent:
    """Runs of a paragraph, the page of its first character, and the blocks of text boxes anchored in it."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[DraftBlock] = field(default_factory=list)
    page: int | None = None


@dataclass(slots=True)
class RunReader:
    """Reads one paragraph."""

    surroundings: _Surroundings
    styles: Styles
    paragraph_style: Style
    fields: FieldState
    _content: ParagraphContent = field(default_factory=ParagraphContent)

    def read(self, paragraph: etree._Element) -> ParagraphContent:
        """Return the paragraph's content; blank paragraphs have no runs."""
        self._inline(paragraph)
        if not any(run.text.strip() for run in self._content.runs):
            self._content.runs.clear()
        return self._content

    def _inline(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag == f"{W}fldSimple":
                if not _CONTENTS_CODE.match(child.get(f"{W}instr", "")):
                    self._inline(child)
            elif child.tag in _INLINE:
                self._inline(child)
            elif child.tag in {f"{_MATH}oMath", f"{_MATH}oMathPara"}:
                self._add("".join(each.text or "" for each in child.iter(f"{_MATH}t")), Run(""))
            elif child.tag == f"{MC}AlternateContent":
                self._inline(preferred_branch(child))

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        run_format, is_raised = self._format(properties)
        if run_format is None:
            # Hidden text is not the document's; the codes of fields are often hidden and must still be followed.
            for child in run.iter(f"{W}fldChar"):
                self.fields.mark(child.get(f"{W}fldCharType"))
            return
        for child in run:
            if isinstance(child.tag, str):
                self._run_child(child, run_format, is_raised=is_raised)

    def _run_child(self, child: etree._Element, run_format: Run, *, is_raised: bool) -> None:
        name = etree.QName(child).localname
        if name == "t":
            text = child.text or ""
            self._add(superscript(text) if is_raised and text.isascii() else text, run_format)
        elif name == "fldChar":
            self._add(self.fields.mark(child.get(f"{W}fldCharType")), run_format)
        elif name == "sym":
            self._add(_symbol(child), run_format)
        elif name in _SIGNS:
            self._add(_SIGNS[name], run_format)
        elif name == "instrText":
            self.fields.add_code(child.text or "")
        elif name == "ruby":
            for base in child.iterfind(f"{W}rubyBase"):
                self._inline(base)
        else:
            self._refer(child, name)

    def _refer(self, child: etree._Element, name: str) -> None:
        """Follow what stands in a run without being its text: page marks, notes, drawings with text boxes."""
        if name == "lastRenderedPageBreak":
            self.surroundings.turn_page()
        elif name in {"footnoteReference", "endnoteReference"}:
            self.surroundings.refer_to_note(name.removesuffix("Reference"), child.get(f"{W}id", ""))
        elif name == "AlternateContent":
            self._content.boxes.extend(self.surroundings.boxes(preferred_branch(child)))
        elif name in {"drawing", "pict", "object"}:
            self._content.boxes.extend(self.surroundings.boxes(child))

    def _add(self, text: str, run_format: Run) -> None:
        if text and self.fields.is_showing:
            if self._content.page is None and text.strip():
                self._content.page = self.surroundings.page
            self._content.runs.append(run_format._replace(text=text))

    def _format(self, properties: etree._Element | None) -> tuple[Run | None, bool]:
        """Format of a run as inherited, None where it is hidden; and whether it is raised."""
        bold, hidden, face = character_format(properties)
        style, is_raised = self.styles.of_run(None), False
        if properties is not None:
            named = properties.find(f"{W}rStyle")
            style = self.styles.of_run(None if named is None else named.get(f"{W}val"))
            position = properties.find(f"{W}vertAlign")
            is_raised = position is not None and position.get(f"{W}val") == "superscript"
        base = self.paragraph_style
        if _first(hidden, style.is_hidden, base.is_hidden):
            return None, is_raised
        inherited_face = face or style.face or base.face or self.styles.default_face
        return Run("", bool(_first(bold, style.is_bold, base.is_bold)), inherited_face), is_raised


def _symbol(element: etree._Element) -> str:
    """Sign of w:sym, given by its code in a symbol font."""
    try:
        return symbols_of(chr(int(element.get(f"{W}char", ""), 16)), element.get(f"{W}font", ""))
    except (ValueError, OverflowError):
        return ""


def _first(*values: bool | None) -> bool | None:
    """The first value that says anything, from the run itself to the paragraph's style."""
    return next((value for value in values if value is not None), None)
