"""Makes a document from a template that an office may have edited in Word; a broken one is refused with its places."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import quoteattr

from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from planbook.outputs.documents.fields import Picture, shown
from planbook.outputs.documents.signature import settle_signatures
from planbook.sheets.text import clean_text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_LARGEST_TEMPLATE: Final = 20 * 1024 * 1024
_NEEDED_PARTS: Final = ("word/document.xml", "[Content_Types].xml")


def check_template(content: bytes, fields: type[Any], name: str) -> tuple[Finding, ...]:
    """Return what is wrong with a template (.docx bytes) for a document of these fields; nothing if it can be used."""
    from planbook.outputs.documents.template_marks import check_marks

    template = _opened(content)
    if template is None:
        return (Finding.of("template_unreadable", Location(file=name)),)
    return tuple(
        finding for part in _parts(template) for finding in check_marks(part, template.patch_xml, fields, name)
    )


def render_document(content: bytes, values: Any, name: str) -> bytes:
    """Return the document that a template makes of `values`, an instance of the dataclass it was checked for.

    Raises:
        PlanbookError: The template cannot be used: each fault with its place.
    """
    from planbook.outputs.documents.template_marks import sandbox

    refuse_faulty(check_template(content, type(values), name), name)
    template = _opened(content)
    assert template is not None  # noqa: S101 (checked just before)
    environment = sandbox()
    context = _with_pictures(shown(values), template)
    try:
        template.render(context, environment, autoescape=True)
    except SyntaxError as error:  # lxml's: the marks leave a paragraph or a table open
        fault = Finding.of("template_layout_broken", Location(file=name))
        raise _refusal([fault], name) from error
    settle_signatures(template.docx)
    buffer = BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def refuse_faulty(findings: Sequence[Finding], name: str) -> None:
    """Raise the faults of a template as one error for the clerk."""
    if findings:
        raise _refusal(findings, name)


def _refusal(findings: Sequence[Finding], name: str) -> PlanbookError:
    listed = "\n".join(f"  {finding.message}" for finding in findings)
    return PlanbookError(
        f"模板 {name} 有 {len(findings)} 处错误，没有生成文件；请改正后再试，或把它改名移走，用标准模板：\n{listed}"
    )


def _opened(content: bytes) -> "DocxTemplate | None":
    """Return an opened template, None where the bytes are no Word document."""
    from docxtpl import DocxTemplate
    from lxml import etree

    class Strict(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
        """A template whose outcome must be whole XML: docxtpl would patch up what is not, and lose text."""

        def fix_tables(self, xml: str) -> Any:
            etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
            return super().fix_tables(xml)

    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            if sum(one.file_size for one in package.infolist()) > _LARGEST_TEMPLATE:
                return None
            if not set(_NEEDED_PARTS) <= set(package.namelist()):
                return None
            if b"<!DOCTYPE" in package.read(
                _NEEDED_PARTS[0]
            ):  # no office program writes one; it could declare entities
                return None
        template = Strict(BytesIO(content))
        template.init_docx()
    except (zipfile.BadZipFile, ValueError, KeyError, OSError, SyntaxError, NotImplementedError):
        return None
    return template


def _parts(template: "DocxTemplate") -> list[str]:
    """Return the XML of every part that may hold marks."""
    kinds = (template.HEADER_URI, template.FOOTER_URI)
    around = [template.get_part_xml(part) for kind in kinds for _, part in template.get_headers_footers(kind)]
    return [template.get_xml(), *around]


def _with_pictures(value: Any, template: "DocxTemplate") -> Any:
    """Return `value` with its pictures ready to be put into `template`."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    class Described(InlineImage):  # type: ignore[misc]  # docxtpl has no types
        """A picture that says what it shows to readers who cannot see it."""

        description = ""

        def _insert_image(self) -> str:
            return str(super()._insert_image()).replace("<wp:docPr ", f"<wp:docPr descr={self.description} ", 1)

    if isinstance(value, dict):
        return {name: _with_pictures(one, template) for name, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_with_pictures(one, template) for one in value)
    if isinstance(value, Picture):
        picture = Described(template, BytesIO(value.png), width=Mm(value.width_mm))
        picture.description = quoteattr(clean_text(value.description))
        return picture
    return value
