"""The session file: what it says, who may read it, and that its end is noticed."""

import stat
from pathlib import Path

from planbook.server.session import Heartbeat, new_session, read_session, write_session
from planbook.workspace.user_folder import STALE_S


def test_a_session_comes_back_as_it_was_written(tmp_path: Path) -> None:
    session = new_session(18765, 42, now_s=1000.7)
    write_session(tmp_path / "service.json", session)
    assert read_session(tmp_path / "service.json") == session
    assert stat.S_IMODE((tmp_path / "service.json").stat().st_mode) == 0o600
    assert session.url.endswith(f"/#token={session.token}")
    assert len(session.token) >= 43


def test_every_start_has_a_token_of_its_own() -> None:
    assert new_session(1, 1, now_s=0).token != new_session(1, 1, now_s=0).token


def test_no_session_file_and_a_broken_one_are_no_session(tmp_path: Path) -> None:
    assert read_session(tmp_path / "service.json") is None
    for broken in ("", "{", "[]", '{"port": 1}', '{"port": "x", "version": "", "token": "", "pid": 1}'):
        (tmp_path / "service.json").write_text(broken, encoding="utf-8")
        assert read_session(tmp_path / "service.json") is None


def test_a_session_is_alive_while_its_heart_beats() -> None:
    session = new_session(1, 1, now_s=1000)
    assert session.is_alive(1000 + STALE_S)
    assert not session.is_alive(1001 + STALE_S)


def test_the_file_is_there_for_as_long_as_the_service(tmp_path: Path) -> None:
    path = tmp_path / "service.json"
    with Heartbeat(path, new_session(1, 1, now_s=1)):
        assert read_session(path) is not None
    assert not path.exists()
