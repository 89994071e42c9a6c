import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.sheets.deflated import Piece, join_pieces


@pytest.mark.parametrize("contents", [[], [b""], [b"a", b"", b"<row/>" * 40_000, bytes(70_000), b"\xff"]])
def test_pieces_join_into_one_stream_with_its_check_sum(contents: list[bytes]) -> None:
    packed, crc, size = join_pieces([Piece.of(content) for content in contents])
    whole = b"".join(contents)
    assert (zlib.decompress(packed, -zlib.MAX_WBITS), crc, size) == (whole, zlib.crc32(whole), len(whole))


@given(st.lists(st.binary(max_size=300), max_size=6))
def test_any_pieces_join(contents: list[bytes]) -> None:
    packed, crc, size = join_pieces(map(Piece.of, contents))
    whole = b"".join(contents)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    assert (inflate.decompress(packed), inflate.eof) == (whole, True)
    assert (crc, size) == (zlib.crc32(whole), len(whole))
