"""Formats that an office suite writes, read back from files that LibreOffice wrote."""

import subprocess
from pathlib import Path

import pytest

from planbook.model.errors import PlanbookError
from planbook.plans.document import Document
from planbook.plans.readers import office, read_document
from tests.unit.plans.readers import sample_document
from tests.unit.plans.readers.reading import codes, refusal, rows, texts


def converted(folder: Path, content: bytes, extension: str) -> Path:
    """Return a docx turned into another format by LibreOffice."""
    source = folder / "plan.docx"
    source.write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", extension]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=120)
    return folder / f"plan.{extension}"


def unspaced(document: Document) -> list[str]:
    return ["".join(text.split()) for text in texts(document)]


EXPECTED = ["".join(text.split()) for text in sample_document.expected_lines()]


def test_text_and_word_say_the_same(tmp_path: Path) -> None:
    for name, content in (("plan.txt", sample_document.as_text()), ("plan.docx", sample_document.as_word())):
        (tmp_path / name).write_bytes(content)
        document = read_document(tmp_path / name)
        assert unspaced(document) == EXPECTED
        assert rows(document) == [sample_document.TABLE]


@pytest.mark.office
@pytest.mark.parametrize("extension", ["pdf", "doc", "odt", "html", "rtf"])
def test_every_format_says_the_same(tmp_path: Path, extension: str) -> None:
    # LibreOffice writes every automatic number into a page as `1.`, and drops 、 from those of RTF: these are typed.
    content = sample_document.as_word(automatic=extension not in {"html", "rtf"})
    document = read_document(converted(tmp_path, content, extension))
    assert unspaced(document) == EXPECTED
    assert rows(document) == [sample_document.TABLE]


@pytest.mark.office
def test_a_conversion_is_said_to_be_one(tmp_path: Path) -> None:
    path = converted(tmp_path, sample_document.as_word(), "doc")
    assert codes(read_document(path.rename(tmp_path / "方案.wps"))) == ["converted_by_office"]


def test_a_file_that_the_office_cannot_open_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: "true")
    assert "打不开" in refusal(tmp_path, b"{\\rtf1 }", "方案.rtf")


def test_without_an_office_the_sentence_says_how_to_convert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    assert ".docx" in refusal(tmp_path, b"{\\rtf1 }", "方案.rtf")


def test_a_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(script))
    monkeypatch.setattr(office, "_TIMEOUT_S", 0.2)
    path = tmp_path / "方案.rtf"
    path.write_bytes(b"{\\rtf1 }")
    with pytest.raises(PlanbookError, match="没有完成"):
        read_document(path)
