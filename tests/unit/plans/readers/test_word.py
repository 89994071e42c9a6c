import io
import zipfile
from pathlib import Path

import pytest

from planbook.plans.document import TextLine
from tests.unit.plans.readers.reading import codes, line, read, refusal, rows, texts
from tests.unit.plans.readers.word_files import cell, level, lists, numbered, p, r, table, word_file

BOLD = "<w:b/>"


def body_texts(tmp_path: Path, body: str) -> list[str]:
    return texts(read(tmp_path, word_file(body)))


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (r("加快") + r("推进"), "加快推进"),
        (r("到2025年") + "<w:r><w:tab/></w:r>" + r("达到"), "到2025年 达到"),
        (f"<w:hyperlink>{r('附件')}</w:hyperlink>", "附件"),
        (f"<w:smartTag>{r('长河市')}</w:smartTag>", "长河市"),
        (f"<w:sdt><w:sdtContent>{r('内容控件')}</w:sdtContent></w:sdt>", "内容控件"),
        (f'<w:ins w:id="1">{r("新增")}</w:ins>' + r("内容"), "新增内容"),
        (f'<w:moveTo w:id="1">{r("移来")}</w:moveTo>', "移来"),
        ('<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>' + r("新"), "新"),
        (f'<w:moveFrom w:id="1">{r("移走")}</w:moveFrom>' + r("留下"), "留下"),
        (r("看不见", "<w:vanish/>") + r("看得见"), "看得见"),
        (r("100") + r("km") + r("2", '<w:vertAlign w:val="superscript"/>'), "100km²"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r("完成"), "✓完成"),
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/></w:r>", "甲-1"),
        (f"<w:r><w:ruby><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('拼')}</w:rubyBase></w:ruby></w:r>", "拼"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (f'<w:fldSimple w:instr=" DATE ">{r("2024年")}</w:fldSimple>', "2024年"),
    ],
)
def test_a_paragraph_reads_as_word_shows_it_with_changes_accepted(tmp_path: Path, inside: str, shown: str) -> None:
    assert body_texts(tmp_path, p(inside)) == [shown]


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_fields_show_their_result_alone(tmp_path: Path) -> None:
    inside = mark("begin") + code(" REF a ") + mark("separate") + r("第三条") + mark("end") + r("规定")
    nested = mark("begin") + code(" IF ") + mark("begin") + code("X") + mark("separate") + r("内") + mark("end")
    nested += mark("separate") + r("外") + mark("end")
    assert body_texts(tmp_path, p(inside) + p(nested)) == ["第三条规定", "外"]


def test_an_enclosed_number_made_by_a_field_is_read(tmp_path: Path) -> None:
    enclosed = mark("begin") + code(r" eq \o\ac(○,3) ") + mark("end")
    assert body_texts(tmp_path, p(enclosed + r("完善机制"))) == ["③完善机制"]


def test_a_contents_list_is_left_out(tmp_path: Path) -> None:
    field = p(mark("begin") + code(r' TOC \o "1-3" ') + mark("separate") + r("一、目标 1")) + p("二、任务 2")
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{p('三、保障 3')}</w:sdtContent></w:sdt>"
    )
    body = control + field + p(mark("end")) + p("正文")
    assert body_texts(tmp_path, body) == ["正文"]


def test_a_contents_list_by_style_is_left_out(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    assert texts(read(tmp_path, word_file(p("一、目标 1", style="T1") + p("正文"), styles=styles))) == ["正文"]


def test_a_field_that_never_ends_swallows_nothing(tmp_path: Path) -> None:
    assert body_texts(tmp_path, p(mark("begin") + code(" TOC ") + mark("separate")) + p("正文")) == ["正文"]


def test_a_soft_break_ends_a_line(tmp_path: Path) -> None:
    assert body_texts(tmp_path, p(r("关于印发") + "<w:r><w:br/></w:r>" + r("方案的通知"))) == ["关于印发", "方案的通知"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    body = p("省科技厅、", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("省财政厅")
    assert body_texts(tmp_path, body) == ["省科技厅、省财政厅"]


def test_headings_come_from_styles_and_outline_levels(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="自定义"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    )
    body = p("题", style="t") + p("甲", style="1") + p("乙", style="2") + p("丙", style="x") + p("丁")
    body += p("戊", properties='<w:outlineLvl w:val="2"/>') + p("己", style="1", properties='<w:outlineLvl w:val="9"/>')
    document = read(tmp_path, word_file(body, styles=styles))
    levels = [(block.text, block.heading_level) for block in document.blocks if isinstance(block, TextLine)]
    assert levels == [("题", 1), ("甲", 1), ("乙", 2), ("丙", 1), ("丁", None), ("戊", 3), ("己", None)]


def test_a_run_in_heading_is_told_by_boldness_or_by_its_face(tmp_path: Path) -> None:
    kai, fang = ('<w:rFonts w:eastAsia="楷体_GB2312"/>', '<w:rFonts w:eastAsia="仿宋_GB2312"/>')
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        f'<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr>{BOLD}</w:rPr></w:style>'
    )
    body = (
        p(r("（一）建平台。", BOLD) + r("建设平台5个。", fang))
        + p(r("（二）引人才。", kai) + r("引进人才500名，其中领军人才50名。", fang))
        + p(r("（三）优环境。", '<w:rStyle w:val="s"/>') + r("优化环境。", fang))
        + p(r("不粗", '<w:b w:val="0"/>') + r("粗", BOLD))
    )
    document = read(tmp_path, word_file(body, styles=styles))
    prefixes = [block.bold_prefix for block in document.blocks if isinstance(block, TextLine)]
    assert prefixes == [7, 7, 7, 0]


def test_a_face_is_no_emphasis_where_all_is_set_in_it(tmp_path: Path) -> None:
    document = read(tmp_path, word_file(p(r("全文用黑体。", '<w:rFonts w:eastAsia="黑体"/>'))))
    assert line(document, "全文").bold_prefix == 0


def test_automatic_numbers_belong_to_the_bold_prefix(tmp_path: Path) -> None:
    body = numbered(r("建平台。", BOLD) + r("建设平台5个。"))
    document = read(tmp_path, word_file(body, numbering=lists(level(0, "decimal", "%1．"))))
    assert line(document, "1．建平台。建设").bold_prefix == len("1．建平台。")


def test_merged_cells_are_repeated_wherever_they_reach(tmp_path: Path) -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        cell("序号") + cell("任务") + cell("责任分工", '<w:gridSpan w:val="2"/>'),
        cell("1", start) + cell("建平台") + cell("牵头：科技局") + cell("配合：财政局"),
        cell("", on) + cell("引人才") + cell("牵头：人社局") + cell(""),
    )
    assert rows(read(tmp_path, word_file(body))) == [
        (
            ("序号", "任务", "责任分工", "责任分工"),
            ("1", "建平台", "牵头：科技局", "配合：财政局"),
            ("1", "引人才", "牵头：人社局", ""),
        )
    ]


def test_cells_keep_their_paragraphs_and_automatic_numbers(tmp_path: Path) -> None:
    body = table(
        cell("序号") + cell("责任单位"),
        cell(numbered("")) + cell(p("科技局") + p("财政局")),
        cell(numbered("第")) + cell("人社局"),
    )
    document = read(tmp_path, word_file(body, numbering=lists(level(0, "decimal", "%1、"))))
    assert rows(document) == [(("序号", "责任单位"), ("", "科技局\n财政局"), ("2、第", "人社局"))]


def test_rows_deleted_in_tracked_changes_are_gone(tmp_path: Path) -> None:
    gone = f'<w:trPr><w:del w:id="1"/></w:trPr>{cell("旧")}{cell("旧值")}'
    body = table(cell("名称") + cell("数值"), gone, cell("新") + cell("新值"))
    assert rows(read(tmp_path, word_file(body))) == [(("名称", "数值"), ("新", "新值"))]


def test_a_table_of_one_cell_is_lines_between_the_others(tmp_path: Path) -> None:
    body = p("1．建平台。") + table(cell(p("专栏1 平台") + p("建设实验室5家。"))) + p("2．引人才。")
    assert body_texts(tmp_path, body) == ["1．建平台。", "专栏1 平台", "建设实验室5家。", "2．引人才。"]


def test_a_table_within_a_layout_table_stays_a_table(tmp_path: Path) -> None:
    inner = table(cell("任务") + cell("单位"), cell("建平台") + cell("科技局"))
    document = read(tmp_path, word_file(table(cell(p("附件")) + cell(inner + p()))))
    assert (texts(document), rows(document)) == (["附件"], [(("任务", "单位"), ("建平台", "科技局"))])


BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_a_text_box_is_read_once_after_its_anchor(tmp_path: Path) -> None:
    choice = f"<w:drawing><wps:wsp><wps:txbx>{BOX.format(p('专栏1') + p('内容'))}</wps:txbx></wps:wsp></w:drawing>"
    fallback = f"<w:pict><v:textbox>{BOX.format(p('专栏1') + p('内容'))}</v:textbox></w:pict>"
    both = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
    both += f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    old = f"<w:r><w:pict><v:shape><v:textbox>{BOX.format(p('旧式文本框'))}</v:textbox></v:shape></w:pict></w:r>"
    assert body_texts(tmp_path, p(r("正文") + both) + p(old)) == ["正文", "专栏1", "内容", "旧式文本框"]


def test_notes_stand_at_the_end_in_the_order_of_their_marks(tmp_path: Path) -> None:
    def mark_of(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    notes = "".join(
        f'<w:footnote w:id="{number}">{p(text)}</w:footnote>'
        for number, text in ((0, "分隔"), (2, "列第一位的为牵头单位。"), (3, "没有引用"))
    )
    end = f'<w:endnote w:id="1">{p("指规模以上。")}</w:endnote>'
    body = p(r("责任单位") + mark_of("footnote", 2) + r("如下")) + p(r("企业") + mark_of("endnote", 1))
    document = read(tmp_path, word_file(body, footnotes=notes, endnotes=end))
    assert texts(document) == ["责任单位如下", "企业", "列第一位的为牵头单位。", "指规模以上。"]
    assert [block.is_note for block in document.blocks if isinstance(block, TextLine)] == [False, False, True, True]


def test_pages_are_counted_by_the_marks_of_the_last_layout(tmp_path: Path) -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = p("甲") + p(r("乙") + turn + r("续")) + p(turn + r("丙"))
    document = read(tmp_path, word_file(body))
    assert [block.page for block in document.blocks] == [1, 1, 3]


def test_explicit_breaks_alone_tell_no_pages(tmp_path: Path) -> None:
    document = read(tmp_path, word_file(p("甲") + p('<w:r><w:br w:type="page"/></w:r>' + r("乙"))))
    assert [(block.page, block.line) for block in document.blocks] == [(None, 1), (None, 2)]


@pytest.mark.parametrize(
    "main_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_macro_files_and_templates_are_read_too(tmp_path: Path, main_type: str) -> None:
    assert texts(read(tmp_path, word_file(p("正文"), main_type=main_type))) == ["正文"]


def test_strict_files_are_read_too(tmp_path: Path) -> None:
    content = word_file(numbered("正文"), strict=True, numbering=lists(level(0, "chineseCounting", "%1、")))
    assert texts(read(tmp_path, content)) == ["一、正文"]


def test_embedded_files_are_named_as_not_read(tmp_path: Path) -> None:
    content = io.BytesIO(word_file(p("正文"), styles=""))
    with zipfile.ZipFile(content, "a") as package:
        relationships = package.read("word/_rels/document.xml.rels").decode()
    extra = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"'
    changed = relationships.replace("</Relationships>", f'{extra} Target="embeddings/a.docx"/></Relationships>')
    assert codes(read(tmp_path, replaced(content.getvalue(), "word/_rels/document.xml.rels", changed))) == [
        "embedded_files_skipped"
    ]


def replaced(content: bytes, part: str, text: str) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return result.getvalue()


@pytest.mark.parametrize(
    "damage",
    ["<w:document", "<document/>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ids=["broken markup", "no body", "entities"],
)
def test_a_damaged_file_ends_in_one_sentence(tmp_path: Path, damage: str) -> None:
    assert "plan.bin" in refusal(tmp_path, replaced(word_file(p("正文")), "word/document.xml", damage))


def test_a_file_cut_off_is_called_damaged(tmp_path: Path) -> None:
    content = word_file(p("正文"))
    assert "损坏" in refusal(tmp_path, content[: len(content) // 2])


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.plans.readers.zipped_xml._MAXIMUM_BYTES", 1_000_000)
    assert "过大" in refusal(tmp_path, replaced(word_file(p("正文")), "word/document.xml", " " * 1_000_000))
