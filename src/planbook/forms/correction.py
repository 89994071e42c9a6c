"""The correction workbook (退改单): an agency's form once more with its own values, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planbook.forms.correction_cells import Entries, fault_styles, fill_in_table
from planbook.forms.correction_cover import cover_page
from planbook.forms.correction_faults import Fault
from planbook.forms.layout import FormLayout
from planbook.forms.package_writer import render_package
from planbook.forms.pages import lay_out
from planbook.forms.reference_writer import Cover
from planbook.model.form import Form
from planbook.model.submission import IndicatorReport, TaskReport


@dataclass(frozen=True, slots=True)
class FaultyReturn:
    """A return that has to be corrected.

    Attributes:
        layout: Layout that it was read by.
        file_name: Its name, without folders.
        sha256: Digest of the file.
        task_reports: What it reports.
        indicator_reports: Likewise.
        faults: What is wrong with it (`find_faults`).
    """

    layout: FormLayout
    file_name: str
    sha256: str
    task_reports: Sequence[TaskReport]
    indicator_reports: Sequence[IndicatorReport]
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction workbook (.xlsx) and the text of the mail that it goes out with."""

    workbook: bytes
    notice: str


def write_correction(form: Form, returned: FaultyReturn, key: bytes) -> Correction:
    """Return what goes back to the agency of `form`, so that it can put `returned` right.

    The workbook is the form as issued, under the same seal, so that it is a valid return once it is put right;
    filled in with what was reported, in the agency's words where they could not be understood.
    """
    pages = lay_out(form, returned.layout, key)
    entries = Entries.of(returned.task_reports, returned.indicator_reports, returned.faults)
    tables = tuple(fill_in_table(table, returned.layout, entries, returned.faults) for table in pages.tables)
    taken = {pages.guide.name, pages.manifest.name, *(table.page.name for table in tables)}
    cover = Cover(
        cover_page(form, returned.layout, returned.file_name, returned.faults, taken),
        fault_styles(returned.layout),
        returned.sha256,
    )
    filled = replace(pages, title=f"{pages.title}（退改）", tables=tables)
    return Correction(render_package(filled, cover), notice_text(form, returned))


def notice_text(form: Form, returned: FaultyReturn) -> str:
    """Return the text of the mail that a correction workbook goes out with."""
    errors = sum(fault.is_error for fault in returned.faults)
    doubts = len(returned.faults) - errors
    doubted = f"，另有 {doubts} 处请核对" if doubts else ""
    lines = [
        f"{form.agency}：\n",
        f"贵单位报送的{form.period.label}责任清单（{returned.file_name}）收悉。",
        f"经核对，有 {errors} 处需要改正{doubted}，见附件退改单的“退改说明”。",
        "请直接在附件中修改：红色单元格必须改正，黄色单元格请核对，其余内容已按贵单位所报填好，不必重填。",
        "改好后保存，原样发回即可，以最后一次报送为准。",
    ]
    if form.due_on:
        day = form.due_on
        lines.append(f"本期报送截止日期为{day.year}年{day.month}月{day.day}日，请尽快报回。")
    if form.classification:
        lines.append(f"附件按“{form.classification}”管理，请走涉密或内部渠道，不得用互联网邮箱、微信、QQ 传送。")
    if form.contact:
        lines.append(f"有疑问请联系：{form.contact}。")
    return "\n".join([*lines, "", form.office]).rstrip() + "\n"
