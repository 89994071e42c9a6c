"""Catalogue entries for the office's Word templates."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

ENTRIES: dict[str, Entry] = {
    "template_unreadable": Entry(
        Severity.ERROR, "不是能读的 Word 文档（.docx）", "请用 Word 或 WPS 另存为 .docx，或把它移走，用标准模板"
    ),
    "template_mark_broken": Entry(
        Severity.ERROR,
        "{place}：标记没有写完整或写错了",
        "花括号要成对，for 要有 endfor，if 要有 endif，请对照标准模板改正",
    ),
    "template_mark_full_width": Entry(
        Severity.ERROR, "{place}：“{text}”用了全角符号", "标记的花括号和百分号请用英文（半角）符号"
    ),
    "template_mark_not_supported": Entry(
        Severity.ERROR, "{place}：这种标记模板里不能用", "只能写字段、for、if，以及 join、length，请改用这几种"
    ),
    "template_field_unknown": Entry(
        Severity.ERROR, "{place}：没有“{field}”这个字段{near}", "可用的字段见“模板字段”说明，请改正"
    ),
    "template_field_not_text": Entry(
        Severity.ERROR, "{place}：“{field}”是一组内容，不能直接写出来", "请用 for 逐项写，或写明其中的字段"
    ),
    "template_field_not_list": Entry(
        Severity.ERROR, "{place}：“{field}”不是清单，不能用 for 逐项写", "请直接写这个字段"
    ),
    "template_layout_broken": Entry(
        Severity.ERROR,
        "for、if 与它的结尾不在同一层（例如一个在表格里，一个在表格外）",
        "整段重复的，标记各占一段；整行重复的，标记各占一行，请对照标准模板改正",
    ),
    "document_without_charts": Entry(
        Severity.NOTE, "这台电脑上没有找到中文字体，通报里没有插图，表格里有同样的数字", "装上中文字体后重新生成即可"
    ),
}
