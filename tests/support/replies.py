"""Answers as agencies' mail programs write them, by a mail library that is not Python's."""

import io
import json
import subprocess
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_SCRIPT = Path(__file__).with_name("compose_mail.mjs")


@dataclass(frozen=True, slots=True)
class Reply:
    """One mail; `attachments` by file name, `forwarded` a whole mail within it, `headers` beside the usual ones."""

    sender: str
    subject: str
    text: str = "请查收。"
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    forwarded: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def written(replies: Sequence[Reply]) -> list[bytes]:
    """Return the mails as bytes."""
    mails = [
        {
            "from": one.sender,
            "to": "督查室 <dcs@example.gov.cn>",
            "subject": one.subject,
            "text": one.text,
            "html": f"<p>{one.text}</p>",
            "headers": dict(one.headers),
            "attachments": [
                *({"filename": name, "content": _packed(content)} for name, content in one.attachments.items()),
                *([{"content": _packed(one.forwarded), "contentType": "message/rfc822"}] if one.forwarded else []),
            ],
        }
        for one in replies
    ]
    command = ["node", str(_SCRIPT)]
    run = subprocess.run(command, input=json.dumps(mails), capture_output=True, text=True, check=True, timeout=60)
    return [b64decode(line) for line in run.stdout.split()]


def _packed(content: bytes) -> str:
    return b64encode(content).decode()


def zipped_by_windows(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file with names in GBK and no flag for it, as Chinese Windows writes them."""
    names = {name.encode("gbk"): bytes([65 + number]) * len(name.encode("gbk")) for number, name in enumerate(files)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for placeholder, content in zip(names.values(), files.values(), strict=True):
            archive.writestr(placeholder.decode(), content)
    raw = buffer.getvalue()
    for name, placeholder in names.items():
        raw = raw.replace(placeholder, name)
    return raw
