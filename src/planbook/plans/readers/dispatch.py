"""The way from a path to a reader: what a file is, is decided by its content, never by its extension."""

from dataclasses import replace
from pathlib import Path

from planbook.model.errors import PlanbookError
from planbook.plans.document import Document
from planbook.plans.readers.sniffing import FileKind, sniff

_MAXIMUM_BYTES = 200_000_000

_REFUSALS = {
    FileKind.EMPTY: "文件是空的，请向发文单位重新索取",
    FileKind.IMAGE: "这是一张图片，读不到文字，请先用 OCR 或 WPS 转换为 Word 文档",
    FileKind.ARCHIVE: "这是一个压缩包，请先解压，再导入其中的计划文件",
    FileKind.PRESENTATION: "这是演示文稿，不是计划文件，请另存为 Word 文档或文本后再导入",
    FileKind.PASSWORD: "文件设有打开密码，请用 Word 或 WPS 打开，去掉密码后另存再导入",
    FileKind.LOCK: "这是 Word 或 WPS 打开文件时留下的临时文件，请导入原文件",
    FileKind.UNKNOWN: "认不出这是什么文件，请用 Word 或 WPS 打开后另存为 .docx 再导入",
}


def read_document(path: Path) -> Document:
    """Return the lines and tables of a plan document of any format, known by its content.

    Text, markdown, docx, html, mht, pdf, ofd, xlsx, xls, et and ods are read here; doc, wps, rtf, odt and Word's XML
    go through LibreOffice where it is installed.

    Raises:
        PlanbookError: The file is missing, empty, damaged, locked by a password, or nothing that holds text.
    """
    raw = _load(path)
    kind = sniff(raw, path.name)
    if kind in _REFUSALS:
        raise PlanbookError(f"{path}：{_REFUSALS[kind]}。")
    document = _read(kind, raw, path)
    if not document.blocks:
        raise PlanbookError(f"{path}：文件里没有读到文字，请用 Word 或 WPS 打开核对，若是图片请先用 OCR 转换。")
    return replace(document, name=path.name)


def _read(kind: FileKind, raw: bytes, path: Path) -> Document:
    match kind:
        case FileKind.TEXT:
            from planbook.plans.readers.text import read_text

            return read_text(raw, path.name)
        case FileKind.HTML:
            from planbook.plans.readers.html import read_html

            return read_html(raw, path.name)
        case FileKind.MHTML:
            from planbook.plans.readers.html import read_mhtml

            return read_mhtml(raw, path.name)
        case FileKind.WORD:
            from planbook.plans.readers.word import read_word

            return read_word(raw, path.name)
        case FileKind.PDF:
            from planbook.plans.readers.pdf import read_pdf

            return read_pdf(raw, path.name)
        case FileKind.OFD:
            from planbook.plans.readers.ofd import read_ofd

            return read_ofd(raw, path.name)
        case FileKind.WORKBOOK:
            from planbook.plans.readers.workbook import read_workbook_document

            return read_workbook_document(raw, path.name)
        case _:
            from planbook.plans.readers.office import read_through_office

            return read_through_office(path, kind)


def _load(path: Path) -> bytes:
    """Return the bytes of a regular file of bearable size."""
    try:
        if not path.exists():
            raise PlanbookError(f"{path}：找不到这个文件，请检查路径。")
        if path.is_dir():
            raise PlanbookError(f"{path}：这是文件夹，请指明其中的计划文件。")
        if not path.is_file():
            raise PlanbookError(f"{path}：不是普通文件，请把计划另存为文件后再导入。")
        if path.stat().st_size > _MAXIMUM_BYTES:
            raise PlanbookError(f"{path}：文件超过 {_MAXIMUM_BYTES // 1_000_000} MB，请压缩其中的图片或拆分后再导入。")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise PlanbookError(f"{path}：读不了这个文件，请检查权限，或关闭占用它的程序后重试。") from error
