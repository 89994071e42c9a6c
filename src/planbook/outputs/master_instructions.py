"""What the 说明 sheet of 总台账.xlsx says: how the figures come about, what may be typed where, what is kept."""

from planbook.model.ledger import PeriodLedger
from planbook.model.lights import Light
from planbook.outputs.cell_text import chinese_date
from planbook.outputs.instruction_sheet import Instruction, InstructionBlock, InstructionPage
from planbook.outputs.styles import EDITABLE_HEADER, LIGHT_ORDER, LIGHT_TINTS

_LIGHT_MEANINGS = {
    Light.RED: "严重滞后于序时进度，或已超过完成时限仍未报告完成",
    Light.YELLOW: "滞后于序时进度，或报告未启动、滞后序时",
    Light.BLUE: "正常推进，临近完成时限",
    Light.GREEN: "达到或超过序时进度，或单位报告已完成（待核查销号）",
    Light.GREY: "本期没有报送",
    Light.WHITE: "本单位决定暂缓，不计时",
}

_SHEETS = (
    Instruction("总览", "方案、任务、报送和亮灯的汇总数字与图表，均由本台账各表统计得出。"),
    Instruction("任务台账", "每项任务一行：牵头单位本期进展、配合单位情况、亮灯及其依据、来源文件。"),
    Instruction("单位明细", "每个单位承担的每项任务一行：填报的全部内容，以及出自哪个文件、哪张表、哪一行。"),
    Instruction("指标台账", "目标值、本期完成值、完成率和差距。“原始填写”是单位填写的原样。"),
    Instruction("未报单位", "已下发清单、尚未报送的单位及其联系方式。"),
    Instruction("问题清单", "回表中的问题，逐条注明单位、文件和单元格；以及还没有落实到单位的任务。"),
    Instruction("失联批注", "有批注的任务或单位已不在台账中时，批注保存在这里，不会丢失。"),
)

_KEEPING = (
    Instruction(
        "批注栏", "“任务台账”的领导批示、督查意见、核查结论三栏由办公室填写，刷新台账时保留。", EDITABLE_HEADER
    ),
    Instruction(
        "自行加列",
        "可在各表右侧自行加列并填写，单元格批注也可使用；排序、筛选、插入行、移动列都不影响保留。公式保留计算结果。",
    ),
    Instruction(
        "其他栏目",
        "其余栏目由系统根据单位回表生成，直接改动会在下次刷新时被覆盖；要更正，请退回单位重报，或在任务分解表中修改。",
    ),
    Instruction("自行加表", "自行添加的工作表和单元格颜色不会带入新台账，请另存到别的文件。"),
)


def master_page(ledger: PeriodLedger) -> InstructionPage:
    """Return the instruction sheet."""
    remarks = (f"{ledger.office}　{ledger.period.label}　截止日期 {chinese_date(ledger.cut_off)}",)
    lights = [Instruction(light.label, _LIGHT_MEANINGS[light], LIGHT_TINTS[light]) for light in LIGHT_ORDER]
    details = Instruction("亮灯依据", "每盏灯的计算过程写在“任务台账”的“亮灯依据”栏；剩余天数按截止日期计算。")
    return InstructionPage(
        "总台账说明",
        remarks,
        (
            InstructionBlock("各工作表", _SHEETS),
            InstructionBlock("亮灯", [*lights, details]),
            InstructionBlock("哪些内容会保留", _KEEPING),
        ),
    )
