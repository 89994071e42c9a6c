"""The walk through a Word document's body: paragraphs, tables, text boxes and notes in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from planbook.plans.readers.drafts import Draft, DraftBlock, Run
from planbook.plans.readers.grid import Cell, blocks_of
from planbook.plans.readers.word_numbering import Numbering
from planbook.plans.readers.word_package import MC, W, preferred_branch
from planbook.plans.readers.word_runs import FieldState, RunReader
from planbook.plans.readers.word_styles import Style, Styles, character_format, numbering_of, outline_of

_WRAPPERS = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))
_MAXIMUM_SPAN = 200


@dataclass(slots=True)
class BodyReader:
    """Turns the body into drafts; keeps what runs on from paragraph to paragraph: lists, fields, pages.

    Attributes:
        styles: Styles of the document.
        numbering: Its lists.
        notes: Root of the part that holds the notes of each kind.
        page: Page that the walk has reached, None where pages are unknown.
    """

    styles: Styles
    numbering: Numbering
    notes: dict[str, etree._Element | None]
    page: int | None = None
    _fields: FieldState = field(default_factory=FieldState)
    _referenced: list[tuple[str, str, int | None]] = field(default_factory=list)
    _carried: list[Run] = field(default_factory=list)

    def read(self, document: etree._Element) -> Iterator[DraftBlock]:
        """Yield the blocks of the document, then the notes that it refers to.

        Explicit page breaks alone would count far too few pages: only the marks of a laid out page are counted.
        """
        if next(document.iter(f"{W}lastRenderedPageBreak"), None) is not None:
            self.page = 1
        self._fields.is_balanced = _fields_are_balanced(document)
        body = document.find(f"{W}body")
        if body is not None:
            yield from self._blocks(body)
        if self._carried:
            yield Draft(tuple(self._carried), page=self.page)
        for kind, note_id, page in self._referenced:
            yield from self._note(kind, note_id, page)

    def turn_page(self) -> None:
        """Count one page, where pages are known."""
        if self.page is not None:
            self.page += 1

    def refer_to_note(self, kind: str, note_id: str) -> None:
        """Remember that the text refers to a note."""
        self._referenced.append((kind, note_id, self.page))

    def boxes(self, element: etree._Element) -> Iterator[DraftBlock]:
        """Yield the blocks of the text boxes within a drawing; the older copy beside each is passed over."""
        for child in element:
            if child.tag == f"{W}txbxContent":
                yield from self._blocks(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self.boxes(preferred_branch(child))
            elif isinstance(child.tag, str):
                yield from self.boxes(child)

    def _blocks(self, parent: etree._Element) -> Iterator[DraftBlock]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}sdt":
                if not _is_contents_control(child):
                    yield from self._blocks(child)
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._blocks(preferred_branch(child))

    def _paragraph(self, element: etree._Element) -> Iterator[DraftBlock]:
        properties = element.find(f"{W}pPr")
        style_element = None if properties is None else properties.find(f"{W}pStyle")
        style = self.styles.of_paragraph(None if style_element is None else style_element.get(f"{W}val"))
        first_page = self.page
        content = RunReader(self, self.styles, style, self._fields).read(element)
        self._fields.end_paragraph()
        mark = None if properties is None else properties.find(f"{W}rPr")
        if style.is_contents or (self._fields.is_in_contents and not content.runs):
            yield from content.boxes
            return
        runs = [*self._carried, *content.runs]
        self._carried = []
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._carried = runs  # the deleted paragraph mark parted it from the next one
            yield from content.boxes
            return
        is_hidden = character_format(mark)[1] or (style.is_hidden and not runs)
        if runs or not is_hidden:
            label = self._label(properties, style)
            if label and runs:
                runs.insert(0, Run(label, runs[0].is_bold, runs[0].face))
        if runs:
            level = outline_of(properties)
            level = style.outline_level if level is None else level
            page = content.page if content.page is not None else first_page
            yield Draft(tuple(runs), page=page, heading_level=level + 1 if level is not None and level < 9 else None)
        yield from content.boxes

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        list_id, level = numbering_of(properties)
        if list_id is None:
            list_id = style.list_id
            if level is None:
                level = style.list_level
            if level is None and list_id is not None:
                level = self.numbering.level_of_style(list_id, style.list_style)
        if list_id in {None, "0"}:
            return ""
        return self.numbering.next_label(list_id or "", level or 0)

    def _table(self, element: etree._Element) -> Iterator[DraftBlock]:
        page = self.page
        grid: list[list[Cell | None]] = []
        for row in _children(element, "tr"):
            row_properties = row.find(f"{W}trPr")
            if row_properties is not None and row_properties.find(f"{W}del") is not None:
                continue
            above = grid[-1] if grid else []
            grid.append(self._row(row, row_properties, above))
        yield from blocks_of(grid, page=page)

    def _row(
        self, row: etree._Element, properties: etree._Element | None, above: list[Cell | None]
    ) -> list[Cell | None]:
        cells: list[Cell | None] = [None] * _span(properties, "gridBefore", 0)
        for element in _children(row, "tc"):
            cell_properties = element.find(f"{W}tcPr")
            if cell_properties is not None and cell_properties.find(f"{W}cellDel") is not None:
                continue
            covering = None
            if _continues(cell_properties, "vMerge") and len(cells) < len(above):
                covering = above[len(cells)]
            elif _continues(cell_properties, "hMerge") and cells:
                covering = cells[-1]
            cell = covering or Cell(tuple(self._blocks(element)))
            cells.extend([cell] * _span(cell_properties, "gridSpan", 1))
        return cells

    def _note(self, kind: str, note_id: str, page: int | None) -> Iterator[Draft]:
        part = self.notes.get(kind)
        if part is None:
            return
        for element in part.iterfind(f"{W}{kind}"):
            if element.get(f"{W}id") == note_id:
                for block in self._blocks(element):
                    note = block if isinstance(block, Draft) else Draft((Run(block.text),))
                    yield replace(note, page=page, heading_level=None, is_note=True)
                return


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those within content controls and insertions."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS or child.tag == f"{W}sdt":
            yield from _children(child, name)


def _span(properties: etree._Element | None, name: str, default: int) -> int:
    element = None if properties is None else properties.find(f"{W}{name}")
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), _MAXIMUM_SPAN) if value.isdigit() and (int(value) or not default) else default


def _continues(properties: etree._Element | None, name: str) -> bool:
    element = None if properties is None else properties.find(f"{W}{name}")
    return element is not None and element.get(f"{W}val", "continue") == "continue"


def _is_contents_control(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val", "") in {"Table of Contents", "目录"}


def _fields_are_balanced(document: etree._Element) -> bool:
    kinds = [element.get(f"{W}fldCharType") for element in document.iter(f"{W}fldChar")]
    return kinds.count("begin") == kinds.count("end")
