"""Reader of OFD, the national format for fixed pages (GB/T 33190-2016): its zipped XML holds positioned text.

The packages that exist for it turn pages into pictures or PDF and need a renderer under the AGPL; the text itself takes
no more than reading TextCode elements by their position.
"""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from planbook.model.errors import PlanbookError
from planbook.plans.document import Document
from planbook.plans.readers.cleaning import is_wide
from planbook.plans.readers.page_document import compose
from planbook.plans.readers.paged import Glyph, Page, Ruling
from planbook.plans.readers.zipped_xml import ZippedXml, open_zipped_xml

_POINTS = 72 / 25.4  # OFD measures in millimetres
_A4 = (0.0, 0.0, 210.0, 297.0)
_MAXIMUM_PAGES = 3000
_MAXIMUM_DEPTH = 10
_BOLD_WEIGHT = 600

_Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class _Face:
    name: str
    is_bold: bool


@dataclass(slots=True)
class _Body:
    """One document within the file: its fonts and page templates by id."""

    package: ZippedXml
    folder: str
    area: tuple[float, float, float, float] = _A4
    faces: dict[str, _Face] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)


def read_ofd(raw: bytes, name: str) -> Document:
    """Return the document of an OFD file, put together from its pages as that of a PDF.

    Raises:
        PlanbookError: The file is damaged, too long, or holds pictures instead of text.
    """
    with open_zipped_xml(raw, name, "OFD 文件") as package:
        root = package.parse("OFD.xml")
        if root is None:
            raise PlanbookError(f"{name}：OFD 文件已损坏，请重新下载，或用 WPS 打开后另存为 .docx 再导入。")
        pages: list[Page] = []
        for location in _texts(root, "DocRoot"):
            for page in _pages(package, location.lstrip("/"), len(pages)):
                pages.append(page)
                if len(pages) > _MAXIMUM_PAGES:
                    raise PlanbookError(f"{name}：OFD 超过 {_MAXIMUM_PAGES} 页，请只保留计划所在的页再导入。")
        title = next(iter(_texts(root, "Title")), None)
    return compose(pages, name, title=title)


def _pages(package: ZippedXml, location: str, count: int) -> Iterator[Page]:
    document = package.parse(location)
    if document is None:
        return
    body = _Body(package, posixpath.dirname(location))
    for box in _named(document, "PhysicalBox"):
        body.area = _box(box.text) or body.area
        break
    for kind in ("PublicRes", "DocumentRes"):
        for resource in _texts(document, kind):
            _read_faces(body, resource)
    for template in _named(document, "TemplatePage"):
        body.templates[template.get("ID", "")] = template.get("BaseLoc", "")
    for number, element in enumerate((e for e in _named(document, "Page") if e.get("BaseLoc")), start=count + 1):
        yield _page(body, element.get("BaseLoc", ""), number)


def _read_faces(body: _Body, location: str) -> None:
    root = body.package.parse(_resolve(body.folder, location))
    for element in _named(root, "Font") if root is not None else ():
        is_bold = element.get("Bold", "").lower() in {"true", "1"}
        body.faces[element.get("ID", "")] = _Face(element.get("FontName", ""), is_bold)


def _page(body: _Body, location: str, number: int) -> Page:
    root = body.package.parse(_resolve(body.folder, location))
    area = body.area
    if root is None:
        return Page(number, area[2] * _POINTS, area[3] * _POINTS)
    for box in _named(root, "PhysicalBox"):
        area = _box(box.text) or area
        break
    page = Page(number, area[2] * _POINTS, area[3] * _POINTS)
    for reference in _named(root, "Template"):
        template = body.package.parse(_resolve(body.folder, body.templates.get(reference.get("TemplateID", ""), "")))
        if template is not None:
            _read_layers(template, body, page)
    pictures = _read_layers(root, body, page)
    page.is_picture = pictures and not page.glyphs
    return page


def _read_layers(root: etree._Element, body: _Body, page: Page) -> bool:
    """Add what stands on the layers of a page; return whether there are pictures."""
    has_pictures = False
    for layer in _named(root, "Layer"):
        for element in _objects(layer, 0):
            match etree.QName(element).localname:
                case "TextObject":
                    page.glyphs.extend(_glyphs(element, body))
                case "PathObject":
                    _read_path(element, page)
                case "ImageObject":
                    has_pictures = True
    return has_pictures


def _objects(parent: etree._Element, depth: int) -> Iterator[etree._Element]:
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        if etree.QName(child).localname == "PageBlock" and depth < _MAXIMUM_DEPTH:
            yield from _objects(child, depth + 1)
        else:
            yield child


def _glyphs(element: etree._Element, body: _Body) -> Iterator[Glyph]:
    boundary = _box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    matrix = _matrix(element)
    if abs(matrix[1]) > 0.1 * abs(matrix[0]):
        return  # slanted or upright text is a watermark or a note at the binding
    face = body.faces.get(element.get("Font", ""), _Face("", is_bold=False))
    weight = element.get("Weight", "")
    is_bold = face.is_bold or (weight.isdigit() and int(weight) >= _BOLD_WEIGHT)
    em = _number(element.get("Size"), 3.5)
    size = em * abs(matrix[3]) * _POINTS
    for code in _named(element, "TextCode"):
        text = (code.text or "").strip("\r\n")
        if not text:
            continue
        xs = _offsets(_number(code.get("X"), 0.0), code.get("DeltaX"), text, em)
        ys = _offsets(_number(code.get("Y"), em), code.get("DeltaY"), "", em)
        # How wide a glyph is, stands in the font alone; as far as its neighbour is the best guess, blanks being glyphs.
        widths = [min(right - left, em) for left, right in pairwise(xs)] + [_advance(text[-1:], em)]
        for index, character in enumerate(text):
            x, y = xs[index], ys[min(index, len(ys) - 1)]
            left = (x * matrix[0] + y * matrix[2] + matrix[4] + boundary[0]) * _POINTS
            base = (x * matrix[1] + y * matrix[3] + matrix[5] + boundary[1]) * _POINTS
            width = max(widths[index], 0.1 * em) * abs(matrix[0]) * _POINTS
            yield Glyph(character, left, left + width, base, size, is_bold, face.name)


def _offsets(first: float, deltas: str | None, text: str, em: float) -> list[float]:
    """Position of each character: `g 3 5.2` in the deltas stands for 5.2 three times; what is missing is the width."""
    steps: list[float] = []
    parts = (deltas or "").split()
    index = 0
    while index < len(parts):
        if parts[index] == "g" and index + 2 < len(parts) and parts[index + 1].isdigit():
            steps.extend([_number(parts[index + 2], 0.0)] * min(int(parts[index + 1]), len(text) + 1))
            index += 3
        else:
            steps.append(_number(parts[index], 0.0))
            index += 1
    positions = [first]
    for number, character in enumerate(text[:-1]):
        positions.append(positions[-1] + (steps[number] if number < len(steps) else _advance(character, em)))
    if not text:
        for step in steps:
            positions.append(positions[-1] + step)
    return positions


def _advance(character: str, em: float) -> float:
    return em if is_wide(character) else em / 2


def _read_path(element: etree._Element, page: Page) -> None:
    """Add the straight lines of a path along the axes."""
    data = next(iter(_texts(element, "AbbreviatedData")), "").split()
    boundary = _box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    matrix = _matrix(element)
    here: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    index = 0
    while index < len(data):
        command = data[index]
        arguments = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}.get(command)
        if arguments is None:
            index += 1
            continue
        numbers = [_number(each, 0.0) for each in data[index + 1 : index + 1 + arguments]]
        index += 1 + arguments
        if command == "C":
            target = start
        elif len(numbers) == arguments:
            x, y = numbers[-2:]
            target = (
                (x * matrix[0] + y * matrix[2] + matrix[4] + boundary[0]) * _POINTS,
                (x * matrix[1] + y * matrix[3] + matrix[5] + boundary[1]) * _POINTS,
            )
        else:
            break
        if command in {"M", "S"}:
            start = target
        elif command in {"L", "C"} and here is not None and target is not None:
            _add_line(here, target, page)
        here = target


def _add_line(start: tuple[float, float], end: tuple[float, float], page: Page) -> None:
    (x0, y0), (x1, y1) = start, end
    if abs(y1 - y0) <= 0.5 and abs(x1 - x0) > 4:
        page.horizontals.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) <= 0.5 and abs(y1 - y0) > 4:
        page.verticals.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Descendants by local name: the namespace changed between versions of the standard."""
    return root.iter(f"{{*}}{name}")


def _texts(root: etree._Element, name: str) -> Sequence[str]:
    return [text for element in _named(root, name) if (text := (element.text or "").strip())]


def _resolve(folder: str, location: str) -> str:
    return location.lstrip("/") if location.startswith("/") else posixpath.normpath(posixpath.join(folder, location))


def _numbers(text: str | None) -> list[float]:
    return [_number(part, 0.0) for part in (text or "").split()]


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    numbers = _numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _matrix(element: etree._Element) -> _Matrix:
    numbers = _numbers(element.get("CTM"))
    if len(numbers) != 6:
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]


def _number(text: str | None, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default
