"""RAR and 7z archives; the RAR files are put together here by hand, as no free program writes them."""

import io
import struct
import zlib
from pathlib import Path

import py7zr
import pytest

from planbook.sheets.containers import expand
from planbook.sheets.found import Candidate, RefusedFile, SkippedFile
from planbook.sheets.limits import Limits
from planbook.sheets.packed import unpack_archive
from planbook.sheets.unreadable import UnreadableFile


def seven_zip(files: dict[str, bytes], key: str | None = None) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=key, header_encryption=bool(key)) as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return buffer.getvalue()


def rar(files: dict[bytes, bytes], *, method: int = 0x30, flags: int = 0) -> bytes:
    """Return a RAR 4 archive; method 0x30 stores, 0x33 compresses (and what follows then is no such thing)."""
    blocks = [b"Rar!\x1a\x07\x00", _block(0x73, 0, bytes(6))]
    for name, content in files.items():
        head = struct.pack(
            "<IIBIIBBHI", len(content), len(content), 2, zlib.crc32(content), 0x5881_4000, 29, method, len(name), 0x20
        )
        blocks += [_block(0x74, 0x8000 | flags, head + name), content]
    return b"".join([*blocks, _block(0x7B, 0x4000, b"")])


def _block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


FILES = {"回复/省科技厅_责任清单.xlsx": b"PK one", "空.xlsx": b"", "b.xlsx": b"PK two" * 1000}


def test_seven_zip() -> None:
    found = unpack_archive(seven_zip(FILES), Limits())
    assert {one.name: one.content for one in found} == FILES


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_rar_with_names_in_any_encoding(charset: str) -> None:
    found = unpack_archive(rar({name.encode(charset): content for name, content in FILES.items()}), Limits())
    assert {one.name: one.content for one in found} == FILES
    assert found[0].modified_at is not None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (seven_zip({"a.xlsx": b"x"}, "x"), "file_archive_password"),
        (rar({b"a.xlsx": b"x"}, flags=0x04), "file_archive_password"),
        (seven_zip(FILES)[:-9], "file_damaged"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "file_damaged"),
        (seven_zip({str(number): b"" for number in range(30)}), "file_over_limit"),
        (seven_zip({"bomb.xlsx": bytes(3_000_000)}), "file_over_limit"),
        (rar({b"bomb.xlsx": bytes(3_000_000)}), "file_over_limit"),
    ],
)
def test_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        unpack_archive(content, Limits(entries=20, unpacked_bytes=2_000_000))
    assert caught.value.finding.code == code


def test_damaged_member_costs_itself_alone() -> None:
    (one,) = unpack_archive(rar({b"a.xlsx": b"not compressed"}, method=0x33), Limits())
    assert one.problem is not None
    assert one.problem.code == "file_damaged"


def test_where_no_program_opens_rar(monkeypatch: pytest.MonkeyPatch) -> None:
    import rarfile

    def none_found() -> None:
        raise rarfile.RarCannotExec

    monkeypatch.setattr(rarfile, "tool_setup", none_found)
    with pytest.raises(UnreadableFile) as caught:
        unpack_archive(rar({b"a.xlsx": b"x"}, method=0x33), Limits())
    assert caught.value.finding.code == "file_rar_tool_missing"


def test_found_among_others(tmp_path: Path) -> None:
    nested = seven_zip({"内/一.xlsx": b"PK one", "~$一.xlsx": b"lock"})
    (tmp_path / "全部.rar").write_bytes(rar({"二.7z".encode(): nested, b"../../evil.xlsx": b"PK three"}))
    found = {one.path.removeprefix(f"{tmp_path}/"): type(one) for one in expand([tmp_path])}
    assert found == {
        "全部.rar/二.7z/内/一.xlsx": Candidate,
        "全部.rar/二.7z/~$一.xlsx": SkippedFile,
        "全部.rar/evil.xlsx": Candidate,
    }
    assert RefusedFile not in found.values()
