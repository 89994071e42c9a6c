from dataclasses import replace

from planbook.ledger.store import Ledger
from planbook.model.agency import Agency
from planbook.model.findings import Finding, Location
from planbook.model.form import Role
from planbook.model.period import Period
from tests.unit.ledger import builders
from tests.unit.ledger.builders import FINANCE, Q1, Q2, SCIENCE, at

Q3, MARCH, YEAR = Period.parse("2024Q3"), Period.parse("2024-03"), Period.parse("2023")


def test_last_report_before_a_period(ledger: Ledger) -> None:
    first, second = builders.add_plan(ledger, tasks=2)
    code = ledger.plans.indicators()[0].code
    reported = [
        (SCIENCE, YEAR, [first, second]),
        (SCIENCE, Q1, [first]),
        (SCIENCE, Q2, [first]),
        (SCIENCE, Q3, [first]),
        (FINANCE, MARCH, [first]),
    ]
    for agency, period, tasks in reversed(reported):
        form = builders.form(ledger, agency, period, tasks=tasks, indicators=[code] if period == YEAR else [])
        answer = builders.submission(form, file=f"{agency}{period}", progress=str(period))
        ledger.submissions.take_in(builders.run(), [answer])
    before = {(one.agency, one.report.task_code): one.report.progress for one in ledger.reports.tasks_before(Q3)}
    assert before == {
        (SCIENCE, first.code): "2024Q2",
        (SCIENCE, second.code): "2023",
        (FINANCE, first.code): "2024-03",
    }
    assert [one.period for one in ledger.reports.indicators_before(Q3)] == [YEAR]
    assert [str(one.period) for one in ledger.reports.tasks_before(Q1)] == ["2023", "2023", "2024-03"]
    assert ledger.reports.tasks_before(YEAR) == ()


def test_superseded_version_is_not_the_last_report(ledger: Ledger) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger, tasks=1))
    for name, saved_at in (("新", at(7)), ("旧", at(5))):
        answer = builders.submission(form, file=name, progress=name, saved_at=saved_at)
        ledger.submissions.take_in(builders.run(), [answer])
    assert [one.report.progress for one in ledger.reports.tasks_before(Q2)] == ["新"]


def test_findings_are_those_of_the_returns_in_force(ledger: Ledger) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger, tasks=1))
    for day, cells in ((5, ["M5", "N5"]), (7, ["P5", "O5"])):
        findings = [Finding.of("ledger_damaged", Location(sheet="责任清单", cell=cell)) for cell in cells]
        answer = builders.submission(form, file=f"{day}.xlsx", saved_at=at(day), findings=findings)
        ledger.submissions.take_in(builders.run(), [answer])
    found = ledger.reports.findings(Q1)
    assert [(one.agency, one.file_name, one.finding.location.cell) for one in found] == [
        (SCIENCE, "7.xlsx", "P5"),
        (SCIENCE, "7.xlsx", "O5"),
    ]
    assert ledger.reports.findings(Q2) == ()


def test_missing_agencies(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    ledger.agencies.replace(
        builders.run("confirm"), [replace(Agency(FINANCE), contact="李四", phone="027", email="c@b.cn")]
    )
    answered = builders.form(ledger, SCIENCE, tasks=tasks)
    builders.form(ledger, "省教育厅", tasks=tasks[:1], role=Role.SUPPORT)
    builders.form(ledger, FINANCE, tasks=tasks[:1])
    builders.form(ledger, FINANCE, tasks=tasks[:2])
    builders.form(ledger, "省统计局", indicators=[ledger.plans.indicators()[0].code])
    ledger.submissions.take_in(builders.run(), [builders.submission(answered)])
    builders.form(ledger, SCIENCE, tasks=tasks)  # issued anew after it had answered
    missing = [(one.agency, one.tasks, one.lead_tasks, one.email) for one in ledger.reports.missing(Q1)]
    assert missing == [("省教育厅", 1, 0, ""), (FINANCE, 2, 2, "c@b.cn"), ("省统计局", 0, 0, "")]
    assert ledger.reports.missing(Q2) == ()
