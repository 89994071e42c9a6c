"""Reader of web pages as saved from government sites, and of documents that Word or an office suite saved as a page.

Trafilatura was tried on such pages and not taken: it leaves the cells that a rowspan covers empty, so that a task
table loses which agency belongs to which row; it runs lines parted by `<br>` and whole layout tables together, and puts
blanks into Chinese where the source's lines end.
"""

import email
import email.policy
import re
from email.message import EmailMessage

from lxml import etree, html

from planbook.model.errors import PlanbookError
from planbook.plans.document import Document
from planbook.plans.readers.cleaning import clean_line
from planbook.plans.readers.drafts import BlockWriter, Draft, DraftBlock, Run
from planbook.plans.readers.encoding import Decoded, decode
from planbook.plans.readers.html_content import find_content, strip_invisible
from planbook.plans.readers.html_flow import read_flow

_DECLARATION_BYTES = 4096
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_TITLE_LINES = 20


def read_html(raw: bytes, name: str) -> Document:
    """Return the main text of a page: no navigation, tool bars, related links or footer; metadata tables are kept.

    Raises:
        PlanbookError: The page holds nothing that can be read.
    """
    return _read(decode(raw, _declared_charset(raw)), name)


def read_mhtml(raw: bytes, name: str) -> Document:
    """Return the main text of a page saved as a single file (.mht, .mhtml).

    Raises:
        PlanbookError: There is no page in it.
    """
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return _read(decode(content, part.get_content_charset() or _declared_charset(content)), name)
    raise PlanbookError(f"{name}：网页存档里没有正文，请在浏览器中重新打开并另存为网页后再导入。")


def _declared_charset(raw: bytes) -> str | None:
    """Charset of a meta element or XML declaration; looked for as bytes since nothing is decoded yet."""
    found = _CHARSET.search(raw[:_DECLARATION_BYTES])
    return found[1].decode("ascii") if found else None


def _read(decoded: Decoded, name: str) -> Document:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(decoded.text.replace("\0", "").encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise PlanbookError(f"{name}：网页里没有可读的内容，请在浏览器中重新打开并另存为网页后再导入。") from error
    headline, title = _titles(root)
    strip_invisible(root)
    content = find_content(root)
    writer = BlockWriter(name)
    blocks = [block for element in (*content.metadata, content.main) for block in read_flow(element)]
    if headline and not _opens_with(blocks, headline):
        writer.add(Draft((Run(headline),), heading_level=1))
    for block in blocks:
        writer.add(block)
    return Document(name, writer.blocks(), title=headline or title, findings=decoded.findings)


def _titles(root: html.HtmlElement) -> tuple[str | None, str | None]:
    """The article's headline, where the page marks one, and the title of the page without the site's name.

    Government sites must state ArticleTitle in a meta element (政府网站发展指引, 附件 2).
    """
    headline = None
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle":
            headline = clean_line(meta.get("content") or "") or headline
    headings = [clean_line(element.text_content()) for element in root.iter("h1")]
    named = [heading for heading in headings if 4 < len(heading) < 120]
    if headline is None and len(named) == 1:
        headline = named[0]
    title = clean_line(root.findtext(".//title") or "")
    for separator in ("_", " - ", "-", "|", "–"):
        head = title.rpartition(separator)[0].strip()
        if len(head) > 8:
            title = head
            break
    return headline, title or None


def _opens_with(blocks: list[DraftBlock], headline: str) -> bool:
    """Whether the text itself begins with the headline, be it parted over lines."""
    opening = "".join(block.text for block in blocks[:_TITLE_LINES])
    return _bare(headline) in _bare(opening)


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
