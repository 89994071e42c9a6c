"""A Word file as a package: its parts found by relationship, parsed within limits, strict and macro files alike."""

import posixpath
from dataclasses import dataclass

from lxml import etree

from planbook.model.errors import PlanbookError
from planbook.plans.readers.zipped_xml import ZippedXml, open_zipped_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

# Files saved as “Strict Open XML” use these names for the same elements; read as the usual ones from here on.
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.strip("{}").encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.strip("{}").encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The parts of a Word file that hold text or say how it is numbered.

    Attributes:
        document: Root of the main part.
        styles: Root of the styles, None where missing; likewise the following.
        numbering: List definitions.
        footnotes: Footnotes.
        endnotes: Endnotes.
        title: Document property 标题.
        embedded_count: Files embedded in the document (objects, imported chunks) that are not read.
    """

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None
    title: str | None = None
    embedded_count: int = 0


def open_word(raw: bytes, name: str) -> WordPackage:
    """Return the parts of a docx, docm or dotx.

    Raises:
        PlanbookError: The package is damaged, has no text, or is larger unpacked than any document.
    """
    with open_zipped_xml(raw, name, "Word 文档") as package:
        roots = dict(_relationships(package, ""))
        main = roots.get("officeDocument", "word/document.xml")
        document = package.parse(main, _STRICT_NAMES)
        if document is None or document.find(f"{W}body") is None:
            raise PlanbookError(f"{name}：Word 文档里没有正文，请用 Word 或 WPS 打开核对后另存再导入。")
        related = _relationships(package, main)
        targets = dict(reversed(related))
        parts = {
            kind: package.parse(targets.get(kind), _STRICT_NAMES)
            for kind in ("styles", "numbering", "footnotes", "endnotes")
        }
        properties = package.parse(roots.get("core-properties", "docProps/core.xml"))
        title = properties.findtext(_TITLE) if properties is not None else None
        embedded = sum(kind in {"package", "aFChunk"} for kind, _ in related)
        return WordPackage(document, **parts, title=(title or "").strip() or None, embedded_count=embedded)


def preferred_branch(alternatives: etree._Element) -> etree._Element:
    """Return the branch of mc:AlternateContent to read: the newer one, unless only the older one holds text."""
    choices = alternatives.findall(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    for branch in choices:
        if next(branch.iter(f"{W}t", f"{W}txbxContent"), None) is not None:
            return branch
    if fallback is not None:
        return fallback
    return choices[0] if choices else alternatives


def _relationships(package: ZippedXml, part: str) -> list[tuple[str, str]]:
    """Kind and target of each internal relationship of `part` (the package itself where empty)."""
    folder, file = posixpath.split(part)
    root = package.parse(posixpath.join(folder, "_rels", f"{file}.rels"))
    if root is None:
        return []
    found = []
    for element in root.iter(_RELATIONSHIP):
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
            found.append((element.get("Type", "").rpartition("/")[2], target))
    return found
