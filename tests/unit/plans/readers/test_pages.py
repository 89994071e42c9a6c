"""Laid out pages put together again: what the typesetter parted must come back as it was."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.model.errors import PlanbookError
from planbook.plans.document import TextLine
from planbook.plans.readers.page_document import compose
from planbook.plans.readers.paged import Glyph, Page, Ruling
from tests.unit.plans.readers.reading import codes, line, rows, texts
from tests.unit.plans.readers.typesetting import (
    HEIGHT,
    LEADING,
    LEFT,
    SIZE,
    TOP,
    WIDTH,
    advance,
    rule,
    set_line,
    set_pages,
    wrap,
)

WORDS = "加快推进科技创新平台建设培育高新技术企业完善成果转化体系强化人才支撑优化营商环境"
PARAGRAPH = st.builds(
    lambda number, body: f"{number}{body}。",
    st.sampled_from(["", "一、", "（一）", "1．", "（3）", "①"]),
    st.text(st.sampled_from(WORDS + "，、0129%A"), min_size=4, max_size=120)
    .map(lambda text: f"到{text}家")
    .filter(
        lambda text: not re.search(r"[0-9%]A|[A%][0-9]", text)
    ),  # 00A is one word: no typesetter parts it, as wrap() would
)


def composed(*pages: Page) -> list[str]:
    return texts(compose(pages, "a.pdf"))


@settings(deadline=None, max_examples=40)
@given(st.lists(PARAGRAPH, min_size=25, max_size=60).map(lambda paragraphs: [WORDS * 3 + "。", *paragraphs]))
def test_indented_paragraphs_come_back_whole_over_lines_and_pages(paragraphs: list[str]) -> None:
    assert composed(*set_pages(paragraphs)) == paragraphs


def test_paragraphs_know_the_page_that_they_begin_on() -> None:
    document = compose(set_pages([WORDS * 5 + "。"] * 6), "a.pdf")
    assert document.is_reflowed
    pages = [block.page for block in document.blocks]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert set(pages) == {1, 2}


@pytest.mark.parametrize(
    "foot", ["— {} —", "- {} -", "－{}－", "第 {} 页 共 3 页", "第{}页", "{}/3", "{}", "Page {} of 3", "·{}·"]
)
def test_page_numbers_of_every_shape_are_left_out(foot: str) -> None:
    paragraphs = [f"（{number}）{WORDS[number:]}。" for number in range(30)]
    pages = set_pages(paragraphs, heads=False)
    for page in pages:
        page.glyphs += set_line(foot.format(page.number), 280, 800, size=12)
    assert composed(*pages) == paragraphs


def test_running_heads_on_every_other_page_are_left_out() -> None:
    paragraphs = [f"{number}．{WORDS}。" for number in range(1, 90)]
    pages = set_pages(paragraphs, heads=False)
    for page in pages:
        text = "长河市人民政府公报" if page.number % 2 else f"2024年第{page.number}期"
        page.glyphs += set_line(text, LEFT, 60, size=10)
    assert composed(*pages) == paragraphs


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert "2024" in composed(*set_pages(["甲。", "2024", "乙。"]))


def test_mirrored_margins_do_not_part_paragraphs() -> None:
    paragraphs = [f"（{number}）{WORDS * 3}。" for number in range(20)]
    pages = set_pages(paragraphs)
    for page in pages[1::2]:
        page.glyphs = [glyph._replace(x0=glyph.x0 - 12, x1=glyph.x1 - 12) for glyph in page.glyphs]
    assert composed(*pages) == paragraphs


def test_paragraphs_without_indent_are_parted_by_distance_and_marks() -> None:
    page = Page(1, WIDTH, HEIGHT)
    y = TOP
    paragraphs = ["一、" + WORDS, WORDS * 2, "（一）" + WORDS * 2]
    for paragraph in paragraphs:
        for text in wrap(paragraph, indent=0):
            page.glyphs += set_line(text, LEFT, y)
            y += LEADING
        y += LEADING * 0.6
    assert composed(page) == paragraphs


def test_a_mark_at_a_wrapped_lines_start_begins_no_item() -> None:
    page = Page(1, WIDTH, HEIGHT)
    for row, text in enumerate(("甲" * 26 + "统", "一、有效支撑各类主体发展。")):
        page.glyphs += set_line(text, LEFT, TOP + row * LEADING)
    assert composed(page) == ["甲" * 26 + "统一、有效支撑各类主体发展。"]


def test_hanging_items_run_on_under_their_text() -> None:
    page = Page(1, WIDTH, HEIGHT)
    y = TOP
    for text in ("甲" * 27, "乙" * 27, "丙" * 10):
        page.glyphs += set_line(text, LEFT, y)
        y += LEADING
    for number in "1", "2":
        page.glyphs += set_line(f"{number}、" + "丁" * 23, LEFT + 2 * SIZE, y)
        page.glyphs += set_line("戊" * 8 + "。", LEFT + 3.5 * SIZE, y + LEADING)
        y += 2 * LEADING
    assert composed(page)[-2:] == [f"{number}、" + "丁" * 23 + "戊" * 8 + "。" for number in "12"]


def test_a_title_over_two_lines_is_one_heading() -> None:
    pages = set_pages([WORDS * 3 + "。"] * 3, heads=False)
    for row, text in enumerate(("长河市推进科技创新平台建设三年行动", "计划（2024—2026年）")):
        width = 22 * len(text)
        pages[0].glyphs += set_line(text, LEFT + (27 * SIZE - width) / 2, 60 + 30 * row - 25, size=25)
    document = compose(pages, "a.pdf")
    assert texts(document)[0].startswith("长河市推进科技创新平台建设三年行动")
    assert line(document, "长河市").heading_level == 1


def test_contents_lists_are_left_out() -> None:
    body = [WORDS * 2 + "。"] * 3
    assert composed(*set_pages(["目　录", "一、总体要求………………3", "二、重点任务……… 12", *body], heads=False)) == body


def test_latin_words_keep_their_blanks_and_chinese_gets_none() -> None:
    page = Page(1, WIDTH, HEIGHT)
    page.glyphs += set_line("推广new materials应用，第一章 总则", LEFT, TOP)
    assert composed(page) == ["推广new materials应用，第一章 总则"]


def test_characters_set_apart_to_fill_a_line_get_no_blanks() -> None:
    page = Page(1, WIDTH, HEIGHT)
    for index, character in enumerate("长河市人民政府"):
        page.glyphs += set_line(character, LEFT + index * 1.6 * SIZE, TOP)
    assert composed(page) == ["长河市人民政府"]


def test_raised_digits_never_read_as_part_of_a_number() -> None:
    page = Page(1, WIDTH, HEIGHT)
    page.glyphs += set_line("面积50km", LEFT, TOP)
    page.glyphs += set_line("2", LEFT + 4 * SIZE, TOP - 6, size=9)
    assert composed(page) == ["面积50km²"]


def test_bold_by_double_printing_is_bold_and_read_once() -> None:
    page = Page(1, WIDTH, HEIGHT)
    page.glyphs += set_line("（一）目标。", LEFT, TOP) + set_line("（一）目标。", LEFT + 0.4, TOP)
    page.glyphs += set_line("到2025年。", LEFT + 6 * SIZE, TOP)
    document = compose([page], "a.pdf")
    assert texts(document) == ["（一）目标。到2025年。"]
    assert line(document, "（一）").bold_prefix == len("（一）目标。")


def test_a_dash_drawn_as_one_glyph_stays_two_characters() -> None:
    page = Page(1, WIDTH, HEIGHT)
    dash = Glyph("—", LEFT, LEFT + 1.7 * SIZE, TOP, SIZE, is_bold=False, face="")
    page.glyphs += [dash, dash, *set_line("长沙高新区。", LEFT + 2 * SIZE, TOP)]
    assert composed(page) == ["——长沙高新区。"]


def test_footnotes_move_to_the_end_and_their_marks_go() -> None:
    paragraphs = [f"{number}．{WORDS}。" for number in range(1, 9)]
    page = set_pages([*paragraphs, "绿地1km"], heads=False)[0]
    page.glyphs += set_line("1", LEFT + 2 * SIZE + sum(map(advance, "绿地1km")), TOP + 16 * LEADING - 6, size=9)
    end = LEFT + sum(map(advance, wrap(paragraphs[0])[1]))
    page.glyphs += set_line("1", end, TOP + LEADING - 6, size=9)
    page.glyphs += set_line("1列第一位的为牵头单位，其他为", LEFT, 740, size=10)
    page.glyphs += set_line("配合单位。", LEFT, 754, size=10)
    document = compose([page], "a.pdf")
    assert texts(document) == [*paragraphs, "绿地1km¹", "列第一位的为牵头单位，其他为配合单位。"]
    assert [block.text for block in document.blocks if isinstance(block, TextLine) and block.is_note] == [
        "列第一位的为牵头单位，其他为配合单位。"
    ]


COLUMN = (80.0, 130.0, 260.0, 430.0, 500.0)


def fill(page: Page, edges: list[float], table: list[list[str]], size: float = 10) -> None:
    for (top, _), cells in zip(pairwise(edges), table, strict=True):
        for (left, _), text in zip(pairwise(COLUMN), cells, strict=True):
            for row, part in enumerate(text.split("\n")):
                page.glyphs += set_line(part, left + 5.4, top + 12 + 12 * row, size=size)


def test_ruled_tables_are_read_by_their_lines_among_the_text() -> None:
    page = set_pages(["前文。"], heads=False)[0]
    edges = [200.0, 220.0, 260.0, 280.0]
    rule(page, COLUMN, edges)
    fill(
        page,
        edges,
        [
            ["序号", "任务", "内容", "单位"],
            ["1", "建平台", "建设重点实验室和中试基地五个以上\n并投入使用", "科技局\n财政局"],
            ["2", "引人才", "", "人社局"],
        ],
    )
    page.glyphs += set_line("后文。", LEFT, 400)
    document = compose([page], "a.pdf")
    assert texts(document) == ["前文。", "后文。"]
    assert rows(document) == [
        (
            ("序号", "任务", "内容", "单位"),
            ("1", "建平台", "建设重点实验室和中试基地五个以上并投入使用", "科技局\n财政局"),
            ("2", "引人才", "", "人社局"),
        )
    ]


def test_a_line_of_a_cell_that_begins_with_a_number_and_what_it_counts_runs_on() -> None:
    page = Page(1, WIDTH, HEIGHT)
    edges = [200.0, 220.0, 260.0]
    rule(page, COLUMN, edges)
    cells = ["1", "育企业", "推动高新技术企业数量突破到\n1200家。", "科技局"]
    fill(page, edges, [["序号", "任务", "内容", "单位"], cells])
    assert rows(compose([page], "a.pdf"))[0][1] == ("1", "育企业", "推动高新技术企业数量突破到1200家。", "科技局")


def test_places_that_no_line_parts_are_one_cell() -> None:
    page = Page(1, WIDTH, HEIGHT)
    edges = [200.0, 220.0, 240.0, 260.0]
    rule(page, COLUMN, edges)
    page.horizontals = [each for each in page.horizontals if each.position != 240.0]
    page.horizontals.append(page.horizontals[0]._replace(position=240.0, start=COLUMN[2]))
    page.verticals = [each for each in page.verticals if each.position != COLUMN[3]]
    page.verticals.append(page.verticals[0]._replace(position=COLUMN[3], start=220.0))
    fill(page, edges, [["序号", "任务", "责任分工", ""], ["1", "建平台", "科技局", "财政局"], ["", "", "人社局", ""]])
    assert rows(compose([page], "a.pdf")) == [
        (
            ("序号", "任务", "责任分工", "责任分工"),
            ("1", "建平台", "科技局", "财政局"),
            ("1", "建平台", "人社局", ""),
        )
    ]


def test_tables_run_over_pages_with_header_rows_merged_cells_and_parted_rows() -> None:
    header = ["序号", "任务", "内容", "单位"]
    first, second = Page(1, WIDTH, HEIGHT), Page(2, WIDTH, HEIGHT)
    edges = [700.0, 720.0, 740.0, 780.0]
    rule(first, COLUMN, edges)
    fill(
        first,
        edges,
        [
            header,
            ["1", "建平台", "短。", "科技局"],
            ["2", "引人才", "引进高层次人才和创新创业团队五百\n名以上并落实安家补助和科研启动经", "人社局"],
        ],
    )
    edges = [100.0, 120.0, 140.0, 160.0, 180.0]
    rule(second, COLUMN, edges)
    fill(
        second, edges, [header, ["", "", "费。", ""], ["3", "优环境", "改革。", "发改委"], ["", "", "减税。", "税务局"]]
    )
    second.horizontals = [each for each in second.horizontals if each.position != 160.0]
    second.horizontals.append(second.horizontals[0]._replace(position=160.0, start=COLUMN[2]))
    for page in (first, second):
        page.glyphs += set_line(f"- {page.number} -", 280, 810, size=10)
    assert rows(compose([first, second], "a.pdf")) == [
        (
            tuple(header),
            ("1", "建平台", "短。", "科技局"),
            ("2", "引人才", "引进高层次人才和创新创业团队五百名以上并落实安家补助和科研启动经费。", "人社局"),
            ("3", "优环境", "改革。", "发改委"),
            ("3", "优环境", "减税。", "税务局"),
        )
    ]


def test_cells_merged_over_the_page_end_repeat_their_text_below() -> None:
    first, second = Page(1, WIDTH, HEIGHT), Page(2, WIDTH, HEIGHT)
    edges = [740.0, 760.0, 780.0]
    rule(first, COLUMN, edges)
    fill(first, edges, [["序号", "任务", "内容", "单位"], ["1", "建平台", "实验室。", "科技局"]])
    rule(second, COLUMN, [100.0, 120.0])
    fill(second, [100.0, 120.0], [["", "", "中试基地。", ""]])
    assert rows(compose([first, second], "a.pdf"))[0][-1] == ("1", "建平台", "中试基地。", "")


def test_tables_ruled_across_alone_have_the_columns_that_their_gaps_show() -> None:
    page = set_pages(["前文。"], heads=False)[0]
    for y in (200.0, 220.0, 300.0):
        page.horizontals.append(Ruling(y, 80.0, 500.0))
    table = [
        ["序号", "任务", "内容", "单位"],
        ["1", "建平台", "建设重点实验室和中试基地五个以上\n并投入使用", "科技局"],
    ]
    fill(page, [200.0, 220.0, 260.0, 300.0], [*table, ["2", "引人才", "引进人才。", "人社局"]])
    assert rows(compose([page], "a.pdf")) == [
        (
            ("序号", "任务", "内容", "单位"),
            ("1", "建平台", "建设重点实验室和中试基地五个以上并投入使用", "科技局"),
            ("2", "引人才", "引进人才。", "人社局"),
        )
    ]


def test_rules_around_recipients_and_imprint_are_no_table() -> None:
    page = set_pages(["前文。"], heads=False)[0]
    for y in (640.0, 668.0, 696.0):
        page.horizontals.append(Ruling(y, 80.0, 500.0))
    page.glyphs += set_line("抄送：市委各部门，市人大常委会办公室。", 90, 660, size=14)
    page.glyphs += set_line("长河市人民政府办公室", 90, 688, size=14) + set_line("2024年1月5日印发", 360, 688, size=14)
    document = compose([page], "a.pdf")
    assert rows(document) == []
    assert texts(document)[1].startswith("抄送：")


def test_gazettes_in_two_columns_are_read_down_the_left_one_first() -> None:
    paragraphs = [f"（{number}）{WORDS}。" for number in range(12)]
    lines = [text for paragraph in paragraphs for text in wrap(paragraph, columns=12)]
    page = Page(1, WIDTH, HEIGHT)
    page.glyphs += set_line("长河市人民政府关于推进科技创新的意见", 110, 60, size=20)
    half = (len(lines) + 1) // 2
    for index, text in enumerate(lines):
        bare = text.lstrip("　")
        x = LEFT + (index >= half) * 14 * SIZE + SIZE * (len(text) - len(bare))
        page.glyphs += set_line(bare, x, 100 + 24 * (index % half))
    assert composed(page) == ["长河市人民政府关于推进科技创新的意见", *paragraphs]


def test_a_border_around_the_page_is_no_table() -> None:
    paragraphs = [f"（{number}）{WORDS * 3}。" for number in range(12)]
    pages = set_pages(paragraphs)
    for page in pages:
        rule(page, [60.0, 535.0], [80.0, 780.0])
    assert composed(*pages) == paragraphs


def test_graph_paper_is_no_table() -> None:
    page = set_pages(["正文。"], heads=False)[0]
    rule(page, [80.0 + 4 * step for step in range(100)], [200.0 + 4 * step for step in range(100)])
    assert composed(page) == ["正文。"]


def test_a_box_around_text_is_lines() -> None:
    page = set_pages(["前文。"], heads=False)[0]
    rule(page, [80.0, 500.0], [200.0, 280.0])
    page.glyphs += set_line("专栏1 平台建设工程", 200, 215, size=12) + set_line("1.建设实验室5家。", 110, 240, size=12)
    assert composed(page) == ["前文。", "专栏1 平台建设工程", "1.建设实验室5家。"]


def test_scans_are_refused_and_single_pictures_named() -> None:
    picture = Page(2, WIDTH, HEIGHT, is_picture=True)
    with pytest.raises(PlanbookError, match="扫描件没有文字层"):
        compose([picture], "a.pdf")
    document = compose([*set_pages(["正文。"]), picture], "a.pdf")
    assert codes(document) == ["pages_without_text"]


def test_glyphs_without_meaning_are_counted() -> None:
    page = Page(1, WIDTH, HEIGHT, glyphs=[Glyph("�", LEFT, LEFT + 9, TOP, 9, False, "")])
    page.glyphs += set_line("正文", LEFT + 20, TOP)
    assert codes(compose([page], "a.pdf")) == ["unreadable_glyphs"]
