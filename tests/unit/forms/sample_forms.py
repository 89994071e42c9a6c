"""Forms as an office would issue them, for the tests of writing, sealing and reading."""

import struct
import zlib
from datetime import date

from planbook.model.codes import CodeKind, make_code
from planbook.model.form import Form, FormIndicator, FormTask, Role
from planbook.model.period import Period

KEY = b"0123456789abcdef0123456789abcdef"
WORKSPACE = "3f2a9c1d5b7e4860"

BODY = (
    "编制出台长株潭国家自主创新示范区条例，完善协同创新机制。支持企业牵头组建创新联合体，实施关键核心技术攻关项目30项以上，"
    "力争取得突破性成果10项。\n——加快建设岳麓山实验室，2023年底前完成一期工程建设并投入使用。"
)


def sample_task(item: int = 1, **changes: object) -> FormTask:
    facts: dict[str, object] = {
        "code": make_code(CodeKind.TASK, 1, item),
        "plan_title": "湘江省科技创新三年行动计划（2023—2025年）",
        "section": "二、重点任务 / （一）强化战略科技力量",
        "title": f"推进第{item}批重大科技创新平台建设",
        "body": BODY,
        "role": Role.LEAD,
        "lead_agencies": ("省科技厅",),
        "supporting_agencies": ("省发展改革委", "省财政厅", "长沙市人民政府"),
        "deadline": date(2024, 12, 31),
        "previous_progress": "",
    }
    return FormTask(**(facts | changes))  # type: ignore[arg-type]  # facts are FormTask's own, by name


def sample_indicator(item: int = 1, **changes: object) -> FormIndicator:
    facts: dict[str, object] = {
        "code": make_code(CodeKind.INDICATOR, 1, item),
        "task_code": make_code(CodeKind.TASK, 1, item),
        "name": "全社会研发经费投入强度",
        "target": "≥2.9",
        "unit": "%",
        "by": "2025年",
        "previous_value": "2.6",
    }
    return FormIndicator(**(facts | changes))  # type: ignore[arg-type]  # facts are FormIndicator's own, by name


def sample_form(tasks: int = 3, indicators: int = 1, **changes: object) -> Form:
    facts: dict[str, object] = {
        "form_id": "b64f0c9e7a1d4e52",
        "workspace_id": WORKSPACE,
        "agency": "省科技厅",
        "period": Period.parse("2024Q1"),
        "version": 1,
        "issued_on": date(2024, 3, 20),
        "due_on": date(2024, 4, 10),
        "office": "湘江省人民政府办公厅",
        "contact": "李明 0731-88880000",
        "tasks": tuple(sample_task(item) for item in range(1, tasks + 1)),
        "indicators": tuple(sample_indicator(item) for item in range(1, indicators + 1)),
        "classification": None,
    }
    return Form(**(facts | changes))  # type: ignore[arg-type]  # facts are Form's own, by name


def picture(width: int, height: int) -> bytes:
    """A red rectangle as PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xc0\x20\x20" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
