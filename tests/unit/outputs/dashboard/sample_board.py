"""A period with a period before it, ranked agencies, a doubt and a decision, as the board shows them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from planbook.model.decisions import Closure, ClosureState, DeadlineStanding, Decision, DecisionKind
from planbook.model.doubts import Doubt, DoubtKind
from planbook.model.findings import Finding
from planbook.model.ledger import AgencyStanding, PeriodSummary
from planbook.model.lights import Light
from planbook.model.period import Period
from planbook.model.scores import AgencyScore, ScoreItem
from planbook.outputs.dashboard.build import build_dashboard
from tests.unit.outputs.sample_master import LEDGER as PLAIN

_EXTENSION = Decision(
    number=1, task_code=PLAIN.tasks[0].task.code, kind=DecisionKind.EXTEND, decided_on=date(2024, 3, 20),
    reason="用地批复推迟", evidence="", checker="", from_date=date(2024, 6, 30), to_date=date(2024, 12, 31),
    asked_on=date(2024, 3, 1), agency="", to_agency="", role=None, period=None, file="", sheet="", cell="", key="",
    who="王某", decided_at=datetime(2024, 3, 20, tzinfo=UTC),
)  # fmt: skip


def _agency(name: str, category: str, rank: int, total: str, light: Light) -> AgencyStanding:
    score = AgencyScore((ScoreItem("报送及时", Decimal(30), Decimal(total), "按时报送"),), Decimal(total), rank, 2)
    return AgencyStanding(name, category, 2, 1, None, None, 0, 1, 0, 0, ((light, 1),), Decimal("70.0"), score)


LEDGER = replace(
    PLAIN,
    tasks=(
        replace(
            PLAIN.tasks[0],
            completion_percent=Decimal(40),
            closure=Closure(ClosureState.CLAIMED),
            deadline=DeadlineStanding(date(2024, 6, 30), date(2024, 12, 31), None, 1),
            decisions=(_EXTENSION,),
        ),
        *PLAIN.tasks[1:],
    ),
    agencies=(
        _agency("省财政厅", "省直单位", 2, "21.5", Light.RED),
        _agency("省科技厅", "省直单位", 1, "30", Light.GREEN),
        _agency("市科技局", "市州", 1, "12", Light.GREY),
    ),
    doubts=(
        Doubt(DoubtKind.CLAIM, PLAIN.tasks[0].task.code, "建设省实验室", ("省科技厅",), Finding.of("row_duplicated")),
    ),
    previous=PeriodSummary(Period.parse("2023Q4"), 4, 3, ((Light.RED, 1), (Light.GREY, 2)), 0, None),
)
BEFORE = replace(
    PLAIN, period=Period.parse("2023Q4"), cut_off=PLAIN.cut_off - timedelta(days=91), tasks=PLAIN.tasks[:3]
)
VALUE = build_dashboard(LEDGER, (BEFORE,))
