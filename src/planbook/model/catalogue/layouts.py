"""Catalogue entries for an office's own form layout (样式表)."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

ENTRIES: dict[str, Entry] = {
    "layout_sheet_missing": Entry(
        Severity.ERROR,
        "样式表里没有{name}的样表（表头下一行应有占位符）",
        "请从默认样式表把这一页复制过来再改",
    ),
    "layout_sheet_twice": Entry(Severity.ERROR, "样式表里有两页都是{name}的样表", "请只保留一页"),
    "layout_code_missing": Entry(
        Severity.ERROR,
        "没有“{header}”一栏，填报单位排序、粘贴以后就认不出是哪一项了",
        "请加上这一栏，样例行写 {placeholder}",
    ),
    "layout_code_hidden": Entry(
        Severity.WARNING,
        "“{header}”一栏是隐藏的，内容被粘贴到别的表时不会跟着走",
        "建议取消隐藏",
    ),
    "layout_title_missing": Entry(
        Severity.WARNING,
        "没有“{header}”一栏，编号丢失的回表将无法按名称辨认",
        "建议加上这一栏，样例行写 {placeholder}",
    ),
    "layout_required_missing": Entry(
        Severity.WARNING,
        "没有“{header}”一栏，总台账中这一项将是空的",
        "需要的话请加上这一栏，样例行写 {placeholder}",
    ),
    "layout_placeholder_unknown": Entry(Severity.ERROR, "占位符 {placeholder} 不认识", "{advice}"),
    "layout_placeholder_misplaced": Entry(
        Severity.ERROR,
        "一个单元格里只能写一个占位符，不能夹带文字，现为“{text}”",
        "请只写占位符；固定的说明请写在表头或批注里",
    ),
    "layout_field_twice": Entry(Severity.ERROR, "占位符 {placeholder} 用了两次，{other} 已经有了", "请删去一栏"),
    "layout_header_missing": Entry(Severity.ERROR, "占位符 {placeholder} 上方没有表头", "请在上一行填写这一栏的名称"),
    "layout_header_twice": Entry(
        Severity.ERROR,
        "表头“{header}”与 {other} 的表头分不开，回表时无法判断填的是哪一栏",
        "请把其中一个改成不同的名称",
    ),
    "layout_header_long": Entry(
        Severity.WARNING, "表头“{header}”太长（{length} 字），只保留前 {limit} 字", "请把说明写到批注里"
    ),
    "layout_picture_ignored": Entry(
        Severity.WARNING, "有一张图片不会带进下发的表", "单位标识只取一张，请放在表头以上、标题所在的行里"
    ),
    "layout_logo_format": Entry(Severity.ERROR, "单位标识的图片格式不能用", "请换成 PNG 或 JPEG 图片"),
    "layout_logo_heavy": Entry(
        Severity.ERROR, "单位标识的图片有 {size} KB，每份表都要带上它", "请压缩到 {limit} KB 以内"
    ),
}
