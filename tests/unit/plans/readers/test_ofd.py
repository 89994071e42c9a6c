import io
import zipfile
from pathlib import Path

from tests.unit.plans.readers.reading import line, read, refusal, rows, texts

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_FONTS = f'<ofd:Res {_OFD}><ofd:Fonts><ofd:Font ID="1" FontName="仿宋"/><ofd:Font ID="2" FontName="黑体" Bold="true"/>'
_FONTS += "</ofd:Fonts></ofd:Res>"


def text(content: str, x: float, y: float, *, font: int = 1, size: float = 5.6, more: str = "") -> str:
    """A text object in millimetres; each character is set by its distance to the last."""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 150 8" Font="{font}" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="6" DeltaX="g {len(content) - 1} {size}">{content}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str) -> str:
    inside = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="8" Boundary="0 0 210 297">{inside}</ofd:PathObject>'


def ofd_file(*pages: str, template: str = "", title: str = "") -> bytes:
    listing = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/{number}.xml"/>' for number in range(len(pages)))
    files = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f'<ofd:TemplatePage ID="t" BaseLoc="t.xml"/></ofd:CommonData><ofd:Pages>{listing}</ofd:Pages></ofd:Document>',
        "Doc_0/PublicRes.xml": _FONTS,
        "Doc_0/t.xml": f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer>{template}</ofd:Layer></ofd:Content></ofd:Page>",
    }
    for number, content in enumerate(pages):
        files[f"Doc_0/Pages/{number}.xml"] = (
            f'<ofd:Page {_OFD}><ofd:Template TemplateID="t"/>'
            f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def test_text_is_read_by_its_position(tmp_path: Path) -> None:
    page = text("到2025年，建成平台5个。", 67.2, 60) + text("（一）目标。", 33.6, 60, font=2)
    document = read(tmp_path, ofd_file(page, title="科技行动方案"))
    assert texts(document) == ["（一）目标。到2025年，建成平台5个。"]
    assert line(document, "（一）").bold_prefix == len("（一）目标。")
    assert document.title == "科技行动方案"


def test_wrapped_lines_are_joined_and_pages_counted(tmp_path: Path) -> None:
    first = "".join(
        text("加快推进科技创新平台建设培育高新技术企业优化营", 28 + 11.2, 40 + 20 * row) for row in range(3)
    )
    first += "".join(text("商环境。", 28, 50 + 20 * row) for row in range(3))
    document = read(tmp_path, ofd_file(first, text("第二页。", 39.2, 40)))
    assert texts(document) == ["加快推进科技创新平台建设培育高新技术企业优化营商环境。"] * 3 + ["第二页。"]
    assert [block.page for block in document.blocks] == [1, 1, 1, 2]


def test_matrices_templates_and_blocks_are_followed(tmp_path: Path) -> None:
    scaled = text("正文。", 40, 60, size=2.8, more='CTM="2 0 0 2 0 0"')
    page = f"<ofd:PageBlock><ofd:PageBlock>{scaled}</ofd:PageBlock></ofd:PageBlock>"
    assert texts(read(tmp_path, ofd_file(page, template=text("某市文件", 40, 20)))) == ["某市文件", "正文。"]


def test_slanted_watermarks_are_left_out(tmp_path: Path) -> None:
    watermark = text("内部资料", 40, 100, more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    assert texts(read(tmp_path, ofd_file(text("正文。", 40, 60) + watermark))) == ["正文。"]


def test_tables_are_read_by_their_lines(tmp_path: Path) -> None:
    lines = "".join(path(f"M 30 {y} L 150 {y}") for y in (50, 60, 70))
    lines += path("M 30 50 L 30 70 M 90 50 L 90 70") + path("S 150 50 L 150 70")
    cells = text("任务", 32, 51) + text("单位", 92, 51) + text("建平台", 32, 61) + text("科技局", 92, 61)
    assert rows(read(tmp_path, ofd_file(lines + cells))) == [(("任务", "单位"), ("建平台", "科技局"))]


def test_pictures_without_text_and_damage_are_refused(tmp_path: Path) -> None:
    assert "OCR" in refusal(tmp_path, ofd_file('<ofd:ImageObject ID="1" Boundary="0 0 210 297"/>'))
    content = ofd_file(text("正文", 40, 60))
    assert "损坏" in refusal(tmp_path, content[: len(content) - 200])
