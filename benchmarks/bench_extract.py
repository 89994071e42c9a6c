"""How long a 100-page plan takes to read and extract, and 10 MB of text without structure; time and peak memory.

    python -m benchmarks.bench_extract

Each case runs in a process of its own.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Row, own_peak_mb, report

SENTENCES = (
    "加快建设现代化产业体系，推动传统产业改造升级，培育一批具有竞争力的企业和产业集群。",
    "完善工作机制，强化要素保障，落实资金、土地、人才等支持政策，确保各项任务按期完成。",
    "推进数字技术与实体经济深度融合，支持企业建设数字化车间和智能工厂，提升生产效率。",
)


def plan_text(pages: int) -> str:
    """Return a fictional plan of about `pages` A4 pages (28 lines of 22 characters each)."""
    lines = [
        "云川省现代化产业体系建设行动计划",
        "一、总体要求",
        "到2027年，规模以上工业增加值突破5000亿元。",
        "二、重点任务",
    ]
    number = 0
    while sum(map(len, lines)) < pages * 22 * 28:
        if number % 10 == 0:
            lines.append(f"（{'一二三四五六七八九十'[number // 10 % 10]}）实施第{number // 10 + 1}批重点工程")
        number += 1
        body = "".join(SENTENCES[(number + step) % 3] for step in range(6))
        lines.append(f"{number % 10 or 10}．推进第{number}项重点任务。{body}（牵头单位：省科技厅；配合单位：省财政厅）")
    return "\n".join(lines)


def child(path: str) -> None:
    """Read and extract `path`; print seconds, megabytes and tasks."""
    from planbook.plans.reading import read_plan

    start, used = time.perf_counter(), time.process_time()
    plan = read_plan(Path(path))
    took = [time.perf_counter() - start, time.process_time() - used, own_peak_mb()]
    print(json.dumps([*took, len(plan.tasks), len(plan.findings)]))


def main() -> None:
    """Measure text, Word and, where LibreOffice is there, PDF."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "plan.txt"
        text.write_text(plan_text(100), encoding="utf-8")
        shapeless = Path(folder) / "shapeless.txt"
        shapeless.write_text("没有结构的文字" * (10 * 1024 * 1024 // 21), encoding="utf-8")
        cases = [("100 pages, txt", text), ("10 MB without structure", shapeless)]
        for suffix in ("docx", "pdf"):
            command = [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--infilter=Text (encoded):UTF8",
            ]
            subprocess.run(
                [*command, "--convert-to", suffix, "--outdir", folder, str(text)], capture_output=True, check=False
            )
            if (made := text.with_suffix(f".{suffix}")).exists():
                cases.append((f"100 pages, {suffix}", made))
        rows = []
        for name, path in cases:
            command = [sys.executable, "-m", "benchmarks.bench_extract", str(path)]
            run = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds, cpu_seconds, peak_mb, tasks, findings = json.loads(run.stdout)
            rows.append(Row(f"{name}: {tasks} tasks, {findings} findings", seconds, cpu_seconds, peak_mb))
        report("extract", rows)


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) > 1 else main()
