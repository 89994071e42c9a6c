"""Whether a folder lies on a network share: SQLite's locks fail there, and two clerks would spoil the ledger."""

import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Final

from planbook.model.errors import PlanbookError

_REMOTE: Final = frozenset(
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "ncpfs", "davfs", "davfs2", "webdav",
        "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.smbnetfs", "fuse.curlftpfs",
        "fuse.s3fs", "ceph", "fuse.ceph", "glusterfs", "fuse.glusterfs", "lustre", "afs",
    }
)  # fmt: skip
_DRIVE_REMOTE: Final = 4  # GetDriveTypeW
_UNC: Final = ("\\\\", "//")
_LOCAL_UNC: Final = ("\\\\?\\", "\\\\.\\")


def refuse_network_share(folder: Path) -> None:
    """Raise where a ledger in SQLite would lie on a network share.

    Raises:
        PlanbookError: It would; the message says what to do instead.
    """
    kind = network_share(folder)
    if kind:
        raise PlanbookError(
            f"{folder} 在网络共享盘上（{kind}），SQLite 台账放在那里会被几个人同时写坏。请把工作区放到本机磁盘上；"
            f"几个人要共用一本台账的，请用 PostgreSQL：planbook ledger migrate --to postgresql://用户@服务器/库名。"
        )


def network_share(folder: Path) -> str:
    """Return what kind of network share `folder` lies on; empty where it lies on none, or nobody can tell."""
    if sys.platform == "win32":
        return _on_windows(folder)
    existing = next((one for one in (folder.absolute(), *folder.absolute().parents) if one.exists()), folder)
    place = str(existing.resolve())
    if sys.platform == "darwin":
        return share_among(read_mac_mounts(_mount_output()), place)
    try:
        text = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    return share_among(read_linux_mounts(text), place)


def share_among(mounts: list[tuple[str, str]], place: str) -> str:
    """Return the type of the innermost of `mounts` (mount point, type) that holds `place`, if it is a network's."""
    best, found = -1, ""
    for point, kind in mounts:
        is_inside = PurePosixPath(place).is_relative_to(point)
        if is_inside and len(PurePosixPath(point).parts) >= best:  # of two on one point, the later covers the earlier
            best, found = len(PurePosixPath(point).parts), kind
    return found if found in _REMOTE else ""


def read_linux_mounts(text: str) -> list[tuple[str, str]]:
    """Return (mount point, type) of each line of /proc/mounts; blanks in a path are written as octal there."""
    rows = (line.split(" ") for line in text.splitlines())
    return [(_unescape(row[1]), row[2].lower()) for row in rows if len(row) >= 3]


def _unescape(point: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point


def read_mac_mounts(text: str) -> list[tuple[str, str]]:
    """Return (mount point, type) of each line that `mount` prints: `//u@server/share on /Volumes/x (smbfs, nodev)`."""
    found = []
    for line in text.splitlines():
        place, bracket, options = line.rpartition(" (")
        _, on, point = place.partition(" on ")
        if bracket and on:
            found.append((point, options.split(",")[0].rstrip(")").strip().lower()))
    return found


def _mount_output() -> str:
    try:
        return subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=5).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def _on_windows(folder: Path) -> str:
    place = str(folder.absolute())
    if is_unc(place):
        return "网络路径"
    import ctypes

    windll = getattr(ctypes, "windll", None)
    drive = f"{folder.absolute().drive}\\"
    is_remote = windll is not None and windll.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE
    return "映射的网络驱动器" if is_remote else ""


def is_unc(place: str) -> bool:
    r"""Return whether a Windows path names a server: `\\server\share`, `\\?\UNC\server\share`."""
    if place.upper().startswith("\\\\?\\UNC\\"):
        return True
    return place.startswith(_UNC) and not place.startswith(_LOCAL_UNC)
