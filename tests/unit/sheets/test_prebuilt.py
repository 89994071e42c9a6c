import io
import zipfile

from planbook.sheets.prebuilt import PrebuiltPackage

FIXED = {"a/fixed.xml": b"<fixed/>" * 100, "last.xml": b""}


def package() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a/fixed.xml", FIXED["a/fixed.xml"])
        made.writestr("changing.xml", "<first>文</first>")
        made.writestr("last.xml", FIXED["last.xml"])
    return buffer.getvalue()


def test_changing_parts_are_replaced_in_place() -> None:
    prebuilt = PrebuiltPackage(package(), ("changing.xml",))
    assert prebuilt.changing_part("changing.xml") == "<first>文</first>"
    for content in (b"", b"<second/>", "<third>长</third>".encode() * 5000):
        with zipfile.ZipFile(io.BytesIO(prebuilt.build({"changing.xml": content}))) as built:
            assert built.testzip() is None
            assert built.namelist() == ["a/fixed.xml", "changing.xml", "last.xml"]
            assert built.read("changing.xml") == content
            assert {name: built.read(name) for name in FIXED} == FIXED


def test_equal_parts_give_equal_bytes() -> None:
    prebuilt = PrebuiltPackage(package(), ("changing.xml",))
    assert prebuilt.build({"changing.xml": b"<x/>"}) == prebuilt.build({"changing.xml": b"<x/>"})
