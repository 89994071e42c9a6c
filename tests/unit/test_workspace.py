import hashlib
import multiprocessing
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.sheets.limits import DEFAULT_LIMITS, MEBIBYTE
from planbook.workspace.folder import create_workspace, file_name_for, find_workspace, open_workspace
from planbook.workspace.lock import hold_lock
from planbook.workspace.replacing import replace_file
from planbook.workspace.settings import read_settings


def test_a_workspace_is_found_from_inside(tmp_path: Path) -> None:
    made = create_workspace(tmp_path / "台账 2024", office="某办", contact="张某 010-1")
    deep = made.inbox(Period.parse("2024Q1")) / "更深"
    deep.mkdir(parents=True)
    found = find_workspace(deep)
    assert found.root == made.root
    assert (found.settings.office, found.settings.contact) == ("某办", "张某 010-1")


def test_making_a_workspace_again_keeps_key_and_settings(tmp_path: Path) -> None:
    first = create_workspace(tmp_path, office="甲办")
    key = first.keys()
    again = create_workspace(tmp_path, office="乙办")
    assert again.keys() == key
    assert again.settings.office == "甲办"
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_no_workspace_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlanbookError, match="planbook init"):
        find_workspace(tmp_path)
    with pytest.raises(PlanbookError, match="planbook init"):
        open_workspace(tmp_path)


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "inbox").write_text("")
    with pytest.raises(PlanbookError, match="不是文件夹"):
        create_workspace(tmp_path)


def test_a_damaged_file_in_the_archive_is_made_good_when_its_bytes_come_again(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path)
    content = b"a return"
    sha256 = hashlib.sha256(content).hexdigest()
    workspace.archived(sha256).parent.mkdir(parents=True)
    for damaged in (b"", b"another!"):
        workspace.archived(sha256).write_bytes(damaged)
        assert not workspace.is_archived(sha256)
        workspace.archive(sha256, content)
        assert workspace.is_archived(sha256)
        assert workspace.archived(sha256).read_bytes() == content


@pytest.mark.parametrize(
    "text",
    [
        "database = 3",
        "[forms]\ndue_days = '十天'",
        "[forms]\ndue_days = 10.5",
        "[forms]\ndue_days = -1",
        "[reading]\nworkers = true",
        "forms = 3",
        "database = “引号”",
        "[forms",
    ],
)
def test_bad_settings_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "planbook.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanbookError, match=r"planbook\.toml"):
        read_settings(path)


def test_settings_survive_notepads_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "planbook.toml"
    path.write_text("[forms]\ndue_days = 7\n", encoding="utf-8-sig")
    assert read_settings(path).due_days == 7


def test_office_name_cannot_break_the_settings_file(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path, office='引号"换行\n反斜杠\\')
    assert workspace.settings.office == "引号换行反斜杠"


@pytest.mark.parametrize("key", ["", "xyz", "00", "00" * 31, "密钥"])
def test_a_damaged_key_is_said(tmp_path: Path, key: str) -> None:
    workspace = create_workspace(tmp_path)
    (tmp_path / "secret.key").write_text(key, encoding="utf-8")
    with pytest.raises(PlanbookError, match=r"secret\.key"):
        workspace.keys()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("省科技厅", "省科技厅"),
        ("各区县(市)人民政府", "各区县(市)人民政府"),
        ("甲/乙:丙*?", "甲_乙_丙__"),
        ("..", "_"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("  ", "_"),
        ("某局. ", "某局"),
        ("长" * 100, "长" * 60),
    ],
)
def test_names_become_file_names(name: str, expected: str) -> None:
    assert file_name_for(name) == expected


def test_replacing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "新" / "总台账.xlsx"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("lock", ["~$总台账.xlsx", ".~lock.总台账.xlsx#"])
def test_a_file_open_in_an_office_program_is_left_alone(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "总台账.xlsx"
    path.write_bytes(b"old")
    (tmp_path / lock).write_text("")
    with pytest.raises(PlanbookError, match="正在被打开"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "总台账.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(PlanbookError, match="只读"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"


def _hold(path: Path, seconds: float) -> None:
    with hold_lock(path, "一键汇总"):
        time.sleep(seconds)


def test_the_second_clerk_is_told_who_is_at_work(tmp_path: Path) -> None:
    path = tmp_path / "planbook.lock"
    other = multiprocessing.get_context("spawn").Process(target=_hold, args=(path, 60))
    other.start()
    try:
        while not path.with_suffix(".holder").exists():
            time.sleep(0.01)
        with pytest.raises(PlanbookError, match="正在一键汇总"), hold_lock(path, "下发", wait_s=0.1):
            pass
    finally:
        other.kill()
        other.join()
    with hold_lock(path, "下发", wait_s=5):  # a killed holder leaves nothing that has to be cleaned up by hand
        pass


def test_limits_of_reading_are_the_offices_to_set(tmp_path: Path) -> None:
    create_workspace(tmp_path)
    path = tmp_path / "planbook.toml"
    assert read_settings(path).reading.limits == DEFAULT_LIMITS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("file_mb = 50", "file_mb = 5").replace("nesting = 3", "nesting = 1"), encoding="utf-8")
    assert read_settings(path).reading.limits == replace(DEFAULT_LIMITS, file_bytes=5 * MEBIBYTE, nesting=1)
    path.write_text(text.replace("file_mb = 50", "file_mb = 0"), encoding="utf-8")
    with pytest.raises(PlanbookError, match="file_mb"):
        read_settings(path)
