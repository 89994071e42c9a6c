"""Reader of plain text and markdown: one line of the file is one line of the document, unless it was wrapped."""

import re
from collections.abc import Iterator, Sequence

from planbook.plans.document import Document
from planbook.plans.mending import MOST_CHARACTERS
from planbook.plans.readers.cleaning import clean_line
from planbook.plans.readers.drafts import BlockWriter, Draft, DraftBlock, DraftTable, Run, plain
from planbook.plans.readers.encoding import decode
from planbook.plans.readers.text_lines import SourceLine, is_hard_wrapped, source_lines, unwrap

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(.*)")
_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-{3,}:?[ \t]*(\|[ \t]*:?-{3,}:?[ \t]*)+\|?")
_RULE = re.compile(r"([-*_=])(?:[ \t]*\1){2,}")
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,200})\]\([^()\s]{1,500}\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_LINE_BREAK = re.compile(r"<br ?/?>|\\$", re.IGNORECASE)
_ENTITIES = {"&nbsp;": " ", "&ensp;": " ", "&emsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
_LONGEST_COLUMN_NAME = 8
_MINIMUM_COLUMNS = 3  # a line with one tab or one upright is often only a blank or a printed mark


def read_text(raw: bytes, name: str) -> Document:
    """Return the document of a text file in any encoding; markdown marks become headings, bold and tables.

    Text that was copied out of a PDF, with the page's line ends in it, is put together again as a page's is.
    """
    decoded = decode(raw)
    writer = BlockWriter(name)
    lines = source_lines(decoded.text)
    is_markdown = any(_HEADING.match(line.text) or _DELIMITER_ROW.fullmatch(line.text.strip()) for line in lines)
    title = None
    if is_markdown:
        title, lines = _without_front_matter(lines)
    is_wrapped = not is_markdown and is_hard_wrapped(lines)
    read, rest = _most_that_is_read(lines)
    for block in unwrap(read) if is_wrapped else _blocks(read, is_markdown=is_markdown):
        writer.add(block)
    if rest:
        writer.add(plain(" ".join(line.text for line in rest), line=rest[0].number))
    return Document(name, writer.blocks(), is_reflowed=is_wrapped, title=title, findings=decoded.findings)


def _most_that_is_read(lines: list[SourceLine]) -> tuple[list[SourceLine], list[SourceLine]]:
    """Part off lines far behind what is read of a text, so that they cost no layout; they are still counted."""
    size = 0
    for index, line in enumerate(lines):
        size += len(line.text)
        if size > MOST_CHARACTERS:
            return lines[: index + 1], lines[index + 1 :]
    return lines, []


def _without_front_matter(lines: list[SourceLine]) -> tuple[str | None, list[SourceLine]]:
    """Split off the `---` block of properties that some editors put on top; its title is the document's."""
    if not lines or lines[0].text.strip() != "---":
        return None, lines
    for index, line in enumerate(lines[1:40], start=1):
        if line.text.strip() == "---":
            titles = [clean_line(each.text[6:]) for each in lines[1:index] if each.text.startswith("title:")]
            return titles[0].strip("\"'") if titles else None, lines[index + 1 :]
    return None, lines


def _blocks(lines: Sequence[SourceLine], *, is_markdown: bool) -> Iterator[DraftBlock]:
    index = 0
    while index < len(lines):
        rows = _table_rows(lines, index)
        if rows:
            first = lines[index]
            index += len(rows)
            cells = tuple(row for row in rows if row is not None and any(row))
            if cells:
                yield DraftTable(cells, page=first.page, line=first.number)
            continue
        line = lines[index]
        index += 1
        yield from _markdown_line(line) if is_markdown else _text_line(line)


def _text_line(line: SourceLine) -> Iterator[Draft]:
    # Tables copied out of web pages leave a `|` at the end of each line, and lines of nothing else.
    text = line.text.rstrip()
    if text.endswith("|"):
        text = text.strip("|\t ")
    yield plain(text, page=line.page, line=line.number)


def _markdown_line(line: SourceLine) -> Iterator[Draft]:
    text = line.text.strip().lstrip(">").strip()
    if _RULE.fullmatch(text) or text.startswith("```"):
        return
    level = None
    heading = _HEADING.fullmatch(text)
    if heading:
        level = len(heading[1])
        text = heading[2].rstrip("# \t")
    yield Draft(_markdown_runs(text), page=line.page, heading_level=level, line=line.number)


def _markdown_runs(text: str) -> tuple[Run, ...]:
    """Runs of a line without its marks: `**` starts and ends bold, links leave their text, pictures nothing."""
    text = _LINK.sub(lambda link: "" if link[1] else link[2], text)
    text = _LINE_BREAK.sub("\n", text)
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    parts = text.replace("__", "**").split("**")
    if len(parts) % 2 == 0:  # an odd mark closes nothing: it is text
        parts[-2:] = ["**".join(parts[-2:])]
    return tuple(Run(_ESCAPE.sub(r"\1", part), is_bold=index % 2 == 1) for index, part in enumerate(parts) if part)


def _table_rows(lines: Sequence[SourceLine], start: int) -> list[tuple[str, ...] | None]:
    """Rows of the table that begins at `start`, None for a delimiter row; empty where no table begins.

    Markdown tables are known by their delimiter row; otherwise at least two lines must have the same number of cells,
    parted by tabs (copied from Word or a worksheet) or by uprights (copied from a web page).
    """
    for separator in ("|", "\t"):
        first = _row(lines[start].text, separator)
        if not first or start + 1 == len(lines):
            continue
        second = _row(lines[start + 1].text, separator)
        is_table = second is None or (
            len(first) >= _MINIMUM_COLUMNS and len(second) == len(first) and any(first + second)
        )
        if not is_table:
            continue
        rows: list[tuple[str, ...] | None] = [first]
        for index in range(start + 1, len(lines)):
            row = _row(lines[index].text, separator)
            if row is not None and len(row) != len(first):
                break
            rows.append(row)
        return rows
    return _blank_parted_rows(lines, start)


def _blank_parted_rows(lines: Sequence[SourceLine], start: int) -> list[tuple[str, ...] | None]:
    """Rows of a table whose cells were copied with blanks between (序号 任务 牵头单位); empty where any is in doubt."""
    head = lines[start].text.split()
    if len(head) <= _MINIMUM_COLUMNS or head[0] != "序号" or any(len(cell) > _LONGEST_COLUMN_NAME for cell in head):
        return []
    rows: list[tuple[str, ...] | None] = [tuple(head)]
    for line in lines[start + 1 :]:
        cells = line.text.split()
        if len(cells) != len(head) or not cells[0].isdigit():
            break
        rows.append(tuple(cells))
    return rows if len(rows) > 1 else []


def _row(text: str, separator: str) -> tuple[str, ...] | None:
    """Cells of a line, empty where it is no row, None where it is markdown's delimiter row."""
    text = text.strip(" \u3000\r")
    if separator not in text:
        return ()
    if separator == "|" and _DELIMITER_ROW.fullmatch(text):
        return None
    return _cells(text, separator)


def _cells(text: str, separator: str) -> tuple[str, ...]:
    if separator == "|":
        text = text.replace("\\|", "\ufffc").removeprefix("|").removesuffix("|")
    return tuple(
        "\n".join(clean_line(part) for part in _LINE_BREAK.split(cell.replace("\ufffc", "|").replace("**", "")))
        for cell in text.split(separator)
    )
