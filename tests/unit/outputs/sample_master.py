"""A small period of the ledger: two plans, four tasks, one agency silent, one with nasty text."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from planbook.model.findings import Finding, Location
from planbook.model.form import Role, Status
from planbook.model.ledger import (
    AgencyFinding,
    Assignment,
    IndicatorStanding,
    MissingAgency,
    PeriodLedger,
    ReceivedIndicator,
    ReceivedReport,
    TaskStanding,
)
from planbook.model.lights import Light, LightReading
from planbook.model.period import Period
from planbook.model.submission import IndicatorReport, TaskReport
from tests.unit.outputs.sample_review import INDICATORS, OFFICE, PLANS, T1, T3, TASKS

PERIOD, CUT_OFF = Period.parse("2024Q1"), date(2024, 3, 31)
RECEIVED_AT = datetime(2024, 4, 2, 17, 30, tzinfo=UTC)

_REPORT = TaskReport(
    task_code=T1,
    role=Role.LEAD,
    status=Status.ON_SCHEDULE,
    completion_percent=Decimal(40),
    progress="=1+1 已完成立项",
    problems="-用地紧张",
    next_steps="@下步",
    expected_completion=date(2024, 11, 30),
    extension_to=None,
    evidence="",
    reporter="李四",
    phone="02788880000",
    reported_on=date(2024, 4, 1),
    remarks="",
    sheet="责任清单",
    row=5,
    raw=(("completion_percent", "四成"),),
    extras=(("经费(万元)", "120"),),
)


def received(agency: str, report: TaskReport = _REPORT) -> ReceivedReport:
    return ReceivedReport(agency, PERIOD, report, f"2024Q1_{agency}_责任清单.xlsx", "a" * 64, RECEIVED_AT)


def part(agency: str, role: Role, report: TaskReport | None = None, code: str = T1) -> Assignment:
    return Assignment(code, agency, role, is_issued=True, received=received(agency, report) if report else None)


def light(colour: Light) -> LightReading:
    return LightReading(colour, f"依据{colour.label}", CUT_OFF)


_STANDINGS = (
    TaskStanding(
        TASKS[0],
        PLANS[0],
        (
            part("省科技厅", Role.LEAD, _REPORT),
            part("省财政厅", Role.SUPPORT, replace(_REPORT, status=None, completion_percent=None)),
            part("东湖县人民政府", Role.SUPPORT),
        ),
        light(Light.GREEN),
        275,
    ),
    TaskStanding(
        replace(TASKS[1], lead_agencies=("省科技厅", "省财政厅")),
        PLANS[0],
        (
            part("省科技厅", Role.LEAD, replace(_REPORT, status=Status.DONE, completion_percent=Decimal(100))),
            part("省财政厅", Role.LEAD),
        ),
        light(Light.RED),
        -3,
    ),
    TaskStanding(TASKS[2], PLANS[0], (), light(Light.GREY), None),
    TaskStanding(
        TASKS[3], PLANS[1], (replace(part("市科技局", Role.LEAD), is_issued=False),), light(Light.GREY), 0
    ),
)  # fmt: skip


def _value(agency: str, value: str) -> ReceivedIndicator:
    report = IndicatorReport(INDICATORS[0].code, Decimal(value), f"约{value}", "统计局", "", "指标进度", 5)
    return ReceivedIndicator(agency, PERIOD, report, "回表.xlsx", "b" * 64, RECEIVED_AT)


LEDGER = PeriodLedger(
    office=OFFICE,
    period=PERIOD,
    cut_off=CUT_OFF,
    made_at=datetime(2024, 4, 5, 1, 0, tzinfo=UTC),
    plans=PLANS,
    tasks=_STANDINGS,
    indicators=(
        IndicatorStanding(INDICATORS[0], PLANS[0], ("省科技厅",), (_value("省科技厅", "12000"),)),
        IndicatorStanding(INDICATORS[1], PLANS[0], (), ()),
        IndicatorStanding(INDICATORS[2], PLANS[1], ("市科技局", "省统计局"), (_value("省统计局", "1.5"),)),
    ),
    missing=(
        MissingAgency("东湖县人民政府", 1, 0, date(2024, 3, 1), date(2024, 3, 28), "王五", "0715", "d@yc.gov.cn"),
    ),
    issued_agencies=4,
    returned_agencies=3,
    issued_to=("省科技厅", "省财政厅", "省水利厅", "东湖县人民政府"),
    findings=(
        AgencyFinding(
            "省财政厅",
            "2024Q1_省财政厅_责任清单.xlsx",
            Finding.of(
                "review_date_unreadable", Location(sheet="责任清单", cell="Q7"), header="预计完成时间", text="年底"
            ),
        ),
    ),
    unassigned=(Finding.of("task_without_agency", code=T3, title="加强组织领导"),),
)


def without_task(ledger: PeriodLedger, code: str) -> PeriodLedger:
    return replace(ledger, tasks=tuple(standing for standing in ledger.tasks if standing.task.code != code))
