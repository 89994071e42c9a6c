"""Styles of a Word file: what a paragraph or run inherits of numbering, outline level, boldness and face."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

from planbook.plans.readers.word_package import W

_MAXIMUM_DEPTH = 20
_HEADING_NAMES = ("heading ", "标题 ")
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """One style with all that it inherits; None where neither it nor its ancestors say."""

    list_id: str | None = None
    list_level: int | None = None
    list_style: str = ""
    outline_level: int | None = None
    is_bold: bool | None = None
    is_hidden: bool | None = None
    face: str | None = None
    is_contents: bool = False


NO_STYLE = Style()


class Styles:
    """All styles by id, resolved on first use."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self.default_face = ""
        if root is None:
            return
        for element in root.iterfind(f"{W}style"):
            style_id = element.get(f"{W}styleId", "")
            self._elements[style_id] = element
            if is_on(element.get(f"{W}default", "0")):
                self._defaults[element.get(f"{W}type", "")] = style_id
        fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        self.default_face = "" if fonts is None else fonts.get(f"{W}eastAsia", "")

    def of_paragraph(self, style_id: str | None) -> Style:
        """Return the style of a paragraph that names `style_id`, the default one where it names none."""
        return self._resolve(style_id or self._defaults.get("paragraph", ""))

    def of_run(self, style_id: str | None) -> Style:
        """Return the character style that a run names."""
        return self._resolve(style_id) if style_id else NO_STYLE

    def lists(self) -> dict[str, str]:
        """Return the list that each numbering or paragraph style names by itself."""
        named = {}
        for style_id, element in self._elements.items():
            number = element.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                named[style_id] = number.get(f"{W}val", "")
        return named

    @lru_cache(maxsize=4096)  # noqa: B019 - lives as long as the document that it belongs to
    def _resolve(self, style_id: str) -> Style:
        resolved = NO_STYLE
        for each in reversed(list(islice(self._ancestry(style_id), _MAXIMUM_DEPTH))):
            resolved = _extended(resolved, each)
        return resolved

    def _ancestry(self, style_id: str) -> list[etree._Element]:
        """The style's element and those it is based on, nearest first; a circle is cut."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        while style_id in self._elements and style_id not in seen:
            seen.add(style_id)
            element = self._elements[style_id]
            chain.append(element)
            based_on = element.find(f"{W}basedOn")
            style_id = "" if based_on is None else based_on.get(f"{W}val", "")
        return chain


def _extended(parent: Style, element: etree._Element) -> Style:
    """`parent` with what `element` says itself put over it."""
    list_id, list_level = numbering_of(element.find(f"{W}pPr"))
    name = (child.get(f"{W}val", "") if (child := element.find(f"{W}name")) is not None else "").lower()
    outline = outline_of(element.find(f"{W}pPr"))
    if outline is None and name.startswith(_HEADING_NAMES) and name[-1].isdigit():
        outline = int(name[-1]) - 1
    elif outline is None and name in {"title", "标题"}:
        outline = 0
    bold, hidden, face = character_format(element.find(f"{W}rPr"))
    return Style(
        list_id=parent.list_id if list_id is None else list_id,
        list_level=parent.list_level if list_level is None else list_level,
        list_style=parent.list_style if list_id is None else element.get(f"{W}styleId", ""),
        outline_level=parent.outline_level if outline is None else outline,
        is_bold=parent.is_bold if bold is None else bold,
        is_hidden=parent.is_hidden if hidden is None else hidden,
        face=parent.face if face is None else face,
        is_contents=parent.is_contents or name.startswith(("toc ", "目录 ")) or name in {"toc", "目录"},
    )


def numbering_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """Return list id and level of paragraph properties; list `0` switches an inherited list off."""
    if properties is None or (numbering := properties.find(f"{W}numPr")) is None:
        return None, None
    number = numbering.find(f"{W}numId")
    level = numbering.find(f"{W}ilvl")
    depth = "" if level is None else level.get(f"{W}val", "")
    return None if number is None else number.get(f"{W}val"), int(depth) if depth.isdigit() else None


def outline_of(properties: etree._Element | None) -> int | None:
    """Return the outline level, from 0; 9 means body text."""
    if properties is None or (element := properties.find(f"{W}outlineLvl")) is None:
        return None
    value = element.get(f"{W}val", "")
    return int(value) if value.isdigit() else None


def character_format(properties: etree._Element | None) -> tuple[bool | None, bool | None, str | None]:
    """Return boldness, hiddenness and East Asian face of run properties, None for what they do not say."""
    if properties is None:
        return None, None, None
    fonts = properties.find(f"{W}rFonts")
    return _toggle(properties, "b"), _toggle(properties, "vanish"), None if fonts is None else fonts.get(f"{W}eastAsia")


def _toggle(properties: etree._Element, name: str) -> bool | None:
    element = properties.find(f"{W}{name}")
    return None if element is None else is_on(element.get(f"{W}val", "1"))


def is_on(value: str) -> bool:
    """Return whether an on/off value of Word's means on."""
    return value.lower() not in _OFF
