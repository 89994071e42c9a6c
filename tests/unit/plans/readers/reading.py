"""What a document says, as plain values that a test can state."""

from pathlib import Path

from planbook.model.errors import PlanbookError
from planbook.plans.document import Document, Table, TextLine
from planbook.plans.readers import read_document


def texts(document: Document) -> list[str]:
    """Return the document's lines without its tables."""
    return [block.text for block in document.blocks if isinstance(block, TextLine)]


def rows(document: Document) -> list[tuple[tuple[str, ...], ...]]:
    """Return the document's tables."""
    return [block.rows for block in document.blocks if isinstance(block, Table)]


def line(document: Document, beginning: str) -> TextLine:
    """Return the line that begins so."""
    return next(each for each in document.blocks if isinstance(each, TextLine) and each.text.startswith(beginning))


def codes(document: Document) -> list[str]:
    """Return the codes of the document's findings."""
    return [finding.code for finding in document.findings]


def read(folder: Path, content: bytes, name: str = "plan.bin") -> Document:
    """Return the document that a file with this content is read as."""
    path = folder / name
    path.write_bytes(content)
    return read_document(path)


def refusal(folder: Path, content: bytes, name: str = "plan.bin") -> str:
    """Return the sentence with which a file is refused."""
    try:
        read(folder, content, name)
    except PlanbookError as error:
        return error.message
    message = "the file was read"
    raise AssertionError(message)
