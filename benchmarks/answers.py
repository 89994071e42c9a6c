"""Fills in forms as agencies do, for the benchmarks: words of their own, statuses that agree with numbers and days.

A few rows in a hundred have a fault: a percentage that contradicts its status, a stock phrase, a number in words, a
text copied from another agency. Every second file keeps its texts in shared strings, as Excel and WPS save them, the
others within their cells, as programs do.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from openpyxl import load_workbook

from planbook.actions.demonstration_returns import header_places

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

DUE_PERCENT: Final = 42
"""What is due of three years after five quarters, in percent."""

_BEGINNINGS: Final = (
    "围绕“{title}”，我局{month}月{day}日召开专题会，细化{count}项措施，逐项明确责任处室和完成时间。",
    "“{title}”{month}月印发实施方案，分解任务{count}项，已落实{part}项。",
    "按照“{title}”的部署，{month}月以来赴{count}个县区调研，走访企业{more}家，收集问题{part}个。",
    "会同有关部门推进“{title}”，{month}月{day}日完成联合评审，遴选项目{count}个，落实资金{more}万元。",
    "“{title}”已列入年度重点，成立专班{part}个，{month}月底前开展督导{count}次。",
)
_MIDDLES: Final = (
    "新增入库项目{count}个，其中{part}个已开工，完成投资{more}万元。",
    "举办培训{part}期，参训{more}人次，发放资料{count}份。",
    "完成招标{part}个标段，签订合同{more}万元，设备进场{count}台（套）。",
    "建成示范点{part}个，覆盖乡镇{count}个，惠及群众{more}户。",
    "指导企业申报{count}项，已获批{part}项，兑现补助{more}万元。",
)
_ENDINGS: Final = {
    "滞后序时": ("受资金拨付较晚影响，{part}个项目进度滞后。", "用地手续尚在办理，涉及{part}宗，进度慢于计划。"),
    "达到序时": ("各项工作按计划进行，累计完成年度任务的{percent}%。", "进度与计划相符，{month}月下旬组织了中期检查。"),
    "超序时": ("进度快于计划约{part}周，首批{count}个点位提前验收。", "提前完成上半年任务，经验在{count}个县区推广。"),
    "未启动": ("目前正在会签配套文件，计划5月启动。", "前置审批未完成，暂不具备开工条件，预计6月启动。"),
    "已完成": ("任务已全部完成，{month}月{day}日通过验收。", "目标已提前达到，资料已归档备查。"),
}
_PROBLEMS: Final = (
    "部分县区配套资金到位较慢，缺口约{more}万元。",
    "基层专业人员不足，{part}个岗位空缺。",
    "部门间数据共享尚有{part}类未打通。",
)
_NEXT: Final = (
    "{next}月底前完成{part}个项目评审，并开展一次现场督导。",
    "加快资金拨付，{next}月形成阶段成果{part}项。",
    "继续推进余下{count}项工作，{next}月报送小结。",
)
_PHRASES: Final = ("正常推进", "按计划有序推进中", "各项工作正在积极开展")
_SAME_FOR_ALL: Final = "已按照全省统一部署印发工作方案，明确目标任务和责任分工，建立台账并按月调度。"
_SURNAMES: Final = "陈李王赵周孙吴郑冯蒋沈韩杨朱秦许何吕"
_NAMES: Final = ("晓东", "文博", "静", "一鸣", "婷", "立", "建国", "海燕", "志强", "丽华", "俊", "思远")

_INLINE: Final = re.compile(r't="inlineStr">\s*<is>\s*<t((?: xml:space="preserve")?)(?:/>|>([^<]*)</t>)\s*</is>')
_REFERENCE: Final = re.compile(r"&#([0-9]+);")
_OOXML: Final = "http://schemas.openxmlformats.org"
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATION: Final = "officeDocument/2006/relationships"
_STRINGS: Final = "xl/sharedStrings.xml"
_ANNOUNCED: Final = {
    "[Content_Types].xml": (
        "</Types>",
        f'<Override PartName="/{_STRINGS}" ContentType="{_SPREADSHEET}.sharedStrings+xml"/>',
    ),
    "xl/_rels/workbook.xml.rels": (
        "</Relationships>",
        f'<Relationship Type="{_OOXML}/{_RELATION}/sharedStrings" Target="/{_STRINGS}" Id="sst"/>',
    ),
}


def answer_form(content: bytes, number: int) -> bytes:
    """Return the form filled in as agency `number` would; the same arguments give the same cells."""
    book = load_workbook(io.BytesIO(content))
    dice = random.Random(number)
    _answer_tasks(book["责任清单"], dice)
    if "指标进度" in book.sheetnames:
        _answer_indicators(book["指标进度"], dice)
    buffer = io.BytesIO()
    book.save(buffer)
    return with_shared_strings(buffer.getvalue()) if number % 2 else buffer.getvalue()


def _answer_tasks(sheet: "Worksheet", dice: random.Random) -> None:
    header, columns = header_places(sheet, "任务编号")
    reporter = dice.choice(_SURNAMES) + dice.choice(_NAMES)
    phone = f"0731-8{dice.randint(1000000, 9999999)}" if dice.random() < 0.5 else f"13{dice.randint(10**8, 10**9 - 1)}"
    day = datetime(2024, 3, dice.randint(11, 20))  # noqa: DTZ001 (a cell holds a day, not a moment)
    for row in range(header + 1, sheet.max_row + 1):
        if not sheet.cell(row, columns["任务编号"]).value:
            continue
        values = {
            **_answer(dice, str(sheet.cell(row, columns["任务名称"]).value)),
            "填报人": reporter,
            "联系电话": phone,
            "填报日期": day,
        }
        for name, value in values.items():
            if value != "":
                sheet.cell(row, columns[name]).value = value  # type: ignore[assignment]


def _answer(dice: random.Random, title: str) -> dict[str, object]:
    """Return what an agency says of one task."""
    pace = random.Random(title)  # whoever has a part in a task goes at about its pace
    stage = pace.random()
    percent = round(pace.gauss(DUE_PERCENT + 2, 4) + dice.gauss(0, 4))
    status = "滞后序时" if percent < DUE_PERCENT - 6 else "超序时" if percent > DUE_PERCENT + 8 else "达到序时"
    if stage < 0.02:
        status, percent = "已完成", 100
    elif stage < 0.04:
        status, percent = "未启动", 0
    say = _saying(dice, title, percent)
    texts = (_BEGINNINGS, _MIDDLES, _ENDINGS[status])
    answer: dict[str, object] = {
        "进展状态": status,
        "完成进度(%)": percent,
        "本期进展情况": "".join(say(dice.choice(part)) for part in texts),
        "存在问题": say(dice.choice(_PROBLEMS)) if status == "滞后序时" or dice.random() < 0.2 else "",
        "下一步措施": "" if status == "已完成" else say(dice.choice(_NEXT)),
        "预计完成时间": date(2025, dice.randint(6, 12), 15) if status != "已完成" and dice.random() < 0.5 else "",
    }
    return answer | (_fault(dice, percent) if dice.random() < 0.03 else {})


def _fault(dice: random.Random, percent: int) -> dict[str, object]:
    common: tuple[dict[str, object], ...] = (
        {"进展状态": "达到序时", "完成进度(%)": dice.randint(15, 28)},
        {"本期进展情况": dice.choice(_PHRASES)},
        {"本期进展情况": _SAME_FOR_ALL},
        {"完成进度(%)": f"{percent}％"},
    )
    to_correct: tuple[dict[str, object], ...] = (
        {"进展状态": "已完成", "完成进度(%)": min(percent, 90)},
        {"完成进度(%)": "大部分完成"},
        {"进展状态": ""},
    )
    return dice.choice(to_correct if dice.random() < 0.1 else common)


def _saying(dice: random.Random, title: str, percent: int) -> Callable[[str], str]:
    def say(pattern: str) -> str:
        return pattern.format(
            title=title,
            percent=percent,
            month=dice.randint(1, 3),
            next=dice.randint(4, 6),
            day=dice.randint(1, 28),
            part=dice.randint(2, 9),
            count=dice.randint(10, 40),
            more=dice.randint(50, 5000),
        )

    return say


def _answer_indicators(sheet: "Worksheet", dice: random.Random) -> None:
    header, columns = header_places(sheet, "指标编号")
    for row in range(header + 1, sheet.max_row + 1):
        if not sheet.cell(row, columns["指标编号"]).value:
            continue
        target = re.search(r"[0-9.]+", str(sheet.cell(row, columns["目标值"]).value or ""))
        value = float(target[0]) * dice.uniform(0.3, 0.6) if target else dice.uniform(1, 100)
        sheet.cell(row, columns["本期完成值"]).value = round(value, 1)
        sheet.cell(row, columns["数据来源"]).value = dice.choice(("部门统计", "统计部门快报", "业务系统"))


def with_shared_strings(content: bytes) -> bytes:
    """Return a workbook that keeps texts in its cells as one that keeps them in the table of shared strings."""
    places: dict[str, int] = {}

    def shared(match: re.Match[str]) -> str:
        item = f"<t{match[1]}>{match[2] or ''}</t>"
        return f't="s"><v>{places.setdefault(item, len(places))}</v>'

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = _REFERENCE.sub(lambda match: chr(int(match[1])), source.read(name).decode())
            if name.startswith("xl/worksheets/sheet"):
                part = _INLINE.sub(shared, part)
            end, announcement = _ANNOUNCED.get(name, ("", ""))
            target.writestr(name, part.replace(end, announcement + end) if end else part)
        items = "".join(f"<si>{item}</si>" for item in places)
        head = f'<sst xmlns="{_OOXML}/spreadsheetml/2006/main" uniqueCount="{len(places)}">'
        target.writestr(_STRINGS, f"{head}{items}</sst>")
    return buffer.getvalue()
