"""Reader of PDF documents: glyphs and ruling lines through PDFium, put together as pages of text.

PDFium (Apache-2.0/BSD-3) gives 100 pages of Chinese text in well under a second where pdfplumber takes seven.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from planbook.model.errors import PlanbookError
from planbook.plans.readers.page_document import compose
from planbook.plans.readers.paged import Glyph, Page
from planbook.plans.readers.pdf_rulings import read_rulings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plans.document import Document

_MAXIMUM_PAGES = 3000
_MAXIMUM_GLYPHS = 60_000  # on one page: more is a drawing, not a text
_PASSWORD_ERROR = 4
_BOLD_WEIGHT = 600
_FORCE_BOLD = 0x40000
_FILL_AND_STROKE = 2  # how Word and WPS print bold in a face that has none
_LINE_END_HYPHEN = 2  # PDFium's own sign for a hyphen at a line's end, which may be the dash of “6-8家”
_UNMAPPED = frozenset({0, 0xFFFE, 0xFFFF})


def _quick(name: str, result: Any, *arguments: Any) -> Any:
    """A function of PDFium's to be called for each character, without the conversions that make a call cost most."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_GET_UNICODE = _quick("FPDFText_GetUnicode", ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_GET_OBJECT = _quick("FPDFText_GetTextObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_GET_BOX = _quick("FPDFText_GetLooseCharBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_BOLD_NAMES = ("bold", "heavy", "black")


def read_pdf(raw: bytes, name: str) -> Document:
    """Return the document of a PDF, paragraphs put together again and tables read by their ruling lines.

    Raises:
        PlanbookError: The file wants a password, is damaged, or holds pictures of pages instead of text.
    """
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == _PASSWORD_ERROR:
            raise PlanbookError(f"{name}：PDF 设有打开密码，请在 WPS 或 Acrobat 中去掉密码后另存再导入。") from error
        raise PlanbookError(f"{name}：PDF 已损坏，请重新下载或用 WPS 打开后另存再导入。") from error
    try:
        if len(document) > _MAXIMUM_PAGES:
            raise PlanbookError(f"{name}：PDF 超过 {_MAXIMUM_PAGES} 页，请只保留计划所在的页再导入。")
        pages = [_read_page(document, index) for index in range(len(document))]
        title = _title(document)
    except pypdfium2.PdfiumError as error:
        raise PlanbookError(f"{name}：PDF 有的页面已损坏，请重新下载或用 WPS 打开后另存再导入。") from error
    finally:
        document.close()
    return compose(pages, name, title=title)


def _title(document: Any) -> str | None:
    """Title property, unless it is only the name that a printer driver gave."""
    title = str(document.get_metadata_dict().get("Title", "")).strip()
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in title)
    return title if is_chinese and not title.lower().endswith((".doc", ".docx", ".wps", ".xls", ".xlsx")) else None


class _Font(NamedTuple):
    """What the characters of one text object share.

    `direction` counts quarter turns against the clock, None where it is slanted; `baseline` is where the baseline lies,
    seen from the lower left corner of a character's box.
    """

    size: float
    is_bold: bool
    face: str
    direction: int | None
    baseline: tuple[float, float]


class _Characters(NamedTuple):
    """Characters of a page as parallel lists: code, address of the text object, box."""

    codes: list[int]
    objects: list[int | None]
    boxes: ctypes.Array[Any]


class _Frame(NamedTuple):
    """How page coordinates turn into displayed ones: the box that is shown, and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        match self.turns:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x


def _read_page(document: Any, index: int) -> Page:
    page = document[index]
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        characters = _characters(text_page)
        firsts = {address: at for at, address in reversed(list(enumerate(characters.objects)))}
        fonts = {address: _font(text_page, at, characters.boxes[at]) for address, at in firsts.items()}
        # A table printed sideways is text turned on its page, or a turned page: either way its text tells.
        directions = Counter(fonts[address].direction for address in characters.objects)
        direction = directions.most_common(1)[0][0] if directions else None
        turns = page.get_rotation() // 90 if direction is None else direction
        left, bottom, right, top = page.get_cropbox()
        frame = _Frame(left, bottom, right, top, turns)
        result = Page(index + 1, *frame.size)
        result.glyphs = list(_glyphs(text_page, characters, fonts, direction, frame))
        read_rulings(page, result, frame.place)
        result.is_picture = len(result.glyphs) < 5 and _has_picture(page)
        return result
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        page.close()


def _characters(text_page: Any) -> _Characters:
    count = min(max(0, pdfium.FPDFText_CountChars(text_page)), _MAXIMUM_GLYPHS)
    handle = ctypes.cast(text_page, ctypes.c_void_p).value
    boxes = (pdfium.FS_RECTF * count)()
    address, step = ctypes.addressof(boxes), ctypes.sizeof(pdfium.FS_RECTF)
    for index in range(count):
        _GET_BOX(handle, index, address + index * step)
    return _Characters(
        [_GET_UNICODE(handle, index) for index in range(count)],
        [_GET_OBJECT(handle, index) for index in range(count)],
        boxes,
    )


def _glyphs(
    text_page: Any, characters: _Characters, fonts: dict[int | None, _Font], direction: int | None, frame: _Frame
) -> Iterator[Glyph]:
    """Glyphs in displayed coordinates; text at another angle than most is a watermark or a note at the binding."""
    numbers = array("f")
    numbers.frombytes(bytes(characters.boxes))  # left, top, right, bottom
    boxes = zip(numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=True)
    lead = 0
    for index, (code, address, (x0, y1, x1, y0)) in enumerate(
        zip(characters.codes, characters.objects, boxes, strict=True)
    ):
        if code in {10, 13} or (code == 32 and pdfium.FPDFText_IsGenerated(text_page, index)):
            continue
        font = fonts[address]
        if font.direction != direction:
            continue
        if 0xD800 <= code < 0xE000:  # characters beyond the basic plane come as two halves
            if code < 0xDC00:
                lead = code
                continue
            code = 0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00) if lead else 0xFFFD  # noqa: PLW2901
        text = "-" if code == _LINE_END_HYPHEN else chr(code) if code not in _UNMAPPED else "�"
        if not frame.turns:  # nearly every page; spelled out since it is done for each character
            left, right, y = x0 - frame.left, x1 - frame.left, frame.top - y0 - font.baseline[1]
        else:
            ends = frame.place(x0, y0)[0], frame.place(x1, y1)[0]
            left, right = min(ends), max(ends)
            y = frame.place(x0 + font.baseline[0], y0 + font.baseline[1])[1]
        yield Glyph(text, left, right, y, font.size, font.is_bold, font.face)


def _font(text_page: Any, index: int, box: Any) -> _Font:
    """Read what the text object of one character says of all its characters."""
    text_object = pdfium.FPDFText_GetTextObject(text_page, index)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, ctypes.byref(x), ctypes.byref(y))
    baseline = (x.value - box.left, y.value - box.bottom)
    matrix = pdfium.FS_MATRIX()
    if not text_object or not pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix)):
        size = pdfium.FPDFText_GetFontSize(text_page, index)
        return _Font(size, is_bold=False, face="", direction=0, baseline=baseline)
    units = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text_object, ctypes.byref(units))
    quarter = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
    direction = round(quarter) % 4 if abs(quarter - round(quarter)) < 0.1 else None
    font = pdfium.FPDFTextObj_GetFont(text_object)
    face = _face(font)
    is_bold = (
        pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        or any(word in face.lower() for word in _BOLD_NAMES)
        or bool(max(pdfium.FPDFFont_GetFlags(font), 0) & _FORCE_BOLD)
        or pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _FILL_AND_STROKE
    )
    return _Font(units.value * math.hypot(matrix.c, matrix.d), is_bold, face, direction, baseline)


def _face(font: Any) -> str:
    """Name of a font without the tag of its subset; Chinese names are often in GBK."""
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(length + 1)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
    try:
        name = buffer.value.decode("utf-8")
    except UnicodeDecodeError:
        name = buffer.value.decode("gb18030", errors="replace")
    return name.rpartition("+")[2]


def _has_picture(page: Any) -> bool:
    """Whether a picture fills much of the page."""
    width, height = page.get_size()
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > 0.3 * width * height:
            return True
    return False
