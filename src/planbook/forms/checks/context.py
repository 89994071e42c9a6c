"""What the checks look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planbook.forms.return_reading import ReturnReading
from planbook.model.submission import IndicatorReport, TaskReport


@dataclass(frozen=True, slots=True)
class CheckContext:
    """A return that was read, the day, and what the same agency reported last.

    Attributes:
        reading: The return.
        today: The day of checking.
        previous: The agency's last report before this period on each task, by task code.
        previous_indicators: Likewise on each indicator, by indicator code.
    """

    reading: ReturnReading
    today: date
    previous: Mapping[str, TaskReport] = field(default_factory=dict)
    previous_indicators: Mapping[str, IndicatorReport] = field(default_factory=dict)
