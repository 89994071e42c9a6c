"""Workbooks that would cost time, memory or secrets: refused with a reason, or read for what honest cells they have."""

import gzip
import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest

from planbook.sheets.limits import DEFAULT_LIMITS, LAST_ROW, Limits
from planbook.sheets.reading import read_workbook
from planbook.sheets.unreadable import UnreadableFile
from tests.unit.sheets.packages import (
    DECLARATION,
    MAIN,
    cells12,
    compound_file,
    content_types,
    index,
    record12,
    relationships,
    row,
    strings,
    workbook,
    workbook12,
    worksheet,
    zipped,
)

HONEST = row('<c r="A1" t="inlineStr"><is><t>任务编号</t></is></c>', '<c r="B1"><v>50</v></c>')


def code_of(content: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(content, limits)
    assert caught.value.message.endswith("。")
    return caught.value.finding.code


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("A1048576", (LAST_ROW, 1)),
        ("XFD1048576", (LAST_ROW, 16_384)),
        ("XFD60", (60, 16_384)),
        ("R100000", (100_000, 18)),
    ],
)
def test_a_stray_cell_costs_nothing_and_is_kept(reference: str, place: tuple[int, int]) -> None:
    stray = row(f'<c r="{reference}"><v>7</v></c>', number=place[0])
    sheet = read_workbook(workbook(worksheet(HONEST + stray))).sheets[0]
    assert sheet.value(1, 2) == 50.0
    assert sheet.value(*place) == 7.0
    assert len(sheet.rows) == place[0]
    assert sum(1 for values in sheet.rows if values) == 2
    assert [list(values) for values in sheet.rows[:2]] == [["任务编号", 50.0], []]


def test_stray_cells_in_every_row_are_refused() -> None:
    rows = "".join(row(f'<c r="XFD{number}"><v>1</v></c>', number=number) for number in range(1, 300))
    assert code_of(workbook(worksheet(rows))) == "file_over_limit"


def test_sixty_thousand_blank_styled_rows_are_no_rows() -> None:
    blank = "".join(
        row(*(f'<c r="{letter}{number}" s="1"/>' for letter in "ABCDEF"), number=number) for number in range(2, 60_002)
    )
    sheet = read_workbook(workbook(worksheet(HONEST + blank))).sheets[0]
    assert len(sheet.rows) == 1


def test_a_dimension_that_lies_is_not_believed() -> None:
    sheet = worksheet(HONEST).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert len(read_workbook(workbook(sheet)).sheets[0].rows) == 1


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    ],
)
@pytest.mark.parametrize("part", ["sheet", "strings", "index", "properties"])
def test_document_types_are_refused_wherever_they_stand(prologue: str, part: str) -> None:
    def marked(content: str, where: str) -> str:
        return content.replace(DECLARATION, DECLARATION + prologue) if part == where else content

    content = workbook(
        marked(worksheet(HONEST), "sheet"),
        shared=marked(strings("<t>a</t>"), "strings"),
        extra={
            "xl/workbook.xml": marked(index('<sheet name="表" sheetId="1" r:id="rId1"/>'), "index"),
            "docProps/core.xml": marked(
                f"{DECLARATION}<core><modified>2024-03-28T02:00:00Z</modified></core>", "properties"
            ),
        },
    )
    assert code_of(content) == "file_forbidden_markup"


def test_a_document_type_hidden_by_another_encoding_is_refused() -> None:
    sheet = worksheet(HONEST).replace("UTF-8", "UTF-16")
    sheet = sheet.replace("?>\n", '?><!DOCTYPE a [<!ENTITY a "b">]>', 1)
    assert code_of(workbook(sheet.encode("utf-16"))) == "file_forbidden_markup"


def test_a_sheet_that_inflates_beyond_the_limit_is_refused() -> None:
    limits = replace(DEFAULT_LIMITS, unpacked_bytes=1_000_000)
    assert code_of(workbook(worksheet(HONEST + " " * 2_000_000)), limits) == "file_over_limit"


def test_a_size_that_lies_is_not_believed() -> None:
    content = workbook(worksheet(HONEST + " " * 2_000_000))
    lying = content.replace(
        struct.pack("<I", len(worksheet(HONEST + " " * 2_000_000).encode())), struct.pack("<I", 500)
    )
    assert lying != content
    assert code_of(lying) == "file_damaged"


def test_many_sheets_together_are_bounded() -> None:
    limits = replace(DEFAULT_LIMITS, unpacked_bytes=1_000_000)
    sheets = "".join(f'<sheet name="表{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 40))
    content = workbook(worksheet(HONEST + " " * 100_000), extra={"xl/workbook.xml": index(sheets)})
    assert code_of(content, limits) == "file_over_limit"


def test_too_many_parts_are_refused() -> None:
    content = workbook(worksheet(HONEST), extra={f"xl/media/{number}.txt": b"" for number in range(20_000)})
    assert code_of(content) == "file_over_limit"


def test_too_many_cells_are_refused() -> None:
    limits = replace(DEFAULT_LIMITS, cells=100)
    rows = "".join(
        row(*(f'<c r="{letter}{number}"><v>1</v></c>' for letter in "ABCD"), number=number) for number in range(1, 30)
    )
    assert code_of(workbook(worksheet(rows)), limits) == "file_over_limit"
    assert code_of(workbook(worksheet(rows.replace(' r="', ' x="1" r="'))), limits) == "file_over_limit"


@pytest.mark.parametrize(
    "rows",
    [
        row('<c r="AAAA1"><v>1</v></c>'),
        row('<c r="XFE1"><v>1</v></c>'),
        row('<c r="A1048577"><v>1</v></c>', number=1_048_577),
        row('<c r="A99999999999"><v>1</v></c>'),
        row('<c r="A0"><v>1</v></c>', number=0),
        row('<c r="1"><v>1</v></c>'),
        row('<c r="甲1"><v>1</v></c>'),
        '<row r="-1"/>',
        '<row r="x"/>',
        "<row><row>" * 3,
        row("<c><v>1</v></c>" * 17_000),
    ],
)
def test_places_that_no_sheet_has_are_damage(rows: str) -> None:
    assert code_of(workbook(worksheet(rows))) == "file_damaged"


def test_deep_markup_is_refused_or_survived() -> None:
    deep = worksheet("<row>" + "<x>" * 100_000 + "</x>" * 100_000 + "</row>")
    assert not read_workbook(workbook(deep)).sheets[0].rows
    assert code_of(workbook(worksheet(HONEST), shared=strings("<r>" * 1000 + "</r>" * 1000))) == "file_damaged"


@pytest.mark.parametrize("keep", [30, 200, 0.5, 0.9, -30, -1])
def test_a_truncated_file_is_damaged(keep: float) -> None:
    content = workbook(worksheet(HONEST))
    assert code_of(content[: int(keep * len(content)) if 0 < keep < 1 else int(keep)]) == "file_damaged"


def test_one_wrong_bit_is_damage() -> None:
    content = bytearray(
        zipped({"[Content_Types].xml": content_types(), "xl/workbook.xml": index("")}, zipfile.ZIP_STORED)
    )
    place = content.index(b"<workbook") + 3
    content[place] ^= 1
    assert code_of(bytes(content)) == "file_damaged"


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": "<workbook"},
        {"xl/worksheets/sheet1.xml": "no markup"},
        {"xl/worksheets/sheet1.xml": worksheet("<row><c></row>")},
        {"xl/sharedStrings.xml": "<sst><si><t>a</sst>"},
        {"xl/sharedStrings.xml": '<?xml version="1.0" encoding="nonsense"?><sst/>'},
        {"xl/_rels/workbook.xml.rels": relationships({})},
        {"xl/_rels/workbook.xml.rels": relationships({"rId1": ("worksheet", "worksheets/none.xml")})},
        {"xl/_rels/workbook.xml.rels": relationships({"rId1": ("worksheet", "../../../etc/passwd")})},
    ],
)
def test_broken_parts_are_damage(parts: dict[str, str]) -> None:
    content = workbook(worksheet(HONEST), shared=strings("<t>a</t>"), extra={})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        known = {name: archive.read(name).decode() for name in archive.namelist()}
    assert code_of(zipped({**known, **parts})) == "file_damaged"


def test_relationships_that_lead_outside_are_not_followed() -> None:
    links = relationships(
        {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("sharedStrings", "file:///etc/passwd")}
    )
    links = links.replace('Target="file', 'TargetMode="External" Target="file')
    content = workbook(worksheet(row('<c r="A1" t="s"><v>0</v></c>')), extra={"xl/_rels/workbook.xml.rels": links})
    sheet = read_workbook(content).sheets[0]
    assert sheet.value(1, 1) is None
    assert (1, 1) in sheet.errors  # and not taken for empty


def test_a_workbook_without_worksheets() -> None:
    links = relationships({"rId1": ("chartsheet", "chartsheets/sheet1.xml")})
    assert code_of(workbook(worksheet(""), extra={"xl/_rels/workbook.xml.rels": links})) == "file_without_sheets"


def test_a_binary_workbook_that_ends_in_the_middle_of_a_record() -> None:
    whole = cells12((5, 0, struct.pack("<d", 1.5)))
    start = record12(0, struct.pack("<IIHBBBI", 0, 0, 0, 0, 0, 0, 0))
    assert read_workbook(workbook12(start + whole)).sheets[0].value(1, 1) == 1.5
    content = zipped(
        {
            **_parts(workbook12(start + whole)),
            "xl/worksheets/sheet1.bin": (record12(145) + start + whole)[:-3],
        }
    )
    assert code_of(content) == "file_damaged"


def test_a_compound_file_whose_sectors_lead_astray_is_damaged() -> None:
    content = bytearray(compound_file({"Workbook": b"\x09\x08\x10\x00" + bytes(16)}))
    content[512 + 8 : 512 + 12] = b"\xf0\xff\xff\x7f"  # where the first stream goes on
    assert code_of(bytes(content)) == "file_damaged"


@pytest.mark.parametrize("stream", [b"", b"\x09\x08\x10\x00", b"\x09\x08\x10\x00" + bytes(16), bytes(range(256)) * 20])
def test_a_binary_workbook_of_nonsense_is_damaged(stream: bytes) -> None:
    assert code_of(compound_file({"Workbook": stream})) == "file_damaged"


def _parts(content: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_directory_that_is_larger_than_its_count_says_is_not_read() -> None:
    members = {f"{number:07d}": b"" for number in range(9000)}
    content = bytearray(zipped({**members}))
    end = content.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = struct.pack("<HH", 1, 1)
    assert code_of(bytes(content), replace(DEFAULT_LIMITS, entries=100)) == "file_over_limit"


def test_gzip_of_zeros_is_not_unpacked() -> None:
    assert code_of(gzip.compress(bytes(10_000_000))) == "file_other_archive"
    assert code_of(zlib.compress(bytes(10_000_000))) in {"file_unknown", "file_wrapped"}


def test_unusual_but_honest_xml_is_read() -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="b"><v>1</v></c></row></sheetData></worksheet>'
    assert read_workbook(workbook(sheet)).sheets[0].value(1, 1) is True
