"""How actions get at mail: accounts with their secrets, and the office's letters; secrets are never in settings."""

import os
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.model.errors import PlanbookError
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.mail.account import Account
    from planbook.mail.templates import Letters

_SERVICE: Final = "planbook"


class Purpose(StrEnum):
    """What an account is for."""

    SMTP = "smtp"
    IMAP = "imap"

    @property
    def label(self) -> str:
        """Chinese name."""
        return "发信" if self is Purpose.SMTP else "收信"

    @property
    def variable(self) -> str:
        """Environment variable that may hold the password."""
        return f"PLANBOOK_{self.name}_PASSWORD"


def account_for(workspace: Workspace, purpose: Purpose) -> "Account":
    """Return the account of the office's mailbox on its SMTP or IMAP server.

    Raises:
        PlanbookError: The settings name no server or mailbox, or no password is stored.
    """
    from planbook.mail.account import Account, Security

    settings = workspace.settings.mail
    server = settings.smtp if purpose is Purpose.SMTP else settings.imap
    missing = [name for name, value in (("address", settings.address), (f"{purpose}_host", server.host)) if not value]
    if missing:
        raise PlanbookError(
            f"还没有设置{purpose.label}邮箱，请在 planbook.toml 的 [mail] 中填写 {'、'.join(missing)}，"
            "再运行 planbook mail login 存入授权码；没有邮箱的请用 --channel folder。"
        )
    user = settings.user or settings.address
    password = _stored(purpose, user, server.host)
    if password is None and purpose is Purpose.IMAP:  # one 授权码 serves both servers of a provider
        password = _stored(Purpose.SMTP, user, settings.smtp.host)
    if password is None:
        raise PlanbookError(
            f"没有找到邮箱 {user} 的{purpose.label}密码（授权码），请运行 planbook mail login 存入，"
            f"或设置环境变量 {purpose.variable}。"
        )
    return Account(
        server.host, server.port, Security(server.security), user if password else "", password, _ca_file(workspace)
    )


def keep_password(workspace: Workspace, purpose: Purpose, password: str) -> str:
    """Store a password in the system's keyring and return the account that it is for.

    Raises:
        PlanbookError: The settings are incomplete, or the system has no keyring.
    """
    import keyring
    from keyring.errors import KeyringError

    settings = workspace.settings.mail
    server = settings.smtp if purpose is Purpose.SMTP else settings.imap
    if not settings.address or not server.host:
        raise PlanbookError(f"请先在 planbook.toml 的 [mail] 中填写 address 和 {purpose}_host。")
    user = settings.user or settings.address
    try:
        keyring.set_password(_SERVICE, _entry(purpose, user, server.host), password)
    except KeyringError as error:
        raise PlanbookError(f"本机没有可用的系统钥匙串，存不了密码，请改用环境变量 {purpose.variable}。") from error
    return f"{user}（{server.host}）"


def _stored(purpose: Purpose, user: str, host: str) -> str | None:
    """Return a stored password, None where there is none; empty where the environment says so: no login at all."""
    if purpose.variable in os.environ:
        return os.environ[purpose.variable]
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):  # a system without a keyring stores none
        return keyring.get_password(_SERVICE, _entry(purpose, user, host))
    return None


def _entry(purpose: Purpose, user: str, host: str) -> str:
    return f"{purpose}:{user}@{host}"


def _ca_file(workspace: Workspace) -> str:
    name = workspace.settings.mail.ca_file
    return str((workspace.root / name).resolve()) if name else ""


def templates_folder(workspace: Workspace) -> Path:
    """Return the folder of the office's own mail templates."""
    return workspace.root / "templates" / "mail"


def put_standard_letters(workspace: Workspace) -> None:
    """Put the built-in mail templates into the workspace, to be edited there; what is there already stays."""
    from planbook.mail.templates import standard_templates

    folder = templates_folder(workspace)
    for name, text in standard_templates().items():
        if not (folder / name).exists():
            replace_file(folder / name, text.encode())


def office_letters(workspace: Workspace) -> "Letters":
    """Return the letters by the office's templates; the built-in one stands in where the office has none.

    A template `分发.txt` of the office without `分发.html` beside it makes a letter without HTML.

    Raises:
        PlanbookError: A template cannot be read.
    """
    from planbook.mail.templates import Letters, standard_templates

    own = _own_templates(templates_folder(workspace))
    standard = dict(standard_templates())
    for name in own:
        if name.endswith(".txt"):
            standard.pop(f"{name.removesuffix('.txt')}.html", None)
    return Letters({**standard, **own})


def _own_templates(folder: Path) -> Mapping[str, str]:
    found: dict[str, str] = {}
    if not folder.is_dir():
        return found
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".html") and path.is_file():
            try:
                found[path.name] = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise PlanbookError(f"读不了邮件模板 {path}，请检查权限，并用 UTF-8 编码保存。") from error
    return found
