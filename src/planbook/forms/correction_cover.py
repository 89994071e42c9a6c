"""退改说明: the first sheet of a correction workbook, which says in words what is wrong where, and what to do."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import Final

from planbook.forms.correction_faults import Fault
from planbook.forms.instructions import GuideRow
from planbook.forms.issued import clean_text
from planbook.forms.layout import FormLayout
from planbook.forms.pages import text_height_pt
from planbook.forms.print_pages import page_breaks
from planbook.forms.tables import CORRECTION_COVER
from planbook.model.findings import NOWHERE
from planbook.model.form import Form
from planbook.sheets.raw import cell_address
from planbook.sheets.sheet_xml import StyledCell, StyledRow, StyledSheet
from planbook.sheets.text_metrics import ROW_HEIGHT_LIMIT_PT

_WIDTHS: Final = (13.0, 22.0, 38.0, 13.0)  # together an A4 page, upright
_WHOLE: Final = ((0, 3),)
_EACH: Final = ((0, 0), (1, 1), (2, 2), (3, 3))
_HEADINGS: Final = ("要改的单元格", "是哪一项的哪一栏", "哪里不对、怎么改", "原表位置")
_MOST_LISTED: Final = 400
_INDENT: Final = 2.0


def cover_page(
    form: Form, layout: FormLayout, file_name: str, faults: Sequence[Fault], taken: Collection[str]
) -> StyledSheet:
    """Return the sheet.

    Args:
        form: The form.
        layout: Layout of the correction workbook.
        file_name: Name of the returned file.
        faults: What is wrong with it.
        taken: Names of the workbook's other sheets.
    """
    rows = list(_rows(form, layout, file_name, faults))
    merged = tuple((place, first, last) for place, row in enumerate(rows) for first, last in row.spans if last > first)
    names = chain([CORRECTION_COVER], (f"{CORRECTION_COVER}{number}" for number in count(2)))
    name = next(name for name in names if name not in taken)
    styled = tuple(_styled(row, layout.style.body_size) for row in rows)
    return StyledSheet(name, _WIDTHS, styled, merged, page_breaks=page_breaks(styled))


def _rows(form: Form, layout: FormLayout, file_name: str, faults: Sequence[Fault]) -> Iterator[GuideRow]:
    errors = [fault for fault in faults if fault.is_error]
    doubts = [fault for fault in faults if not fault.is_error]
    yield GuideRow((CORRECTION_COVER,), ("guide.title",), _WHOLE, 44)
    if form.classification:
        yield GuideRow((form.classification,), ("guide.mark",), _WHOLE)
    yield GuideRow((f"{form.agency}：",), ("guide.heading",), _WHOLE, 26)
    yield _text(f"　　贵单位报送的{form.period.label}责任清单（{file_name}）经核对，有 {len(errors)} 处需要改正。")
    yield _text("　　请直接在本文件的后几页里改，改好后保存为 .xlsx，原样发回；以最后一次报送为准。")
    yield _text("　　红色单元格必须改正，黄色单元格请核对，无误的可以不改。其余内容已按贵单位所报填好，不必重填。")
    yield _text("　　改正后单元格的颜色不会消失，不影响报送。请不要在本页填写。")
    if form.contact:
        yield _text(f"　　有疑问请联系{form.office}：{form.contact}。")
    for number, (title, group) in enumerate(
        (title, group) for title, group in (("必须改正", errors), ("请核对", doubts)) if group
    ):
        yield GuideRow((f"{'一二'[number]}、{title}（{len(group)} 处）",), ("guide.heading",), _WHOLE, 27)
        yield GuideRow(_HEADINGS, ("guide.head",) * 4, _EACH, 21)
        for fault in group[:_MOST_LISTED]:
            texts = (_place(form, layout, fault), _subject(form, fault), _reason(fault), str(fault.finding.location))
            yield GuideRow(texts, ("guide.name", "guide.cell", "guide.cell", "guide.name"), _EACH)
        if len(group) > _MOST_LISTED:
            yield _text(f"　　其余 {len(group) - _MOST_LISTED} 处从略，见各页的有色单元格。")


def _text(text: str) -> GuideRow:
    return GuideRow((text,), ("guide.text",), _WHOLE)


def _place(form: Form, layout: FormLayout, fault: Fault) -> str:
    """Return where in this workbook the fault is to be put right; the row where there is no single cell."""
    if fault.code is None:
        return "—"
    tables = (
        (layout.tasks, [task.code for task in form.tasks]),
        (layout.indicators, [indicator.code for indicator in form.indicators]),
    )
    for sheet, codes in tables:
        if fault.code in codes:
            row = sheet.first_row + codes.index(fault.code)
            headers = [column.header for column in sheet.columns]
            if fault.column in headers:
                return f"{sheet.name}!{cell_address(row, headers.index(fault.column) + 1)}"
            return f"{sheet.name} 第{row}行"
    return "—"


def _subject(form: Form, fault: Fault) -> str:
    titles = {task.code: task.title for task in form.tasks} | {one.code: one.name for one in form.indicators}
    subject = f"{fault.code} {titles[fault.code]}" if fault.code in titles else "整份表"
    return f"{subject}\n【{fault.column}】" if fault.column else subject


def _reason(fault: Fault) -> str:
    return replace(fault.finding, location=NOWHERE).message


def _styled(row: GuideRow, size_pt: float) -> StyledRow:
    cells: list[StyledCell] = []
    height = row.least_pt
    for (first, last), style, text in zip(row.spans, row.styles, row.texts, strict=True):
        cells += [(style, clean_text(text)), *[(style, None)] * (last - first)]
        height = max(height, text_height_pt(text, sum(_WIDTHS[first : last + 1]) - _INDENT, size_pt))
    return StyledRow(tuple(cells), min(height, ROW_HEIGHT_LIMIT_PT))
