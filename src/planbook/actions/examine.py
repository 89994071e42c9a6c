"""doctor: whether the workspace is whole, check by check."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from planbook import __version__
from planbook.actions.opening import opened_ledger
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.workspace.backups import last_backup
from planbook.workspace.folder import Workspace, find_workspace, open_workspace


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, whether it is good, and the result in words."""

    subject: str
    is_good: bool
    result: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """All checks, and the workspace they were made on, if one was found."""

    workspace: Path | None
    checks: tuple[Check, ...]


def examine(folder: Path | None, current: Path) -> Examination:
    """Examine the workspace at `folder`, or the nearest one above `current`; nothing is changed and nothing raised."""
    checks = [
        Check("planbook", is_good=True, result=f"{__version__}，Python {sys.version.split(maxsplit=1)[0]}"),
        _office(),
    ]
    try:
        workspace = open_workspace(folder) if folder else find_workspace(current)
    except PlanbookError as error:
        return Examination(None, (*checks, Check("工作区", is_good=False, result=error.message)))
    checks.append(Check("工作区", is_good=True, result=str(workspace.root)))
    checks += [_folders(workspace), _key(workspace), _database(workspace), _archive(workspace), _replay(workspace)]
    checks += [_backups(workspace)]
    return Examination(workspace.root, tuple(checks))


def _office() -> Check:
    path = shutil.which("soffice") or shutil.which("libreoffice")
    result = f"LibreOffice 在 {path}" if path else "没有 LibreOffice；.doc、.wps 方案要先另存为 .docx 再导入"
    return Check("旧格式方案", is_good=True, result=result)


def _folders(workspace: Workspace) -> Check:
    shut = [
        str(folder)
        for folder in (workspace.root, workspace.plans, workspace.outputs, workspace.root / "archive")
        if not (folder.is_dir() and os.access(folder, os.W_OK))
    ]
    result = f"写不了 {'、'.join(shut)}，请检查文件夹是否还在、是否有权限" if shut else "都可写"
    return Check("文件夹", is_good=not shut, result=result)


def _key(workspace: Workspace) -> Check:
    try:
        workspace.keys()
    except PlanbookError as error:
        return Check("密钥", is_good=False, result=error.message)
    mode = stat.S_IMODE((workspace.root / "secret.key").stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        return Check("密钥", is_good=False, result="secret.key 别人也能读，请改为只有本人可读（chmod 600）")
    return Check("密钥", is_good=True, result="完好，只有本人可读")


def _database(workspace: Workspace) -> Check:
    try:
        with opened_ledger(workspace) as ledger:
            findings = ledger.check_integrity()
    except PlanbookError as error:
        return Check("台账数据库", is_good=False, result=error.message)
    result = "；".join(finding.message for finding in findings) or "完好"
    return Check("台账数据库", is_good=not findings, result=result, findings=findings)


def _replay(workspace: Workspace) -> Check:
    """Check that the archived returns, read once more, give what the ledger has."""
    from planbook.actions.replay_archive import replay_archive

    now = datetime.now(UTC)
    try:
        with opened_ledger(workspace) as ledger:
            count, findings = replay_archive(workspace, ledger, now=now, today=now.astimezone().date())
    except PlanbookError as error:
        return Check("重读存档", is_good=False, result=error.message)
    result = "；".join(finding.message for finding in findings[:5]) or f"{count} 份回表，与台账一致"
    return Check("重读存档", is_good=not findings, result=result, findings=findings)


def _backups(workspace: Workspace) -> Check:
    """Tell when the ledger was last copied; on a server that is the server's business."""
    if workspace.settings.database:
        return Check("每日备份", is_good=True, result="台账在数据库服务器上，由服务器管理员备份")
    last = last_backup(workspace.backups)
    if last is None:
        return Check("每日备份", is_good=True, result="还没有；每天第一次写台账前自动备份，保留 14 天")
    return Check("每日备份", is_good=True, result=f"最近一份是 {last}，在 {workspace.backups}")


def _archive(workspace: Workspace) -> Check:
    """Check that every archived file still has the bytes that its name says."""
    files = list(_archived_files(workspace.root / "archive"))
    damaged = [path.name for path in files if not _is_whole(path)]
    if damaged:
        listed = "、".join(name[:12] for name in damaged[:5])
        return Check("回表存档", is_good=False, result=f"{len(damaged)} 个文件与存档时不同：{listed}，请从备份恢复")
    return Check("回表存档", is_good=True, result=f"{len(files)} 个文件，与存档时一致")


def _archived_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("??/*")) if path.is_file() and len(path.name) == 64)


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == path.name
    except OSError:
        return False
