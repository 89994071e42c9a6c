"""XML parts of a zipped document, parsed within limits: no entities, nothing fetched, bounded when unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from planbook.model.errors import PlanbookError

_MAXIMUM_PARTS = 20_000
_MAXIMUM_BYTES = 200_000_000

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library and lxml raise on damaged packages of one kind or another."""


class ZippedXml:
    """An open package; parts are read on demand."""

    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self._package = package
        self._name = name
        self._left = _MAXIMUM_BYTES
        if len(package.infolist()) > _MAXIMUM_PARTS:
            raise PlanbookError(f"{name}：文件内的部件过多，可能已损坏，请用 WPS 打开后另存再导入。")

    def parse(self, part: str | None, renamed: tuple[tuple[bytes, bytes], ...] = ()) -> etree._Element | None:
        """Return the root of a part, None where there is no such part.

        Args:
            part: Name within the package.
            renamed: Namespaces to be read as others.

        Raises:
            PlanbookError: The parts together are larger than those of any document.
        """
        if part is None or part not in self._package.NameToInfo:
            return None
        with self._package.open(part) as stream:
            content = stream.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise PlanbookError(f"{self._name}：文件解压后过大，可能已损坏，请用 WPS 打开后另存再导入。")
        for old, new in renamed:
            content = content.replace(old, new)
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


@contextmanager
def open_zipped_xml(raw: bytes, name: str, kind: str) -> Iterator[ZippedXml]:
    """Open a package; damage found anywhere within the block ends in one sentence.

    Args:
        raw: The file's bytes.
        name: Its name, for the sentence.
        kind: What it is called, `Word 文档` or `OFD 文件`.

    Raises:
        PlanbookError: The package is damaged or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            yield ZippedXml(package, name)
    except _DAMAGE as error:
        raise PlanbookError(f"{name}：{kind}已损坏，请用 Word 或 WPS 打开修复后另存再导入。") from error
