"""Catalogue entries for reading document files: what a format hides, loses or cannot carry."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

ENTRIES: dict[str, Entry] = {
    "pages_without_text": Entry(
        Severity.WARNING,
        "第 {pages} 页是图片，没有文字层，读不到其中的内容",
        "请用 OCR 或 WPS 把文件转换为可编辑文档后重新导入",
    ),
    "unreadable_glyphs": Entry(
        Severity.WARNING,
        "有 {count} 个字符的字体没有附对照表，读出来可能是乱码",
        "请对照原文核对，必要时改用 Word 版导入",
    ),
    "characters_lost": Entry(
        Severity.WARNING,
        "按 {encoding} 编码读取时有 {count} 处字节无法识别，已用“�”标出",
        "请对照原文核对，或另存为 UTF-8 编码后重新导入",
    ),
    "encoding_uncertain": Entry(
        Severity.WARNING,
        "文件没有注明编码，按 {encoding} 读取",
        "请检查文字有无乱码，有则另存为 UTF-8 编码后重新导入",
    ),
    "embedded_files_skipped": Entry(
        Severity.WARNING,
        "文档中嵌入了 {count} 个其他文件，没有读取",
        "其中若有计划内容，请单独保存后分别导入",
    ),
    "hidden_sheets_skipped": Entry(
        Severity.NOTE,
        "隐藏的工作表没有读取：{names}",
        "需要读取的请先取消隐藏",
    ),
    "converted_by_office": Entry(
        Severity.NOTE,
        "{kind} 文件由 LibreOffice 转换后读取，编号和表格请以原文为准",
    ),
}
