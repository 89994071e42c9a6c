"""A little typesetter: text on pages as a word processor would lay it out, as glyphs or as a PDF file."""

import unicodedata
from collections.abc import Iterable, Sequence

from planbook.plans.readers.paged import Glyph, Page, Ruling

WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP = 80.0, 120.0
SIZE, LEADING = 16.0, 28.0
COLUMNS, LINES = 27, 22
CLOSING = "，。、；：）"


def advance(character: str, size: float = SIZE) -> float:
    """Return the width of a character: ideographs are square, the rest half as wide."""
    return size if unicodedata.east_asian_width(character) in "WF" or character in "“”—" else size / 2


def set_line(text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False, face: str = "") -> list[Glyph]:
    """Return the glyphs of one line that begins at `x`; blanks leave a gap."""
    glyphs = []
    for character in text:
        end = x + advance(character, size)
        if character != " ":
            glyphs.append(Glyph(character, x, end, y, size, bold, face))
        x = end
    return glyphs


def wrap(text: str, *, indent: int = 2, columns: int = COLUMNS) -> list[str]:
    """Return the lines of a paragraph, the first indented by ideographic blanks; no line begins with a closing mark."""
    lines = [""]
    for character in "　" * indent + text:
        if sum(map(advance, lines[-1])) + advance(character) > columns * SIZE:
            kept = lines[-1]
            while character in CLOSING and kept and (not lines[-1][len(kept) :] or lines[-1][len(kept)] in CLOSING):
                kept = kept[:-1]
            lines[-1:] = [kept, lines[-1][len(kept) :]]
        lines[-1] += character
    return lines


def set_pages(paragraphs: Iterable[str], *, indent: int = 2, heads: bool = True) -> list[Page]:
    """Return the pages of a document in official layout, with a running head and page numbers."""
    lines = [line for paragraph in paragraphs for line in wrap(paragraph, indent=indent)]
    pages: list[Page] = []
    for start in range(0, len(lines), LINES):
        page = Page(len(pages) + 1, WIDTH, HEIGHT)
        for row, line in enumerate(lines[start : start + LINES]):
            bare = line.lstrip("　")
            page.glyphs += set_line(bare, LEFT + SIZE * (len(line) - len(bare)), TOP + row * LEADING)
        if heads:
            page.glyphs += set_line("长河市人民政府办公室文件", LEFT, 60, size=10)
            page.glyphs += set_line(f"— {page.number} —", 270, 800, size=14)
        pages.append(page)
    return pages


def rule(page: Page, columns: Sequence[float], edges: Sequence[float]) -> None:
    """Draw a full grid on a page."""
    page.horizontals += [Ruling(edge, columns[0], columns[-1]) for edge in edges]
    page.verticals += [Ruling(column, edges[0], edges[-1]) for column in columns]


def pdf_file(*pages: str, title: str = "", encrypt: bool = False) -> bytes:
    """Return a PDF whose pages have these content streams; /F1 is a Chinese face, text in it is UTF-16 in hex."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{7 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>")
    objects.append("<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>")
    objects.append(
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/FontDescriptor 5 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>"
    )
    objects.append("<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120>>")
    hexed = (b"\xfe\xff" + title.encode("utf-16-be")).hex()
    objects.append(f"<</Title<{hexed}>>>")
    for index, content in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {8 + 2 * index} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    result = "%PDF-1.7\n"
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(result))
        result += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    guard = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>/ID[<00><00>]" if encrypt else ""
    trailer = f"<</Size {len(objects) + 1}/Root 1 0 R/Info 6 0 R{guard}>>"
    result += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n"
    start = result.index("xref\n0 ")
    return f"{result}{start}\n%%EOF\n".encode("latin-1")


def show(text: str, x: float, y: float, size: float = SIZE, *, matrix: str = "1 0 0 1", mode: int = 0) -> str:
    """Return the operators that print `text` with its baseline beginning at (`x`, `y`) from the lower left corner."""
    return f"BT /F1 {size} Tf {mode} Tr {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
