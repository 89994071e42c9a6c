import os
import sys
import time
from pathlib import Path

import pytest

from planbook.sheets.containers import expand
from planbook.sheets.found import Candidate
from planbook.sheets.unreadable import UnreadableFile
from planbook.workspace.unchanged_files import UnchangedFiles

_LATER = 10_000_000_000


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file have been at rest for ten seconds."""
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + _LATER)


def look(folder: Path, cache: Path) -> dict[str, tuple[str, bool]]:
    """Return the digest of every file found, and whether it was known without opening it."""
    known = UnchangedFiles(cache)
    found = {Path(one.path).name: one for one in expand([folder], known=known)}
    known.save()
    return {name: (one.sha256, one.is_remembered) for name, one in found.items() if isinstance(one, Candidate)}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        (folder / name).write_bytes(name.encode() * 100)
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text are Linux's")
def test_a_name_that_is_no_text_is_remembered_like_others(inbox: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(inbox) + b"/\xca\xa1\xff.xlsx")).write_bytes(b"odd")
    cache = tmp_path / "cache" / "files.json"
    assert not any(is_known for _, is_known in look(inbox, cache).values())
    again = look(inbox, cache)
    assert len(again) == 3
    assert all(is_known for _, is_known in again.values())


def test_a_file_that_stays_is_opened_once(inbox: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "files.json"
    first, second = look(inbox, cache), look(inbox, cache)
    assert [known for _, known in first.values()] == [False, False]
    assert [known for _, known in second.values()] == [True, True]
    assert {name: one for name, (one, _) in first.items()} == {name: one for name, (one, _) in second.items()}


@pytest.mark.parametrize("change", ["grows", "same size", "same size and time", "replaced", "touched"])
def test_a_file_that_changes_is_opened_again(inbox: Path, tmp_path: Path, change: str) -> None:
    cache = tmp_path / "files.json"
    look(inbox, cache)
    path = inbox / "a.xlsx"
    status, content = path.stat(), path.read_bytes()
    if change == "grows":
        path.write_bytes(content + b"x")
    elif change == "replaced":
        (tmp_path / "new").write_bytes(content[::-1])
        os.utime(tmp_path / "new", ns=(status.st_atime_ns, status.st_mtime_ns))
        (tmp_path / "new").replace(path)
    elif change != "touched":
        path.write_bytes(content[::-1])
    if change == "same size and time":
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    if change == "touched":
        os.utime(path)
    again = look(inbox, cache)
    assert again["a.xlsx"][1] is False
    assert again["b.xlsx"][1] is True


def test_a_file_just_written_is_not_trusted(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    cache = tmp_path / "files.json"
    look(inbox, cache)
    assert [known for _, known in look(inbox, cache).values()] == [False, False]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 9, "files": {}}', '{"version": 1, "files": {"a": [1]}}'])
def test_a_damaged_memory_costs_time_only(inbox: Path, tmp_path: Path, text: str) -> None:
    cache = tmp_path / "files.json"
    cache.write_text(text)
    assert len(look(inbox, cache)) == 2
    assert [known for _, known in look(inbox, cache).values()] == [True, True]


def test_what_is_read_later_is_checked(inbox: Path, tmp_path: Path) -> None:
    cache = tmp_path / "files.json"
    look(inbox, cache)
    one, _ = expand([inbox], known=UnchangedFiles(cache))
    assert isinstance(one, Candidate)
    (inbox / "a.xlsx").write_bytes(b"other bytes")
    with pytest.raises(UnreadableFile):
        one.read()
