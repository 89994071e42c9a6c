"""What the demonstration's agencies send back: their form filled in by openpyxl, some with the faults people make."""

from datetime import datetime
from decimal import Decimal
from enum import Enum, auto
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_STATES: Final = (
    ("达到序时", 25, "已印发实施方案并分解到处室，{title}各项前期工作全部启动，3月底前完成首批项目评审。"),
    ("超序时", 40, "{title}提前完成年度方案编制，首批建设内容已通过初步验收，较计划提前一个月。"),
    ("滞后序时", 8, "{title}因部分项目资金尚未下达，目前完成需求调研和方案征求意见，正在加快推进。"),
    ("达到序时", 22, "召开{title}工作推进会，明确时间表和责任人，已完成摸底调查，涉及乡镇全部建立台账。"),
    ("达到序时", 30, "{title}完成招标，合同已签订，设备进场安装，累计完成投资占年度计划的三成左右。"),
    ("未启动", 0, "{title}配套政策正在会签，计划二季度启动。"),
)
_PROBLEMS: Final = ("", "", "部分地方配套资金到位较慢。", "", "基层技术力量不足，需加强培训。", "牵头文件尚未印发。")
_NEXT: Final = ("按季度计划推进项目实施，4月底前开展一次现场督导。", "加快资金拨付和项目招标，二季度形成阶段成果。")
_PEOPLE: Final = ("陈晓", "李文博", "王静", "赵一鸣", "周婷", "孙立")


class Fault(Enum):
    """A fault that people make when they fill in a form."""

    NONE = auto()
    SENT_TWICE = auto()
    HEADER_RENAMED = auto()
    NUMBER_IN_WORDS = auto()
    NO_NUMBER = auto()


_PERCENT_IN_WORDS: Final = {Fault.NUMBER_IN_WORDS: "百分之三十五", Fault.NO_NUMBER: "大部分完成"}


def fill_form(content: bytes, number: int, version: int, fault: Fault) -> bytes:
    """Return the form filled in as agency `number` might, its `version`-th try."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content))
    _fill_tasks(book["责任清单"], number, version, fault)
    if "指标进度" in book.sheetnames:
        _fill_indicators(book["指标进度"], number)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill_tasks(sheet: "Worksheet", number: int, version: int, fault: Fault) -> None:
    header, columns = header_places(sheet, "任务编号")
    for row in range(header + 1, sheet.max_row + 1):
        if not sheet.cell(row, columns["任务编号"]).value:
            continue
        choice = number + row
        status, percent, text = _STATES[choice % len(_STATES)]
        if version > 1:
            percent += 5
        title = str(sheet.cell(row, columns["任务名称"]).value)
        is_first = row == header + 1
        percent_value: object = _PERCENT_IN_WORDS.get(fault, percent) if is_first else percent
        values = {
            "进展状态": status,
            "完成进度(%)": percent_value,
            "本期进展情况": text.format(title=f"“{title}”"),
            "存在问题": _PROBLEMS[choice % len(_PROBLEMS)],
            "下一步措施": _NEXT[choice % len(_NEXT)],
            "填报人": _PEOPLE[number % len(_PEOPLE)],
            "联系电话": f"1390000{1000 + number * 37}",
            "填报日期": datetime(2024, 4, 1 + version),  # noqa: DTZ001 (a cell holds a day, not a moment)
        }
        for name, value in values.items():
            if value != "":
                sheet.cell(row, columns[name]).value = value  # type: ignore[assignment]
    if fault is Fault.HEADER_RENAMED:
        sheet.cell(header, columns["本期进展情况"]).value = "本期进展情况（500字以内）"


def _fill_indicators(sheet: "Worksheet", number: int) -> None:
    header, columns = header_places(sheet, "指标编号")
    for row in range(header + 1, sheet.max_row + 1):
        if not sheet.cell(row, columns["指标编号"]).value:
            continue
        target = str(sheet.cell(row, columns["目标值"]).value or "")
        digits = "".join(
            character for character in target.split("—", maxsplit=1)[0] if character.isdigit() or character == "."
        )
        share = Decimal(20 + number % 15) / 100
        value = (Decimal(digits or "0") * share).quantize(Decimal("0.1"))
        sheet.cell(row, columns["本期完成值"]).value = float(value)
        sheet.cell(row, columns["数据来源"]).value = "部门统计"


def header_places(sheet: "Worksheet", name: str) -> tuple[int, dict[str, int]]:
    """Return the header row that has a column `name`, and the place of each column by its header without marks."""
    for row in range(1, 30):
        columns = {str(cell.value).rstrip("*＊ \n"): cell.column for cell in sheet[row] if cell.value}
        if name in columns:
            return row, columns
    message = f"no header {name} in {sheet.title}"
    raise ValueError(message)
