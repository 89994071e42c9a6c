"""The workspace folder: where things stand in it, how one is made and found, its archive and keys."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.workspace.backups import attempt_backup
from planbook.workspace.lock import hold_lock, owner
from planbook.workspace.replacing import replace_file, unwritable
from planbook.workspace.settings import Settings, read_settings, render_settings

SETTINGS_NAME: Final = "planbook.toml"
_FOLDERS: Final = ("plans", "forms", "inbox", "archive", "outputs", "templates")
_KEY_BYTES: Final = 32
_NO_KEY_BACKUP: Final = "没有备份的，运行 planbook doctor --rotate-key 换一把新密钥（会说明影响）。"
_ILLEGAL_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED_NAMES: Final = re.compile(r"(?i)(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\..*)?")


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened workspace folder."""

    root: Path
    settings: Settings

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of the ledger."""
        return self.settings.database or f"sqlite:///{self.root / 'planbook.db'}"

    @property
    def ledger_file(self) -> Path | None:
        """The ledger's SQLite file, None where it lies on a server."""
        prefix, file = "sqlite:///", self.database_url
        return Path(file.removeprefix(prefix)) if file.startswith(prefix) else None

    @property
    def plans(self) -> Path:
        """Originals of imported plans."""
        return self.root / "plans"

    @property
    def outputs(self) -> Path:
        """What planbook makes for the office."""
        return self.root / "outputs"

    @property
    def review_table(self) -> Path:
        """任务分解表.xlsx."""
        return self.outputs / "任务分解表.xlsx"

    @property
    def form_layout(self) -> Path:
        """责任清单样式.xlsx, which the office may edit."""
        return self.root / "templates" / "责任清单样式.xlsx"

    @property
    def kept_layouts(self) -> Path:
        """Form layouts that forms were issued in, by version."""
        return self.root / "templates" / "已用样式"

    def document_template(self, name: str) -> Path:
        """A Word template that the office may edit: 通报.docx and the like."""
        return self.root / "templates" / name

    def corrections(self, period: Period) -> Path:
        """Folder of a period's correction workbooks."""
        return self.outputs / "退改单" / str(period)

    @property
    def backups(self) -> Path:
        """Daily copies of the ledger."""
        return self.root / "backups"

    def written_master(self, period: Period) -> Path:
        """What is remembered of the period's master workbook as it was last written; losing it costs but time."""
        return self.root / "cache" / f"{period}_master.json"

    def kept_master(self, period: Period) -> Path:
        """What is kept of the period's master workbook for the next; losing it costs but time."""
        return self.root / "cache" / f"{period}_master_rows.bin"

    @property
    def unchanged_files(self) -> Path:
        """What is remembered of files that were read before."""
        return self.root / "cache" / "unchanged_files.json"

    @property
    def standard_layouts(self) -> Path:
        """What is remembered of layout workbooks that nobody has edited."""
        return self.root / "cache" / "standard_layouts.json"

    @property
    def forms_being_read(self) -> Path:
        """Where this process lays issued forms down while it reads returns; doctor may read some at the same time."""
        return self.root / "cache" / f"forms_being_read_{os.getpid()}"

    def forms(self, period: Period) -> Path:
        """Folder of a period's issued forms."""
        return self.root / "forms" / str(period)

    def inbox(self, period: Period) -> Path:
        """Folder where a period's returned files are dropped."""
        return self.root / "inbox" / str(period)

    def master(self, period: Period) -> Path:
        """The period's master ledger workbook."""
        return self.outputs / f"{period}_总台账.xlsx"

    @property
    def key_file(self) -> Path:
        """Keys that seal forms, one a line, the one in use first."""
        return self.root / "secret.key"

    def archived(self, sha256: str) -> Path:
        """Where the returned file of that hash is kept verbatim."""
        return self.root / "archive" / sha256[:2] / sha256

    def is_archived(self, sha256: str) -> bool:
        """Return whether the returned file of that hash is kept, and still is what its name says.

        A file in the archive may have been cut short by a full disk or edited by hand; its name alone proves nothing.
        """
        try:
            with self.archived(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def archived_size(self, sha256: str) -> int | None:
        """Return the size of the returned file of that hash as it is kept, None where it is not."""
        try:
            return self.archived(sha256).stat().st_size
        except OSError:
            return None

    def archive(self, sha256: str, content: bytes) -> None:
        """Keep a returned file verbatim; once there it is never written again, unless it has been damaged since."""
        if not self.is_archived(sha256):
            replace_file(self.archived(sha256), content)

    def keys(self) -> tuple[bytes, ...]:
        """Keys that seal forms, the one in use first.

        Raises:
            PlanbookError: `secret.key` is missing or damaged.
        """
        try:
            keys = tuple(bytes.fromhex(line) for line in self.key_file.read_text(encoding="ascii").split())
        except (OSError, ValueError) as error:
            raise PlanbookError(
                f"读不了密钥文件 {self.key_file}，请从备份恢复；没有它无法确认回表是否被改动。{_NO_KEY_BACKUP}"
            ) from error
        if not keys or any(len(key) < _KEY_BYTES for key in keys):
            raise PlanbookError(f"密钥文件 {self.key_file} 内容不完整，请从备份恢复。{_NO_KEY_BACKUP}")
        return keys

    def put_new_key(self, now: datetime) -> None:
        """Make a new key the one in use; earlier ones stay, so that forms sealed with them are still believed.

        What can be read of a damaged file is kept, too, and the damaged file itself beside it.

        Raises:
            PlanbookError: The folder cannot be written; the keys are as they were.
        """
        try:
            content = self.key_file.read_bytes()
        except FileNotFoundError:
            content = b""
        except OSError as error:
            raise unwritable(self.key_file, error) from error
        lines = content.decode("ascii", errors="replace").split()
        kept = [line for line in lines if _is_key(line)]
        if content and kept != lines:
            aside = self.key_file.with_name(f"{self.key_file.stem}_损坏_{now:%Y%m%d%H%M%S}{self.key_file.suffix}")
            replace_file(aside, content, mode=0o600)
        replace_file(self.key_file, "".join(f"{line}\n" for line in (_new_key(), *kept)).encode(), mode=0o600)

    @contextmanager
    def locked(self, purpose: str) -> Iterator[None]:
        """Hold the workspace, and a ledger that others share, for one piece of work, named in Chinese for who waits.

        Whoever holds it is about to write: the day's copy of the ledger is taken first.

        Raises:
            PlanbookError: Someone else is at work for longer, or the folder cannot be written.
        """
        with hold_lock(self.root / "planbook.lock", purpose):
            file = self.ledger_file
            if file is None:
                from planbook.ledger.shared_lock import hold_shared_lock

                with hold_shared_lock(self.settings.database, owner(), purpose):
                    yield
                return
            attempt_backup(file, self.backups, datetime.now().astimezone().date())
            yield


def create_workspace(root: Path, office: str = "", contact: str = "") -> Workspace:
    """Make `root` a workspace and return it; one that is there already is completed, never overwritten.

    Raises:
        PlanbookError: The folder cannot be made or written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        for name in _FOLDERS:
            (root / name).mkdir(exist_ok=True)
        # In a workspace that is there already a missing key is a loss, to be made good knowingly.
        key_path = root / "secret.key"
        if not key_path.exists() and not (root / SETTINGS_NAME).exists():
            replace_file(key_path, f"{_new_key()}\n".encode(), mode=0o600)
    except (FileExistsError, NotADirectoryError) as error:
        raise PlanbookError(f"{root} 或其中的同名文件不是文件夹，建不了工作区，请换一个位置。") from error
    except OSError as error:
        raise unwritable(root, error) from error
    settings_path = root / SETTINGS_NAME
    if not settings_path.exists():
        replace_file(settings_path, render_settings(office, contact).encode())
    return open_workspace(root)


def open_workspace(root: Path) -> Workspace:
    """Return the workspace at `root`.

    Raises:
        PlanbookError: There is none, or its settings cannot be read.
    """
    if not (root / SETTINGS_NAME).is_file():
        raise PlanbookError(f"{root} 不是 planbook 工作区（没有 {SETTINGS_NAME}），请先运行 planbook init {root}。")
    return Workspace(root.resolve(), read_settings(root / SETTINGS_NAME))


def _new_key() -> str:
    return secrets.token_hex(_KEY_BYTES)


def _is_key(line: str) -> bool:
    try:
        return len(bytes.fromhex(line)) >= _KEY_BYTES
    except ValueError:
        return False


def find_workspace(start: Path) -> Workspace:
    """Return the workspace in `start` or in the nearest folder above it.

    Raises:
        PlanbookError: There is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SETTINGS_NAME).is_file():
            return open_workspace(folder)
    raise PlanbookError(
        f"{start.resolve()} 及其上级文件夹里没有工作区，请先运行 planbook init 文件夹，或用 -w 指定工作区。"
    )


def file_name_for(name: str, *, limit: int = 60) -> str:
    """Return `name` as a part of a file name that Windows, macOS and Linux all accept, at most `limit` characters."""
    clean = _ILLEGAL_IN_NAMES.sub("_", name).strip().rstrip(". ")[:limit].strip() or "_"
    return f"_{clean}" if _RESERVED_NAMES.fullmatch(clean) else clean
