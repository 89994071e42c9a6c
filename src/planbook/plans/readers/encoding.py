"""Bytes to text: which of the encodings of Chinese files it is, decided by what decodes, not by what is claimed."""

import codecs
from typing import NamedTuple

from planbook.model.findings import Finding

_SAMPLE_BYTES = 200_000
_MAXIMUM_LOSS = 0.002  # a download cut in mid-character or one bad block; a wrong encoding fails far more often

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# What web pages declare is narrower than what they contain: gb2312 pages hold GBK characters.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "iso-8859-1": "", "latin-1": "", "ascii": ""}


class Decoded(NamedTuple):
    """Text, its encoding, and findings on what was doubtful: `characters_lost`, `encoding_uncertain`."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Return the text of `raw`.

    A byte order mark decides; then whatever decodes strictly, UTF-8 before GB18030, since Chinese text in another
    encoding is practically never valid UTF-8; then the same with a few broken characters; then a guess.

    Args:
        raw: The file's bytes.
        declared: Encoding that the file claims (html meta), tried after UTF-8.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _lenient(raw[len(mark) :], encoding)
    if b"\0" in raw[:_SAMPLE_BYTES]:
        return _lenient(raw, _utf16_order(raw))
    candidates = ["utf-8", *_known(declared), "gb18030"]
    for encoding in candidates:
        text = _strictly(raw, encoding)
        if text is not None and (encoding == "utf-8" or is_plausible_chinese(text)):
            return Decoded(text, encoding)
    for encoding in candidates:
        decoded = _lenient(raw, encoding)
        if decoded.text.count("�") <= _MAXIMUM_LOSS * len(decoded.text) and is_plausible_chinese(decoded.text):
            return decoded
    return _guess(raw)


def is_plausible_chinese(text: str) -> bool:
    """Return whether the ideographs of `text` are those of running text: wrongly decoded text is full of rare ones."""
    ideographs = [character for character in text[:_SAMPLE_BYTES] if "\u3400" <= character <= "\u9fff"]
    if not ideographs:
        return True
    common = sum(1 for character in ideographs if _is_common(character))
    return common >= 0.8 * len(ideographs)


def _is_common(character: str) -> bool:
    """Whether GB 2312 lists it among its 3,755 first-level characters."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return code[0] <= 0xD7


def _known(declared: str | None) -> list[str]:
    if not declared:
        return []
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except LookupError:
        return []
    wider = _WIDER.get(name, name)
    return [wider] if wider else []


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def _lenient(raw: bytes, encoding: str) -> Decoded:
    text = raw.decode(encoding, errors="replace")
    lost = text.count("�")
    findings = (Finding.of("characters_lost", encoding=encoding.upper(), count=lost),) if lost else ()
    return Decoded(text, encoding, findings)


def _utf16_order(raw: bytes) -> str:
    """Byte order of UTF-16 without a mark: ASCII digits and line feeds leave their zero bytes on one side."""
    sample = raw[:_SAMPLE_BYTES]
    return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"


def _guess(raw: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE_BYTES]).best()
    encoding = best.encoding if best is not None else "gb18030"
    decoded = _lenient(raw, encoding)
    return decoded._replace(
        findings=(*decoded.findings, Finding.of("encoding_uncertain", encoding=encoding.upper().replace("_", "-")))
    )
