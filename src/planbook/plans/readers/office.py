"""Reader of older word processor files: turned into docx by LibreOffice where it is installed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.plans.document import Document
from planbook.plans.readers.sniffing import FileKind

_TIMEOUT_S = 180
_EXTENSIONS = {
    FileKind.WORD_BINARY: "doc",
    FileKind.WORD_XML: "xml",
    FileKind.RTF: "rtf",
    FileKind.ODT: "odt",
}
_NAMES = {
    FileKind.WORD_BINARY: "Word 97–2003（.doc、.wps）",
    FileKind.WORD_XML: "Word XML",
    FileKind.RTF: "RTF",
    FileKind.ODT: "ODT",
}
_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def read_through_office(path: Path, kind: FileKind) -> Document:
    """Return the document of a doc, wps, rtf, odt or Word XML file, converted in a profile and folder of its own.

    Raises:
        PlanbookError: LibreOffice is not installed, or cannot read the file.
    """
    from planbook.plans.readers.word import read_word

    program = find_office()
    if program is None:
        raise PlanbookError(f"{path}：{_NAMES[kind]}格式不能直接读取，请用 Word 或 WPS 打开后另存为 .docx 再导入。")
    with tempfile.TemporaryDirectory(prefix="planbook-") as folder:
        # The copy is named by content: LibreOffice goes by the extension, which may be wrong.
        source = Path(folder) / f"document.{_EXTENSIONS[kind]}"
        shutil.copyfile(path, source)
        converted = _convert(program, source, path)
        document = read_word(converted.read_bytes(), path.name)
    note = Finding.of("converted_by_office", kind=_NAMES[kind])
    return replace(document, findings=(*document.findings, note))


def find_office() -> str | None:
    """Return the path of LibreOffice's program, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def _convert(program: str, source: Path, original: Path) -> Path:
    """Run the conversion; a profile of its own keeps it apart from an open LibreOffice."""
    profile = source.parent / "profile"
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(source.parent),
        str(source),
    ]
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=_TIMEOUT_S)
    except subprocess.TimeoutExpired as error:
        raise PlanbookError(
            f"{original}：LibreOffice 转换超过 {_TIMEOUT_S // 60} 分钟没有完成，请用 Word 或 WPS 另存为 .docx 再导入。"
        ) from error
    finally:
        _end(process)
    converted = source.with_suffix(".docx")
    if not converted.is_file() or not converted.stat().st_size:
        raise PlanbookError(f"{original}：LibreOffice 打不开这个文件，请用 Word 或 WPS 打开后另存为 .docx 再导入。")
    return converted


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with those it started: soffice is a script around the real one."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
