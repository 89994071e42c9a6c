"""The colours that single cells of 总台账.xlsx have for what they say."""

from typing import Final

from planbook.model.attainment import Attainment
from planbook.model.decisions import ClosureState
from planbook.model.form import Status
from planbook.outputs import styles
from planbook.outputs.styles import Tint

_GOOD: Final = Tint(ink="2F5E1E")
_BAD: Final = Tint(ink="9B1C16")

STATUS_TINTS: Final = {Status.NOT_STARTED: _BAD, Status.BEHIND: _BAD, Status.DONE: _GOOD}
ATTAINMENT_TINTS: Final = {
    Attainment.REACHED: _GOOD,
    Attainment.BELOW: _BAD,
    Attainment.SILENT: Tint(ink=styles.MUTED_INK),
}
STATE_TINTS: Final = {
    ClosureState.CLOSED: Tint(ink="2F5E1E", is_bold=True),
    ClosureState.CLAIMED: Tint(ink="7A4F00"),
    ClosureState.RETURNED: Tint(ink="9B1C16", is_bold=True),
    ClosureState.SUSPENDED: Tint(ink=styles.MUTED_INK),
}
SILENT: Final = Tint(ink=styles.MUTED_INK)
REPORTED: Final = _GOOD

CELL_TINTS: Final = {
    "亮灯": tuple(styles.LIGHT_TINTS.values()),
    "上期亮灯": tuple(styles.LIGHT_TINTS.values()),
    "进展状态": (*STATUS_TINTS.values(), SILENT),
    "办理状态": tuple(STATE_TINTS.values()),
    "报送情况": (REPORTED, SILENT),
}
"""By header, the colours that cells of 任务台账 and 单位明细 may have beside their column's."""
