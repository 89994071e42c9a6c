"""Reader of Word documents: paragraphs in reading order as Word shows them with all changes accepted."""

from planbook.model.findings import Finding
from planbook.plans.document import Document
from planbook.plans.readers.drafts import BlockWriter
from planbook.plans.readers.word_body import BodyReader
from planbook.plans.readers.word_numbering import Numbering
from planbook.plans.readers.word_package import open_word
from planbook.plans.readers.word_styles import Styles


def read_word(raw: bytes, name: str) -> Document:
    """Return the document of a docx, docm or dotx.

    Automatic numbers are put back in front; insertions are kept, deletions and hidden text dropped; text boxes follow
    their anchor, notes stand at the end. Headers, footers and tables of contents are left out. Pages are known only
    where Word left marks of its last page layout.

    Raises:
        PlanbookError: The file is damaged.
    """
    package = open_word(raw, name)
    styles = Styles(package.styles)
    numbering = Numbering(package.numbering, styles.lists())
    reader = BodyReader(styles, numbering, {"footnote": package.footnotes, "endnote": package.endnotes})
    writer = BlockWriter(name)
    for block in reader.read(package.document):
        writer.add(block)
    embedded = package.embedded_count
    findings = (Finding.of("embedded_files_skipped", count=embedded),) if embedded else ()
    return Document(name, writer.blocks(), title=package.title, findings=findings)
