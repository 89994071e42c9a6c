"""What the office may choose from in 总台账.xlsx: drop-down and prompts of the columns for its decisions."""

from typing import Any, Final

from planbook.model.decisions import DecisionKind
from planbook.outputs import master_layout as layout
from planbook.outputs.table_sheet import TablePlace, TableSheet

_SPARE_ROWS: Final = 200
_PROMPTS: Final = {
    layout.DECISION: "选一项决定，并填右边各栏；下次一键汇总时办理，办不了的会逐格说明原因。",
    layout.REASON: "为什么这样决定，记入台账。",
    layout.EVIDENCE: "销号：证明已完成的材料。",
    layout.CHECKER: "销号：由谁核查。",
    layout.EXTENDED_TO: "延期：新的完成时限，如 2024-09-30。",
    layout.ASKED_ON: "延期：单位提出申请的日期，应在到期之前；不填按回表中的申请日。",
    layout.FROM_AGENCY: "退回：退给哪个单位（不填为牵头单位）。转办：由哪个单位转出（只有一个牵头单位时可不填）。",
    layout.TO_AGENCY: "转办：转给哪个单位，用单位名录中的名称。",
}


def offer_inputs(sheet: Any, table: TableSheet, place: TablePlace) -> None:
    """Give the decision columns of an XlsxWriter worksheet their drop-down and prompts; nothing typed is refused."""
    first, last = place.first_row - 1, max(place.last_row, place.first_row) - 1 + _SPARE_ROWS
    for number, column in enumerate(table.columns):
        prompt = _PROMPTS.get(column.header)
        if prompt is None or table.name != layout.TASKS_SHEET:
            continue
        rule: dict[str, object] = {"input_title": column.header, "input_message": prompt, "validate": "any"}
        if column.header == layout.DECISION:
            # What else somebody types is said at the next click, with its cell; a box in the way helps nobody.
            rule |= {"validate": "list", "source": [kind.value for kind in DecisionKind], "show_error": False}
        sheet.data_validation(first, number, last, number, rule)
