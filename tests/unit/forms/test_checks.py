"""Each check with rows that pass and rows that don't; findings as (code, header of the cell)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planbook.forms.checks import CHECKS, CheckContext, run_checks
from planbook.model.findings import Finding
from planbook.model.form import Status
from planbook.model.submission import IndicatorReport, TaskReport
from planbook.sheets.raw import CellValue
from tests.support.tables import EditableBook
from tests.unit.forms.return_samples import (
    FOUR,
    ONE,
    PATENTS,
    SPENDING,
    THREE,
    TODAY,
    TWO,
    filled_book,
    places,
    read,
    report,
    return_form,
)


def _checked(book: EditableBook, **context: object) -> list[tuple[str, str]]:
    return places(run_checks(CheckContext(read(book), TODAY, **context)))  # type: ignore[arg-type]  # by name


def _row(code: str, **cells: CellValue) -> EditableBook:
    """The sample return with some cells of one row typed over; `_` stands for the header's brackets."""
    book = filled_book()
    for header, value in cells.items():
        book.tasks.set(code, {"完成进度": "完成进度(%)"}.get(header, header), value)
    return book


def test_a_return_without_fault_passes() -> None:
    assert _checked(filled_book()) == []


def test_every_check_says_why() -> None:
    for check in CHECKS:
        module = __import__(check.__module__, fromlist=["x"])
        assert "WHY:" in (module.__doc__ or ""), check.__module__


@pytest.mark.parametrize("header", ["进展状态", "完成进度(%)", "本期进展情况", "填报人", "联系电话", "填报日期"])
def test_required_cells_left_empty_are_named(header: str) -> None:
    book = filled_book()
    book.tasks.set(TWO, header, None)
    assert _checked(book) == [("required_missing", book.tasks.address(TWO, header))]
    book.tasks.set(TWO, header, "/")
    assert _checked(book) == [("required_declined", book.tasks.address(TWO, header))]


def test_a_required_cell_that_was_asked_about_is_not_called_empty() -> None:
    assert _checked(_row(TWO, 完成进度="过半")) == []


def test_a_required_column_that_is_gone_is_not_named_in_every_row() -> None:
    book = filled_book()
    book.tasks.delete_column("填报日期")
    assert _checked(book) == []


def test_an_indicator_without_value_is_named() -> None:
    book = filled_book()
    book.indicators.set(PATENTS, "本期完成值", None)
    assert _checked(book) == [("required_missing", book.indicators.address(PATENTS, "本期完成值"))]


@pytest.mark.parametrize(
    ("status", "percent", "code"),
    [
        ("已完成", 100.0, None),
        ("已完成", 60.0, "done_below_100"),
        ("达到序时", 100.0, "full_but_not_done"),
        ("未启动", 5.0, "not_started_with_progress"),
        ("未启动", 0.0, None),
        ("达到序时", 60.0, None),
    ],
)
def test_status_and_percentage_agree(status: str, percent: float, code: str | None) -> None:
    book = _row(THREE, 进展状态=status, 完成进度=percent)
    assert _checked(book) == ([(code, book.tasks.address(THREE, "完成进度(%)"))] if code else [])


def test_progress_must_not_fall() -> None:
    book = filled_book()
    last = report(read(book), TWO)
    higher = {TWO: replace(last, completion_percent=Decimal(35), progress="")}
    assert _checked(book, previous=higher) == [("progress_fell", book.tasks.address(TWO, "完成进度(%)"))]
    done = {TWO: replace(last, completion_percent=None, status=Status.DONE, progress="")}
    assert _checked(book, previous=done) == [("no_longer_done", book.tasks.address(TWO, "进展状态"))]
    same = {TWO: replace(last, progress="", completion_percent=Decimal(20))}
    assert _checked(book, previous=same) == []


def test_percentages_that_fit_other_rows_better_are_named() -> None:
    book = filled_book()  # 50, 20, 40, 100
    reports = {one.task_code: replace(one, progress="", status=None) for one in read(book).task_reports}

    def last(*percents: int) -> dict[str, TaskReport]:
        pairs = zip((ONE, TWO, THREE, FOUR), percents, strict=True)
        return {code: replace(reports[code], completion_percent=Decimal(percent)) for code, percent in pairs}

    address = book.tasks.address(TWO, "完成进度(%)")
    found = _checked(book, previous=last(20, 35, 90, 45))
    assert [place for code, place in found if code == "answers_seem_moved"] == []  # two rows that fell
    book.tasks.set(FOUR, "完成进度(%)", 30.0)
    book.tasks.set(ONE, "完成进度(%)", 95.0)  # 95, 20, 40, 30
    found = _checked(book, previous=last(15, 28, 90, 38))
    assert [place for code, place in found if code == "answers_seem_moved"] == [address]
    found = _checked(book, previous=last(15, 28, 96, 38))  # no order makes that one right
    assert "answers_seem_moved" not in [code for code, _ in found]


def test_percentages_that_deny_each_others_statuses_are_named() -> None:
    book = _row(ONE, 进展状态="已完成", 完成进度=40.0)
    assert "answers_seem_moved" not in [code for code, _ in _checked(book)]
    book.tasks.set(THREE, "完成进度(%)", 100.0)
    address = book.tasks.address(ONE, "完成进度(%)")
    assert [place for code, place in _checked(book) if code == "answers_seem_moved"] == [address]


@pytest.mark.parametrize(
    ("last", "now", "code"),
    [
        ("完成选址。", "完成 选址", "progress_copied"),
        ("一期主体施工完成六成，设备招标完成。", "一期主体施工完成七成，设备招标完成。", "progress_nearly_copied"),
        ("完成选址。", "完成主体结构封顶。", None),
        ("", "完成主体结构封顶。", None),
    ],
)
def test_text_is_not_last_periods(last: str, now: str, code: str | None) -> None:
    form = return_form()
    form = replace(form, tasks=(replace(form.tasks[0], previous_progress=last), *form.tasks[1:]))
    book = filled_book(form)
    book.tasks.set(ONE, "本期进展情况", now)
    findings = run_checks(CheckContext(read(book, form), TODAY))
    address = book.tasks.address(ONE, "本期进展情况")
    assert places(findings) == ([(code, address)] if code else [])


def test_a_task_that_stays_done_may_keep_its_text() -> None:
    book = filled_book()
    assert _checked(book, previous={FOUR: report(read(book), FOUR)}) == []


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("正常推进", True),
        ("正在按序时进度有序推进中。", True),
        ("各项工作进展顺利", True),
        ("已完成", True),
        ("暂无进展", True),
        ("推进情况见附件", True),
        ("详见附件1", True),
        ("具体情况见附件2：《项目进展情况表》", True),
        ("另附。", True),
        ("见佐证材料", True),
        ("与上季度相同，无变化。", True),
        ("完成可研报告编制，详见附件1", False),
        ("征求意见稿已印发", False),
        ("签约项目3个（清单见附件）", False),
        ("正常推进，已签约3家企业", False),
        ("完成选址", False),
        ("项目主体完工", False),
    ],
)
def test_progress_says_something(text: str, is_empty: bool) -> None:
    book = _row(TWO, 本期进展情况=text)
    address = book.tasks.address(TWO, "本期进展情况")
    assert _checked(book) == ([("progress_says_nothing", address)] if is_empty else [])


def test_texts_keep_to_their_length() -> None:
    book = _row(TWO, 本期进展情况="推进项目建设" * 400)
    assert _checked(book) == [("answer_too_long", book.tasks.address(TWO, "本期进展情况"))]
    book = _row(TWO, 存在问题="资金" * 16_384)
    assert _checked(book) == [("text_cut_off", book.tasks.address(TWO, "存在问题"))]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 1, 1), None),
        (date(2023, 12, 31), "reported_before_period"),
        (date(2024, 4, 9), None),
        (date(2024, 4, 10), "reported_in_future"),
    ],
)
def test_the_day_of_reporting_is_possible(day: date, code: str | None) -> None:
    book = _row(TWO, 填报日期=day)
    assert _checked(book) == ([(code, book.tasks.address(TWO, "填报日期"))] if code else [])


@pytest.mark.parametrize(
    ("task", "expected", "code"),
    [
        (TWO, date(2024, 6, 30), None),
        (TWO, date(2024, 3, 1), "expected_day_passed"),
        (TWO, date(2024, 9, 30), "expected_after_deadline"),
        (FOUR, date(2024, 3, 1), None),  # done
    ],
)
def test_the_expected_day_makes_sense(task: str, expected: date, code: str | None) -> None:
    book = _row(task, 预计完成时间=expected)
    assert _checked(book) == ([(code, book.tasks.address(task, "预计完成时间"))] if code else [])


@pytest.mark.parametrize(
    ("task", "cells", "code"),
    [
        (TWO, {"申请延期至": date(2024, 12, 31), "存在问题": "用地未批"}, None),
        (TWO, {"申请延期至": date(2024, 12, 31), "备注": "经省政府同意"}, None),
        (TWO, {"申请延期至": date(2024, 12, 31), "存在问题": "无"}, "extension_without_reason"),
        (TWO, {"申请延期至": date(2024, 6, 30), "存在问题": "用地未批"}, "extension_not_later"),
        (THREE, {"申请延期至": date(2024, 4, 2), "存在问题": "用地未批"}, "extension_day_passed"),
        (THREE, {"申请延期至": date(2024, 4, 3), "存在问题": "用地未批"}, None),
        (FOUR, {"申请延期至": date(2026, 6, 30), "存在问题": "用地未批"}, "extension_of_done_task"),
    ],
)
def test_an_extension_can_be_granted(task: str, cells: dict[str, CellValue], code: str | None) -> None:
    book = _row(task, **cells)
    assert _checked(book) == ([(code, book.tasks.address(task, "申请延期至"))] if code else [])


@pytest.mark.parametrize(
    ("name", "is_name"), [("张三", True), ("古丽·阿依", True), ("13812345678", False), ("？", False)]
)
def test_the_reporter_is_a_name(name: str, is_name: bool) -> None:
    book = _row(TWO, 填报人=name)
    assert _checked(book) == ([] if is_name else [("reporter_implausible", book.tasks.address(TWO, "填报人"))])


@pytest.mark.parametrize(
    ("pairs", "is_mixed"),
    [
        ("甲1 甲1 乙2 乙2", False),
        ("甲1 乙1 丙1 甲2", False),  # one number shared, and one more
        ("甲1 甲2 乙1 乙2", True),
        ("甲1 乙2 丙3 丁4", False),
    ],
)
def test_names_and_numbers_belong_together(pairs: str, is_mixed: bool) -> None:
    book = filled_book()
    for code, pair in zip((ONE, TWO, THREE, FOUR), pairs.split(), strict=True):
        book.tasks.set(code, "填报人", f"张{pair[0]}")
        book.tasks.set(code, "联系电话", f"1380000000{pair[1]}")
    address = book.tasks.address(ONE, "联系电话")
    assert _checked(book) == ([("reporters_mixed", address)] if is_mixed else [])


def test_a_done_task_has_reached_its_target() -> None:
    book = _row(ONE, 进展状态="已完成", 完成进度=100.0)
    assert _checked(book) == [("done_below_target", book.indicators.address(SPENDING, "本期完成值"))]
    book.indicators.set(SPENDING, "本期完成值", 2.9)
    assert _checked(book) == []


@pytest.mark.parametrize(
    ("target", "value", "is_short"),
    [
        ("≥2.9", 2.8, True),
        ("3—5", 2.0, True),
        ("3—5", 3.0, False),
        ("≤2.9", 2.0, False),
        ("约3", 2.0, False),
        ("翻一番", 2.0, False),
    ],
)
def test_targets_are_read_as_they_are_printed(target: str, value: float, is_short: bool) -> None:
    form = return_form()
    form = replace(form, indicators=(replace(form.indicators[0], target=target), form.indicators[1]))
    book = filled_book(form)
    book.tasks.set(ONE, "进展状态", "已完成")
    book.tasks.set(ONE, "完成进度(%)", 100.0)
    book.indicators.set(SPENDING, "本期完成值", value)
    codes = [finding.code for finding in run_checks(CheckContext(read(book, form), TODAY))]
    assert codes == (["done_below_target"] if is_short else [])


@pytest.mark.parametrize(
    ("value", "last", "is_out"),
    [(1250.0, None, False), (12.0, None, False), (1250000.0, None, True), (0.5, None, True), (0.5, "0.4", False)],
)
def test_a_value_of_another_order_is_named(value: float, last: str | None, is_out: bool) -> None:
    book = filled_book()
    book.indicators.set(PATENTS, "本期完成值", value)
    previous = {PATENTS: IndicatorReport(PATENTS, Decimal(last), last, "", "", "指标进度", 7)} if last else {}
    address = book.indicators.address(PATENTS, "本期完成值")
    expected = [("indicator_out_of_proportion", address)] if is_out else []
    assert _checked(book, previous_indicators=previous) == expected


def test_a_check_that_fails_costs_no_other_its_findings() -> None:
    def stumbling(context: CheckContext) -> Iterator[Finding]:
        yield Finding.of("answer_too_long")
        raise ValueError

    context = CheckContext(read(_row(TWO, 填报人=None)), TODAY)
    findings = run_checks(context, [stumbling, *CHECKS])
    assert [finding.code for finding in findings] == ["answer_too_long", "check_failed", "required_missing"]
