from datetime import date, datetime, time
from decimal import Decimal

import pytest

from planbook.model.plan import LeadBasis, Operator
from planbook.outputs.review_reader import read_review
from planbook.sheets.raw import RawSheet, RawWorkbook, Visibility
from tests.unit.outputs.sample_review import I1, I2, T1, T2, T3, T4, codes, plain_table, reading_of
from tests.unit.outputs.workbooks import Clerk, edited

TASKS, INDICATORS, AGENCIES = "任务分解", "指标", "单位"


@pytest.mark.parametrize(
    ("sheet", "key", "header", "typed", "code"),
    [
        (TASKS, T1, "任务编号", "P1-001A", "review_code_invalid"),
        (TASKS, T1, "任务编号", I1, "review_code_invalid"),
        (TASKS, T1, "任务编号", T2, "review_code_twice"),
        (TASKS, T1, "任务名称", None, "review_title_empty"),
        (TASKS, T1, "完成时限", "大部分", "review_date_unreadable"),
        (TASKS, T1, "完成时限", "2024-02-30", "review_date_unreadable"),
        (TASKS, T1, "完成时限", "2024年", "review_date_unreadable"),
        (TASKS, T1, "处理", "不要了", "review_choice_unknown"),
        (TASKS, T1, "类别", "重点", "review_choice_unknown"),
        (TASKS, T1, "牵头依据", "猜的", "review_choice_unknown"),
        (TASKS, T1, "配合单位", "省财政厅、省科学技术厅", "review_lead_also_supporting"),
        (TASKS, T1, "备注", "#REF!", "review_cell_error"),
        (TASKS, T1, "备注", "=A1", "review_formula_without_value"),
        (INDICATORS, I1, "目标值", "约1.5万", "review_number_unreadable"),
        (INDICATORS, I1, "目标值", None, "review_target_empty"),
        (INDICATORS, I2, "上限", 2.5, "review_range_reversed"),
        (INDICATORS, I1, "比较", "差不多", "review_choice_unknown"),
        (INDICATORS, I1, "时限", "明年", "review_date_unreadable"),
        (INDICATORS, I1, "指标名称", None, "review_title_empty"),
        (AGENCIES, "省财政厅", "邮箱", "czt＠yc", "review_mailbox_invalid"),
        (AGENCIES, "省财政厅", "邮箱", "a@yc.gov.cn;b@yc.gov.cn", "review_mailbox_invalid"),
        (AGENCIES, "省财政厅", "邮箱", "KJT@yc.gov.cn", "review_mailbox_shared"),
        (AGENCIES, "省财政厅", "名称", "省科学技术厅", "review_agency_twice"),
        (AGENCIES, "省财政厅", "名称", "省科技厅、省统计局", "review_several_agencies"),
        (AGENCIES, "省财政厅", "简称/别名", "省统计局", "review_alias_taken"),
        (AGENCIES, "省财政厅", "简称/别名", "省科学技术厅", "review_alias_taken"),
        (AGENCIES, "省财政厅", "单位组", "省直单位", "review_group_unlisted"),
        (AGENCIES, "省财政厅", "单位组", "省统计局", "review_group_is_agency"),
        (AGENCIES, "各县（市、区）人民政府", "单位组", "各县(市、区)人民政府", "review_group_in_itself"),
        (AGENCIES, "省财政厅", "是否单位组", "也许", "review_choice_unknown"),
    ],
)
def test_nonsense_is_named_with_its_cell(sheet: str, key: str, header: str, typed: object, code: str) -> None:
    places: list[str] = []
    content = edited(plain_table(), lambda clerk: places.append(clerk.put(sheet, key, header, typed)))
    found = [(finding.code, finding.location.sheet) for finding in reading_of(content).findings]
    assert (code, sheet) in found
    cells = [finding.location.cell for finding in reading_of(content).findings if finding.code == code]
    # A code or name that stands twice is reported where it comes second.
    assert cells == places or code.endswith("_twice") or code == "review_alias_taken"


def test_repeated_code_is_reported_at_its_second_place() -> None:
    content = edited(plain_table(), lambda clerk: clerk.put(TASKS, T2, "任务编号", f" {T1.lower()} "))
    (finding,) = [one for one in reading_of(content).findings if one.code == "review_code_twice"]
    assert (finding.location.cell, dict(finding.values)["first"]) == ("A5", "A4")


def test_group_cycle_through_another_group_is_found() -> None:
    def change(clerk: Clerk) -> None:
        clerk.add(AGENCIES, 名称="各市", 是否单位组="是", 单位组="各县（市、区）人民政府")
        clerk.put(AGENCIES, "各县（市、区）人民政府", "单位组", "各市")

    assert codes(reading_of(edited(plain_table(), change))).count("review_group_in_itself") == 2


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("省财政厅、 省统计局", ("省财政厅", "省统计局")),
        ("省财政厅；省统计局;省审计厅", ("省财政厅", "省统计局", "省审计厅")),
        ("省财政厅，省统计局,省审计厅\n省 水利厅", ("省财政厅", "省统计局", "省审计厅", "省水利厅")),
        ("各县（市、区）人民政府、省财政厅、省财政厅、", ("各县（市、区）人民政府", "省财政厅")),
        ("省财政厅（未闭合、省统计局", ("省财政厅（未闭合", "省统计局")),
    ],
)
def test_lists_of_agencies(typed: str, names: tuple[str, ...]) -> None:
    reading = reading_of(edited(plain_table(), lambda clerk: clerk.put(TASKS, T2, "配合单位", typed)))
    assert reading.tasks[1].supports == names


def test_agency_whose_name_holds_a_separator_stays_whole() -> None:
    def change(clerk: Clerk) -> None:
        clerk.add(AGENCIES, 名称="省委宣传部、省文明办")
        clerk.put(TASKS, T2, "配合单位", "省财政厅、省委宣传部、省文明办、省统计局")

    reading = reading_of(edited(plain_table(), change))
    assert reading.tasks[1].supports == ("省财政厅", "省委宣传部、省文明办", "省统计局")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (datetime.combine(date(2024, 6, 30), time()), date(2024, 6, 30)),
        (date(2024, 6, 30), date(2024, 6, 30)),
        ("2024-6-30", date(2024, 6, 30)),
        ("2024.06.30", date(2024, 6, 30)),
        ("２０２４年６月３０日前", date(2024, 6, 30)),
        ("2024年6月底前", date(2024, 6, 30)),
        ("2024年2月", date(2024, 2, 29)),
        ("2024年底前", date(2024, 12, 31)),
        (20240630, date(2024, 6, 30)),
        (None, None),
    ],
)
def test_dates_as_people_write_them(typed: object, day: date | None) -> None:
    reading = reading_of(edited(plain_table(), lambda clerk: clerk.put(TASKS, T1, "完成时限", typed)))
    assert (reading.tasks[0].deadline, reading.findings) == (day, ())


def test_a_number_that_lost_its_date_format_is_no_date() -> None:
    def change(clerk: Clerk) -> None:
        clerk.put(TASKS, T1, "完成时限", 45657)
        sheet = clerk.sheet(TASKS)
        sheet.cell(clerk.row(TASKS, T1), clerk.column(TASKS, "完成时限")).number_format = "General"

    assert codes(reading_of(edited(plain_table(), change))) == ["review_date_unreadable"]


@pytest.mark.parametrize(
    ("header", "typed", "field", "value"),
    [
        ("目标值", "１,５００", "value", Decimal(1500)),
        ("目标值", 0.1, "value", Decimal("0.1")),
        ("比较", "≥", "operator", Operator.AT_LEAST),
        ("比较", "突破", "operator", Operator.MORE_THAN),
        ("时限", 2025, "by", "2025"),
        ("时限", "2025年底", "by", "2025"),
        ("时限", date(2025, 6, 30), "by", "2025-06-30"),
        ("任务编号", T1.lower(), "task_code", T1),
    ],
)
def test_indicator_values_as_people_write_them(header: str, typed: object, field: str, value: object) -> None:
    reading = reading_of(edited(plain_table(), lambda clerk: clerk.put(INDICATORS, I1, header, typed)))
    assert (getattr(reading.indicators[0], field), reading.findings) == (value, ())


def test_a_target_typed_as_percent_is_a_number_of_percent() -> None:
    def percent(key: str) -> bytes:
        def change(clerk: Clerk) -> None:
            clerk.put(INDICATORS, key, "目标值", 0.03)
            sheet = clerk.sheet(INDICATORS)
            sheet.cell(clerk.row(INDICATORS, key), clerk.column(INDICATORS, "目标值")).number_format = "0.0%"

        return edited(plain_table(), change)

    assert reading_of(percent(I2)).indicators[1].value == 3
    assert codes(reading_of(percent(I1))) == ["review_percent_against_unit"]


def test_moved_columns_and_rows_read_the_same() -> None:
    def change(clerk: Clerk) -> None:
        sheet = clerk.sheet(TASKS)
        sheet.insert_cols(1)
        sheet.cell(3, 1).value = "序号"
        sheet.insert_rows(1, 2)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=9)]
        for number, values in enumerate(reversed(rows), start=6):
            for place, value in enumerate(values, start=1):
                sheet.cell(number, place).value = value
                if isinstance(value, str):
                    sheet.cell(number, place).data_type = "s"  # openpyxl takes =… for a formula
        sheet.insert_rows(7)
        sheet.move_range("B5:C10", cols=20)
        sheet.title = "任务分解（改）"

    before, after = reading_of(plain_table()), reading_of(edited(plain_table(), change))
    assert [row.code for row in after.tasks] == [T4, T3, T2, T1]
    assert after.tasks[-1].body == before.tasks[0].body
    assert after.tasks[-1].place.sheet == "任务分解（改）"
    assert codes(after) == ["review_column_unknown"]


def test_merged_cells_count_for_each_row() -> None:
    def change(clerk: Clerk) -> None:
        column = clerk.column(TASKS, "牵头单位")
        clerk.sheet(TASKS).merge_cells(start_row=4, end_row=6, start_column=column, end_column=column)

    reading = reading_of(edited(plain_table(), change))
    assert [row.leads for row in reading.tasks[:3]] == [("省科技厅",)] * 3


@pytest.mark.parametrize(
    ("header", "code"),
    [("任务名称", "review_column_missing"), ("完成时限", "review_column_absent"), ("原文", None)],
)
def test_columns_that_are_gone(header: str, code: str | None) -> None:
    def change(clerk: Clerk) -> None:
        clerk.sheet(TASKS).delete_cols(clerk.column(TASKS, header))

    assert codes(reading_of(edited(plain_table(), change))) == ([code] if code else [])


def test_column_that_stands_twice_is_refused() -> None:
    def change(clerk: Clerk) -> None:
        clerk.sheet(TASKS).cell(3, 20).value = "牵头 单位"

    (finding,) = reading_of(edited(plain_table(), change)).findings
    assert (finding.code, finding.location.cell) == ("review_column_twice", "T3")


def test_sheets_that_are_gone() -> None:
    def change(clerk: Clerk) -> None:
        for name in (TASKS, INDICATORS):
            clerk.workbook.remove(clerk.sheet(name))

    reading = reading_of(edited(plain_table(), change))
    assert codes(reading) == ["review_task_sheet_missing", "review_sheet_missing"]
    assert reading.sheets == {AGENCIES}
    nothing = read_review(RawWorkbook((RawSheet("Sheet1", Visibility.VISIBLE, []),)))
    assert (codes(nothing)[-1:], nothing.base) == (["review_sheet_missing"], None)


def test_row_of_the_clerk_needs_no_code() -> None:
    def change(clerk: Clerk) -> None:
        clerk.add(TASKS, T1, 任务名称="新任务", 牵头单位="省统计局")
        clerk.add(TASKS, T1, 任务编号="新1", 任务名称="又一项")
        clerk.add(TASKS, T4, 备注="   ")

    reading = reading_of(edited(plain_table(), change))
    assert [row.code for row in reading.tasks] == [T1, "新1", "", T2, T3, T4]
    assert reading.findings == ()
    assert reading.tasks[2].basis is LeadBasis.NONE


def test_telephone_numbers_keep_their_zeros() -> None:
    content = edited(plain_table(), lambda clerk: clerk.put(AGENCIES, "省财政厅", "电话", 13812345678))
    assert [row.phone for row in reading_of(content).agencies][1:5] == ["13812345678", "", "", "07158123456"]
