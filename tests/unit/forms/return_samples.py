"""A form with four tasks and two indicators, and short ways to read its return."""

from collections.abc import Iterable
from datetime import date

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.layout import FormLayout
from planbook.forms.reader import read_return
from planbook.forms.return_reading import ReturnReading
from planbook.forms.tables import survey
from planbook.model.catalogue import CATALOGUE
from planbook.model.findings import Finding
from planbook.model.form import Form, FormIndicator, FormTask, Role
from planbook.model.period import Period
from planbook.model.submission import TaskReport
from tests.support.tables import EditableBook, issued_book

TODAY = date(2024, 4, 9)
ONE, TWO, THREE, FOUR = CODES = ("P1-001V", "P1-002G", "P1-003S", "P1-004D")
SPENDING, PATENTS = "I1-001F", "I1-002R"
STRANGER = "P2-001C"

_TASKS = (
    (ONE, "建设岳麓山实验室", "完成一期工程并投入使用。", Role.LEAD, date(2024, 12, 31), "完成选址。"),
    (TWO, "实施关键技术攻关", "每年实施攻关项目30项以上。", Role.LEAD, date(2024, 6, 30), ""),
    (THREE, "培育科技型企业", "新增高新技术企业1000家。", Role.SUPPORT, None, ""),
    (FOUR, "落实研发投入奖补", "按年度兑现奖补资金。", Role.SUPPORT, date(2025, 12, 31), "资金已下达。"),
)

FILLED = f"""
任务编号 | 进展状态 | 完成进度(%) | 本期进展情况 | 填报人 | 联系电话 | 填报日期
{ONE} | 达到序时 | 50 | 一期主体结构封顶，设备采购完成招标。 | 张三 | '0731-88888888 | 2024-04-02
{TWO} | 滞后序时 | 20 | 立项12项，其中8项签订合同。 | 张三 | '0731-88888888 | 2024-04-02
{THREE} | 超序时 | 40 | 新认定高新技术企业410家。 | 李四 | '13812345678 | 2024-04-03
{FOUR} | 已完成 | 100 | 奖补资金1.2亿元全部拨付到企业。 | 李四 | '13812345678 | 2024-04-03
"""

FILLED_INDICATORS = f"""
指标编号 | 本期完成值 | 数据来源
{SPENDING} | 2.7 | 省统计局快报
{PATENTS} | 1250 | 省知识产权局
"""


def return_form(**changes: object) -> Form:
    tasks = tuple(
        FormTask(
            code,
            "湘江省科技创新行动计划",
            "二、重点任务",
            title,
            body,
            role,
            ("省科技厅",),
            ("省财政厅",),
            deadline,
            previous,
        )
        for code, title, body, role, deadline, previous in _TASKS
    )
    indicators = (
        FormIndicator(SPENDING, ONE, "研发经费投入强度", "≥2.9", "%", "2025", "2.6"),
        FormIndicator(PATENTS, TWO, "技术合同成交额", "≥5000", "亿元", "2025", ""),
    )
    facts: dict[str, object] = {
        "form_id": "b64f0c9e7a1d4e52",
        "workspace_id": "3f2a9c1d5b7e4860",
        "agency": "省科技厅",
        "period": Period.parse("2024Q1"),
        "version": 1,
        "issued_on": date(2024, 3, 20),
        "due_on": date(2024, 4, 10),
        "office": "湘江省人民政府办公厅",
        "contact": "李明 0731-88880000",
        "tasks": tasks,
        "indicators": indicators,
    }
    return Form(**(facts | changes))  # type: ignore[arg-type]  # facts are Form's own, by name


def filled_book(form: Form | None = None) -> EditableBook:
    """The sample form, filled in without fault."""
    book = issued_book(form or return_form())
    book.tasks.fill(FILLED)
    book.indicators.fill(FILLED_INDICATORS)
    return book


def read(
    book: EditableBook, form: Form | None = None, layout: FormLayout = DEFAULT_LAYOUT, **options: object
) -> ReturnReading:
    return read_return(survey(book.raw(), layout), form or return_form(), today=TODAY, **options)  # type: ignore[arg-type]


def report(reading: ReturnReading, code: str) -> TaskReport:
    return next(found for found in reading.task_reports if found.task_code == code)


def found(reading: ReturnReading) -> list[tuple[str, str]]:
    """Findings as (code, place)."""
    return places(reading.findings)


def places(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Findings as (code, place), once it is certain that each can be said in full."""
    listed = list(findings)
    for finding in listed:
        missing = CATALOGUE[finding.code].placeholders() - dict(finding.values).keys()
        assert not missing, (finding.code, missing)
    return [(finding.code, str(finding.location)) for finding in listed]
