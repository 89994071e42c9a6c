"""PDF files as PDFium gives them: what stands where, which way up, and which files cannot be read."""

import itertools
from pathlib import Path

import pytest

from tests.unit.plans.readers.reading import codes, line, read, refusal, rows, texts
from tests.unit.plans.readers.typesetting import pdf_file, show


def grid(columns: list[int], edges: list[int]) -> str:
    """Operators that stroke a grid."""
    across = "".join(f"{columns[0]} {y} m {columns[-1]} {y} l S\n" for y in edges)
    return across + "".join(f"{x} {edges[0]} m {x} {edges[-1]} l S\n" for x in columns)


def boxes(columns: list[int], edges: list[int]) -> str:
    """Operators that fill each line of a grid as a thin box, as Word prints borders."""
    across = "".join(f"{columns[0]} {y} {columns[-1] - columns[0]} 0.5 re f\n" for y in edges)
    return across + "".join(f"{x} {edges[0]} 0.5 {edges[-1] - edges[0]} re f\n" for x in columns)


def frames(columns: list[int], edges: list[int]) -> str:
    """Operators that stroke each cell as a rectangle, moved there by a matrix."""
    return "".join(
        f"q 1 0 0 1 {left} {bottom} cm 0 0 {right - left} {top - bottom} re S Q\n"
        for left, right in itertools.pairwise(columns)
        for bottom, top in itertools.pairwise(edges)
    )


COLUMNS, EDGES = [80, 200, 400], [600, 640, 680]
CELLS = show("任务", 90, 655) + show("单位", 210, 655) + show("建平台", 90, 615) + show("科技局", 210, 615)


@pytest.mark.parametrize("draw", [grid, boxes, frames])
def test_text_and_ruled_tables_are_read(tmp_path: Path, draw: object) -> None:
    assert callable(draw)
    page = show("一、重点任务", 112, 720) + draw(COLUMNS, EDGES) + CELLS + show("（此件公开发布）", 112, 560)
    document = read(tmp_path, pdf_file(page))
    assert texts(document) == ["一、重点任务", "（此件公开发布）"]
    assert rows(document) == [(("任务", "单位"), ("建平台", "科技局"))]
    assert [block.page for block in document.blocks] == [1, 1, 1]


def test_pages_are_numbered_and_the_title_property_kept(tmp_path: Path) -> None:
    document = read(tmp_path, pdf_file(show("甲。", 112, 700), show("乙。", 112, 700), title="科技行动方案"))
    assert [block.page for block in document.blocks] == [1, 2]
    assert document.title == "科技行动方案"
    assert read(tmp_path, pdf_file(show("甲。", 112, 700), title="文档1.docx")).title is None


@pytest.mark.parametrize(
    ("matrix", "places"),
    [
        ("0 1 -1 0", [(200, 100), (240, 100)]),
        ("-1 0 0 -1", [(500, 300), (500, 340)]),
        ("0 -1 1 0", [(400, 700), (360, 700)]),
    ],
    ids=["upward", "upside down", "downward"],
)
def test_sideways_pages_are_turned_upright(tmp_path: Path, matrix: str, places: list[tuple[int, int]]) -> None:
    page = "".join(
        show(text, *place, matrix=matrix) for text, place in zip(("附件1", "任务分解表"), places, strict=True)
    )
    assert texts(read(tmp_path, pdf_file(page))) == ["附件1", "任务分解表"]


def test_slanted_watermarks_are_left_out(tmp_path: Path) -> None:
    page = show("正文内容。", 112, 700) + show("内部资料", 200, 300, 60, matrix="0.7 0.7 -0.7 0.7")
    assert texts(read(tmp_path, pdf_file(page))) == ["正文内容。"]


def test_sizes_come_from_matrix_and_font_together(tmp_path: Path) -> None:
    page = show("大标题", 200, 760, 1, matrix="26 0 0 26") + "".join(
        show(f"{number}．正文内容。", 112, 700 - 28 * number, 2, matrix="8 0 0 8") for number in range(6)
    )
    document = read(tmp_path, pdf_file(page))
    assert (line(document, "大标题").heading_level, line(document, "1．").heading_level) == (1, None)


def test_bold_made_by_stroking_is_bold(tmp_path: Path) -> None:
    page = show("（一）目标。", 112, 700, mode=2) + show("到2025年。", 112 + 6 * 16, 700)
    assert line(read(tmp_path, pdf_file(page)), "（一）").bold_prefix == len("（一）目标。")


def test_text_under_a_scan_is_read(tmp_path: Path) -> None:
    assert texts(read(tmp_path, pdf_file(show("识别出的文字。", 112, 700, mode=3)))) == ["识别出的文字。"]


def test_files_without_text_or_with_a_password_are_refused(tmp_path: Path) -> None:
    assert "OCR" in refusal(tmp_path, pdf_file("80 80 400 600 re f"))
    assert "密码" in refusal(tmp_path, pdf_file(show("正文", 112, 700), encrypt=True))


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"garbage " * 200])
def test_damaged_files_are_refused(tmp_path: Path, content: bytes) -> None:
    assert "损坏" in refusal(tmp_path, content)


def test_a_file_of_too_many_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.plans.readers.pdf._MAXIMUM_PAGES", 1)
    assert "页" in refusal(tmp_path, pdf_file(show("甲", 112, 700), show("乙", 112, 700)))


def test_a_dash_at_a_lines_end_is_kept(tmp_path: Path) -> None:
    page = show("甲" * 20 + "新建平台abc-", 80, 700) + show("def等6-8家。", 80, 672) + show("乙" * 26, 80, 644)
    assert texts(read(tmp_path, pdf_file(page)))[0] == "甲" * 20 + "新建平台abc-def等6-8家。"


def test_ordinary_pages_give_no_findings(tmp_path: Path) -> None:
    assert codes(read(tmp_path, pdf_file(show("正文内容。", 112, 700)))) == []
