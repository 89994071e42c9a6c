import pytest

from planbook.model.likeness import contrast, edition_key


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("某市科技创新行动计划", "《某市科技创新行动计划》（修订）", True),
        ("某市科技创新行动计划", "某市 科技创新行动计划(2024年修订版)", True),
        ("某市科技创新行动计划", "某市科技创新行动计划（动态调整）", True),
        ("某市科技创新行动计划", "某市科技创新行动计划〔第二次修订稿〕", True),
        ("某市科技创新行动计划", "某市科技创新行动计划2024年修订版", True),
        ("某市科技创新行动计划（2021—2023年）", "某市科技创新行动计划(2021-2023年)（修订）", True),
        ("某市科技创新行动计划（2021—2023年）", "某市科技创新行动计划（2024—2026年）", False),
        ("某市科技创新行动计划", "某省科技创新行动计划", False),
        ("某市产业结构调整", "某市产业结构", False),
        ("某市城市更新", "某市城市", False),
        ("某市行动计划（试行）", "某市行动计划", False),
    ],
)
def test_titles_of_two_editions(one: str, other: str, is_same: bool) -> None:
    assert (edition_key(one) == edition_key(other)) is is_same


def test_short_texts_are_contrasted_whole() -> None:
    assert contrast("省科技厅", "省财政厅") == ("省科技厅", "省财政厅")


def test_long_text_without_a_counterpart_loses_its_middle() -> None:
    assert contrast("", "新增" * 200) == ("", "新增" * 60 + "……" + "新增" * 60)


def test_long_texts_are_contrasted_where_they_differ() -> None:
    before, after = contrast("建" * 80 + "，到2025年，" + "设" * 80, "建" * 80 + "，到2026年，" + "设" * 80)
    assert [text.strip("…建设") for text in (before, after)] == ["，到2025年，", "，到2026年，"]
    assert before.startswith("…")
    assert len(before) < 40


def test_contrast_of_an_inserted_stretch() -> None:
    text = "".join(chr(0x4E00 + place) for place in range(200))
    before, after = contrast(text, text[:100] + "插入" + text[100:])
    assert "插入" in after
    assert before.strip("…") in text
    assert len(before) < 30
