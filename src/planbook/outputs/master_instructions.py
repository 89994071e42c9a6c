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
    Instruction(
        "总览", "方案、任务、报送、亮灯、指标的汇总数字与图表，均由本台账各表统计得出；各类之和与总数核对一致才会生成。"
    ),
    Instruction(
        "任务台账", "每项任务一行：牵头单位本期进展、亮灯及其依据、办理状态、已作决定；办公室在浅黄栏目批注、作决定。"
    ),
    Instruction(
        "单位明细", "每个单位承担的每项任务一行：填报的全部内容，以及出自哪个文件、哪张表、哪一行，原件存在哪里。"
    ),
    Instruction("指标台账", "目标值、上期和本期完成值、完成率、差距和到期预测。“原始填写”是单位填写的原样。"),
    Instruction(
        "未报与退改", "没有报送的单位及联系方式；回表中需要退改、核对的问题，逐条注明单元格；没有落实到单位的任务。"
    ),
    Instruction(
        "疑点", "牵头与配合说法不一、状态与数字不符、进度倒退、照抄上期、指标与目标、时限后移、连续未报，附出处。"
    ),
    Instruction("变更", "与上期台账相比变了什么：亮灯、进度、时限、办理状态、承办单位、方案调整，附原因和来源。"),
    Instruction("填报质量", "各单位得分、分类排名，以及每一分的算法。"),
    Instruction("分发情况", "责任清单、退改单、催报发给了谁、何时、结果如何；没有发送记录时没有这张表。"),
    Instruction("失联批注", "有批注的任务或单位已不在台账中时，批注保存在这里，不会丢失。"),
)

_PUBLIC_SHEETS = (
    Instruction("总览", "任务、亮灯、指标的汇总数字与图表。"),
    Instruction("任务台账", "每项任务的牵头单位、时限、亮灯、进展。"),
    Instruction("指标台账", "目标值、本期完成值和完成率。"),
    Instruction("填报质量", "各单位考核评价得分和分类排名。"),
)

_KEEPING = (
    Instruction(
        "批注栏", "“任务台账”的领导批示、督查意见、核查结论三栏由办公室填写，刷新台账时保留。", EDITABLE_HEADER
    ),
    Instruction(
        "决定栏",
        "在“决定”栏选销号、退回、延期、转办、暂缓、恢复或重开，填好右边各栏存盘，下次一键汇总时办理，记入“已作决定”，"
        "填的内容随之清空；办不了的留在原处，并逐格说明原因。",
        EDITABLE_HEADER,
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
    Instruction("打印", "“任务台账”“单位明细”打印到办公室批注、填报日期为止，A3 横向一页宽；右边各栏供屏幕上查看。"),
)


def master_page(ledger: PeriodLedger) -> InstructionPage:
    """Return the instruction sheet."""
    scope = (f"范围：{ledger.scope}。批注和决定请填在完整的总台账里，这一份不会读回。",) if ledger.scope else ()
    remarks = (
        f"{ledger.office}　{ledger.period.label}　截止日期 {chinese_date(ledger.cut_off)}",
        *scope,
    )
    lights = [Instruction(light.label, _LIGHT_MEANINGS[light], LIGHT_TINTS[light]) for light in LIGHT_ORDER]
    details = Instruction("亮灯依据", "每盏灯的计算过程写在“任务台账”的“亮灯依据”栏；剩余天数按截止日期计算。")
    if ledger.is_public:
        blocks = (InstructionBlock("各工作表", _PUBLIC_SHEETS), InstructionBlock("亮灯", [*lights]))
        return InstructionPage("说明", remarks, blocks)
    return InstructionPage(
        "总台账说明",
        remarks,
        (
            InstructionBlock("各工作表", _SHEETS),
            InstructionBlock("亮灯", [*lights, details]),
            InstructionBlock("哪些内容会保留", _KEEPING),
        ),
    )
