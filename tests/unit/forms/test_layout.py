import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.layout import ISSUED_FIELDS, Column, Field, SheetKind, SheetLayout, ValueKind
from planbook.sheets.headers import header_key, normalise_header

TASK_HEADERS = (
    "序号, 任务编号, 来源方案, 所属章节, 任务名称, 任务内容, 承担角色(牵头/配合), 牵头单位, 配合单位, 完成时限, "
    "上期进展, 进展状态*, 完成进度(%)*, 本期进展情况*, 存在问题, 下一步措施, 预计完成时间, 申请延期至, 佐证材料, "
    "填报人*, 联系电话*, 填报日期*, 备注"
)
INDICATOR_HEADERS = (
    "序号, 任务编号, 指标编号, 指标名称, 目标值, 计量单位, 完成时限, 上期完成值, 本期完成值*, 数据来源, 备注"
)


@pytest.mark.parametrize(
    ("sheet", "headers"), [(DEFAULT_LAYOUT.tasks, TASK_HEADERS), (DEFAULT_LAYOUT.indicators, INDICATOR_HEADERS)]
)
def test_default_headers_are_the_agreed_ones(sheet: SheetLayout, headers: str) -> None:
    assert ", ".join(column.label for column in sheet.columns) == headers


@pytest.mark.parametrize("sheet", DEFAULT_LAYOUT.sheets)
def test_issued_columns_stand_left_and_hold_what_the_office_issues(sheet: SheetLayout) -> None:
    assert tuple(column.field for column in sheet.issued_columns) == ISSUED_FIELDS[sheet.kind]
    assert sheet.columns[: len(sheet.issued_columns)] == sheet.issued_columns
    assert all(column.prompt for column in sheet.fill_in_columns)


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("完成进度(%)*", Field.COMPLETION_PERCENT),
        ("完成进度（%）", Field.COMPLETION_PERCENT),
        ("完成进度", Field.COMPLETION_PERCENT),
        ("完成\n进度 ％", Field.COMPLETION_PERCENT),
        ("*完成进度（百分比）：", Field.COMPLETION_PERCENT),
        ("承担角色", Field.ROLE),
        ("承 担 角 色 （牵头／配合）", Field.ROLE),
        ("進展狀態", Field.STATUS),
        ("填报⼈※", Field.REPORTER),  # Kangxi radical, as PDF converters leave it
        ("\u200b备\u3000注", Field.REMARKS),
        ("（备注）", Field.REMARKS),
    ],
)
def test_retyped_headers_are_recognised(written: str, field: Field) -> None:
    column = DEFAULT_LAYOUT.tasks.match_header(written)
    assert column is not None
    assert column.field is field


@pytest.mark.parametrize("written", ["", "*", "()", "进展", "情况", "2024年"])
def test_other_texts_are_no_header(written: str) -> None:
    assert DEFAULT_LAYOUT.tasks.match_header(written) is None


def test_brackets_tell_an_offices_own_columns_apart() -> None:
    columns = tuple(
        Column(Field.EXTRA, header, 10, ValueKind.TEXT) for header in ("经费（中央）", "经费（地方）", "页数")
    )
    sheet = SheetLayout(SheetKind.TASKS, "责任清单", columns)
    assert sheet.match_header("经费(地方)*") is columns[1]
    assert sheet.match_header("经费") is None
    assert sheet.match_header("页数（页）") is columns[2]


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert header_key(header_key(text)) == header_key(text)
    assert normalise_header(normalise_header(text)) == normalise_header(text)
