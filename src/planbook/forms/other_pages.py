"""What people write on the pages that are not for filling in: the instructions and the cover of a correction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planbook.forms.finding_log import FindingLog
from planbook.forms.instructions import guide_rows
from planbook.forms.issued import clean_text
from planbook.forms.layout import FormLayout
from planbook.forms.parsed import cell_text, fold, shown
from planbook.forms.table_faults import is_same_agency, named_period
from planbook.forms.tables import COVER_COLUMNS, OtherPage, labelled_cells
from planbook.model.findings import Location
from planbook.model.form import Form
from planbook.sheets.raw import CellValue, cell_address

_OTHER_EDITION: Final = 0.5  # share of unknown texts from which the page is another version's, or the agency's own


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on such a page, and where."""

    row: int
    place: int
    text: str


def report_other_pages(pages: Sequence[OtherPage], form: Form, layout: FormLayout, log: FindingLog) -> None:
    """Report what stands on such pages that was not issued; nothing of it is taken."""
    issued: frozenset[str] = frozenset()
    for page in pages:
        if page.is_cover:
            written = _beside_cover(page.rows)
        else:
            issued = issued or _issued_texts(form, layout)
            written, count = _not_issued(page.rows, issued)
            if len(written) >= _OTHER_EDITION * count:
                log.add("sheet_not_read", Location(sheet=page.sheet.name))
                continue
        facts = labelled_cells(page.rows) if written and not page.is_cover else {}
        for text in written:
            _report(page, text, facts.get((text.row, text.place), ""), form, log)
        for (row, place), comment in page.sheet.comments.items():
            if comment.strip():
                log.add("comment_beside_value", _at(page, row, place), column=page.sheet.name, comment=shown(comment))


def _not_issued(rows: Sequence[tuple[int, Sequence[CellValue]]], issued: frozenset[str]) -> tuple[list[_Text], int]:
    """Return the texts that are not among those `issued`, however programs wrapped them, and how many there are."""
    count = 0
    strange = []
    for number, cells in rows:
        for place, cell in enumerate(cells, start=1):
            if cell is None or cell == "":
                continue
            count += 1
            if cell not in issued and (text := cell_text(cell)):  # nearly all stand as they were issued
                strange.append(_Text(number, place, text))
    if strange:
        bare = frozenset(map(_bare, issued))
        strange = [one for one in strange if _bare(one.text) not in bare]
    return strange, count


def _report(page: OtherPage, text: _Text, label: str, form: Form, log: FindingLog) -> None:
    at = _at(page, text.row, text.place)
    if label == "填报单位" and not is_same_agency(text.text, form.agency):
        log.add("agency_name_changed", at, agency=shown(text.text), own=form.agency)
    elif label == "填报期" and named_period(text.text) != form.period:
        log.add("period_name_changed", at, period=shown(text.text), own=form.period.label)
    else:
        log.add("text_outside_rows", at, text=shown(text.text))


def _at(page: OtherPage, row: int, place: int) -> Location:
    return Location(sheet=page.sheet.name, cell=cell_address(row, place))


def _issued_texts(form: Form, layout: FormLayout) -> frozenset[str]:
    return frozenset(clean_text(text) for row in guide_rows(form, layout) for text in row.texts)


def _bare(text: str) -> str:
    return "".join(fold(text).split())


def _texts(rows: Sequence[tuple[int, Sequence[CellValue]]]) -> Iterator[_Text]:
    for number, cells in rows:
        for place, cell in enumerate(cells, start=1):
            if cell not in (None, "") and (text := cell_text(cell)):
                yield _Text(number, place, text)


def _beside_cover(rows: Sequence[tuple[int, Sequence[CellValue]]]) -> list[_Text]:
    """Return what stands right of the cover's columns or below its table, where agencies like to answer."""
    listed = [
        number for number, cells in rows if all(cell_text(cell) for cell in [*cells, *[None] * 4][:COVER_COLUMNS])
    ]
    last = max(listed, default=0)
    return [
        text
        for text in _texts(rows)
        if text.place > COVER_COLUMNS or (last and text.row > last and not text.text.startswith("其余 "))
    ]
