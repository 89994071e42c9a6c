"""Indicator values of another order of magnitude than their target or last value.

WHY: the number is typed in the unit of the agency's own statistics: 12000 (亿元) where 万亿元 is asked for.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from planbook.forms.checks.context import CheckContext
from planbook.forms.checks.targets import read_target
from planbook.forms.layout import Field
from planbook.forms.parsed import plain
from planbook.model.findings import Finding

_TOO_LARGE: Final = 100
_TOO_SMALL: Final = 5_000  # a first report may be far below its target, but 万 and 亿 lie further apart


def check_indicator_magnitude(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where a value is 100 times its target or last value, or 1/5000 of it."""
    for read in context.reading.indicators:
        value = read.report.value
        target = read_target(read.indicator.target)
        last = context.previous_indicators.get(read.indicator.code)
        known = [number for number in (target and target.value, last and last.value) if number]
        if value and known and all(_is_out_of_proportion(abs(value), abs(number)) for number in known):
            values = {"value": plain(value), "unit": read.indicator.unit, "target": read.indicator.target}
            yield Finding.of("indicator_out_of_proportion", read.cells.location(Field.VALUE), **values)


def _is_out_of_proportion(value: Decimal, known: Decimal) -> bool:
    return value >= known * _TOO_LARGE or value * _TOO_SMALL <= known
