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
    "ledger_form_damaged": Entry(
        Severity.ERROR, "{agency} {period} 第 {version} 版责任清单在台账中的记录不完整", _RESTORE
    ),
}
