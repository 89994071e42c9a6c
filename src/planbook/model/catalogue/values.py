"""Catalogue entries for values in returned forms: numbers, dates, statuses and telephones as clerks write them."""

from typing import Final

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

VALUE_ENTRIES: Final[dict[str, Entry]] = {
    "value_blank_by_mark": Entry(Severity.NOTE, "“{column}”填“{raw}”，按没有内容处理"),
    "value_refers_elsewhere": Entry(Severity.ERROR, "“{column}”只写了“{raw}”，行序一变就不知所指", "请写出具体内容"),
    "value_approximate": Entry(Severity.NOTE, "“{column}”的“{raw}”是约数，按所写的数读取"),
    "value_converted": Entry(Severity.NOTE, "“{column}”的“{raw}”已按计量单位折算为 {value}{unit}"),
    "value_words_ignored": Entry(Severity.NOTE, "“{column}”的“{raw}”中，说明“{words}”没有计入数值"),
    "value_is_date": Entry(
        Severity.ERROR, "“{column}”应为数字，却是日期 {raw}（可能被表格软件自动改成了日期）", "请重新填写数字"
    ),
    "number_unreadable": Entry(Severity.ERROR, "“{column}”应为数字，现为“{raw}”", "请改填数字"),
    "number_inexact": Entry(Severity.ERROR, "“{column}”的“{raw}”不是确数", "请填确切的数字"),
    "number_is_range": Entry(Severity.ERROR, "“{column}”的“{raw}”是一个范围", "请填一个数字"),
    "number_ambiguous": Entry(Severity.ERROR, "“{column}”的“{raw}”可以有几种读法", "请用阿拉伯数字重填"),
    "percent_fraction": Entry(
        Severity.WARNING, "“{column}”填的是 {raw}，可能是 {percent}%，也可能就是 {raw}%，没有采用", "请写明百分号重填"
    ),
    "percent_out_of_range": Entry(Severity.ERROR, "“{column}”应在 0 至 100 之间，现为“{raw}”", "请改填"),
    "unit_unclear": Entry(
        Severity.ERROR, "“{column}”的“{raw}”与计量单位“{unit}”不一致，无法准确折算", "请按计量单位填数字"
    ),
    "unit_changed": Entry(
        Severity.ERROR,
        "“{column}”的“{raw}”没有写单位：下发的单位是“{unit}”，表中却改成了“{stated}”，不能确定是哪一种",
        "请按下发的单位填报，或连单位一起写",
    ),
    "date_unreadable": Entry(Severity.ERROR, "“{column}”应为日期，现为“{raw}”", "请填如 2024-12-31 的日期"),
    "date_impossible": Entry(Severity.ERROR, "“{column}”的“{raw}”不是存在的日期", "请改正"),
    "date_is_range": Entry(Severity.ERROR, "“{column}”的“{raw}”是一段时间", "请填一个日期"),
    "date_ambiguous": Entry(Severity.ERROR, "“{column}”的“{raw}”可以有几种读法（{readings}）", "请填完整的日期"),
    "date_year_unclear": Entry(Severity.ERROR, "“{column}”的“{raw}”没有写年份，无法确定是哪一年", "请写明年份"),
    "date_without_day": Entry(Severity.ERROR, "“{column}”的“{raw}”没有写到日", "请填完整的日期"),
    "date_out_of_reach": Entry(Severity.ERROR, "“{column}”的“{raw}”年份不合情理", "请核对年份"),
    "date_year_assumed": Entry(Severity.NOTE, "“{column}”的“{raw}”没有写明年份，按 {value} 读取"),
    "date_end_assumed": Entry(Severity.NOTE, "“{column}”的“{raw}”没有写到日，按期末 {value} 读取"),
    "date_from_serial": Entry(Severity.WARNING, "“{column}”的 {raw} 是失去格式的日期，按 {value} 读取", "请核对"),
    "date_not_a_day": Entry(Severity.NOTE, "“{column}”填“{raw}”，不是日期，按没有日期处理"),
    "status_synonym": Entry(Severity.NOTE, "“{column}”的“{raw}”按“{status}”读取"),
    "status_unknown": Entry(
        Severity.ERROR,
        "“{column}”的“{raw}”不是规定的状态",
        "请从未启动、滞后序时、达到序时、超序时、已完成中选一个",
    ),
    "phone_implausible": Entry(Severity.WARNING, "“{column}”的“{raw}”不像能打通的电话号码", "请核对"),
}
