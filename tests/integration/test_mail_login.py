"""Passwords live in the system's keyring or in the environment, and nowhere else."""

from pathlib import Path

import keyring
import pytest
from click.testing import CliRunner
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from planbook.actions.mail_access import Purpose, account_for
from planbook.actions.make_workspace import make_workspace
from planbook.cli.commands import planbook
from planbook.model.errors import PlanbookError
from planbook.workspace.folder import open_workspace


class Memory(KeyringBackend):
    """A keyring that forgets."""

    priority = 1

    def __init__(self, *, is_locked: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self._kept: dict[tuple[str, str], str] = {}
        self._is_locked = is_locked

    def get_password(self, service: str, username: str) -> str | None:
        if self._is_locked:
            raise KeyringError
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self._is_locked:
            raise KeyringError
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError(service, username)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for purpose in Purpose:
        monkeypatch.delenv(purpose.variable, raising=False)
    root = make_workspace(tmp_path / "台账", office="", contact="").root
    settings = root / "planbook.toml"
    text = settings.read_text(encoding="utf-8").replace('address = ""', 'address = "dcs@163.com"')
    text = text.replace('smtp_host = ""', 'smtp_host = "smtp.163.com"').replace(
        'imap_host = ""', 'imap_host = "imap.163.com"'
    )
    settings.write_text(text, encoding="utf-8")
    return root


def login(root: Path, password: str) -> int:
    result = CliRunner().invoke(
        planbook, ["-w", str(root), "mail", "login"], input=f"{password}\n", standalone_mode=False
    )
    if isinstance(result.exception, PlanbookError):
        raise result.exception
    return int(result.return_value)


def test_password_from_the_keyring_serves_both_servers(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", Memory())
    with pytest.raises(PlanbookError, match="planbook mail login"):
        account_for(open_workspace(root), Purpose.SMTP)
    assert login(root, " abcd ") == 0
    for purpose in Purpose:
        account = account_for(open_workspace(root), purpose)
        assert (account.user, account.password) == ("dcs@163.com", "abcd")
        assert "abcd" not in repr(account)
    kept = [path for path in root.rglob("*") if path.is_file() and b"abcd" in path.read_bytes()]
    assert kept == []


def test_system_without_a_keyring(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", Memory(is_locked=True))
    with pytest.raises(PlanbookError, match="PLANBOOK_SMTP_PASSWORD"):
        login(root, "abcd")
    monkeypatch.setenv("PLANBOOK_SMTP_PASSWORD", "abcd")
    assert account_for(open_workspace(root), Purpose.IMAP).password == "abcd"  # noqa: S105 - the test's own


def test_settings_without_a_mailbox(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "台账", office="", contact="")
    with pytest.raises(PlanbookError, match="smtp_host"):
        account_for(workspace, Purpose.SMTP)
