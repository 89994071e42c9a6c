from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.plans.readers.word_numerals import chinese_count, format_number
from tests.unit.plans.readers.reading import read, texts
from tests.unit.plans.readers.word_files import in_list, level, lists, numbered, p, word_file


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1, "decimal", "1"),
        (3, "decimalZero", "03"),
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (2024, "chineseCountingThousand", "二千零二十四"),
        (10001, "chineseCountingThousand", "一万零一"),
        (20, "ideographDigital", "二〇"),
        (21, "japaneseDigitalTenThousand", "二一"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (12, "ideographZodiac", "亥"),
        (1, "ideographEnclosedCircle", "㊀"),
        (7, "decimalEnclosedCircle", "⑦"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (51, "decimalEnclosedCircle", "51"),
        (2, "decimalEnclosedParen", "⑵"),
        (3, "decimalEnclosedFullstop", "⒊"),
        (12, "decimalFullWidth", "１２"),
        (2, "numberInDash", "- 2 -"),
        (22, "ordinal", "22nd"),
        (5, "none", ""),
        (5, "hebrew1", "5"),
    ],
)
def test_numbers_read_as_word_prints_them(value: int, number_format: str, shown: str) -> None:
    assert format_number(value, number_format) == shown


@given(st.integers(1, 32767))
def test_chinese_counting_can_be_counted_back(value: int) -> None:
    places = {"十": 10, "百": 100, "千": 1000}
    digits = {digit: number for number, digit in enumerate("零一二三四五六七八九")}
    total = section = digit = 0
    for character in chinese_count(value):
        if character == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        elif character in places:
            section, digit = section + (digit or 1) * places[character], 0
        else:
            digit = digits[character]
    assert total + section + digit == value


CHAPTERS = lists(
    level(0, "chineseCountingThousand", "第%1章"),
    level(1, "chineseCounting", "（%2）", more='<w:suff w:val="nothing"/>'),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def shown(tmp_path: Path, body: str, numbering: str, styles: str = "") -> list[str]:
    return texts(read(tmp_path, word_file(body, numbering=numbering, styles=styles)))


def test_levels_count_by_themselves_and_restart_below_a_higher_one(tmp_path: Path) -> None:
    items = (
        ("总则", 0),
        ("目标", 1),
        ("原则", 1),
        ("分级", 2),
        ("分类", 2),
        ("细则", 3),
        ("任务", 0),
        ("平台", 1),
        ("人才", 2),
    )
    body = "".join(numbered(text, depth) for text, depth in items)
    assert shown(tmp_path, body, CHAPTERS) == [
        "第一章 总则",
        "（一）目标",
        "（二）原则",
        "1. 分级",
        "2. 分类",
        "① 细则",
        "第二章 任务",
        "（一）平台",
        "1. 人才",
    ]


def test_a_level_may_go_on_counting_through_higher_ones(tmp_path: Path) -> None:
    numbering = lists(
        level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2．", more='<w:lvlRestart w:val="0"/>')
    )
    body = numbered("甲", 0) + numbered("子", 1) + numbered("乙", 0) + numbered("丑", 1)
    assert shown(tmp_path, body, numbering) == ["一、甲", "1．子", "二、乙", "2．丑"]


def test_legal_numbering_shows_chinese_levels_in_digits(tmp_path: Path) -> None:
    numbering = lists(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", more="<w:isLgl/>"))
    assert shown(tmp_path, numbered("甲", 0) + numbered("子", 1), numbering) == ["一、甲", "1.1 子"]


def test_instances_share_their_count_unless_they_start_anew(tmp_path: Path) -> None:
    instances = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    numbering = lists(level(0, "decimal", "（%1）"), instances=instances)
    body = numbered("甲", number=1) + numbered("乙", number=2) + numbered("丙", number=3) + numbered("丁", number=3)
    assert shown(tmp_path, body, numbering) == ["（1）甲", "（2）乙", "（1）丙", "（2）丁"]


def test_an_instance_may_redefine_a_level(tmp_path: Path) -> None:
    redefined = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>'
    instances = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{redefined}</w:num>'
    assert shown(tmp_path, numbered("甲"), lists(level(0, "decimal", "%1."), instances=instances)) == ["C) 甲"]


def test_styles_number_and_paragraphs_switch_it_off(tmp_path: Path) -> None:
    numbering = lists(
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="H2"/>'),
    )
    list_of_style = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>{list_of_style}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>{list_of_style}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="我的标题"/><w:basedOn w:val="H2"/></w:style>'
    )
    switched_off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("甲", style="H1") + p("子", style="H2") + p("丑", style="Mine") + p("序", style="H1", properties=switched_off)
    )
    assert shown(tmp_path, body, numbering, styles) == ["一、甲", "（一）子", "（二）丑", "序"]


def test_a_list_may_be_named_by_a_numbering_style(tmp_path: Path) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCounting", "%1、")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    assert shown(tmp_path, numbered("甲") + numbered("乙"), numbering, styles) == ["一、甲", "二、乙"]


def test_bullets_in_symbol_fonts_become_signs(tmp_path: Path) -> None:
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    bullet = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/>{wingdings}</w:lvl>'
    dash = level(1, "bullet", "——")
    assert shown(tmp_path, numbered("甲") + numbered("乙", 1), lists(bullet, dash)) == ["● 甲", "—— 乙"]


def test_empty_paragraphs_count_and_deleted_ones_do_not(tmp_path: Path) -> None:
    deleted = p(
        '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>',
        properties=f'{in_list()}<w:rPr><w:del w:id="2"/></w:rPr>',
    )
    body = numbered("甲") + numbered("") + deleted + numbered("乙")
    assert shown(tmp_path, body, lists(level(0, "decimal", "%1、"))) == ["1、甲", "3、乙"]
