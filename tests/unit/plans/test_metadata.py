"""Metadata: title, issuer, document number, period, secrecy and publicity."""

from datetime import date

import pytest

from tests.unit.plans.plan_text import codes, read

BODY = "为推进工作，制定本方案。\n一、推进工作。做好落实。\n二、加强保障。压实责任。"
NOTICE = """
云江市人民政府办公室关于印发云江市数字经济发展三年行动计划（2023—2025年）的通知
云政办发〔2023〕15号
各县（市、区）人民政府，市直各单位：
《云江市数字经济发展三年行动计划（2023—2025年）》已经市人民政府同意，现印发给你们。
云江市人民政府办公室
2023年3月8日
（此件公开发布）
云江市数字经济发展三年行动计划
（2023—2025年）
"""


def test_plan_within_a_notice() -> None:
    plan = read(NOTICE.strip() + "\n" + BODY)
    assert plan.title == "云江市数字经济发展三年行动计划（2023—2025年）"
    assert plan.issuer == "云江市人民政府办公室"
    assert plan.document_number == "云政办发〔2023〕15号"
    assert (plan.period_start, plan.period_end) == (date(2023, 1, 1), date(2025, 12, 31))
    assert plan.public
    assert [task.title for task in plan.tasks] == ["推进工作", "加强保障"]


TITLES = """
云江市工业强市实施方案 → 云江市工业强市实施方案
关于支持总部经济发展的若干措施 → 关于支持总部经济发展的若干措施
云江市2023年重点工作任务分解表 → 云江市2023年重点工作任务分解表
云江市养老服务 / 提升行动方案（2022—2024年） → 云江市养老服务提升行动方案（2022—2024年）
云江市养老服务提升行动方案 / （试行） → 云江市养老服务提升行动方案（试行）
云江市人民政府文件 / 云政发〔2022〕8号 / 云江市工业倍增行动计划 → 云江市工业倍增行动计划
《云江市工业倍增行动计划》全文 → 云江市工业倍增行动计划
中共云江市委云江市人民政府关于推进科技创新的实施意见 → 关于推进科技创新的实施意见
关于印发2023年区《政府工作报告》确定的任务分解方案的通知 → 2023年区《政府工作报告》确定的任务分解方案
"""


@pytest.mark.parametrize(("head", "title"), [line.split(" → ") for line in TITLES.strip().splitlines()])
def test_title(head: str, title: str) -> None:
    assert read(head.replace(" / ", "\n") + "\n" + BODY).title == title


ISSUERS = """
中共云江市委云江市人民政府关于推进科技创新的实施意见 → 中共云江市委、云江市人民政府
云江市人民政府文件 / 云江市工业倍增行动计划 → 云江市人民政府
中共白云省委 白云省人民政府 / 关于推进新型工业化的实施意见 → 中共白云省委、白云省人民政府
东山区人民政府办公室关于印发东山区稳增长方案的通知 → 东山区人民政府办公室
云江市工业倍增行动计划 → None
"""


@pytest.mark.parametrize(("head", "issuer"), [line.split(" → ") for line in ISSUERS.strip().splitlines()])
def test_issuer(head: str, issuer: str) -> None:
    assert str(read(head.replace(" / ", "\n") + "\n" + BODY).issuer) == issuer


def test_office_that_signs_is_the_issuer() -> None:
    assert read(f"工业倍增行动计划\n{BODY}\n云江市工业和信息化局\n2023年5月6日").issuer == "云江市工业和信息化局"
    assert read(f"工业倍增行动计划\n{BODY} 云江市工业和信息化局").issuer == "云江市工业和信息化局"


NUMBERS = """
云政办发〔2023〕15号 → 云政办发〔2023〕15号
云政办发[2023]15号 → 云政办发〔2023〕15号
云政办发（2023）15号 → 云政办发〔2023〕15号
云政办发【2023】第15号 → 云政办发〔2023〕15号
根据《创新规划》（云政发〔2021〕3号） → None
"""


@pytest.mark.parametrize(("line", "number"), [line.split(" → ") for line in NUMBERS.strip().splitlines()])
def test_document_number(line: str, number: str) -> None:
    assert str(read(f"云江市工业倍增行动计划\n{line}\n{BODY}").document_number) == number


PERIODS = """
云江市三年行动方案（2023—2025年） → 2023-01-01 2025-12-31
云江市三年行动方案（2023-2025） → 2023-01-01 2025-12-31
云江市2023年工作方案 → 2023-01-01 2023-12-31
云江市工作方案 → None None
"""


@pytest.mark.parametrize(("title", "period"), [line.split(" → ") for line in PERIODS.strip().splitlines()])
def test_period_of_the_title(title: str, period: str) -> None:
    plan = read(f"{title}\n{BODY}")
    assert f"{plan.period_start} {plan.period_end}" == period


def test_term_of_force() -> None:
    until = read(f"工作方案措施\n{BODY}\n本方案自2023年5月1日起施行，有效期至2026年4月30日。")
    assert (until.period_start, until.period_end) == (date(2023, 5, 1), date(2026, 4, 30))
    lasting = read(f"工作方案措施\n{BODY}\n本措施自2023年5月1日起施行，有效期2年。")
    assert (lasting.period_start, lasting.period_end) == (date(2023, 5, 1), date(2025, 4, 30))


MARKS = """
秘密★1年 → 秘密
机 密 → 机密
密级：秘密 → 秘密
内部资料 注意保存 → 内部资料
内部文件，妥善保管 → 内部文件
严守国家秘密 → None
"""


@pytest.mark.parametrize(("line", "mark"), [line.split(" → ") for line in MARKS.strip().splitlines()])
def test_secrecy_mark(line: str, mark: str) -> None:
    assert str(read(f"{line}\n云江市工作方案\n{BODY}").classification) == mark


@pytest.mark.parametrize(
    ("line", "public"),
    [
        ("（此件公开发布）", True),
        ("（此件主动公开）", True),
        ("公开方式：主动公开", True),
        ("（此件不予公开）", False),
        ("", False),
    ],
)
def test_publicity(line: str, public: bool) -> None:
    assert read(f"云江市工作方案\n{line}\n{BODY}").public is public


def test_missing_title_is_a_finding() -> None:
    assert "title_not_found" in codes(read("一、推进工作。做好落实。\n二、加强保障。压实责任。"))
