"""Where on a page the document stands: the smallest element that holds its prose, and the metadata above it."""

import re
from dataclasses import dataclass

from lxml import html

from planbook.plans.readers.html_noise import is_noise_line, metadata_keys

_INVISIBLE = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "canvas", "audio", "video",
    "map", "nav", "footer", "aside", "select", "option", "button", "textarea", "datalist", "dialog", "head",
))  # fmt: skip
# Containers of the content systems that government sites run on (TRS, 开普 UCAP, 博达, 大汉, WeChat).
_CONTENT_NAMES = re.compile(
    r"^(?:zoom|ucap-content|trs_editor|trs_ueditor|trs_editor_view|custom_unionstyle|vsb_content(?:_\w+)?|v_news_content"
    r"|js_content|rich_media_content|article|article[-_]?(?:content|body|con|text|detail)|pages_content|xxgk_content"
    r"|news_content|info_content|conten?t?|main[-_]?text|easysite-news-text|bt_content|scroll_cont|fontzoom"
    r"|contentregion|detail[-_]?(?:content|con)?|view|wzcon|zhengwen|nr|mainbody|entry-content)$",
    re.IGNORECASE,
)
_FURNITURE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:bd)?(?:share|sharebox|print|printer|toolbar|tools?|fontsize|fontbar|pager|paging|related|relate|recommend"
    r"|breadcrumbs?|crumbs?|location|position|weizhi|dqwz|footer|foot|copyright|nav|navbar|menu|sidebar|side|comments?|qrcode"
    r"|ewm|erweima|prevnext|prev|next|friendlink|links|xgwj|xgjd|xglj|search|login|banner|ad|ads)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_SENTENCE_MARK = re.compile(r"[，。；、]")
_FILE_LINK = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|zip|rar)\b", re.IGNORECASE)
_METADATA_TAGS = frozenset({"table", "ul", "dl", "div", "section"})
_PRUNED_TAGS = ("div", "ul", "ol", "p", "table", "section", "h2", "h3", "h4", "dl", "form")
_SHARE_OF_PROSE = 0.6


@dataclass(slots=True)
class _Weight:
    """What an element holds: characters outside links, characters in links, and marks of running sentences."""

    plain: int = 0
    linked: int = 0
    marks: int = 0

    @property
    def prose(self) -> int:
        return self.plain + 5 * self.marks


@dataclass(frozen=True, slots=True)
class Content:
    """The element that holds the document, and elements outside it that hold its metadata (索引号、文号…)."""

    main: html.HtmlElement
    metadata: tuple[html.HtmlElement, ...]


def strip_invisible(root: html.HtmlElement) -> None:
    """Take out of the tree what no reader of the page sees, or what never holds a document."""
    for element in list(root.iter()):
        if element.getparent() is None or not isinstance(element.tag, str):
            continue
        style = (element.get("style") or "").replace(" ", "").lower()
        is_hidden = "display:none" in style or element.get("hidden") is not None
        is_margin = element.tag == "div" and element.get("title") in {"header", "footer"}  # as LibreOffice saves them
        if element.tag in _INVISIBLE or is_hidden or is_margin:
            element.drop_tree()


def find_content(root: html.HtmlElement) -> Content:
    """Return where the document stands on the page; furniture within it is taken out of the tree.

    A page without links around its text, as office suites save them, is its body whole.
    """
    body = root if root.tag == "body" else root.find(".//body")
    if body is None:
        return Content(root, ())
    weights = _weigh(body)
    total = weights[body]
    if total.linked < 0.05 * (total.plain + 1) and not _has_furniture(body):
        return Content(body, ())
    main = _climb(_densest(body, weights), body, weights)
    metadata = _metadata_outside(main, body)
    for element in (main, *metadata):
        _prune(element, weights)
    return Content(main, metadata)


def _weigh(body: html.HtmlElement) -> dict[html.HtmlElement, _Weight]:
    weights: dict[html.HtmlElement, _Weight] = {}
    for element in body.iter():
        weights[element] = _Weight()
    for element in reversed(list(weights)):  # children before their parents
        own = weights[element]
        if isinstance(element.tag, str):
            _add(own, element.text)
        if element.tag == "a" and element.get("href"):
            own.linked, own.plain, own.marks = own.linked + own.plain, 0, 0
        parent = element.getparent()
        if element is not body and parent is not None:
            above = weights[parent]
            above.plain += own.plain
            above.linked += own.linked
            above.marks += own.marks
            _add(above, element.tail)
    return weights


def _add(weight: _Weight, text: str | None) -> None:
    if text and not text.isspace():
        weight.plain += len("".join(text.split()))
        weight.marks += len(_SENTENCE_MARK.findall(text))


def _densest(body: html.HtmlElement, weights: dict[html.HtmlElement, _Weight]) -> html.HtmlElement:
    """The innermost element with most of the page's prose; a container known by name counts for more."""
    wanted = _SHARE_OF_PROSE * weights[body].prose
    chosen = body
    while True:
        fitting = [
            child
            for child in chosen
            if isinstance(child.tag, str)
            and child.tag not in {"p", "h1", "h2", "h3", "span", "font", "b", "strong"}
            and weights[child].prose * (1.4 if _named(child, _CONTENT_NAMES) else 1.0) >= wanted
            and (child.tag != "table" or _is_layout(child, weights, wanted))
        ]
        if not fitting:
            return chosen
        chosen = max(fitting, key=lambda child: weights[child].prose)


def _is_layout(table: html.HtmlElement, weights: dict[html.HtmlElement, _Weight], wanted: float) -> bool:
    """Whether one cell holds the text; else the table is part of a document, its notice and title around it."""
    return any(weights[cell].prose * 1.4 >= wanted for cell in table.iter("td", "th"))


def _climb(
    main: html.HtmlElement, body: html.HtmlElement, weights: dict[html.HtmlElement, _Weight]
) -> html.HtmlElement:
    """Go up while the text around is document too: a second container of prose, the other rows of a layout table."""
    ancestor = main
    while ancestor is not body and (parent := ancestor.getparent()) is not None:
        ancestor = parent
        plain = weights[ancestor].plain - weights[main].plain
        linked = weights[ancestor].linked - weights[main].linked
        marks = weights[ancestor].marks - weights[main].marks
        is_prose = plain > max(60, 0.03 * weights[main].plain) and marks > 0.02 * plain
        if is_prose and linked < 0.3 * plain and not _has_furniture(ancestor, besides=main):
            main = ancestor
    return _whole_table(main, body)


def _whole_table(main: html.HtmlElement, body: html.HtmlElement) -> html.HtmlElement:
    """A chosen row or cell of a data table, or one below rows of metadata, stands for its table."""
    table = main
    while table is not body and table.tag in {"td", "th", "tr", "tbody", "thead"}:
        parent = table.getparent()
        if parent is None:
            break
        table = parent
    if table.tag != "table":
        return main
    rest = table.text_content().replace(main.text_content(), "", 1)
    return (
        table if main.tag in {"tr", "tbody"} or (metadata_keys(rest) > 1 and len("".join(rest.split())) < 800) else main
    )


def _has_furniture(element: html.HtmlElement, besides: html.HtmlElement | None = None) -> bool:
    """Whether lines of furniture stand in `element`, outside of `besides`."""
    inside = set() if besides is None else set(besides.iter())
    return any(
        is_noise_line(line)
        for each in element.iter()
        if each not in inside
        for text in (each.text if isinstance(each.tag, str) else None, each.tail)
        if text and len(line := " ".join(text.split())) > 3
    )


def _metadata_outside(main: html.HtmlElement, body: html.HtmlElement) -> tuple[html.HtmlElement, ...]:
    """Smallest elements above the text that hold several metadata headings."""
    around = set(main.iterancestors())
    found: list[html.HtmlElement] = []
    for element in body.iter():
        if element is main:
            break  # what follows the text describes other documents
        if element.tag in _METADATA_TAGS and element not in around and metadata_keys(element.text_content()[:2000]) > 2:
            found.append(element)
    return tuple(each for each in found if not any(other in found for other in each.iterdescendants()))


def _prune(main: html.HtmlElement, weights: dict[html.HtmlElement, _Weight]) -> None:
    """Take furniture out: named so, or nearly all links; never anything that holds a good part of the text."""
    limit = 0.2 * weights[main].prose if main in weights else 0
    for element in list(
        main.iterdescendants("div", "ul", "ol", "p", "table", "section", "h2", "h3", "h4", "dl", "form")
    ):
        weight = weights.get(element)
        if weight is None or weight.prose > limit:
            continue
        is_links = weight.linked > 3 * weight.plain and _links(element) > 1 and not _holds_files(element)
        if is_links or (_named(element, _FURNITURE_NAMES) and weight.marks < 3):
            element.drop_tree()


def _links(element: html.HtmlElement) -> int:
    return sum(1 for _ in element.iter("a"))


def _holds_files(element: html.HtmlElement) -> bool:
    """Whether its links are the document's attachments."""
    return any(_FILE_LINK.search(link.get("href") or "") or "附件" in link.text_content() for link in element.iter("a"))


def _named(element: html.HtmlElement, names: re.Pattern[str]) -> bool:
    labels = [element.get("id") or "", *(element.get("class") or "").split()]
    return any(names.search(label) for label in labels)
