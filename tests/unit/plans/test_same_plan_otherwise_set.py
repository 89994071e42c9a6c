"""One plan set otherwise — on one line, over lines of 28 characters, with pages' debris — reads the same."""

import re
from collections.abc import Callable, Sequence

import pytest

from tests.unit.plans.plan_text import agencies, read

PLANS = {
    "articles and paragraph notes": """
        鼎城区强化企业创新主体地位工作清单
        第一节 强化决策主体
        ①建立企业参与决策机制。评审专家中企业专家占比不低于50%。责任部门：区科技局，参与部门：区工信局、区国资委
        ②组建咨询委员会。每半年召开会议。责任部门：区科技局
        第二节 强化投入主体
        ①落实加计扣除。享受企业达到600户，扣除额超过30亿元。责任部门：区税务局，参与部门：区科技局、各镇（街道）
        ②设立基金。完善管理办法。责任部门：区财政局，参与部门：区金融办，完成时间：2024年三季度
        第三节 保障措施
        ①加强党的领导。压实责任。责任部门：区委组织部
    """,
    "notes with dates in brackets": """
        滨海新城产业三年倍增行动重点任务清单
        （一）产业倍增
        1、主导产业壮大。到2026年，生物医药产业产值增长到120亿元。（新城经发局；2026年12月）
        2、龙头企业引育。新引进上市公司区域总部5家。（新城投促局牵头，经发局、财政局配合；每年12月底前报送进展）
        （二）平台倍增
        3、建设科创平台。新型研发机构达10家。（科创局）
        4、完善园区配套。建设人才公寓3000套。（建设局、新城投资集团；2025年底）
    """,
    "labels on lines of their own": """
        宁川市2023年度法治政府建设工作要点
        2023年是全面贯彻落实党的二十大精神的开局之年。现制定工作要点如下。
        一、健全职能体系
        1.深化综合执法改革，完成改革评估。
        责任单位：市委编办、市司法局
        完成时限：2023年10月底前
        2.全面实行权责清单制度，动态调整清单。
        责任单位：市委编办；各县（市、区）政府
        完成时限：长期坚持
        二、健全执法体系
        3.推行包容审慎监管，制定清单不少于100项。
        牵头单位：市司法局
        责任单位：市直各行政执法部门
        完成时限：第三季度
    """,
    "half brackets and leaders": """
        武陵市科技创新三年行动方案（2024-2026年）
        一、行动目标
        技术合同成交额由65亿元提高到120亿元。
        二、重点行动
        1）需求征集行动
        每年征集技术需求300项以上。
        牵头领导：市政府副市长 张三
        牵头单位：市科技局
        配合单位：市工信局、各县市区（园区）
        2）成果转化行动
        建设中试基地5个，转化成果500项。
        牵头领导：市人大常委会副主任 赵六
        牵头单位：市科技局、市教育局
        配合单位：武陵高新区管委会
    """,
}


def on_one_line(lines: Sequence[str]) -> Sequence[str]:
    return [" ".join(lines)]


def with_page_numbers(lines: Sequence[str]) -> Sequence[str]:
    found: list[str] = []
    for number, line in enumerate(lines):
        if number % 3 == 2 and len(line) > 30 and "：" not in line:
            at = len(line) // 3
            found += [line[:at], f"— {number} —", line[at:]]
        else:
            found.append(line)
    return found


def with_advertising(lines: Sequence[str]) -> Sequence[str]:
    advertisement = "本文来源：公文写作网www.example.com"
    return [
        line[: len(line) // 2] + advertisement + line[len(line) // 2 :] if len(line) > 30 else line for line in lines
    ]


def half_in_the_other_width(lines: Sequence[str]) -> Sequence[str]:
    widths = str.maketrans("（）：；0123456789%", "():;０１２３４５６７８９％")
    return [line.translate(widths) if number % 2 else line for number, line in enumerate(lines)]


def with_blank_lines(lines: Sequence[str]) -> Sequence[str]:
    return [part for line in lines for part in (line, "")]


def content(text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    plan = read(text)
    narrow = str.maketrans("（）", "()")
    tasks = [
        (re.sub(r"\s", "", task.title), agencies(task).translate(narrow), str(task.deadline)) for task in plan.tasks
    ]
    return tasks, [f"{one.value}{one.unit}" for one in plan.indicators]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(
    "setting", [on_one_line, with_page_numbers, with_advertising, half_in_the_other_width, with_blank_lines]
)
def test_the_same_plan_reads_the_same(setting: Callable[[Sequence[str]], Sequence[str]], plan: str) -> None:
    lines = [line.strip() for line in PLANS[plan].strip().splitlines()]
    expected = content("\n".join(lines))
    assert len(expected[0]) > 1
    assert all(units != " (none)" for _, units, _ in expected[0])
    assert content("\n".join(setting(lines))) == expected
