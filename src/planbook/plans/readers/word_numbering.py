"""Word's automatic numbering, which stands nowhere in the text: counters and labels rebuilt from numbering.xml."""

import re
from dataclasses import dataclass, field

from lxml import etree

from planbook.plans.readers.word_numerals import format_number
from planbook.plans.readers.word_package import W

_PLACEHOLDER = re.compile(r"%([1-9])")
_NEEDS_NO_GAP = "、．）】〕》：。，"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list (ECMA-376 part 1, 17.9.6).

    `restart` is None where any higher level restarts it, 0 never, n only levels above the n-th.
    """

    number_format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    is_legal: bool = False
    suffix: str = "tab"
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _Instance:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted; labels must be asked for in reading order.

    Attributes:
        style_lists: List that each paragraph style names; lists may refer to each other by a style.
    """

    root: etree._Element | None
    style_lists: dict[str, str] = field(default_factory=dict)
    _instances: dict[str, _Instance] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.root is not None:
            self._read(self.root)

    def level_of_style(self, list_id: str, style: str) -> int:
        """Return the level of a list that a paragraph style is tied to, 0 where none."""
        instance = self._instances.get(list_id)
        levels = instance.levels if instance else {}
        return next((index for index, level in levels.items() if level.style == style), 0)

    def next_label(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list and return its label with the gap after it, empty for an unknown list."""
        instance = self._instances.get(list_id)
        if instance is None or level not in instance.levels:
            return ""
        counts = self._counts.setdefault(instance.abstract, {})
        if level in instance.starts and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counts[level] = instance.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = instance.levels[level].start
        for deeper in [each for each in counts if each > level]:
            restart = instance.levels[deeper].restart if deeper in instance.levels else None
            if restart is None or level < restart:
                del counts[deeper]
        return _label(instance, counts, level)

    def _read(self, root: etree._Element) -> None:
        abstracts = {element.get(f"{W}abstractNumId", ""): element for element in root.iter(f"{W}abstractNum")}
        numbers = {element.get(f"{W}numId", ""): element for element in root.iter(f"{W}num")}
        for list_id, element in numbers.items():
            abstract_id = _value(element, "abstractNumId") or ""
            abstract = abstracts.get(abstract_id)
            linked = _value(abstract, "numStyleLink") if abstract is not None else None
            if linked and (target := numbers.get(self.style_lists.get(linked, ""))) is not None:
                abstract_id = _value(target, "abstractNumId") or ""
                abstract = abstracts.get(abstract_id)
            levels = {} if abstract is None else _levels(abstract)
            starts: dict[int, int] = {}
            for override in element.findall(f"{W}lvlOverride"):
                index = _number(override.get(f"{W}ilvl"), 0)
                levels.update(_levels(override))
                start = _value(override, "startOverride")
                if start is not None:
                    starts[index] = _number(start, 1)
            self._instances[list_id] = _Instance(abstract_id, levels, starts)


def _levels(parent: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in parent.findall(f"{W}lvl"):
        restart = _value(element, "lvlRestart")
        legal = element.find(f"{W}isLgl")
        levels[_number(element.get(f"{W}ilvl"), 0)] = Level(
            number_format=_format_of(element),
            text=_text_of(element),
            start=_number(_value(element, "start"), 0 if _value(element, "start") is None else 1),
            restart=None if restart is None else _number(restart, 0),
            is_legal=legal is not None and legal.get(f"{W}val", "1") not in {"0", "false", "off"},
            suffix=_value(element, "suff") or "tab",
            style=_value(element, "pStyle"),
        )
    return levels


def _format_of(element: etree._Element) -> str:
    """Number format of a level; newer ones stand in mc:AlternateContent with an older one beside them."""
    formats = [each.get(f"{W}val", "decimal") for each in element.iter(f"{W}numFmt")]
    return next((each for each in formats if each != "custom"), "decimal")


def _text_of(element: etree._Element) -> str:
    """Text of a level; the letters that bullet fonts show as signs become those signs."""
    text = _value(element, "lvlText") or ""
    fonts = element.find(f"{W}rPr/{W}rFonts")
    face = "" if fonts is None else (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
    return symbols_of(text, face) if "%" not in text else text


def symbols_of(text: str, face: str) -> str:
    """Return text set in Wingdings or Symbol as the private-use characters that stand for its signs."""
    if not face.lower().startswith(("wingdings", "symbol")):
        return text
    return "".join(chr(0xF000 + ord(mark)) if " " < mark < "\u0100" else mark for mark in text)


def _label(instance: _Instance, counts: dict[int, int], level: int) -> str:
    own = instance.levels[level]
    if own.number_format == "bullet":
        text = own.text
    else:

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shown = instance.levels.get(index, Level())
            value = counts.get(index, shown.start)
            if own.is_legal and shown.number_format != "none":
                return str(value)
            return format_number(value, shown.number_format)

        text = _PLACEHOLDER.sub(number, own.text)
    text = text.strip()
    # A blank would stand in the middle of “一、加强”; after “1.” it keeps “1. 5G” from reading as a decimal.
    return text if not text or text[-1] in _NEEDS_NO_GAP else f"{text} "


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
