"""How long 1,000 forms of 30 rows take, against nothing but deflating the same bytes; and what memory they need.

    python -m benchmarks.bench_issue [FORMS] [ROWS]

Both are measured in one run, form by form, so that the machine's moods fall on both alike. The strict ratio
counts only the parts that differ from form to form; the other one deflates every part of each file.
"""

import io
import random
import sys
import time
import zipfile
import zlib
from datetime import date, timedelta

from benchmarks.measuring import Row, own_peak_mb, report
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.writer import write_form
from planbook.model.codes import CodeKind, make_code
from planbook.model.form import Form, FormIndicator, FormTask, Role
from planbook.model.period import Period

KEY = b"benchmark key, 32 bytes or more."
STATIC_PARTS = {"[Content_Types].xml", "xl/styles.xml", "xl/theme/theme1.xml", "docProps/app.xml"}
WORDS = (
    *("推进", "加快", "建设", "完善", "支持", "实施", "培育", "强化", "开展", "落实", "科技创新", "成果转化"),
    *("重大项目", "产业集群", "实验室", "高新技术企业", "研发投入", "技术合同", "人才引进", "示范区", "创新平台"),
    *("金融服务", "知识产权", "公共服务", "数字化", "绿色低碳", "体制机制", "营商环境", "重点领域", "关键核心技术"),
    *("攻关", "联合体", "孵化器", "中试基地", "2024年", "到2025年", "达到30家", "突破1200亿元", "增长8%以上"),
    *("、", "，", "，", "；", "。", "和", "的", "与", "一批", "全省", "各市州"),
)
AGENCIES = [f"省第{place}工作厅" for place in range(1, 60)]


def sentence(dice: random.Random, length: int) -> str:
    return "".join(dice.choice(WORDS) for _ in range(length))


def task(dice: random.Random, place: int) -> FormTask:
    return FormTask(
        code=make_code(CodeKind.TASK, 1, place),
        plan_title=f"湘江省{dice.choice(('科技创新', '产业发展', '营商环境'))}三年行动计划（2023—2025年）",
        section=f"二、重点任务 / （{dice.choice('一二三四五')}）{sentence(dice, 4)}",
        title=sentence(dice, 6),
        body=sentence(dice, dice.randint(30, 120)),
        role=dice.choice(list(Role)),
        lead_agencies=(dice.choice(AGENCIES),),
        supporting_agencies=tuple(dice.sample(AGENCIES, dice.randint(0, 6))),
        deadline=date(2024, 1, 1) + timedelta(days=dice.randint(0, 900)) if dice.random() < 0.6 else None,
        previous_progress=sentence(dice, 20) if dice.random() < 0.7 else "",
    )


def make_form(number: int, rows: int) -> Form:
    dice = random.Random(number)
    indicators = tuple(
        FormIndicator(make_code(CodeKind.INDICATOR, 1, place), "", sentence(dice, 4), "≥1200", "亿元", "2025年")
        for place in range(1, 4)
    )
    return Form(
        form_id=f"{number:032x}",
        workspace_id="0123456789abcdef",
        agency=f"湘江省第{number}厅",
        period=Period.parse("2024Q1"),
        version=1,
        issued_on=date(2024, 3, 20),
        due_on=date(2024, 4, 10),
        office="湘江省人民政府办公厅",
        contact="李明 0731-88880000",
        tasks=tuple(task(dice, place) for place in range(1, rows + 1)),
        indicators=indicators,
    )


def deflate(content: bytes) -> float:
    started = time.process_time()
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    squeeze.compress(content)
    squeeze.flush()
    return time.process_time() - started


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    write_form(make_form(0, rows), DEFAULT_LAYOUT, KEY)  # the template is made once, like the imports
    written = everything = changing = 0.0
    size = 0
    for number in range(1, count + 1):
        form = make_form(number, rows)
        started = time.process_time()
        content = write_form(form, DEFAULT_LAYOUT, KEY)
        written += time.process_time() - started
        size += len(content)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                seconds = deflate(package.read(name))
                everything += seconds
                changing += 0 if name in STATIC_PARTS or name.endswith(".rels") else seconds
    report(
        f"issue: {count} forms of {rows} rows, {size // count} bytes each",
        [
            Row("deflating every part", None, everything, None, 1.0, "deflating every part"),
            Row("deflating what changes", None, changing, None, changing / everything, "deflating every part"),
            Row("planbook", None, written, own_peak_mb(), written / everything, "deflating every part"),
            Row("planbook", None, written, own_peak_mb(), written / changing, "deflating what changes"),
        ],
    )


if __name__ == "__main__":
    main()
