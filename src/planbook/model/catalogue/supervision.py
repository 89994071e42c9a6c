"""Catalogue entries for supervision and the state of the ledger itself."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

_RESTORE = "请停止使用，用最近的备份恢复后再检查一次"

ENTRIES: dict[str, Entry] = {
    "ledger_damaged": Entry(Severity.ERROR, "台账数据库已损坏（{detail}）", _RESTORE),
    "ledger_reference_broken": Entry(
        Severity.ERROR, "台账数据库中有 {count} 行 {table} 找不到所属的 {target}", _RESTORE
    ),
    "ledger_rows_missing": Entry(
        Severity.ERROR, "{agency} {period} 的报送“{file}”应有 {noted} 条{kind}，现有 {found} 条", _RESTORE
    ),
    "clock_set_back": Entry(
        Severity.WARNING,
        "本机时间 {now} 早于台账里最近一次收表的时间 {newest}，先后次序按收表次序记",
        "请校准本机时间；以前某次时间记错的，可以不管",
    ),
    "key_lost": Entry(
        Severity.WARNING,
        "原来的密钥找不回来了，已换新密钥；用原密钥封签、已经下发的责任清单 {count} 份无法再确认真伪",
        "请重新运行 planbook issue 下发新版（{periods}）；已填好的旧表交回后列为“待认领”，核对后由您确认是谁的",
    ),
    "ledger_form_damaged": Entry(
        Severity.ERROR, "{agency} {period} 第 {version} 版责任清单在台账中的记录不完整", _RESTORE
    ),
    "archive_unreadable": Entry(
        Severity.ERROR, "{agency} {period} 的报送“{file}”在存档中已经读不出来", "请从备份恢复 archive 文件夹"
    ),
    "ledger_differs_from_archive": Entry(
        Severity.ERROR,
        "{agency} {period} 的报送“{file}”在台账中的内容与重读存档的结果不同",
        "请核对这份回表，或恢复备份",
    ),
}
