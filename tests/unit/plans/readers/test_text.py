from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.plans.document import Table, TextLine
from planbook.plans.readers.cleaning import clean_line, wrapping_blank
from planbook.plans.readers.encoding import decode
from planbook.plans.readers.text import read_text
from tests.unit.plans.readers.reading import codes, line, read, rows, texts
from tests.unit.plans.readers.typesetting import wrap

PLAN = "关于印发行动方案的通知\n各有关单位：\n一、总体要求\n（一）到2025年，研发投入占比达到2.5%。\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAN.encode(),
        PLAN.encode("utf-8-sig"),
        PLAN.encode("gbk"),
        PLAN.encode("gb18030"),
        b"\x84\x31\x95\x33" + PLAN.encode("gb18030"),
        PLAN.encode("utf-16"),
        PLAN.encode("utf-16-le"),
        PLAN.encode("utf-16-be"),
        PLAN.encode("utf-32"),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("\n", "\r").encode("gbk"),
    ],
)
def test_every_encoding_of_chinese_text_reads_alike(tmp_path: Path, content: bytes) -> None:
    document = read(tmp_path, content)
    assert texts(document) == PLAN.splitlines()
    assert codes(document) == []


def test_characters_beyond_gbk_survive() -> None:
    assert decode("㙍𠮷县，各有关单位".encode("gb18030")).text == "㙍𠮷县，各有关单位"


def test_a_cut_off_file_says_what_was_lost(tmp_path: Path) -> None:
    whole = ("加快推进科技创新平台建设，" * 100).encode()
    document = read(tmp_path, whole[:-1])
    assert texts(document)[0].startswith("加快推进科技创新平台建设，")
    assert codes(document) == ["characters_lost"]


def test_an_encoding_that_was_guessed_is_said_to_be(tmp_path: Path) -> None:
    document = read(
        tmp_path, ("關於印發行動計畫的通知，各有關單位請認真貫徹執行，並及時報送進展情況。" * 5).encode("big5")
    )
    assert texts(document)[0].startswith("關於印發行動計畫的通知")
    assert codes(document) == ["encoding_uncertain"]


@given(st.binary(max_size=300))
def test_any_bytes_decode_to_something(content: bytes) -> None:
    assert isinstance(decode(content).text, str)


@given(st.text(max_size=200))
def test_lines_are_clean_and_numbered_in_order(text: str) -> None:
    document = read_text(text.encode("utf-8", errors="replace"), "a.txt")
    numbers = [block.line for block in document.blocks]
    assert numbers == sorted(numbers)
    for block in document.blocks:
        if isinstance(block, TextLine):
            assert block.text
            assert clean_line(block.text) == block.text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("　　一、总体要求 ", "一、总体要求"),
        ("第一章　　总则", "第一章 总则"),
        ("2025\u00a0年", "2025 年"),
        ("科\u200b技\ufeff创\u00ad新", "科技创新"),
        ("⼀、⼯作⽬标⻓远", "一、工作目标长远"),
        ("\uf06c完成", "●完成"),
        ("\ue5e5责任", "责任"),
        ("进\x07度\ud800", "进度"),
        ("（Ａ）１２％①", "（Ａ）１２％①"),
    ],
)
def test_invisible_and_look_alike_characters_are_set_right(raw: str, cleaned: str) -> None:
    assert clean_line(raw) == cleaned


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("加快推进", "科技创新", "加快推进科技创新"),
        ("advanced", "materials", "advanced materials"),
        ("到20", "25年", "到2025年"),
        ("达到3", ".5%", "达到3.5%"),
        ("应用BIM", "技术", "应用BIM技术"),
        ("COVID-", "19", "COVID-19"),
        ("", "头", "头"),
    ],
)
def test_wrapped_lines_join_as_they_were_before(left: str, right: str, joined: str) -> None:
    assert f"{left}{wrapping_blank(left, right)}{right}" == joined


def test_lines_keep_the_numbers_that_an_editor_shows(tmp_path: Path) -> None:
    document = read(tmp_path, "标题\n\n\n正文\n".encode())
    assert [(block.line, block.page) for block in document.blocks] == [(1, None), (4, None)]


def test_indents_part_paragraphs_that_lost_their_line_ends(tmp_path: Path) -> None:
    document = read(tmp_path, "制定本方案。　　一、总体要求。　　（一）目标。到2025年　　见效".encode())
    assert texts(document) == ["制定本方案。", "一、总体要求。", "（一）目标。到2025年 见效"]
    assert [block.line for block in document.blocks] == [1, 1, 1]


def test_form_feeds_count_pages(tmp_path: Path) -> None:
    document = read(tmp_path, "甲\n\f乙\n丙".encode())
    assert [block.page for block in document.blocks] == [1, 2, 2]


def test_rows_parted_by_tabs_are_a_table(tmp_path: Path) -> None:
    document = read(tmp_path, "清单\n序号\t任务\t单位\n1\t建平台\t科技局\n2\t引人才\t\n说明\t一处\n".encode())
    assert rows(document) == [(("序号", "任务", "单位"), ("1", "建平台", "科技局"), ("2", "引人才", ""))]
    assert texts(document) == ["清单", "说明 一处"]


def test_rows_copied_from_a_page_are_a_table_and_their_frame_is_not(tmp_path: Path) -> None:
    copied = (
        "索引号 | A1 | 成文日期 | 2023-01-02 |\n公开方式 | 公开 | 发布机构 | 科技局 |\n行动方案 |\n|||\n|\n正文。 |\n"
    )
    document = read(tmp_path, copied.encode())
    assert rows(document) == [(("索引号", "A1", "成文日期", "2023-01-02"), ("公开方式", "公开", "发布机构", "科技局"))]
    assert texts(document) == ["行动方案", "正文。"]


MARKDOWN = """---
title: 科技行动方案
---
# 科技行动方案

## 一、重点任务 ##

**（一）建平台。**建设[实验室](http://a.cn/x)5家\\*。
- 国家级1家
* 省级4家
> 引文&nbsp;一段
1\\. 编号
---
| 序号 | 任务 |
|---|:---:|
| 1 | 建**平台**<br>引人才 |
![图](a.png)
完
"""


def test_markdown_marks_become_headings_bold_and_tables(tmp_path: Path) -> None:
    document = read(tmp_path, MARKDOWN.encode())
    assert document.title == "科技行动方案"
    assert texts(document) == [
        "科技行动方案",
        "一、重点任务",
        "（一）建平台。建设实验室5家*。",
        "- 国家级1家",
        "* 省级4家",
        "引文 一段",
        "1. 编号",
        "完",
    ]
    assert rows(document) == [(("序号", "任务"), ("1", "建平台\n引人才"))]
    assert (line(document, "一、").heading_level, line(document, "（一）").bold_prefix) == (2, len("（一）建平台。"))
    assert [block.line for block in document.blocks if isinstance(block, Table)] == [14]


def test_plain_text_keeps_stars_and_backslashes(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "实施**计划\nC:\\a\n**注\n".encode())) == ["实施**计划", "C:\\a", "**注"]


def wrapped(paragraphs: list[str], indent: str, page_lines: int) -> str:
    """The paragraphs as a PDF viewer copies them: lines of 26 characters, blanks around digits, page numbers."""
    lines = []
    for text in paragraphs:
        first, *rest = wrap(text, indent=0, columns=26)
        lines += [indent + first, *rest]
    pages = [lines[start : start + page_lines] for start in range(0, len(lines), page_lines)]
    return "\f".join("\n".join([*page, "", f"— {number} —", ""]) for number, page in enumerate(pages, start=1))


@pytest.mark.parametrize("indent", ["　　", "  ", "    ", ""])
def test_text_with_the_line_ends_of_a_page_is_put_together_again(tmp_path: Path, indent: str) -> None:
    paragraphs = [
        f"（{number}）推进平台建设。到 2025 年，建成重点实验室 {number} 家，培育高新技术企业，"
        "完善科技成果转化机制，优化创新创业环境。"
        for number in range(1, 30)
    ]
    document = read(tmp_path, wrapped(paragraphs, indent, 22).encode())
    assert texts(document) == [text.replace(" ", "") for text in paragraphs]
    assert document.is_reflowed
    assert {block.page for block in document.blocks} == {1, 2, 3, 4}
    assert document.blocks[1].line == 4


def test_lines_that_their_author_ended_are_left_alone(tmp_path: Path) -> None:
    lines = [f"{number}．{'加快推进平台建设，' * (number % 7 + 1)}" for number in range(1, 60)]
    document = read(tmp_path, "\n".join(lines).encode())
    assert texts(document) == lines
    assert not document.is_reflowed


def test_cells_parted_by_blanks_are_a_table_only_below_a_header_that_fits(tmp_path: Path) -> None:
    rows = "1 推动园区提质。 市工信局 各县区政府\n2 培育企业。 市工信局 市国资委\n"
    document = read(tmp_path, f"某市清单\n序号 任务 牵头单位 责任单位\n{rows}".encode())
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [table.rows[-1] for table in tables] == [("2", "培育企业。", "市工信局", "市国资委")]
    headless = read(tmp_path, f"某市清单\n{rows}".encode())
    assert not any(isinstance(block, Table) for block in headless.blocks)
