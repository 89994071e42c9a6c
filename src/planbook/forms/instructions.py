"""What 填报说明 says: who should fill in what by when, how each column is meant, and what had better not be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from planbook.forms.layout import Field, FormLayout
from planbook.forms.placeholders import fill_in
from planbook.model.form import Form, Role, Status

GUIDE_WIDTHS: Final = (13.0, 42.0, 25.0)
"""Widths of the sheet's three columns in characters: together an A4 page, upright."""

_STATUS_MEANINGS: Final = (
    (Status.NOT_STARTED, "还没有开展工作。"),
    (Status.BEHIND, "已经开展，但慢于时间进度，例如时间过半、任务未过半。"),
    (Status.ON_SCHEDULE, "与时间进度一致。"),
    (Status.AHEAD, "快于时间进度。"),
    (Status.DONE, "任务内容全部完成。完成进度填 100，并写明佐证材料；是否销号由发文单位核定。"),
)
_WHOLE: Final = ((0, 2),)
_PAIR: Final = ((0, 0), (1, 2))
_TRIPLE: Final = ((0, 0), (1, 1), (2, 2))


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One row of the sheet: texts with their styles, each over a span of columns (first, last, from 0)."""

    texts: tuple[str, ...]
    styles: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    least_pt: float = 18.0


def guide_rows(form: Form, layout: FormLayout) -> list[GuideRow]:
    """Return the rows of the instruction sheet of `form`, from the top."""
    return [
        *_opening(form, layout),
        *_rules(form, layout),
        *_columns(form, layout),
        *_statuses(layout),
        *_warnings(),
        *_closing(form, layout),
    ]


def _title(text: str) -> GuideRow:
    return GuideRow((text,), ("guide.title",), _WHOLE, 44)


def _heading(text: str) -> GuideRow:
    return GuideRow((text,), ("guide.heading",), _WHOLE, 27)


def _text(text: str) -> GuideRow:
    return GuideRow((text,), ("guide.text",), _WHOLE)


def _fact(label: str, text: str) -> GuideRow:
    return GuideRow((label, text), ("guide.label", "guide.fact"), _PAIR, 21)


def _opening(form: Form, layout: FormLayout) -> Iterator[GuideRow]:
    if form.classification:
        yield GuideRow((form.classification,), ("guide.mark",), _WHOLE)
    yield _title(layout.instructions_name)
    due = f"{form.due_on.year}年{form.due_on.month}月{form.due_on.day}日前" if form.due_on else "按通知要求的时间"
    tables = f"“{layout.tasks.name}”" + (f"和“{layout.indicators.name}”" if form.indicators else "")
    yield GuideRow((f"{form.agency}：",), ("guide.heading",), _WHOLE, 26)
    yield _text(f"　　请填写本表的{tables}，{due}报回{form.office}。")
    yield _fact("填报单位", form.agency)
    yield _fact("填报期", f"{form.period.label}（{form.period.start}至{form.period.end}）")
    yield _fact("截止日期", due.removesuffix("前"))
    yield _fact("填报内容", _extent(form))
    yield _fact("发文单位", form.office)
    yield _fact("联系方式", form.contact or "见通知")


def _extent(form: Form) -> str:
    leads = sum(task.role is Role.LEAD for task in form.tasks)
    parts = [f"{role}{count}项" for role, count in (("牵头", leads), ("配合", len(form.tasks) - leads)) if count]
    tasks = f"任务{len(form.tasks)}项" + (f"（{'、'.join(parts)}）" if parts else "")
    return tasks + (f"，指标{len(form.indicators)}项" if form.indicators else "")


def _rules(form: Form, layout: FormLayout) -> Iterator[GuideRow]:
    yield _heading("一、怎么填")
    yield _text("1．只填浅黄色的单元格。浅灰色的是下发内容，已锁定，用来识别每一项任务，请不要改动。")
    yield _text(
        "2．标题带 * 的为必填。一行只填了一部分时，漏填的必填格变橙色；“已完成”但进度不到 100 等矛盾之处变红色。"
    )
    yield _text("3．一行一项任务，牵头、配合的都要填：牵头单位写总体进展，配合单位写本单位承担部分的进展。")
    previous = layout.tasks.column(Field.PREVIOUS_PROGRESS)
    if previous and any(task.previous_progress for task in form.tasks):
        yield _text(f"4．“{previous.header}”是贵单位上一期报送的内容，只供对照；本期请写新的进展，不要照抄。")


def _columns(form: Form, layout: FormLayout) -> Iterator[GuideRow]:
    yield _heading("二、各栏的填法")
    header_styles = ("guide.head",) * 3
    for sheet in (layout.tasks, *([layout.indicators] if form.indicators else [])):
        yield GuideRow((sheet.name, "怎么填", "例"), header_styles, _TRIPLE, 21)
        for column in sheet.fill_in_columns:
            if not column.is_hidden:
                texts = (column.label, column.prompt, column.example)
                yield GuideRow(texts, ("guide.name", "guide.cell", "guide.cell"), _TRIPLE)


def _statuses(layout: FormLayout) -> Iterator[GuideRow]:
    column = layout.tasks.column(Field.STATUS)
    if column is None:
        return
    yield _heading(f"三、“{column.header}”怎么选")
    for status, meaning in _STATUS_MEANINGS:
        yield GuideRow((status.value, meaning), ("guide.name", "guide.cell"), _PAIR)


def _warnings() -> Iterator[GuideRow]:
    yield _heading("四、请不要")
    yield _text("1．不要改动任务编号、表头和浅灰色单元格，不要合并单元格，不要把几项任务写在一格里。")
    yield _text("2．不要把内容写成“同上”“见附件”，不要用截图或扫描件代替文字；也不要只报纸质件或 PDF。")
    yield _text("3．不要增加行。有新增任务或认为分工有误，请写在“备注”里或与联系人联系。")
    yield _text("表格加了保护以防误改，没有密码；筛选、调整行高和列宽不受影响。")


def _closing(form: Form, layout: FormLayout) -> Iterator[GuideRow]:
    yield _heading("五、报送")
    yield _text("填好后保存为 .xlsx，按来时的渠道原样发回，文件名可以不改。填错了可以改好再报，以最后一次为准。")
    if form.classification:
        yield _text(f"本表按“{form.classification}”管理，请走涉密或内部渠道，不得用互联网邮箱、微信、QQ 传送。")
    for note in layout.notes:
        yield _text(fill_in(note, form))
    if form.contact:
        yield _text(f"有疑问请联系：{form.contact}。")
