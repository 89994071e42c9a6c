"""One entry of the finding catalogue: severity and Chinese wording of a code."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from planbook.model.findings import Location, Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """Severity and wording of one finding code.

    Attributes:
        severity: How much it weighs.
        text: What is wrong, with `{name}` placeholders for the finding's values.
        remedy: What to do about it; may be empty for notes.
    """

    severity: Severity
    text: str
    remedy: str = ""

    def placeholders(self) -> frozenset[str]:
        """Names that a finding of this code must give."""
        return frozenset(name for part in (self.text, self.remedy) for _, name, _, _ in Formatter().parse(part) if name)

    def render(self, location: Location, values: Mapping[str, str]) -> str:
        """Return the sentence for the clerk; a value that is missing shows as `？`, never as an error."""
        known = {name: values.get(name, "？") for name in self.placeholders()}
        place = _place(location)
        sentence = self.text.format_map(known)
        remedy = self.remedy.format_map(known)
        return (f"{place}：" if place else "") + sentence + (f"，{remedy}" if remedy else "") + "。"


def _place(location: Location) -> str:
    if location.sheet and location.cell:
        return f"「{location.sheet}」{location.cell} 单元格"
    if location.sheet:
        return f"「{location.sheet}」工作表"
    return str(location)
