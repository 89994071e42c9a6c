"""XML of returned files, parsed as a stream: no document type, hence no entities, and nothing outside is fetched."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol
from xml.parsers import expat

from planbook.sheets.unreadable import unreadable

SEPARATOR: Final = " "
"""Stands between namespace and local name in the names that a parser of `new_parser` reports."""

_DEPTH_LIMIT: Final = 256  # the deepest honest part, a text document of nested lists, has about 60
_TEXT_BUFFER: Final = 64 * 1024


class ElementHandler(Protocol):
    """Takes the elements of one part; names come without namespace."""

    def start(self, name: str, attributes: Mapping[str, str], /) -> None:
        """Take the start of element `name`."""

    def end(self, name: str, text: str, /) -> None:
        """Take the end of element `name`; `text` is what stood after the last tag before it."""


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses a document type, the place where entities are declared."""
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.buffer_size = _TEXT_BUFFER
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Give a whole part to `parser`.

    Raises:
        UnreadableFile: `file_damaged` where it is no well-formed XML, or what a handler raises.
    """
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:  # the latter for encodings that nobody knows
        raise unreadable("file_damaged") from error


def read_elements(chunks: Iterable[bytes], handler: ElementHandler) -> None:
    """Give the elements of a part to `handler`, in order.

    Raises:
        UnreadableFile: `file_damaged`, `file_forbidden_markup`.
    """
    pieces: list[str] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH_LIMIT:
            raise unreadable("file_damaged")
        pieces.clear()
        handler.start(local_name(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(local_name(name), "".join(pieces))
        pieces.clear()

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pieces.append
    feed(parser, chunks)


def local_name(name: str) -> str:
    """Return an element's or attribute's name without its namespace."""
    return name.rpartition(SEPARATOR)[2]


def local_attribute(attributes: Mapping[str, str], name: str) -> str | None:
    """Return the attribute `name` of any namespace, None where there is none."""
    if name in attributes:
        return attributes[name]
    ending = SEPARATOR + name
    return next((value for key, value in attributes.items() if key.endswith(ending)), None)


def _refuse_document_type(*_declaration: object) -> None:
    raise unreadable("file_forbidden_markup")
