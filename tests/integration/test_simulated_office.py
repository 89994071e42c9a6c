"""The ledger of a simulated office, recomputed with pandas from the exported rows: every count and every light."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

import chinese_calendar
import pandas as pd
import pytest
from docx import Document

from planbook.actions.opening import opened_ledger
from planbook.actions.period_ledger import build_period_ledger
from planbook.model.ledger import PeriodLedger
from planbook.model.period import Period
from planbook.samples import sample_plan
from planbook.workspace.folder import open_workspace
from tests.integration.conftest import PLAN_SETS, REAL_PLANS
from tests.integration.simulated_office import CITIES, PERIODS, SimulatedOffice, simulate

pytestmark = pytest.mark.timeout(900)  # three periods of some seventy agencies, on a machine that others use as well
_WORST: Final = ("red", "yellow", "grey", "blue", "green", "white")
_TODAY: Final = date(2024, 10, 31)
_LABELS: Final = {"red": "红灯", "yellow": "黄灯", "grey": "灰灯", "blue": "蓝灯", "green": "绿灯", "white": "白灯"}


@pytest.fixture(scope="module", params=PLAN_SETS)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SimulatedOffice:
    folder = tmp_path_factory.mktemp("simulated")
    plans = [sample_plan(folder), *(REAL_PLANS if request.param == "real" else [])]
    return simulate(folder / "台账", plans)


@pytest.fixture(scope="module")
def ledgers(office: SimulatedOffice) -> dict[str, PeriodLedger]:
    workspace = open_workspace(office.root)
    now = datetime(2024, 10, 31, tzinfo=UTC)
    with opened_ledger(workspace) as ledger:
        return {
            period: build_period_ledger(ledger, workspace.settings, Period.parse(period), now=now, today=_TODAY)
            for period in PERIODS
        }


@pytest.fixture(scope="module")
def rows(office: SimulatedOffice) -> pd.DataFrame:
    """What `export --json` says, and nothing else."""
    return pd.DataFrame(office.press("export", _TODAY).json["reports"])


def worked(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def days_after(due: date, day: date) -> int:
    """Working days from `due`, rolled to the next one, to `day`; counted one by one."""
    rolled = next(one.date() for one in pd.date_range(due, periods=30) if worked(one.date()))
    return sum(worked(one.date()) for one in pd.date_range(rolled, day)[1:]) if day > rolled else 0


def deadlines(office: SimulatedOffice) -> dict[str, date | None]:
    return {code: row["deadline"] for (period, _, code), row in office.issued.items() if period == "2024Q1"}


def effective(office: SimulatedOffice, code: str, period: str) -> date | None:
    since, later = office.extended.get(code, ("9999", None))
    return later if period >= since else deadlines(office)[code]


def settled(office: SimulatedOffice, code: str, period: str) -> str | None:
    if period >= office.closed.get(code, "9999"):
        return "green"
    return "white" if period >= office.suspended.get(code, "9999") else None


def own_light(office: SimulatedOffice, row: pd.Series) -> str:
    """The standard table by hand: what the office settled, a claim, overdue, points behind, sent back, near due."""
    code, period = str(row["task"]), str(row["period"])
    if light := settled(office, code, period):
        return light
    is_returned = office.returned.get(code) == period and row["role"] == "牵头"
    percent = None if pd.isna(row["completion_percent"]) else Decimal(str(row["completion_percent"]))
    if row["status"] == "已完成" and percent in (None, Decimal(100)) and not is_returned:
        return "green"
    plan = office.plans[int(code[1 : code.index("-")])]
    due, cut_off = effective(office, code, period), PERIODS[period]
    if due and days_after(due, cut_off):
        return "red"
    until, behind = due or plan.period_end, None
    if plan.period_start and until and percent is not None:
        share = Decimal((cut_off - plan.period_start).days + 1) * 100 / Decimal((until - plan.period_start).days + 1)
        expected = min(max(share, Decimal(0)), Decimal(100)) if cut_off < until else Decimal(100)
        behind = expected.quantize(Decimal("0.1"), ROUND_HALF_EVEN) - percent
        if behind >= 10:
            return "red" if behind >= 30 else "yellow"
    if is_returned or (behind is None and row["status"] in ("未启动", "滞后序时")):
        return "yellow"
    return "blue" if due and 0 <= _left(due, cut_off) <= 15 else "green"


def _left(due: date, cut_off: date) -> int:
    rolled = next(one.date() for one in pd.date_range(due, periods=30) if worked(one.date()))
    return sum(worked(one.date()) for one in pd.date_range(cut_off, rolled)[1:])


def task_lights(office: SimulatedOffice, rows: pd.DataFrame, period: str) -> dict[str, str]:
    """Each task's light: the worst of its leads', grey where one is silent; of all its agencies where none leads."""
    asked = pd.DataFrame(
        [
            {"agency": agency, "task": code, "role": row["role"]}
            for (one, agency, code), row in office.issued.items()
            if one == period
        ]
    )
    reported = rows[rows["period"] == period].set_index(["agency", "task"])["own"].to_dict()
    asked["light"] = [
        reported.get((agency, task), "grey") for agency, task in zip(asked["agency"], asked["task"], strict=True)
    ]
    has_lead = asked.groupby("task")["role"].transform(lambda roles: (roles == "牵头").any())
    counted = asked[(asked["role"] == "牵头") | ~has_lead]
    lights = counted.groupby("task")["light"].agg(lambda group: min(group, key=_WORST.index)).to_dict()
    everything = deadlines(office)
    return {code: settled(office, code, period) or lights.get(code, "grey") for code in everything}


@pytest.fixture(scope="module")
def judged(office: SimulatedOffice, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(own=[own_light(office, row) for _, row in rows.iterrows()])


def test_the_simulation_has_everything(office: SimulatedOffice) -> None:
    agencies = {agency for _, agency, _ in office.issued}
    assert len(agencies) >= 40
    assert office.groups
    assert set(CITIES) <= agencies  # each group's members were asked, the group itself was not
    assert not agencies & set(office.groups)
    assert len(office.closed) == len(office.suspended) == len(office.returned) == 3
    assert office.moved
    assert office.extended
    assert all(office.silent(period) for period in PERIODS)
    assert {len(days) for days in office.answered.values()} == {1, 2}
    for code, (giver, receiver, since) in office.moved.items():
        assert (since, receiver, code) in office.issued
        assert (since, giver, code) not in office.issued
    for code, period in (*office.closed.items(), *office.suspended.items()):
        assert not [one for one, _, task in office.issued if task == code and one > period]


def test_every_return_is_in_force_once(office: SimulatedOffice, rows: pd.DataFrame) -> None:
    expected = Counter((period, agency) for period, agency, _ in office.issued if (period, agency) in office.answered)
    assert Counter(zip(rows["period"], rows["agency"], strict=True)) == expected
    last = {key: max(days).isoformat() for key, days in office.answered.items()}
    assert all(
        last[period, agency] == day
        for period, agency, day in zip(rows["period"], rows["agency"], rows["reported_on"], strict=True)
    )


def test_every_light_of_a_report(judged: pd.DataFrame) -> None:
    wrong = judged[judged["light"] != judged["own"]]
    assert wrong.empty, wrong[
        ["period", "agency", "task", "status", "completion_percent", "light_ground", "own"]
    ].head()
    assert set(judged["own"]) == {"red", "yellow", "blue", "green", "white"} or "blue" not in set(judged["own"])


def test_every_light_of_a_task(office: SimulatedOffice, ledgers: dict[str, PeriodLedger], judged: pd.DataFrame) -> None:
    for period, ledger in ledgers.items():
        known = task_lights(office, judged, period)
        shown = {one.task.code: one.light.light.value for one in ledger.tasks}
        assert {code: shown[code] for code in known} == known
        assert {shown[code] for code in shown.keys() - known.keys()} <= {"grey"}
        counted = Counter(shown.values())
        assert {light.value: count for light, count in ledger.history[-1].lights if count} == counted
        assert sum(counted.values()) == len(ledger.tasks)


def test_every_count(office: SimulatedOffice, ledgers: dict[str, PeriodLedger], rows: pd.DataFrame) -> None:
    for period, ledger in ledgers.items():
        asked = {agency for one, agency, _ in office.issued if one == period}
        assert ledger.issued_agencies == len(asked)
        assert {one.agency for one in ledger.missing} == office.silent(period)
        assert ledger.returned_agencies == rows[rows["period"] == period]["agency"].nunique()
        assert ledger.history[-1].closed == sum(since <= period for since in office.closed.values())
        states = Counter(one.closure.state.value for one in ledger.tasks)
        assert states["已销号"] == sum(since <= period for since in office.closed.values())
        assert states["暂缓"] == sum(since <= period for since in office.suspended.values())
        extensions = {one.task.code: one.deadline.extensions for one in ledger.tasks if one.deadline.extensions}
        assert extensions == {code: 1 for code, (since, _) in office.extended.items() if since <= period}
        for one in ledger.tasks:
            if one.task.code in deadlines(office):
                assert one.deadline.effective == effective(office, one.task.code, period)
        leads = rows[(rows["period"] == period) & (rows["role"] == "牵头")]
        means = leads.groupby("task")["completion_percent"].mean().dropna().round(6).to_dict()
        shown = {one.task.code: one.completion_percent for one in ledger.tasks if one.completion_percent is not None}
        led = {code: mean for code, mean in means.items() if code in shown}
        assert led.keys() == means.keys()
        assert all(abs(float(shown[code]) - mean) <= 0.05 + 1e-9 for code, mean in led.items())


def test_silence_is_counted_over_the_periods(office: SimulatedOffice, ledgers: dict[str, PeriodLedger]) -> None:
    asked = {(period, agency) for period, agency, _ in office.issued}
    for place, period in enumerate(PERIODS):
        for one in ledgers[period].missing:
            row = 0
            for earlier in reversed(list(PERIODS)[: place + 1]):
                if (earlier, one.agency) in office.answered:
                    break
                row += (earlier, one.agency) in asked
            assert one.silent_periods == row
    assert {one.agency: one.silent_periods for one in ledgers["2024Q3"].missing}[office.mute] == 3


def test_every_score(office: SimulatedOffice, ledgers: dict[str, PeriodLedger], judged: pd.DataFrame) -> None:
    for period, ledger in ledgers.items():
        table = pd.DataFrame(
            [
                {
                    "agency": one.agency,
                    "category": one.category,
                    "total": float(one.score.total),
                    "rank": one.score.rank,
                }
                for one in ledger.agencies
                if one.score
            ]
        )
        ranked = table.groupby("category")["total"].rank(method="min", ascending=False).astype(int)
        assert list(table["rank"]) == list(ranked)
        due = pd.Timestamp(PERIODS[period]).date() + pd.Timedelta(days=10)
        for one in ledger.agencies:
            if one.score is None:
                continue
            items = {item.name: item.points for item in one.score.items}
            assert sum(items.values()) == one.score.total
            days = office.answered.get((period, one.agency), [])
            assert one.versions == len(days)
            late = days_after(due, min(days)) if days else 0
            assert items["报送及时"] == (max(30 - 3 * late, 0) if days else 0), (one.agency, period)
            own = judged[(judged["period"] == period) & (judged["agency"] == one.agency)]
            assert (items["填报完整"] > 0) == (not own.empty)
            assert all(item.ground for item in one.score.items)


def test_the_period_before_stands_beside(ledgers: dict[str, PeriodLedger]) -> None:
    for before, period in (("2024Q1", "2024Q2"), ("2024Q2", "2024Q3")):
        past = {one.task.code: (one.light, one.completion_percent) for one in ledgers[before].tasks}
        for one in ledgers[period].tasks:
            assert one.previous is not None
            assert (one.previous.light, one.previous.completion_percent) == past[one.task.code]
        assert ledgers[period].history[-2] == ledgers[before].history[-1] == ledgers[period].previous


def test_the_bulletin_says_what_the_recomputation_says(office: SimulatedOffice, judged: pd.DataFrame) -> None:
    before: dict[str, set[str]] = {}
    for place, period in enumerate(PERIODS):
        result: Any = office.press("bulletin", _TODAY, period=period).json
        counts = {one["name"]: set(one["of"]) for one in result["counts"]}
        assert all(one["count"] == len(one["of"]) for one in result["counts"])
        known = task_lights(office, judged, period)
        everything = counts["任务总数"]
        lights = known | dict.fromkeys(everything - known.keys(), "grey")
        asked = {agency for one, agency, _ in office.issued if one == period}
        expected = {label: {code for code, one in lights.items() if one == light} for light, label in _LABELS.items()}
        expected |= {"应报单位": asked, "未报单位": office.silent(period), "已报单位": asked - office.silent(period)}
        expected["已销号"] = {code for code, since in office.closed.items() if since <= period}
        assert {name: counts[name] for name in expected} == expected
        expected["任务总数"] = everything
        if place:
            past = Period.parse(list(PERIODS)[place - 1]).label
            names = ("应报单位", "已报单位", "已销号", *_LABELS.values())
            assert {name: counts[f"上期（{past}）：{name}"] for name in names} == {name: before[name] for name in names}
        before = expected
        rows = judged[(judged["period"] == period) & (judged["role"] == "牵头")]
        for agency in asked:
            own = rows[rows["agency"] == agency]
            assert counts[f"{agency}：已报任务"] == set(own["task"])
            done = set(own[own["status"] == "已完成"]["task"])
            done |= {code for code in counts[f"{agency}：牵头任务"] if code in expected["已销号"]}
            assert counts[f"{agency}：报告完成"] == done
            led = counts[f"{agency}：牵头任务"]
            assert counts[f"{agency}：红灯"] == led & expected["红灯"]
            assert counts[f"{agency}：黄灯"] == led & expected["黄灯"]
        text = "\n".join(one.text for one in Document(result["bulletin"]).paragraphs)
        assert f"应报单位{len(asked)}个，已报{len(expected['已报单位'])}个，未报{len(expected['未报单位'])}个" in text
        assert f"重点任务共{len(everything)}项" in text
        for name in ("红灯", "黄灯", "绿灯"):
            assert f"{name}{len(expected[name])}项" in text
