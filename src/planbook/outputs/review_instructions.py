"""What the 说明 sheet of 任务分解表.xlsx says: figures at a glance, how to work in the table, plans, columns."""

from collections import Counter

from planbook.model.plan import LeadBasis
from planbook.outputs import review_layout as layout
from planbook.outputs import styles
from planbook.outputs.instruction_sheet import Instruction, InstructionBlock, InstructionPage
from planbook.outputs.review_contents import ReviewContents

_STEPS = (
    ("核对", "逐行对照“原文”和“责任单位原文”，检查任务名称、内容、单位和时限；有底色的单元格请优先核对。"),
    ("修改", "浅黄表头的栏目都可以直接修改；可以排序、筛选、插入行、移动列，不影响确认。"),
    ("新增", "插入一行，“任务编号”留空，选好“来源方案”即为新任务；新任务排在它上面那一行之后。"),
    (
        "拆分",
        (
            "复制该行插入到下面，把复制行的“任务编号”清空（或填“新1”“新2”），再分别改好两行的名称、内容和单位。"
            "原行编号和历次进展不变；归新任务的指标，在“指标”表把“任务编号”改为“新1”。"
        ),
    ),
    (
        "合并",
        (
            "把内容和单位并到要保留的一行，其余各行在“处理”栏选“删除”；"
            "要保留的指标，先在“指标”表把“任务编号”改为保留的那一行，否则随任务一并删除。"
        ),
    ),
    ("删除", "在“处理”栏选“删除”。不要直接删行：直接删掉的行仍会按原样保留。"),
    (
        "单位",
        (
            "在“单位”表中补全联系人和邮箱；同一单位的不同写法填入“简称/别名”，并删去多出的那一行；单位组的成员在各单位的"
            "“单位组”中填写。名称相近的只作提示，不会自动合并；填了联系人、电话或邮箱的单位不再提示。"
        ),
    ),
    ("没有单位的任务", "“提示”栏列出以往相近的任务由谁承担，仅供参考，不会自动填入。"),
    ("同名指标", "几个方案都有的指标在“同名指标”表中并列对照，只供查看；改动在“指标”表中进行。"),
    (
        "确认",
        (
            "保存后执行“确认任务”。系统会逐条列出改动；有错误时指出单元格，不写入台账。"
            "以后重新读取方案，不会覆盖这里的修改。"
        ),
    ),
)

_LEGEND = (
    Instruction("可修改", "浅黄表头、白底的栏目", styles.EDITABLE_HEADER),
    Instruction("仅供核对", "灰蓝表头的栏目，改动不采用（新增行除外）", styles.ISSUED_HEADER),
    Instruction("错误、缺项", "必须处理：如任务没有任何单位", styles.ERROR_TINT),
    Instruction("提醒", "请核对：如牵头单位只是按排名第一推定", styles.WARNING_TINT),
    Instruction("说明", "供参考", styles.NOTE_TINT),
    Instruction("新出现的单位", "任务中出现而单位名录里还没有的单位", styles.NEW),
)


def review_page(contents: ReviewContents) -> InstructionPage:
    """Return the instruction sheet."""
    plans, tasks, indicators = contents.plans.values(), contents.tasks, contents.indicators
    silent = sum(1 for task in tasks if not task.lead_agencies and not task.supporting_agencies)
    presumed = sum(1 for task in tasks if task.lead_basis is LeadBasis.PRESUMED)
    remarks = (
        f"共 {len(plans)} 个方案，{len(tasks)} 项任务，{len(indicators)} 个指标，{len(contents.findings)} 条提示。",
        f"其中 {silent} 项任务没有写明单位，{presumed} 项任务的牵头单位为推定，请重点核对。",
    )
    task_counts = Counter(task.plan_sequence for task in tasks)
    indicator_counts = Counter(indicator.plan_sequence for indicator in indicators)
    blocks = (
        InstructionBlock("怎样使用本表", [Instruction(label, text) for label, text in _STEPS]),
        InstructionBlock(
            "方案",
            [
                Instruction(
                    f"方案 {plan.sequence}",
                    "　".join(
                        part
                        for part in (
                            plan.title,
                            plan.document_number or "",
                            f"{task_counts[plan.sequence]} 项任务、{indicator_counts[plan.sequence]} 个指标",
                            f"密级：{plan.classification}" if plan.classification else "",
                        )
                        if part
                    ),
                )
                for plan in plans
            ],
        ),
        InstructionBlock("颜色", _LEGEND),
        *(
            InstructionBlock(
                f"“{name}”表的栏目",
                [Instruction(column.header, column.explanation) for column in columns if column.explanation],
            )
            for name, columns in layout.SHEET_COLUMNS.items()
        ),
    )
    return InstructionPage("任务分解表使用说明", remarks, blocks)
