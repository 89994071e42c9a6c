import base64
from pathlib import Path

import pytest

from planbook.plans.document import TextLine
from planbook.plans.readers.html_noise import is_noise_line
from tests.unit.plans.readers.pages import BODY, BODY_LINES, BODY_TABLE, HEADLINE, METADATA_ROWS, PAGES, PLAIN
from tests.unit.plans.readers.reading import line, read, refusal, rows, texts


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_of_a_page_the_document_and_its_metadata_are_left(tmp_path: Path, page: str, encoding: str) -> None:
    document = read(tmp_path, page.encode(encoding))
    assert texts(document) == BODY_LINES
    assert rows(document) == [METADATA_ROWS, BODY_TABLE]


def test_the_title_is_the_articles_not_the_sites(tmp_path: Path) -> None:
    assert read(tmp_path, PAGES["modern"].encode()).title == HEADLINE
    page = f"<html><head><title>{HEADLINE}-云岭市科技局</title></head><body><p>正文。</p></body></html>"
    assert read(tmp_path, page.encode()).title == HEADLINE


def test_a_headline_outside_the_text_is_put_in_front_of_it(tmp_path: Path) -> None:
    page = PAGES["modern"].replace(
        BODY, "<p>为加快发展，制定本方案。</p><p>一、目标。到2025年，培育企业300家，形成集群。</p>"
    )
    document = read(tmp_path, page.encode())
    assert texts(document)[0] == HEADLINE
    assert line(document, HEADLINE).heading_level == 1


def test_bold_beginnings_and_headings_are_kept(tmp_path: Path) -> None:
    page = "<h2>一、总则</h2><p><span style='font-weight:700'>（一）目标。</span>到2025年。</p><p><b>全</b></p>"
    document = read(tmp_path, page.encode())
    assert [(b.heading_level, b.bold_prefix) for b in document.blocks if isinstance(b, TextLine)] == [
        (2, 0),
        (None, len("（一）目标。")),
        (None, 1),
    ]


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ('<ol start="3"><li><p>甲</p></li></ol>', ["3. 甲"]),
        ('<ol type="A"><li>甲</li></ol>', ["A. 甲"]),
        ('<ol style="list-style-type: cjk-ideographic"><li>甲</li></ol>', ["一、甲"]),
        ('<ol style="list-style-type:none"><li>一、甲</li></ol>', ["一、甲"]),
        ("<ul><li>甲</li></ul>", ["甲"]),
        ("<div>甲<p>乙</p>丙</div>", ["甲", "乙", "丙"]),
        ("<p>甲&lt;5&nbsp;家&mdash;乙</p>", ["甲<5 家—乙"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<p>甲<del>删</del><!-- 注 -->乙<img alt=图></p>", ["甲乙"]),
        ('<p>甲</p><p style="display: none">藏</p><p hidden>匿</p>', ["甲"]),
        ("<p>科<b>技</b><i>创</i><font>新</font></p>", ["科技创新"]),
        ("<p>到\n<b>2025年</b>\n达到</p>", ["到2025年达到"]),
        ("<p>Beijing\n<b>Shanghai</b></p>", ["Beijing Shanghai"]),
        ("<table><tr><td>唯一的格子</td></tr></table>", ["唯一的格子"]),
        ("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>", ["甲", "乙"]),
        ('<table><tr><td colspan="2">任务表</td></tr></table>', ["任务表"]),
    ],
)
def test_the_flow_of_a_page_becomes_lines(tmp_path: Path, inside: str, lines: list[str]) -> None:
    assert texts(read(tmp_path, f"<html><body>{inside}</body></html>".encode())) == lines


def test_spans_reach_over_columns_and_rows(tmp_path: Path) -> None:
    page = """<html><body><table><caption>任务分解表</caption>
    <thead><tr><th rowspan=2>序号</th><th colspan=2>责任</th></tr><tr><th>牵头</th><th>配合</th></tr></thead>
    <tr><td>1</td><td rowspan=0>科技局</td><td><p>财政局</p><p>人社局</p></td></tr>
    <tr><td>2</td><td>审计局</td></tr></table></body></html>"""
    document = read(tmp_path, page.encode())
    assert texts(document) == ["任务分解表"]
    assert rows(document) == [
        (
            ("序号", "责任", "责任"),
            ("序号", "牵头", "配合"),
            ("1", "科技局", "财政局\n人社局"),
            ("2", "科技局", "审计局"),
        )
    ]


def test_titles_above_and_remarks_below_a_table_are_lines(tmp_path: Path) -> None:
    page = """<html><body><table><tr><td colspan=2>重点任务分解表</td></tr><tr><td>任务</td><td>单位</td></tr>
    <tr><td colspan=2>一、平台</td></tr><tr><td>建平台</td><td>科技局</td></tr>
    <tr><td colspan=2>注：排第一位的牵头。</td></tr></table></body></html>"""
    document = read(tmp_path, page.encode())
    assert texts(document) == ["重点任务分解表", "注：排第一位的牵头。"]
    assert rows(document) == [(("任务", "单位"), ("一、平台", "一、平台"), ("建平台", "科技局"))]


def test_footnotes_of_saved_documents_are_notes(tmp_path: Path) -> None:
    page = """<html><body>
    <p>责任单位<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">1</a></sup>如下</p>
    <div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym">1</a>
    列第一位的为牵头单位。</p></div>
    <div style='mso-element:footnote' id=ftn2><p><a name="_ftn2">[2]</a>指规模以上。</p></div></body></html>"""
    document = read(tmp_path, page.encode())
    assert texts(document) == ["责任单位如下", "列第一位的为牵头单位。", "指规模以上。"]
    assert line(document, "列第一位").is_note
    assert line(document, "指规模").is_note


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    content = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    content += (
        base64.encodebytes(PLAIN.encode("gb18030")) + b"\r\n--B\r\nContent-Type: image/png\r\n\r\nxx\r\n--B--\r\n"
    )
    assert texts(read(tmp_path, content)) == BODY_LINES


def test_an_archive_without_a_page_is_refused(tmp_path: Path) -> None:
    content = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B--\r\n"
    assert "plan.bin" in refusal(tmp_path, content)


def test_a_page_nested_without_end_is_refused_or_read(tmp_path: Path) -> None:
    assert "plan.bin" in refusal(tmp_path, b"<html><body>" + b"<div>" * 20_000 + b"</body></html>")


@pytest.mark.parametrize(
    "text",
    [
        "【字体：大 中 小】",
        "字号：大 中 小 打印 关闭",
        "字体大小：[大] [中] [小]",
        "【打印本页】【关闭窗口】",
        "打印 | 收藏 | 分享到：微信 微博",
        "您的位置：首页 > 政务公开 > 政策文件",
        "首页 >> 通知公告",
        "上一篇：关于做好防汛工作的通知",
        "下一条：没有了",
        "发布时间：2023-03-10 来源：市政府办公室 浏览次数：100",
        "来源：市科技局 作者：综合处",
        "责任编辑：张三",
        "扫一扫在手机打开当前页",
        "相关链接：",
        "主办单位：云岭市人民政府 滇ICP备00000号 滇公网安备 5300号",
        "技术支持：某某公司",
    ],
)
def test_furniture_is_known_by_its_words(text: str) -> None:
    assert is_noise_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "一、总体要求",
        "主办单位：市科技局，协办单位：市财政局",
        "（五）建设网站地图等便民栏目，方便群众查询，" + "完善服务功能，" * 20,
        "索引号：A1 文号：云政办发〔2023〕12号 发布日期：2023-03-10 来源：市政府办",
        "责任单位：市科技局 完成时间：2023年12月",
        "开始时间：2023年1月 结束时间：2023年12月",
        "数据来源：市统计局",
        "中小企业",
        "附件：1.任务分解表",
        "首页设计方案",
        "评估后决定是否继续实施",
        "2023年3月8日",
    ],
)
def test_what_a_plan_says_is_no_furniture(text: str) -> None:
    assert not is_noise_line(text)


def test_titles_below_related_links_are_no_part_of_the_plan(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset='utf-8'></head><body><div><p>云江市行动方案</p><p>一、重点任务</p>"
        "<p>（一）加强组织。要细化落实举措，定期通报。</p><p>【打印本页】 【关闭窗口】</p><p>相关链接：</p>"
        "<p>云江市“十四五”规划解读</p></div></body></html>"
    )
    assert texts(read(tmp_path, page.encode()))[-1] == "（一）加强组织。要细化落实举措，定期通报。"
