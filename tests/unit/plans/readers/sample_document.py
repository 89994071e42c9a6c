"""One fictional plan as text and as the Word document that a clerk would type, with Word's own numbering."""

import copy
import io

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

TITLE = "临泽市推进海绵城市建设三年行动方案（2024—2026年）"

# (level, heading, text): level 0 一、, 1 （一）, 2 1. , None plain; a heading is set in bold before its text.
ITEMS: tuple[tuple[int | None, str, str], ...] = (
    (
        None,
        "",
        "为系统推进海绵城市建设，增强城市防洪排涝能力，改善水生态环境，根据国家和省有关部署，结合我市实际，制定本行动方案。",
    ),
    (0, "总体要求", ""),
    (
        1,
        "基本思路。",
        "坚持规划引领、因地制宜、系统治理，统筹防洪排涝、雨水利用和水环境整治，优先解决老城区积水内涝问题。",
    ),
    (
        1,
        "工作目标。",
        "到2026年，城市建成区海绵城市达标面积比例达到45%以上，累计建设项目120个以上，消除易涝点38处，雨水资源化利用率提高到6.5%，城市生活污水集中收集率年均增长2个百分点。",
    ),
    (0, "重点任务", ""),
    (1, "完善规划体系", ""),
    (
        2,
        "编制专项规划。",
        "2024年6月30日前完成市级海绵城市专项规划修编，划定蓝线和绿线，明确排水分区和竖向管控要求，并与国土空间规划充分衔接，同步修订县级规划。（牵头单位：市住房城乡建设局；配合单位：市自然资源和规划局、市水务局，各县（市、区）人民政府）",
    ),
    (
        2,
        "健全标准图集。",
        "出台透水铺装、雨水花园、下沉式绿地等设施的设计导则和施工验收图集，推广BIM技术应用，编写养护手册。（责任单位：市住房城乡建设局、市城市管理局）",
    ),
    (1, "推进系统治理", ""),
    (
        2,
        "改造老旧管网。",
        "分年度改造雨污合流管网260公里，整治错接混接点1500处，2025年底前基本消除城中村污水直排口。（市水务局牵头，市财政局、市生态环境局按职责分工负责）",
    ),
    (
        2,
        "整治易涝积水点。",
        "建立“一点一策”台账，配备移动泵车12台，汛前完成清淤疏浚，汛期落实值班值守和预警响应机制，做到早发现、早处置。（牵头单位：市城市管理局；配合单位：市应急管理局、市气象局）",
    ),
    (0, "保障措施", ""),
    (1, "加强组织领导。", "成立由市政府分管领导任组长的工作专班，定期调度，重大事项报市政府研究决定。"),
    (1, "强化资金保障。", "统筹用好中央和省级补助资金，鼓励社会资本参与项目建设和运营管理。"),
)
TABLE: tuple[tuple[str, ...], ...] = (
    ("序号", "项目名称", "建设内容", "牵头单位", "完成时限"),
    (
        "1",
        "河滨片区改造",
        "改造雨水管网18公里，新建调蓄池2座，配套建设生态驳岸和亲水步道，恢复滨水植被。",
        "市水务局",
        "2024年12月",
    ),
    ("2", "河滨片区改造", "建设下沉式绿地6万平方米。", "市城市管理局", "2025年6月"),
    ("3", "老城片区治理", "消除易涝点11处，更换破损管道3.5公里。", "市住房城乡建设局", "2026年10月"),
)
TABLE_TITLE = "附件：重点项目清单"
CLOSING = ("临泽市人民政府办公室", "2024年3月5日", "（此件公开发布）")

_COUNTS = "一二三四五六七八九十"
_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．"))
_NUMBERING = (
    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
    + "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (number_format, text) in enumerate(_LEVELS)
    )
    + "</w:abstractNum>"
)


def expected_lines() -> list[str]:
    """Return the plan's lines, numbers written out, without the table."""
    lines = [TITLE]
    counts = [0, 0, 0]
    for level, heading, text in ITEMS:
        label = ""
        if level is not None:
            counts[level] += 1
            counts[level + 1 :] = [0] * (2 - level)
            count = counts[level]
            label = (f"{_COUNTS[count - 1]}、", f"（{_COUNTS[count - 1]}）", f"{count}．")[level]
        lines.append(f"{label}{heading}{text}")
    return [*lines, *CLOSING, TABLE_TITLE]


def as_text() -> bytes:
    """Return the plan as a text file, its table parted by tabs."""
    rows = ["\t".join(row) for row in TABLE]
    return "\n".join([*expected_lines(), *rows]).encode()


def as_word(*, automatic: bool = True) -> bytes:
    """Return the plan as a docx in the layout of an official document, numbered by Word or by hand."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Cm(2.8),
        Cm(2.6),
        Cm(3.7),
        Cm(3.5),
    )
    section.header.paragraphs[0].text = "临泽市人民政府办公室文件"
    _page_number(section.footer.paragraphs[0])
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    _paragraph(document, TITLE, size=22, bold=True, alignment=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    for (level, heading, text), line in zip(ITEMS, expected_lines()[1:], strict=False):
        label = "" if automatic else line.removesuffix(heading + text)
        paragraph = _paragraph(document, label + heading, bold=True)
        _run(paragraph, text)
        if level is not None and automatic:
            _number(paragraph, level)
    for text in CLOSING[:2]:
        _paragraph(document, text, alignment=WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    _paragraph(document, CLOSING[2])
    _paragraph(document, TABLE_TITLE, indent=False)
    _table(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _paragraph(
    document: WordDocument,
    text: str,
    *,
    size: float = 16,
    bold: bool = False,
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: bool = True,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(28)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    _run(paragraph, text, size=size, bold=bold)
    return paragraph


def _run(paragraph: Paragraph, text: str, *, size: float = 16, bold: bool = False) -> None:
    if text:
        run = paragraph.add_run(text)
        run.font.size, run.bold, run.font.name = Pt(size), bold, "仿宋"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")


def _number(paragraph: Paragraph, level: int) -> None:
    numbering = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(numbering))


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    for kind in ("begin", "code", "end"):
        element = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
        if kind == "code":
            element.text = "PAGE"
        else:
            element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)
    paragraph.add_run(" —")


def _table(document: WordDocument) -> None:
    table = document.add_table(rows=0, cols=len(TABLE[0]))
    table.style = "Table Grid"
    for texts in TABLE:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    merged = table.cell(1, 1).merge(table.cell(2, 1))
    merged.text = TABLE[1][1]
    repeat = copy.deepcopy(OxmlElement("w:tblHeader"))
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
