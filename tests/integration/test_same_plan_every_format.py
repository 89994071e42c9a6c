"""One plan as text, Word, web page and PDF (by LibreOffice) gives the same tasks, whatever its make."""

import html
import subprocess
from pathlib import Path

import pytest

from planbook.model.plan import Plan
from planbook.plans.characters import squeeze
from planbook.plans.readers.office import find_office
from planbook.plans.reading import read_plan

NOTICE = """临沅市人民政府办公室关于印发临沅市旅游业高质量发展实施方案的通知
临政办发〔2022〕7号
各县（市、区）人民政府，市政府各部门：
现将《临沅市旅游业高质量发展实施方案》印发给你们，请认真抓好落实。
临沅市人民政府办公室
2022年3月15日
临沅市旅游业高质量发展实施方案"""
HEADINGS = """一、目标任务
到2025年，接待游客突破6000万人次，旅游总收入年均增长12%左右。
二、主要措施
（一）龙头景区提质
1.打造画廊核心区。编制控制性详细规划，2023年12月底前启动游客中心建设，完成投资8亿元。（牵头单位：市文化和旅游局；责任单位：沂河县人民政府、市自然资源和规划局）
2.推进古城保护利用。修缮历史建筑40处，引入非遗工坊、精品民宿，打造夜间文旅消费集聚区，持续丰富夜间业态。（临城区人民政府牵头，市住房城乡建设局、市文物局配合）
（二）业态融合
1.发展乡村旅游。培育重点村镇20个。（由市农业农村局、市文化和旅游局负责）
三、组织保障
（一）健全推进机制。实行月调度、季通报。（责任单位：市文化和旅游局）"""
FIELDS = """一、行动任务
（一）援企稳岗行动
落实阶段性降低失业保险费率政策，推行“直补快办”，发放稳岗返还资金，稳住重点企业用工。
牵头单位：市人力资源和社会保障局
配合单位：市财政局、市税务局
完成时限：2023年12月31日
（二）返乡创业行动
建设返乡创业园5个，发放创业担保贷款3亿元。
牵头单位：市农业农村局
配合单位：市人力资源和社会保障局、各县区人民政府
完成时限：2023年11月底"""
NAMED = """一、重点任务
（一）压减审批时限。6月底前完成流程再造，压减环节30%。
（二）规范中介服务。建立中介超市。
（三）推行告知承诺。公布告知承诺事项清单。
上述（一）（三）项由县行政审批局负责，（二）项由县司法局牵头，县发改局配合。
二、组织保障
（一）加强督查。定期通报。（责任单位：县政府督查室）"""
ABOVE = """一、稳工业
〔牵头单位：区发改局；配合单位：区工信局〕
1．抓项目建设。开工亿元以上项目40个，竣工投产25个。
〔牵头单位：区工信局；配合单位：区税务局〕
2．抓企业培育。净增规上企业30家。
二、保民生
〔牵头单位：区人社局；配合单位：区教体局〕
1．保就业。城镇新增就业8000人。"""
ARTICLES = """第一章 工作任务
第一条 优化空间布局。引导数据中心向可再生能源富集地区集聚，新建数据中心上架率不低于65%。（牵头单位：州发展和改革委员会）
第二条 严格能效管控。新建大型数据中心电能利用效率控制在1.3以下。（责任单位：州工业和信息化局）
第二章 附则
第三条 本细则自2023年8月1日起施行，有效期5年。"""
LISTS = """一、攻坚任务
（一）项目建设攻坚
1.加快在建项目；
2.推动签约项目落地；
3.谋划储备项目120个。
（牵头单位：新区发展改革局；配合单位：新区建设局）
（二）营商环境攻坚
1.推进集成改革；
2.审批时限再压缩30%。
（牵头单位：新区行政审批局）"""
BARE = """为推进改造，制定本方案。
一、硬件提升
A.改造管网。改造管网160公里。（区住建局牵头，区水务局配合）
B.建设养老设施。新建服务站20个。（区民政局牵头，区教育局配合）
二、软件提升
A.健全机制。推行党建引领。（责任单位：区委组织部）
B.培育社区组织。培育社会组织20家。（责任单位：区民政局）"""
PLANS = {
    "a notice around it": f"{NOTICE}\n{HEADINGS}",
    "run-in headings": f"临沅市旅游业高质量发展实施方案\n{HEADINGS}",
    "fields on lines": f"桂岭市稳就业促增收2023年专项行动方案\n{FIELDS}",
    "assigned by number": f"旺苍县2024年优化营商环境若干措施\n{NAMED}",
    "notes above": f"岚山区“两稳一保”攻坚行动工作方案\n{ABOVE}",
    "articles": f"海宁州数据中心绿色低碳管理实施细则\n{ARTICLES}",
    "lists": f"定州湾新区“百日攻坚”行动方案\n{LISTS}",
    "unknown marks": f"玉门区老旧小区改造提升行动方案\n{BARE}",
}
TASKS = dict(zip(PLANS, (4, 4, 2, 4, 3, 2, 2, 4), strict=True))


def as_word(text: str, path: Path) -> Path:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def as_page(text: str, path: Path) -> Path:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    path.write_text(f'<html><head><meta charset="utf-8"></head><body>{lines}</body></html>', encoding="utf-8")
    return path


def tasks(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (
            [squeeze(part) for part in task.path],
            squeeze(task.number or ""),
            squeeze(task.title),
            squeeze(task.body),
            task.lead_agencies,
            task.supporting_agencies,
            task.deadline,
        )
        for task in plan.tasks
    ]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every plan as a PDF that LibreOffice made of the Word file."""
    program = find_office()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("printed")
    files = [as_word(text, folder / f"{index}.docx") for index, text in enumerate(PLANS.values())]
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [str(program), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: folder / f"{index}.pdf" for index, name in enumerate(PLANS)}


@pytest.mark.office
@pytest.mark.parametrize("name", PLANS)
def test_every_format_gives_the_same_tasks(name: str, printed: dict[str, Path], tmp_path: Path) -> None:
    text = tmp_path / "plan.txt"
    text.write_text(PLANS[name], encoding="utf-8")
    wanted = tasks(read_plan(text))
    assert len(wanted) == TASKS[name]
    assert tasks(read_plan(as_word(PLANS[name], tmp_path / "plan.docx"))) == wanted
    assert tasks(read_plan(as_page(PLANS[name], tmp_path / "plan.html"))) == wanted
    assert tasks(read_plan(printed[name])) == wanted
